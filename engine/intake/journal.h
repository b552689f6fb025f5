/* journal.h: what an intake changed, so that it can be looked up and taken back (data/changes.h). Of intake/ and office/. */
#ifndef INTAKE_JOURNAL_H
#define INTAKE_JOURNAL_H

#include "data/sql.h"
#include "intake/intake.h"

/* A run: its row of intake_run. */
struct journal {
    struct sql *db;
    int64_t run;
};

/* Opens a semester database to write to. NULL: told (D101, D102, D107, T305). */
struct sql *journal_open(const char *path, struct diags *diags);
/* The schema's version (fixtures/schema.sql) whose tables the forms fill. */
enum { JOURNAL_SCHEMA = 3 };
/* Is the database of that version? False: told (Y101, Y102), with the way to bring it there. */
bool journal_is_current(struct arena *arena, struct sql *db, const char *path, struct diags *diags);
/* Begins a transaction that writes: INTAKE_BUSY where another program does (told), INTAKE_NO_WRITE where nothing can be (told). */
enum intake_end journal_lock(struct sql *db, const char *path, struct diags *diags);
/* What tells this database from every other: keys of a workbook that another one filled mean nothing here. Made when first asked for, of
 * what the database then holds. Eight digits in the arena; STR_NONE: it can't be kept (told). */
struct str journal_token(struct arena *arena, struct sql *db, struct diags *diags);
/* Within a transaction, before its first change: a new row of intake_run; changes are recorded from here on. False: told. */
bool journal_begin(struct journal *journal, struct sql *db, struct str file, struct str as_of, struct diags *diags);
/* Before the commit: keeps the changes and the counts. False: told. */
bool journal_keep(const struct journal *journal, struct diags *diags, const struct intake_counts *counts);

#endif
