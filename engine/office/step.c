/* step.c: one transaction, its copy, its run in the journal. */
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "office/step.h"

#include <assert.h>
#include <string.h>

#include "data/backup.h"

_Static_assert((int)OFFICE_VERSION == (int)JOURNAL_SCHEMA, "upgrade leads to what intake fills");

static bool execute(sqlite3 *db, const char *sql) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static void tell_failed(struct step *step) {
    if (!step->failed) {
        DIAG_ADD(step->diags, Y104, PLACE_NONE, str_from(step->database), str_from(sqlite3_errmsg(step->db)));
    }
    step->failed = true;
}

enum office_end step_open(struct step *step, struct arena *arena, const char *database, struct diags *diags) {
    *step = (struct step){.arena = arena, .database = database, .diags = diags};
    if (journal_open(database, &step->db, diags) != INTAKE_TAKEN) {
        return OFFICE_INPUT;
    }
    execute(step->db, "PRAGMA cache_spill = OFF"); /* step.h, 3 */
    return journal_is_current(arena, step->db, database, diags) ? OFFICE_DONE : OFFICE_INPUT;
}

enum office_end step_begin(struct step *step, struct str name, struct str as_of, bool dry_run) {
    step->dry_run = dry_run;
    if (!execute(step->db, "BEGIN IMMEDIATE")) {
        const bool busy = sqlite3_errcode(step->db) == SQLITE_BUSY;
        if (busy) {
            DIAG_ADD(step->diags, D106, PLACE_NONE, str_from(step->database));
        } else {
            tell_failed(step);
        }
        return busy ? OFFICE_BUSY : OFFICE_NO_WRITE;
    }
    step->begun = true;
    return journal_begin(&step->journal, step->db, name, as_of, step->diags) ? OFFICE_DONE : OFFICE_NO_WRITE;
}

/* --- statements --------------------------------------------------------------------------------------------------- */

static void bind(sqlite3_stmt *statement, const struct step_value *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const int at = sqlite3_bind_parameter_index(statement, values[i].name);
        if (at > 0 && values[i].text.p != NULL) {
            sqlite3_bind_text(statement, at, values[i].text.p, (int)values[i].text.n, SQLITE_STATIC);
        }
    }
}

static sqlite3_stmt *prepare(struct step *step, const char *sql, const struct step_value *values, size_t count) {
    sqlite3_stmt *statement = NULL;
    if (step->failed) {
        return NULL;
    }
    if (sqlite3_prepare_v2(step->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        tell_failed(step);
        return NULL;
    }
    bind(statement, values, count);
    return statement;
}

static struct str column_text(struct arena *arena, sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    const size_t count = (size_t)sqlite3_column_bytes(statement, column);
    return text == NULL ? STR_NONE : str_copy(arena, (struct str){text, count});
}

bool step_run(struct step *step, const char *sql, const struct step_value *values, size_t count) {
    sqlite3_stmt *statement = prepare(step, sql, values, count);
    if (statement != NULL && sqlite3_step(statement) != SQLITE_DONE) {
        tell_failed(step);
    }
    sqlite3_finalize(statement);
    return !step->failed;
}

bool step_script(struct step *step, struct str sql, const struct step_value *values, size_t count) {
    const char *at = sql.p;
    const char *end = sql.p + sql.n;
    while (at < end && !step->failed) {
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v2(step->db, at, (int)(end - at), &statement, &at);
        if (code == SQLITE_OK && statement != NULL) {
            bind(statement, values, count);
            code = sqlite3_step(statement) == SQLITE_DONE ? SQLITE_OK : SQLITE_ERROR;
        }
        if (code != SQLITE_OK) {
            tell_failed(step);
        }
        sqlite3_finalize(statement);
    }
    return !step->failed;
}

struct str *step_rows(struct step *step, const char *sql, const struct step_value *values, size_t count, size_t *rows,
                      size_t *columns) {
    sqlite3_stmt *statement = prepare(step, sql, values, count);
    struct str *cells = NULL;
    size_t used = 0, capacity = 0;
    int code = SQLITE_DONE;
    *rows = 0;
    *columns = statement == NULL ? 0 : (size_t)sqlite3_column_count(statement);
    while (statement != NULL && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (size_t i = 0; i < *columns; i++) {
            ARENA_GROW(step->arena, cells, used, capacity);
            cells[used++] = column_text(step->arena, statement, (int)i);
        }
        (*rows)++;
    }
    if (code != SQLITE_DONE) {
        tell_failed(step);
    }
    sqlite3_finalize(statement);
    return cells;
}

struct str step_text(struct step *step, const char *sql, const struct step_value *values, size_t count) {
    size_t rows = 0, columns = 0;
    const struct str *cells = step_rows(step, sql, values, count, &rows, &columns);
    return rows == 0 ? STR_NONE : cells[0];
}

bool step_changed(struct step *step, const char *table, struct str key, const char *column, struct str old,
                  struct str now) {
    const struct step_value values[] = {
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

size_t step_tell(struct step *step, enum diag_code code, const char *sql, const struct step_value *values,
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
        tell_failed(step);
        return false;
    }
    if (!backup_make(step->arena, step->database, step->diags)) {
        return false;
    }
    if (!step->forgets && !journal_keep(&step->journal, step->diags, &counts)) {
        return false;
    }
    if (!execute(step->db, "COMMIT")) {
        tell_failed(step);
        return false;
    }
    return true;
}

void step_abandon(struct step *step) {
    if (step->journal.session != NULL) {
        journal_end(&step->journal);
    }
    if (step->begun) {
        execute(step->db, "ROLLBACK");
    }
    sqlite3_close(step->db);
}

enum office_end step_end(struct step *step, enum office_end end, int64_t *run) {
    const bool good = end == OFFICE_DONE && !step->failed && step->journal.run > 0;
    /* without the row of intake_run */
    const bool kept = good && !step->dry_run && keep(step, sqlite3_total_changes64(step->db) - 1);
    if (step->journal.session != NULL) {
        journal_end(&step->journal);
    }
    if (step->begun && !kept) {
        execute(step->db, "ROLLBACK");
    }
    sqlite3_close(step->db);
    if (run != NULL) {
        *run = kept ? step->journal.run : 0;
    }
    if (!step->begun) { /* only asked */
        return end == OFFICE_DONE && step->failed ? OFFICE_INPUT : end;
    }
    return end != OFFICE_DONE ? end : kept || (good && step->dry_run) ? OFFICE_DONE : OFFICE_NO_WRITE;
}
