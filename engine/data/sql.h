/* sql.h: a database file as it stands, read and written by rules/, intake/ and office/: statements, transactions, functions of our own.
 *
 *     sql_open ─► sql_begin ─► sql_run, sql_rows and their like, or sql_statement ─► statement_next … ─► sql_commit ─► sql_close
 *
 * What layouts ask never comes here: their rows are masked for a reader (data.h). What a transaction changed: changes.h.
 *
 * 1. What fails gives back false, NULL or nothing; sql_fault and sql_error tell why, until the next call. Only sql_open_told tells.
 * 2. All belongs to its connection and ends with it: statements, functions, a transaction that isn't committed. One thread.
 * 3. STR_NONE is NULL, "" is a text. What is bound lives until the statement was run; nothing is copied. */
#ifndef DATA_SQL_H
#define DATA_SQL_H

#include "data/data.h"

/* A connection. */
struct sql;
enum sql_mode { SQL_READ, SQL_WRITE };
enum sql_fault {
    SQL_FINE,
    SQL_BUSY,           /* another program writes, and was waited for */
    SQL_MISSING,        /* no such file, or it may not be opened */
    SQL_NOT_A_DATABASE, /* some other file */
    SQL_REFUSED,        /* by the schema: a constraint, or a type that a column can't have */
    SQL_BROKEN          /* anything else: the disk, the file, the SQL */
};

/* Opens a file that is there, with what all need: foreign keys hold, no trust in the file's own schema, temporary tables in memory, five
 * seconds of patience with others. Never NULL; SQL_FINE when it is open. A file is read when it is first asked. */
struct sql *sql_open(const char *path, enum sql_mode mode);
/* Opens it and reads its schema. NULL: told (D101, D102, D107). */
struct sql *sql_open_told(const char *path, enum sql_mode mode, struct diags *diags);
/* NULL is allowed. */
void sql_close(struct sql *db);
/* How the last call ended. */
enum sql_fault sql_fault(const struct sql *db);
/* SQLite's words about the last failure, in English; borrowed until sql_close. STR_NONE: nothing failed so far. */
struct str sql_error(const struct sql *db);

/* A transaction that writes: the lock is taken at once. SQL_BUSY: another has it. */
bool sql_begin(struct sql *db);
/* What was written since sql_begin holds, on the disk. False: it doesn't yet, and the transaction is still open. */
bool sql_commit(struct sql *db);
/* Takes all back; nothing where there is no transaction. */
void sql_roll_back(struct sql *db);

/* --- at one go ---------------------------------------------------------------------------------------------------- */

/* A parameter by its name, ":month" or "?1"; a statement that hasn't it leaves it out. */
struct sql_value {
    const char *name;
    struct str text;
};

/* Runs one statement; rows are passed over. Of a text with several only the first is run. */
bool sql_run(struct sql *db, const char *sql, const struct sql_value *values, size_t count);
/* Runs one after the other, each with these values, and stops at the first that fails; what ran before it stays, unless a
 * transaction is taken back. */
bool sql_script(struct sql *db, struct str sql, const struct sql_value *values, size_t count);
/* The first column of the first row, as text in the arena. STR_NONE: there is no row, it is NULL, or the statement failed. */
struct str sql_text(struct sql *db, struct arena *arena, const char *sql, const struct sql_value *values, size_t count);
/* The same as a number; 0 in those cases. */
int64_t sql_number(struct sql *db, const char *sql, const struct sql_value *values, size_t count);
/* All rows as text in the arena: cells[row * *columns + column]. NULL where there are none: *columns is 0 when it failed. */
struct str *sql_rows(struct sql *db, struct arena *arena, const char *sql, const struct sql_value *values, size_t count,
                     size_t *rows, size_t *columns);
/* Rows that the last INSERT, UPDATE or DELETE wrote. */
int64_t sql_changed(const struct sql *db);
/* All that were written since the file was opened, by triggers too. */
int64_t sql_changed_in_all(const struct sql *db);
/* The rowid of the row that was made last; 0: none was. */
int64_t sql_last_key(const struct sql *db);

/* --- row by row --------------------------------------------------------------------------------------------------- */

struct statement;
/* Prepared when it is first asked for, and kept: the same text gives the same statement, begun anew. NULL: it can't be prepared. Borrowed. */
struct statement *sql_statement(struct sql *db, const char *sql);
/* How many parameters it has; they count from 1. What isn't bound anew stays from the run before. */
size_t statement_parameters(const struct statement *statement);
/* A parameter's name with its sign (":month"); NULL where it has none. Borrowed from the statement. */
const char *statement_parameter(const struct statement *statement, size_t at);
/* Binds a value; text and blobs are not copied, and live until the statement was run or is bound anew. */
void statement_bind(struct statement *statement, size_t at, struct value value);
/* By name; nothing where there is none of the name. */
void statement_bind_named(struct statement *statement, const char *name, struct value value);
/* The same of a text; STR_NONE is NULL. */
void statement_bind_text(struct statement *statement, size_t at, struct str text);
/* The same of a whole number. */
void statement_bind_int(struct statement *statement, size_t at, int64_t number);
/* The next row. False: behind the last one, or it failed; it is begun anew then. */
bool statement_next(struct statement *statement);
/* Did it fail when it was last run? */
bool statement_failed(const struct statement *statement);
/* Runs one that gives no rows. */
bool statement_run(struct statement *statement);
/* Leaves the rows that are left. */
void statement_reset(struct statement *statement);
/* How many columns its rows have; they count from 0. */
size_t statement_columns(const struct statement *statement);
/* A column's name; borrowed from the statement. */
const char *statement_column(const struct statement *statement, size_t column);
/* A cell of the row at hand, as text; borrowed until the next row. STR_NONE: NULL. Bytes as they stand: they may be no UTF-8. */
struct str statement_text(const struct statement *statement, size_t column);
/* The same as a whole number: 0 for NULL, and for text that begins with none. */
int64_t statement_int(const struct statement *statement, size_t column);
/* The same in its own type, with its text borrowed just so. */
struct value statement_value(const struct statement *statement, size_t column);

/* --- functions ---------------------------------------------------------------------------------------------------- */

/* A call of a function: its arguments, from 0, and its answer, which is copied, and NULL until one is given. */
struct sql_call;
/* One that gives the same for the same, always. */
struct sql_function {
    const char *name;
    int arguments;
    void (*answer)(struct sql_call *call, void *context);
};
/* Makes them known; they and the context outlive the connection. */
bool sql_functions(struct sql *db, const struct sql_function *functions, size_t count, void *context);
/* An argument as text, borrowed until the function returns; STR_NONE: NULL. `at` is less than the function's count of
 * arguments. */
struct str sql_argument_text(const struct sql_call *call, int at);
/* The same in its own type. */
struct value sql_argument(const struct sql_call *call, int at);
/* The answer is a cell of a statement's row at hand, copied. */
void sql_answer_cell(struct sql_call *call, const struct statement *statement, size_t column);
/* Or a text, copied; STR_NONE leaves NULL. */
void sql_answer_text(struct sql_call *call, struct str text);
/* Or a whole number. */
void sql_answer_int(struct sql_call *call, int64_t number);

#endif
