/* clock.c: output is a function of database and layouts, never of the day of printing.
 *
 * date('now') and the like read the time from the connection's VFS. A session has a VFS of its own: the default one,
 * with a clock that gives no answer and records that it was asked, so that the query is refused instead of printing
 * a wrong day. */
#include "data/session.h"

#include <stdio.h>

static int ask_milliseconds(sqlite3_vfs *vfs, sqlite3_int64 *out) {
    ((struct clock *)(void *)vfs)->asked = true;
    *out = 0;
    return SQLITE_ERROR;
}

static int ask_days(sqlite3_vfs *vfs, double *out) {
    ((struct clock *)(void *)vfs)->asked = true;
    *out = 0;
    return SQLITE_ERROR;
}

bool clock_stop(struct clock *clock, const char *name) {
    const sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    if (usual == NULL) {
        return false;
    }
    clock->vfs = *usual;
    snprintf(clock->name, sizeof clock->name, "clock-%s", name);
    clock->vfs.zName = clock->name;
    clock->vfs.pNext = NULL;
    clock->vfs.xCurrentTime = ask_days;
    clock->vfs.xCurrentTimeInt64 = ask_milliseconds;
    nameless_teach(&clock->vfs);
    clock->registered = sqlite3_vfs_register(&clock->vfs, 0) == SQLITE_OK;
    return clock->registered;
}

void clock_release(struct clock *clock) {
    if (clock->registered) {
        sqlite3_vfs_unregister(&clock->vfs);
    }
    clock->registered = false;
}
