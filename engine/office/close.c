/* close.c: a month is reported: its figures are frozen, and stay what they were when it is opened again.
 *
 * 1. A month is closed when it has its day (closed_on) and, where it is required, its figures.
 * 2. Months are closed in their order: of the required ones of which anything was recorded, the first that is open.
 * 3. Only the newest closed month is opened again: those behind it would compare with figures that are no more.
 * 4. What was frozen goes to month_reported before it leaves month_figure: the next booklet tells the difference (上期更正). */
#include <string.h>

#include "office/step.h"

/* The month's parameters, by name. */
enum { MONTH, SEMESTER, OVER_ON, ON, WHY, VALUES };

struct closing {
    struct step step;
    const struct office_close *job;
    struct office_closed *closed;
    struct sql_value values[VALUES];
    struct str closed_on; /* as it stands in the calendar */
    bool frozen;          /* it has figures */
};

#define CLOSED_MONTH                                                                                                   \
    "(m.closed_on IS NOT NULL AND (NOT m.required OR EXISTS(SELECT 1 FROM month_figure AS f WHERE f.ym = m.ym)))"

static struct str ask(struct closing *closing, const char *sql) {
    return step_text(&closing->step, sql, closing->values, VALUES);
}

static bool run(struct closing *closing, const char *sql) {
    return step_run(&closing->step, sql, closing->values, VALUES);
}

static enum office_end refuse(struct closing *closing, enum diag_code code, struct str a, struct str b) {
    const struct str args[4] = {closing->job->month, a, b};
    if (!closing->step.failed) {
        diag_add(closing->step.diags, code, PLACE_NONE, args);
    }
    return OFFICE_REFUSED;
}

/* --- which month -------------------------------------------------------------------------------------------------- */

static enum office_end find_month(struct closing *closing) {
    static const char sql[] =
        "SELECT m.semester_id, min(m.period_to, s.ends), m.required, m.closed_on, EXISTS(SELECT 1 FROM month_figure AS "
        "f WHERE f.ym = m.ym) FROM semester_month AS m JOIN semester AS s ON s.id = m.semester_id WHERE m.ym = :month"
        " ORDER BY m.required DESC, m.semester_id DESC LIMIT 1";
    size_t rows = 0, columns = 0;
    const struct str *cells = step_rows(&closing->step, sql, closing->values, VALUES, &rows, &columns);
    if (rows == 0) {
        return refuse(closing, DIAG_Y111, ask(closing, "SELECT min(ym) || ' – ' || max(ym) FROM semester_month"),
                      STR_NONE);
    }
    closing->closed->month =
        (struct office_month){.ym = closing->job->month, .semester = cells[0], .over_on = cells[1]};
    closing->closed->required = !str_is(cells[2], "0");
    closing->closed_on = closing->closed->closed_on = cells[3];
    closing->frozen = str_is(cells[4], "1");
    closing->values[SEMESTER].text = cells[0];
    closing->values[OVER_ON].text = cells[1];
    return OFFICE_DONE;
}

static bool is_closed(const struct closing *closing) {
    return closing->closed_on.n > 0 && (closing->frozen || !closing->closed->required);
}

static enum office_end check_order(struct closing *closing) {
    const struct str later =
        ask(closing, "SELECT max(m.ym) FROM semester_month AS m WHERE m.required AND m.ym > :month "
                     "AND " CLOSED_MONTH);
    if (later.n > 0) {
        return refuse(closing, DIAG_Y114, later, STR_NONE);
    }
    const struct str first =
        ask(closing,
            "SELECT min(m.ym) FROM semester_month AS m WHERE m.required AND m.ym < :month AND NOT " CLOSED_MONTH
            " AND (EXISTS(SELECT 1 FROM submission AS u WHERE u.ym = m.ym) OR EXISTS(SELECT 1 FROM monthly_record AS r"
            " WHERE r.ym = m.ym) OR EXISTS(SELECT 1 FROM care_event AS e WHERE e.on_date BETWEEN m.period_from AND "
            "m.period_to) OR EXISTS(SELECT 1 FROM month_reopening AS o WHERE o.ym = m.ym))");
    return first.n > 0 ? refuse(closing, DIAG_Y113, first, STR_NONE) : OFFICE_DONE;
}

static enum office_end check_closing(struct closing *closing) {
    const struct office_close *job = closing->job;
    if (is_closed(closing)) {
        return refuse(closing, DIAG_Y112, closing->closed_on, STR_NONE);
    }
    if (str_compare(job->on, closing->closed->month.over_on) < 0) {
        return refuse(closing, DIAG_Y110, closing->closed->month.over_on, job->on);
    }
    return closing->closed->required ? check_order(closing) : OFFICE_DONE;
}

