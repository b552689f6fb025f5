/* database_test.c: files that can't be opened and why, private copies, writers beside the reader. */
#include "support.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

static const char small[] = "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES(1, '甲');";

static void write_file(const struct world *world, const void *bytes, size_t count) {
    assert_int_equal(file_write(world->path, bytes, count, false), 0);
}

static void refused(struct world *world, struct database_options options, const char *message) {
    world_open(world, options);
    assert_null(world->database);
    assert_string_equal(world_message(world), message);
}

static void missing(void **state) {
    refused(*state, (struct database_options){0}, "D101");
}

static void folder(void **state) {
    struct world *world = *state;
    world->path = world->folder;
    refused(world, (struct database_options){0}, "B101");
}

static void not_sqlite(void **state) {
    struct world *world = *state;
    char noise[4096];
    write_file(world, "", 0);
    refused(world, (struct database_options){0}, "D102");
    write_file(world, "name,class\n", 11);
    refused(world, (struct database_options){0}, "D102");
    memset(noise, 'x', sizeof noise);
    write_file(world, noise, sizeof noise);
    refused(world, (struct database_options){0}, "D102");
}

/* Cut at every page's end and in the middle of pages. */
static void cut_off(void **state) {
    struct world *world = *state;
    struct str whole;
    world_sql(world,
              "CREATE TABLE t(a TEXT); INSERT INTO t SELECT hex(randomblob(500)) FROM json_each('[1,2,3,4,5,6,7,8,9]');"
              "CREATE TABLE u(a TEXT); CREATE TABLE v(a TEXT);");
    assert_int_equal(file_read(world->arena, world->path, 0, &whole), 0);
    for (size_t count = 200; count < whole.n; count += 1000) {
        write_file(world, whole.p, count);
        refused(world, (struct database_options){0}, "D103");
        refused(world, (struct database_options){.private_copy = true}, "D103");
    }
}

/* Damage inside is met at the latest when it is read. */
static void damaged(void **state) {
    struct world *world = *state;
    struct str whole;
    world_sql(
        world,
        "CREATE TABLE t(a TEXT); INSERT INTO t SELECT hex(randomblob(900)) FROM json_each('[1,2,3,4,5,6,7,8,9]');");
    assert_int_equal(file_read(world->arena, world->path, 0, &whole), 0);
    char *bytes = arena_copy(world->arena, whole.p, whole.n);
    memset(bytes + 4096, 0x5A, 64);
    write_file(world, bytes, whole.n);
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_non_null(world->session);
    assert_str(world_ask(world, "SELECT a FROM t"), "error");
    assert_string_equal(world_message(world), "D225");
}

static void damaged_schema(void **state) {
    struct world *world = *state;
    struct str whole;
    world_sql(world, small);
    assert_int_equal(file_read(world->arena, world->path, 0, &whole), 0);
    char *bytes = arena_copy(world->arena, whole.p, whole.n);
    memset(bytes + 100, 0x5A, 64);
    write_file(world, bytes, whole.n);
    refused(world, (struct database_options){0}, "D104");
}

static void version(void **state) {
    struct world *world = *state;
    world_sql(world, "PRAGMA application_id = 77; PRAGMA user_version = 3; CREATE TABLE t(a)");
    refused(world, (struct database_options){.application_id = 77, .user_version = 4}, "D105");
    world_open(world, (struct database_options){.application_id = 77, .user_version = 3});
    assert_non_null(world->database);
    database_close(world->database);
    world_open(world, (struct database_options){.application_id = 78, .user_version = 9});
    assert_non_null(world->database);
}

