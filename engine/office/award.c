/* award.c: an act of awards: which ones are meant, whether it can be done to each, and then the writing (award_write.c).
 *
 * What counts stands in award/N-*.sql; here it is asked, and what is not right is told. */
#include "office/award.h"

#include <string.h>

#include "office/award_step.h"

const char *const award_names[AWARD_ACTS] = {"list",    "propose",  "publish", "approve",
                                             "printed", "received", "void",    "reissue"};

/* What each act takes, and what it is called in the journal. */
static const struct {
    const char *word, *from;
    const char *english, *chinese; /* the states that it takes */
    bool many;                     /* of one person's awards all, when the person is named */
} acts[AWARD_ACTS] = {
    [AWARD_LIST] = {"", "[\"拟定\", \"公示\", \"批准\", \"已打印\", \"已领\", \"作废\"]", "", "", true},
    [AWARD_PROPOSE] = {"拟定", "[]", "", "", true},
    [AWARD_PUBLISH] = {"公示", "[\"拟定\"]", "拟定", "拟定", true},
    [AWARD_APPROVE] = {"批准", "[\"公示\"]", "公示", "公示", true},
    [AWARD_PRINTED] = {"打印", "[\"批准\", \"已打印\", \"已领\"]", "批准, 已打印 or 已领", "批准、已打印或已领", true},
    [AWARD_RECEIVED] = {"领取", "[\"批准\", \"已打印\"]", "批准 or 已打印", "批准或已打印", true},
    [AWARD_VOID] = {"作废", "[\"拟定\", \"公示\", \"批准\", \"已打印\", \"已领\"]", "all but 作废", "未作废", false},
    [AWARD_REISSUE] = {"补发", "[\"作废\"]", "作废", "作废", false},
};

static bool is_numbering(const struct awarding *run) {
    return run->request->act == AWARD_APPROVE || (run->request->act == AWARD_REISSUE && !run->request->draft);
}

size_t award_tell(struct awarding *run, enum diag_code code, const char *sql) {
    return step_tell(&run->step, code, sql, run->values, VALUE_COUNT);
}

static struct str ask(struct awarding *run, const char *sql) {
    return step_text(&run->step, sql, run->values, VALUE_COUNT);
}

/* --- what was named ------------------------------------------------------------------------------------------------ */

static void put_words(struct awarding *run, const char *sql, const struct str *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct sql_value value = {":word", str_trim(words[i])};
        if (value.text.n > 0) {
            step_run(&run->step, sql, &value, 1);
        }
    }
}

/* --type, --school: must be there. */
static size_t tell_choices(struct awarding *run) {
    const struct award_request *request = run->request;
    size_t told = 0;
    if (request->type.n > 0 && ask(run, "SELECT 1 FROM award_type WHERE code = :type OR name = :type").n == 0) {
        DIAG_ADD(run->step.diags, A413, PLACE_NONE, request->type,
                 ask(run, "SELECT group_concat(DISTINCT code) FROM award_type"));
        told++;
    }
    if (request->school.n > 0 && ask(run, "SELECT 1 FROM school WHERE :school IN(name, short_name, code)").n == 0) {
        DIAG_ADD(run->step.diags, A414, PLACE_NONE, request->school);
        told++;
    }
    return told;
}

/* Words that mean no award: numbers with another issuer's 字 are told apart. */
static size_t tell_unmatched(struct awarding *run) {
#define UNMATCHED " w.word FROM w_word AS w WHERE w.seq NOT IN(SELECT seq FROM w_match) AND "
#define FOREIGN                                                                                                         \
    "instr(w.plain, '〔') > 1 AND substr(w.plain, 1, instr(w.plain, '〔') - 1) NOT IN(SELECT word FROM issuer WHERE " \
    "word IS NOT NULL)"
    return award_tell(run, DIAG_A403, "SELECT" UNMATCHED FOREIGN " ORDER BY w.seq") +
           award_tell(run, DIAG_A402, "SELECT" UNMATCHED "NOT (" FOREIGN ") ORDER BY w.seq");
}