/* --- returns ------------------------------------------------------------------------------------------------------ */

/* Schools with pupils on the last day, and when their 月统计材料 came; sent back (退回) is not there, let off (免交) is. */
static const char returns_sql[] =
    "SELECT s.id, coalesce(s.name, s.short_name, s.code, s.id), s.name, s.short_name, s.code,"
    " (SELECT min(coalesce(u.submitted_at, u.state)) FROM submission AS u"
    "  WHERE u.school_id = s.id AND u.ym = :month AND u.kind = '月统计材料'"
    "   AND (u.state = '免交' OR coalesce(u.state, '') <> '退回' AND u.submitted_at < date(:on, '+1 day')))"
    " FROM school AS s WHERE EXISTS("
    "  SELECT 1 FROM class AS c JOIN enrolment AS e ON e.class_id = c.id"
    "  WHERE c.school_id = s.id AND e.from_date <= :over_on AND (e.to_date IS NULL OR e.to_date >= :over_on))"
    " ORDER BY s.id";

enum { OF_ID, OF_TITLE, OF_NAME, OF_SHORT, OF_CODE, OF_CAME, OF_ALL };

static bool is_called(const struct str *school, struct str word) {
    return str_eq(school[OF_NAME], word) || str_eq(school[OF_SHORT], word) || str_eq(school[OF_CODE], word);
}

static bool is_let_out(const struct office_close *job, const struct str *school) {
    for (size_t i = 0; i < job->without_count; i++) {
        if (is_called(school, job->without[i])) {
            return true;
        }
    }
    return false;
}

/* Each --without names one school, of which nothing has come. */
static enum office_end check_without(struct closing *closing, const struct str *schools, size_t count) {
    const struct office_close *job = closing->job;
    enum office_end end = OFFICE_DONE;
    for (size_t i = 0; i < job->without_count; i++) {
        size_t found = 0, came = 0;
        for (size_t k = 0; k < count; k++) {
            const bool called = is_called(&schools[k * OF_ALL], job->without[i]);
            found += called;
            came += called && schools[k * OF_ALL + OF_CAME].n > 0;
        }
        if (found != 1) {
            end = refuse(closing, found == 0 ? DIAG_Y116 : DIAG_Y117, job->without[i], STR_NONE);
        } else if (came > 0) {
            end = refuse(closing, DIAG_Y118, job->without[i], STR_NONE);
        }
    }
    return end;
}

static bool keep_without(struct closing *closing, struct str school) {
    const struct sql_value values[] = {{":month", closing->job->month}, {":school", school}, {":on", closing->job->on}};
    return step_run(&closing->step,
                    "INSERT OR REPLACE INTO month_without VALUES(:month, CAST(:school AS INTEGER), :on)", values,
                    sizeof values / sizeof *values);
}

