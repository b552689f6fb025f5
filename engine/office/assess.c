/* assess.c: the year's assessment: computed in temporary tables, told person by person, and written where that was asked for.
 *
 * What counts stands in rules/assess/; here it is asked, held against what must be there, and committed. The input's hash is taken over what
 * the points come from, so that a second run can say that nothing changed. */
#include "office/assess.h"

#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "office/step.h"
#include "rules/assess.h"

enum { YEAR, AS_OF, HASH, VALUES }; /* parameters */

struct assessing {
    struct step step;
    const struct assess_request *request;
    struct assess_result *result;
    struct sql_value values[VALUES];
};

static struct str *ask(struct assessing *run, const char *sql, size_t *rows) {
    size_t columns;
    return step_rows(&run->step, sql, run->values, VALUES, rows, &columns);
}

static size_t count_of(struct assessing *run, const char *sql) {
    int64_t number = 0;
    str_to_int(step_text(&run->step, sql, NULL, 0), &number);
    return (size_t)number;
}

/* --- what must be there ------------------------------------------------------------------------------------------- */

static size_t tell_each(struct assessing *run, enum diag_code code, const char *sql) {
    return step_tell(&run->step, code, sql, NULL, 0);
}

/* Without these there is nothing to compute by. */
static bool can_be_assessed(struct assessing *run) {
    static const char *const rates =
        "SELECT r.key, y.cutoff FROM a_rate AS r JOIN a_year AS y WHERE r.value IS NULL ORDER BY r.key";
    static const char *const types =
        "SELECT k.value, y.cutoff FROM json_each('[\"EXCELLENT\", \"PROGRESS\"]') AS k JOIN a_year AS y"
        " WHERE k.value NOT IN(SELECT code FROM a_type)";
    static const char *const marks =
        "SELECT y.second FROM a_year AS y WHERE NOT EXISTS(SELECT 1 FROM a_place AS p WHERE p.semester_id = y.second)";
    run->result->year = step_text(&run->step, "SELECT year FROM a_year", NULL, 0);
    if (run->step.failed) {
        return false;
    }
    if (run->result->year.n == 0) {
        DIAG_ADD(run->step.diags, A101, PLACE_NONE, run->request->year);
        return false;
    }
    return tell_each(run, DIAG_A102, rates) + tell_each(run, DIAG_A103, types) + tell_each(run, DIAG_A104, marks) == 0;
}

/* What is doubtful, and what a person must decide. */
static void tell_doubts(struct assessing *run) {
    tell_each(
        run, DIAG_A201,
        "SELECT s.name, x.grade, x.held_on FROM a_exam AS x JOIN a_year AS y ON x.semester_id IN(y.first, y.second) "
        "LEFT JOIN school AS s ON s.id = x.school_id"
        " WHERE NOT x.marked AND NOT EXISTS(SELECT 1 FROM exam_result AS r WHERE r.exam_id = x.id) ORDER BY x.id");
    tell_each(run, DIAG_A202,
              "SELECT coalesce(l.dossier_no, 'student ' || a.student_id), (SELECT sum(p.share_bp) / 100.0 FROM "
              "a_pairing AS p WHERE p.student_id = a.student_id)"
              " FROM a_line AS a JOIN a_paired AS d ON d.student_id = a.student_id AND NOT d.whole JOIN a_year AS y"
              " LEFT JOIN left_behind AS l ON l.student_id = a.student_id AND l.semester_id = y.second ORDER BY 1");
    tell_each(run, DIAG_A203,
              "SELECT s.name, coalesce(t.display, 'class ' || a.class_id), count(*) FROM a_line AS a JOIN class AS c "
              "ON c.id = a.class_id LEFT JOIN school AS s ON s.id = c.school_id"
              " JOIN a_year AS y LEFT JOIN class_term AS t ON t.class_id = a.class_id AND t.semester_id = y.second "
              "WHERE a.head_id IS NULL GROUP BY a.class_id ORDER BY a.class_id");
    if (step_text(&run->step,
                  "SELECT 1 WHERE (SELECT count(*) FROM a_rule WHERE key IN('assess_pass', 'assess_excellent')) = 2",
                  NULL, 0)
            .n == 0) {
        DIAG_ADD(run->step.diags, A204, PLACE_NONE, STR_NONE);
    }
    tell_each(
        run, DIAG_A301,
        "SELECT coalesce(cert_no, award_id), old_award || printf(' %.2f', coalesce(old_fen, 0) / 100.0), "
        "award || printf(' %.2f', coalesce(fen, 0) / 100.0) FROM a_told WHERE action = 'approved' ORDER BY award_id");
    tell_each(run, DIAG_A302,
              "SELECT coalesce(cert_no, award_id), old_award || printf(' %.2f', coalesce(old_fen, 0) / "
              "100.0) FROM a_told WHERE action = 'over' ORDER BY award_id");
    /* A paper that was printed, and money that was approved, are issued anew; all else begins again as a draft. */
    tell_each(run, DIAG_A303,
              "SELECT coalesce(t.cert_no, t.award_id), iif(v.was IN('已打印', '已领') OR (t.cert_no IS NULL) = "
              "(v.was IS '批准'), '', ' --draft') "
              "FROM a_told AS t LEFT JOIN award_void AS v ON v.award_id = t.award_id WHERE t.action = 'void' ORDER BY "
              "t.award_id");
}

/* --- the input's hash (the generator of townships takes it too) ---------------------------------------------------- */

/* Each cell, and whether it is there. */
static void add_cells(struct assessing *run, struct str sql, struct buffer *text) {
    size_t rows, columns;
    const struct str *cells = step_rows(&run->step, str_c(run->step.arena, sql), NULL, 0, &rows, &columns);
    for (size_t cell = 0; cell < rows * columns; cell++) {
        buffer_add(text, cells[cell]);
        buffer_byte(text, cells[cell].p == NULL ? '\x1E' : '\x1F');
    }
}

