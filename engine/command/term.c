/* term.c: `dossier term 2026-2027-2` */
#include "command/command.h"

static void say_end(struct report *report, const struct settings *settings, const struct office_decisions *decisions,
                    struct str term, int64_t run) {
    struct arena *arena = settings->arena;
    if (decisions->again && decisions->count == 0) {
        office_say(report, settings, str_printf(arena, "%.*s has begun already: nothing is left to do", STR_ARG(term)),
                   str_printf(arena, "%.*s 已经开始，没有要补办的", STR_ARG(term)));
    } else if (settings->job.dry_run) {
        office_say(report, settings, STR("dry run: nothing written"), STR("试运行，未写入"));
    } else {
        office_say(report, settings,
                   str_printf(arena, "%.*s has begun (run %lld; to take it back: dossier undo %lld)", STR_ARG(term),
                              (long long)run, (long long)run),
                   str_printf(arena, "%.*s 已开始（第 %lld 次；撤销：dossier undo %lld）", STR_ARG(term),
                              (long long)run, (long long)run));
    }
}

static enum exit_code run_term(struct settings *settings) {
    struct report report;
    struct office_decisions decisions;
    int64_t run = 0;
    report_init(&report, settings);
    if (settings->word_count == 0) {
        DIAG_ADD(&settings->diags, Y201, PLACE_NONE, STR(""));
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    const struct office_term job = {
        .database = settings->job.database,
        .term = settings->words[0],
        .from = office_lists_folder(settings, settings->job.database),
        .as_of = settings_day(settings),
        .dry_run = settings->job.dry_run,
        .unclosed = settings->unclosed,
    };
    const enum office_end end = office_term(settings->arena, &job, &decisions, &run, &settings->diags);
    if (end == OFFICE_DONE) {
        office_say_decisions(&report, settings, &decisions);
    }
    report_diags(&report, &settings->diags);
    if (end == OFFICE_DONE) {
        say_end(&report, settings, &decisions, job.term, run);
    }
    return report_end(&report, exit_of_office(end));
}

const struct command command_term = {
    .name = "term",
    .words = {"TERM", "学期"},
    .most_words = 1,
    .english = "begin a term: calendar, classes, the register carried over",
    .chinese = "开始新学期：校历、升级、登记结转",
    .options = OPTIONS(OPTION_DB, OPTION_FROM, OPTION_AS_OF, OPTION_UNCLOSED, OPTION_DRY_RUN, OPTION_QUIET,
                       OPTION_VERBOSE, OPTION_HELP),
    .run = run_term,
};
