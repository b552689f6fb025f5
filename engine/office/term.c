/* term.c: a new term begins: term_way.sql tells which may, term_plan.sql decides, term_apply.sql writes, term_tell.sql says what.
 *
 * 1. Nothing is written before all is decided, and nothing where the plan can't stand.
 * 2. Called again for the term that it began, it looks for what came since: numbers for new children, the register of those who moved. */
#include "office/calendar.h"
#include "office/embedded.h"

#include <string.h>

enum { NAMED_MOST = 8 };

struct way {
    struct str now, next; /* the newest term that has begun; the one behind it */
    bool by_program;      /* `dossier term` began it */
};

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

/* 2026-2027-2: two years that follow each other, and 1 or 2. */
static bool is_term(struct str word) {
    if (word.n != strlen("2026-2027-2")) {
        return false;
    }
    for (size_t i = 0; i < word.n; i++) {
        if (i == 4 || i == 9 ? word.p[i] != '-' : !digit(word.p[i])) {
            return false;
        }
    }
    int64_t first = 0, second = 0;
    str_to_int(str_slice(word, 0, 4), &first);
    str_to_int(str_slice(word, 5, 9), &second);
    return second == first + 1 && (word.p[10] == '1' || word.p[10] == '2');
}

static struct str term_after(struct arena *arena, struct str term) {
    int64_t year = 0;
    str_to_int(str_slice(term, 0, 4), &year);
    return term.p[10] == '1' ? str_printf(arena, "%.*s-2", 9, term.p)
                             : str_printf(arena, "%lld-%lld-1", (long long)year + 1, (long long)year + 2);
}

/* --- what may begin ----------------------------------------------------------------------------------------------- */

static bool find_way(struct step *step, struct way *way) {
    step_script(step, STR("CREATE TEMP TABLE begun_by_program(id TEXT)"), NULL, 0);
    if (step_text(step, "SELECT 1 FROM sqlite_schema WHERE name = 'intake_run'", NULL, 0).n > 0) {
        step_run(step,
                 "INSERT INTO begun_by_program SELECT substr(file, 6) FROM intake_run WHERE file LIKE 'term %' AND "
                 "undone = 0",
                 NULL, 0);
    }
    step_script(step, (struct str){(const char *)office_term_way, office_term_way_count}, NULL, 0);
    size_t rows = 0, columns = 0;
    const struct str *cells =
        step_rows(step, "SELECT id, by_program FROM term_begun ORDER BY id DESC LIMIT 1", NULL, 0, &rows, &columns);
    if (rows > 0) {
        *way = (struct way){cells[0], term_after(step->arena, cells[0]), str_is(cells[1], "1")};
    }
    return !step->failed;
}

static enum office_end refuse(struct step *step, enum diag_code code, struct str a, struct str b, struct str c) {
    diag_add(step->diags, code, PLACE_NONE, (const struct str[4]){a, b, c});
    return OFFICE_REFUSED;
}

/* One text of all rows: “一（1）班、一（2）班”, the first few, and "" where there are none. */
static struct str listed(struct step *step, const char *sql, const struct sql_value *values, size_t count) {
    size_t rows = 0, columns = 0;
    const struct str *cells = step_rows(step, sql, values, count, &rows, &columns);
    struct str text = STR("");
    for (size_t i = 0; i < rows && i < NAMED_MOST; i++) {
        text = str_printf(step->arena, "%.*s%s%.*s", STR_ARG(text), i > 0 ? ", " : "", STR_ARG(cells[i * columns]));
    }
    return rows > NAMED_MOST ? str_printf(step->arena, "%.*s … (%zu)", STR_ARG(text), rows) : text;
}

