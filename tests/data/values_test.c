/* values_test.c: values that can only mean one thing are read as that, in the copy, with indexes, keys and computed columns that agree; all
 * others are told and stay; the file is never written. Each case runs with the copy on disk and with the one in memory. */
#include "support.h"

#include <stdlib.h>

#include "data/values.h"

static const char schema[] =
    "CREATE TABLE child(id INTEGER PRIMARY KEY, no TEXT, birth TEXT);"
    "INSERT INTO child VALUES(1, 'T-1', '2014-11-03'), (2, 'T-2', '2014-06-31'), (3, 'T-3', NULL);"
    "CREATE TABLE award(id INTEGER PRIMARY KEY, child INTEGER, issued_on TEXT, state TEXT, year TEXT AS "
    "(substr(issued_on, 1, 4)) STORED) STRICT;"
    "CREATE INDEX award_day ON award(issued_on, state);"
    "CREATE INDEX award_month ON award(substr(issued_on, 1, 7)) WHERE state = '批准';"
    "INSERT INTO award(id, child, issued_on, state) VALUES(1, 1, '2026-11-23', '批准'), (2, 2, '2026/11/23', '批准'), "
    "(3, 1, '2026-11-3', '批准 '),"
    "(4, 2, '20261123', '　批准'), (5, 1, '46349', '批准'), (6, 2, NULL, '批准'), (7, 1, NULL, '拟定'), (8, 2, '昨天', "
    "'拟定'),"
    "(9, 1, '', '批准'), (10, 3, '2026-11-23', '已批准'), (11, 3, '2026-11-23', '表扬');"
    "CREATE TABLE stay(child INTEGER, semester TEXT, from_date TEXT, to_date TEXT, CHECK(to_date IS NULL OR to_date > "
    "from_date), "
    "PRIMARY KEY(child, semester)) WITHOUT ROWID;"
    "PRAGMA ignore_check_constraints = ON;"
    "INSERT INTO stay VALUES(1, 's', '2026-9-1', ''), (2, 's', '2026年9月1日', '2026-10-1'), (3, 's', '2026-09-01', "
    "NULL);"
    "CREATE TABLE special(child INTEGER, kind TEXT, from_date TEXT NOT NULL, PRIMARY KEY(child, kind, from_date)) "
    "WITHOUT ROWID;"
    "INSERT INTO special VALUES(1, 'a', '2026-09-01'), (1, 'a', '2026/9/1'), (2, 'a', '2026/9/1'), (3, 'a', '');"
    "CREATE TABLE visit(on_date, ym TEXT, at TEXT);" /* no type, no key */
    "INSERT INTO visit VALUES(20261103, '202611', '2026-11-03T08:30'), (46349.25, '2026-13', '2026-11-03'), (x'3F', "
    "'2026-11', '2026-11-03 08:30:00');"
    "CREATE TABLE log(n INTEGER);"
    "CREATE TRIGGER watch AFTER UPDATE ON award BEGIN INSERT INTO log VALUES(1); END;"
    "CREATE VIEW printed AS SELECT * FROM award WHERE state = '批准';";

static const struct str states[] = {STR_INIT("拟定"), STR_INIT("批准"), STR_INIT("作废")};
#define PLACE .place = {.file = STR_INIT("columns.yaml"), .line = __LINE__}
#define RULE(t, c, f)                                                                                                  \
    { .table = STR_INIT(t), .column = STR_INIT(c), .form = f, PLACE }
#define RULE_AND(t, c, f, ...)                                                                                         \
    { .table = STR_INIT(t), .column = STR_INIT(c), .form = f, PLACE, __VA_ARGS__ }
#define NEEDED(text) .needed = {.name = STR_INIT("award.issued_on"), .sql = STR_INIT(text), .place_of = place_of}
static const struct value_rule all_rules[] = {
    RULE_AND("child", "birth", VALUE_DAY, .only_printed = true),
    RULE_AND("award", "issued_on", VALUE_DAY, NEEDED("state = '批准'")),
    RULE_AND("award", "state", VALUE_CODE, .codes = states, .code_count = 3),
    RULE("*", "from_date", VALUE_DAY),
    RULE("stay", "to_date", VALUE_DAY),
    RULE("*", "on_date", VALUE_DAY),
    RULE("visit", "ym", VALUE_MONTH),
    RULE("visit", "at", VALUE_MOMENT),
};
static const struct value_record records[] = {
    {STR_INIT("child"),
     STR_INIT("id"),
     {STR_INIT("child.id"), STR_INIT("SELECT no FROM child WHERE id = :id"), place_of, NULL},
     {.line = 0}},
    {STR_INIT("*"),
     STR_INIT("child"),
     {STR_INIT("*.child"), STR_INIT("SELECT no FROM child WHERE id = :child"), place_of, NULL},
     {.line = 0}},
};
static const struct value_rules rules = {.items = all_rules, .count = 8, .records = records, .record_count = 2};

