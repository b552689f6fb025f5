/* award.c: `dossier award STEP [NUMBER…]`, `dossier journal [--of NUMBER]` */
#include "office/award.h"

#include "base/file.h"
#include "command/command.h"
#include "office/papers.h"

static struct str or_dash(struct str s) {
    return s.n > 0 ? s : STR("—");
}

/* --- award ---------------------------------------------------------------------------------------------------------- */

static bool act_of(struct str word, enum award_act *act) {
    for (size_t i = 0; i < AWARD_ACTS; i++) {
        if (str_is(word, award_names[i])) {
            *act = (enum award_act)i;
            return true;
        }
    }
    return false;
}

/* --list FILE: a line is a word, as if it had been typed; what stands behind # is a remark. */
static bool add_list(struct settings *settings, struct award_request *request) {
    struct str text = STR_NONE;
    size_t capacity = request->word_count;
    const int error = file_read(settings->arena, settings->list, 0, &text);
    if (error != 0) {
        DIAG_ADD(&settings->diags, B101, PLACE_NONE, str_from(settings->list), diag_errno(error));
        return false;
    }
    struct str *words = ARENA_ARRAY(settings->arena, struct str, capacity + 1);
    for (size_t i = 0; i < request->word_count; i++) {
        words[i] = request->words[i];
    }
    request->words = words;
    if (str_starts(text, STR("\xEF\xBB\xBF"))) {
        text = str_slice(text, 3, text.n);
    }
    for (struct str rest = text; rest.p != NULL;) {
        const struct str line = str_split(rest, '\n', &rest);
        const struct str word = str_trim(str_slice(line, 0, str_find_byte(line, '#')));
        if (word.n > 0) {
            ARENA_GROW(settings->arena, request->words, request->word_count, capacity);
            request->words[request->word_count++] = word;
        }
    }
    return true;
}

