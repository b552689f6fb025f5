/* data.h: a database, a reader, named queries; rows of typed values, already masked for that reader.
 *
 * Any SQLite file will do: printing knows no schema. A reader (school, inspector, family, public) gets TEMP VIEWs that bear the tables' own
 * names over tables attached under a name drawn at random for the run; the database's own views are made anew above them. So
 * every query reads masked values, and no layout can forget a mask. An authorizer allows reading those views only.
 *
 * A session serves one thread, and not a process forked after it was opened; a database may be shared by forked processes.
 *
 * Order of calls: database_open, session_open for each reader, query_prepare …, query_run …, session_close, database_close. */
#ifndef DATA_DATA_H
#define DATA_DATA_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/numerals.h"
#include "base/str.h"

enum value_kind { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };
struct value {
    enum value_kind kind;
    union {
        int64_t integer;
        double real;
        struct str text; /* of TEXT and BLOB; invalid UTF-8 was replaced and told (D4xx) */
    };
};

/* Row-major, in an arena: cells[row * columns + column]. */
struct rows {
    size_t count, columns;
    struct value *cells;
};

/* The text of a value as SQLite's CAST would write it; whole numbers without a point. NULL gives "". */
struct str value_text(struct arena *arena, const struct value *value);
bool value_is_true(const struct value *value); /* not NULL, not 0, not "" and not "0": `when` */

/* --- the database ------------------------------------------------------------------------------------------------- */

struct database;
struct database_options {
    bool private_copy;       /* run of many documents: copied into a file 0600 that is removed at the end */
    const char *copy_folder; /* where; "." when NULL */
    /* A database that bears this application_id must have this user_version; other databases are free. 0: not checked. */
    int32_t application_id, user_version;
    /* Session views are left out of what `make` prints; tests set this to make the schema's random name known. 0: random. */
    uint64_t schema_seed;
    int64_t step_limit; /* of a query's run, in steps of SQLite's virtual machine; 0: 200 million */
    int32_t busy_ms;    /* how long to wait for a program that holds the file locked; 0: 5 seconds */
};
/* NULL with a diagnostic: missing, unreadable, not SQLite, truncated or malformed, another version. */
struct database *database_open(const char *path, const struct database_options *options, struct diags *diags);
void database_close(struct database *database);

/* A text in SQL and where it stands. */
struct query_text {
    struct str name; /* as in the layout */
    struct str sql;
    /* Place of a byte offset in the sql: the layout's file and line, so that SQLite's error offset becomes a caret. */
    struct place (*place_of)(const void *context, size_t offset);
    const void *context;
};

/* --- who may see what --------------------------------------------------------------------------------------------- */

enum reader { READER_SCHOOL, READER_INSPECTOR, READER_FAMILY, READER_PUBLIC };
#define READER_COUNT 4
struct str reader_name(enum reader reader);
bool reader_from_name(struct str name, enum reader *reader);

/* What a reader gets of a column. MASK forms: id 520321************, phone 138****5678 (what is neither in such a column: ***), name
 * 王**, address (to the first group behind the village, never a house's number), text (free text in which IDs and phones are
 * hidden), year (of a day), nothing (NULL). */
enum mask { MASK_FULL, MASK_ID, MASK_PHONE, MASK_NAME, MASK_ADDRESS, MASK_TEXT, MASK_YEAR, MASK_NOTHING };
struct str mask_name(enum mask mask);
bool mask_from_name(struct str name, enum mask *mask);
/* The masks as functions, also for tests; text in, text out. */
struct str mask_apply(struct arena *arena, enum mask mask, struct str value);

struct privacy_rule {
    struct str table, column; /* table "*": every table that has the column */
    enum mask for_reader[READER_COUNT];
    struct query_text
        sql[READER_COUNT];  /* an expression over the row as it stands in the table, instead of the mask; empty: none */
    struct query_text when; /* a condition over the row: where it holds, nobody gets the column; empty: never */
    struct place place;     /* in privacy.yaml */
};
/* Which rows of a table a reader gets; of one that no line names, all for school and inspector, none for family and public. */
enum shown { SHOWN_ALL, SHOWN_NONE, SHOWN_OWN, SHOWN_WHERE };
struct privacy_rows {
    struct str table; /* or a relation; "*": those that no line names */
    enum shown for_reader[READER_COUNT];
    struct query_text
        where[READER_COUNT]; /* a condition over the row, in which `own` stands for the document's own values */
    struct place place;
};
struct privacy {
    const struct privacy_rule *rules;
    size_t count;
    /* Columns that look personal (their names match one of these GLOB patterns) and stand in no rule are an error (D3xx). */
    const struct str *personal;
    size_t personal_count;
    bool present; /* false: no privacy.yaml; there is nothing then for any reader but the school (D308) */
    const struct privacy_rows *rows;
    size_t row_count;
    /* SHOWN_OWN: the rows whose `own_column` is one of the document's own values: that which session_own was given, and what
     * `own_children`, asked with it as its parameter, gives in the session of who sees all. */
    struct str own_column;
    struct query_text own_children;
    const struct str *relations; /* names that `rows` may bear beside those of tables */
    size_t relation_count;
};

struct session;
struct query;
/* Lays the views; virtual tables (full-text search) and what they keep their content in are not shown. NULL with diagnostics: a rule for a table or column that isn't there, a personal column without a rule. */
struct session *session_open(struct database *database, enum reader reader, const struct privacy *privacy,
                             struct diags *diags);
