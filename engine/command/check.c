/* check.c: `dossier check [layouts [LAYOUT…]]`, `dossier check data [--accept CODE NUMBER]` */
#include <sys/stat.h>

#include "command/command.h"

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* --accept CODE NUMBER --why TEXT, or none of them. */
static bool accept_is_whole(struct settings *settings, struct report *report) {
    const bool accepts = settings->accept.n > 0;
    if (accepts == (settings->why.n > 0) && settings->word_count == (accepts ? 2 : 1)) {
        return true;
    }
    if (!accepts && settings->word_count > 1) {
        DIAG_ADD(&settings->diags, U108, PLACE_NONE, settings->words[1], STR("check data"));
    } else {
        DIAG_ADD(&settings->diags, U121, PLACE_NONE, STR("--accept"));
    }
    report_diags(report, &settings->diags);
    return false;
}

static enum exit_code run_data(struct settings *settings, struct report *report) {
    if (!accept_is_whole(settings, report)) {
        return EXIT_USAGE_ERROR;
    }
    const bool accepts = settings->accept.n > 0;
    const struct data_check check = {.school = settings->school,
                                     .since = settings->since,
                                     .report = settings->report,
                                     .accept = settings->accept,
                                     .why = settings->why,
                                     .number = accepts ? settings->words[1] : STR_NONE,
                                     .today = settings_today(settings)};
    return accepts ? batch_accept(&settings->job, &check, &report->reporter)
                   : batch_check_data(&settings->job, &check, &report->reporter);
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    if (settings->word_count > 0 && str_is(settings->words[0], "data")) {
        return report_end(&report, run_data(settings, &report));
    }
    if (settings->word_count > 0 && !str_is(settings->words[0], "layouts")) {
        const struct str word = settings->words[0];
        if (is_folder(str_c(settings->arena, word))) {
            DIAG_ADD(&settings->diags, U112, PLACE_NONE, word);
        } else {
            DIAG_ADD(&settings->diags, U104, PLACE_NONE, word, STR("check"),
                     BOTH("layouts or data", "layouts 或 data"));
        }
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    settings->job.names = settings->words + (settings->word_count > 0);
    settings->job.name_count = settings->word_count - (settings->word_count > 0);
    return report_end(&report, batch_check_layouts(&settings->job, settings->tree, &report.reporter));
}

const struct command command_check = {
    .name = "check",
    .words = {"[layouts [LAYOUT…]|data [NUMBER]]", "[layouts [版式…]|data [编号]]"},
    .english = "tell every mistake in the layouts, held against the database; or (data) in the records",
    .chinese = "对照数据库检查版式，或（data）逐项核查数据，列出全部错误",
    .options = OPTIONS(OPTION_DB, OPTION_LAYOUTS, OPTION_AS_OF, OPTION_SEMESTER, OPTION_MONTH, OPTION_FOR, OPTION_TREE,
                       OPTION_PHOTOS, OPTION_SCHOOL, OPTION_SINCE, OPTION_REPORT, OPTION_ACCEPT, OPTION_WHY,
                       OPTION_VERBOSE, OPTION_QUIET, OPTION_HELP),
    .run = run,
};
