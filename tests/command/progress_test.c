/* progress_test.c: what is told of the progress where nobody sits before a terminal: a line a minute, of the run's own clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "command/command.h"

/* Standard error of a run of 1,400 documents, of which ten are made in each second. */
static void told(bool quiet, enum language language, const char *expected) {
    struct settings settings;
    struct report report;
    struct arena *arena = arena_create();
    char text[512] = {0};
    FILE *file = tmpfile();
    const int kept = dup(STDERR_FILENO);
    assert_non_null(file);
    settings_init(&settings, arena);
    settings.job.quiet = quiet;
    settings.job.language = language;
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    report_init(&report, &settings);
    for (size_t done = 1; done <= 1400; done++) {
        report.reporter.progress(&report.reporter, done, 1400, (double)done / 10);
    }
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    arena_destroy(arena);
    assert_string_equal(text, expected);
}

static void a_line_a_minute(void **state) {
    (void)state;
    told(false, LANGUAGE_ENGLISH, "600 of 1400, 10 documents/s, left 1:20\n1200 of 1400, 10 documents/s, left 0:20\n");
    told(false, LANGUAGE_CHINESE, "600 / 1400 份，每秒 10 份，剩余 1:20\n1200 / 1400 份，每秒 10 份，剩余 0:20\n");
}

static void nothing_when_quiet(void **state) {
    (void)state;
    told(true, LANGUAGE_ENGLISH, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_a_minute),
        cmocka_unit_test(nothing_when_quiet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
