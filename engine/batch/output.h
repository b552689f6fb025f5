/* output.h: the folder out/TERM: one run at a time, whole files only, nothing outside it.
 *
 *     output_open ──► output_begin ──► output_fill, output_join, output_commit … ──► output_retire ──► output_settle ──► output_write ──► output_close
 *
 * 1. `lock` is held from output_open to output_close: nothing is written or removed without it.
 * 2. No path leads out of `root`, whatever links lie in it.
 * 3. A file comes to stand by rename, so it is whole or not there (base/file.h). What a killed run left half-written is removed when
 *    its folder is next written into.
 *
 * Documents come to stand in groups: each is filled beside its place (output_fill, in any process of the run), joins the group, and the group
 * is made durable as one and renamed (output_commit). A group grows with the run: 1, 2, 4 … 256 files, so that a short run has its files at
 * once and a long one waits for the disk seldom. */
#ifndef BATCH_OUTPUT_H
#define BATCH_OUTPUT_H

#include "batch/run.h"

/* A document whose bytes lie beside its place. */
struct waiting {
    const char *beside, *path;
    struct str folder; /* below the term's, with its / */
    size_t bytes;
    int error; /* behind output_commit: why it doesn't stand in its place; 0: it does */
};

struct output {
    struct arena *arena;
    const char *root;   /* its real path, which nothing may lead out of */
    struct str term;    /* name of the term's folder: the semester, else the month, else the day */
    const char *folder; /* root/term */
    int lock;
    char mark[8]; /* in the names of this run's files that wait */
    struct arena *group_arena;
    struct waiting *waiting;
    size_t waiting_count, waiting_capacity, waiting_bytes, waiting_most;
    struct strmap
        seen; /* folders made, found to lie below root and swept of what a killed run left; 1: to be settled */
    struct strmap left; /* folders in which a process may have left files of this run */
    struct str *left_folders;
    size_t left_count, left_capacity;
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

/* Does a document lie in this place with just these bytes? */
bool output_has(struct output *output, struct str path, struct str bytes);
/* What a killed run left half-written beside a document that lies there is removed. */
void output_sweep_beside(struct output *output, struct str path);
/* One that lies there, by whatever run, is as sure to last as those that are placed, once output_settle was called. */
void output_stays(struct output *output, struct str path);
/* Writes a document beside its place; *beside, in the arena of `diags`, is where. The rest as output_place. */
enum exit_code output_fill(struct output *output, struct str path, struct str record, struct str bytes,
                           struct diags *diags, struct str *beside);
/* It joins the group that waits; its index there. */
size_t output_join(struct output *output, struct str path, struct str beside, size_t bytes);
/* Is the group as large as it shall become? */
bool output_is_due(const struct output *output);
/* Makes the group durable and gives each of it its name: `waiting` then tells of each whether it stands (error), until
 * output_forget. */
void output_commit(struct output *output);
/* Begins the next group, which may grow twice as large, up to 256 files; texts of the old one end. */
void output_forget(struct output *output);
/* Tells why a document doesn't stand, and gives back the exit code that it calls for. */
enum exit_code output_tell(struct str path, struct str record, int error, struct diags *diags);
/* Takes away a file that waits for nothing any more. */
void output_drop(struct str beside);
/* Notes that a process which ended may have left such a file beside this place. */
void output_note_left(struct output *output, struct str path);
/* Takes all of them away, when none of the run waits; nothing of this run can be filled afterwards. */
void output_clear_left(struct output *output);
/* In a forked process: the lock is the other's. */
void output_close_inherited(struct output *output);

/* Writes a document at once, path below the term's folder. EXIT_DOCUMENT when only this one can't be written (its name, a link
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
/* The file in the term's folder is as new as this moment: it was looked at, and is as it would be written. */
void output_touch(struct output *output, const char *name);
/* Gives one of them this time; whoever can't does without. */
void output_date(struct output *output, const char *name, uint64_t ns);
/* Removes such a file, if it is there. */
void output_remove(struct output *output, const char *name);
/* Its path, in the run's arena. */
const char *output_own_path(struct output *output, const char *name);

#endif
