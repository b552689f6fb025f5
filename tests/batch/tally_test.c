/* tally_test.c: what a run counts and tells, and which exit code is the graver. */
#include "support.h"

#include "batch/tally.h"

static const enum exit_code by_gravity[] = {EXIT_MADE,          EXIT_DOCUMENT, EXIT_LAYOUT,      EXIT_INPUT, EXIT_IO,
                                            EXIT_CANNOT_CREATE, EXIT_BUSY,     EXIT_USAGE_ERROR, EXIT_BUG};
#define CODES (sizeof by_gravity / sizeof *by_gravity)

/* Whichever of two comes first, the graver stays. */
static void the_graver_code_stays(void **state) {
    struct bench *bench = *state;
    for (size_t a = 0; a < CODES; a++) {
        for (size_t b = 0; b < CODES; b++) {
            bench->run.worst = EXIT_MADE;
            run_worsen(&bench->run, by_gravity[a]);
            run_worsen(&bench->run, by_gravity[b]);
            assert_int_equal(bench->run.worst, by_gravity[a > b ? a : b]);
        }
    }
}

static void told_once(void **state) {
    struct bench *bench = *state;
    const struct place place = {.file = STR("theme.yaml"), .line = 3, .column = 1};
    DIAG_ADD(&bench->run.diags, L202, place, STR("a"), STR("b"), STR("c"));
    DIAG_ADD(&bench->run.diags, L202, place, STR("a"), STR("b"), STR("c")); /* another layout includes it too */
    DIAG_ADD(&bench->run.diags, O111, PLACE_NONE, STR("card"));
    DIAG_ADD(&bench->run.diags, O111, PLACE_NONE, STR("card")); /* in no file: as often as it comes */
    run_tell(&bench->run);
    run_tell(&bench->run);
    assert_told(bench, "L202 O111 O111 ");
}

/* Nobody mends more than fifty mistakes of a file before checking again; their number is told. */
static void many_are_counted(void **state) {
    struct bench *bench = *state;
    for (int32_t line = 1; line <= 60; line++) {
        DIAG_ADD(&bench->run.diags, L202, ((struct place){.file = STR("a.yaml"), .line = line}), STR("x"), STR("y"),
                 STR("z"));
    }
    run_tell(&bench->run);
    assert_int_equal(bench->told.count, 50 * 5);
    run_tell_rest(&bench->run);
    run_tell_rest(&bench->run);
    assert_int_equal(bench->told.count, 51 * 5);
    assert_true(str_ends(buffer_str(&bench->told), STR("O113 ")));
    assert_str(bench->run.diags.items[60].args[0], "10");
}

static void only_errors(void **state) {
    struct bench *bench = *state;
    struct diags diags;
    diags_init(&diags, bench->run.arena);
    DIAG_ADD(&diags, O105, PLACE_NONE, STR("ID"), STR("1"));
    DIAG_ADD(&diags, O114, PLACE_NONE, STR("1"));
    run_tell_diags(&bench->run, &diags, false);
    assert_told(bench, "O105 ");
    run_tell_diags(&bench->run, &diags, true);
    assert_told(bench, "O105 O105 O114 ");
}

/* --- the summary -------------------------------------------------------------------------------------------------- */

static void count_three(struct bench *bench, struct tally *tally) {
    struct outcome outcome = {.pages = 2, .bytes = 1000, .counts = {.characters_placed = 50}};
    diags_init(&outcome.diags, bench->run.arena);
    tally_begin(tally);
    tally_add(tally, &outcome, EXIT_MADE);
    outcome.incomplete = true;
    DIAG_ADD(&outcome.diags, O114, PLACE_NONE, STR("1"));
    tally_add(tally, &outcome, EXIT_MADE);
    tally_add(tally, &outcome, EXIT_DOCUMENT); /* its pages don't count, what was found does */
}

static void documents_are_counted(void **state) {
    struct bench *bench = *state;
    struct tally tally;
    count_three(bench, &tally);
    assert_int_equal(tally.documents, 2);
    assert_int_equal(tally.failed, 1);
    assert_int_equal(tally.incomplete, 1);
    assert_int_equal(tally.pages, 4);
    assert_int_equal(tally.bytes, 2000);
    assert_int_equal(tally.characters, 100);
    assert_int_equal(tally.findings[DIAG_O114], 2);
}

static void assert_lines(struct bench *bench, const struct tally *tally, const char *expected) {
    buffer_clear(&bench->lines);
    tally_tell(tally, &bench->run, true);
    assert_str(buffer_str(&bench->lines), expected);
}

/* Clocks are given, so that the text is known. */
static void the_summary(void **state) {
    struct bench *bench = *state;
    struct tally tally = {.documents = 1, .pages = 1, .bytes = 1000, .characters = 30, .wall_s = 1.005, .cpu_s = 0.5};
    assert_lines(bench, &tally,
                 "1 document, 1 page, 1000 bytes; 0 incomplete, 0 not made\n"
                 "1.00 s, CPU 0.50 s; a CPU-second, 2 documents, 2 pages, 60 characters\n");
    bench->job.language = LANGUAGE_CHINESE;
    assert_lines(bench, &tally,
                 "1 份，1 页，1000 字节；不完整 0 份，未能生成 0 份\n"
                 "1.00 秒，CPU 0.50 秒；每 CPU 秒，2 份，2 页，60 字\n");
    tally.cpu_s = 0; /* a clock too coarse gives no rate */
    assert_lines(bench, &tally,
                 "1 份，1 页，1000 字节；不完整 0 份，未能生成 0 份\n"
                 "1.00 秒，CPU 0.00 秒；每 CPU 秒\n");
}

static void what_stayed(void **state) {
    struct bench *bench = *state;
    struct tally tally = {.documents = 10, .unchanged = 7, .kept = 7, .wall_s = 1, .cpu_s = 0};
    assert_lines(bench, &tally,
                 "10 documents, 0 pages, 0 bytes; 0 incomplete, 0 not made\n"
                 "3 written, 7 unchanged and left as they lay\n"
                 "1.00 s, CPU 0.00 s; a CPU-second\n");
    tally.kept = 5;
    tally.volumes = 1;
    bench->job.language = LANGUAGE_CHINESE;
    assert_lines(bench, &tally,
                 "10 份，0 页，0 字节；不完整 0 份，未能生成 0 份\n"
                 "其中新写 3 份（合订卷 1 份），与已有的相同、未动 7 份（其中 2 份重新排版后才知道）\n"
                 "1.00 秒，CPU 0.00 秒；每 CPU 秒\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        bench_test(the_graver_code_stays), bench_test(told_once),
        bench_test(many_are_counted),      bench_test(only_errors),
        bench_test(documents_are_counted), bench_test(the_summary),
        bench_test(what_stayed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
