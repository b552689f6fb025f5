/* watch.h: waiting until what a run was made of has changed: a layout, a file that layouts share, the database.
 *
 *     watch_begin
 *     do { watch_note, make } while (watch_wait)      a change during the run is seen too
 *     watch_end
 *
 * Files are compared by name, time and size, never by content. */
#ifndef BATCH_WATCH_H
#define BATCH_WATCH_H

#include <signal.h>

#include "base/hash.h"
#include "batch/batch.h"

struct watch {
    const char *layouts, *database; /* the job's */
    int events;                     /* inotify; -1 where the system has none: then only the clock wakes */
    struct hash noted;              /* of names, times and sizes */
    sigset_t as_before;             /* signals that were blocked */
};

/* From here to watch_end SIGINT and SIGTERM end the waiting: one that comes during a run lets it finish, a second one ends the
 * process at once. Only one watch at a time, since signals are the process's. */
void watch_begin(struct watch *watch, const struct job *job);
/* How things stand before a run. */
void watch_note(struct watch *watch);
/* True when something is no longer as noted; false when a signal asked for the end. */
bool watch_wait(struct watch *watch);
/* Takes its handlers of signals away, so that these end the program again, and closes what it watched by. */
void watch_end(struct watch *watch);

#endif
