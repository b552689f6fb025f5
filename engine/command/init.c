/* init.c: `dossier init [FILE.db]` */
#include "base/key.h"
#include "command/command.h"

/* "制度 (policy): 31 rows, built in" */
static void tell_list(struct report *report, const struct settings *settings, const struct office_list *list) {
    struct arena *arena = settings->arena;
    const bool empty = list->file.n == 0 && !list->built_in;
    const struct str english = list->file.n > 0 ? list->file : empty ? STR("no list") : STR("built in");
    const struct str chinese = list->file.n > 0 ? list->file : empty ? STR("没有表") : STR("内置");
    office_say(
        report, settings,
        str_printf(arena, "  %s (%s.csv): %zu rows, %.*s", list->table, list->name, list->rows, STR_ARG(english)),
        str_printf(arena, "  %s：%zu 行，%.*s", list->name, list->rows, STR_ARG(chinese)));
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    struct arena *arena = settings->arena;
    struct office_begun begun;
    report_init(&report, settings);
    const char *database = settings->word_count > 0 ? str_c(arena, settings->words[0]) : settings->job.database;
    const struct office_init job = {
        .database = database,
        .from = office_lists_folder(settings, database),
        .on = settings_day(settings),
    };
    const enum office_end end = office_init(arena, &job, &begun, &settings->diags);
    if (end == OFFICE_DONE && !begun.named) {
        DIAG_ADD(&settings->diags, Y136, PLACE_NONE, STR_NONE);
    }
    report_diags(&report, &settings->diags);
    if (end == OFFICE_DONE) {
        office_say(&report, settings,
                   str_printf(arena, "%s: a new database, from %.*s on", database, STR_ARG(begun.first)),
                   str_printf(arena, "已新建 %s，从%.*s开始", database, STR_ARG(begun.first)));
    }
    if (begun.key_made) {
        office_say(&report, settings,
                   str_printf(arena, "  %s: the key that codes on papers are signed with; keep a copy elsewhere",
                              key_path(arena, database)),
                   str_printf(arena, "  %s：证件验证码的密钥，请另存一份备份", key_path(arena, database)));
    }
    for (size_t i = 0; end == OFFICE_DONE && i < begun.list_count; i++) {
        tell_list(&report, settings, &begun.lists[i]);
    }
    return report_end(&report, exit_of_office(end));
}

const struct command command_init = {
    .name = "init",
    .words = {"[FILE.db]", "[文件.db]"},
    .most_words = 1,
    .english = "make a new database, with the lists that lie beside it",
    .chinese = "新建数据库，带上旁边的各表",
    .options = OPTIONS(OPTION_DB, OPTION_FROM, OPTION_AS_OF, OPTION_QUIET, OPTION_HELP),
    .run = run,
};
