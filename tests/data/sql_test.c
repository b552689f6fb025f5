/* sql_test.c: a connection's statements, transactions, functions, failures; what was changed, and the way back. */
#include "support.h"

#include "data/changes.h"
#include "data/sql.h"

static const char small[] = "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b);"
                            "CREATE TABLE u(id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id));"
                            "CREATE TABLE own_log(id INTEGER PRIMARY KEY);"
                            "INSERT INTO t VALUES(1, '甲', 10), (2, '乙', NULL), (3, '', 2.5);";

static struct sql *opened(struct world *world) {
    world_sql(world, small);
    struct sql *db = sql_open_told(world->path, SQL_WRITE, &world->diags);
    assert_non_null(db);
    return db;
}

static struct str text(struct world *world, struct sql *db, const char *sql) {
    return sql_text(db, world->arena, sql, NULL, 0);
}

static void test_open(void **state) {
    struct world *world = *state;
    assert_null(sql_open_told(world->path, SQL_WRITE, &world->diags));
    assert_string_equal(world_message(world), "D101");
    assert_int_equal(file_write(world->path, "name,class,and what else a sheet may hold\n", 41, false), 0);
    assert_null(sql_open_told(world->path, SQL_READ, &world->diags));
    assert_string_equal(world_message(world), "D102");
    unlink(world->path);
    sql_close(opened(world));
    struct sql *db = sql_open(world->path, SQL_READ);
    assert_false(sql_run(db, "DELETE FROM t", NULL, 0));
    assert_str(sql_error(db), "attempt to write a readonly database");
    sql_close(db);
    sql_close(NULL);
}

static void test_at_one_go(void **state) {
    struct world *world = *state;
    struct sql *db = opened(world);
    size_t rows = 0, columns = 0;
    const struct sql_value values[] = {{":a", STR_INIT("丙")}, {":none", STR_INIT("x")}, {":b", {0}}};
    assert_true(sql_script(db, STR("INSERT INTO t VALUES(4, :a, :b); SELECT * FROM t; DELETE FROM t WHERE a = '';"),
                           values, 3));
    assert_int_equal(sql_last_key(db), 4);
    assert_int_equal(sql_changed(db), 1);
    assert_int_equal(sql_changed_in_all(db), 2);
    assert_int_equal(sql_number(db, "SELECT id FROM t WHERE a = ?2", &(struct sql_value){"?2", STR("丙")}, 1), 4);
    assert_int_equal(sql_number(db, "SELECT id FROM t WHERE id = 9", NULL, 0), 0);
    assert_null(text(world, db, "SELECT b FROM t WHERE id = 4").p);
    const struct str *cells = sql_rows(db, world->arena, "SELECT id, b FROM t ORDER BY id", NULL, 0, &rows, &columns);
    assert_int_equal(rows, 3);
    assert_int_equal(columns, 2);
    assert_str(cells[0], "1");
    assert_str(cells[1], "10");
    assert_null(cells[3].p);
    assert_null(sql_rows(db, world->arena, "SELECT id FROM t WHERE 0", NULL, 0, &rows, &columns));
    assert_int_equal(sql_fault(db), SQL_FINE);
    sql_close(db);
}

/* What failed is known until the next call; a script ends where it fails. */
static void test_failures(void **state) {
    struct world *world = *state;
    struct sql *db = opened(world);
    assert_false(sql_run(db, "INSERT INTO t(a) VALUES(NULL)", NULL, 0));
    assert_int_equal(sql_fault(db), SQL_REFUSED);
    assert_str(sql_error(db), "NOT NULL constraint failed: t.a");
    assert_false(sql_run(db, "INSERT INTO u VALUES(1, 99)", NULL, 0)); /* foreign keys hold */
    assert_int_equal(sql_fault(db), SQL_REFUSED);
    assert_false(sql_script(db, STR("DELETE FROM u; SELECT lacking; DELETE FROM t"), NULL, 0));
    assert_int_equal(sql_fault(db), SQL_BROKEN);
    assert_str(sql_error(db), "no such column: lacking");
    assert_int_equal(sql_number(db, "SELECT count(*) FROM t", NULL, 0), 3);
    assert_int_equal(sql_fault(db), SQL_FINE);
    assert_null(sql_statement(db, "SELECT"));
    assert_str(sql_error(db), "incomplete input");
    sql_close(db);
}