/* Awards in a state that the act doesn't take. */
static size_t tell_states(struct awarding *run) {
    const size_t before = run->step.diags->count;
    size_t rows, columns;
    const struct str *cells =
        step_rows(&run->step,
                  "SELECT coalesce(a.number, a.id), a.state FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id"
                  " WHERE a.state NOT IN(SELECT value FROM json_each(:from)) ORDER BY a.id",
                  run->values, VALUE_COUNT, &rows, &columns);
    for (size_t i = 0; i < rows; i++) {
        DIAG_ADD(run->step.diags, A406, PLACE_NONE, cells[2 * i], cells[2 * i + 1],
                 str_from(award_names[run->request->act]),
                 diag_both(run->step.arena, str_from(acts[run->request->act].english),
                           str_from(acts[run->request->act].chinese)));
    }
    return run->step.diags->count - before;
}

/* What was never approved, or never printed, is no paper that another could stand for: it begins again as a draft. */
static size_t tell_no_original(struct awarding *run) {
#define VOIDED                                                                                                         \
    " FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id LEFT JOIN award_void AS v ON v.award_id = a.id WHERE "
    return award_tell(run, DIAG_A407,
                      "SELECT a.id, a.kind" VOIDED
                      "a.number IS NULL AND coalesce(v.was, '') NOT IN('批准', '已打印', '已领') ORDER BY a.id") +
           award_tell(run, DIAG_Y448,
                      "SELECT coalesce(a.number, a.id), a.kind" VOIDED
                      "a.paper IS NOT NULL AND v.was = '批准' AND NOT EXISTS(SELECT 1 FROM w_although AS w WHERE "
                      "w.plain IN(a.number, CAST(a.id AS TEXT)) OR w.word IN(a.record, a.name)) ORDER BY a.id");
}

static size_t tell_reissue(struct awarding *run) {
    return (run->request->draft ? 0 : tell_no_original(run)) +
           award_tell(run, DIAG_A408,
                      "SELECT coalesce(a.number, a.id), coalesce(n.number, n.id), n.state FROM w_chosen AS c JOIN "
                      "w_award AS a ON a.id = c.id"
                      " JOIN w_award AS n ON n.reissue_of = a.id AND n.state <> '作废' ORDER BY a.id");
}

static size_t tell_no_paper(struct awarding *run) {
    return award_tell(
        run, DIAG_A417,
        "SELECT a.id, a.kind FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id WHERE a.paper IS NULL ORDER BY a.id");
}

/* --- approving ------------------------------------------------------------------------------------------------------ */

/* Flagged awards want to be named: the others go on without them. */
static void leave_flagged(struct awarding *run) {
#define FLAGGED                                                                                                        \
    " FROM w_chosen AS c JOIN w_award AS a ON a.id = c.id JOIN json_each('[\"W_SMALL\", \"W_SERIOUS\"]') AS f ON "     \
    "instr(' ' || a.flags || ' ', ' ' || f.value || ' ')"                                                              \
    " WHERE NOT EXISTS(SELECT 1 FROM w_although AS w WHERE w.word IN(f.value, CAST(a.id AS TEXT), a.record, a.name))"
    award_tell(run, DIAG_A410,
               "SELECT a.id, a.kind, group_concat(f.value, ' '), a.record" FLAGGED " GROUP BY a.id ORDER BY a.id");
    step_run(&run->step, "DELETE FROM w_chosen WHERE id IN(SELECT a.id" FLAGGED ")", NULL, 0);
}

static bool find_approver(struct awarding *run) {
    if (run->request->by.n == 0) {
        return true;
    }
    const struct str people =
        ask(run, "SELECT group_concat(f.id || ' ' || coalesce(s.short_name, ''), '; ') FROM staff AS f LEFT JOIN "
                 "school AS s ON s.id = f.school_id WHERE f.name = :by AND coalesce(f.active, 1)");
    const struct str count = ask(run, "SELECT count(*) FROM staff WHERE name = :by AND coalesce(active, 1)");
    run->values[VALUE_staff].text =
        ask(run, "SELECT f.id FROM staff AS f LEFT JOIN township AS t ON t.centre_school_id = f.school_id WHERE f.name "
                 "= :by AND coalesce(f.active, 1) AND"
                 " (t.id IS NOT NULL OR 1 = (SELECT count(*) FROM staff WHERE name = :by AND coalesce(active, 1))) "
                 "GROUP BY f.name HAVING count(*) = 1");
    if (run->values[VALUE_staff].text.n > 0) {
        return true;
    }
    if (people.n > 0) {
        DIAG_ADD(run->step.diags, A404, PLACE_NONE, run->request->by, count, people);
    } else {
        DIAG_ADD(run->step.diags, A416, PLACE_NONE, run->request->by);
    }
    return false;
}

