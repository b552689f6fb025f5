/* support.h: a run in a folder of its own, whose messages are collected as codes: "O101 O102 ". */
#ifndef TESTS_BATCH_SUPPORT_H
#define TESTS_BATCH_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "batch/run.h"

struct bench {
    char folder[32]; /* removed at the end */
    struct job job;
    struct reporter reporter;
    struct run run;
    struct buffer told, lines; /* codes; lines of standard output */
};

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        const struct str actual_ = (actual);                                                                           \
        if (!str_is(actual_, (expected)))                                                                              \
            fail_msg("“%.*s” is not “%s”", STR_ARG(actual_), (expected));                                              \
    } while (0)

#define assert_told(bench, expected) assert_str(buffer_str(&(bench)->told), expected)

static inline void take_diag(struct reporter *reporter, const struct diag *diag, struct str source) {
    struct bench *bench = reporter->context;
    (void)source;
    buffer_printf(&bench->told, "%s ", diag_name(diag->code));
}

static inline void take_line(struct reporter *reporter, struct str line) {
    struct bench *bench = reporter->context;
    buffer_add(&bench->lines, line);
    buffer_byte(&bench->lines, '\n');
}

static inline void take_progress(struct reporter *reporter, size_t done, size_t all, double elapsed_s) {
    (void)reporter;
    (void)done;
    (void)all;
    (void)elapsed_s;
}

/* A path in the folder, in the run's arena. */
static inline const char *path_in(struct bench *bench, const char *name) {
    return str_c(bench->run.arena, str_printf(bench->run.arena, "%s/%s", bench->folder, name));
}

static inline int bench_setup(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    strcpy(bench->folder, "/tmp/batch-test-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    bench->reporter =
        (struct reporter){.diag = take_diag, .progress = take_progress, .line = take_line, .context = bench};
    run_init(&bench->run, &bench->job, &bench->reporter);
    bench->job = (struct job){.database = path_in(bench, "town.db"),
                              .layouts = path_in(bench, "layouts"),
                              .out = path_in(bench, "out"),
                              .jobs = 1,
                              .language = LANGUAGE_ENGLISH};
    *state = bench;
    return 0;
}

static inline void remove_tree(const char *path) {
    struct arena *arena = arena_create();
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            const char *name = str_c(arena, str_printf(arena, "%s/%s", path, entry->d_name));
            struct stat is;
            if (lstat(name, &is) == 0 && S_ISDIR(is.st_mode)) {
                remove_tree(name);
            } else {
                unlink(name);
            }
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    rmdir(path);
    arena_destroy(arena);
}

static inline int bench_teardown(void **state) {
    struct bench *bench = *state;
    remove_tree(bench->folder);
    buffer_release(&bench->told);
    buffer_release(&bench->lines);
    run_release(&bench->run);
    free(bench);
    return 0;
}

#define bench_test(function) cmocka_unit_test_setup_teardown(function, bench_setup, bench_teardown)

/* As --semester, --month, --as-of or the calendar would give it. */
static inline void give(struct bench *bench, enum given given, const char *text) {
    bench->run.givens.values[given] = (struct value){.kind = VALUE_TEXT, .text = str_from(text)};
}

#endif
