/* run.c: the checks are asked one after the other, over tables that scope.sql makes once. */
#include "rules/internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "data/data.h"
#include "data/mask.h"

enum { APPLICATION_ID = 0x4C534554, VERSION = 2 }; /* as in fixtures/schema.sql */
enum { COLUMN_RECORD, COLUMN_SCHOOL, COLUMN_KEY, COLUMN_VALUE, COLUMN_WANTED, COLUMN_COUNT };

struct run {
    struct arena *arena;
    struct diags *diags;
    const struct rules_request *request;
    struct rules_result *result;
    sqlite3 *db;
    struct buffer room;
    struct masking masking;
    struct functions functions;
    int64_t school;         /* that was asked for; 0: all */
    struct strmap accepted; /* what finding_accepted holds */
    size_t capacity;
};

static struct str text_of(struct run *run, sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    const size_t count = (size_t)sqlite3_column_bytes(statement, column);
    return text == NULL ? STR_NONE : utf8_repair(run->arena, str_copy(run->arena, (struct str){text, count}));
}

static void bind_text(sqlite3_stmt *statement, const char *name, struct str text) {
    const int at = sqlite3_bind_parameter_index(statement, name);
    if (at > 0 && text.p != NULL) {
        sqlite3_bind_text(statement, at, text.p, (int)text.n, SQLITE_STATIC);
    }
}