static size_t tell_unready(struct awarding *run) {
    size_t told = find_approver(run) ? 0 : 1;
    if (ask(run, "SELECT semester FROM w_day").n == 0) {
        DIAG_ADD(run->step.diags, A412, PLACE_NONE, run->request->as_of);
        told++;
    }
    told += award_tell(run, DIAG_A411,
                       "SELECT a.id, a.kind FROM w_issuer AS g JOIN w_award AS a ON a.id = g.id LEFT JOIN w_last AS l "
                       "ON l.issuer = g.issuer WHERE a.paper IS NOT NULL AND l.issuer IS NULL ORDER BY a.id");
    award_tell(
        run, DIAG_A420,
        "SELECT count(*), max(p.to_date) FROM w_chosen AS c JOIN award_display AS p ON p.award_id = c.id JOIN w_day AS "
        "d ON p.to_date >= d.day JOIN w_award AS a ON a.id = c.id AND a.state = '公示' HAVING count(*) > 0");
    return told;
}

/* --- numbers -------------------------------------------------------------------------------------------------------- */

/* What the journal says of a number that no award of the database bears. */
static struct str story(struct awarding *run, struct str number) {
    size_t count = 0;
    struct str words = STR("");
    const struct ledger_entry *entries = ledger_entries(&run->ledger, "number = ?1", number, &count);
    for (size_t i = 0; i < count; i++) {
        const struct str *cells = entries[i].cells;
        const struct str day =
            cells[LEDGER_day].n > 0 ? cells[LEDGER_day] : str_slice(cells[LEDGER_at], 0, strlen("2026-11-25"));
        words = str_printf(run->step.arena, "%.*s%s%.*s%.*s", STR_ARG(words), i > 0 ? "，" : "", STR_ARG(day),
                           STR_ARG(cells[LEDGER_act]));
    }
    return count > 0 ? words : STR("日志损坏，原记载不详");
}

static void note_gap(struct awarding *run, const struct str *issuer, int64_t no) {
    enum { ISSUER, WORD, YEAR };
    struct arena *arena = run->step.arena;
    const struct str number =
        str_printf(arena, "%.*s〔%.*s〕%lld号", STR_ARG(issuer[WORD]), STR_ARG(issuer[YEAR]), (long long)no);
    const struct sql_value values[] = {{":day", run->request->as_of}, {":number", number},
                                       {":issuer", issuer[ISSUER]},   {":word", issuer[WORD]},
                                       {":year", issuer[YEAR]},       {":no", str_int(arena, no)},
                                       {":why", story(run, number)}};
    step_run(&run->step,
             "INSERT INTO w_entry(day, act, number, issuer, word, year, no, why) VALUES(:day, '跳号', :number, "
             ":issuer, :word, :year, :no, :why)",
             values, sizeof values / sizeof *values);
}

/* The next number of an issuer is the greater of the database's and the journal's; numbers that the journal alone knows are gaps. */
static void count_on(struct awarding *run) {
    enum { ISSUER, WORD, YEAR, LAST, COLUMNS };
    size_t rows, columns;
    const struct str *cells =
        step_rows(&run->step, "SELECT issuer, word, year, last FROM w_last ORDER BY issuer", NULL, 0, &rows, &columns);
    for (size_t i = 0; i < rows; i++) {
        const struct str *cell = cells + i * COLUMNS;
        const struct str which[] = {cell[WORD], cell[YEAR], cell[ISSUER]};
        int64_t last = 0;
        str_to_int(cell[LAST], &last);
        const int64_t known = ledger_number(
            &run->ledger, "SELECT max(CAST(no AS INTEGER)) FROM entry WHERE year = ?2 AND (word = ?1 OR issuer = ?3)",
            which, sizeof which / sizeof *which);
        for (int64_t no = last + 1; no <= known; no++) {
            note_gap(run, cell, no);
        }
        const struct sql_value values[] = {{":issuer", cell[ISSUER]},
                                           {":last", str_int(run->step.arena, known > last ? known : last)}};
        step_run(&run->step, "UPDATE w_last SET last = CAST(:last AS INTEGER) WHERE issuer = :issuer", values,
                 sizeof values / sizeof *values);
    }
}

/* --- the way through ------------------------------------------------------------------------------------------------ */

