/* step.c: one transaction, its copy, its run in the journal. */
#include "office/step.h"

#include <assert.h>
#include <string.h>

#include "data/backup.h"

_Static_assert((int)OFFICE_VERSION == (int)JOURNAL_SCHEMA, "upgrade leads to what intake fills");

static bool tell_failed(struct step *step) {
    if (!step->failed) {
        DIAG_ADD(step->diags, Y104, PLACE_NONE, str_from(step->database), sql_error(step->db));
    }
    step->failed = true;
    return false;
}

enum office_end step_open(struct step *step, struct arena *arena, const char *database, struct diags *diags) {
    *step = (struct step){.arena = arena, .database = database, .diags = diags};
    step->db = journal_open(database, diags);
    if (step->db == NULL) {
        return OFFICE_INPUT;
    }
    sql_run(step->db, "PRAGMA cache_spill = OFF", NULL, 0); /* step.h, 3 */
    return journal_is_current(arena, step->db, database, diags) ? OFFICE_DONE : OFFICE_INPUT;
}

enum office_end step_begin(struct step *step, struct str name, struct str as_of, bool dry_run) {
    step->dry_run = dry_run;
    step->begun = sql_begin(step->db);
    if (!step->begun && sql_fault(step->db) == SQL_BUSY) {
        DIAG_ADD(step->diags, D106, PLACE_NONE, str_from(step->database));
        return OFFICE_BUSY;
    }
    const bool good =
        step->begun ? journal_begin(&step->journal, step->db, name, as_of, step->diags) : tell_failed(step);
    return good ? OFFICE_DONE : OFFICE_NO_WRITE;
}

/* --- statements --------------------------------------------------------------------------------------------------- */

bool step_run(struct step *step, const char *sql, const struct sql_value *values, size_t count) {
    return step_script(step, str_from(sql), values, count);
}

bool step_script(struct step *step, struct str sql, const struct sql_value *values, size_t count) {
    return !step->failed && (sql_script(step->db, sql, values, count) || tell_failed(step));
}

struct str *step_rows(struct step *step, const char *sql, const struct sql_value *values, size_t count, size_t *rows,
                      size_t *columns) {
    struct str *cells = NULL;
    *rows = *columns = 0;
    if (!step->failed) {
        cells = sql_rows(step->db, step->arena, sql, values, count, rows, columns);
    }
    if (!step->failed && sql_fault(step->db) != SQL_FINE) {
        tell_failed(step);
    }
    return cells;
}

struct str step_text(struct step *step, const char *sql, const struct sql_value *values, size_t count) {
    size_t rows = 0, columns = 0;
    const struct str *cells = step_rows(step, sql, values, count, &rows, &columns);
    return rows == 0 ? STR_NONE : cells[0];
}

bool step_changed(struct step *step, const char *table, struct str key, const char *column, struct str old,
                  struct str now) {
    const struct sql_value values[] = {
        {":run", str_int(step->arena, step->journal.run)},
        {":table", str_from(table)},
        {":key", key},
        {":column", str_from(column)},
        {":old", old},
        {":new", now},
    };
    return step_run(step,
                    "INSERT INTO intake_change(run_id, tbl, row_key, col, old, new) VALUES(CAST(:run AS INTEGER), "
                    ":table, :key, :column, :old, :new)",
                    values, sizeof values / sizeof *values);
}

size_t step_tell(struct step *step, enum diag_code code, const char *sql, const struct sql_value *values,
                 size_t count) {
    size_t rows = 0, columns = 0;
    const struct str *cells = step_rows(step, sql, values, count, &rows, &columns);
    for (size_t row = 0; row < rows; row++) {
        struct str args[4] = {STR_NONE, STR_NONE, STR_NONE, STR_NONE};
        assert(columns <= sizeof args / sizeof *args);
        memcpy(args, cells + row * columns, columns * sizeof *args);
        diag_add(step->diags, code, PLACE_NONE, args);
    }
    return rows;
}

/* --- the end ------------------------------------------------------------------------------------------------------ */

/* Until the commit the file is as it was, so that a step that is refused makes no copy. */
static bool keep(struct step *step, int64_t changes) {
    const struct intake_counts counts = {.changes = (size_t)changes};
    if (step->notes && !step->forgets && !step_note(step)) {
        return tell_failed(step);
    }
    return backup_make(step->arena, step->database, step->diags) &&
           (step->forgets || journal_keep(&step->journal, step->diags, &counts)) &&
           (sql_commit(step->db) || tell_failed(step));
}

void step_abandon(struct step *step) {
    sql_close(step->db);
}

enum office_end step_end(struct step *step, enum office_end end, int64_t *run) {
    const bool good = end == OFFICE_DONE && !step->failed && step->journal.run > 0;
    /* without the row of intake_run */
    const bool kept = good && !step->dry_run && keep(step, sql_changed_in_all(step->db) - 1);
    sql_close(step->db);
    if (run != NULL) {
        *run = kept ? step->journal.run : 0;
    }
    if (!step->begun) { /* only asked */
        return end == OFFICE_DONE && step->failed ? OFFICE_INPUT : end;
    }
    return end != OFFICE_DONE ? end : kept || (good && step->dry_run) ? OFFICE_DONE : OFFICE_NO_WRITE;
}