static void test_transactions(void **state) {
    struct world *world = *state;
    struct sql *db = opened(world);
    assert_true(sql_begin(db));
    assert_true(sql_run(db, "DELETE FROM t", NULL, 0));
    sql_roll_back(db);
    sql_roll_back(db);
    assert_int_equal(sql_number(db, "SELECT count(*) FROM t", NULL, 0), 3);
    assert_true(sql_begin(db) && sql_run(db, "DELETE FROM t WHERE id = 1", NULL, 0) && sql_commit(db));
    assert_true(sql_begin(db) && sql_run(db, "DELETE FROM t", NULL, 0));
    sql_close(db);
    db = sql_open(world->path, SQL_WRITE);
    assert_int_equal(sql_number(db, "SELECT count(*) FROM t", NULL, 0), 2);
    sql_close(db);
}

/* A statement with rows left is begun anew when it is asked for again; one that failed can be run again. */
static void test_statements(void **state) {
    struct world *world = *state;
    struct sql *db = opened(world);
    struct statement *rows = sql_statement(db, "SELECT id, a, b FROM t WHERE id > :from ORDER BY id");
    assert_int_equal(statement_parameters(rows), 1);
    assert_string_equal(statement_parameter(rows, 1), ":from");
    statement_bind_named(rows, ":to", (struct value){VALUE_INTEGER, .integer = 7});
    statement_bind_int(rows, 1, 0);
    assert_true(statement_next(rows));
    assert_int_equal(statement_int(rows, 0), 1);
    assert_str(statement_text(rows, 1), "甲");
    assert_int_equal(statement_value(rows, 2).integer, 10);
    assert_ptr_equal(sql_statement(db, "SELECT id, a, b FROM t WHERE id > :from ORDER BY id"), rows);
    statement_bind_named(rows, ":from", (struct value){VALUE_INTEGER, .integer = 1});
    assert_true(statement_next(rows));
    assert_int_equal(statement_int(rows, 0), 2);
    assert_int_equal(statement_value(rows, 2).kind, VALUE_NULL);
    assert_null(statement_text(rows, 2).p);
    assert_true(statement_next(rows));
    assert_int_equal(statement_text(rows, 1).n, 0);
    assert_non_null(statement_text(rows, 1).p);
    assert_int_equal(statement_value(rows, 2).kind, VALUE_REAL);
    assert_false(statement_next(rows));
    assert_false(statement_failed(rows));
    assert_string_equal(statement_column(rows, statement_columns(rows) - 1), "b");
    struct statement *insert = sql_statement(db, "INSERT INTO t(a) VALUES(?)");
    statement_bind_text(insert, 1, STR_NONE);
    assert_false(statement_run(insert));
    assert_true(statement_failed(insert));
    statement_bind_text(insert, 1, STR("丁"));
    assert_true(statement_run(insert));
    sql_close(db);
}

static void answer_joined(struct sql_call *call, void *context) {
    const struct value second = sql_argument(call, 1);
    struct arena *arena = context;
    if (second.kind == VALUE_INTEGER) {
        sql_answer_int(call, -second.integer);
    } else if (second.kind != VALUE_NULL) {
        sql_answer_text(call, str_join(arena, sql_argument_text(call, 0), value_text(arena, &second)));
    }
}
static void answer_asked(struct sql_call *call, void *context) {
    struct statement *asked = sql_statement(context, "SELECT ?");
    statement_bind(asked, 1, sql_argument(call, 0));
    assert_true(statement_next(asked));
    sql_answer_cell(call, asked, 0);
    statement_reset(asked);
}

static void test_functions(void **state) {
    struct world *world = *state;
    struct sql *db = opened(world);
    static const struct sql_function joined = {"joined", 2, answer_joined}, asked = {"asked", 1, answer_asked};
    assert_true(sql_functions(db, &joined, 1, world->arena) && sql_functions(db, &asked, 1, db));
    assert_str(text(world, db, "SELECT joined('a', 'b') || joined('a', 3) || coalesce(joined('a', NULL), '-')"),
               "ab-3-");
    assert_str(text(world, db,
                    "SELECT group_concat(typeof(asked(column1)), ' ') FROM (VALUES(1), (1.5), ('1'), (x'31'), (NULL))"),
               "integer real text blob null");
    sql_close(db);
}

