/* check_data.c: `dossier check data`: what the checks of rules/ found, by school on the terminal and as a list for a
 * spreadsheet. The terminal gets numbers of records, and values only of checks that are `open`; the list is for the
 * school's own eyes and holds all. */
#include "base/buffer.h"
#include "base/file.h"
#include "batch/batch.h"
#include "batch/index.h"
#include "rules/rules.h"
#include "sheet/findings.h"

enum { NUMBERS_SHOWN = 6 }; /* of a check's records, unless --verbose */

struct telling {
    const struct job *job;
    struct reporter *reporter;
    struct arena *arena;
    struct rules_result result;
};

static bool in_chinese(const struct telling *telling) {
    return telling->job->language == LANGUAGE_CHINESE;
}

static void tell_line(struct telling *telling, struct buffer *line) {
    telling->reporter->line(telling->reporter, buffer_str(line));
    buffer_clear(line);
}

static void tell_diags(struct reporter *reporter, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        reporter->diag(reporter, &diags->items[i], STR_NONE);
    }
}

/* --- the terminal ------------------------------------------------------------------------------------------------- */

/* "12 faults, 340 notes" */
static void add_counts(struct buffer *out, const struct telling *telling, size_t faults, size_t notes) {
    if (in_chinese(telling)) {
        buffer_printf(out, "缺陷 %zu 项，提示 %zu 项", faults, notes);
    } else {
        buffer_printf(out, "%zu fault%s, %zu note%s", faults, faults == 1 ? "" : "s", notes, notes == 1 ? "" : "s");
    }
}

static void tell_school(struct telling *telling, size_t from, size_t to, struct buffer *line) {
    const struct rule_finding *findings = telling->result.findings;
    size_t faults = 0;
    for (size_t i = from; i < to; i++) {
        faults += findings[i].rule->severity == SEVERITY_FAULT;
    }
    const struct str nowhere = in_chinese(telling) ? STR("（不属于哪所学校）") : STR("(of no school)");
    buffer_add(line, findings[from].school.n > 0 ? findings[from].school : nowhere);
    buffer_add(line, in_chinese(telling) ? STR("：") : STR(": "));
    add_counts(line, telling, faults, to - from - faults);
    tell_line(telling, line);
}

static void add_numbers(struct buffer *out, const struct telling *telling, size_t from, size_t to) {
    const size_t shown = to - from > NUMBERS_SHOWN ? NUMBERS_SHOWN - 1 : to - from;
    for (size_t i = from; i < from + shown; i++) {
        buffer_add(out, i > from ? STR(", ") : STR("    "));
        buffer_add(out, telling->result.findings[i].record);
    }
    if (shown < to - from) {
        buffer_printf(out, in_chinese(telling) ? " …… 共 %zu 项" : " … %zu in all", to - from);
    }
}

static void tell_each(struct telling *telling, size_t from, size_t to, struct buffer *line) {
    for (size_t i = from; i < to; i++) {
        const struct rule_finding *finding = &telling->result.findings[i];
        buffer_printf(line, "    %.*s  %.*s %.*s", STR_ARG(finding->record), STR_ARG(finding->place),
                      STR_ARG(finding->key));
        if (finding->rule->open && finding->value.n > 0) {
            buffer_printf(line, "  %.*s", STR_ARG(finding->value));
            buffer_printf(line, finding->wanted.n > 0 ? " → %.*s" : "%.*s", STR_ARG(finding->wanted));
        }
        tell_line(telling, line);
    }
}

/* One check's findings of one school. */
static void tell_check(struct telling *telling, size_t from, size_t to, struct buffer *line) {
    const struct rule *rule = telling->result.findings[from].rule;
    const enum language language = telling->job->language;
    const struct str severity = diag_severity_name(rule->severity, language);
    buffer_printf(line, "  %.*s %.*s: %.*s", STR_ARG(severity), STR_ARG(rule->code), STR_ARG(rule->text[language]));
    tell_line(telling, line);
    if (telling->job->verbose) {
        tell_each(telling, from, to, line);
    } else {
        add_numbers(line, telling, from, to);
        tell_line(telling, line);
    }
    buffer_printf(line, in_chinese(telling) ? "    提示：%.*s" : "    hint: %.*s", STR_ARG(rule->remedy[language]));
    tell_line(telling, line);
}

static void tell_findings(struct telling *telling, struct buffer *line) {
    const struct rules_result *result = &telling->result;
    size_t school = 0;
    for (size_t from = 0; from < result->count;) {
        const struct rule_finding *first = &result->findings[from];
        if (from == school) {
            while (school < result->count && result->findings[school].school_id == first->school_id) {
                school++;
            }
            tell_school(telling, from, school, line);
        }
        size_t to = from;
        while (to < school && result->findings[to].rule == first->rule) {
            to++;
        }
        tell_check(telling, from, to, line);
        from = to;
    }
}

