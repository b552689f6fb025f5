/* tally.c: the summary. Clocks are read here and for the progress line only: nothing of them reaches a file. */
#include "batch/tally.h"

#include <time.h>

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void tally_begin(struct tally *tally) {
    *tally = (struct tally){.wall_s = seconds(CLOCK_MONOTONIC), .cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

double tally_elapsed(const struct tally *tally) {
    return seconds(CLOCK_MONOTONIC) - tally->wall_s;
}

void tally_end(struct tally *tally) {
    tally->wall_s = tally_elapsed(tally);
    tally->cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID) - tally->cpu_s;
}

void tally_add(struct tally *tally, const struct made *made, enum exit_code code) {
    for (size_t i = 0; i < made->diags.count; i++) {
        tally->findings[made->diags.items[i].code]++;
    }
    if (code != EXIT_MADE) {
        tally->failed++;
        return;
    }
    tally->documents++;
    tally->incomplete += made->incomplete;
    tally->pages += made->pages;
    tally->bytes += made->bytes;
    tally->characters += made->counts.characters_placed;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

/* "3.14": whatever the locale, and one rule of rounding. */
static void add_seconds(struct buffer *line, double s) {
    const int64_t hundredths = (int64_t)(s * 100 + 0.5);
    buffer_printf(line, "%lld.%02d", (long long)(hundredths / 100), (int)(hundredths % 100));
}

static void add_rate(struct buffer *line, size_t count, double s, const char *unit) {
    if (s > 0) {
        buffer_printf(line, ", %lld %s", (long long)((double)count / s + 0.5), unit);
    }
}

static void tell_made(const struct tally *tally, struct run *run) {
    const bool chinese = run->job->language == LANGUAGE_CHINESE;
    struct buffer line = {0};
    buffer_printf(&line,
                  chinese ? "%zu 份，%zu 页，%zu 字节；不完整 %zu 份，未能生成 %zu 份"
                          : "%zu documents, %zu pages, %zu bytes; %zu incomplete, %zu not made",
                  tally->documents, tally->pages, tally->bytes, tally->incomplete, tally->failed);
    run_line(run, buffer_str(&line));
    buffer_release(&line);
}

static void tell_time(const struct tally *tally, struct run *run) {
    const bool chinese = run->job->language == LANGUAGE_CHINESE;
    struct buffer line = {0};
    add_seconds(&line, tally->wall_s);
    buffer_add(&line, chinese ? STR(" 秒，CPU ") : STR(" s, CPU "));
    add_seconds(&line, tally->cpu_s);
    buffer_add(&line, chinese ? STR(" 秒；每 CPU 秒") : STR(" s; a CPU-second"));
    add_rate(&line, tally->documents, tally->cpu_s, chinese ? "份" : "documents");
    add_rate(&line, tally->pages, tally->cpu_s, chinese ? "页" : "pages");
    add_rate(&line, tally->characters, tally->cpu_s, chinese ? "字" : "characters");
    run_line(run, buffer_str(&line));
    buffer_release(&line);
}

/* The sentence of a kind, with … for what differs from case to case. */
static void tell_kind(struct run *run, enum diag_code code, size_t count) {
    const struct diag kind = {.code = code, .args = {STR_INIT("…"), STR_INIT("…"), STR_INIT("…"), STR_INIT("…")}};
    const struct str text = diag_text(run->arena, &kind, run->job->language);
    run_line(run, str_printf(run->arena, "%8zu  %s  %.*s", count, diag_name(code), STR_ARG(text)));
}

void tally_tell(const struct tally *tally, struct run *run) {
    tell_made(tally, run);
    tell_time(tally, run);
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (tally->findings[code] > 0) {
            tell_kind(run, (enum diag_code)code, tally->findings[code]);
        }
    }
}