static enum office_end choose(struct awarding *run) {
    const struct award_request *request = run->request;
    if (!AWARD_SCRIPT(run, award_choose)) {
        return OFFICE_INPUT;
    }
    size_t told = tell_unmatched(run) + award_tell(run, DIAG_A404, "SELECT word, people, who FROM w_twins");
    told += told > 0 ? 0 : award_tell(run, DIAG_A405, "SELECT word, n, which FROM w_several") + tell_states(run);
    told += told > 0 || request->act != AWARD_REISSUE ? 0 : tell_reissue(run);
    told += told > 0 || request->act != AWARD_PRINTED ? 0 : tell_no_paper(run);
    if (told == 0 && request->act == AWARD_APPROVE) {
        leave_flagged(run);
    }
    if (told == 0 && request->act != AWARD_LIST && ask(run, "SELECT 1 FROM w_chosen").n == 0) {
        DIAG_ADD(
            run->step.diags, A409, PLACE_NONE, str_from(award_names[request->act]),
            diag_both(run->step.arena, str_from(acts[request->act].english), str_from(acts[request->act].chinese)));
        told++;
    }
    AWARD_SCRIPT(run, award_issuers);
    if (told == 0 && is_numbering(run)) {
        told = tell_unready(run);
    }
    return run->step.failed ? OFFICE_INPUT : told > 0 ? OFFICE_REFUSED : OFFICE_DONE;
}

static enum office_end propose(struct awarding *run) {
    if (!AWARD_SCRIPT(run, award_propose)) {
        return OFFICE_INPUT;
    }
    size_t told = award_tell(run, DIAG_A418,
                             "SELECT w.word, (SELECT to_kind FROM w_type) FROM w_word AS w WHERE w.seq NOT IN(SELECT "
                             "seq FROM w_match) ORDER BY w.seq");
    told += award_tell(run, DIAG_A404, "SELECT word, people, who FROM w_twins");
    told += award_tell(run, DIAG_A419, "SELECT record, kind, id, state FROM w_has");
    if (told == 0 && ask(run, "SELECT 1 FROM w_entry").n == 0) {
        DIAG_ADD(run->step.diags, A401, PLACE_NONE, STR("propose"));
        told++;
    }
    return run->step.failed ? OFFICE_INPUT : told > 0 ? OFFICE_REFUSED : OFFICE_DONE;
}

static void collect(struct awarding *run, const char *sql, struct award_result *result) {
    enum { ID, NUMBER, ACT, KIND, RECORD, NAME, FEN, COLUMNS };
    size_t columns;
    const struct str *cells = step_rows(&run->step, sql, run->values, VALUE_COUNT, &result->count, &columns);
    result->rows = ARENA_ARRAY(run->step.arena, struct award_row, result->count);
    for (size_t i = 0; i < result->count; i++) {
        const struct str *cell = cells + i * COLUMNS;
        result->rows[i] =
            (struct award_row){cell[ID], cell[NUMBER], cell[ACT], cell[KIND], cell[RECORD], cell[NAME], cell[FEN]};
    }
}

static const char listing[] = "SELECT a.id, a.number, a.state, a.kind, a.record, a.name, a.fen FROM w_chosen AS c JOIN "
                              "w_award AS a ON a.id = c.id ORDER BY a.type_id, a.school_id, a.id";
static const char done[] =
    "SELECT e.award, e.number, e.act, e.kind, e.record, a.name, a.fen FROM w_entry AS e LEFT JOIN w_award AS a ON a.id "
    "= coalesce(e.more ->> 'of', e.award) WHERE e.award IS NOT NULL ORDER BY e.seq";

static enum office_end write(struct awarding *run, struct str version, struct award_result *result) {
    const struct str name = str_printf(run->step.arena, "award %s", award_names[run->request->act]);
    enum office_end end = step_begin(&run->step, name, run->request->as_of, run->request->dry_run);
    if (end != OFFICE_DONE) {
        return end;
    }
    if (!str_eq(version, ask(run, "PRAGMA data_version"))) {
        diag_add(run->step.diags, DIAG_A105, PLACE_NONE, (const struct str[4]){STR_NONE});
        return OFFICE_BUSY;
    }
    end = award_open_ledger(run, !run->request->dry_run);
    if (end != OFFICE_DONE) {
        return end;
    }
    if (is_numbering(run)) {
        count_on(run);
    }
    if (run->request->act != AWARD_PROPOSE) {
        AWARD_SCRIPT(run, award_plan);
    }
    collect(run, done, result);
    return award_write(run);
}

