/* plan_test.c: rows become documents: which rows are one, what their files are called, what --only leaves.
 *
 * Each case is a table `t` of rows and a layout over it, planned by the real run. */
#include "support.h"

#include <sqlite3.h>

#include "batch/narrow.h"
#include "batch/parts.h"

static const char THEME[] = "fonts:\n"
                            "  宋体: [Noto Serif CJK SC]\n"
                            "styles:\n"
                            "  body: {font: 宋体, size: 10pt, leading: 1.5}\n";

static void write_file(struct bench *bench, const char *name, const char *text) {
    assert_int_equal(file_write(path_in(bench, name), text, strlen(text), false), 0);
}

static void fill(struct bench *bench, const char *rows) {
    sqlite3 *db = NULL;
    char *sql = sqlite3_mprintf("CREATE TABLE t(no TEXT, name TEXT, class TEXT);%s%s;",
                                rows[0] == '\0' ? "" : "INSERT INTO t VALUES", rows);
    assert_int_equal(sqlite3_open(bench->job.database, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        fail_msg("%s", sqlite3_errmsg(db));
    }
    sqlite3_free(sql);
    sqlite3_close(db);
}

struct planning {
    struct parts_list parts;
    struct printing printing;
    struct plan plan;
    enum exit_code code;
};

/* `rows` as SQL has them; `document`: the keys of `document:` beside title and each. */
static struct planning planned(struct bench *bench, const char *rows, const char *document, bool lenient) {
    struct planning planning = {0};
    fill(bench, rows);
    assert_int_equal(folder_make(bench->job.layouts), 0);
    write_file(bench, "layouts/theme.yaml", THEME);
    write_file(
        bench, "layouts/card.yaml",
        str_c(bench->run.arena, str_printf(bench->run.arena,
                                           "include: [theme.yaml]\n"
                                           "document: {title: t, each: rows, %s}\n"
                                           "queries: {rows: \"SELECT no, name, class FROM t ORDER BY no, class\"}\n"
                                           "body:\n"
                                           "- text: \"{no} {name} {class}\"\n",
                                           document)));
    assert_int_equal(run_read_layouts(&bench->run), EXIT_MADE);
    assert_int_equal(run_open_database(&bench->run, false, NULL), EXIT_MADE);
    const bool good =
        parts_open_printing(&planning.parts, &bench->run, bench->run.layouts->layouts[0], &planning.printing);
    if (!good) {
        fail_msg("%.*s", STR_ARG(buffer_str(&bench->told)));
    }
    planning.code = narrow_plan(&bench->run, &planning.printing, lenient, &planning.plan);
    printing_close(&planning.printing);
    parts_close(&planning.parts);
    return planning;
}

/* "path record from-to" of each document that is chosen. */
static void assert_plan(struct bench *bench, const struct planning *planning, const char *expected) {
    struct buffer text = {0};
    size_t chosen = 0;
    for (size_t i = 0; i < planning->plan.count; i++) {
        const struct planned *planned = &planning->plan.items[i];
        if (planned->chosen) {
            buffer_printf(&text, "%.*s %.*s %zu-%zu%s\n", STR_ARG(planned->path), STR_ARG(planned->record),
                          planned->from, planned->to, planned->apart ? " apart" : "");
            chosen++;
        }
    }
    (void)bench;
    assert_str(buffer_str(&text), expected);
    assert_int_equal(planning->plan.chosen, chosen);
    buffer_release(&text);
}

static void only(struct bench *bench, struct only *only, size_t count) {
    bench->job.only = only;
    bench->job.only_count = count;
}

#define BY_ROW   "file: \"card/{name}.pdf\", index: {number: no, name: name}"
#define BY_CLASS "file: \"card/{class}.pdf\", index: {number: no, name: name}"
#define FOUR     "('1','甲','一'),('2','乙','二'),('3','丙','一'),('4','丁','二')"

/* --- which rows are one document ---------------------------------------------------------------------------------- */

static void a_document_for_each_row(void **state) {
    struct bench *bench = *state;
    const struct planning planning = planned(bench, FOUR, BY_ROW, false);
    assert_int_equal(planning.code, EXIT_MADE);
    assert_plan(bench, &planning, "card/甲.pdf 1 0-1\ncard/乙.pdf 2 1-2\ncard/丙.pdf 3 2-3\ncard/丁.pdf 4 3-4\n");
}

/* In the order of their first rows; the rows of one stand together, in the query's order. */
static void rows_of_one_file_are_one_document(void **state) {
    struct bench *bench = *state;
    const struct planning planning = planned(bench, FOUR, BY_CLASS, false);
    const struct rows *rows = &planning.plan.rows;
    assert_plan(bench, &planning, "card/一.pdf 1–3 0-2\ncard/二.pdf 2–4 2-4\n");
    assert_str(rows->cells[1 * rows->columns].text, "3");
    assert_str(rows->cells[2 * rows->columns].text, "2");
}

/* A path that names a child is meant for that one. The second of a name gets its key behind it. */
static void two_children_of_one_name(void **state) {
    struct bench *bench = *state;
    const struct planning planning = planned(bench, "('1','甲','一'),('2','甲','一')", BY_ROW, false);
    assert_plan(bench, &planning, "card/甲.pdf 1 0-1\ncard/甲_2.pdf 2 1-2\n");
    for (size_t i = 0; i < 2; i++) { /* is it one child twice? Somebody should look */
        assert_int_equal(planning.plan.items[i].findings.count, 1);
        assert_int_equal(planning.plan.items[i].findings.items[0].code, DIAG_O114);
    }
}

static void the_key_decides(void **state) {
    struct bench *bench = *state;
    const struct planning planning = planned(bench, "('1','甲','一'),('1','甲','二'),('2','甲','一')",
                                             "file: \"card/{name}.pdf\", key: class", false);
    assert_plan(bench, &planning, "card/甲.pdf 1–2 0-2\ncard/甲_1.pdf 1 2-3\n");
}

static void no_rows_no_document(void **state) {
    struct bench *bench = *state;
    const struct planning planning = planned(bench, "", BY_ROW, false);
    assert_int_equal(planning.code, EXIT_MADE);
    assert_int_equal(planning.plan.count, 0);
}

/* --- names -------------------------------------------------------------------------------------------------------- */

/* Made safe, or on a disk that takes no notice of case, these would be one file; the values keep them two documents. */
static void names_that_become_one(void **state) {
    struct bench *bench = *state;
    const struct planning planning = planned(
        bench, "('1','a/b','一'),('2','a_b','一'),('3','Li','一'),('4','li','一'),('5','LI','一')", BY_ROW, false);
    assert_plan(bench, &planning,
                "card/a_b.pdf 1 0-1\ncard/a_b_2.pdf 2 1-2\ncard/Li.pdf 3 2-3\ncard/li_4.pdf 4 3-4\n"
                "card/LI_5_2.pdf 5 4-5\n");
}

/* By hand: paths as groups give them, and the keys. */
static void settled(struct bench *bench, const char *const paths[][2], size_t count, const char *expected) {
    struct plan plan = {.items = ARENA_ARRAY(bench->run.arena, struct planned, count), .count = count};
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        plan.items[i] = (struct planned){.path = str_from(paths[i][0]), .record = str_from(paths[i][1])};
    }
    plan_settle_names(&bench->run, &plan);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&text, "%.*s ", STR_ARG(plan.items[i].path));
    }
    assert_str(buffer_str(&text), expected);
    buffer_release(&text);
}

