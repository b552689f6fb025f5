/* changes.h: what was changed through a connection: recorded, read again, kept as bytes, taken back.
 *
 *     changes_record ─► … ─► changes_recorded ─► changes_each            later: changes_take_back
 *
 * They are SQLite's changesets, a row once, as it was and as it became. Tables without a primary key are not recorded: all of the
 * schema's have one. */
#ifndef DATA_CHANGES_H
#define DATA_CHANGES_H

#include "data/sql.h"

/* Begins anew to record, but for tables whose names begin with `but`, a literal; to the end of the connection. */
bool changes_record(struct sql *db, const char *but);
/* All so far, in the arena; STR_NONE: nothing was changed. */
bool changes_recorded(struct sql *db, struct arena *arena, struct str *changes);

enum change_act { CHANGE_MADE, CHANGE_ALTERED, CHANGE_REMOVED };
/* A row that was changed. */
struct change {
    const char *table;
    enum change_act act;
    size_t columns;
    const unsigned char *keys; /* by column: 1 where it is of the primary key */
    struct sqlite3_changeset_iter *at;
};
/* A cell as it was, or as it became. False: the change doesn't hold it. STR_NONE: NULL. Borrowed while the row is visited. */
bool change_old(const struct change *change, size_t column, struct str *text);
/* The same as it is now; false also where the row was removed. */
bool change_new(const struct change *change, size_t column, struct str *text);
/* 17/2026-2027-2: the parts of the row's key, in the arena. */
struct str change_key(const struct change *change, struct arena *arena);

/* Visits the rows until one gives false. False: that, or they can't be read. */
bool changes_each(struct sql *db, struct str changes, bool (*visit)(void *context, const struct change *change),
                  void *context);
/* Makes the rows what they were. Those that meanwhile became something else stay, and are told to `kept`; NULL: rows that others now point to. */
bool changes_take_back(struct sql *db, struct str changes, void (*kept)(void *context, const struct change *change),
                       void *context);

#endif