static void locked(void **state) {
    struct world *world = *state;
    world_sql(world, small);
    sqlite3 *writer;
    sqlite3_open(world->path, &writer);
    assert_int_equal(sqlite3_exec(writer, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    refused(world, (struct database_options){.busy_ms = 10}, "D106");
    sqlite3_close(writer);
}

static size_t copies(struct world *world) {
    struct str *names;
    size_t count, found = 0;
    assert_int_equal(folder_list(world->arena, world->folder, STR(""), &names, &count), 0);
    for (size_t i = 0; i < count; i++) {
        found += str_starts(names[i], STR(".dossier-copy-"));
    }
    return found;
}

/* The schools go on writing; the run sees what was there when it began, and its copy lies in no folder at any time. */
static void private_copy(void **state) {
    struct world *world = *state;
    world_sql(world, small);
    world_open(world, (struct database_options){.private_copy = true});
    assert_int_equal(copies(world), 0);
    world_sql(world, "UPDATE t SET a = '乙'; CREATE TABLE u(a);");
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_str(world_ask(world, "SELECT a FROM t"), "甲;");
    session_close(world->session);
    world->session = NULL;
    database_close(world->database);
    world->database = NULL;
    assert_int_equal(copies(world), 0);
}

/* A file of many pieces, in which a writer has begun: the copy is whole, and holds nothing of what isn't committed. */
static void copy_of_large(void **state) {
    struct world *world = *state;
    sqlite3 *writer;
    world_sql(world, small);
    world_sql(world,
              "CREATE TABLE large AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) "
              "SELECT i, randomblob(1000) AS b FROM n;");
    sqlite3_open(world->path, &writer);
    assert_int_equal(
        sqlite3_exec(writer, "BEGIN IMMEDIATE; UPDATE t SET a = '乙'; DELETE FROM large", NULL, NULL, NULL), SQLITE_OK);
    world_open(world, (struct database_options){.private_copy = true});
    sqlite3_exec(writer, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(writer);
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_str(world_ask(world, "SELECT a FROM t"), "甲;");
    assert_str(world_ask(world, "SELECT sum(i) + sum(length(b)) FROM large"), "945350;");
}

static void copy_folder_missing(void **state) {
    struct world *world = *state;
    world_sql(world, small);
    struct database_options options = {.private_copy = true, .copy_folder = "/proc/nowhere"};
    assert_null(database_open(world->path, &options, &world->diags));
    assert_string_equal(world_message(world), "D108");
}

/* What a killed run of an earlier version left goes, what a living one uses stays. */
static void copies_left(void **state) {
    struct world *world = *state;
    world_sql(world, small);
    char *left = str_c(world->arena, str_printf(world->arena, "%s/.dossier-copy-left", world->folder));
    char *used = str_c(world->arena, str_printf(world->arena, "%s/.dossier-copy-used", world->folder));
    assert_int_equal(file_write(left, "x", 1, false), 0);
    assert_int_equal(file_write(used, "x", 1, false), 0);
    int fd = open(used, O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    world_open(world, (struct database_options){.private_copy = true});
    assert_int_equal(copies(world), 1);
    assert_int_not_equal(access(left, F_OK), 0);
    assert_int_equal(access(used, F_OK), 0);
    close(fd);
}

/* WAL: a writer commits while the reader keeps its transaction, and the reader goes on seeing the same. */
static void beside_a_writer(void **state) {
    struct world *world = *state;
    sqlite3 *writer;
    world_sql(world, "PRAGMA journal_mode = wal;");
    world_sql(world, small);
    sqlite3_open(world->path, &writer);
    assert_int_equal(sqlite3_exec(writer, "UPDATE t SET a = '乙'", NULL, NULL, NULL), SQLITE_OK); /* in the log only */
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_str(world_ask(world, "SELECT a FROM t"), "乙;");
    assert_int_equal(sqlite3_exec(writer, "UPDATE t SET a = '丙'", NULL, NULL, NULL), SQLITE_OK);
    assert_str(world_ask(world, "SELECT a FROM t"), "乙;");
    struct database *kept = world->database;
    world_open(world, (struct database_options){.private_copy = true});
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_str(world_ask(world, "SELECT a FROM t"), "丙;");
    sqlite3_close(writer);
    database_close(kept);
}

/* A database in WAL mode that lies in a folder which may not be written, closed cleanly. */
static void read_only_medium(void **state) {
    struct world *world = *state;
    world_sql(world, "PRAGMA journal_mode = wal;");
    world_sql(world, small);
    chmod(world->folder, 0500);
    chmod(world->path, 0400);
    world_session(world, READER_SCHOOL, &nobody_masked);
    struct str answer = world_ask(world, "SELECT a FROM t");
    chmod(world->folder, 0700);
    assert_str(answer, "甲;");
}

static void utf16(void **state) {
    struct world *world = *state;
    world_sql(world, "PRAGMA encoding = 'UTF-16';");
    world_sql(world, "PRAGMA encoding = 'UTF-16'; CREATE TABLE t(a TEXT); INSERT INTO t VALUES('𬱖小明');");
    world_session(world, READER_SCHOOL, &nobody_masked);
    assert_str(world_ask(world, "SELECT a FROM t ORDER BY a COLLATE pinyin"), "𬱖小明;");
}

/* Opening and closing again and again leaves neither files nor memory (the sanitizers look). */
static void again(void **state) {
    struct world *world = *state;
    world_sql(world, small);
    for (int i = 0; i < 50; i++) {
        world_open(world, (struct database_options){.private_copy = i % 2 == 0});
        world_session(world, READER_SCHOOL, &nobody_masked);
        assert_str(world_ask(world, "SELECT a FROM t"), "甲;");
        session_close(world->session);
        database_close(world->database);
        world->session = NULL;
        world->database = NULL;
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(missing),
        TEST(folder),
        TEST(not_sqlite),
        TEST(cut_off),
        TEST(damaged),
        TEST(damaged_schema),
        TEST(version),
        TEST(locked),
        TEST(private_copy),
        TEST(copy_of_large),
        TEST(copy_folder_missing),
        TEST(copies_left),
        TEST(beside_a_writer),
        TEST(read_only_medium),
        TEST(utf16),
        TEST(again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
