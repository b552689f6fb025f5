/* calendar.c: what lists say of terms, months and days without school. */
#include "office/calendar.h"

#include <string.h>

#include "office/lists.h"

static const char tables[] =
    "CREATE TEMP TABLE listed_semester(id TEXT PRIMARY KEY CHECK(id GLOB "
    "'[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]-[12]'),"
    " year_start INTEGER, term INTEGER, title TEXT, starts TEXT NOT NULL, ends TEXT NOT NULL CHECK(ends > starts));"
    "CREATE TEMP TABLE listed_semester_month(semester_id TEXT NOT NULL, seq INTEGER, ym TEXT NOT NULL CHECK(ym GLOB "
    "'[0-9][0-9][0-9][0-9]-[01][0-9]'), period_from TEXT NOT NULL, period_to TEXT NOT NULL CHECK(period_to >= "
    "period_from), due_on TEXT NOT NULL, required INTEGER NOT NULL DEFAULT 1, PRIMARY KEY(semester_id, ym));"
    "CREATE TEMP TABLE listed_holiday(from_date TEXT PRIMARY KEY, to_date TEXT, name TEXT)";

/* `into` is the temporary table of the list's own. */
static bool take(struct step *step, const char *folder, const char *table, struct str *file) {
    struct office_list told;
    for (size_t i = 0; i < list_count; i++) {
        if (strcmp(lists[i].table, table) == 0) {
            const bool good =
                list_take_into(step, &lists[i], str_printf(step->arena, "listed_%s", table), folder, &told);
            *file = told.file;
            return good && !step->failed;
        }
    }
    return false;
}

bool calendar_read(struct step *step, const char *folder, struct str *file) {
    struct str of_months = STR_NONE, of_holidays = STR_NONE;
    *file = STR_NONE;
    const bool good = step_script(step, str_from(tables), NULL, 0) && take(step, folder, "semester", file) &&
                      take(step, folder, "semester_month", &of_months) && take(step, folder, "holiday", &of_holidays);
    *file = file->n > 0 ? *file : of_months;
    return good;
}

/* Columns of each: term, what is wrong with it, what it should be. A first term lies between August and the middle of March, a second one between
 * the middle of January and August. */
static const char of_another_year[] =
    "SELECT id, starts || ' – ' || ends, :file FROM looked_at WHERE id LIKE '%-1' AND NOT (starts >= substr(id, 1, 4) "
    "|| '-08-01' AND ends < substr(id, 6, 4) || '-03-16')"
    " OR id LIKE '%-2' AND NOT (starts > substr(id, 6, 4) || '-01-15' AND ends <= substr(id, 6, 4) || '-08-31')"
    " OR CAST(substr(id, 6, 4) AS INTEGER) <> CAST(substr(id, 1, 4) AS INTEGER) + 1";
static const char before_the_end[] =
    "SELECT id, starts, before, before_ends FROM looked_at WHERE starts <= before_ends";
static const char not_whole[] =
    "WITH month AS (SELECT m.*, t.starts, t.ends, lag(m.period_to) OVER (PARTITION BY t.id ORDER BY m.period_from) AS "
    "last,"
    " row_number() OVER (PARTITION BY t.id ORDER BY m.period_from DESC) AS back FROM looked_at AS t JOIN "
    "looked_at_month AS m ON m.semester_id = t.id)"
    "SELECT semester_id, ym, period_from || ' – ' || period_to, CASE WHEN period_from <> coalesce(date(last, '+1 "
    "day'), starts) THEN coalesce(date(last, '+1 day'), starts) ELSE ends END"
    " FROM month WHERE period_from <> coalesce(date(last, '+1 day'), starts) OR back = 1 AND period_to <> ends";

bool calendar_is_right(struct step *step, struct str file) {
    const struct sql_value of = {":file", file};
    return step_tell(step, DIAG_T513, of_another_year, &of, 1) + step_tell(step, DIAG_T514, before_the_end, &of, 1) +
               step_tell(step, DIAG_T515, not_whole, &of, 1) ==
           0;
}
