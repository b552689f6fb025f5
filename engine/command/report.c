/* report.c: messages, progress and lines on the terminal. The only file that prints.
 *
 * On a terminal a progress line stands on standard error until something else is printed: whoever prints wipes it first. */
#include "command/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define REDRAW_S 0.1
#define LINE_S   60

enum language language_of_environment(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct str value = str_from(getenv(names[i]));
        if (value.n > 0) {
            return str_starts(value, STR("zh")) ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH;
        }
    }
    return LANGUAGE_ENGLISH;
}

static struct report *report_of(struct reporter *reporter) {
    return reporter->context;
}

static void close_progress(struct report *report) {
    if (report->progress_open) {
        fputs("\r\033[K", stderr);
        report->progress_open = false;
    }
}

static void print_diag(struct reporter *reporter, const struct diag *diag, struct str source) {
    struct report *report = report_of(reporter);
    close_progress(report);
    const struct arena_mark mark = arena_mark(report->arena);
    const struct str text = diag_format(report->arena, diag, report->language, source);
    fwrite(text.p, 1, text.n, stderr);
    arena_release(report->arena, mark);
}

static void print_line(struct reporter *reporter, struct str line) {
    close_progress(report_of(reporter));
    fwrite(line.p, 1, line.n, stdout);
    putchar('\n');
}

/* "1:05" */
static void print_time_left(double left_s) {
    const long seconds = (long)(left_s + 0.5);
    fprintf(stderr, "%ld:%02ld", seconds / 60, seconds % 60);
}

static void print_progress(struct report *report, size_t done, size_t all, double elapsed_s) {
    const bool chinese = report->language == LANGUAGE_CHINESE;
    const double rate = (double)done / elapsed_s;
    fprintf(stderr, chinese ? "%zu / %zu 份，每秒 %ld 份，剩余 " : "%zu of %zu, %ld documents/s, left ", done, all,
            (long)(rate + 0.5));
    print_time_left((double)(all - done) / rate);
    report->drawn_s = elapsed_s;
}

/* A journal, a log or a mail can't wipe a line: there it is one a minute. */
static void show_progress(struct reporter *reporter, size_t done, size_t all, double elapsed_s) {
    struct report *report = report_of(reporter);
    const double since_s = elapsed_s - report->drawn_s;
    if (done == all) {
        close_progress(report);
    } else if (!report->quiet && report->terminal && since_s >= REDRAW_S) {
        fputs("\r\033[K", stderr);
        print_progress(report, done, all, elapsed_s);
        fflush(stderr);
        report->progress_open = true;
    } else if (!report->quiet && !report->terminal && since_s >= LINE_S) {
        print_progress(report, done, all, elapsed_s);
        fputc('\n', stderr);
    }
}

void report_init(struct report *report, const struct settings *settings) {
    *report = (struct report){
        .reporter = {.diag = print_diag, .progress = show_progress, .line = print_line, .context = report},
        .arena = settings->arena,
        .language = settings->job.language,
        .quiet = settings->job.quiet || settings->job.dump,
        .terminal = isatty(STDERR_FILENO) == 1,
    };
}

void report_diags(struct report *report, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        print_diag(&report->reporter, &diags->items[i], STR_NONE);
    }
}

enum exit_code report_end(struct report *report, enum exit_code code) {
    close_progress(report);
    if (fflush(stdout) == 0 && ferror(stdout) == 0) {
        return code;
    }
    fputs("dossier: standard output could not be written\n", stderr);
    return code == EXIT_MADE ? EXIT_IO : code;
}