/* --- changes ------------------------------------------------------------------------------------------------------ */

struct told {
    struct arena *arena;
    struct buffer out;
};

static bool tell_change(void *context, const struct change *change) {
    struct told *told = context;
    struct str old, new;
    buffer_printf(&told->out, "%s %d %.*s", change->table, (int)change->act, STR_ARG(change_key(change, told->arena)));
    for (size_t i = 0; i < change->columns; i++) {
        const bool was = change_old(change, i, &old), is = change_new(change, i, &new);
        if (change->act == CHANGE_ALTERED && is) {
            buffer_printf(&told->out, " %zu: %.*s > %.*s", i, was ? (int)old.n : 0, old.p, STR_ARG(new));
        }
    }
    buffer_byte(&told->out, ';');
    return true;
}

static void tell_kept(void *context, const struct change *change) {
    if (change == NULL) {
        buffer_add(&((struct told *)context)->out, STR("pointed to;"));
    } else {
        tell_change(context, change);
    }
}

static struct str changed(struct world *world, struct sql *db) {
    struct str changes;
    assert_true(changes_record(db, "own_"));
    assert_true(sql_run(db,
                        "INSERT INTO t VALUES(4, '丁', 1); UPDATE t SET a = '戊' WHERE id = 2; DELETE FROM t WHERE id "
                        "= 3; INSERT INTO own_log DEFAULT VALUES",
                        NULL, 0));
    assert_true(changes_recorded(db, world->arena, &changes));
    return changes;
}

static void test_changes(void **state) {
    struct world *world = *state;
    struct sql *db = opened(world);
    struct told told = {.arena = world->arena};
    const struct str changes = changed(world, db);
    assert_true(changes_each(db, changes, tell_change, &told));
    const struct str said = buffer_str(&told.out);
    assert_true(str_find(said, STR("t 0 4;")) < said.n);
    assert_true(str_find(said, STR("t 1 2 1: 乙 > 戊;")) < said.n);
    assert_true(str_find(said, STR("t 2 3;")) < said.n);
    assert_int_equal(str_find(said, STR("own_log")), said.n);
    buffer_clear(&told.out);
    assert_true(changes_take_back(db, changes, tell_kept, &told));
    assert_int_equal(told.out.count, 0);
    assert_str(text(world, db, "SELECT group_concat(id || a, ' ') FROM t"), "1甲 2乙 3");
    assert_true(changes_record(db, "own_"));
    struct str none;
    assert_true(changes_recorded(db, world->arena, &none));
    assert_null(none.p);
    assert_false(changes_each(db, STR("no changes"), tell_change, &told));
    assert_int_equal(sql_fault(db), SQL_BROKEN);
    buffer_release(&told.out);
    sql_close(db);
}

/* A row that became something else since stays as it is and is told; so is one that others now point to. */
static void test_changes_that_stay(void **state) {
    struct world *world = *state;
    struct sql *db = opened(world);
    struct told told = {.arena = world->arena};
    const struct str changes = changed(world, db);
    assert_true(sql_run(db, "UPDATE t SET a = '己' WHERE id = 2", NULL, 0));
    assert_true(changes_take_back(db, changes, tell_kept, &told));
    assert_true(str_starts(buffer_str(&told.out), STR("t 1 2")));
    assert_str(text(world, db, "SELECT group_concat(id || a, ' ') FROM t"), "1甲 2己 3");
    buffer_clear(&told.out);
    assert_true(sql_run(db, "DELETE FROM t WHERE id > 1; INSERT INTO t VALUES(2, '乙', NULL), (3, '', 2.5)", NULL, 0));
    const struct str again = changed(world, db);
    assert_true(sql_run(db, "INSERT INTO u VALUES(1, 4)", NULL, 0));
    assert_true(changes_take_back(db, again, tell_kept, &told));
    assert_str(buffer_str(&told.out), "pointed to;");
    buffer_release(&told.out);
    sql_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_open, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(test_at_one_go, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(test_failures, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(test_transactions, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(test_statements, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(test_functions, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(test_changes, world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(test_changes_that_stay, world_setup, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
