/* session.h: inside data/: shared by database, session and query.
 *
 * A session is a connection of its own, for one thread:
 *
 *     temp        the views that queries read, and tables of relations
 *     main        empty, in memory
 *     <random>    the file, attached read-only, under a name that nobody knows
 *
 * Functions that read give back SQLITE_OK or SQLite's code; those that also tell give back false or NULL. */
#ifndef DATA_SESSION_H
#define DATA_SESSION_H

#include <sqlite3.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "data/data.h"
#include "data/mask.h"

/* An open file. It is shared by forked processes, each with its own sessions. */
struct database {
    struct arena *arena;
    struct database_options options;
    struct str path; /* as the user named it */
    char *uri;       /* of the file that is read: the database or its private copy */
    char *copy_path; /* the copy by its descriptor, since it has no name; NULL: no copy */
    int copy_fd;
    sqlite3 *holder;             /* keeps a read transaction open where there is no copy */
    const char *encoding;        /* as PRAGMA encoding gives it */
    struct table_hashes *tables; /* database_hash_tables; NULL: not known */
};

/* --- clock.c: a VFS that refuses to tell the time ----------------------------------------------------------------- */

enum { SCHEMA_NAME_SIZE = 40 };
/* A VFS like the default one, but without the time. */
struct clock {
    sqlite3_vfs vfs; /* first, so that SQLite's pointer to it is one to the clock */
    char name[SCHEMA_NAME_SIZE + 8];
    bool registered;
    bool asked; /* SQLite wanted the time, since this was last set to false */
};
/* Registers the VFS under a name. False: it can't be registered. clock_release takes it back. */
bool clock_stop(struct clock *clock, const char *name);
/* Takes the VFS back, once all connections through it are closed; of one that isn't registered too. */
void clock_release(struct clock *clock);

/* --- work.c: SQLite's memory -------------------------------------------------------------------------------------- */

/* Begins to count; before SQLite is first used. */
void work_begin(void);
/* Bytes asked for since then, given back or not. */
int64_t work_asked(void);
/* Bytes held now; those of SQLite's own count where work_begin wasn't called, or couldn't. */
int64_t work_held(void);

/* --- nameless.c: files without a name ----------------------------------------------------------------------------- */

/* Makes a file for reading and writing, 0600, that ends with its descriptor; 0 or an errno value. */
int nameless_create(struct arena *arena, const char *folder, int *fd);
/* The path to open it by, in this process and those that it forks; in the arena. */
char *nameless_path(struct arena *arena, int fd);
/* Puts an opening of its own in the place of each other one of this file that the process was forked with. */
void nameless_renew(int fd);
/* The VFS that opens such a path; any VFS made of the default one does so too once it was taught. */
const char *nameless_vfs(void);
/* Teaches a VFS that is a copy of the default one, before it is registered. */
void nameless_teach(sqlite3_vfs *vfs);

/* --- catalogue.c: tables and views of the attached file ----------------------------------------------------------- */

/* A table or view of the file, or a relation, with the reader's masks. */
struct table {
    struct str name;
    bool is_view;
    bool laid;                         /* stands in temp: what doesn't is refused to every query */
    struct str sql;                    /* CREATE … */
    struct str *columns;               /* of a table */
    enum mask *masks;                  /* for each column */
    const struct privacy_rule **rules; /* for each column: the rule with its SQL; NULL: none */
    bool *generated;                   /* for each column: computed from others of its row */
    size_t column_count, generated_count;
    enum shown shown;
    const struct privacy_rows *rows; /* SHOWN_WHERE: its condition */
};

enum { OWN_STATEMENTS = 4 }; /* that fill the tables of own.c */

