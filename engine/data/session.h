/* session.h: inside data/: what database, session and query share.
 *
 * A session is a connection of its own: `main` is empty and in memory, the file is attached read-only under a name that
 * was drawn at random, `temp` holds the views. It serves one thread. */
#ifndef DATA_SESSION_H
#define DATA_SESSION_H

#include <sqlite3.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "data/data.h"
#include "data/mask.h"

struct database {
    struct arena *arena;
    struct database_options options;
    struct str path; /* as the user named it */
    char *uri;       /* of what is read: the file or its private copy */
    char *copy_path; /* of the copy's descriptor, since it has no name; NULL when there is no copy */
    int copy_fd;
    sqlite3 *holder;      /* keeps a read transaction open where there is no copy */
    const char *encoding; /* as PRAGMA encoding tells it */
};

/* --- clock.c: a VFS that refuses to tell the time ----------------------------------------------------------------- */

enum { SCHEMA_NAME_SIZE = 40 };
struct clock {
    sqlite3_vfs vfs; /* first, so that SQLite's pointer to it is one to the clock */
    char name[SCHEMA_NAME_SIZE + 8];
    bool registered;
    bool asked; /* since it was last set to false */
};
bool clock_stop(struct clock *clock, const char *name);
void clock_release(struct clock *clock);

/* --- work.c: what SQLite does ------------------------------------------------------------------------------------ */

/* Begins to count; before SQLite is first used. */
void work_begin(void);
/* Asked for since then, whether or not they were given back. */
int64_t work_asked(void);
int64_t work_held(void); /* and not given back yet */

/* --- nameless.c: files without a name ----------------------------------------------------------------------------- */

/* A new file for reading and writing, 0600, gone with its descriptor; an errno value. */
int nameless_create(struct arena *arena, const char *folder, int *fd);
/* What to open it by, in this process and those that it forks. */
char *nameless_path(struct arena *arena, int fd);
/* The VFS through which a connection of our own opens it. */
const char *nameless_vfs(void);
/* A VFS made from the default one opens it too. */
void nameless_teach(sqlite3_vfs *vfs);

/* --- catalogue.c: tables and views of the attached file ----------------------------------------------------------- */

struct table {
    struct str name;
    bool is_view;
    struct str sql;                    /* CREATE … */
    struct str *columns;               /* of a table */
    enum mask *masks;                  /* for each column */
    const struct privacy_rule **rules; /* for each column: its SQL and `when`; NULL: none */
    bool *generated;                   /* for each column: it is computed from others of the row */
    size_t column_count, generated_count;
    enum shown shown;
    const struct privacy_rows *rows; /* SHOWN_WHERE: its condition */
};

struct session {
    struct database *database;
    enum reader reader;
    const struct privacy *privacy;
    sqlite3 *db;
    struct arena *arena;
    char schema[SCHEMA_NAME_SIZE];
    struct clock clock;
    struct table *tables; /* in the order of the schema */
    size_t table_count, table_capacity;
    struct strmap shown;        /* folded name: 1 + index in tables */
    struct strmap refused;      /* folded names that no query may read */
    const struct table *laying; /* a view of the database: the authorizer lets it be made, and nothing else */
    bool trusted;               /* our own statements are running: the authorizer lets all pass */
    struct denial {
        int action; /* SQLITE_READ, SQLITE_FUNCTION … */
        struct str name;
    } denied;
    struct buffer masked;   /* room for the masks */
    struct masking masking; /* what they hid */
    struct masking in_full; /* numbers of columns that the reader sees in full, once they were asked for */
    bool in_full_read;
    struct buffer cells;               /* rows of a query while it runs */
    struct query *queries;             /* all, to be finalised */
    struct query *running;             /* whose steps the progress handler counts */
    const struct relations *relations; /* NULL: none */
    struct relation_state *relation_states;
    uint64_t touched;      /* relations that the text being compiled reads, by their bits */
    bool reads;            /* a text that was compiled read a table, since this was last set to false */
    bool reads_own;        /* and the same of rows that are the document's own */
    bool reads_less;       /* and of fewer than these */
    struct str reads_none; /* the first table of which the reader gets no row at all; STR_NONE: none */
    struct strmap
        withheld; /* folded names of columns that it read and the reader doesn't get: 1 in no row, 0 not in all */
    size_t withheld_count;
    bool has_own;   /* some table shows the document's own rows */
    struct str own; /* its own values, as an array in JSON */
    struct strmap
        owns; /* a document's value → where in own_values its own values stand; no arena: none was asked for */
    struct str *own_values;
    size_t own_count, own_capacity;
    struct query *own_query; /* own_children, in the session of who sees all */
};

