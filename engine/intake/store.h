/* store.h: one row of a form, found or made in the database. Private to intake/. */
#ifndef INTAKE_STORE_H
#define INTAKE_STORE_H

#include "base/buffer.h"
#include "base/hash.h"
#include "data/sql.h"
#include "intake/intake.h"
#include "intake/value.h"

enum { ROW_FIELDS = 48, ROW_PARAMETERS = 72 };

/* A name in SQL and its value: a field's, a given's, or what a finder or target gave. */
struct parameter {
    const char *name;
    struct taken value;
};

/* The SQL that writes a target, made from its form's fields. */
struct written {
    const struct target *target;
    const char *insert, *select; /* select NULL: it has no fields of its own */
};

/* What rows of this file have said of one row of the database: by field, the number of the row that said it; 0: none. */
struct said {
    struct str sheet;
    uint32_t rows[ROW_FIELDS];
};

/* One file's transaction. */
struct store {
    struct arena *arena;     /* as long as the file */
    struct sql *db;          /* open in a transaction */
    struct diags *diags;     /* all that goes wrong is told there */
    struct written *written; /* made when first asked for */
    size_t written_count, written_capacity;
    int64_t run;                 /* key of this import in intake_run; 0 until it is kept */
    struct str file;             /* its name, for messages */
    bool overwrite;              /* corrections hold also where the database has become newer than the workbook */
    struct intake_counts counts; /* of this file so far */
    struct strmap seen;          /* rows of tables whose rows repeat that this file has spoken of: "care_event/17" */
    struct strmap said_of;       /* "学生/student/17": the place in `said`, from 1 */
    struct said *said;
    size_t said_count, said_capacity;
    bool in_row; /* a row has begun to write: what it wrote can be taken back */
    bool broken; /* the database failed: told */
};

/* A row of a sheet on its way. */
struct store_row {
    const struct form *form; /* its fields' order is that of the arrays below */
    struct str sheet;
    uint32_t number;  /* of the row in its sheet, from 1 */
    struct str basis; /* of a filled workbook's row: what the database held when it went out (basis.h); STR_NONE */
    bool filled;      /* a row of a filled workbook: a blank cell means unknown */
    bool known[ROW_FIELDS];                      /* the sheet has the field's column */
    bool refused[ROW_FIELDS];                    /* the cell holds something that isn't kept (told) */
    struct taken values[ROW_FIELDS];             /* not given: the cell is blank, or refused */
    uint32_t columns[ROW_FIELDS];                /* of the cells, for messages */
    struct parameter parameters[ROW_PARAMETERS]; /* by name, without order */
    size_t parameter_count;
};

/* Writes a row: finders, targets, changes. False: it was left out (told), and nothing of it is written. */
bool store_row(struct store *store, struct store_row *row);
/* Runs its finders, each of which gives the row a parameter. False: one found nothing that the row needs (told). */
bool store_run_finders(struct store *store, struct store_row *row);
/* Before a row's first write. False: told. */
bool store_begin_row(struct store *store);
/* A message about a cell of the row, that of the field with the parameter; NULL: about the row. a, b: behind the cell's own text. */
void store_tell_row(struct store *store, const struct store_row *row, enum diag_code code, const char *parameter,
                    struct str a, struct str b);
/* The database failed: nothing of the file will be kept. */
void store_tell_database(struct store *store);

/* --- statement.c --- */

/* Gives the row a parameter, or another value to one that it has; by name, without its colon. Name and text are borrowed as
 * long as the row. At most ROW_PARAMETERS. */
void row_give(struct store_row *row, const char *name, struct taken value);
/* The same for a name that the row hasn't yet. */
void row_append(struct store_row *row, const char *name, struct taken value);
/* The value of that name; not given where there is none. */
struct taken row_parameter(const struct store_row *row, const char *name);
/* As sql_statement: borrowed, and begun anew. NULL: it can't be prepared, which was told. */
struct statement *store_statement(struct store *store, const char *sql);
/* The same with the row's values bound to its parameters, by their names; those that the row hasn't are NULL. NULL as above. */
struct statement *store_ask(struct store *store, const struct store_row *row, const char *sql);
/* Binds the value to a parameter, from 1; NULL where none is given. Its text lives until the statement was run. */
void taken_bind(struct statement *statement, size_t at, struct taken value);
/* A cell of the row at hand: a whole number, or anything else as its text, which is the statement's until the next row. NULL
 * isn't given. */
struct taken taken_at(const struct statement *statement, size_t column);
/* The same with its text in the arena. */
struct taken taken_column(struct arena *arena, const struct statement *statement, size_t column);
/* Are they the same value of the same type? Two that aren't given are. */
bool taken_eq(struct taken a, struct taken b);
/* The value as text, in the arena or borrowed from it; STR_NONE where none is given. */
struct str taken_text(struct arena *arena, struct taken value);

/* --- target.c --- */

enum found { FOUND_NONE, FOUND_ONE, FOUND_MANY, FOUND_FAILED };
enum { KEY_PARTS = 3 };

/* A row of a table by its primary key. */
struct row_key {
    struct taken parts[KEY_PARTS];
    size_t count;
};

/* Asks which row of the target the form's row means. */
enum found target_find(struct store *store, const struct store_row *row, const struct target *target,
                       struct row_key *key);
/* Finds or makes the target's row and changes what the row says otherwise; *wrote becomes true where anything was written. False: told. */
bool target_write(struct store *store, struct store_row *row, const struct target *target, bool *wrote);
/* For a row of a filled workbook in which the cells of the target were emptied: what is there becomes unknown, nothing is made. */
bool target_empty(struct store *store, struct store_row *row, const struct target *target, bool *wrote);

/* --- target_sql.c --- */

/* The column that a field is kept in, when it is one of the target's; else NULL. */
const char *target_column(const struct field *field, const struct target *target);
/* Appends the expression that reads what a field keeps from its column; a mark's word stands in the column `state` beside it. */
void target_add_read(struct buffer *sql, const struct field *field, const char *column);
/* Appends what is written of a value: `value` is an expression, a mark's two, for its column and for `state`. */
void target_add_written(struct buffer *sql, const struct field *field, const char *value);
/* Is the column a part of the target's key? */
bool target_has_key(const char *keys, const char *column);
/* "?, ?)" for the parts of the target's key. */
void target_add_places(struct buffer *sql, const struct target *target);
/* Made once a file. Borrowed. */
const struct written *target_written(struct store *store, const struct form *form, const struct target *target);

#endif