static enum office_end check_order(struct step *step, const struct office_term *job, const struct way *way) {
    if (way->now.n == 0) {
        return refuse(step, DIAG_Y205, job->term, STR_NONE, STR_NONE);
    }
    if (!str_eq(job->term, way->now) && !str_eq(job->term, way->next)) {
        return refuse(step, DIAG_Y202, job->term, way->now, way->next);
    }
    const struct sql_value now = {":now", way->now};
    const struct str open = listed(
        step, "SELECT ym FROM semester_month WHERE semester_id = :now AND required AND closed_on IS NULL ORDER BY seq",
        &now, 1);
    if (str_eq(job->term, way->next) && open.n > 0 && !job->unclosed) {
        return refuse(step, DIAG_Y203, way->now, open, str_slice(open, 0, strlen("2026-11")));
    }
    const struct str bare = listed(step,
                                   "SELECT coalesce(s.name, '?') || ' ' || coalesce(t.display, c.id) FROM class_term "
                                   "AS t JOIN class AS c ON c.id = t.class_id"
                                   " LEFT JOIN school AS s ON s.id = c.school_id WHERE t.semester_id = :now AND "
                                   "(t.grade IS NULL OR t.grade NOT BETWEEN -3 AND 9 OR t.grade = 0)"
                                   " ORDER BY c.school_id, t.display",
                                   &now, 1);
    if (str_eq(job->term, way->next) && bare.n > 0) {
        return refuse(step, DIAG_Y204, bare, STR_NONE, STR_NONE);
    }
    return step->failed ? OFFICE_NO_WRITE : OFFICE_DONE;
}

/* --- what is doubtful, and told ----------------------------------------------------------------------------------- */

static void tell_where_any(struct step *step, enum diag_code code, const char *sql) {
    const struct str text = listed(step, sql, NULL, 0);
    if (text.n > 0) {
        diag_add(step->diags, code, PLACE_NONE, (const struct str[4]){text});
    }
}

static void tell_doubts(struct step *step) {
    tell_where_any(step, DIAG_Y206,
                   "SELECT g.school || ' ' || coalesce(g.called, '?') || ' → ' || n.display FROM go JOIN go_class AS g "
                   "ON NOT g.finishes AND g.display IS NULL"
                   " JOIN class_term AS n ON n.class_id = g.class_id AND n.semester_id = go.id WHERE NOT go.complete "
                   "ORDER BY g.school_id, n.display");
    tell_where_any(step, DIAG_Y207, "SELECT id || ' ' || starts || '–' || ends FROM go WHERE by_rule");
    tell_where_any(step, DIAG_T516,
                   "SELECT n.id || ' ' || n.starts || '–' || n.ends FROM go JOIN listed_semester AS n ON n.id = go.id "
                   "AND NOT other_calendar AND NOT new_calendar AND (n.starts <> go.starts OR n.ends <> go.ends)");
    tell_where_any(
        step, DIAG_T517,
        "SELECT id FROM go WHERE NOT complete AND NOT EXISTS(SELECT 1 FROM holiday AS h WHERE h.from_date <= "
        "go.ends AND coalesce(h.to_date, h.from_date) >= go.starts)");
    tell_where_any(step, DIAG_Y208, "SELECT coalesce(dossier_no, '?') FROM go_child WHERE fate = '不在籍' ORDER BY 1");
    tell_where_any(
        step, DIAG_Y209,
        "SELECT coalesce(l.dossier_no, '?') FROM go JOIN carried AS k ON k.semester_id = go.id AND k.tbl = 'pairing'"
        " JOIN go_child AS g ON g.student_id = k.student_id"
        " JOIN left_behind AS l ON l.student_id = k.student_id AND l.semester_id = go.id"
        " JOIN pairing AS p ON p.id = k.row_key"
        " JOIN carer AS c ON c.id = p.carer_id JOIN staff AS s ON s.id = c.staff_id AND s.active = 0 ORDER BY 1");
}

static void take_decisions(struct step *step, struct office_decisions *decisions) {
    size_t columns = 0;
    const struct str *cells =
        step_rows(step, "SELECT detail, english, chinese FROM decision ORDER BY part, place, english", NULL, 0,
                  &decisions->count, &columns);
    decisions->items = ARENA_ARRAY(step->arena, struct office_decision, decisions->count);
    for (size_t i = 0; i < decisions->count; i++) {
        const struct str *row = cells + i * columns;
        decisions->items[i] = (struct office_decision){str_is(row[0], "1"), row[1], row[2]};
    }
}

