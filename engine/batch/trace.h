/* trace.h: what a full run read, and what it left: so that the next one knows, before it opens a face, that it would make the same again.
 *
 *     trace_open (layouts, database, day are read) ──► the same as the last time?   yes: trace_tell, and nothing is made
 *                                                                                   no:  documents … manifest ──► trace_keep
 *
 * It is kept in .trace, in the term's folder, behind the manifest. No clock stands in it.
 *
 * 1. Nothing is left as it lies unless all of this is as it was: the program and its libraries; what the job asks for; the layouts' folder, the
 *    journal and the key, by their bytes; the database, by its bytes; pictures, fonts and fontconfig's files, by their stamps (base/stamp.h); and
 *    every file of that run: there, of its size, and older than .trace, else of the same bytes (--verify: always asked).
 * 2. A run that was narrowed or stopped, that left layouts as they were lest they lose too much (guard.h), or in which a place couldn't be written
 *    or a process died, leaves no trace of its own. */
#ifndef BATCH_TRACE_H
#define BATCH_TRACE_H

#include "base/hash.h"
#include "batch/output.h"
#include "batch/tally.h"

struct traced { /* a document's file */
    struct str path;
    uint64_t bytes;
    struct hash hash;
};
struct trace {
    struct hash job, inputs; /* what was asked for; what was read */
    struct hash fonts;       /* stamps of the fonts that layouts name by their files */
    const struct str *asked; /* those files */
    size_t asked_count;
    struct hash lists; /* of manifest, index and findings */
    enum exit_code worst;
    struct tally tally; /* but for its times */
    struct buffer told; /* packed diags: what this run tells of documents and findings, in its order */
    struct traced *files;
    size_t count, capacity;
    struct arena *arena;
};

/* Begins a trace; true when the last run's is the same as this one's would be, and its files lie there: *last is that. */
bool trace_open(struct run *run, struct output *output, struct trace *trace, struct trace *last);
void trace_release(struct trace *trace);
/* A document that was made. */
void trace_add(struct trace *trace, struct str path, const struct outcome *outcome);
/* Tells again what the last run told, and its exit code. */
void trace_tell(struct run *run, const struct trace *last, struct tally *tally);
/* Writes it, unless a document failed by bad luck. EXIT_MADE or, told, EXIT_IO. */
enum exit_code trace_keep(struct run *run, struct output *output, struct trace *trace, const struct tally *tally);

#endif