static void tell_sum(struct telling *telling, struct buffer *line) {
    const struct rules_result *result = &telling->result;
    buffer_add(line, result->day);
    buffer_add(line, in_chinese(telling) ? STR("：") : STR(": "));
    add_counts(line, telling, result->faults, result->notes);
    if (result->accepted > 0) {
        buffer_printf(line, in_chinese(telling) ? "，已核不提 %zu 项" : ", %zu set aside", result->accepted);
    }
    tell_line(telling, line);
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

static void add_finding(struct buffer *out, struct arena *arena, const struct rule_finding *finding) {
    const struct rule *rule = finding->rule;
    const struct str cells[FINDINGS_COLUMNS] = {
        rule->code,
        diag_severity_name(rule->severity, LANGUAGE_CHINESE),
        STR("数据核查"),
        finding->record,
        str_printf(arena, "%.*s %.*s %.*s", STR_ARG(finding->school), STR_ARG(finding->place), STR_ARG(finding->key)),
        rule->label,
        rules_finding_text(arena, finding, true),
        rule->remedy[LANGUAGE_CHINESE],
        STR(""),
    };
    findings_csv_line(out, arena, cells);
}

static enum exit_code write_csv(struct telling *telling, struct str path, struct diags *diags) {
    struct buffer list = {0};
    findings_csv_head(&list);
    for (size_t i = 0; i < telling->result.count; i++) {
        add_finding(&list, telling->arena, &telling->result.findings[i]);
    }
    const int error = file_write(str_c(telling->arena, path), list.bytes, list.count, true);
    buffer_release(&list);
    if (error != 0) {
        DIAG_ADD(diags, B102, PLACE_NONE, path, diag_errno(error));
    }
    return error != 0 ? EXIT_CANNOT_CREATE : EXIT_MADE;
}

/* A workbook by its ending, else CSV. */
static enum exit_code write_list(struct telling *telling, struct str path, struct diags *diags) {
    if (!str_ends(path, STR(".xlsx"))) {
        return write_csv(telling, path, diags);
    }
    return findings_write(telling->arena, str_c(telling->arena, path), &telling->result, diags) ? EXIT_MADE
                                                                                                : EXIT_CANNOT_CREATE;
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static struct rules_request request_of(const struct job *job, const struct data_check *check) {
    return (struct rules_request){.database = job->database,
                                  .photos = job->photos,
                                  .as_of = job->as_of,
                                  .school = check->school,
                                  .since = check->since};
}

static enum exit_code look(struct telling *telling, const struct data_check *check, struct diags *diags) {
    const struct rules_result *result = &telling->result;
    const struct rules_request request = request_of(telling->job, check);
    const bool whole = rules_run(telling->arena, &request, &telling->result, diags);
    if (result->day.p == NULL) {
        return EXIT_INPUT; /* nothing could be asked */
    }
    struct buffer line = {0};
    if (!telling->job->quiet) {
        tell_findings(telling, &line);
        tell_sum(telling, &line);
    }
    buffer_release(&line);
    enum exit_code code = !whole ? EXIT_INPUT : result->faults > 0 ? EXIT_DOCUMENT : EXIT_MADE;
    if (check->report.n > 0 && write_list(telling, check->report, diags) != EXIT_MADE) {
        code = EXIT_CANNOT_CREATE;
    }
    return code;
}

enum exit_code batch_check_data(const struct job *job, const struct data_check *check, struct reporter *reporter) {
    struct diags diags;
    struct telling telling = {.job = job, .reporter = reporter, .arena = arena_create()};
    diags_init(&diags, telling.arena);
    const enum exit_code code = look(&telling, check, &diags);
    tell_diags(reporter, &diags);
    arena_destroy(telling.arena);
    return code;
}

enum exit_code batch_accept(const struct job *job, const struct data_check *check, struct reporter *reporter) {
    struct diags diags;
    struct telling telling = {.job = job, .reporter = reporter, .arena = arena_create()};
    diags_init(&diags, telling.arena);
    const struct rules_request request = request_of(job, check);
    const size_t count =
        rules_accept(telling.arena, &request, check->accept, check->number, check->why, check->today, &diags);
    tell_diags(reporter, &diags);
    struct buffer line = {0};
    if (count > 0 && !job->quiet) {
        buffer_printf(&line,
                      in_chinese(&telling) ? "已核 %zu 项，值不变就不再提" : "%zu set aside until the value changes",
                      count);
        tell_line(&telling, &line);
    }
    buffer_release(&line);
    arena_destroy(telling.arena);
    return count > 0 ? EXIT_MADE : EXIT_DOCUMENT;
}
