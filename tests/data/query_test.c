/* query_test.c: what a query gives back, and what is said about one that can't be compiled or computed. */
#include "support.h"

static const char schema[] =
    "CREATE TABLE family(id INTEGER PRIMARY KEY, student_id INTEGER, relation TEXT, name TEXT, phone TEXT, born REAL, "
    "photo BLOB);"
    "CREATE INDEX family_of ON family(student_id);"
    "INSERT INTO family VALUES(1, 7, '父亲', '王大明', '15412345678', 1980.5, x'00ff'), (2, 7, '母亲', '李红', NULL, "
    "1981, NULL);"
    "CREATE TABLE student(id INTEGER PRIMARY KEY, name TEXT, \"odd \"\" name\" TEXT);"
    "INSERT INTO student VALUES(7, '王小明', 'odd'), (8, '阿里', ''), (9, '曾强', ''), (10, '赵云', '');"
    "CREATE VIEW kin AS SELECT s.name AS child, f.name AS parent FROM student AS s JOIN family AS f ON f.student_id = "
    "s.id;"
    "CREATE VIEW broken AS SELECT absent FROM student;";

static int setup(void **state) {
    world_setup(state);
    struct world *world = *state;
    world_sql(world, schema);
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_non_null(world->session);
    return 0;
}

/* Message, column of the place (from 1), width, second and third argument ("" where they don't matter). */
static const struct {
    const char *code;
    int32_t column, width;
    const char *sql, *argument, *near;
} mistakes[] = {
    {"D202", 8, 5, "SELECT phnoe FROM family", "phnoe", "phone"},
    {"D202", 10, 5, "SELECT f.phnoe FROM family AS f", "phnoe", "phone"},
    {"D202", 8, 7, "SELECT \"phnoe\" FROM family", "phnoe", "phone"},
    {"D202", 31, 7, "SELECT name FROM family WHERE relatin = 1", "relatin", "relation"},
    {"D202", 8, 5, "SELECT chidl FROM kin", "chidl", "child"},
    {"D203", 8, 9, "SELECT telephone FROM student", "telephone", ""},
    {"D213", 8, 5, "SELECT rowid FROM student", "rowid", ""},
    {"D204", 15, 7, "SELECT 1 FROM studnet", "studnet", "student"},
    {"D204", 37, 7, "SELECT 'studnet' /* studnet */ FROM studnet", "studnet", "student"},
    {"D205", 15, 6, "SELECT 1 FROM orders", "orders", ""},
    {"D206", 8, 4, "SELECT uper(name) FROM student", "uper", "upper"},
    {"D237", 8, 6, "SELECT concat(name, id) FROM student", "concat", "a || b"},
    {"D237", 37, 3, "SELECT name FROM student WHERE id > now()", "now", ":as_of"},
    {"D236", 39, 3, "SELECT name FROM student WHERE name = \"无\"", "无", ""},
    {"D223", 13, 5, "SELECT date('now')", "", ""},
    {"D223", 24, 5, "SELECT strftime('%Y', ('NOW'))", "", ""},
    {"D223", 8, 4, "SELECT date()", "", ""},
    {"D216", 39, 1, "SELECT name FROM student WHERE name = “无”", "“", "'"},
    {"D207", 8, 11, "SELECT month_daily(name) FROM student", "month_daily", ""},
    {"D208", 48, 6, "SELECT name FROM student ORDER BY name COLLATE pinyim", "pinyim", ""},
    {"D209", 8, 4, "SELECT name FROM student, family", "name", ""},
    {"D210", 1, 1, "", "", ""},
    {"D210", 1, 1, " -- nothing\n ", "", ""},
    {"D211", 11, 1, "SELECT 1; x", "", ""},
    {"D212", 1, 6, "DELETE FROM student", "DELETE", ""},
    {"D213", 15, 13, "SELECT 1 FROM sqlite_schema", "sqlite_schema", ""},
    {"D214", 8, 6, "SELECT random()", "random", ""},
    {"D215", 35, 1, "SELECT name FROM student WHERE id=?", "?", ""},
    {"D215", 35, 2, "SELECT name FROM student WHERE id=?1", "?1", ""},
    {"D215", 35, 3, "SELECT name FROM student WHERE id=@id", "@id", ""},
    {"D215", 35, 3, "SELECT name FROM student WHERE id=$id", "$id", ""},
    {"D216", 10, 1, "SELECT id，name FROM student", "，", ","},
    {"D216", 13, 1, "SELECT count（*) FROM student", "（", "("},
    {"D216", 34, 1, "SELECT id FROM student WHERE name＝'王'", "＝", "="},
    {"D240", 13, 4, "SELECT name FORM student", "FORM", "FROM"},
    {"D240", 1, 5, "SELEC name", "SELEC", "SELECT"},
    {"D239", 8, 1, "SELECT (1", "(", ""},
    {"D201", 1, 6, "SELECT * FROM broken", "no such column: absent", ""},
    {"D238", 8, 3, "SELECT nil", "nil", ""},
    {"D241", 8, 5, "SELECT asdfg", "asdfg", ""},
};

