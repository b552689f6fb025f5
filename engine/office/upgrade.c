/* upgrade.c: an older database becomes one of this version, step by step, in one transaction behind a copy. */
#include <string.h>

#include "data/backup.h"
#include "office/embedded.h"
#include "office/step.h"

static bool execute(sqlite3 *db, const char *sql) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The statements that lead to a version; STR_NONE: there are none. */
static struct str section(struct arena *arena, int64_t version) {
    const struct str all = {(const char *)office_upgrades, office_upgrades_count};
    const struct str head = str_printf(arena, "\n-- to %lld\n", (long long)version);
    const size_t from = str_find(all, head);
    if (from == all.n) {
        return STR_NONE;
    }
    const struct str rest = str_slice(all, from + head.n, all.n);
    return str_slice(rest, 0, str_find(rest, STR("\n-- to ")));
}

static bool lead(struct arena *arena, sqlite3 *db, int64_t from) {
    for (int64_t version = from + 1; version <= OFFICE_VERSION; version++) {
        const struct str sql = section(arena, version);
        const struct str done = str_printf(arena, "PRAGMA user_version = %lld", (long long)version);
        if (sql.p == NULL || !execute(db, str_c(arena, sql)) || !execute(db, str_c(arena, done))) {
            return false;
        }
    }
    return true;
}

static int64_t number_of(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

/* "ok", or the first thing that is wrong: a damaged file isn't built upon. */
static struct str damage(struct arena *arena, sqlite3 *db) {
    sqlite3_stmt *statement = NULL;
    struct str said = STR_NONE;
    if (sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        said = str_copy(arena, str_from((const char *)sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    return said.n > 0 ? said : str_copy(arena, str_from(sqlite3_errmsg(db)));
}

static enum office_end upgrade(struct arena *arena, const char *database, sqlite3 *db, int64_t *from,
                               struct diags *diags) {
    const struct str name = str_from(database);
    if (!execute(db, "BEGIN IMMEDIATE")) {
        DIAG_ADD(diags, D106, PLACE_NONE, name);
        return OFFICE_BUSY;
    }
    *from = number_of(db, "PRAGMA user_version"); /* under the lock: another may have led it on */
    if (*from == OFFICE_VERSION) {
        return OFFICE_DONE;
    }
    if (*from > OFFICE_VERSION || *from < 1) {
        if (*from < 1) {
            DIAG_ADD(diags, Y103, PLACE_NONE, name, str_int(arena, *from), str_int(arena, OFFICE_VERSION));
        } else {
            DIAG_ADD(diags, Y102, PLACE_NONE, name, str_int(arena, *from), str_int(arena, OFFICE_VERSION));
        }
        return OFFICE_INPUT;
    }
    const struct str said = damage(arena, db);
    if (!str_is(said, "ok")) {
        DIAG_ADD(diags, D104, PLACE_NONE, name, said);
        return OFFICE_INPUT;
    }
    if (!backup_make(arena, database, diags)) {
        return OFFICE_NO_WRITE;
    }
    if (!lead(arena, db, *from) || !execute(db, "COMMIT")) {
        DIAG_ADD(diags, Y104, PLACE_NONE, name, str_from(sqlite3_errmsg(db)));
        return OFFICE_NO_WRITE;
    }
    return OFFICE_DONE;
}

enum office_end office_upgrade(struct arena *arena, const char *database, int64_t *from, struct diags *diags) {
    sqlite3 *db = NULL;
    enum office_end end = OFFICE_INPUT;
    if (journal_open(database, &db, diags) == INTAKE_TAKEN) {
        end = upgrade(arena, database, db, from, diags);
        if (sqlite3_get_autocommit(db) == 0) {
            execute(db, "ROLLBACK");
        }
    }
    sqlite3_close(db);
    return end;
}