/* A reader's connection, its views and queries, and the state of whatever is being compiled or run. */
struct session {
    struct database *database;
    enum reader reader;
    const struct privacy *privacy;
    sqlite3 *db;
    sqlite3_stmt *held; /* stands in its first row, so that the file stays as it is */
    struct arena *arena;
    char schema[SCHEMA_NAME_SIZE];
    struct clock clock;
    struct table *tables; /* in the order of the schema */
    size_t table_count, table_capacity;
    struct strmap shown;        /* folded name: 1 + index in tables */
    struct strmap refused;      /* folded names that no query may read */
    const struct table *laying; /* the database's view being made: the authorizer allows nothing else */
    bool trusted;               /* our own statement is running: the authorizer allows all */
    struct denial {
        int action; /* SQLITE_READ, SQLITE_FUNCTION … */
        struct str name;
    } denied;
    struct buffer masked;   /* scratch, for the masks */
    struct masking masking; /* the numbers they hid */
    struct masking in_full; /* numbers in columns shown in full, once asked for */
    bool in_full_read, hidden_read;
    bool beginnings_known;
    struct diags untold;               /* of relations that were filled where nobody listened (relations_try) */
    struct hash beginnings;            /* of hidden numbers, when that was first asked for (asked.h) */
    struct buffer cells;               /* rows of the running query */
    struct query *queries;             /* all of them, to be finalised */
    struct query *running;             /* the one whose steps are counted */
    const struct relations *relations; /* NULL: none */
    struct relation_state *relation_states;
    uint64_t touched;  /* relations that the text being compiled reads, one bit each */
    bool *read_tables; /* or that it reads, by their index in tables */
    size_t read_capacity;
    bool reads;            /* a text compiled since this was last set to false reads a table */
    bool reads_own;        /* or rows of the owner only */
    bool reads_less;       /* or fewer rows than that */
    struct str reads_none; /* the first table of which the reader gets no row; STR_NONE: none */
    struct strmap
        withheld; /* folded names of columns that it read and the reader doesn't get: 1 in no row, 0 not in all */
    size_t withheld_count;
    bool has_own;          /* some table shows only the owner's rows */
    struct str own;        /* the owner's values, as a JSON array */
    struct str own_stored; /* those in the tables of own.c */
    sqlite3_stmt *own_statements[OWN_STATEMENTS];
    struct strmap
        owns; /* a document's value → where in own_values its own values stand; no arena: none was asked for */
    struct str *own_values;
    size_t own_count, own_capacity;
    struct query *own_query;   /* own_children, in the session of a reader who sees all */
    struct arena *own_scratch; /* of a question; NULL: none was asked */
};

/* Reads tables, columns and views of the attached file into the session. */
int catalogue_read(struct session *session);
/* A table by its name, whatever its case; NULL: there is none, or it isn't shown. */
const struct table *catalogue_find(const struct session *session, struct str name);
/* A name with ASCII letters in lower case, in the arena: equal for names that SQLite takes for equal. */
struct str sql_fold(struct arena *arena, struct str name);
/* Would they be equal so? */
bool sql_same(struct str a, struct str b);
/* Appends "name", with quotation marks in it doubled. */
void sql_quote(struct buffer *out, struct str name);
/* Adds a table of temp to the catalogue, in place of one with its name. */
void catalogue_put(struct session *session, struct table table);
/* Names of the columns of a table or view; borrowed, or in the session's arena. A view is prepared for it, which
 * ends the error that SQLite keeps. */
const struct str *catalogue_columns(struct session *session, const struct table *table, size_t *count);

/* --- privacy.c ---------------------------------------------------------------------------------------------------- */

/* Sets masks and rows of all tables; false, and told, when the rules don't fit the database. */
bool privacy_apply(struct session *session, struct diags *diags);
/* The line of `rows` for a table or relation, that of "*" included; NULL: none. */
const struct privacy_rows *privacy_rows_of(const struct privacy *privacy, struct str table);
/* The rows that the session's reader gets by this line; NULL: by the default. */
enum shown privacy_shown(const struct session *session, const struct privacy_rows *rows);

/* --- lay.c -------------------------------------------------------------------------------------------------------- */

