/* step_test.c: a step is one transaction: what goes wrong in it leaves nothing, and a database of another version isn't opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "office/step.h"

struct world {
    struct arena *arena;
    struct diags diags;
    const char *path;
};

static void make(struct world *world, const char *sql) {
    sqlite3 *db = NULL;
    unlink(world->path);
    assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static int setup(void **state) {
    struct world *world = calloc(1, sizeof *world);
    world->arena = arena_create();
    diags_init(&world->diags, world->arena);
    const char *folder = getenv("TMP");
    world->path = str_c(world->arena, str_printf(world->arena, "%s/step.db", folder == NULL ? "/tmp" : folder));
    make(world, "PRAGMA application_id = 0x4C534554; PRAGMA user_version = 3; CREATE TABLE t(a INTEGER PRIMARY KEY, b);"
                " CREATE TABLE adult(name)");
    *state = world;
    return 0;
}

static int teardown(void **state) {
    struct world *world = *state;
    unlink(world->path);
    unlink(str_c(world->arena, str_printf(world->arena, "%s.backup-0001", world->path)));
    arena_destroy(world->arena);
    free(world);
    return 0;
}

static struct str answer(struct world *world, const char *sql) {
    struct step step;
    assert_int_equal(step_open(&step, world->arena, world->path, &world->diags), OFFICE_DONE);
    const struct str text = step_text(&step, sql, NULL, 0);
    step_end(&step, OFFICE_REFUSED, NULL);
    return text;
}

static void test_another_version(void **state) {
    struct world *world = *state;
    struct step step;
    make(world, "PRAGMA application_id = 0x4C534554; PRAGMA user_version = 1; CREATE TABLE t(a)");
    assert_int_equal(step_open(&step, world->arena, world->path, &world->diags), OFFICE_INPUT);
    assert_string_equal(diag_name(world->diags.items[0].code), "Y101");
    step_end(&step, OFFICE_INPUT, NULL);
    make(world, "PRAGMA application_id = 0x4C534554; PRAGMA user_version = 4; CREATE TABLE t(a)");
    assert_int_equal(step_open(&step, world->arena, world->path, &world->diags), OFFICE_INPUT);
    assert_string_equal(diag_name(world->diags.items[1].code), "Y102");
    step_end(&step, OFFICE_INPUT, NULL);
}

static void test_kept_with_its_run(void **state) {
    struct world *world = *state;
    struct step step;
    int64_t run = 0;
    const struct sql_value values[] = {{":b", STR_INIT("two")}};
    assert_int_equal(step_open(&step, world->arena, world->path, &world->diags), OFFICE_DONE);
    assert_int_equal(step_begin(&step, STR("close 2026-11"), STR("2026-11-25"), false), OFFICE_DONE);
    assert_true(step_run(&step, "INSERT INTO t VALUES(2, :b)", values, 1));
    assert_int_equal(step_end(&step, OFFICE_DONE, &run), OFFICE_DONE);
    assert_int_equal(run, 1);
    assert_true(str_is(answer(world, "SELECT b FROM t"), "two"));
    assert_true(str_is(answer(world, "SELECT file || changes FROM intake_run"), "close 2026-111"));
}

static void test_nothing_stays(void **state) {
    struct world *world = *state;
    struct step step;
    for (int round = 0; round < 3; round++) { /* refused, failed, dry run */
        int64_t run = 7;
        assert_int_equal(step_open(&step, world->arena, world->path, &world->diags), OFFICE_DONE);
        assert_int_equal(step_begin(&step, STR("close"), STR("2026-11-25"), true), OFFICE_DONE);
        assert_true(step_run(&step, "INSERT INTO t VALUES(2, 'x')", NULL, 0));
        assert_int_equal(step_run(&step, round == 1 ? "INSERT INTO t VALUES(2, 'y')" : "SELECT 1 WHERE 0", NULL, 0),
                         round != 1);
        const enum office_end end = step_end(&step, round == 0 ? OFFICE_REFUSED : OFFICE_DONE, &run);
        assert_int_equal(end, round == 0 ? OFFICE_REFUSED : round == 1 ? OFFICE_NO_WRITE : OFFICE_DONE);
        assert_int_equal(run, 0);
        assert_true(str_is(answer(world, "SELECT count(*) FROM t"), "0"));
    }
    assert_string_equal(diag_name(world->diags.items[0].code), "Y104");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_another_version, setup, teardown),
        cmocka_unit_test_setup_teardown(test_kept_with_its_run, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_stays, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