static const char *const told[] = {
    "T-2 child.birth id 2 D511 2014-06-31",
    "T-2 award.issued_on id 2 D501 2026/11/23=2026-11-23",
    "T-1 award.issued_on id 3 D501 2026-11-3=2026-11-03",
    "T-2 award.issued_on id 4 D501 20261123=2026-11-23",
    "T-1 award.issued_on id 5 D512 46349=2026-11-23",
    "T-2 award.issued_on id 8 D511 昨天",
    "T-2 award.issued_on id 6 D515 ",
    "T-1 award.issued_on id 9 D515 ",
    "T-1 award.state id 3 D501 批准 =批准",
    "T-2 award.state id 4 D501 　批准=批准",
    "T-3 award.state id 10 D513 已批准=批准",
    "T-3 award.state id 11 D514 表扬",
    "T-1 stay.from_date child 1, semester s D501 2026-9-1=2026-09-01",
    "T-2 stay.from_date child 2, semester s D501 2026年9月1日=2026-09-01",
    "T-1 stay.to_date child 1, semester s D502 ",
    "T-2 stay.to_date child 2, semester s D501 2026-10-1=2026-10-01",
    "T-1 special.from_date child 1, kind a, from_date 2026/9/1 D516 2026/9/1=2026-09-01",
    "T-2 special.from_date child 2, kind a, from_date 2026/9/1 D501 2026/9/1=2026-09-01",
    "T-3 special.from_date child 3, kind a, from_date  D511 ",
    " visit.on_date rowid 1 D501 20261103=2026-11-03",
    " visit.on_date rowid 2 D512 46349.25=2026-11-23",
    " visit.on_date rowid 3 D511 ?",
    " visit.ym rowid 1 D501 202611=2026-11",
    " visit.ym rowid 2 D511 2026-13",
    " visit.at rowid 1 D501 2026-11-03T08:30=2026-11-03 08:30:00",
    " visit.at rowid 2 D511 2026-11-03",
};

static struct str line_of(struct arena *arena, const struct diag *diag) {
    const bool read =
        diag->code == DIAG_D501 || diag->code == DIAG_D512 || diag->code == DIAG_D513 || diag->code == DIAG_D516;
    return str_printf(arena, "%.*s %.*s %s %.*s%s%.*s", STR_ARG(diag->place.record), STR_ARG(diag->place.field),
                      diag_name(diag->code), STR_ARG(diag->args[0]), read ? "=" : "", read ? (int)diag->args[1].n : 0,
                      diag->args[1].p);
}

static struct values *look(struct world *world, bool private_copy, const struct value_rules *which,
                           const struct value_scope *scope) {
    world_open(world, (struct database_options){.private_copy = private_copy});
    assert_non_null(world->database);
    struct values *values = values_look(world->database, which, scope, world->arena, &world->diags);
    assert_non_null(values);
    return values;
}

/* The corrected copy's own word that indexes and tables agree. */
static void agrees(struct world *world) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    const char *vfs = world->database->copy_path != NULL ? nameless_vfs() : NULL;
    assert_int_equal(sqlite3_open_v2(world->database->uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, vfs),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    /* The CHECK of stay and NOT NULL of special were broken on purpose, and hold now. */
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), "ok");
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

