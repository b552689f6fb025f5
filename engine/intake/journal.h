/* journal.h: what an intake changed, so that it can be looked up and taken back. Of intake/ and office/.
 *
 * SQLite's session extension keeps every change of a transaction as a changeset; inverted, it takes them back, and refuses where a row no
 * longer is what the intake left. Tables without a primary key would be forgotten by it: all of the schema's have one. */
#ifndef INTAKE_JOURNAL_H
#define INTAKE_JOURNAL_H

#include <sqlite3.h>

#include "intake/intake.h"

struct journal {
    sqlite3 *db;
    struct sqlite3_session *session;
    int64_t run;
    struct str file;
};

/* Opens a semester database to write to; waits a little for others. */
enum intake_end journal_open(const char *path, sqlite3 **db, struct diags *diags);
/* The schema's version (fixtures/schema.sql) whose tables the forms fill. */
enum { JOURNAL_SCHEMA = 2 };
/* Is the database of that version? False: told (Y101, Y102), with the way to bring it there. */
bool journal_is_current(struct arena *arena, sqlite3 *db, const char *path, struct diags *diags);
/* Begins a transaction that writes: INTAKE_BUSY where another program does (told), INTAKE_NO_WRITE where nothing can be (told). */
enum intake_end journal_lock(sqlite3 *db, const char *path, struct diags *diags);
/* What tells this database from every other: keys of a workbook that another one filled mean nothing here. Made when first asked for, of
 * what the database then holds. Eight digits in the arena; STR_NONE: it can't be kept (told). */
struct str journal_token(struct arena *arena, sqlite3 *db, struct diags *diags);
/* Within a transaction, before its first change: a new row of intake_run. False: told. */
bool journal_begin(struct journal *journal, sqlite3 *db, struct str file, struct str as_of, struct diags *diags);
/* Before the commit: keeps the changeset and the counts. False: told. */
bool journal_keep(struct journal *journal, struct diags *diags, const struct intake_counts *counts);
void journal_end(struct journal *journal);

#endif
