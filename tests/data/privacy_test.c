/* privacy_test.c: rules that don't fit the database, and how rules of all tables and of one go together. */
#include "base/numerals.h"
#include "support.h"

static const char schema[] =
    "CREATE TABLE student(id INTEGER PRIMARY KEY, name TEXT, id_card TEXT, phone INTEGER, born TEXT, note TEXT, "
    "tail TEXT AS (substr(id_card, 15)));"
    "INSERT INTO student(id, name, id_card, phone, born, note) "
    "VALUES(1, '王小明', '520399201411030011', 15412345678, '2014-11-03', '爷爷电话154 1234 5678');"
    "CREATE TABLE staff(id INTEGER PRIMARY KEY, name TEXT, Phone TEXT);"
    "INSERT INTO staff VALUES(1, '李红', '15412345678');"
    "CREATE VIEW everybody AS SELECT name, phone FROM student UNION ALL SELECT name, phone FROM staff;";

static int setup(void **state) {
    world_setup(state);
    struct world *world = *state;
    world_sql(world, schema);
    world_open(world, (struct database_options){0});
    return 0;
}

#define RULE(t, c, mask)                                                                                               \
    {                                                                                                                  \
        .table = STR_INIT(t), .column = STR_INIT(c), .for_reader = {MASK_FULL, mask, mask, mask}, .place = {           \
            .file = STR_INIT("privacy.yaml"),                                                                          \
            .line = __LINE__                                                                                           \
        }                                                                                                              \
    }

static void laid(void **state) {
    struct world *world = *state;
    static const struct privacy_rule rules[] = {
        RULE("*", "PHONE", MASK_PHONE),        RULE("staff", "phone", MASK_FULL),  RULE("student", "id_card", MASK_ID),
        RULE("student", "tail", MASK_NOTHING), RULE("student", "born", MASK_YEAR), RULE("*", "note", MASK_TEXT),
        RULE("Student", "NAME", MASK_NAME),
    };
    static const struct str personal[] = {STR_INIT("*card*"), STR_INIT("*PHONE*")};
    struct privacy privacy = {.rules = rules,
                              .count = 7,
                              .personal = personal,
                              .personal_count = 2,
                              .rows = every_row,
                              .row_count = 1,
                              .present = true};
    world_session(world, READER_FAMILY, &privacy);
    assert_non_null(world->session);
    assert_str(world_ask(world, "SELECT * FROM student"),
               "1|王**|520399************|154****5678|2014|爷爷电话154 **** 5678|;");
    assert_str(world_ask(world, "SELECT * FROM staff"), "1|李红|15412345678;");
    assert_str(world_ask(world, "SELECT * FROM everybody"), "王**|154****5678;李红|15412345678;");
    world_session(world, READER_SCHOOL, &privacy);
    assert_str(world_ask(world, "SELECT id_card, tail FROM student"), "520399201411030011|0011;");
}

static void refused(struct world *world, const struct privacy_rule *rules, size_t count, const char *message,
                    const char *near) {
    struct privacy privacy = {.rules = rules, .count = count, .present = true};
    session_close(world->session);
    world->session = session_open(world->database, READER_INSPECTOR, &privacy, &world->diags);
    assert_null(world->session);
    assert_int_equal(world->diags.count, 1);
    struct diag diag = world->diags.items[0];
    assert_string_equal(world_message(world), message);
    assert_str(diag.place.file, "privacy.yaml");
    assert_true(diag.place.line > 0);
    if (near != NULL) {
        assert_str(diag.args[strcmp(message, "D301") == 0 ? 1 : 2], near);
    }
}

