/* output.h: the folder out/TERM: one run at a time, whole files only, nothing outside it. */
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

/* Takes the lock. EXIT_MADE; EXIT_BUSY when another run holds it, EXIT_CANNOT_CREATE when it can't be made. Both told.
 */
enum exit_code output_open(struct run *run, struct output *out);
/* Makes the term's folder, when the run knows its term. */
enum exit_code output_begin(struct run *run, struct output *output);
void output_close(struct output *output);
/* The term's folder for these givens, also for runs that write nothing. */
struct str output_term(struct arena *arena, const struct givens *givens);

/* Writes a document, path below the term's folder. EXIT_DOCUMENT when only this one can't be written (its name, a link
 * in its way), EXIT_IO or EXIT_CANNOT_CREATE when no other could either; told with the record's key, never with the
 * path. */
enum exit_code output_place(struct output *output, struct str path, struct str record, struct str bytes,
                            struct diags *diags);
/* The names of all documents placed are sure to last from here on: before the manifest tells of them. */
bool output_settle(struct run *run, struct output *output);
/* Removes a document that is no longer planned, and folders that are empty then. False: there was none. */
bool output_retire(struct output *output, struct str path);
/* A file of the run's own: index.html, findings.csv, manifest.xml. Told in run->diags. */
bool output_write(struct run *run, struct output *output, const char *name, struct str bytes);
/* The bytes of such a file; STR_NONE when it isn't there. 0, or the errno value for which it can't be read. */
int output_read(struct output *output, const char *name, struct str *bytes);
void output_remove(struct output *output, const char *name);
const char *output_own_path(struct output *output, const char *name);

#endif
