/* upgrade.c: an older database becomes one of this version, step by step, in one transaction behind a copy. */
#include <string.h>

#include "data/backup.h"
#include "office/embedded.h"
#include "office/step.h"

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

static bool lead(struct arena *arena, struct sql *db, int64_t from) {
    for (int64_t version = from + 1; version <= OFFICE_VERSION; version++) {
        const struct str sql = section(arena, version);
        const struct str done = str_printf(arena, "PRAGMA user_version = %lld", (long long)version);
        if (sql.p == NULL || !sql_script(db, sql, NULL, 0) || !sql_script(db, done, NULL, 0)) {
            return false;
        }
    }
    return true;
}

/* "ok", or the first thing that is wrong: a damaged file isn't built upon. */
static struct str damage(struct arena *arena, struct sql *db) {
    const struct str said = sql_text(db, arena, "PRAGMA quick_check(1)", NULL, 0);
    return said.n > 0 ? said : sql_error(db);
}

static enum office_end upgrade(struct arena *arena, const char *database, struct sql *db, int64_t *from,
                               struct diags *diags) {
    const struct str name = str_from(database);
    if (!sql_begin(db)) {
        DIAG_ADD(diags, D106, PLACE_NONE, name);
        return OFFICE_BUSY;
    }
    *from = sql_number(db, "PRAGMA user_version", NULL, 0); /* under the lock: another may have led it on */
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
    if (!lead(arena, db, *from) || !sql_commit(db)) {
        DIAG_ADD(diags, Y104, PLACE_NONE, name, sql_error(db));
        return OFFICE_NO_WRITE;
    }
    return OFFICE_DONE;
}

enum office_end office_upgrade(struct arena *arena, const char *database, int64_t *from, struct diags *diags) {
    struct sql *db = journal_open(database, diags);
    const enum office_end end = db != NULL ? upgrade(arena, database, db, from, diags) : OFFICE_INPUT;
    sql_close(db); /* takes back what isn't committed */
    return end;
}
