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

enum { APPLICATION_ID = 0x4C534554, VERSION = 3 }; /* as in fixtures/schema.sql */
enum { COLUMN_RECORD, COLUMN_SCHOOL, COLUMN_KEY, COLUMN_VALUE, COLUMN_WANTED, COLUMN_COUNT };

struct run {
    struct arena *arena;
    struct diags *diags;
    const struct rules_request *request;
    struct rules_result *result;
    struct sql *db;
    struct buffer room;
    struct masking masking;
    struct functions functions;
    int64_t school;         /* that was asked for; 0: all */
    struct strmap accepted; /* what finding_accepted holds */
    size_t capacity;
};

static struct str text_of(struct run *run, const struct statement *statement, size_t column) {
    return utf8_repair(run->arena, str_copy(run->arena, statement_text(statement, column)));
}

static void tell_check(struct run *run, struct str code) {
    DIAG_ADD(run->diags, K903, PLACE_NONE, code, sql_error(run->db));
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
    run->db = sql_open_told(path, SQL_READ, run->diags);
    return run->db != NULL &&
           sql_run(run->db, "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; BEGIN", NULL, 0);
}

static bool is_ours(struct run *run) {
    if (sql_number(run->db, "PRAGMA application_id", NULL, 0) == APPLICATION_ID) {
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
    run->school = sql_number(run->db, "SELECT id FROM school WHERE :word IN(name, short_name, code) ORDER BY id",
                             &(struct sql_value){":word", word}, 1);
    if (run->school == 0) {
        DIAG_ADD(run->diags, K902, PLACE_NONE, word);
    }
    return run->school != 0;
}

/* Nothing is NULL in SQL. */
static struct str given(struct str word) {
    return word.n > 0 ? word : STR_NONE;
}

/* scope.sql. */
static bool make_scope(struct run *run) {
    const struct rules_request *request = run->request;
    const struct sql_value values[] = {
        {":as_of", given(request->as_of)}, {":school", given(request->school)}, {":class", given(request->class_name)}};
    const bool narrow = request->school.n > 0 || request->class_name.n > 0;
    if (sql_script(run->db, rules_scope(), values, sizeof values / sizeof *values) &&
        (!narrow || sql_run(run->db, "ANALYZE temp", NULL, 0))) {
        return true;
    }
    tell_check(run, STR("scope"));
    return false;
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
    struct statement *statement = sql_statement(
        run->db, "SELECT code || x'1F' || record || x'1F' || place || x'1F' || row_key || x'1F' || value_hash"
                 " FROM finding_accepted");
    bool found;
    strmap_init(&run->accepted, run->arena);
    while (statement != NULL && statement_next(statement)) {
        strmap_put(&run->accepted, text_of(run, statement, 0), &found);
    }
}

/* --- a check ------------------------------------------------------------------------------------------------------ */

/* 0: there is none. */
static size_t column_named(const struct statement *statement, const char *name) {
    size_t at = statement_columns(statement) - 1;
    while (at >= COLUMN_COUNT && strcmp(statement_column(statement, at), name) != 0) {
        at--;
    }
    return at >= COLUMN_COUNT ? at : 0;
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

/* The columns that a check needn't have; 0: it hasn't. */
struct shape {
    size_t day, place;
    bool other, of_child;
};

static void take_row(struct run *run, const struct rule *rule, const struct statement *statement,
                     const struct shape *shape) {
    const struct str key = text_of(run, statement, COLUMN_KEY);
    const struct str place = shape->place > 0 ? text_of(run, statement, shape->place) : rule->place;
    const struct str record = text_of(run, statement, COLUMN_RECORD);
    const struct str beside = text_of(run, statement, COLUMN_WANTED);
    const struct str day = shape->day > 0 ? text_of(run, statement, shape->day) : STR_NONE;
    const int64_t school = statement_int(statement, COLUMN_SCHOOL);
    if (run->school != 0 && school != run->school && !run->request->beside) {
        return;
    }
    if (day.p != NULL && run->request->since.n > 0 && str_compare(day, run->request->since) < 0) {
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
    struct statement *statement = sql_statement(run->db, str_c(run->arena, rule->sql));
    if (statement == NULL) {
        tell_check(run, rule->code);
        return false;
    }
    const struct shape shape = {
        .day = column_named(statement, "day"),
        .place = column_named(statement, "place"),
        .of_child = strcmp(statement_column(statement, COLUMN_KEY), "student_id") == 0,
        .other = strcmp(statement_column(statement, COLUMN_WANTED), "other") == 0,
    };
    while (statement_next(statement)) {
        take_row(run, rule, statement, &shape);
    }
    if (statement_failed(statement)) {
        tell_check(run, rule->code);
    }
    return !statement_failed(statement);
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
    struct statement *statement = sql_statement(run->db, "SELECT name FROM school WHERE id = ?");
    struct rules_result *result = run->result;
    for (size_t i = 0; i < result->count && statement != NULL; i++) {
        struct rule_finding *finding = &result->findings[i];
        if (i > 0 && finding->school_id == finding[-1].school_id) {
            finding->school = finding[-1].school;
            continue;
        }
        statement_bind_int(statement, 1, finding->school_id);
        finding->school = statement_next(statement) ? text_of(run, statement, 0) : STR_NONE;
        statement_reset(statement);
    }
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static bool run_checks(struct run *run) {
    if (!open_database(run) || !is_ours(run) || !find_school(run)) {
        return false;
    }
    run->functions = (struct functions){
        .room = &run->room, .arena = run->arena, .photos = photos_of(run), .db = run->db, .masking = &run->masking};
    strmap_init(&run->functions.seen, run->arena);
    if (!functions_of_rules(&run->functions) || !make_scope(run)) {
        return false;
    }
    read_accepted(run);
    size_t count = 0;
    bool good = true;
    const struct rule *rules = rules_all(run->arena, &count);
    for (size_t i = 0; i < count; i++) {
        good &= ask(run, &rules[i]);
    }
    run->result->day = utf8_repair(run->arena, sql_text(run->db, run->arena, "SELECT day FROM asked", NULL, 0));
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
    sql_close(run.db);
    masking_release(&run.masking);
    buffer_release(&run.room);
    return good;
}