/* False, and told, when SQL of privacy.yaml or of the database's views isn't right; before any view is laid. */
bool views_check(struct session *session, struct diags *diags);
/* Lays the view of a table or view of the catalogue, and those that it reads; false, and told, when SQLite refuses it. */
bool view_lay(struct session *session, const struct table *table, struct diags *diags);
/* The same for all that a text names, before it is compiled; its relations are made (relation.c). */
bool names_lay(struct session *session, struct str sql, struct diags *diags);

/* --- view.c ------------------------------------------------------------------------------------------------------- */

/* Appends the SELECT of the view that shows a table to the reader. */
void view_of_table(struct session *session, const struct table *table, struct buffer *sql);
/* Appends " WHERE …", or nothing when all rows are shown. `table` NULL: a relation's, whose columns have no types. */
void view_add_rows(struct session *session, enum shown shown, const struct privacy_rows *rows,
                   const struct table *table, struct buffer *sql);
/* Tells SQL of privacy.yaml for this table that isn't one expression, and gives back false: before it is laid. */
bool view_is_sound(struct session *session, const struct table *table, struct diags *diags);
/* Tells SQL of privacy.yaml for this table that SQLite refuses, and gives back false. */
bool view_check(struct session *session, const struct table *table, struct diags *diags);

/* --- own.c -------------------------------------------------------------------------------------------------------- */

/* Makes the tables of the owner's values, before a view names them. SQLITE_OK, or SQLite's code. */
int own_make_tables(struct session *session);
/* Appends the SELECT of the owner's values that a column of the table is compared with; `table` NULL: any expression. */
void own_add_values(struct session *session, const struct table *table, struct str column, struct buffer *sql);
/* Is this a name of such a table? */
bool own_is_table(const struct session *session, const char *name);
/* Finalizes the statements that fill them; before the connection is closed. */
void own_release(struct session *session);

/* --- authorizer.c, functions.c, collation.c ----------------------------------------------------------------------- */

/* Installs on the session's connection: the authorizer, functions for the views, collations. SQLITE_OK, or SQLite's
 * code. */
int authorizer_install(struct session *session);
/* May a query know how many rows a table of this name has? */
bool authorizer_may_count(const struct session *session, struct str name);
/* The masks (mask_id …) and own_children. */
int functions_install(struct session *session);
/* pinyin, surname and stroke, each made when a statement first names it. */
int collation_install(struct session *session);
/* The name of the SQL function that applies a mask, in the arena: "mask_id". */
struct str function_of_mask(enum mask mask, struct arena *arena);
/* The names of our collations, for messages. */
extern const char *const collation_list;

/* --- query.c, query_run.c ----------------------------------------------------------------------------------------- */

/* Installs the progress handler that stops a query over its limits. */
int query_install_limit(struct session *session);
/* Finalizes the statements of all queries; before the connection is closed. */
void queries_finalize(struct session *session);

/* --- relation.c --------------------------------------------------------------------------------------------------- */

enum { RELATIONS_MOST = 64 };
/* The authorizer's word that the text being compiled reads the table of this name in temp. */
void relations_touch(struct session *session, const char *table);
/* Makes the table of the relation of this name, once. False, and told the first time, when it can't be made; true: made, or there is
 * no relation of that name. */
bool relation_make(struct session *session, struct str name, struct diags *diags);
/* Fills the relations that a query reads, before it is run; false, and told, when one can't be filled. */
bool relations_fill(struct session *session, struct query *query, struct diags *diags);
/* The same where nobody listens: false, too, when there is something to tell, which the next relations_fill tells. */
bool relations_try(struct session *session, struct query *query);
/* Adds the contents of these relations, one bit each. False: one of them isn't filled. */
bool relations_hash(struct session *session, uint64_t which, struct hash_stream *stream);

/* --- database.c --------------------------------------------------------------------------------------------------- */

/* Tells, with SQLite's own words, why `db` can't be read. */
void database_tell(const struct database *database, sqlite3 *db, int code, struct diags *diags);

#endif