static void names_are_settled(void **state) {
    static const char *const same_key[][2] = {{"a.pdf", "k"}, {"a.pdf", "k"}, {"a.pdf", "k"}};
    static const char *const taken[][2] = {{"a_2.pdf", "1"}, {"a.pdf", "0"}, {"a.pdf", "2"}};
    static const char *const composed[][2] = {{"\xC3\xA9.pdf", "1"}, {"e\xCC\x81.pdf", "2"}};
    static const char *const unsafe[][2] = {{"a.pdf", "1"}, {"a.pdf", "x/y"}};
    struct bench *bench = *state;
    settled(bench, same_key, 3, "a.pdf a_2.pdf a_3.pdf ");
    settled(bench, taken, 3, "a_2.pdf a.pdf a_2_2.pdf ");
    settled(bench, composed, 2, "\xC3\xA9.pdf e\xCC\x81_2.pdf ");
    settled(bench, unsafe, 2, "a.pdf a_x_y.pdf ");
}

/* A name with its suffix has 255 bytes at most, cut between characters. */
static void long_names_are_cut(void **state) {
    struct bench *bench = *state;
    struct planned items[2] = {{.record = STR("1")}, {.record = STR("2")}};
    struct plan plan = {.items = items, .count = 2};
    struct buffer path = {0};
    for (size_t i = 0; i < 83; i++) {
        buffer_add(&path, STR("名"));
    }
    buffer_add(&path, STR("xy.pdf"));
    assert_int_equal(path.count, 255);
    items[0].path = items[1].path = buffer_str(&path);
    plan_settle_names(&bench->run, &plan);
    assert_true(items[1].path.n <= 255);
    assert_true(str_ends(items[1].path, STR("名x_2.pdf")) || str_ends(items[1].path, STR("名_2.pdf")));
    buffer_release(&path);
}

