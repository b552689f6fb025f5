/* trace_file.h: .trace as it is read and written: the runs of several commands over one state of all that they read, and each document
 * once, whichever of them made it last.
 *
 * It is a row of bytes (base/packed.h) with the hash of all of it in front: one that was cut off or altered, or that another version
 * wrote, is none. */
#ifndef BATCH_TRACE_FILE_H
#define BATCH_TRACE_FILE_H

#include "base/hash.h"
#include "batch/outcome.h"
#include "font/font.h"

enum { TRACED_RUNS_MOST = 8 };

struct traced { /* a document's file */
    struct str path;
    uint64_t bytes;
    struct hash hash;
    uint64_t
        changed_ns; /* of this run's: when its state changed last; 0: its bytes are to be looked at. It isn't written */
    struct hash key;    /* what it was made of, as far as the plan knows (kept.h) */
    struct str outcome; /* packed, with what it asked for; STR_NONE: it is made anew each time */
};
struct traced_run {
    struct hash job;
    struct hash lists; /* of manifest, index and findings */
    uint64_t worst;    /* exit code */
    struct str tally;  /* packed, but for its times */
    struct str told;   /* packed diags */
    uint32_t *files;   /* in documents */
    size_t count;
};
struct trace_file {
    struct hash base;        /* what documents share (trace.h, 1) */
    struct hash inputs;      /* all that was read */
    struct font_file *fonts; /* that layouts name by their files */
    size_t font_count;
    struct traced_run runs[TRACED_RUNS_MOST];
    size_t run_count;
    struct traced *files;
    size_t count;
    struct strmap by_path; /* index in files */
};

/* Strings are views of the bytes, all else in the arena. False, and *out empty: it is none. */
bool trace_file_read(struct arena *arena, struct str bytes, struct trace_file *out);
/* Appends the file's bytes. */
void trace_file_write(const struct trace_file *file, struct buffer *out);

#endif