/* The term that the one that stands was carried over from. STR_NONE: it was the first, or not begun by the program. */
static struct str term_before(struct step *step, const struct way *way) {
    return way->by_program ? step_text(step, "SELECT id FROM semester WHERE id < :now ORDER BY id DESC LIMIT 1",
                                       &(struct sql_value){":now", way->now}, 1)
                           : STR_NONE;
}

/* What a list says of the term is looked at before it is taken; what the database held before there were lists isn't. */
static const char listed_calendar[] =
    "CREATE TEMP VIEW looked_at AS SELECT id, starts, ends, prev AS before, prev_ends AS before_ends FROM go "
    "WHERE listed;"
    "CREATE TEMP VIEW looked_at_month AS SELECT go.id AS semester_id, m.* FROM go JOIN go_month AS m WHERE go.listed";

/* --- beginning ---------------------------------------------------------------------------------------------------- */

static enum office_end begin(struct step *step, const struct office_term *job, const struct way *way, bool dry_run,
                             struct office_decisions *decisions) {
    const bool complete = str_eq(job->term, way->now);
    const struct str prev = complete ? term_before(step, way) : way->now;
    const struct sql_value asked[] = {
        {":term", job->term}, {":prev", prev}, {":complete", complete ? STR("1") : STR("0")}};
    const enum office_end end = step_begin(
        step, str_printf(step->arena, "%s %.*s", complete && prev.n == 0 ? "numbers" : "term", STR_ARG(job->term)),
        job->as_of, dry_run);
    step->notes = true;
    if (end != OFFICE_DONE) {
        return end;
    }
    step_script(step, STR("CREATE TEMP TABLE asked(term TEXT, prev TEXT, complete INTEGER)"), NULL, 0);
    step_run(step, "INSERT INTO asked VALUES(:term, :prev, :complete)", asked, 3);
    struct str file = STR_NONE;
    if (!calendar_read(step, job->from, &file)) {
        return OFFICE_REFUSED;
    }
    step_script(step, (struct str){(const char *)office_term_plan, office_term_plan_count}, NULL, 0);
    step_script(step, str_from(listed_calendar), NULL, 0);
    if (!step->failed && !calendar_is_right(step, file)) {
        return OFFICE_REFUSED;
    }
    step_script(step, (struct str){(const char *)office_term_apply, office_term_apply_count}, NULL, 0);
    step_script(step, (struct str){(const char *)office_term_tell, office_term_tell_count}, NULL, 0);
    tell_doubts(step);
    take_decisions(step, decisions);
    return step->failed ? OFFICE_NO_WRITE : OFFICE_DONE;
}

/* look: a second call for a term changes nothing, only what it would change is told. */
static enum office_end try_term(struct arena *arena, const struct office_term *job, bool look,
                                struct office_decisions *decisions, int64_t *run, struct diags *diags) {
    struct step step;
    struct way way = {0};
    enum office_end end = step_open(&step, arena, job->database, diags);
    if (end == OFFICE_DONE) {
        end = find_way(&step, &way) ? check_order(&step, job, &way) : OFFICE_NO_WRITE;
    }
    decisions->again = end == OFFICE_DONE && str_eq(job->term, way.now);
    if (end != OFFICE_DONE) {
        step_abandon(&step);
        return end;
    }
    end = begin(&step, job, &way, job->dry_run || (decisions->again && look), decisions);
    return step_end(&step, end, run);
}

enum office_end office_term(struct arena *arena, const struct office_term *job, struct office_decisions *decisions,
                            int64_t *run, struct diags *diags) {
    *decisions = (struct office_decisions){0};
    *run = 0;
    if (!is_term(job->term)) {
        DIAG_ADD(diags, Y201, PLACE_NONE, job->term);
        return OFFICE_USAGE;
    }
    const enum office_end end = try_term(arena, job, true, decisions, run, diags);
    if (end != OFFICE_DONE || job->dry_run || !decisions->again || decisions->count == 0) {
        return end;
    }
    return try_term(arena, job, false, decisions, run, diags);
}
