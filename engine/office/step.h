/* step.h: a step of the office: opened, begun, ended. Private to office/.
 *
 *     step_open ─► step_begin ─► SQL by step_run and its like ─► step_end
 *
 * 1. What ends before the commit in step_end leaves the database as it was, and no copy beside it.
 * 2. A step that failed (step->failed) runs no more SQL; step_end takes all back.
 * 3. Until the commit the file itself isn't written, however much a step changes: others read it, and the copy is made of it. */
#ifndef OFFICE_STEP_H
#define OFFICE_STEP_H

#include "intake/journal.h"
#include "office/office.h"

struct step {
    struct arena *arena;
    const char *database;
    struct sql *db;
    struct diags *diags;
    struct journal journal;
    bool dry_run; /* all is done, and taken back */
    bool notes;   /* step_end writes a line of intake_change for each cell that was changed (noted.c) */
    bool forgets; /* its run keeps no changeset and no lines but those that the step wrote: it can't be taken back */
    bool begun, failed;
};

/* The database for writing, of OFFICE_VERSION. Anything but OFFICE_DONE is told. step_end closes it in every case. */
enum office_end step_open(struct step *step, struct arena *arena, const char *database, struct diags *diags);
/* The lock to write, and the run of the journal, named `name` (“close 2026-11”). */
enum office_end step_begin(struct step *step, struct str name, struct str as_of, bool dry_run);
/* Runs the statement with the parameters that it names; rows changed are counted in the journal's run. False: told (Y104). */
bool step_run(struct step *step, const char *sql, const struct sql_value *values, size_t count);
/* Runs statement after statement, each with the parameters that it names. False: told (Y104). */
bool step_script(struct step *step, struct str sql, const struct sql_value *values, size_t count);
/* The first column of the first row, as text in the arena; STR_NONE: no row, or NULL. */
struct str step_text(struct step *step, const char *sql, const struct sql_value *values, size_t count);
/* Every row's columns as text in the arena: cells[row * *columns + column]; NULL where there is none. */
struct str *step_rows(struct step *step, const char *sql, const struct sql_value *values, size_t count, size_t *rows,
                      size_t *columns);
/* A cell that was changed, for intake_change: who looks a value up finds when it became what it is. */
bool step_changed(struct step *step, const char *table, struct str key, const char *column, struct str old,
                  struct str now);
/* Closes a step that has not begun, or that found nothing to do: nothing is kept. */
void step_abandon(struct step *step);
/* One message a row: its columns, four at most, are the message's {0} to {3}. Gives back how many were told. */
size_t step_tell(struct step *step, enum diag_code code, const char *sql, const struct sql_value *values, size_t count);
/* When all went well and `end` is OFFICE_DONE: lays the copy beside the database and commits, else takes back; closes. Gives back `end`, or what went wrong. `run` (may be
 * NULL) becomes the number by which `dossier undo` takes it back, 0 when nothing was written. */
enum office_end step_end(struct step *step, enum office_end end, int64_t *run);

/* --- noted.c ------------------------------------------------------------------------------------------------------ */

/* A line of intake_change for each cell that the step changed, and for each row that it made or took away. False: it can't be written. */
bool step_note(struct step *step);

#endif
