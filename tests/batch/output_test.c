/* output_test.c: the folder out/TERM: one run at a time, whole files, nothing outside it. */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "batch/output.h"

static struct output opened(struct bench *bench) {
    struct output output;
    give(bench, GIVEN_SEMESTER, "2026-2027-1");
    assert_int_equal(output_open(&bench->run, &output), EXIT_MADE);
    assert_int_equal(output_begin(&bench->run, &output), EXIT_MADE);
    assert_told(bench, "");
    return output;
}

/* The code, and what is told of it. */
static enum exit_code place(struct output *output, const char *path, struct str bytes, const char *codes) {
    struct diags diags;
    struct buffer told = {0};
    diags_init(&diags, output->arena);
    const enum exit_code code = output_place(output, str_from(path), STR("LS01"), bytes, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        assert_str(diags.items[i].place.record, "LS01");
        buffer_printf(&told, "%s ", diag_name(diags.items[i].code));
    }
    assert_str(buffer_str(&told), codes);
    buffer_release(&told);
    return code;
}

static struct str bytes_of(struct bench *bench, const char *name) {
    struct str bytes = STR_NONE;
    return file_read(bench->run.arena, path_in(bench, name), 0, &bytes) == 0 ? bytes : STR("(none)");
}

static size_t files_in(struct bench *bench, const char *name) {
    struct str *names = NULL;
    size_t count = 0;
    assert_int_equal(folder_list(bench->run.arena, path_in(bench, name), STR_NONE, &names, &count), 0);
    return count;
}

static void a_file_is_placed_and_retired(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    assert_int_equal(place(&output, "card/a/b.pdf", STR("old"), ""), EXIT_MADE);
    assert_int_equal(place(&output, "card/a/b.pdf", STR("new one"), ""), EXIT_MADE);
    assert_str(bytes_of(bench, "out/2026-2027-1/card/a/b.pdf"), "new one");
    assert_int_equal(files_in(bench, "out/2026-2027-1/card/a"), 1); /* nothing beside it */
    assert_true(output_settle(&bench->run, &output));
    assert_true(output_retire(&output, STR("card/a/b.pdf")));
    assert_false(output_retire(&output, STR("card/a/b.pdf")));
    assert_int_equal(access(path_in(bench, "out/2026-2027-1/card"), F_OK), -1); /* folders that are empty go with it */
    output_close(&output);
}

/* What stands before a write stays when the write fails in its midst; no other file of the run could be written either. */
static void a_write_that_fails_leaves_the_old_file(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    struct rlimit before;
    assert_int_equal(place(&output, "card/a.pdf", STR("old"), ""), EXIT_MADE);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t limit = 0; limit < 8; limit++) {
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, before.rlim_max}), 0);
        const enum exit_code code = place(&output, "card/a.pdf", STR("new text"), "O103 ");
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(code, EXIT_IO);
        assert_str(bytes_of(bench, "out/2026-2027-1/card/a.pdf"), "old");
        assert_int_equal(files_in(bench, "out/2026-2027-1/card"), 1);
    }
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(place(&output, "card/a.pdf", STR("new text"), ""), EXIT_MADE);
    assert_str(bytes_of(bench, "out/2026-2027-1/card/a.pdf"), "new text");
    output_close(&output);
}

/* Names that can't be written cost their own document alone. */
static void a_name_costs_one_document(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    char longest[300];
    memset(longest, 'x', sizeof longest);
    memcpy(longest, "card/", 5);
    memcpy(longest + sizeof longest - 5, ".pdf", 5);
    assert_int_equal(place(&output, longest, STR("x"), "O103 "), EXIT_DOCUMENT);
    assert_int_equal(place(&output, "card/a.pdf/b.pdf", STR("x"), ""), EXIT_MADE);
    assert_int_equal(place(&output, "card/a.pdf", STR("x"), "O103 "), EXIT_DOCUMENT); /* a folder stands there */
    assert_int_equal(place(&output, "card/a.pdf/b.pdf/c.pdf", STR("x"), "O103 "), EXIT_DOCUMENT);
    assert_int_equal(place(&output, "card/c.pdf", STR("x"), ""), EXIT_MADE);
    output_close(&output);
}

