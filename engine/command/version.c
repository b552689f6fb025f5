/* version.c: `dossier version` */
#include "command/command.h"

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    report.reporter.line(&report.reporter, STR("dossier " DOSSIER_VERSION));
    return report_end(&report, EXIT_MADE);
}

const struct command command_version = {
    .name = "version",
    .words = {"", ""},
    .english = "tell the version",
    .chinese = "显示版本",
    .options = OPTIONS(OPTION_HELP),
    .run = run,
};
