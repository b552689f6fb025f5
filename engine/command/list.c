/* list.c: `dossier list [LAYOUT…]`: words become the names of layouts to list. */
#include "command/command.h"

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    settings->job.names = settings->words;
    settings->job.name_count = settings->word_count;
    return report_end(&report, batch_list(&settings->job, &report.reporter));
}

const struct command command_list = {
    .name = "list",
    .words = {"[LAYOUT…]", "[版式…]"},
    .english = "tell what can be printed: layouts, their paper, how many documents there are now",
    .chinese = "列出可打印的版式、纸张和现有份数",
    .options = OPTIONS(OPTION_DB, OPTION_LAYOUTS, OPTION_AS_OF, OPTION_SEMESTER, OPTION_MONTH, OPTION_FOR, OPTION_HELP),
    .run = run,
};