static enum office_end check_returns(struct closing *closing) {
    struct office_closed *closed = closing->closed;
    size_t columns = 0;
    const struct str *schools =
        step_rows(&closing->step, returns_sql, closing->values, VALUES, &closed->return_count, &columns);
    closed->returns = ARENA_ARRAY(closing->step.arena, struct office_return, closed->return_count);
    enum office_end end = check_without(closing, schools, closed->return_count);
    for (size_t i = 0; i < closed->return_count; i++) {
        const struct str *school = &schools[i * OF_ALL];
        closed->returns[i] = (struct office_return){school[OF_TITLE], school[OF_CAME]};
        if (school[OF_CAME].n > 0) {
            continue;
        }
        if (!is_let_out(closing->job, school)) {
            end = refuse(closing, DIAG_Y115, school[OF_TITLE], STR_NONE);
        } else {
            keep_without(closing, school[OF_ID]);
        }
    }
    return closed->return_count > 0 ? end : refuse(closing, DIAG_Y119, STR_NONE, STR_NONE);
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

static struct str cell(struct closing *closing, const struct rows *rows, size_t row, size_t column) {
    const struct value *value = &rows->cells[row * rows->columns + column];
    return value->kind == VALUE_NULL ? STR_NONE : value_text(closing->step.arena, value);
}

/* Who is in no class belongs to no school: counted by nobody, and told. */
static void tell_homeless(struct closing *closing, const struct rows *rows, size_t row) {
    if (str_is(cell(closing, rows, row, 1), "left_behind")) {
        DIAG_ADD(closing->step.diags, Y120, PLACE_NONE, closing->job->month, cell(closing, rows, row, 2));
    }
}

static bool freeze(struct closing *closing, const struct rows *rows) {
    static const char sql[] = "INSERT INTO month_figure VALUES(:month, CAST(:school AS INTEGER), :key, CAST(:n AS "
                              "INTEGER), CAST(:d AS INTEGER), :on)";
    for (size_t i = 0; i < rows->count; i++) {
        const struct sql_value values[] = {
            {":month", closing->job->month},        {":on", closing->job->on},
            {":school", cell(closing, rows, i, 0)}, {":key", cell(closing, rows, i, 1)},
            {":n", cell(closing, rows, i, 2)},      {":d", cell(closing, rows, i, 3)},
        };
        if (values[2].text.p == NULL) {
            tell_homeless(closing, rows, i);
            continue;
        }
        if (!step_run(&closing->step, sql, values, sizeof values / sizeof *values)) {
            return false;
        }
        closing->closed->figures++;
    }
    return true;
}

static enum office_end freeze_month(struct closing *closing) {
    const struct office_close *job = closing->job;
    struct rows rows = {0};
    if (!job->figures(job->context, &closing->closed->month, closing->step.arena, &rows)) {
        return OFFICE_REFUSED;
    }
    run(closing, "DELETE FROM month_figure WHERE ym = :month");
    return freeze(closing, &rows) ? OFFICE_DONE : OFFICE_NO_WRITE;
}

/* --- both ways ---------------------------------------------------------------------------------------------------- */

static enum office_end set_closed_on(struct closing *closing, struct str on) {
    const struct sql_value values[] = {
        {":month", closing->job->month}, {":semester", closing->values[SEMESTER].text}, {":on", on}};
    step_run(&closing->step, "UPDATE semester_month SET closed_on = :on WHERE ym = :month AND semester_id = :semester",
             values, sizeof values / sizeof *values);
    step_changed(&closing->step, "semester_month", closing->job->month, "closed_on", closing->closed_on, on);
    return closing->step.failed ? OFFICE_NO_WRITE : OFFICE_DONE;
}

static enum office_end close_month(struct closing *closing) {
    enum office_end end = check_closing(closing);
    if (end == OFFICE_DONE && closing->closed->required) {
        end = check_returns(closing);
        end = end == OFFICE_DONE ? freeze_month(closing) : end;
    }
    return end == OFFICE_DONE ? set_closed_on(closing, closing->job->on) : end;
}

static enum office_end reopen_month(struct closing *closing) {
    if (!is_closed(closing)) {
        return refuse(closing, DIAG_Y121, STR_NONE, STR_NONE);
    }
    const struct str later =
        ask(closing, "SELECT max(m.ym) FROM semester_month AS m WHERE m.required AND m.ym > :month "
                     "AND " CLOSED_MONTH);
    if (later.n > 0) {
        return refuse(closing, DIAG_Y122, later, STR_NONE);
    }
    run(closing,
        "INSERT INTO month_reopening(ym, reopened_on, closed_on, why) SELECT :month, :on, closed_on, :why FROM "
        "semester_month WHERE ym = :month AND semester_id = :semester");
    run(closing, "INSERT INTO month_reported SELECT (SELECT max(id) FROM month_reopening), school_id, key, numerator, "
                 "denominator, frozen_on FROM month_figure WHERE ym = :month");
    run(closing, "DELETE FROM month_without WHERE ym = :month");
    int64_t figures = 0;
    str_to_int(ask(closing, "SELECT count(*) FROM month_figure WHERE ym = :month"), &figures);
    closing->closed->figures = (size_t)figures;
    run(closing, "DELETE FROM month_figure WHERE ym = :month");
    return set_closed_on(closing, STR_NONE);
}

enum office_end office_close(struct arena *arena, const struct office_close *job, struct office_closed *closed,
                             struct diags *diags) {
    struct closing closing = {
        .job = job,
        .closed = closed,
        .values = {[MONTH] = {":month", job->month},
                   [SEMESTER] = {":semester", STR_NONE},
                   [OVER_ON] = {":over_on", STR_NONE},
                   [ON] = {":on", job->on},
                   [WHY] = {":why", job->why}},
    };
    *closed = (struct office_closed){0};
    enum office_end end = step_open(&closing.step, arena, job->database, diags);
    const struct str name = str_printf(arena, job->reopen ? "close %.*s --reopen" : "close %.*s", STR_ARG(job->month));
    end = end == OFFICE_DONE ? step_begin(&closing.step, name, job->on, job->dry_run) : end;
    end = end == OFFICE_DONE ? find_month(&closing) : end;
    if (end == OFFICE_DONE) {
        end = job->reopen ? reopen_month(&closing) : close_month(&closing);
    }
    return step_end(&closing.step, end, &closed->run);
}
