/* privacy_test.c: rules that don't fit the database, and how rules of all tables and of one go together. */
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
    struct privacy privacy = {.rules = rules, .count = 7, .personal = personal, .personal_count = 2, .present = true};
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
    if (near != NULL)
        assert_str(diag.args[strcmp(message, "D301") == 0 ? 1 : 2], near);
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
    struct privacy privacy = {.rules = rules, .count = 1, .personal = personal, .personal_count = 2, .present = true};
    session_close(world->session);
    world->session = session_open(world->database, READER_SCHOOL, &privacy, &world->diags);
    assert_null(world->session);
    assert_int_equal(world->diags.count, 1);
    assert_str(world->diags.items[0].args[0], "student");
    assert_str(world->diags.items[0].args[1], "id_card");
    assert_string_equal(world_message(world), "D306");
    privacy.present = false;
    world_session(world, READER_PUBLIC, &privacy);
    assert_str(world_ask(world, "SELECT id_card FROM student"), "520399201411030011;");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(laid), TEST(mistakes), TEST(personal_without_rule)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
