/* office.c: `dossier upgrade [FILE.db]` */
#include "office/papers.h"

#include <string.h>

#include "base/key.h"
#include "command/command.h"

enum exit_code exit_of_office(enum office_end end) {
    switch (end) {
    case OFFICE_DONE:
        return EXIT_MADE;
    case OFFICE_USAGE:
        return EXIT_USAGE_ERROR;
    case OFFICE_REFUSED:
        return EXIT_DOCUMENT;
    case OFFICE_INPUT:
        return EXIT_INPUT;
    case OFFICE_EXISTS:
        return EXIT_CANNOT_CREATE;
    case OFFICE_BUSY:
        return EXIT_BUSY;
    case OFFICE_NO_WRITE:
        return EXIT_IO;
    }
    return EXIT_BUG;
}

void office_say(struct report *report, const struct settings *settings, struct str english, struct str chinese) {
    if (!settings->job.quiet) {
        report->reporter.line(&report->reporter, settings->job.language == LANGUAGE_CHINESE ? chinese : english);
    }
}

void office_say_decisions(struct report *report, const struct settings *settings,
                          const struct office_decisions *decisions) {
    for (size_t i = 0; i < decisions->count; i++) {
        const struct office_decision *decision = &decisions->items[i];
        if (!decision->detail || settings->job.dry_run || settings->job.verbose) {
            office_say(report, settings, decision->english, decision->chinese);
        }
    }
}

const char *office_lists_folder(const struct settings *settings, const char *database) {
    const char *slash = strrchr(database, '/');
    return settings->from != NULL ? settings->from
           : slash == NULL        ? "."
           : slash == database    ? "/"
                                  : str_c(settings->arena, (struct str){database, (size_t)(slash - database)});
}

/* `dossier upgrade FILE.db` is the same as --db FILE.db. */
static const char *database_of(const struct settings *settings) {
    return settings->word_count > 0 ? str_c(settings->arena, settings->words[0]) : settings->job.database;
}

/* --- upgrade ------------------------------------------------------------------------------------------------------ */

static enum exit_code run_upgrade(struct settings *settings) {
    struct report report;
    struct arena *arena = settings->arena;
    int64_t from = 0;
    report_init(&report, settings);
    const char *database = database_of(settings);
    bool made = false;
    enum office_end end = office_upgrade(arena, database, &from, &settings->diags);
    if (end == OFFICE_DONE) {
        end = office_key(arena, database, NULL, &made, &settings->diags);
    }
    report_diags(&report, &settings->diags);
    if (made) {
        office_say(&report, settings,
                   str_printf(arena, "%s: the key that codes on papers are signed with; keep a copy elsewhere",
                              key_path(arena, database)),
                   str_printf(arena, "%s：证件验证码的密钥，请另存一份备份", key_path(arena, database)));
    }
    if (end == OFFICE_DONE && from == OFFICE_VERSION) {
        office_say(&report, settings, str_printf(arena, "%s is of version %d already", database, OFFICE_VERSION),
                   str_printf(arena, "%s 已是版本 %d", database, OFFICE_VERSION));
    } else if (end == OFFICE_DONE) {
        office_say(&report, settings,
                   str_printf(arena, "%s: version %lld became version %d; the copy from before lies beside it",
                              database, (long long)from, OFFICE_VERSION),
                   str_printf(arena, "%s：已由版本 %lld 升级到版本 %d，升级前的备份在旁边", database, (long long)from,
                              OFFICE_VERSION));
    }
    return report_end(&report, exit_of_office(end));
}

const struct command command_upgrade = {
    .name = "upgrade",
    .words = {"[FILE.db]", "[文件.db]"},
    .most_words = 1,
    .english = "bring an older database to the version of this program",
    .chinese = "把旧版本的数据库升级到本程序的版本",
    .options = OPTIONS(OPTION_DB, OPTION_QUIET, OPTION_HELP),
    .run = run_upgrade,
};
