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

struct acceptance {
    const struct rules_result *result;
    const struct rule *rule;
    struct str record, why, on;
};

static struct str kept(struct str text) {
    return text.p != NULL ? text : STR("");
}

static bool insert(struct sql *db, struct arena *arena, const struct acceptance *acceptance,
                   const struct rule_finding *finding) {
    const struct sql_value values[] = {{"?1", finding->rule->code},
                                       {"?2", kept(finding->record)},
                                       {"?3", kept(finding->place)},
                                       {"?4", kept(finding->key)},
                                       {"?5", rules_value_hash(arena, finding->value)},
                                       {"?6", kept(acceptance->why)},
                                       {"?7", kept(acceptance->on)}};
    return sql_run(db, "INSERT OR REPLACE INTO finding_accepted VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", values,
                   sizeof values / sizeof *values);
}

/* In one transaction: all of them, or none. */
static bool write_all(struct sql *db, struct arena *arena, const struct acceptance *acceptance) {
    bool good = sql_begin(db) && sql_run(db, make_table, NULL, 0);
    for (size_t i = 0; i < acceptance->result->count && good; i++) {
        const struct rule_finding *finding = &acceptance->result->findings[i];
        if (is_meant(finding, acceptance->rule, acceptance->record)) {
            good = insert(db, arena, acceptance, finding);
        }
    }
    return good && sql_commit(db);
}

static bool store(struct arena *arena, const char *path, const struct acceptance *acceptance, struct diags *diags) {
    if (!backup_make(arena, path, diags)) {
        return false;
    }
    struct sql *db = sql_open(path, SQL_WRITE);
    const bool good = sql_fault(db) == SQL_FINE && write_all(db, arena, acceptance);
    if (!good) {
        DIAG_ADD(diags, K905, PLACE_NONE, str_from(path), sql_error(db));
    }
    sql_close(db);
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
