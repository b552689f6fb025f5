/* output.h: the folder out/TERM: one run at a time, whole files only, nothing outside it.
 *
 *     output_open ──► output_begin ──► output_place, output_retire … ──► output_settle ──► output_write ──► output_close
 *
 * 1. `lock` is held from output_open to output_close: nothing is written or removed without it.
 * 2. No path leads out of `root`, whatever links lie in it.
 * 3. A file comes to stand by rename, so it is whole or not there (base/file.h). What a killed run left half-written is removed when
 *    its folder is next written into. */
#ifndef BATCH_OUTPUT_H
#define BATCH_OUTPUT_H

#include "batch/run.h"

struct output {
    struct arena *arena;
    const char *root;   /* its real path, which nothing may lead out of */
    struct str term;    /* name of the term's folder: the semester, else the month, else the day */
    const char *folder; /* root/term */
    int lock;
    struct strmap
        seen; /* folders made, found to lie below root and swept of what a killed run left; 1: to be settled */
    const char **unsettled; /* folders that got files whose names may not last yet */
    size_t unsettled_count, unsettled_capacity;
};

/* Makes the job's folder and takes the lock. EXIT_MADE; EXIT_BUSY (O101) when another run holds it, EXIT_CANNOT_CREATE (O102) when it
 * can't be made. Both told. */
enum exit_code output_open(struct run *run, struct output *out);
/* Makes the term's folder, when the run knows its term. EXIT_MADE or, told, EXIT_CANNOT_CREATE (O102; O104: a link leads out). */
enum exit_code output_begin(struct run *run, struct output *output);
/* Gives the lock back; may be called again, and for one that was never opened where its lock is -1. */
void output_close(struct output *output);
/* The name of the term's folder for these givens, also for runs that write nothing. */
struct str output_term(struct arena *arena, const struct givens *givens);

/* Writes a document, path below the term's folder. EXIT_DOCUMENT when only this one can't be written (its name, a link
 * in its way), EXIT_IO or EXIT_CANNOT_CREATE when no other could either; O103, O104 in `diags` with the record's key, never with
 * the path, which may bear a name. */
enum exit_code output_place(struct output *output, struct str path, struct str record, struct str bytes,
                            struct diags *diags);
/* The names of all documents placed are sure to last from here on: before the manifest tells of them. False, told (B102), when the
 * system can't promise it. */
bool output_settle(struct run *run, struct output *output);
/* Removes a document that is no longer planned, and folders that are empty then. False: there was none. */
bool output_retire(struct output *output, struct str path);
/* A file of the run's own: index.html, findings.csv, manifest.xml. False, told (B102), when it can't be written. */
bool output_write(struct run *run, struct output *output, const char *name, struct str bytes);
/* The bytes of such a file, in the run's arena; STR_NONE when it isn't there. 0, or the errno value for which it can't be read. */
int output_read(struct output *output, const char *name, struct str *bytes);
/* Removes such a file, if it is there. */
void output_remove(struct output *output, const char *name);
/* Its path, in the run's arena. */
const char *output_own_path(struct output *output, const char *name);

#endif