static void nothing_leaves_the_folder(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    assert_int_equal(folder_make(path_in(bench, "elsewhere")), 0);
    assert_int_equal(symlink("../../elsewhere", path_in(bench, "out/2026-2027-1/card")), 0);
    assert_int_equal(place(&output, "card/a.pdf", STR("x"), "O104 "), EXIT_DOCUMENT);
    assert_int_equal(place(&output, "card/deep/a.pdf", STR("x"), "O104 "), EXIT_DOCUMENT);
    assert_int_equal(files_in(bench, "elsewhere"), 0);
    assert_int_equal(file_write(path_in(bench, "elsewhere/a.pdf"), "x", 1, false), 0);
    assert_false(output_retire(&output, STR("card/a.pdf")));
    assert_false(output_retire(&output, STR("../../elsewhere/a.pdf")));
    assert_false(output_retire(&output, STR("manifest.xml"))); /* only documents are retired */
    assert_str(bytes_of(bench, "elsewhere/a.pdf"), "x");
    output_close(&output);
}

static void one_run_at_a_time(void **state) {
    struct bench *bench = *state;
    struct output first = opened(bench);
    struct output second;
    assert_int_equal(output_open(&bench->run, &second), EXIT_BUSY);
    assert_told(bench, "O101 ");
    output_close(&second);
    output_close(&first);
    assert_int_equal(output_open(&bench->run, &second), EXIT_MADE);
    output_close(&second);
}

static void a_folder_that_cannot_be_made(void **state) {
    struct bench *bench = *state;
    struct output output;
    assert_int_equal(file_write(path_in(bench, "out"), "x", 1, false), 0);
    assert_int_equal(output_open(&bench->run, &output), EXIT_CANNOT_CREATE);
    assert_told(bench, "O102 ");
    output_close(&output);
}

/* What a killed run left half-written goes when its folder is next written into; whatever else lies there stays. */
static void leftovers_are_swept(void **state) {
    struct bench *bench = *state;
    assert_int_equal(folder_make(path_in(bench, "out/2026-2027-1/card")), 0);
    assert_int_equal(file_write(path_in(bench, "out/2026-2027-1/card/.dossier-abc"), "x", 1, false), 0);
    assert_int_equal(file_write(path_in(bench, "out/2026-2027-1/card/note.txt"), "x", 1, false), 0);
    struct output output = opened(bench);
    assert_str(bytes_of(bench, "out/2026-2027-1/card/.dossier-abc"), "x"); /* not this folder yet */
    assert_int_equal(place(&output, "card/a.pdf", STR("x"), ""), EXIT_MADE);
    assert_str(bytes_of(bench, "out/2026-2027-1/card/.dossier-abc"), "(none)");
    assert_str(bytes_of(bench, "out/2026-2027-1/card/note.txt"), "x");
    output_close(&output);
}

static void own_files(void **state) {
    struct bench *bench = *state;
    struct output output = opened(bench);
    struct str bytes = STR("something");
    assert_int_equal(output_read(&output, "manifest.xml", &bytes), 0); /* not there: no mistake */
    assert_int_equal(bytes.n, 0);
    assert_true(output_write(&bench->run, &output, "manifest.xml", STR("<m/>")));
    assert_int_equal(output_read(&output, "manifest.xml", &bytes), 0);
    assert_str(bytes, "<m/>");
    output_remove(&output, "manifest.xml");
    assert_int_equal(access(output_own_path(&output, "manifest.xml"), F_OK), -1);
    assert_int_equal(folder_make(output_own_path(&output, "index.html")), 0);
    assert_false(output_write(&bench->run, &output, "index.html", STR("x")));
    assert_told(bench, "B102 ");
    output_close(&output);
}

/* The semester names the folder, else the month, else the day. */
static void terms(void **state) {
    struct bench *bench = *state;
    struct arena *arena = bench->run.arena;
    assert_str(output_term(arena, &bench->run.givens), "all");
    give(bench, GIVEN_AS_OF, "2026-11-25");
    assert_str(output_term(arena, &bench->run.givens), "2026-11-25");
    give(bench, GIVEN_MONTH, "2026-11");
    assert_str(output_term(arena, &bench->run.givens), "2026-11");
    give(bench, GIVEN_SEMESTER, "2026/2027");
    assert_str(output_term(arena, &bench->run.givens), "2026_2027");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        bench_test(a_file_is_placed_and_retired),
        bench_test(a_write_that_fails_leaves_the_old_file),
        bench_test(a_name_costs_one_document),
        bench_test(nothing_leaves_the_folder),
        bench_test(one_run_at_a_time),
        bench_test(a_folder_that_cannot_be_made),
        bench_test(leftovers_are_swept),
        bench_test(own_files),
        bench_test(terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
