/* tally.c: the summary. Clocks are read here and for the progress line only: nothing of them reaches a file. */
#include "batch/tally.h"

#include <sys/resource.h>
#include <time.h>

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Of this process and the workers that have ended. */
static double cpu_seconds(void) {
    struct rusage used = {0};
    getrusage(RUSAGE_CHILDREN, &used);
    return seconds(CLOCK_PROCESS_CPUTIME_ID) + seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

void tally_begin(struct tally *tally) {
    *tally = (struct tally){.wall_s = seconds(CLOCK_MONOTONIC), .cpu_s = cpu_seconds()};
}

double tally_elapsed(const struct tally *tally) {
    return seconds(CLOCK_MONOTONIC) - tally->wall_s;
}

void tally_end(struct tally *tally) {
    tally->wall_s = tally_elapsed(tally);
    tally->cpu_s = cpu_seconds() - tally->cpu_s;
}

void tally_add(struct tally *tally, const struct outcome *outcome, enum exit_code code) {
    for (size_t i = 0; i < outcome->diags.count; i++) {
        tally->findings[outcome->diags.items[i].code]++;
    }
    if (code != EXIT_MADE) {
        tally->failed++;
        return;
    }
    tally->documents++;
    tally->incomplete += outcome->incomplete;
    tally->unchanged += outcome->same;
    tally->kept += outcome->kept;
    tally->volumes += outcome->volume && !outcome->same;
    tally->pages += outcome->pages;
    tally->bytes += outcome->bytes;
    tally->characters += outcome->counts.characters_placed;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

/* "3.14": whatever the locale, and one rule of rounding. */
static void add_seconds(struct buffer *line, double s) {
    const int64_t hundredths = (int64_t)(s * 100 + 0.5);
    buffer_printf(line, "%lld.%02d", (long long)(hundredths / 100), (int)(hundredths % 100));
}

/* Names of a unit; Chinese has one for any number. */
struct unit {
    const char *one, *many, *chinese;
};

static const struct unit documents = {"document", "documents", "份"}, pages = {"page", "pages", "页"},
                         sheets = {"sheet", "sheets", "张表"}, bytes = {"byte", "bytes", "字节"},
                         characters = {"character", "characters", "字"};

/* "1 page", "2 pages", "2 页" */
static void add_count(struct buffer *line, long long count, const struct unit *unit, enum language language) {
    const char *name = language == LANGUAGE_CHINESE ? unit->chinese : count == 1 ? unit->one : unit->many;
    buffer_printf(line, "%lld %s", count, name);
}

/* A workbook has sheets. */
static const struct unit *unit_of_pages(const struct run *run) {
    return run->job->medium != MEDIUM_PDF ? &sheets : &pages;
}

static struct str comma(enum language language) {
    return language == LANGUAGE_CHINESE ? STR("，") : STR(", ");
}

static void add_rate(struct buffer *line, size_t count, double s, const struct unit *unit, enum language language) {
    if (s > 0) {
        buffer_add(line, comma(language));
        add_count(line, (long long)((double)count / s + 0.5), unit, language);
    }
}

static void tell_made(const struct tally *tally, struct run *run) {
    const enum language language = run->job->language;
    const bool chinese = language == LANGUAGE_CHINESE;
    struct buffer line = {0};
    add_count(&line, (long long)tally->documents, &documents, language);
    buffer_add(&line, comma(language));
    add_count(&line, (long long)tally->pages, unit_of_pages(run), language);
    buffer_add(&line, comma(language));
    add_count(&line, (long long)tally->bytes, &bytes, language);
    buffer_printf(&line, chinese ? "；不完整 %zu 份，未能生成 %zu 份" : "; %zu incomplete, %zu not made",
                  tally->incomplete, tally->failed);
    run_line(run, buffer_str(&line));
    buffer_release(&line);
}

/* "3 written (1 of them volumes), 7 unchanged and left as they lay (2 of them made to see it)" */
static void tell_unchanged(const struct tally *tally, struct run *run) {
    const bool chinese = run->job->language == LANGUAGE_CHINESE;
    const size_t made = tally->unchanged - tally->kept;
    struct buffer line = {0};
    buffer_printf(&line, chinese ? "其中新写 %zu 份" : "%zu written", tally->documents - tally->unchanged);
    if (tally->volumes > 0) {
        buffer_printf(&line, chinese ? "（合订卷 %zu 份）" : " (%zu of them volumes)", tally->volumes);
    }
    buffer_printf(&line, chinese ? "，与已有的相同、未动 %zu 份" : ", %zu unchanged and left as they lay",
                  tally->unchanged);
    if (made > 0) {
        buffer_printf(&line, chinese ? "（其中 %zu 份重新排版后才知道）" : " (%zu of them made to see it)", made);
    }
    run_line(run, buffer_str(&line));
    buffer_release(&line);
}

static void tell_time(const struct tally *tally, struct run *run) {
    const enum language language = run->job->language;
    const bool chinese = language == LANGUAGE_CHINESE;
    struct buffer line = {0};
    add_seconds(&line, tally->wall_s);
    buffer_add(&line, chinese ? STR(" 秒，CPU ") : STR(" s, CPU "));
    add_seconds(&line, tally->cpu_s);
    buffer_add(&line, chinese ? STR(" 秒；每 CPU 秒") : STR(" s; a CPU-second"));
    add_rate(&line, tally->documents, tally->cpu_s, &documents, language);
    add_rate(&line, tally->pages, tally->cpu_s, unit_of_pages(run), language);
    add_rate(&line, tally->characters, tally->cpu_s, &characters, language);
    run_line(run, buffer_str(&line));
    buffer_release(&line);
}

/* The sentence of a kind, with … for what differs from case to case. */
static void tell_kind(struct run *run, enum diag_code code, size_t count) {
    const struct diag kind = {.code = code, .args = {STR_INIT("…"), STR_INIT("…"), STR_INIT("…"), STR_INIT("…")}};
    const struct str text = diag_text(run->arena, &kind, run->job->language);
    run_line(run, str_printf(run->arena, "%8zu  %s  %.*s", count, diag_name(code), STR_ARG(text)));
}

void tally_tell(const struct tally *tally, struct run *run, bool timed) {
    tell_made(tally, run);
    if (tally->unchanged > 0) {
        tell_unchanged(tally, run);
    }
    if (timed) {
        tell_time(tally, run);
    }
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (tally->findings[code] > 0) {
            tell_kind(run, (enum diag_code)code, tally->findings[code]);
        }
    }
}