static void reads(struct world *world, bool private_copy) {
    struct str before, after;
    assert_int_equal(file_read(world->arena, world->path, 0, &before), 0);
    struct values *values = look(world, private_copy, &rules, NULL);
    assert_int_equal(values_readable(values), 15);
    assert_true(values_correct(values, &world->diags));
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_true(values_settle(values, world->session, false, &world->diags));
    assert_int_equal(world->diags.count, 0);
    struct diags found;
    diags_init(&found, world->arena);
    values_tell(values, &found);
    for (size_t i = 0; i < found.count && i < sizeof told / sizeof *told; i++) {
        assert_str(line_of(world->arena, &found.items[i]), told[i]);
    }
    assert_int_equal(found.count, sizeof told / sizeof *told);
    /* issued_on of 5, 6 and 9; from_date of two rows of special; on_date, ym and at of visit */
    assert_int_equal(values_missing(values), 3 + 2 + 4);

    assert_str(
        world_ask(
            world,
            "SELECT id, issued_on, year FROM award WHERE issued_on = '2026-11-23' AND state = '批准' ORDER BY id"),
        "1|2026-11-23|2026;2|2026-11-23|2026;4|2026-11-23|2026;");
    assert_str(
        world_ask(world, "SELECT count(*) FROM award WHERE substr(issued_on, 1, 7) = '2026-11' AND state = '批准'"),
        "4;");
    assert_str(world_ask(world, "SELECT id FROM printed WHERE issued_on IS NULL ORDER BY id"), "6;9;");
    assert_str(world_ask(world, "SELECT issued_on FROM award WHERE id IN(5, 8) ORDER BY id"), "46349;昨天;");
    assert_str(
        world_ask(
            world,
            "SELECT child FROM stay WHERE from_date <= '2026-11-25' AND (to_date IS NULL OR to_date >= '2026-11-25')"),
        "1;3;");
    assert_str(world_ask(world, "SELECT * FROM special ORDER BY 1, 3"),
               "1|a|2026-09-01;1|a|2026/9/1;2|a|2026-09-01;3|a|;");
    assert_str(
        world_ask(world, "SELECT typeof(on_date), on_date, ym, at FROM visit WHERE ym = '2026-11' AND at > '2026'"),
        "text|2026-11-03|2026-11|2026-11-03 08:30:00;blob|?|2026-11|2026-11-03 08:30:00;");
    assert_str(world_ask(world, "SELECT count(*) FROM log"), "0;"); /* no trigger ran */
    assert_int_equal(file_read(world->arena, world->path, 0, &after), 0);
    assert_true(str_eq(before, after));
    world->diags.count = 0;
    agrees(world);
}

static void on_disk(void **state) {
    world_sql(*state, schema);
    reads(*state, true);
}

static void in_memory(void **state) {
    world_sql(*state, schema);
    reads(*state, false);
}

/* Through the copy of a database with a log, and of one in UTF-16. */
static void with_log(void **state) {
    struct world *world = *state;
    world_sql(world, "PRAGMA journal_mode = wal;");
    world_sql(world, schema);
    reads(world, true);
}

static void with_log_in_memory(void **state) {
    struct world *world = *state;
    world_sql(world, "PRAGMA journal_mode = wal;");
    world_sql(world, schema);
    reads(world, false);
}

static void utf16(void **state) {
    struct world *world = *state;
    world_sql(world, "PRAGMA encoding = 'UTF-16be';");
    world_sql(world, schema);
    reads(world, false);
}

