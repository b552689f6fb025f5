/* authorizer_test.c: what a layout might try in order to see more than its reader may. Each attempt must be refused
 * with its message, and no answer may hold the number. */
#include "support.h"

static const struct privacy_rule rules[] = {
    {.table = STR_INIT("student"),
     .column = STR_INIT("id_card"),
     .for_reader = {MASK_FULL, MASK_ID, MASK_FULL, MASK_NOTHING}},
    {.table = STR_INIT("*"),
     .column = STR_INIT("phone"),
     .for_reader = {MASK_FULL, MASK_PHONE, MASK_FULL, MASK_NOTHING}},
};
static const struct privacy masked = {.rules = rules, .count = 2, .rows = every_row, .row_count = 1, .present = true};

static const char schema[] =
    "CREATE TABLE student(id INTEGER PRIMARY KEY, name TEXT, id_card TEXT, phone TEXT);"
    "CREATE INDEX by_name ON student(name);"
    "INSERT INTO student VALUES(1, '王小明', '520399201411030011', '15412345678');"
    "CREATE VIEW child AS SELECT s.id, s.id_card AS number, t.phone FROM student AS s JOIN student AS t ON t.id = s.id;"
    "CREATE VIEW above AS SELECT number || '!' AS number, phone FROM child;"
    "CREATE TABLE \"it's \"\"a\"\"\"(x);"
    "CREATE VIEW spy AS SELECT sql FROM sqlite_schema;"
    "CREATE VIRTUAL TABLE notes USING fts5(body);"
    "INSERT INTO notes VALUES('520399201411030011');"
    "ANALYZE;";

static int setup(void **state) {
    world_setup(state);
    struct world *world = *state;
    world_sql(world, schema);
    world_open(world, (struct database_options){.schema_seed = 7});
    world_session(world, READER_INSPECTOR, &masked);
    assert_non_null(world->session);
    return 0;
}

static const struct {
    const char *message, *sql;
} attacks[] = {
    {"D213", "SELECT sql FROM sqlite_master"},
    {"D213", "SELECT count(*) FROM sqlite_master"},
    {"D213", "SELECT sql FROM sqlite_schema"},
    {"D213", "SELECT sql FROM temp.sqlite_master"},
    {"D213", "SELECT sql FROM sqlite_temp_master"},
    {"D213", "SELECT count(*) FROM sqlite_temp_schema"},
    {"D213", "SELECT sql FROM main.sqlite_schema"},
    {"D213", "SELECT * FROM sqlite_stat1"},
    {"D213", "SELECT 1 FROM sqlite_stat1"},
    {"D213", "SELECT j.value FROM sqlite_schema, json_each('[1]') AS j"},
    {"D213", "SELECT json_group_array(sql) FROM (SELECT sql FROM sqlite_schema)"},
    {"D213", "SELECT sql FROM spy"},
    {"D213", "SELECT name FROM pragma_database_list"},
    {"D213", "SELECT 1 FROM pragma_database_list"},
    {"D213", "SELECT * FROM pragma_table_info('student')"},
    {"D213", "SELECT * FROM dbstat"},
    {"D213", "SELECT 1 FROM dbstat"},
    {"D213", "SELECT sql FROM sqlite_stmt"},
    {"D213", "SELECT * FROM notes_content"},
    {"D213", "SELECT 1 FROM notes_content"},
    {"D213", "SELECT body FROM notes"},
    {"D213", "WITH x AS (SELECT name FROM sqlite_schema) SELECT * FROM x"},
    {"D213", "SELECT (SELECT group_concat(sql) FROM sqlite_schema)"},
    {"D205", "SELECT * FROM main.student"},
    {"D205", "SELECT * FROM semester.student"},
    {"D212", "PRAGMA database_list"},
    {"D212", "PRAGMA writable_schema = 1"},
    {"D212", "PRAGMA query_only = 0"},
    {"D212", "ATTACH 'x.db' AS x"},
    {"D212", "DETACH temp"},
    {"D212", "INSERT INTO student VALUES(2, 'x', 'x', 'x')"},
    {"D212", "UPDATE student SET name = 'x'"},
    {"D212", "DELETE FROM student"},
    {"D212", "CREATE TABLE x(a)"},
    {"D212", "CREATE TEMP TABLE x(a)"},
    {"D212", "CREATE TEMP VIEW x AS SELECT 1"},
    {"D212", "DROP VIEW student"},
    {"D212", "WITH x AS (SELECT 1) DELETE FROM student"},
    {"D212", "-- a comment\n/* another */ delete FROM student"},
    {"D201", "WITH x AS (SELECT 1) UPDATE sqlite_schema SET sql = ''"},
    {"D212", "BEGIN"},
    {"D212", "COMMIT"},
    {"D212", "SAVEPOINT x"},
    {"D212", "ANALYZE"},
    {"D212", "REINDEX"},
    {"D212", "VACUUM INTO 'x.db'"},
    {"D212", "EXPLAIN SELECT * FROM student"},
    {"D212", "EXPLAIN QUERY PLAN SELECT * FROM student"},
    {"D214", "SELECT load_extension('x')"},
    {"D214", "SELECT fts3_tokenizer('simple')"},
    {"D214", "SELECT sqlite_version()"},
    {"D214", "SELECT sqlite_compileoption_get(1)"},
    {"D214", "SELECT random()"},
    {"D214", "SELECT id FROM student ORDER BY random()"},
    {"D214", "SELECT randomblob(3)"},
    {"D214", "SELECT current_timestamp"},
    {"D211", "SELECT 1; SELECT id_card FROM student"},
    {"D211", "SELECT 1; DELETE FROM student"},
    {"D223", "SELECT date('n' || 'ow')"},
    {"D223", "SELECT strftime('%Y')"},
    {"D223", "SELECT id FROM student WHERE datetime() > ''"},
};

