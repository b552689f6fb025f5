/* check.c: `dossier check [layouts [LAYOUT…]]` */
#include <sys/stat.h>

#include "command/command.h"

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    if (settings->word_count > 0 && !str_is(settings->words[0], "layouts")) {
        const struct str word = settings->words[0];
        if (is_folder(str_c(settings->arena, word))) {
            DIAG_ADD(&settings->diags, U112, PLACE_NONE, word);
        } else {
            DIAG_ADD(&settings->diags, U104, PLACE_NONE, word, STR("check"), STR("layouts"));
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
    .words = {"[layouts [LAYOUT…]]", "[layouts [版式…]]"},
    .english = "tell every mistake in the layouts, held against the database",
    .chinese = "对照数据库检查版式，列出全部错误",
    .options = OPTION_BIT(OPTION_DB) | OPTION_BIT(OPTION_LAYOUTS) | OPTION_BIT(OPTION_AS_OF) |
               OPTION_BIT(OPTION_SEMESTER) | OPTION_BIT(OPTION_MONTH) | OPTION_BIT(OPTION_FOR) |
               OPTION_BIT(OPTION_TREE) | OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_HELP),
    .run = run,
};
