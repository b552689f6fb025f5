/* make.c: `dossier make [LAYOUT…]` */
#include "command/command.h"

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    settings->job.names = settings->words;
    settings->job.name_count = settings->word_count;
    settings->job.terminal = report.terminal;
    return report_end(&report, batch_make(&settings->job, &report.reporter));
}

const struct command command_make = {
    .name = "make",
    .words = "[LAYOUT…]",
    .english = "print; every layout in the folder when none is named",
    .chinese = "打印；不指定版式时打印全部",
    .options = OPTION_BIT(OPTION_DB) | OPTION_BIT(OPTION_LAYOUTS) | OPTION_BIT(OPTION_OUT) | OPTION_BIT(OPTION_PHOTOS) |
               OPTION_BIT(OPTION_AS_OF) | OPTION_BIT(OPTION_SEMESTER) | OPTION_BIT(OPTION_MONTH) |
               OPTION_BIT(OPTION_ONLY) | OPTION_BIT(OPTION_FOR) | OPTION_BIT(OPTION_STOCK) | OPTION_BIT(OPTION_JOBS) |
               OPTION_BIT(OPTION_FORCE) | OPTION_BIT(OPTION_DRY_RUN) | OPTION_BIT(OPTION_DUMP) |
               OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_VERBOSE) | OPTION_BIT(OPTION_HELP),
    .run = run,
};