static void told(void **state) {
    struct world *world = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        if (world_prepare(world, mistakes[i].sql) != NULL) {
            fail_msg("%s is taken", mistakes[i].sql);
        }
        assert_int_equal(world->diags.count, 1);
        struct diag diag = world->diags.items[0];
        struct str text = diag_format(world->arena, &diag, LANGUAGE_ENGLISH, STR_NONE);
        if (strcmp(world_message(world), mistakes[i].code) != 0) {
            fail_msg("%s: %.*s", mistakes[i].sql, STR_ARG(text));
        }
        if (diag.place.column != mistakes[i].column ||
            (diag.place.width > 1 ? diag.place.width : 1) != mistakes[i].width) {
            fail_msg("%s: at %d, %d wide", mistakes[i].sql, (int)diag.place.column, (int)diag.place.width);
        }
        if (mistakes[i].argument[0] != '\0') {
            assert_str(diag_in(diag.args[1], LANGUAGE_ENGLISH), mistakes[i].argument);
        }
        if (mistakes[i].near[0] != '\0') {
            assert_str(diag.args[2], mistakes[i].near);
        }
        assert_str(diag.place.file, "test.yaml");
    }
}

static void kinds(void **state) {
    struct world *world = *state;
    struct rows rows;
    struct query *query =
        world_prepare(world, "SELECT id, relation AS 称谓, born, photo, phone, born FROM family ORDER BY id");
    assert_non_null(query);
    assert_int_equal(query_columns(query), 6);
    assert_str(query_column(query, 1), "称谓");
    assert_str(query_name(query), "q");
    assert_true(query_run(query, NULL, world->arena, &rows, STR_NONE, &world->diags));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.columns, 6);
    assert_int_equal(rows.cells[0].kind, VALUE_INTEGER);
    assert_int_equal(rows.cells[0].integer, 1);
    assert_str(rows.cells[1].text, "父亲");
    assert_int_equal(rows.cells[2].kind, VALUE_REAL);
    assert_int_equal(rows.cells[3].kind, VALUE_BLOB);
    assert_int_equal(rows.cells[3].text.n, 2);
    assert_int_equal(rows.cells[6 + 4].kind, VALUE_NULL);
    assert_str(value_text(world->arena, &rows.cells[6 + 5]), "1981");
    assert_str(world_ask(world, "SELECT \"odd \"\" name\" FROM student WHERE id = 7"), "odd;");
}

static void parameters(void **state) {
    struct world *world = *state;
    struct rows rows;
    struct query *query =
        world_prepare(world, "SELECT name FROM family WHERE student_id = :学生 AND (id = :id OR :学生 = 0)");
    assert_non_null(query);
    assert_int_equal(query_parameters(query), 2);
    assert_str(query_parameter(query, 0), "学生");
    assert_str(query_parameter(query, 1), "id");
    const struct value values[] = {{.kind = VALUE_INTEGER, .integer = 7}, {.kind = VALUE_TEXT, .text = STR("2")}};
    assert_true(query_run(query, values, world->arena, &rows, STR_NONE, &world->diags));
    assert_int_equal(rows.count, 1);
    assert_str(rows.cells[0].text, "李红");
    const struct value none[] = {{.kind = VALUE_NULL}, {.kind = VALUE_REAL, .real = 2}};
    assert_true(query_run(query, none, world->arena, &rows, STR_NONE, &world->diags));
    assert_int_equal(rows.count, 0);
}