static struct str hash_of_inputs(struct assessing *run) {
    struct str rest = {(const char *)assess_inputs, assess_inputs_count};
    struct buffer text = {0};
    for (size_t end = str_find(rest, STR(";")); end < rest.n; end = str_find(rest, STR(";"))) {
        add_cells(run, str_slice(rest, 0, end), &text);
        rest = str_slice(rest, end + 1, rest.n);
    }
    const struct str hash = digest_hex(run->step.arena, text.bytes, text.count);
    buffer_release(&text);
    return hash;
}

/* --- what is told ------------------------------------------------------------------------------------------------- */

static int64_t fen_of(struct str cell) {
    int64_t fen = -1;
    return cell.p != NULL && str_to_int(cell, &fen) ? fen : -1;
}

static enum assess_action action_of(struct str word) {
    static const char *const words[] = {"new", "same", "change", "drop", "recall", "approved", "over", "void"};
    size_t at = 0;
    while (!str_is(word, words[at])) {
        at++;
    }
    return (enum assess_action)at;
}

static void collect(struct assessing *run) {
    enum { ACTION, RECORD, AWARD, STATE, OLD, NEW, WHY, COLUMNS };
    struct assess_result *result = run->result;
    size_t rows;
    const struct str *cells = ask(
        run, "SELECT action, record, award, state, old_fen, fen, why FROM a_told ORDER BY slot, record, award", &rows);
    result->changes = ARENA_ARRAY(run->step.arena, struct assess_change, rows);
    for (size_t row = 0; row < rows; row++) {
        const struct str *cell = cells + row * COLUMNS;
        const enum assess_action action = action_of(cell[ACTION]);
        result->changes[row] = (struct assess_change){
            action, cell[RECORD], cell[AWARD], cell[STATE], fen_of(cell[OLD]), fen_of(cell[NEW]), cell[WHY]};
        result->by_action[action]++;
        result->fen += result->changes[row].fen > 0 ? result->changes[row].fen : 0;
    }
    result->count = rows;
    result->pupils = count_of(run, "SELECT count(*) FROM a_line");
    result->carers = count_of(run, "SELECT count(*) FROM a_carer");
    result->heads = count_of(run, "SELECT count(*) FROM a_head");
}

/* --- the way through ---------------------------------------------------------------------------------------------- */

/* The newest run of the year came from the same, and no award waits to be written. */
static bool stands_already(struct assessing *run) {
    const size_t *by = run->result->by_action;
    return by[ASSESS_NEW] + by[ASSESS_CHANGE] + by[ASSESS_DROP] + by[ASSESS_RECALL] == 0 &&
           step_text(
               &run->step,
               "SELECT 1 FROM assess_run AS r JOIN a_year AS y ON y.year = r.year_start WHERE r.input_sha256 = :hash"
               " AND r.id = (SELECT max(n.id) FROM assess_run AS n WHERE n.year_start = y.year)",
               run->values, VALUES)
                   .n > 0;
}

static enum office_end compute(struct assessing *run) {
    const struct str sql = {(const char *)assess_computing, assess_computing_count};
    if (!step_script(&run->step, sql, run->values, VALUES) || !can_be_assessed(run)) {
        return run->step.failed ? OFFICE_INPUT : OFFICE_REFUSED;
    }
    run->result->hash = hash_of_inputs(run);
    run->values[HASH].text = run->result->hash;
    collect(run);
    tell_doubts(run);
    return run->step.failed ? OFFICE_INPUT : OFFICE_DONE;
}

static enum office_end commit(struct assessing *run, struct str version) {
    const struct str sql = {(const char *)assess_committing, assess_committing_count};
    const struct str name = str_printf(run->step.arena, "assess %.*s", STR_ARG(run->result->year));
    const enum office_end end = step_begin(&run->step, name, run->request->as_of, false);
    if (end != OFFICE_DONE) {
        return end;
    }
    /* Another program wrote between computing and the lock. */
    if (!str_eq(version, step_text(&run->step, "PRAGMA data_version", NULL, 0))) {
        DIAG_ADD(run->step.diags, A105, PLACE_NONE, STR_NONE);
        return OFFICE_BUSY;
    }
    step_script(&run->step, sql, run->values, VALUES);
    return OFFICE_DONE;
}

/* --expect: what a dry run told still holds. */
static bool is_expected(struct assessing *run) {
    const struct str expected = run->request->expect;
    if (expected.n == 0 || str_starts(run->result->hash, expected)) {
        return true;
    }
    DIAG_ADD(run->step.diags, A106, PLACE_NONE, expected, str_slice(run->result->hash, 0, 12));
    return false;
}

enum office_end office_assess(struct arena *arena, const struct assess_request *request, struct assess_result *result,
                              struct diags *diags) {
    struct assessing run = {
        .request = request,
        .result = result,
        .values = {
            [YEAR] = {":year", request->year}, [AS_OF] = {":as_of", request->as_of}, [HASH] = {":hash", STR_NONE}}};
    *result = (struct assess_result){0};
    enum office_end end = step_open(&run.step, arena, request->database, diags);
    if (end == OFFICE_DONE) {
        const struct str version = step_text(&run.step, "PRAGMA data_version", NULL, 0);
        end = compute(&run);
        result->stands = end == OFFICE_DONE && stands_already(&run);
        if (end == OFFICE_DONE && request->commit && !result->stands) {
            end = is_expected(&run) ? commit(&run, version) : OFFICE_REFUSED;
        }
    }
    return step_end(&run.step, end, &result->run);
}
