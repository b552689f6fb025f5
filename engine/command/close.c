/* close.c: `dossier close MONTH`: office/ decides and writes, batch/ counts what the booklet prints. */
#include "command/command.h"

struct counting {
    const struct settings *settings;
    struct report *report;
    enum exit_code code; /* of the run that counted */
};

/* The papers speak of a term up to its end: so do the figures. */
static bool count_figures(void *context, const struct office_month *month, struct arena *arena, struct rows *rows) {
    struct counting *counting = context;
    struct job job = counting->settings->job;
    job.as_of = month->over_on;
    job.semester = month->semester;
    job.month = month->ym;
    counting->code = batch_month_figures(&job, &counting->report->reporter, arena, rows);
    return counting->code == EXIT_MADE;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

/* Each school's return, for --dry-run. */
static void tell_returns(struct report *report, const struct settings *settings, const struct office_closed *closed) {
    for (size_t i = 0; i < closed->return_count; i++) {
        const struct office_return *back = &closed->returns[i];
        const bool came = back->came_at.n > 0;
        office_say(report, settings,
                   str_printf(settings->arena, came ? "%.*s: return of %.*s" : "%.*s: no return", STR_ARG(back->school),
                              STR_ARG(back->came_at)),
                   str_printf(settings->arena, came ? "%.*s：%.*s 报来" : "%.*s：没有报来", STR_ARG(back->school),
                              STR_ARG(back->came_at)));
    }
}

static struct str ending(const struct settings *settings, int64_t run, bool chinese) {
    if (settings->job.dry_run) {
        return chinese ? STR("（试运行，未写入）") : STR(" (dry run: nothing written)");
    }
    return str_printf(settings->arena,
                      chinese ? "（撤销：dossier undo %lld）" : " (to take it back: dossier undo %lld)",
                      (long long)run);
}

static void sum_up(struct report *report, const struct settings *settings, const struct office_closed *closed) {
    struct arena *arena = settings->arena;
    const struct str month = closed->month.ym;
    const struct str english = ending(settings, closed->run, false);
    const struct str chinese = ending(settings, closed->run, true);
    size_t missing = 0;
    for (size_t i = 0; i < closed->return_count; i++) {
        missing += closed->returns[i].came_at.n == 0;
    }
    if (settings->reopen) {
        office_say(report, settings,
                   str_printf(arena, "%.*s is open again; %zu figures stay known as they were reported%.*s",
                              STR_ARG(month), closed->figures, STR_ARG(english)),
                   str_printf(arena, "%.*s 已重开，原上报的 %zu 个数保留备查%.*s", STR_ARG(month), closed->figures,
                              STR_ARG(chinese)));
        return;
    }
    office_say(report, settings,
               str_printf(arena, "%.*s is closed: %zu schools, %zu without a return, %zu figures%.*s", STR_ARG(month),
                          closed->return_count, missing, closed->figures, STR_ARG(english)),
               str_printf(arena, "%.*s 已结账：学校 %zu 所，未报 %zu 所，冻结数据 %zu 个%.*s", STR_ARG(month),
                          closed->return_count, missing, closed->figures, STR_ARG(chinese)));
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static bool is_right(struct settings *settings) {
    if (settings->word_count == 0) {
        DIAG_ADD(&settings->diags, Y123, PLACE_NONE, STR("close"));
    } else if (settings->reopen != (settings->why.n > 0)) {
        DIAG_ADD(&settings->diags, Y124, PLACE_NONE, settings->words[0]);
    }
    return settings->diags.count == 0;
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    struct office_closed closed;
    report_init(&report, settings);
    if (!is_right(settings)) {
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    struct counting counting = {settings, &report, EXIT_MADE};
    const struct office_close job = {
        .database = settings->job.database,
        .month = settings->words[0],
        .on = settings_day(settings),
        .without = settings->without,
        .without_count = settings->without_count,
        .reopen = settings->reopen,
        .dry_run = settings->job.dry_run,
        .why = settings->why,
        .figures = count_figures,
        .context = &counting,
    };
    const enum office_end end = office_close(settings->arena, &job, &closed, &settings->diags);
    if (settings->job.dry_run) {
        tell_returns(&report, settings, &closed);
    }
    report_diags(&report, &settings->diags);
    if (end == OFFICE_DONE) {
        sum_up(&report, settings, &closed);
    }
    return report_end(&report, counting.code != EXIT_MADE ? counting.code : exit_of_office(end));
}

const struct command command_close = {
    .name = "close",
    .words = {"MONTH", "月份"},
    .most_words = 1,
    .english = "freeze the figures of a month that was reported",
    .chinese = "结账：冻结一个已上报月份的数据",
    .options = OPTIONS(OPTION_DB, OPTION_LAYOUTS, OPTION_AS_OF, OPTION_WITHOUT, OPTION_REOPEN, OPTION_WHY,
                       OPTION_DRY_RUN, OPTION_QUIET, OPTION_HELP),
    .run = run,
};