static void mistakes(void **state) {
    struct world *world = *state;
    const struct privacy_rule table[] = {RULE("studnet", "name", MASK_NAME)};
    refused(world, table, 1, "D301", "student");
    const struct privacy_rule unknown[] = {RULE("orders", "name", MASK_NAME)};
    refused(world, unknown, 1, "D302", NULL);
    const struct privacy_rule column[] = {RULE("student", "id_crad", MASK_ID)};
    refused(world, column, 1, "D303", "id_card");
    const struct privacy_rule everywhere[] = {RULE("*", "phnoe", MASK_PHONE)};
    refused(world, everywhere, 1, "D303", "phone");
    const struct privacy_rule nowhere[] = {RULE("*", "wechat", MASK_PHONE)};
    refused(world, nowhere, 1, "D304", NULL);
    const struct privacy_rule view[] = {RULE("everybody", "phone", MASK_PHONE)};
    refused(world, view, 1, "D305", NULL);
    const struct privacy_rule twice[] = {RULE("student", "phone", MASK_PHONE), RULE("Student", "Phone", MASK_FULL)};
    refused(world, twice, 2, "D307", NULL);
}

static void personal_without_rule(void **state) {
    struct world *world = *state;
    static const struct str personal[] = {STR_INIT("*phone*"), STR_INIT("id_card")};
    static const struct privacy_rule rules[] = {RULE("*", "phone", MASK_PHONE)};
    struct privacy privacy = {.rules = rules,
                              .count = 1,
                              .personal = personal,
                              .personal_count = 2,
                              .rows = every_row,
                              .row_count = 1,
                              .present = true};
    session_close(world->session);
    world->session = session_open(world->database, READER_SCHOOL, &privacy, &world->diags);
    assert_null(world->session);
    assert_int_equal(world->diags.count, 1);
    assert_str(world->diags.items[0].args[0], "student");
    assert_str(world->diags.items[0].args[1], "id_card");
    assert_string_equal(world_message(world), "D306");
    privacy.present = false;
    world_session(world, READER_SCHOOL, &privacy);
    assert_str(world_ask(world, "SELECT id_card FROM student"), "520399201411030011;");
}

