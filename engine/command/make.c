/* make.c: `dossier make [LAYOUT…]`, once or after each change */
#include "command/printed.h"

#include "batch/watch.h"

static void tell_watching(struct report *report, const struct job *job) {
    const bool chinese = job->language == LANGUAGE_CHINESE;
    if (!job->quiet) {
        report->reporter.line(&report->reporter, str_printf(report->arena,
                                                            chinese ? "留意 %s 和 %s 的改动，按 Ctrl-C 结束"
                                                                    : "watching %s and %s until Ctrl-C",
                                                            job->layouts, job->database));
    }
}

/* Documents that a run couldn't make stay as they were; an end by a signal is success. */
static enum exit_code make_after_each_change(struct report *report, const struct job *job) {
    struct watch watch;
    enum exit_code code = EXIT_MADE;
    watch_begin(&watch, job);
    do {
        const struct arena_mark mark = arena_mark(report->arena);
        watch_note(&watch);
        batch_make(job, &report->reporter);
        tell_watching(report, job);
        arena_release(report->arena, mark);
        code = report_end(report, EXIT_MADE);
    } while (code == EXIT_MADE && watch_wait(&watch));
    watch_end(&watch);
    return code;
}

/* What is done to paper can't be done to a table. */
static bool fits_medium(struct settings *settings, struct report *report) {
    const struct job *job = &settings->job;
    const struct {
        bool given;
        struct str name;
    } of_paper[] = {{job->stock != STOCK_BLANK, STR_INIT("--stock preprinted")},
                    {job->printer.n > 0, STR_INIT("--printer")},
                    {job->proof, STR_INIT("--proof")}};
    bool fits = true;
    for (size_t i = 0; i < sizeof of_paper / sizeof of_paper[0] && job->medium != MEDIUM_PDF; i++) {
        if (of_paper[i].given) {
            DIAG_ADD(&settings->diags, W103, PLACE_NONE, of_paper[i].name);
            fits = false;
        }
    }
    report_diags(report, &settings->diags);
    return fits;
}

static bool fits_form(struct settings *settings, struct report *report) {
    const bool fits = settings->job.form == NULL || settings->job.stock == STOCK_PREPRINTED;
    if (!fits) {
        DIAG_ADD(&settings->diags, Y450, PLACE_NONE, str_from(settings->job.form));
        report_diags(report, &settings->diags);
    }
    return fits;
}

/* Nothing was made that could be told of, or a part that tells nothing of the rest. */
static bool fits_run_report(struct settings *settings, struct report *report) {
    const struct job *job = &settings->job;
    const bool asked = job->report_paper != NULL || job->report_text != NULL;
    const struct str other = job->dry_run          ? STR("--dry-run")
                             : job->dump           ? STR("--dump")
                             : job->only_count > 0 ? STR("--only")
                                                   : STR_NONE;
    if (asked && other.n > 0) {
        DIAG_ADD(&settings->diags, O240, PLACE_NONE, other);
        report_diags(report, &settings->diags);
    }
    return !asked || other.n == 0;
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    if (!fits_medium(settings, &report) || !fits_form(settings, &report) || !fits_run_report(settings, &report)) {
        return report_end(&report, EXIT_USAGE_ERROR);
    }
    settings->job.names = settings->words;
    settings->job.name_count = settings->word_count;
    struct printed_papers printed;
    printed_init(&printed, settings, &report);
    settings->job.journal = settings->journal;
    settings->job.papers = &printed.papers;
    if (settings->watch) {
        return make_after_each_change(&report, &settings->job);
    }
    return report_end(&report, batch_make(&settings->job, &report.reporter));
}

const struct command command_make = {
    .name = "make",
    .words = {"[LAYOUT…]", "[版式…]"},
    .english = "print; every layout in the folder when none is named",
    .chinese = "打印；不指定版式时打印全部",
    .options = OPTIONS(OPTION_DB, OPTION_LAYOUTS, OPTION_OUT, OPTION_PHOTOS, OPTION_AS_OF, OPTION_SEMESTER,
                       OPTION_MONTH, OPTION_ONLY, OPTION_FOR, OPTION_STOCK, OPTION_AS, OPTION_PRINTER, OPTION_JOURNAL,
                       OPTION_JOBS, OPTION_SHARD, OPTION_FORCE, OPTION_VERIFY, OPTION_COMPACT, OPTION_TAGGED,
                       OPTION_PROOF, OPTION_FORM, OPTION_WITHDRAW, OPTION_RUN_REPORT, OPTION_DRY_RUN, OPTION_DUMP,
                       OPTION_WATCH, OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP),
    .run = run,
};