/* Date searches go on using the index: nothing stands between query and column. */
static void plan(void **state) {
    struct world *world = *state;
    world_sql(world, schema);
    struct values *values = look(world, false, &rules, NULL);
    assert_true(values_correct(values, &world->diags));
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open_v2(world->database->uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "EXPLAIN QUERY PLAN SELECT id FROM award WHERE issued_on > '2026'", -1,
                                        &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_non_null(
        strstr((const char *)sqlite3_column_text(statement, 3), "SEARCH award USING COVERING INDEX award_day"));
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

/* A narrowed run: the tables that its texts name, through views, views of views, relations and what a reader gets of a table; not what
 * bears a name by AS alone. */
static void scope(void **state) {
    struct world *world = *state;
    world_sql(world, schema);
    world_sql(world, "CREATE VIEW recent AS SELECT p.*, 1 AS visit FROM printed AS p WHERE issued_on > '2026'");
    const struct relation relation = {
        STR("rule"), {.sql = STR("SELECT * FROM special")}, {.sql = STR("SELECT 1 AS test")}};
    const struct relations relations = {.items = &relation, .count = 1};
    const struct str texts[] = {STR("SELECT * FROM \"recent\""), STR("WITH x AS (SELECT * FROM rule) SELECT * FROM x")};
    const struct privacy_rule mask = {.table = STR("award"),
                                      .column = STR("state"),
                                      .sql[READER_FAMILY] = {.sql = STR("(SELECT max(kind) FROM special)")}};
    const struct privacy_rows rows = {.table = STR("award"),
                                      .where[READER_PUBLIC] = {.sql = STR("id IN (SELECT id FROM special)")}};
    const struct privacy masks = {.rules = &mask, .count = 1}, shown = {.rows = &rows, .row_count = 1};
    const struct {
        size_t count, readable, unreadable;
        const struct privacy *privacy;
    } cases[] = {{0, 0, 0, &masks}, /* nothing */
                 {1, 6, 4, NULL},   /* award */
                 {2, 8, 5, NULL},   /* award and special */
                 {1, 8, 5, &masks},
                 {1, 8, 5, &shown}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct value_scope some = {texts, cases[i].count, &relations, cases[i].privacy};
        struct values *values = look(world, false, &rules, &some);
        assert_int_equal(values_readable(values), cases[i].readable);
        assert_int_equal(values_unreadable(values), cases[i].unreadable);
        assert_true(values_readable(values) == 0 || values_correct(values, &world->diags));
        world_session(world, READER_SCHOOL, &nobody_masked);
        assert_str(world_ask(world, "SELECT count(*) FROM printed WHERE issued_on = '2026-11-23'"),
                   cases[i].count == 0 ? "1;" : "3;");
        session_close(world->session);
        world->session = NULL;
        database_close(world->database);
        world->database = NULL;
    }
}

static void clean(void **state) {
    struct world *world = *state;
    world_sql(world, "CREATE TABLE stay(child INTEGER PRIMARY KEY, from_date TEXT); INSERT INTO stay VALUES(1, "
                     "'2026-09-01'), (2, NULL)");
    static const struct value_rule only[] = {RULE("*", "from_date", VALUE_DAY)};
    const struct value_rules few = {.items = only, .count = 1};
    struct values *values = look(world, true, &few, NULL);
    struct diags found;
    diags_init(&found, world->arena);
    assert_int_equal(values_readable(values) + values_unreadable(values), 0);
    assert_false(values_need_session(values));
    values_tell(values, &found);
    assert_int_equal(found.count + world->diags.count + values_missing(values), 0);
}

/* More than are kept are counted. */
static void many(void **state) {
    struct world *world = *state;
    world_sql(world, "CREATE TABLE stay(child INTEGER PRIMARY KEY, to_date TEXT, from_date TEXT);"
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO stay "
                     "SELECT i, '', 'x' FROM n");
    static const struct value_rule both[] = {RULE("stay", "to_date", VALUE_DAY), RULE("stay", "from_date", VALUE_DAY)};
    const struct value_rules few = {.items = both, .count = 2};
    struct values *values = look(world, true, &few, NULL);
    struct diags found;
    diags_init(&found, world->arena);
    assert_true(values_correct(values, &world->diags));
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_true(values_settle(values, world->session, false, &world->diags));
    values_tell(values, &found);
    assert_int_equal(found.count, 2 * 2000 + 2);
    assert_string_equal(diag_name(found.items[found.count - 1].code), "D518");
    assert_str(found.items[found.count - 1].args[0], "3000");
    assert_int_equal(values_missing(values), 5000);
    assert_str(world_ask(world, "SELECT count(*) FROM stay WHERE to_date IS NULL"), "5000;");
}

/* A number that strayed into a column of days isn't told in full; a long value is cut at a character. */
static void shown(void **state) {
    struct world *world = *state;
    world_sql(
        world,
        "CREATE TABLE child(id_card TEXT PRIMARY KEY, birth TEXT) WITHOUT ROWID;"
        "INSERT INTO child VALUES('520399201411030011', '15412345678'), ('b', replace(hex(zeroblob(100)), '0', '年'))");
    static const struct value_rule only[] = {RULE("child", "birth", VALUE_DAY)};
    const struct value_rules few = {.items = only, .count = 1};
    struct values *values = look(world, true, &few, NULL);
    struct diags found;
    diags_init(&found, world->arena);
    values_tell(values, &found);
    assert_int_equal(found.count, 2);
    assert_str(found.items[0].place.field, "child.birth id_card 520399************");
    assert_str(found.items[0].args[0], "154****5678");
    assert_int_equal(found.items[1].args[0].n, 61 * 3);
}

static void refused(void **state) {
    struct world *world = *state;
    world_sql(world, schema);
    static const struct value_rule wrong[] = {
        RULE("awrd", "state", VALUE_DAY),     RULE("nothing", "a", VALUE_DAY),
        RULE("award", "isued_on", VALUE_DAY), RULE("award", "quite_other", VALUE_DAY),
        RULE("*", "frm_date", VALUE_DAY),     RULE("printed", "state", VALUE_DAY),
        RULE("award", "year", VALUE_DAY),     RULE("award", "child", VALUE_DAY),
        RULE("award", "state", VALUE_DAY),    RULE("AWARD", "State", VALUE_DAY),
        RULE("*", "year", VALUE_DAY),
    };
    static const char *const codes[] = {"D301", "D302", "D303", "D304", "D303", "D321", "D324", "D324", "D322"};
    static const struct value_record record = {
        STR_INIT("award"), STR_INIT("chld"), {.sql = STR_INIT("SELECT 1")}, {.line = 7}};
    const struct value_rules few = {
        .items = wrong, .count = sizeof wrong / sizeof *wrong, .records = &record, .record_count = 1};
    look(world, false, &few, NULL);
    assert_int_equal(world->diags.count, 10);
    for (size_t i = 0; i < 9; i++) {
        assert_string_equal(diag_name(world->diags.items[i].code), codes[i]);
    }
    assert_string_equal(diag_name(world->diags.items[9].code), "D303");
    assert_int_equal(world->diags.items[9].place.line, 7);
    world->diags.count = 0;
}

/* Columns of text that look like days: not those that are listed, of numbers, or computed. */
static void unlisted(void **state) {
    struct world *world = *state;
    world_sql(world, "CREATE TABLE t(a_on TEXT, b_ON VARCHAR(10), c_on DATE, d_on INTEGER, e_on TEXT, f_on, g_on TEXT "
                     "AS (a_on), h TEXT, birth TEXT);");
    static const struct value_rule listed[] = {RULE("t", "e_on", VALUE_ANY)};
    static const struct str dated[] = {STR_INIT("*_on"), STR_INIT("Birth")};
    const struct value_rules few = {
        .items = listed, .count = 1, .dated = dated, .dated_count = 2, .file = STR("columns.yaml")};
    struct values *values = look(world, false, &few, NULL);
    values_tell_unlisted(values, &world->diags);
    struct str all = STR("");
    for (size_t i = 0; i < world->diags.count; i++) {
        assert_int_equal(world->diags.items[i].code, DIAG_D323);
        all = str_printf(world->arena, "%.*s %.*s", STR_ARG(all), STR_ARG(world->diags.items[i].args[1]));
    }
    assert_str(all, " a_on b_ON c_on f_on birth");
    world->diags.count = 0;
}

/* A condition or query that isn't right is told at its own place, also when nothing asks it now. */
static void conditions(void **state) {
    struct world *world = *state;
    world_sql(world, schema);
    static const struct value_rule wrong[] = {
        RULE_AND("award", "issued_on", VALUE_DAY, NEEDED("state = '批准' AND stat = 1"))};
    static const struct value_record other = {STR_INIT("award"),
                                              STR_INIT("child"),
                                              {STR_INIT("r"), STR_INIT("SELECT :semester"), place_of, NULL},
                                              {.line = 9}};
    const struct value_rules few = {.items = wrong, .count = 1, .records = &other, .record_count = 1};
    struct values *values = look(world, false, &few, NULL);
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_false(values_settle(values, world->session, true, &world->diags));
    assert_int_equal(world->diags.count, 2);
    assert_int_equal(world->diags.items[0].code, DIAG_D202);
    assert_int_equal(world->diags.items[0].place.column, 22); /* bytes before `stat`, and 1 */
    assert_int_equal(world->diags.items[1].code, DIAG_D325);
    assert_int_equal(world->diags.items[1].place.line, 9);
    world->diags.count = 0;
}

int main(void) {
#define CASE(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {CASE(on_disk),   CASE(in_memory), CASE(with_log), CASE(with_log_in_memory),
                                       CASE(utf16),     CASE(plan),      CASE(scope),    CASE(clean),
                                       CASE(many),      CASE(shown),     CASE(refused),  CASE(unlisted),
                                       CASE(conditions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