static void refused(void **state) {
    struct world *world = *state;
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        assert_str(world_ask(world, attacks[i].sql), "error");
        const char *message = world_message(world);
        if (strcmp(message, attacks[i].message) != 0) {
            fail_msg("%s: %s (%.*s) is not %s", attacks[i].sql, message, STR_ARG(world->diags.items[0].args[1]),
                     attacks[i].message);
        }
    }
}

#define ID "520399************"
static const struct {
    const char *sql, *answer;
} answers[] = {
    {"SELECT id_card, phone FROM student", ID "|154****5678;"},
    {"SELECT id_card FROM temp.student", ID ";"},
    {"SELECT s.id_card, t.id_card FROM student s JOIN student t USING(id)", ID "|" ID ";"},
    {"SELECT number, phone FROM child", ID "|154****5678;"},
    {"SELECT number FROM above", ID "!;"},
    {"SELECT substr(number, 7) FROM above", "************!;"},
    {"SELECT count(*) FROM student", "1;"},
    {"SELECT count(*) FROM above", "1;"},
    {"SELECT 1 FROM student, child", "1;"},
    {"SELECT (SELECT count(*) FROM student WHERE id_card = '520399201411030011')", "0;"},
    {"SELECT count(*) FROM student WHERE id_card LIKE '520399%0011'", "0;"},
    {"WITH student AS (SELECT 1 AS id_card) SELECT id_card FROM student", "1;"},
    {"WITH s AS (SELECT * FROM student) SELECT id_card FROM s", ID ";"},
    {"WITH s AS (SELECT 1) SELECT count(*) FROM s", "1;"},
    {"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n", "1;2;3;"},
    {"SELECT value FROM json_each('[1,2]')", "1;2;"},
    {"SELECT count(*) FROM json_tree('[1,[2]]')", "4;"},
    {"SELECT json_object('a', id_card) FROM student", "{\"a\":\"" ID "\"};"},
    {"SELECT max(id_card) OVER (ORDER BY id) FROM student", ID ";"},
    {"VALUES(1, 2), (3, 4)", "1|2;3|4;"},
    {"SELECT date('2026-11-25', '+1 month')", "2026-12-25;"},
    {"SELECT 1 -- the end\n;", "1;"},
    {"SELECT 1 /* ; */ ; ;", "1;"},
};

