/* accept.c: findings that somebody looked at are set aside: rows of finding_accepted in the semester database. The
 * value is kept as a hash: when it changes, the finding comes back. */
#include "rules/internal.h"

#include "data/backup.h"

static const char *const make_table =
    "CREATE TABLE IF NOT EXISTS finding_accepted(code TEXT, record TEXT, place TEXT, row_key TEXT, value_hash TEXT,"
    " why TEXT, accepted_on TEXT, PRIMARY KEY(code, record, place, row_key)) STRICT, WITHOUT ROWID";

static bool is_meant(const struct rule_finding *finding, const struct rule *rule, struct str record) {
    return str_eq(finding->rule->code, rule->code) && str_eq(finding->record, record);
}

static void bind(sqlite3_stmt *statement, int at, struct str text) {
    sqlite3_bind_text(statement, at, text.p == NULL ? "" : text.p, (int)text.n, SQLITE_STATIC);
}

/* A code of SQLite's: SQLITE_DONE when it is written. */
static int insert(sqlite3 *db, struct arena *arena, const struct rule_finding *finding, struct str why, struct str on) {
    sqlite3_stmt *statement = NULL;
    const struct str values[] = {finding->rule->code,
                                 finding->record,
                                 finding->place,
                                 finding->key,
                                 rules_value_hash(arena, finding->value),
                                 why,
                                 on};
    int code = sqlite3_prepare_v2(db, "INSERT OR REPLACE INTO finding_accepted VALUES(?, ?, ?, ?, ?, ?, ?)", -1,
                                  &statement, NULL);
    for (size_t i = 0; i < sizeof values / sizeof *values && code == SQLITE_OK; i++) {
        bind(statement, (int)i + 1, values[i]);
    }
    code = code == SQLITE_OK ? sqlite3_step(statement) : code;
    sqlite3_finalize(statement);
    return code;
}

static bool execute(sqlite3 *db, const char *sql) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

struct acceptance {
    const struct rules_result *result;
    const struct rule *rule;
    struct str record, why, on;
};

/* In one transaction: all of them, or none. */
static bool write_all(sqlite3 *db, struct arena *arena, const struct acceptance *acceptance) {
    bool good = execute(db, "BEGIN IMMEDIATE") && execute(db, make_table);
    for (size_t i = 0; i < acceptance->result->count && good; i++) {
        const struct rule_finding *finding = &acceptance->result->findings[i];
        if (is_meant(finding, acceptance->rule, acceptance->record)) {
            good = insert(db, arena, finding, acceptance->why, acceptance->on) == SQLITE_DONE;
        }
    }
    return good && execute(db, "COMMIT");
}

static bool store(struct arena *arena, const char *path, const struct acceptance *acceptance, struct diags *diags) {
    sqlite3 *db = NULL;
    if (!backup_make(arena, path, diags)) {
        return false;
    }
    bool good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
    sqlite3_busy_timeout(db, 5000);
    good = good && write_all(db, arena, acceptance);
    if (!good) {
        DIAG_ADD(diags, K905, PLACE_NONE, str_from(path), str_from(sqlite3_errmsg(db)));
    }
    sqlite3_close(db); /* an open transaction is rolled back */
    return good;
}

size_t rules_accept(struct arena *arena, const struct rules_request *request, struct str code, struct str record,
                    struct str why, struct str on, struct diags *diags) {
    struct rules_result result;
    size_t count = 0;
    const struct rule *rule = rules_find(arena, code);
    if (rule != NULL && rules_run(arena, request, &result, diags)) {
        for (size_t i = 0; i < result.count; i++) {
            count += is_meant(&result.findings[i], rule, record);
        }
    } else if (diags->count > 0) {
        return 0;
    }
    if (count == 0) {
        DIAG_ADD(diags, K904, PLACE_NONE, code, record);
        return 0;
    }
    const struct acceptance acceptance = {&result, rule, record, why, on};
    return store(arena, request->database, &acceptance, diags) ? count : 0;
}
