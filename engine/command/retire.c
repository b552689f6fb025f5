/* retire.c: `dossier retire [--confirm LIST]` */
#include <pwd.h>
#include <unistd.h>

#include "command/command.h"

/* --by, else who is logged in. */
static struct str person(const struct settings *settings) {
    const struct passwd *entry = settings->by.n > 0 ? NULL : getpwuid(geteuid());
    return settings->by.n > 0 ? settings->by
           : entry != NULL    ? str_copy(settings->arena, str_from(entry->pw_name))
                              : STR_NONE;
}

static void say_confirmed(struct report *report, const struct settings *settings,
                          const struct office_decisions *decisions) {
    const char *list = str_c(settings->arena, settings->confirm);
    const long long items = (long long)decisions->items_done;
    if (settings->job.dry_run) {
        office_say(report, settings, STR("dry run: nothing written"), STR("试运行，未写入"));
    } else if (decisions->destroyed) {
        office_say(report, settings,
                   str_printf(settings->arena,
                              "%s: the records of %lld pupils are destroyed; undo can't bring them back", list, items),
                   str_printf(settings->arena, "%s：%lld人的档案已销毁，不能撤销", list, items));
    } else {
        office_say(report, settings, str_printf(settings->arena, "%s: %lld volumes are handed over", list, items),
                   str_printf(settings->arena, "%s：%lld卷档案已移交", list, items));
    }
}

static enum exit_code run_retire(struct settings *settings) {
    struct report report;
    struct office_decisions decisions;
    int64_t run = 0;
    report_init(&report, settings);
    const struct office_retire job = {
        .database = settings->job.database,
        .as_of = settings_day(settings),
        .school = settings->school,
        .confirm = settings->confirm,
        .by = person(settings),
        .dry_run = settings->job.dry_run,
    };
    const enum office_end end = office_retire(settings->arena, &job, &decisions, &run, &settings->diags);
    if (end == OFFICE_DONE) {
        office_say_decisions(&report, settings, &decisions);
        if (job.confirm.n > 0) {
            say_confirmed(&report, settings, &decisions);
        }
    }
    report_diags(&report, &settings->diags);
    return report_end(&report, exit_of_office(end));
}

const struct command command_retire = {
    .name = "retire",
    .words = {"", ""},
    .english = "list what may be destroyed or is to be handed over; --confirm LIST does it",
    .chinese = "列出到期可销毁、应移交的档案；--confirm 清单号 予以执行",
    .options = OPTIONS(OPTION_DB, OPTION_AS_OF, OPTION_SCHOOL, OPTION_CONFIRM, OPTION_BY, OPTION_DRY_RUN, OPTION_QUIET,
                       OPTION_VERBOSE, OPTION_HELP),
    .run = run_retire,
};