static void answered(void **state) {
    struct world *world = *state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct str answer = world_ask(world, answers[i].sql);
        if (!str_is(answer, answers[i].answer)) {
            fail_msg("%s: “%.*s” (%s) is not “%s”", answers[i].sql, STR_ARG(answer), world_message(world),
                     answers[i].answer);
        }
    }
    assert_int_equal(world->diags.count, 0);
}

/* Even who came to know the name of the schema doesn't get in by it. */
static void schema_name(void **state) {
    struct world *world = *state;
    const char *name = world->session->schema;
    struct str direct = str_printf(world->arena, "SELECT id_card FROM %s.student", name);
    assert_str(world_ask(world, str_c(world->arena, direct)), "error");
    assert_string_equal(world_message(world), "D213");
    struct str cte = str_printf(
        world->arena, "WITH student AS (SELECT id_card FROM \"%s\".student) SELECT id_card FROM student", name);
    assert_str(world_ask(world, str_c(world->arena, cte)), "error");
    assert_string_equal(world_message(world), "D213");
}

static void nothing_for_public(void **state) {
    struct world *world = *state;
    world_session(world, READER_PUBLIC, &masked);
    assert_str(world_ask(world, "SELECT name, id_card IS NULL, phone IS NULL FROM student"), "王小明|1|1;");
    assert_str(world_ask(world, "SELECT count(number), count(phone) FROM child"), "0|0;");
}

static void all_for_school(void **state) {
    struct world *world = *state;
    world_session(world, READER_SCHOOL, &masked);
    assert_str(world_ask(world, "SELECT id_card FROM student"), "520399201411030011;");
}

static int compile(const struct world *world, const char *sql) {
    sqlite3_stmt *statement = NULL;
    const int code = sqlite3_prepare_v2(world->session->db, sql, -1, &statement, NULL);
    sqlite3_finalize(statement);
    return code;
}

/* What no query has named has no view yet: its name is that of the file's own table. */
static void unlaid_tables(void **state) {
    static const char *const texts[] = {
        "SELECT name FROM student", "SELECT 1 FROM student",      "SELECT count(*) FROM student",
        "SELECT number FROM child", "SELECT count(*) FROM child", "SELECT EXISTS(SELECT 1 FROM child)",
    };
    struct world *world = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(compile(world, texts[i]), SQLITE_AUTH);
    }
    assert_non_null(world_prepare(world, "SELECT count(*) FROM above")); /* a view of a view of student */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(compile(world, texts[i]), SQLITE_OK);
    }
}

/* Names as SQLite takes them. */
static void laid_by_any_name(void **state) {
    struct world *world = *state;
    assert_str(world_ask(world, "SELECT count(*) FROM 'STUDENT'"), "1;");
    assert_str(world_ask(world, "SELECT count(*) FROM [Child]"), "1;");
    assert_str(world_ask(world, "SELECT count(*) FROM `above`"), "1;");
    assert_str(world_ask(world, "SELECT count(*) FROM \"it's \"\"a\"\"\""), "0;");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(refused, setup, world_teardown),
        cmocka_unit_test_setup_teardown(answered, setup, world_teardown),
        cmocka_unit_test_setup_teardown(schema_name, setup, world_teardown),
        cmocka_unit_test_setup_teardown(nothing_for_public, setup, world_teardown),
        cmocka_unit_test_setup_teardown(all_for_school, setup, world_teardown),
        cmocka_unit_test_setup_teardown(unlaid_tables, setup, world_teardown),
        cmocka_unit_test_setup_teardown(laid_by_any_name, setup, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
