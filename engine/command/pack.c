/* pack.c: `dossier pack --for READER [--encrypt FILE] [--sign FILE.p12] OUT.zip [DIR]`: a copy that leaves */
#include "command/command.h"

static enum exit_code run(struct settings *settings) {
    struct report report;
    report_init(&report, settings);
    const bool named = settings->word_count > 0 && str_ends(settings->words[0], STR(".zip"));
    if (!named || !settings->job.has_reader) {
        DIAG_ADD(&settings->diags, O191, PLACE_NONE, STR_NONE);
        report_diags(&report, &settings->diags);
        return report_end(&report, EXIT_USAGE_ERROR);
    }
    if (settings->sign == NULL && settings->sign_password != NULL) {
        DIAG_ADD(&settings->diags, O227, PLACE_NONE, BOTH("there is no --sign", "没有写 --sign"));
        report_diags(&report, &settings->diags);
        return report_end(&report, EXIT_USAGE_ERROR);
    }
    if (settings->archive && settings->passwords != NULL) {
        DIAG_ADD(&settings->diags, O225, PLACE_NONE, STR_NONE);
        report_diags(&report, &settings->diags);
        return report_end(&report, EXIT_USAGE_ERROR);
    }
    const char *folder = settings->word_count > 1 ? str_c(settings->arena, settings->words[1]) : settings->job.out;
    const struct pack_order order = {
        .archive = settings->archive,
        .folder = folder,
        .path = str_c(settings->arena, settings->words[0]),
        .passwords = settings->passwords,
        .certificate = settings->sign,
        .certificate_password = settings->sign_password,
    };
    return report_end(&report, batch_pack(&settings->job, &order, &report.reporter));
}

const struct command command_pack = {
    .name = "pack",
    .words = {"OUT.zip [DIR]", "文件.zip [文件夹]"},
    .most_words = 2,
    .english = "pack one reader's documents into a zip, with an index and a manifest of them alone",
    .chinese = "把给某一读者的材料连同目录、清单打成一个 zip",
    .options = OPTIONS(OPTION_DB, OPTION_FOR, OPTION_SEMESTER, OPTION_ENCRYPT, OPTION_SIGN, OPTION_SIGN_PASSWORD,
                       OPTION_QUIET, OPTION_HELP),
    .run = run,
};