static void tell_check(struct run *run, struct str code) {
    DIAG_ADD(run->diags, K903, PLACE_NONE, code, str_from(sqlite3_errmsg(run->db)));
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* data/ tells why a database can't be opened; the checks then have a connection of their own, which reads only. */
static bool open_database(struct run *run) {
    const struct database_options options = {.application_id = APPLICATION_ID, .user_version = VERSION};
    const char *path = run->request->database;
    struct database *database = database_open(path, &options, run->diags);
    if (database == NULL) {
        return false;
    }
    database_close(database);
    if (sqlite3_open_v2(path, &run->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(run->db, 5000);
        sqlite3_exec(run->db, "PRAGMA temp_store = memory; PRAGMA cache_size = -65536; BEGIN", NULL, NULL, NULL);
        return true;
    }
    DIAG_ADD(run->diags, D107, PLACE_NONE, str_from(path), str_from(sqlite3_errmsg(run->db)));
    return false;
}

static int64_t ask_int(struct run *run, const char *sql, struct str word) {
    sqlite3_stmt *statement = NULL;
    int64_t answer = 0;
    if (sqlite3_prepare_v2(run->db, sql, -1, &statement, NULL) == SQLITE_OK) {
        bind_text(statement, ":word", word);
        answer = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    }
    sqlite3_finalize(statement);
    return answer;
}

static bool is_ours(struct run *run) {
    if (ask_int(run, "PRAGMA application_id", STR_NONE) == APPLICATION_ID) {
        return true;
    }
    DIAG_ADD(run->diags, K901, PLACE_NONE, str_from(run->request->database));
    return false;
}

static bool find_school(struct run *run) {
    const struct str word = run->request->school;
    if (word.n == 0) {
        return true;
    }
    run->school = ask_int(run, "SELECT id FROM school WHERE :word IN(name, short_name, code) ORDER BY id", word);
    if (run->school == 0) {
        DIAG_ADD(run->diags, K902, PLACE_NONE, word);
    }
    return run->school != 0;
}

/* scope.sql. */
static bool make_scope(struct run *run) {
    const struct str scope = rules_scope();
    const char *end = scope.p + scope.n;
    const char *tail = scope.p;
    while (tail < end) {
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v2(run->db, tail, (int)(end - tail), &statement, &tail);
        if (code == SQLITE_OK && statement != NULL) {
            bind_text(statement, ":as_of", run->request->as_of);
            code = sqlite3_step(statement);
        }
        sqlite3_finalize(statement);
        if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
            tell_check(run, STR("scope"));
            return false;
        }
    }
    return true;
}

/* Without a folder of pictures beside the database none are looked for. */
static const char *photos_of(struct run *run) {
    const char *path = run->request->photos;
    if (path == NULL) {
        const char *slash = strrchr(run->request->database, '/');
        const size_t folder = slash == NULL ? 0 : (size_t)(slash - run->request->database) + 1;
        path = str_c(run->arena, str_printf(run->arena, "%.*sphotos", (int)folder, run->request->database));
    }
    return access(path, R_OK) == 0 ? path : NULL;
}

/* --- what was set aside ------------------------------------------------------------------------------------------- */

struct str rules_value_hash(struct arena *arena, struct str value) {
    return hash_hex(arena, hash_bytes(value.p, value.n));
}

static struct str accepted_key(struct run *run, const struct rule_finding *finding) {
    return str_printf(run->arena, "%.*s\x1F%.*s\x1F%.*s\x1F%.*s\x1F%.*s", STR_ARG(finding->rule->code),
                      STR_ARG(finding->record), STR_ARG(finding->place), STR_ARG(finding->key),
                      STR_ARG(rules_value_hash(run->arena, finding->value)));
}

/* There is no such table before the first finding is set aside. */
static void read_accepted(struct run *run) {
    sqlite3_stmt *statement = NULL;
    bool found;
    strmap_init(&run->accepted, run->arena);
    if (sqlite3_prepare_v2(run->db,
                           "SELECT code || x'1F' || record || x'1F' || place || x'1F' || row_key || x'1F' || value_hash"
                           " FROM finding_accepted",
                           -1, &statement, NULL) == SQLITE_OK) {
        while (sqlite3_step(statement) == SQLITE_ROW) {
            strmap_put(&run->accepted, text_of(run, statement, 0), &found);
        }
    }
    sqlite3_finalize(statement);
}

/* --- a check ------------------------------------------------------------------------------------------------------ */

static int column_named(sqlite3_stmt *statement, const char *name) {
    int at = sqlite3_column_count(statement) - 1;
    while (at >= COLUMN_COUNT && strcmp(sqlite3_column_name(statement, at), name) != 0) {
        at--;
    }
    return at >= COLUMN_COUNT ? at : -1;
}

static void add_finding(struct run *run, const struct rule_finding *finding) {
    struct rules_result *result = run->result;
    if (strmap_get(&run->accepted, accepted_key(run, finding)) != NULL) {
        result->accepted++;
        return;
    }
    ARENA_GROW(run->arena, result->findings, result->count, run->capacity);
    result->findings[result->count++] = *finding;
    result->faults += finding->rule->severity == SEVERITY_FAULT;
    result->notes += finding->rule->severity != SEVERITY_FAULT;
}

/* What is no child's is named by its row: vehicle 2. */
static struct str row_name(struct run *run, struct str place, struct str key) {
    const struct str table = str_slice(place, 0, str_find_byte(place, '.'));
    return str_printf(run->arena, "%.*s %.*s", STR_ARG(table), STR_ARG(key));
}

/* `shape`: the columns that a check needn't have; -1: it hasn't. */
struct shape {
    int day, place;
    bool other, of_child;
};

static void take_row(struct run *run, const struct rule *rule, sqlite3_stmt *statement, const struct shape *shape) {
    const int day = shape->day;
    const struct str key = text_of(run, statement, COLUMN_KEY);
    const struct str place = shape->place >= 0 ? text_of(run, statement, shape->place) : rule->place;
    const struct str record = text_of(run, statement, COLUMN_RECORD);
    const struct str beside = text_of(run, statement, COLUMN_WANTED);
    const int64_t school = sqlite3_column_int64(statement, COLUMN_SCHOOL);
    if (run->school != 0 && school != run->school) {
        return;
    }
    if (day >= 0 && run->request->since.n > 0 && sqlite3_column_type(statement, day) != SQLITE_NULL &&
        str_compare(text_of(run, statement, day), run->request->since) < 0) {
        return;
    }
    add_finding(run, &(struct rule_finding){
                         .rule = rule,
                         .record = record.n > 0 ? record : row_name(run, place, key),
                         .school_id = school,
                         .key = key,
                         .value = text_of(run, statement, COLUMN_VALUE),
                         .wanted = shape->other ? STR_NONE : beside,
                         .other = shape->other ? beside : STR_NONE,
                         .place = place,
                         .of_child = shape->of_child,
                     });
}

static bool ask(struct run *run, const struct rule *rule) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(run->db, rule->sql.p, (int)rule->sql.n, &statement, NULL);
    if (code == SQLITE_OK) {
        const struct shape shape = {
            .day = column_named(statement, "day"),
            .place = column_named(statement, "place"),
            .of_child = strcmp(sqlite3_column_name(statement, COLUMN_KEY), "student_id") == 0,
            .other = strcmp(sqlite3_column_name(statement, COLUMN_WANTED), "other") == 0,
        };
        while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
            take_row(run, rule, statement, &shape);
        }
    }
    if (code != SQLITE_DONE) {
        tell_check(run, rule->code);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE;
}

