/* trace.h: what full runs read and left: so that the next one knows, before it opens a face, that it would make the same again; or else, which
 * of its documents would come out as they lie there.
 *
 *     trace_open (layouts, database, day are read) ──► the same as the last time?   yes: trace_tell, and nothing is made
 *                                                                                   no:  documents (kept.h) … manifest ──► trace_keep
 *
 * It is kept in .trace, in the term's folder, behind the manifest (trace_file.h). No clock stands in it.
 *
 * 1. Nothing is left as it lies unless what it shares with others is as it was, its base: the program and its libraries; day, term and month;
 *    what layouts share, by its bytes; fonts and fontconfig's files, by their stamps (base/stamp.h). Of a whole
 *    run also the job, the files of single layouts, the journal and the key by their bytes, the database by its bytes, and pictures by their stamps.
 * 2. And every file is asked for: there, of its size, and its state (st_ctim, which nobody can set) older than .trace, else of the same bytes
 *    (--verify: always asked). So whoever writes .trace has looked at all files in it, and gives it the time before that look; where one isn't as
 *    the run left it, a time before all others.
 * 3. A run that was narrowed or stopped, that left layouts as they were lest they lose too much (guard.h), or in which a place couldn't be written
 *    or a process died, leaves no trace of its own.
 * 4. What other commands left in the same folder stays known: documents on this base, and runs over the same database and pictures whose
 *    files are as they left them. */
#ifndef BATCH_TRACE_H
#define BATCH_TRACE_H

#include "batch/output.h"
#include "batch/plan.h"
#include "batch/tally.h"
#include "batch/trace_file.h"

struct trace {
    bool on;                 /* this run may keep one */
    struct hash layouts;     /* of the folder's bytes */
    struct hash shared;      /* of those that any layout may be made of */
    struct hash job, inputs; /* what was asked for; what was read */
    struct hash base;        /* of that, what all documents share */
    struct buffer told;      /* packed diags: what this run tells of documents and findings, in its order */
    struct traced *files;    /* that this run made, or found as they come out */
    size_t count, capacity;
    struct trace_file old;         /* what earlier runs left on this base */
    uint64_t began_ns;             /* when it began, by the clock that files get their times from */
    uint64_t looked_ns;            /* what lies there and hasn't changed since is as `old` has it: the time of .trace */
    const struct traced_run *last; /* this job's last run, in old; NULL: there is none that can stand */
    struct arena *arena;
};

/* Before the layouts are read: who alters one meanwhile must not pass for one who didn't. */
void trace_begin(struct trace *trace, struct run *run);
/* Opens it; true when the last run's is the same as this one's would be, and its files lie there. */
bool trace_open(struct run *run, struct output *output, struct trace *trace);
/* Frees `told`; the rest is the run's. Of one that never began too, where it is {0}. */
void trace_release(struct trace *trace);
/* What an earlier run left in this place, and that lies there as it was left; NULL: nothing. */
const struct traced *trace_find(const struct trace *trace, const struct output *output, struct str path, bool verify);
/* A document that was made, or that stays; its file stands. */
void trace_add(struct trace *trace, const struct output *output, const struct planned *planned,
               const struct outcome *outcome);
/* Tells again what the last run told, and its exit code. */
void trace_tell(struct run *run, const struct trace *trace, struct tally *tally);
/* Writes it, unless a document failed by bad luck. EXIT_MADE or, told, EXIT_IO. */
enum exit_code trace_keep(struct run *run, struct output *output, struct trace *trace, const struct tally *tally);

#endif
