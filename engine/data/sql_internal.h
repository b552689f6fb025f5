/* sql_internal.h: a connection, for sql.c and changes.c. */
#ifndef DATA_SQL_INTERNAL_H
#define DATA_SQL_INTERNAL_H

#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <sqlite3.h>

#include "base/hash.h"
#include "data/sql.h"

struct statement {
    struct sql *db;
    sqlite3_stmt *raw; /* finalised by sql_close */
    bool failed;       /* when it was last run */
};

struct sql {
    struct arena *arena; /* of statements and words of failures; ends with sql_close */
    sqlite3 *raw;
    struct sqlite3_session *watch; /* NULL: nothing is recorded */
    struct strmap known;           /* texts of statements: their places, from 1 */
    struct statement **statements;
    size_t count, capacity;
    enum sql_fault fault; /* of the last call */
    struct str error;     /* SQLite's words of the last failure */
};

/* Keeps why a call failed. Is the code SQLITE_OK? */
bool sql_heed(struct sql *db, int code);

#endif