/* Without a privacy.yaml nobody but the school is shown anything. */
static void refused_without_file(void **state) {
    struct world *world = *state;
    static const enum reader others[] = {READER_INSPECTOR, READER_FAMILY, READER_PUBLIC};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        world_session(world, others[i], &nobody_masked);
        assert_null(world->session);
        assert_int_equal(world->diags.count, 1);
        assert_str(world->diags.items[0].args[0], (const char *)reader_name(others[i]).p);
        assert_string_equal(world_message(world), "D308");
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static const char family_schema[] =
    "CREATE TABLE kid(id INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE parent(kid_id INTEGER, adult_id INTEGER);"
    "CREATE TABLE talk(id INTEGER PRIMARY KEY, kid_id INTEGER, day TEXT, secret INTEGER, content TEXT);"
    "CREATE INDEX talk_of ON talk(kid_id);"
    "CREATE TABLE adult(id INTEGER PRIMARY KEY, name TEXT);"
    "INSERT INTO kid VALUES(1, '甲'), (2, '乙'), (3, '丙');"
    "INSERT INTO parent VALUES(1, 7), (2, 7), (3, 8);"
    "INSERT INTO adult VALUES(7, '父'), (8, '母');"
    "INSERT INTO talk VALUES(1, 1, '11-01', 0, 'a'), (2, 1, '11-02', 1, 'b'), (3, 2, '11-03', NULL, 'c'), (4, 3, "
    "'11-04', 0, 'd');";

#define SQL(words)                                                                                                     \
    { .name = STR_INIT("talk.content"), .sql = STR_INIT(words), .place_of = place_of }
static const struct privacy_rule talk_rules[] = {
    {.table = STR_INIT("talk"),
     .column = STR_INIT("content"),
     .for_reader = {MASK_FULL, MASK_FULL, MASK_FULL, MASK_FULL},
     .when = SQL("secret IS NOT 0 -- or unknown")},
    {.table = STR_INIT("kid"),
     .column = STR_INIT("name"),
     .for_reader = {MASK_FULL, MASK_FULL, MASK_FULL, MASK_FULL},
     .sql = {[READER_INSPECTOR] = SQL("(SELECT count(*) FROM talk WHERE kid_id = kid.id)")}},
};
static const struct privacy_rows talk_rows[] = {
    {.table = STR_INIT("KID"),
     .for_reader = {[READER_FAMILY] = SHOWN_WHERE, [READER_PUBLIC] = SHOWN_NONE},
     .where = {[READER_FAMILY] = SQL("id IN own")}},
    {.table = STR_INIT("talk"),
     .for_reader = {[READER_INSPECTOR] = SHOWN_WHERE, [READER_FAMILY] = SHOWN_OWN, [READER_PUBLIC] = SHOWN_WHERE},
     .where = {[READER_INSPECTOR] = SQL("day > '11-01'"), [READER_PUBLIC] = SQL("kid_id IN (SELECT id FROM kid)")}},
};
static const struct privacy talk_privacy = {.rules = talk_rules,
                                            .count = 2,
                                            .rows = talk_rows,
                                            .row_count = 2,
                                            .own_column = STR_INIT("kid_id"),
                                            .present = true};

static void family_world(struct world *world) {
    session_close(world->session);
    database_close(world->database);
    world->session = NULL;
    world->database = NULL;
    unlink(world->path);
    world_sql(world, family_schema);
    world_open(world, (struct database_options){0});
}

static struct str own(struct world *world, int64_t kid, const char *sql) {
    const struct value value = {.kind = VALUE_INTEGER, .integer = kid};
    assert_true(session_own(world->session, &value, &world->diags));
    return world_ask(world, sql);
}

static void rows_by_reader(void **state) {
    struct world *world = *state;
    family_world(world);
    world_session(world, READER_SCHOOL, &talk_privacy);
    assert_str(world_ask(world, "SELECT id, content FROM talk"), "1|a;2|;3|;4|d;");
    const struct query *content = world_prepare(world, "SELECT id, content, length(content) AS n FROM talk");
    assert_false(query_withholds(content, 0));
    assert_true(query_withholds(content, 1)); /* of some rows: NULL doesn't say that nobody knows it */
    assert_true(query_withholds(content, 2));
    assert_false(query_withholds(world_prepare(world, "SELECT id, day FROM talk"), 1));
    world_session(world, READER_INSPECTOR, &talk_privacy);
    assert_str(world_ask(world, "SELECT id, day, content FROM talk"), "2|11-02|;3|11-03|;4|11-04|d;");
    assert_str(world_ask(world, "SELECT name FROM kid"), "1;1;1;");
    world_session(world, READER_PUBLIC, &talk_privacy);
    assert_str(world_ask(world, "SELECT * FROM kid"), "");
    assert_str(world_ask(world, "SELECT * FROM talk"), "");
    assert_str(world_ask(world, "SELECT * FROM adult"), ""); /* no line: none */
    world_session(world, READER_INSPECTOR, &talk_privacy);
    assert_str(world_ask(world, "SELECT count(*) FROM adult"), "2;"); /* no line: all */
}

static void own_rows(void **state) {
    struct world *world = *state;
    family_world(world);
    world_session(world, READER_FAMILY, &talk_privacy);
    assert_true(session_has_own(world->session));
    assert_str(world_ask(world, "SELECT * FROM talk"), ""); /* nobody's document */
    assert_str(own(world, 1, "SELECT id, content FROM talk"), "1|a;2|;");
    assert_str(own(world, 3, "SELECT id, content FROM talk"), "4|d;");
    assert_str(own(world, 3, "SELECT name FROM kid"), "丙;");
    assert_str(own(world, 9, "SELECT * FROM talk, kid"), "");
    struct query *query = world_prepare(world, "SELECT count(*) FROM talk");
    assert_true(query_reads_own(query));
    assert_false(query_reads_less(query));
    assert_true(query_reads_less(world_prepare(world, "SELECT 1 FROM adult")));
    assert_str(own(world, 1, "SELECT id FROM talk"), "1;2;");
    assert_true(session_own(world->session, NULL, &world->diags)); /* and not the last one's */
    assert_str(world_ask(world, "SELECT * FROM talk"), "");
    /* An index finds them. */
    char plan[512] = "";
    sqlite3_stmt *statement;
    world->session->trusted = true;
    assert_int_equal(
        sqlite3_prepare_v2(world->session->db, "EXPLAIN QUERY PLAN SELECT day FROM talk", -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    snprintf(plan, sizeof plan, "%s", (const char *)sqlite3_column_text(statement, 3));
    sqlite3_finalize(statement);
    assert_non_null(strstr(plan, "USING INDEX talk_of"));
}

/* A value is compared as with a column of the row's own type, however it is stored: 007 is not 7. */
static void own_values_by_type(void **state) {
    static const char by_type[] =
        "CREATE TABLE number(kid_id INTEGER, n INTEGER); CREATE TABLE text(kid_id TEXT, n INTEGER);"
        "CREATE TABLE nocase(kid_id TEXT COLLATE NOCASE, n INTEGER); CREATE TABLE bare(kid_id, n INTEGER);"
        "CREATE TABLE real(kid_id REAL, n INTEGER); CREATE TABLE some(kid_id TEXT, other INTEGER, n INTEGER);"
        "INSERT INTO number VALUES(7, 1), (8, 2), ('k', 3), (-7, 4); INSERT INTO real SELECT * FROM number;"
        "INSERT INTO text VALUES('7', 1), ('007', 2), ('K', 3), ('k', 4); INSERT INTO nocase SELECT * FROM text;"
        "INSERT INTO bare SELECT * FROM text UNION ALL SELECT 7, 5;"
        "INSERT INTO some VALUES('7', 8, 1), ('8', 7, 2), ('007', 7, 3);";
    static const struct privacy_rows rows[] = {
        {.table = STR_INIT("*"), .for_reader = {[READER_FAMILY] = SHOWN_OWN}},
        {.table = STR_INIT("some"),
         .for_reader = {[READER_FAMILY] = SHOWN_WHERE},
         .where = {[READER_FAMILY] = SQL("kid_id IN own AND n < 9 OR -other IN own OR n IN (SELECT kid_id IN own)")}},
    };
    static const struct privacy privacy = {
        .rows = rows, .row_count = 2, .own_column = STR_INIT("kid_id"), .present = true};
    static const struct {
        struct value value;
        const char *number, *text, *nocase, *bare, *real, *some;
    } cases[] = {
        {{.kind = VALUE_INTEGER, .integer = 7}, "1;", "", "", "5;", "1;", ""},
        {{.kind = VALUE_TEXT, .text = STR_INIT("7")}, "1;", "1;", "1;", "1;", "1;", "1;"},
        {{.kind = VALUE_TEXT, .text = STR_INIT("007")}, "1;", "2;", "2;", "2;", "1;", "3;"},
        {{.kind = VALUE_TEXT, .text = STR_INIT("k")}, "3;", "4;", "3;4;", "4;", "3;", ""},
        {{.kind = VALUE_INTEGER, .integer = -7}, "4;", "", "", "", "4;", "2;3;"},
        {{.kind = VALUE_TEXT, .text = STR_INIT("it's \"x\"")}, "", "", "", "", "", ""},
    };
    struct world *world = *state;
    session_close(world->session);
    database_close(world->database);
    world->session = NULL;
    world->database = NULL;
    unlink(world->path);
    world_sql(world, by_type);
    world_open(world, (struct database_options){0});
    world_session(world, READER_FAMILY, &privacy);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(session_own(world->session, &cases[i].value, &world->diags));
        assert_str(world_ask(world, "SELECT n FROM number"), cases[i].number);
        assert_str(world_ask(world, "SELECT n FROM text"), cases[i].text);
        assert_str(world_ask(world, "SELECT n FROM nocase ORDER BY n"), cases[i].nocase);
        assert_str(world_ask(world, "SELECT n FROM bare"), cases[i].bare);
        assert_str(world_ask(world, "SELECT n FROM real"), cases[i].real);
        assert_str(world_ask(world, "SELECT n FROM some ORDER BY n"), cases[i].some);
    }
    assert_true(query_reads_own(world_prepare(world, "SELECT 1 FROM text"))); /* whichever way it is compared */
    assert_true(query_reads_own(world_prepare(world, "SELECT 1 FROM bare")));
}

/* An error of reading ends a transaction, and takes away what was made in it: nothing is. */
static void own_rows_after_an_error(void **state) {
    struct world *world = *state;
    family_world(world);
    world_session(world, READER_FAMILY, &talk_privacy);
    assert_str(own(world, 3, "SELECT id FROM talk"), "4;");
    world->session->trusted = true;
    assert_int_equal(sqlite3_exec(world->session->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_ERROR);
    world->session->trusted = false;
    assert_str(own(world, 3, "SELECT id FROM talk"), "4;");
    assert_str(own(world, 1, "SELECT id FROM talk"), "1;2;");
    assert_str(own(world, 3, "SELECT id FROM talk"), "4;");
}

static void sql_refused(struct world *world, struct privacy privacy, enum reader reader, const char *message) {
    world_session(world, reader, &privacy);
    assert_null(world->session);
    assert_int_equal(world->diags.count, 1);
    assert_string_equal(world_message(world), message);
}

/* One expression over the row: no more than what was asked for, and told where it is written. */
static void sql_mistakes(void **state) {
    struct world *world = *state;
    family_world(world);
    static const struct query_text texts[] = {SQL("secrte IS 0"),
                                              SQL("1) UNION SELECT name FROM adult WHERE (1"),
                                              SQL("1; SELECT 1"),
                                              SQL("secret IS"),
                                              SQL("id IN (SELECT id FROM kids)"),
                                              SQL("1 /* and so on"),
                                              SQL(":day")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct privacy_rule rule = talk_rules[0];
        rule.when = texts[i];
        sql_refused(world, (struct privacy){.rules = &rule, .count = 1, .present = true}, READER_SCHOOL, "D309");
        rule = talk_rules[0];
        rule.sql[READER_PUBLIC] = texts[i];
        sql_refused(world, (struct privacy){.rules = &rule, .count = 1, .present = true}, READER_PUBLIC, "D309");
        struct privacy_rows rows = talk_rows[1];
        rows.where[READER_PUBLIC] = texts[i];
        sql_refused(world,
                    (struct privacy){.rows = &rows, .row_count = 1, .own_column = STR_INIT("kid_id"), .present = true},
                    READER_PUBLIC, "D309");
    }
    struct privacy nobody = talk_privacy;
    nobody.own_column = STR_NONE;
    sql_refused(world, nobody, READER_FAMILY, "D310");
    struct privacy elsewhere = talk_privacy;
    elsewhere.own_column = STR("child");
    sql_refused(world, elsewhere, READER_FAMILY, "D311");
    static const struct privacy_rows unknown[] = {{.table = STR_INIT("tlak")}};
    sql_refused(world, (struct privacy){.rows = unknown, .row_count = 1, .present = true}, READER_SCHOOL, "D301");
}

/* --- what is seen by right ---------------------------------------------------------------------------------------- */

/* A number counts as shown where its column stands there in full, in all rows and without a condition. */
static void shown_by_right(void **state) {
    struct world *world = *state;
    session_close(world->session);
    database_close(world->database);
    world->session = NULL;
    unlink(world->path);
    world_sql(world,
              "CREATE TABLE t(phone TEXT, phone_some TEXT, phone_sql TEXT, phone_masked TEXT, note TEXT, open INTEGER);"
              "CREATE TABLE few(phone_few TEXT);"
              "INSERT INTO t VALUES('154 1234 5671', '15412345672', '15412345673', '15412345674', '15412345675', 0);"
              "INSERT INTO few VALUES('15412345676');");
    world_open(world, (struct database_options){0});
    const struct privacy_rule rules[] = {
        RULE("t", "phone", MASK_FULL),
        {.table = STR_INIT("t"), .column = STR_INIT("phone_some"), .when = SQL("open IS NOT 0")},
        {.table = STR_INIT("t"),
         .column = STR_INIT("phone_sql"),
         .sql = {[READER_INSPECTOR] = SQL("substr(phone_sql, 8)")}},
        RULE("t", "phone_masked", MASK_PHONE),
        RULE("few", "phone_few", MASK_FULL),
    };
    const struct privacy_rows rows = {.table = STR_INIT("few"),
                                      .for_reader = {[READER_INSPECTOR] = SHOWN_WHERE},
                                      .where = {[READER_INSPECTOR] = SQL("phone_few IS NULL")}};
    static const struct str personal = STR_INIT("*phone*");
    const struct privacy privacy = {.rules = rules,
                                    .count = 5,
                                    .rows = &rows,
                                    .row_count = 1,
                                    .personal = &personal,
                                    .personal_count = 1,
                                    .present = true};
    world_session(world, READER_INSPECTOR, &privacy);
    assert_true(session_shows(world->session, number_key("15412345671", 11)));
    for (char last = '2'; last <= '6'; last++) {
        const char digits[] = {'1', '5', '4', '1', '2', '3', '4', '5', '6', '7', last};
        if (session_shows(world->session, number_key(digits, sizeof digits))) {
            fail_msg("1541234567%c counts as shown", last);
        }
    }
    world_session(world, READER_SCHOOL, &privacy);
    assert_true(session_shows(world->session, number_key("15412345676", 11)));
}

/* --- generated columns -------------------------------------------------------------------------------------------- */

/* A column that is computed shows no more than those that it is computed from, whatever it makes of them. */
static void generated(void **state) {
    struct world *world = *state;
    session_close(world->session);
    database_close(world->database);
    world->session = NULL;
    unlink(world->path);
    world_sql(world, "CREATE TABLE p(id INTEGER PRIMARY KEY, card TEXT, note TEXT, tel TEXT, town TEXT, secret INTEGER,"
                     " same TEXT AS (card), born TEXT GENERATED ALWAYS AS (substr(card, 7, 8)) STORED, \"long note\" "
                     "TEXT AS (upper(note) || ',' || town),"
                     " both TEXT AS (note || tel), last TEXT AS (substr(earlier, 2)), earlier TEXT AS (lower(card)), "
                     "plain TEXT AS (town || '市'),"
                     " named TEXT AS (substr(card, 1, 2)), hidden TEXT AS (town || secret));"
                     "INSERT INTO p(id, card, note, tel, town, secret) VALUES(1, '520399201411030011', "
                     "'电话15412345678', '15412345678', '遵义', 5);");
    world_open(world, (struct database_options){0});
    static const struct privacy_rule rules[] = {
        RULE("p", "card", MASK_ID),
        RULE("*", "note", MASK_TEXT),
        RULE("p", "tel", MASK_PHONE),
        RULE("p", "named", MASK_FULL),
        {.table = STR_INIT("p"),
         .column = STR_INIT("secret"),
         .for_reader = {MASK_FULL, MASK_FULL, MASK_FULL, MASK_FULL},
         .when = SQL("secret > 9")},
    };
    const struct privacy privacy = {.rules = rules, .count = 5, .present = true};
    world_session(world, READER_INSPECTOR, &privacy);
    assert_str(world_ask(world, "SELECT same, born IS NULL, \"long note\", both IS NULL, last IS NULL, earlier IS "
                                "NULL, plain, named, hidden IS NULL FROM p"),
               "520399************|1|电话154****5678,遵义|1|1|1|遵义市|52|1;");
    world_session(world, READER_SCHOOL, &privacy);
    assert_str(world_ask(world, "SELECT same, born, both, last FROM p"),
               "520399201411030011|20141103|电话1541234567815412345678|20399201411030011;");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(laid),
                                       TEST(mistakes),
                                       TEST(personal_without_rule),
                                       TEST(refused_without_file),
                                       TEST(rows_by_reader),
                                       TEST(own_rows),
                                       TEST(own_values_by_type),
                                       TEST(own_rows_after_an_error),
                                       TEST(sql_mistakes),
                                       TEST(shown_by_right),
                                       TEST(generated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
