/* owners_test.c: a family gets the rows of its own child alone, whatever the query counts or joins; in the order that the school sees. */
#include "support.h"

#include <sqlite3.h>

#include "batch/narrow.h"
#include "batch/parts.h"

static void write_file(struct bench *bench, const char *name, const char *text) {
    assert_int_equal(file_write(path_in(bench, name), text, strlen(text), false), 0);
}

static void fill(struct bench *bench) {
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(bench->job.database, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE TABLE t(no TEXT, day TEXT);"
                                  "INSERT INTO t VALUES('2', 'a'), ('1', 'b'), ('2', 'c'), ('3', 'd'), ('1', 'e');",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
}

/* "no day count; " of each row of the plan, `count` being how many rows of t the query could see. */
static void assert_rows(struct bench *bench, enum reader reader, const char *expected) {
    struct parts_list parts = {0};
    struct printing printing;
    struct plan plan;
    struct buffer text = {0};
    fill(bench);
    assert_int_equal(folder_make(bench->job.layouts), 0);
    write_file(bench, "layouts/privacy.yaml",
               "columns: {t.day: {school: full, inspector: full, family: full, public: full}}\n"
               "rows: {t: {family: own}}\n"
               "own: {column: no}\n");
    write_file(bench, "layouts/card.yaml",
               "fonts: {宋体: [Noto Serif CJK SC]}\n"
               "styles: {body: {font: 宋体, size: 10pt, leading: 1.5}}\n"
               "document: {title: t, each: rows, file: \"card/{no}.pdf\"}\n"
               "queries: {rows: \"SELECT no, day, (SELECT count(*) FROM t) AS seen FROM t ORDER BY day\"}\n"
               "body:\n"
               "- text: \"{no} {day} {seen}\"\n");
    bench->job.has_reader = true;
    bench->job.reader = reader;
    assert_int_equal(run_read_layouts(&bench->run), EXIT_MADE);
    assert_int_equal(run_open_database(&bench->run, false, NULL), EXIT_MADE);
    assert_true(parts_open_printing(&parts, &bench->run, bench->run.layouts->layouts[0], &printing));
    assert_int_equal(narrow_plan(&bench->run, &printing, false, &plan), EXIT_MADE);
    for (size_t row = 0; row < plan.rows.count; row++) {
        for (size_t column = 0; column < 3; column++) {
            const struct value *value = &plan.rows.cells[row * plan.rows.columns + column];
            buffer_add(&text, value_text(bench->run.arena, value));
            buffer_add(&text, column < 2 ? STR(" ") : STR("; "));
        }
    }
    assert_str(buffer_str(&text), expected);
    assert_int_equal(plan.count, 3);
    buffer_release(&text);
    printing_close(&printing);
    parts_close(&parts);
}

static void the_school_sees_all(void **state) {
    assert_rows(*state, READER_SCHOOL, "2 a 5; 2 c 5; 1 b 5; 1 e 5; 3 d 5; ");
}

static void a_family_sees_its_own(void **state) {
    assert_rows(*state, READER_FAMILY, "2 a 2; 2 c 2; 1 b 2; 1 e 2; 3 d 1; ");
}

int main(void) {
    const struct CMUnitTest tests[] = {bench_test(the_school_sees_all), bench_test(a_family_sees_its_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