/* --- order and names ---------------------------------------------------------------------------------------------- */

/* What is of no school stands last; faults stand before notes. */
static int by_school(const void *a, const void *b) {
    const struct rule_finding *left = a;
    const struct rule_finding *right = b;
    const uint64_t schools[2] = {(uint64_t)left->school_id - 1, (uint64_t)right->school_id - 1};
    if (schools[0] != schools[1]) {
        return schools[0] < schools[1] ? -1 : 1;
    }
    int order = (int)left->rule->severity - (int)right->rule->severity;
    order = order != 0 ? order : str_compare(left->rule->code, right->rule->code);
    order = order != 0 ? order : str_compare(left->record, right->record);
    return order != 0 ? order : str_compare(left->key, right->key);
}

static void name_schools(struct run *run) {
    sqlite3_stmt *statement = NULL;
    struct rules_result *result = run->result;
    if (sqlite3_prepare_v2(run->db, "SELECT name FROM school WHERE id = ?", -1, &statement, NULL) != SQLITE_OK) {
        return;
    }
    for (size_t i = 0; i < result->count; i++) {
        struct rule_finding *finding = &result->findings[i];
        if (i > 0 && finding->school_id == finding[-1].school_id) {
            finding->school = finding[-1].school;
            continue;
        }
        sqlite3_bind_int64(statement, 1, finding->school_id);
        finding->school = sqlite3_step(statement) == SQLITE_ROW ? text_of(run, statement, 0) : STR_NONE;
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
}

static struct str day_of(struct run *run) {
    sqlite3_stmt *statement = NULL;
    struct str day = STR_NONE;
    if (sqlite3_prepare_v2(run->db, "SELECT day FROM asked", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        day = text_of(run, statement, 0);
    }
    sqlite3_finalize(statement);
    return day;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static bool run_checks(struct run *run) {
    if (!open_database(run) || !is_ours(run) || !find_school(run)) {
        return false;
    }
    run->functions =
        (struct functions){.room = &run->room, .arena = run->arena, .photos = photos_of(run), .masking = &run->masking};
    strmap_init(&run->functions.seen, run->arena);
    if (functions_of_rules(run->db, &run->functions) != SQLITE_OK || !make_scope(run)) {
        return false;
    }
    read_accepted(run);
    size_t count = 0;
    bool good = true;
    const struct rule *rules = rules_all(run->arena, &count);
    for (size_t i = 0; i < count; i++) {
        good &= ask(run, &rules[i]);
    }
    run->result->day = day_of(run);
    if (run->result->count > 0) {
        qsort(run->result->findings, run->result->count, sizeof *run->result->findings, by_school);
    }
    name_schools(run);
    return good;
}

bool rules_run(struct arena *arena, const struct rules_request *request, struct rules_result *result,
               struct diags *diags) {
    struct run run = {.arena = arena, .diags = diags, .request = request, .result = result};
    *result = (struct rules_result){0};
    const bool good = run_checks(&run);
    for (size_t i = 0; i < sizeof run.functions.items / sizeof *run.functions.items; i++) {
        sqlite3_finalize(run.functions.items[i]);
    }
    sqlite3_close(run.db);
    masking_release(&run.masking);
    buffer_release(&run.room);
    return good;
}