/* A query may run inside the loop over its own rows. */
static void nested(void **state) {
    struct world *world = *state;
    struct query *query = world_prepare(world, "SELECT id FROM student ORDER BY id");
    struct value cell;
    bool failed;
    int64_t expected = 7;
    assert_true(query_begin(query, NULL));
    while (query_next(query, world->arena, &cell, &failed, STR_NONE, &world->diags)) {
        struct rows rows;
        assert_int_equal(cell.integer, expected++);
        assert_true(query_run(query, NULL, world->arena, &rows, STR_NONE, &world->diags));
        assert_int_equal(rows.count, 4);
    }
    assert_false(failed);
    assert_int_equal(expected, 11);
    query_finish(query);
    assert_true(query_begin(query, NULL));
    query_finish(query);
}

static void chinese_order(void **state) {
    struct world *world = *state;
    assert_str(world_ask(world, "SELECT name FROM student ORDER BY name COLLATE pinyin"), "阿里;曾强;王小明;赵云;");
    assert_str(world_ask(world, "SELECT name FROM student ORDER BY name COLLATE surname"), "阿里;王小明;曾强;赵云;");
    assert_str(world_ask(world, "SELECT '曾' = '增' COLLATE surname"), "0;");
    assert_str(world_ask(world, "SELECT name FROM student ORDER BY name COLLATE PINYIN DESC"),
               "赵云;王小明;曾强;阿里;");
    assert_str(world_ask(world, "SELECT name FROM student ORDER BY name COLLATE stroke"), "王小明;阿里;赵云;曾强;");
    assert_str(world_ask(world, "SELECT name FROM student ORDER BY name COLLATE strokes LIMIT 1"), "王小明;");
    assert_str(
        world_ask(world, "SELECT 'a' = 'a' COLLATE pinyin, 'a' < 'ａ' COLLATE pinyin, 'ａ' < 'a' COLLATE pinyin"),
        "1|1|0;");
}

static void bad_bytes(void **state) {
    struct world *world = *state;
    assert_str(world_ask(world, "SELECT 'x' AS a, CAST(x'e78e8bff41' AS TEXT) AS b"), "x|王\xEF\xBF\xBD"
                                                                                      "A;");
    assert_int_equal(world->diags.count, 1);
    assert_str(world->diags.items[0].place.record, "record 7");
    assert_str(world->diags.items[0].place.field, "q.b");
    assert_string_equal(world_message(world), "D401");
    assert_str(world_ask(world, "SELECT CAST(x'410042' AS TEXT) AS b"), "A\xEF\xBF\xBD"
                                                                        "B;");
    assert_string_equal(world_message(world), "D402");
}

static void not_computable(void **state) {
    struct world *world = *state;
    assert_str(world_ask(world, "SELECT json_extract('{', '$.a')"), "error");
    assert_str(world->diags.items[0].place.record, "record 7");
    assert_string_equal(world_message(world), "D224");
    assert_str(world_ask(world, "SELECT abs(-9223372036854775808)"), "error");
    assert_string_equal(world_message(world), "D224");
    assert_str(world_ask(world, "SELECT zeroblob(100000000)"), "error");
    assert_string_equal(world_message(world), "D224");
    assert_str(world_ask(world, "SELECT 1"), "1;");
}

#define FOREVER "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "

static void for_ever(void **state) {
    struct world *world = *state;
    assert_str(world_ask(world, FOREVER "SELECT count(*) FROM n"), "error");
    assert_string_equal(world_message(world), "D221");
    assert_str(world_ask(world, FOREVER "SELECT i FROM n"), "error");
    assert_string_equal(world_message(world), "D222");
    assert_str(world_ask(world, "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT max(i) FROM n"),
               "error");
    assert_string_equal(world_message(world), "D221");
    assert_str(world_ask(world, FOREVER "SELECT i FROM n LIMIT 3"), "1;2;3;");
}