void session_close(struct session *session); /* and all its queries */
/* Tells columns without a rule whose values look like IDs or phones (D313). Reads all tables. */
void session_look(struct session *session, struct diags *diags);
/* Has this reader tables of which it gets the document's own rows? */
bool session_has_own(const struct session *session);
struct str session_own_column(const struct session *session);
/* The document that follows is that of this value of `own_column`; NULL: nobody's. False and told when its own can't be asked. */
bool session_own(struct session *session, const struct value *value, struct diags *diags);
/* May its rows differ with whose document it is? */
bool query_reads_own(const struct query *query);
/* Does it read a table of which this reader gets neither all rows nor all of the document's own? */
bool query_reads_less(const struct query *query);
/* A table or relation that it reads and of which this reader gets no row at all; STR_NONE: there is none. */
struct str query_reads_none(const struct query *query);
/* May NULL in this column mean that the reader doesn't get it, instead of that nobody knows it? */
bool query_withholds(const struct query *query, size_t column);

/* The IDs and phones that the reader's masks have hidden so far (base/numerals.h); what is printed for him must show none of them. */
const struct number_set *session_hidden(const struct session *session);
/* Does this number stand in a column for phones, IDs and the like (one that `personal` describes) that the reader sees in full? A
 * school's own phone may be a teacher's too. Reads those columns when it is first asked. */
bool session_shows(struct session *session, uint64_t number);

/* --- queries ------------------------------------------------------------------------------------------------------ */

struct query;
/* SQL is SQLite's, with COLLATE pinyin, surname (pinyin whose first character is read as a surname: 曾 Zēng), stroke, and the masks
 * as functions: mask_id(x), mask_phone(x) … Refused are rowid (a view has none), random(), and what asks for the present time.
 *
 * Compiles one SELECT (also WITH, VALUES). NULL with diagnostics for syntax, unknown tables and columns (with near misses),
 * a second statement, anything that writes or leaves the views. */
struct query *query_prepare(struct session *session, const struct query_text *text, struct diags *diags);
/* Tells words that stand in for a column that the reader doesn't get: coalesce(illness, '无') (D327). Of the query prepared last. */
void query_tell_stand_ins(struct query *query, const struct query_text *text, struct diags *diags);
/* A query without SQL, whose rows somebody else knows: those that were given last (none before, and with NULL), which must outlive
 * what asks for them. It has no parameters, and isn't read row after row. The session's. */
struct query *query_given(struct session *session, struct str name, const struct str *columns, size_t count);
void query_give(struct query *query, const struct rows *rows);
struct str query_name(const struct query *query);
size_t query_columns(const struct query *query);
struct str query_column(const struct query *query, size_t index);
/* The first column of this name; SIZE_MAX when there is none. */
size_t query_find_column(const struct query *query, struct str name);
size_t query_parameters(const struct query *query);
struct str query_parameter(const struct query *query, size_t index); /* without the colon */

/* --- relations ---------------------------------------------------------------------------------------------------- */

/* A table whose rows are answers to tests that stand in the database: each row of `rows` with each row of `tests`. The column
 * `test` is an expression in SQL over the columns of `rows` and what is given; in its place stands `state`: 1, 0, or NULL where
 * the test doesn't apply. */
struct relation {
    struct str name;
    struct query_text rows, tests;
};
struct relations {
    const struct relation *items;
    size_t count;
    const struct str
        *given_names; /* parameters of rows, tests and each test; the values may be set until a relation is read */
    const struct value *given_values;
    size_t given_count;
    /* The session of who sees all, whose answers hold for every reader; NULL: the reader's own. Also `own_children` is asked there. */
    struct session *(*source)(void *context);
    void *context;
};
/* From then on queries may read them by name. Nothing is asked until one does; what is wrong is told then (D231 to D235), and that
 * query is not prepared, or fails. One that bears the name of a table of the database takes its place at once, for views too: false
 * and told when it can't. Before any query; `relations` must outlive the session. */
bool relations_set(struct session *session, const struct relations *relations, struct diags *diags);
/* Fills those made so far that read no table. When the given values are set and before queries are prepared: SQLite compiles anew
 * what was prepared before a table was filled. False and told when one can't be filled; what reads it fails then. */
bool relations_begin(struct session *session, struct diags *diags);

/* Runs it with one value a parameter, all rows into the arena. False with a diagnostic: more than the limit of virtual machine
 * steps (D221, "runs for ever") or of rows (D222), a value that can't be computed, a damaged file. record: for the place. A query
 * that was stopped so for three runs in a row isn't run again: D226, which names no record, so that it is told once. */
bool query_run(struct query *query, const struct value *parameters, struct arena *arena, struct rows *out,
               struct str record, struct diags *diags);
/* Row after row, for long tables: begin, next … (false at the end or on an error), finish. Values live until the next step.
 * One begin at a time; query_run of the same query may be called meanwhile. */
bool query_begin(struct query *query, const struct value *parameters);
bool query_next(struct query *query, struct arena *arena, struct value *cells, bool *failed, struct str record,
                struct diags *diags);
void query_finish(struct query *query);

/* Names of the tables and views a session shows, for messages and `list`. */
const struct str *session_tables(struct session *session, struct arena *arena, size_t *count);

#endif