static void tell_row(struct report *report, const struct settings *settings, const struct award_row *row) {
    struct str yuan = STR("");
    int64_t fen = 0;
    if (row->fen.n > 0 && str_to_int(row->fen, &fen)) {
        yuan = str_printf(settings->arena, "  ¥%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
    }
    const struct str name = settings->job.verbose ? str_join(settings->arena, STR("  "), or_dash(row->name)) : STR("");
    report->reporter.line(&report->reporter,
                          str_printf(settings->arena, "%.*s  %.*s  %.*s  %.*s  %.*s%.*s%.*s", STR_ARG(row->id),
                                     STR_ARG(row->act), STR_ARG(or_dash(row->number)), STR_ARG(row->kind),
                                     STR_ARG(or_dash(row->record)), STR_ARG(name), STR_ARG(yuan)));
}

static void tell_result(struct report *report, const struct settings *settings, enum award_act act,
                        const struct award_result *result) {
    for (size_t i = 0; i < result->count && !settings->job.quiet; i++) {
        tell_row(report, settings, &result->rows[i]);
    }
    struct arena *arena = settings->arena;
    if (act == AWARD_LIST) {
        office_say(report, settings, str_printf(arena, "%zu awards", result->count),
                   str_printf(arena, "共 %zu 项", result->count));
    } else if (settings->job.dry_run) {
        office_say(report, settings, str_printf(arena, "%zu awards; dry run: nothing was written", result->count),
                   str_printf(arena, "%zu 项；试运行，未写入", result->count));
    } else {
        office_say(report, settings,
                   str_printf(arena, "%zu awards (run %lld; to take it back: dossier undo %lld)", result->count,
                              (long long)result->run, (long long)result->run),
                   str_printf(arena, "%zu 项（第 %lld 次；撤销：dossier undo %lld）", result->count,
                              (long long)result->run, (long long)result->run));
    }
}

static enum exit_code run_award(struct settings *settings) {
    struct report report;
    struct award_result result;
    enum award_act act = AWARD_LIST;
    report_init(&report, settings);
    if (settings->word_count == 0 || !act_of(settings->words[0], &act)) {
        DIAG_ADD(&settings->diags, U116, PLACE_NONE, settings->word_count > 0 ? settings->words[0] : STR(""));
        report_diags(&report, &settings->diags);
        return EXIT_USAGE_ERROR;
    }
    struct award_request request = {
        .database = settings->job.database,
        .journal = settings->journal,
        .act = act,
        .words = settings->words + 1,
        .word_count = settings->word_count - 1,
        .type = settings->type,
        .school = settings->school,
        .state = settings->state,
        .as_of = settings_day(settings),
        .semester = settings->job.semester,
        .by = settings->by,
        .why = settings->why,
        .level = settings->level,
        .detail = settings->detail,
        .although = settings->although,
        .although_count = settings->although_count,
        .days = settings->days,
        .draft = settings->draft,
        .dry_run = settings->job.dry_run,
    };
    enum office_end end = OFFICE_INPUT;
    if (settings->list == NULL || add_list(settings, &request)) {
        end = office_award(settings->arena, &request, &result, &settings->diags);
    }
    report_diags(&report, &settings->diags);
    if (end == OFFICE_DONE) {
        tell_result(&report, settings, act, &result);
    }
    return report_end(&report, exit_of_office(end));
}

const struct command command_award = {
    .name = "award",
    .words = {"list|propose|publish|approve|printed|received|void|reissue [NUMBER…]",
              "list|propose|publish|approve|printed|received|void|reissue [编号…]"},
    .english = "put awards on display, approve and number them, hand out, declare void, issue anew",
    .chinese = "奖项的公示、批准编号、发放、作废、补发",
    .options = OPTIONS(OPTION_DB, OPTION_JOURNAL, OPTION_AS_OF, OPTION_SEMESTER, OPTION_TYPE, OPTION_SCHOOL,
                       OPTION_STATE, OPTION_LIST, OPTION_BY, OPTION_WHY, OPTION_ALTHOUGH, OPTION_DAYS, OPTION_LEVEL,
                       OPTION_DETAIL, OPTION_DRAFT, OPTION_DRY_RUN, OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP),
    .run = run_award,
};

/* --- journal -------------------------------------------------------------------------------------------------------- */

/* "3  2026-11-25  批准  …  by whom, why", the parts that are there. */
static struct str line_of(struct arena *arena, const struct paper_act *act) {
    struct str line = str_printf(arena, "%lld  %.*s  %.*s", (long long)act->id,
                                 STR_ARG(act->day.n > 0 ? act->day : act->at), STR_ARG(act->act));
    for (size_t i = 0; i < PAPER_PARTS; i++) {
        if (act->parts[i].n > 0) {
            line = str_printf(arena, "%.*s  %.*s", STR_ARG(line), STR_ARG(act->parts[i]));
        }
    }
    return str_printf(arena, "%.*s  (%.*s, %.*s)", STR_ARG(line), STR_ARG(act->user), STR_ARG(act->at));
}

static enum exit_code run_journal(struct settings *settings) {
    struct report report;
    struct paper_life life;
    report_init(&report, settings);
    const enum office_end end = office_paper_life(settings->arena, settings->job.database, settings->journal,
                                                  settings->of, &life, &settings->diags);
    report_diags(&report, &settings->diags);
    for (size_t i = 0; end == OFFICE_DONE && i < life.count; i++) {
        report.reporter.line(&report.reporter, line_of(settings->arena, &life.acts[i]));
    }
    if (end == OFFICE_DONE) {
        struct arena *arena = settings->arena;
        const struct str head = str_slice(life.head, 0, 16);
        office_say(&report, settings,
                   str_printf(arena, "%zu entries of %lld; head %.*s", life.count, (long long)life.entries,
                              STR_ARG(or_dash(head))),
                   str_printf(arena, "%zu 条（日志共 %lld 条，末条校验 %.*s）", life.count, (long long)life.entries,
                              STR_ARG(or_dash(head))));
    }
    return report_end(&report, exit_of_office(end));
}

const struct command command_journal = {
    .name = "journal",
    .words = {"", ""},
    .english = "what became of each paper: approved, printed, handed out, void, issued anew",
    .chinese = "查证件日志：批准、打印、领取、作废、补发",
    .options = OPTIONS(OPTION_DB, OPTION_JOURNAL, OPTION_OF, OPTION_QUIET, OPTION_HELP),
    .run = run_journal,
};