/* --- --only ------------------------------------------------------------------------------------------------------- */

static void only_leaves_documents(void **state) {
    struct bench *bench = *state;
    only(bench, &(struct only){STR("class"), STR("一")}, 1);
    const struct planning planning = planned(bench, FOUR, BY_ROW, false);
    assert_true(planning.plan.narrowed);
    assert_int_equal(planning.plan.count, 4); /* names are settled over all */
    assert_plan(bench, &planning, "card/甲.pdf 1 0-1\ncard/丙.pdf 3 2-3\n");
}

/* Some rows of a file are printed apart, so that half of it doesn't take its place; all of them in its place. */
static void only_leaves_rows_of_a_file(void **state) {
    struct bench *bench = *state;
    only(bench, &(struct only){STR("name"), STR("丙")}, 1);
    const struct planning planning = planned(bench, FOUR, BY_CLASS, false);
    const struct rows *rows = &planning.plan.rows;
    assert_plan(bench, &planning, "only/card/3.pdf 3 4-5 apart\n");
    assert_int_equal(planning.plan.apart, 1);
    assert_str(rows->cells[4 * rows->columns].text, "3");
}

static void only_of_a_whole_file(void **state) {
    struct bench *bench = *state;
    only(bench, &(struct only){STR("class"), STR("二")}, 1);
    const struct planning planning = planned(bench, FOUR, BY_CLASS, false);
    assert_plan(bench, &planning, "card/二.pdf 2–4 2-4\n");
    assert_int_equal(planning.plan.apart, 0);
}

static void all_of_only_must_hold(void **state) {
    struct bench *bench = *state;
    struct only both[] = {{STR_INIT("class"), STR_INIT("一")}, {STR_INIT("name"), STR_INIT("甲")}};
    only(bench, both, 2);
    const struct planning planning = planned(bench, FOUR, BY_ROW, false);
    assert_plan(bench, &planning, "card/甲.pdf 1 0-1\n");
}

static void only_of_nothing(void **state) {
    struct bench *bench = *state;
    only(bench, &(struct only){STR("class"), STR("三")}, 1);
    const struct planning planning = planned(bench, FOUR, BY_ROW, false);
    assert_int_equal(planning.code, EXIT_MADE);
    assert_plan(bench, &planning, "");
}

static void only_of_an_unknown_column(void **state) {
    struct bench *bench = *state;
    only(bench, &(struct only){STR("clas"), STR("一")}, 1);
    const struct planning planning = planned(bench, FOUR, BY_ROW, false);
    assert_int_equal(planning.code, EXIT_USAGE_ERROR);
    assert_told(bench, "U106 ");
    assert_false(narrow_can(&bench->run, &planning.printing));
}

/* Where all layouts are printed: this one is left out. */
static void lenient_leaves_it_out(void **state) {
    struct bench *bench = *state;
    only(bench, &(struct only){STR("clas"), STR("一")}, 1);
    const struct planning planning = planned(bench, FOUR, BY_ROW, true);
    assert_int_equal(planning.code, EXIT_MADE);
    assert_plan(bench, &planning, "");
    assert_told(bench, "O112 ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        bench_test(a_document_for_each_row),  bench_test(rows_of_one_file_are_one_document),
        bench_test(two_children_of_one_name), bench_test(the_key_decides),
        bench_test(no_rows_no_document),      bench_test(names_that_become_one),
        bench_test(names_are_settled),        bench_test(long_names_are_cut),
        bench_test(only_leaves_documents),    bench_test(only_leaves_rows_of_a_file),
        bench_test(only_of_a_whole_file),     bench_test(all_of_only_must_hold),
        bench_test(only_of_nothing),          bench_test(only_of_an_unknown_column),
        bench_test(lenient_leaves_it_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
