/* verify_folder.c: `dossier verify [DIR]`: what lies in a folder, against its manifest; `verify --merge DIR…`: shards become one */
#include "command/verify_folder.h"

#include "batch/merge.h"

enum exit_code verify_folder(struct settings *settings, struct report *report) {
    if (settings->merge) {
        return batch_merge(&settings->job, settings->words, settings->word_count, &report->reporter);
    }
    if (settings->word_count > 1) {
        DIAG_ADD(&settings->diags, O193, PLACE_NONE, STR_NONE);
        return EXIT_USAGE_ERROR;
    }
    const char *folder = settings->word_count > 0 ? str_c(settings->arena, settings->words[0]) : settings->job.out;
    return batch_verify(&settings->job, folder, &report->reporter);
}