static void set_values(struct awarding *run) {
    const struct award_request *request = run->request;
    const struct str values[VALUE_COUNT] = {
        [VALUE_day] = request->as_of,
        [VALUE_type] = request->type,
        [VALUE_school] = request->school,
        [VALUE_state] = request->state,
        [VALUE_semester] = request->semester,
        [VALUE_from] = str_from(acts[request->act].from),
        [VALUE_many] = acts[request->act].many ? STR("1") : STR("0"),
        [VALUE_act] = str_from(acts[request->act].word),
        [VALUE_by] = request->by,
        [VALUE_why] = request->why,
        [VALUE_level] = request->level,
        [VALUE_detail] = request->detail,
        [VALUE_draft] = request->draft ? STR("1") : STR("0"),
    };
    award_name_values(run);
    for (size_t i = 0; i < VALUE_COUNT; i++) {
        run->values[i].text = values[i];
    }
}

/* The days of display, by policy where none were named. */
static void set_days(struct awarding *run) {
    const struct str rule =
        ask(run, "SELECT CAST(value AS INTEGER) FROM policy WHERE key = 'display_days' AND coalesce(valid_from, '') <= "
                 ":day AND (valid_to IS NULL OR valid_to >= :day) ORDER BY valid_from DESC LIMIT 1");
    run->values[VALUE_days].text = run->request->days.n > 0 ? run->request->days : rule.n > 0 ? rule : STR("5");
}

/* Whatever is missing of the request itself. */
static bool is_whole(const struct award_request *request, struct diags *diags) {
    const bool chosen =
        request->word_count > 0 || request->type.n > 0 || request->school.n > 0 || request->act == AWARD_LIST;
    const char *name = award_names[request->act];
    if (!chosen || (request->word_count == 0 &&
                    (request->act == AWARD_PROPOSE || request->act == AWARD_VOID || request->act == AWARD_REISSUE))) {
        DIAG_ADD(diags, A401, PLACE_NONE, str_from(name));
        return false;
    }
    if (request->act == AWARD_VOID && request->why.n == 0) {
        DIAG_ADD(diags, A415, PLACE_NONE, str_from(name), STR("--why"));
        return false;
    }
    if (request->act == AWARD_PROPOSE && request->type.n == 0) {
        DIAG_ADD(diags, A415, PLACE_NONE, str_from(name), STR("--type"));
        return false;
    }
    return true;
}

static enum office_end run_act(struct awarding *run, struct award_result *result) {
    AWARD_SCRIPT(run, award_scene);
    award_entries_table(&run->step);
    put_words(run, "INSERT INTO w_word(word) VALUES(:word)", run->request->words, run->request->word_count);
    put_words(run, "INSERT INTO w_although(word) VALUES(:word)", run->request->although, run->request->although_count);
    set_days(run);
    const struct str version = ask(run, "PRAGMA data_version");
    if (run->step.failed || tell_choices(run) > 0) {
        return run->step.failed ? OFFICE_INPUT : OFFICE_REFUSED;
    }
    const enum office_end end = run->request->act == AWARD_PROPOSE ? propose(run) : choose(run);
    if (end == OFFICE_DONE && run->request->act == AWARD_LIST) {
        collect(run, listing, result);
    }
    return end != OFFICE_DONE || run->request->act == AWARD_LIST ? end : write(run, version, result);
}

enum office_end office_award(struct arena *arena, const struct award_request *request, struct award_result *result,
                             struct diags *diags) {
    struct awarding run = {.request = request};
    *result = (struct award_result){0};
    if (!is_whole(request, diags)) {
        return OFFICE_REFUSED;
    }
    enum office_end end = award_recover(arena, request->database, request->journal, diags);
    if (end != OFFICE_DONE) {
        return end;
    }
    set_values(&run);
    end = step_open(&run.step, arena, request->database, diags);
    end = step_end(&run.step, end == OFFICE_DONE ? run_act(&run, result) : end, &result->run);
    if (end == OFFICE_DONE && result->run > 0 && !ledger_settle(&run.ledger)) {
        end = OFFICE_NO_WRITE;
    }
    ledger_close(&run.ledger);
    return end;
}
