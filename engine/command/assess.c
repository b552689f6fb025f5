/* assess.c: `dossier assess` */
#include "office/assess.h"

#include "command/command.h"

static const struct {
    const char *mark;
    struct str words;
} actions[ASSESS_ACTIONS] = {
    [ASSESS_NEW] = {"+", BOTH_INIT("new", "新增")},
    [ASSESS_SAME] = {"=", BOTH_INIT("as it stands", "不变")},
    [ASSESS_CHANGE] = {"~", BOTH_INIT("the draft changes", "拟定的有变")},
    [ASSESS_DROP] = {"-", BOTH_INIT("the draft goes", "撤销拟定")},
    [ASSESS_RECALL] = {"-", BOTH_INIT("on display, becomes void", "已公示，作废")},
    [ASSESS_APPROVED] = {"!", BOTH_INIT("approved, stays; the points say otherwise", "已批准，不动；与考核分不符")},
    [ASSESS_OVER] = {"!", BOTH_INIT("approved, stays; nothing is owed", "已批准，不动；按考核不应得")},
    [ASSESS_VOID] = {"!", BOTH_INIT("void, not issued anew", "已作废，未补发")},
};

static struct str yuan(struct arena *arena, int64_t fen) {
    return fen < 0 ? STR("—") : str_printf(arena, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
}

static void tell_change(struct report *report, const struct assess_change *change) {
    struct arena *arena = report->arena;
    struct str money = yuan(arena, change->fen);
    if (change->action != ASSESS_NEW && change->old_fen != change->fen) {
        money = str_printf(arena, "%.*s → %.*s", STR_ARG(yuan(arena, change->old_fen)), STR_ARG(money));
    }
    report->reporter.line(&report->reporter,
                          str_printf(arena, "%s %.*s  %.*s  %.*s  (%.*s)  %.*s", actions[change->action].mark,
                                     STR_ARG(change->record), STR_ARG(change->award), STR_ARG(money),
                                     STR_ARG(diag_in(actions[change->action].words, report->language)),
                                     STR_ARG(change->why.p == NULL ? STR("") : change->why)));
}

static void tell_end(struct report *report, const struct settings *settings, const struct assess_result *result) {
    const bool chinese = report->language == LANGUAGE_CHINESE;
    const size_t *by = result->by_action;
    const size_t waiting = by[ASSESS_NEW] + by[ASSESS_CHANGE] + by[ASSESS_DROP] + by[ASSESS_RECALL];
    struct arena *arena = report->arena;
    struct str end = chinese ? STR("试算，未写入；写入：--commit") : STR("nothing written; to write: --commit");
    if (result->run > 0) {
        end = str_printf(arena,
                         chinese ? "已写入（撤销：dossier undo %lld）" : "written (to take it back: dossier undo %lld)",
                         (long long)result->run);
    } else if (result->stands) {
        end = chinese ? STR("与上次相同，未写入") : STR("as the last time: nothing to write");
    }
    report->reporter.line(
        &report->reporter,
        str_printf(arena,
                   chinese ? "%.*s学年度：学生%zu人，代理家长%zu人，班主任%zu人；应奖%.*s元；奖项 %zu 项待写入，%zu "
                             "项不变，%zu 项须人工处理；数据 %.*s；%.*s"
                           : "school year %.*s: %zu pupils, %zu carers, %zu class teachers; %.*s yuan owed; awards: "
                             "%zu to be written, %zu as they stand, %zu for a person to decide; input %.*s; %.*s",
                   STR_ARG(result->year), result->pupils, result->carers, result->heads,
                   STR_ARG(yuan(arena, result->fen)), waiting, by[ASSESS_SAME],
                   by[ASSESS_APPROVED] + by[ASSESS_OVER] + by[ASSESS_VOID], STR_ARG(str_slice(result->hash, 0, 12)),
                   STR_ARG(end)));
    (void)settings;
}

static enum exit_code run(struct settings *settings) {
    struct report report;
    struct assess_result result;
    report_init(&report, settings);
    const struct assess_request request = {
        .database = settings->job.database,
        .year = settings->year,
        .as_of = settings_day(settings),
        .expect = settings->expect,
        .commit = settings->commit,
    };
    const enum office_end end = office_assess(settings->arena, &request, &result, &settings->diags);
    for (size_t i = 0; end == OFFICE_DONE && !settings->job.quiet && i < result.count; i++) {
        if (result.changes[i].action != ASSESS_SAME || settings->job.verbose) {
            tell_change(&report, &result.changes[i]);
        }
    }
    report_diags(&report, &settings->diags);
    if (end == OFFICE_DONE && !settings->job.quiet) {
        tell_end(&report, settings, &result);
    }
    return report_end(&report, exit_of_office(end));
}

const struct command command_assess = {
    .name = "assess",
    .words = {"", ""},
    .english = "compute the assessment of a school year and the awards that follow from it",
    .chinese = "计算一个学年度的考核和由此应得的奖项",
    .options = OPTIONS(OPTION_DB, OPTION_AS_OF, OPTION_YEAR, OPTION_COMMIT, OPTION_EXPECT, OPTION_QUIET, OPTION_VERBOSE,
                       OPTION_HELP),
    .run = run,
};