/* SQLITE_OK, or SQLite's code when the schema can't be read. */
int catalogue_read(struct session *session);
const struct table *catalogue_find(const struct session *session, struct str name);
/* ASCII letters in lower case: SQLite's idea of equal names. */
struct str sql_fold(struct arena *arena, struct str name);
bool sql_same(struct str a, struct str b);
/* "name", with its own quotation marks doubled. */
void sql_quote(struct buffer *out, struct str name);
/* A table in temp, beside the views or in the place of the one that had its name. */
void catalogue_put(struct session *session, struct table table);
/* Columns of a table or view; borrowed or in the session's arena. */
const struct str *catalogue_columns(struct session *session, const struct table *table, size_t *count);

/* --- privacy.c ---------------------------------------------------------------------------------------------------- */

/* Sets masks and rows of all tables; false when the rules don't fit the database, which is told. */
bool privacy_apply(struct session *session, struct diags *diags);
/* The line of `rows` for a table or relation; NULL: none. */
const struct privacy_rows *privacy_rows_of(const struct privacy *privacy, struct str table);
enum shown privacy_shown(const struct session *session, const struct privacy_rows *rows);

/* --- lay.c -------------------------------------------------------------------------------------------------------- */

/* Lays all views; false and told when a text of privacy.yaml or of the database isn't what it should be. */
bool views_lay(struct session *session, struct diags *diags);

/* --- view.c ------------------------------------------------------------------------------------------------------- */

/* The text of the view that shows a table to the reader. */
void view_of_table(struct session *session, const struct table *table, struct buffer *sql);
/* " WHERE …" behind it, or nothing. */
void view_add_rows(struct session *session, enum shown shown, const struct privacy_rows *rows, struct buffer *sql);
/* Tells the SQL of privacy.yaml for this table that is more or less than one expression; false then. Before it is laid. */
bool view_is_sound(struct session *session, const struct table *table, struct diags *diags);
/* Tells the SQL of privacy.yaml for this table that SQLite doesn't take; false then. When the views of all tables are laid. */
bool view_check(struct session *session, const struct table *table, struct diags *diags);

/* --- authorizer.c, functions.c, collation.c ----------------------------------------------------------------------- */

int authorizer_install(struct session *session);
/* May a query know that something of this name has rows? */
bool authorizer_may_count(const struct session *session, struct str name);
int functions_install(struct session *session);
int collation_install(struct session *session);
/* "mask_id": the function that a view calls. */
struct str function_of_mask(enum mask mask, struct arena *arena);
extern const char *const collation_list;

/* --- query.c ------------------------------------------------------------------------------------------------------ */

int query_install_limit(struct session *session);
void queries_finalize(struct session *session);

/* --- relation.c --------------------------------------------------------------------------------------------------- */

enum { RELATIONS_MOST = 64 };
/* The authorizer saw that a table of this name in temp is read. */
void relations_note(struct session *session, const char *table);
/* Makes the tables of the relations that the text of a query names; false, and told, when one can't be made. */
bool relations_make(struct session *session, struct query *query, struct diags *diags);
/* Fills them, before the query runs; false, and told, when one can't be filled. */
bool relations_fill(struct session *session, struct query *query, struct diags *diags);

/* --- database.c --------------------------------------------------------------------------------------------------- */

/* Tells that `db` can't be read with SQLite's own words, by the kind of its error. */
void database_tell(const struct database *database, sqlite3 *db, int code, struct diags *diags);

#endif