/* The count begins anew with each run. */
static void many_runs(void **state) {
    struct world *world = *state;
    struct query *query = world_prepare(world, FOREVER "SELECT count(*) FROM (SELECT i FROM n LIMIT 50000)");
    for (int i = 0; i < 20; i++) {
        struct rows rows;
        assert_true(query_run(query, NULL, world->arena, &rows, STR_NONE, &world->diags));
    }
}

/* Three documents in a row that it is stopped for; one that it answers between them begins the count anew. */
static void given_up(void **state) {
    struct world *world = *state;
    struct query *query = world_prepare(world, FOREVER "SELECT count(*) FROM (SELECT i FROM n LIMIT :most)");
    const int64_t most[] = {-1, -1, 3, -1, -1, -1, 3};
    const char *const told[] = {"D221", "D221", "", "D221", "D221", "D221", "D226"};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        struct rows rows;
        const struct value parameter = {.kind = VALUE_INTEGER, .integer = most[i]};
        const size_t before = world->diags.count;
        assert_int_equal(query_run(query, &parameter, world->arena, &rows, STR("A1"), &world->diags), told[i][0] == 0);
        assert_int_equal(world->diags.count - before, told[i][0] != 0);
        if (told[i][0] != 0) {
            assert_string_equal(diag_name(world->diags.items[before].code), told[i]);
        }
    }
    assert_str(world->diags.items[world->diags.count - 1].place.record, "");
}

static int setup_limited(void **state) {
    world_setup(state);
    struct world *world = *state;
    world_sql(world, schema);
    world_open(world, (struct database_options){.step_limit = 20000000});
    world_session(world, READER_SCHOOL, &nobody_masked);
    return 0;
}

static bool plan_has(struct world *world, const char *sql, const char *part) {
    char *plan_sql = str_c(world->arena, str_printf(world->arena, "EXPLAIN QUERY PLAN %s", sql));
    sqlite3_stmt *statement;
    bool found = false;
    world->session->trusted = true;
    assert_int_equal(sqlite3_prepare_v2(world->session->db, plan_sql, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        found = found || strstr((const char *)sqlite3_column_text(statement, 3), part) != NULL;
    }
    sqlite3_finalize(statement);
    world->session->trusted = false;
    return found;
}

/* Views of plain and masked columns are flattened: keys and indexes are used through them, and through the file's own views. */
static void indexes(void **state) {
    struct world *world = *state;
    static const struct privacy_rule rules[] = {{.table = STR_INIT("family"),
                                                 .column = STR_INIT("phone"),
                                                 .for_reader = {MASK_FULL, MASK_PHONE, MASK_PHONE, MASK_NOTHING}}};
    const struct privacy masked = {.rules = rules, .count = 1, .present = true};
    for (int reader = 0; reader < READER_COUNT; reader++) {
        world_session(world, (enum reader)reader, &masked);
        assert_true(plan_has(world, "SELECT name, phone FROM family WHERE student_id = :s", "INDEX family_of"));
        assert_true(plan_has(world, "SELECT name FROM student WHERE id = :s", "USING INTEGER PRIMARY KEY"));
        assert_true(plan_has(world, "SELECT f.phone FROM student s LEFT JOIN family f ON f.student_id = s.id",
                             "INDEX family_of"));
        assert_true(plan_has(world, "SELECT parent FROM kin WHERE child = '王小明'", "INDEX family_of"));
        assert_false(plan_has(world, "SELECT parent FROM kin WHERE child = '王小明'", "MATERIALIZE"));
    }
}

static void tables_shown(void **state) {
    struct world *world = *state;
    size_t count;
    struct str *tables = (struct str *)session_tables(world->session, world->arena, &count);
    assert_int_equal(count, 4);
    assert_str(tables[0], "family");
    assert_str(tables[3], "broken");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(told),
        TEST(kinds),
        TEST(parameters),
        TEST(nested),
        TEST(chinese_order),
        TEST(bad_bytes),
        TEST(not_computable),
        cmocka_unit_test_setup_teardown(for_ever, setup_limited, world_teardown),
        TEST(indexes),
        TEST(tables_shown),
        cmocka_unit_test_setup_teardown(many_runs, setup_limited, world_teardown),
        cmocka_unit_test_setup_teardown(given_up, setup_limited, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
