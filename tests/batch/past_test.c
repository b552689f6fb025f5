/* past_test.c: what earlier runs left: their manifest, and what a killed one announced. */
#include "support.h"

#include "batch/past.h"

static struct output opened(struct bench *bench) {
    struct output output;
    give(bench, GIVEN_SEMESTER, "2026-2027-1");
    give(bench, GIVEN_AS_OF, "2026-11-25");
    assert_int_equal(output_open(&bench->run, &output), EXIT_MADE);
    assert_int_equal(output_begin(&bench->run, &output), EXIT_MADE);
    return output;
}

static struct pending pending_of(const char *path) {
    return (struct pending){STR("booklet"), STR("booklet"), STR("2026-11"), str_from(path)};
}

static void an_empty_folder(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    struct past past;
    assert_int_equal(past_read(&bench->run, &output, &past), EXIT_MADE);
    assert_int_equal(past.manifest.count, 0);
    assert_str(past.manifest.day, "2026-11-25");
    assert_int_equal(past.pending_count, 0);
    assert_told(bench, "");
    output_close(&output);
}

/* A run that is killed between announcing and its manifest leaves what it announced to the next one. */
static void what_a_killed_run_announced(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    struct past killed, next;
    assert_int_equal(past_read(&bench->run, &output, &killed), EXIT_MADE);
    past_add(&killed, bench->run.arena, pending_of("booklet/2026-11.pdf"));
    past_add(&killed, bench->run.arena, (struct pending){STR("card"), STR("card"), STR_NONE, STR("card/a b.pdf")});
    assert_int_equal(past_announce(&bench->run, &output, &killed), EXIT_MADE);
    assert_int_equal(past_read(&bench->run, &output, &next), EXIT_MADE);
    assert_int_equal(next.pending_count, 2);
    assert_str(next.pending[0].layout, "booklet");
    assert_str(next.pending[0].month, "2026-11");
    assert_str(next.pending[0].path, "booklet/2026-11.pdf");
    assert_int_equal(next.pending[1].month.n, 0);
    assert_str(next.pending[1].path, "card/a b.pdf");
    output_close(&output);
}

/* Behind the manifest: nothing pending, no file; else what still is. */
static void settling(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    struct past past;
    struct str bytes;
    assert_int_equal(past_read(&bench->run, &output, &past), EXIT_MADE);
    past_add(&past, bench->run.arena, pending_of("booklet/2026-11.pdf"));
    assert_int_equal(past_settle(&bench->run, &output, &past), EXIT_MADE);
    assert_int_equal(output_read(&output, ".plan", &bytes), 0);
    assert_str(bytes, "booklet\tbooklet\t2026-11\tbooklet/2026-11.pdf\n");
    past.pending_count = 0;
    assert_int_equal(past_settle(&bench->run, &output, &past), EXIT_MADE);
    assert_int_equal(output_read(&output, ".plan", &bytes), 0);
    assert_int_equal(bytes.n, 0);
    output_close(&output);
}

/* Lines that are none are passed over; a manifest that is none is told, and is as if it weren't there. */
static void files_that_somebody_edited(void **state) {
    static const char plan[] = "\n\t\t\t\na\tb\nx\ty\t\tz.pdf\nlast\tl\tm\tp.pdf";
    struct bench *bench = *state;
    struct output output = opened(bench);
    struct past past;
    assert_true(output_write(&bench->run, &output, ".plan", str_from(plan)));
    assert_true(output_write(&bench->run, &output, "manifest.xml", STR("<manifest><document path=\"a\"/>")));
    assert_int_equal(past_read(&bench->run, &output, &past), EXIT_MADE);
    assert_told(bench, "O107 ");
    assert_int_equal(past.manifest.count, 0);
    assert_int_equal(past.pending_count, 2);
    assert_str(past.pending[0].path, "z.pdf");
    assert_str(past.pending[1].path, "p.pdf");
    output_close(&output);
}

/* To go on would lose what it knows. */
static void a_manifest_that_cannot_be_read(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    struct past past;
    assert_int_equal(folder_make(output_own_path(&output, "manifest.xml")), 0);
    assert_int_equal(past_read(&bench->run, &output, &past), EXIT_IO);
    assert_told(bench, "B101 ");
    output_close(&output);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        bench_test(an_empty_folder),
        bench_test(what_a_killed_run_announced),
        bench_test(settling),
        bench_test(files_that_somebody_edited),
        bench_test(a_manifest_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
