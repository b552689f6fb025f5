/* data.h: a database, a reader, named queries: rows of typed values, already masked for that reader.
 *
 *     database_open ─► session_open, for each reader ─► query_prepare …, once ─► query_run …, for each document
 *                      ─► session_close ─► database_close
 *
 * Any SQLite file will do: printing knows no schema. A reader (school, inspector, family, public) gets TEMP VIEWs
 * with the tables' own names, over tables attached under a name drawn at random for the run; the database's own
 * views are made anew above them. So every query reads masked values, and no layout can forget a mask. An authorizer
 * allows reading those views only.
 *
 * Mistakes in queries and in the data are told as diags (D1xx database, D2xx queries, D3xx privacy and rules, D4xx
 * cells), and a function that failed says false or NULL. The file is never written.
 *
 * A session serves one thread. Where the database is a private copy it goes along into forked processes, each of which
 * calls database_renew first: the copy is never written and nothing of it locked, so that such a process reads it as the
 * one it came from would. All objects belong to their parent: a query to its session, a session's strings to its own arena. */
#ifndef DATA_DATA_H
#define DATA_DATA_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/numerals.h"
#include "base/str.h"

/* Tables in which the program keeps what it did to the database and what people decided about its findings (intake_change,
 * finding_accepted): no layout reads them, nothing of them is printed. A condition of SQL over their name. */
#define HOUSE_TABLES "(name GLOB 'intake_*' OR name GLOB 'finding_*')"

/* A cell, of the types that SQLite has. */
enum value_kind { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };
struct value {
    enum value_kind kind;
    union {
        int64_t integer;
        double real;
        struct str text; /* of TEXT and BLOB; invalid UTF-8 was replaced and told (D4xx) */
    };
};

/* A query's answer, in row order: cells[row * columns + column]. */
struct rows {
    size_t count, columns;
    struct value *cells;
};

/* A value as text, in the arena: as SQLite's CAST writes it, but whole numbers without a point. NULL gives "". Text
 * is given back as it is, without a copy. */
struct str value_text(struct arena *arena, const struct value *value);
/* The truth of a value in `when`: not NULL, 0, "" or "0". */
bool value_is_true(const struct value *value);

/* --- the database ------------------------------------------------------------------------------------------------- */

struct database;
struct session;
/* All zero or NULL is a good default. */
struct database_options {
    bool private_copy;       /* read from a copy without a name, for a run of many documents */
    const char *copy_folder; /* the copy's folder; "." when NULL */
    /* A database that bears this application_id must have this user_version; other databases are free. 0: not checked. */
    int32_t application_id, user_version;
    /* For tests: the schema's secret name is drawn from this seed; 0: from the system's random numbers. */
    uint64_t schema_seed;
    int64_t step_limit; /* of one run of a query, in steps of SQLite's machine; 0: 200 million */
    int32_t busy_ms;    /* to wait while another program holds the file locked; 0: 5 seconds */
};
/* Opens a database. `path` and `options` are copied. NULL with a diagnostic: missing, unreadable, not SQLite, cut
 * off or damaged, left in the middle of writing, of another version (D101 to D109). */
struct database *database_open(const char *path, const struct database_options *options, struct diags *diags);
/* The hash of the private copy's bytes, but for SQLite's notes of how they were written. False: there is none, or it can't be read. */
bool database_hash(const struct database *database, struct hash *hash);
/* Hashes those tables of the private copy, which isn't changed any more, that queries of these sessions read (NULL: no session): queries
 * that read the same as in an earlier run needn't be asked again (asked.h). Once; in an opening of its own. False: they aren't known, and all
 * are asked; so is a query that is prepared later and reads others. */
bool database_hash_tables(struct database *database, struct session *const *sessions, size_t count);
/* In a forked process: the private copy, opened by all sessions so far, gets openings of this process's own, since an
 * opening's place in the file would be shared. */
void database_renew(struct database *database);
/* Closes it, and removes the private copy; sessions are closed before. NULL is allowed. */
void database_close(struct database *database);

/* SQL and its place in a layout. The strings and the context outlive the session. */
struct query_text {
    struct str name; /* as in the layout */
    struct str sql;
    /* The place of a byte offset in the SQL: SQLite's offset of an error becomes file, line and column. NULL: unknown. */
    struct place (*place_of)(const void *context, size_t offset);
    const void *context;
};

/* --- who may see what --------------------------------------------------------------------------------------------- */

/* The readers that documents are made for. */
enum reader { READER_SCHOOL, READER_INSPECTOR, READER_FAMILY, READER_PUBLIC };
#define READER_COUNT 4
/* "school", "inspector", "family", "public"; a constant. */
struct str reader_name(enum reader reader);
/* The reader of that name; false, and *reader as it was, for any other. */
bool reader_from_name(struct str name, enum reader *reader);

/* The forms in which a reader gets a column: id 520321************, phone 138****5678 (anything else in such a
 * column: ***), name 王**, address (to the first group behind the village, never a house's number), text (free text
 * in which IDs and phones are hidden), year (of a day), nothing (NULL). */
enum mask { MASK_FULL, MASK_ID, MASK_PHONE, MASK_NAME, MASK_ADDRESS, MASK_TEXT, MASK_YEAR, MASK_NOTHING };
/* "full", "id" …, "nothing", as privacy.yaml has them; a constant. */
struct str mask_name(enum mask mask);
/* The mask of that name; false, and *mask as it was, for any other. */
bool mask_from_name(struct str name, enum mask *mask);
/* The value under a mask, in the arena: the masks by themselves, for tests. */
struct str mask_apply(struct arena *arena, enum mask mask, struct str value);

/* A line of privacy.yaml about a column: the mask for each reader. */
struct privacy_rule {
    struct str table, column; /* table "*": every table that has the column */
    enum mask for_reader[READER_COUNT];
    struct query_text
        sql[READER_COUNT];  /* an expression over the row as it stands in the table, instead of the mask; empty: none */
    struct query_text when; /* a condition over the row: where it holds, nobody gets the column; empty: never */
    struct place place;     /* in privacy.yaml */
};
/* The rows of a table that a reader gets. Of a table without a line: all for school and inspector, none for others. */
enum shown { SHOWN_ALL, SHOWN_NONE, SHOWN_OWN, SHOWN_WHERE };
/* A line of privacy.yaml about the rows of a table. */
struct privacy_rows {
    struct str table; /* or a relation; "*": those that no line names */
    enum shown for_reader[READER_COUNT];
    struct query_text
        where[READER_COUNT]; /* a condition over the row, in which `own` stands for the document's own values */
    struct place place;
};
/* privacy.yaml. It and all it points to outlive the sessions. */
struct privacy {
    const struct privacy_rule *rules;
    size_t count;
    /* GLOB patterns of names of personal columns: such a column without a rule is an error (D306). */
    const struct str *personal;
    size_t personal_count;
    bool present; /* false: there is no privacy.yaml; only the school gets anything then (D308) */
    const struct privacy_rows *rows;
    size_t row_count;
    /* SHOWN_OWN: the rows whose `own_column` is one of the owner's values: the value that session_own was given, and the
     * answers of `own_children`, asked with it as parameter in the session of a reader who sees all. */
    struct str own_column;
    struct query_text own_children;
    const struct str *relations; /* names that `rows` may bear beside those of tables */
    size_t relation_count;
};

struct query;
/* Lays the views for one reader. Virtual tables (full-text search) and the tables that hold their content aren't
 * shown. NULL with diagnostics: a rule for a table or column that isn't there, a personal column without a rule, SQL
 * in privacy.yaml or in a view that isn't right (D3xx). `database` and `privacy` outlive it. */
struct session *session_open(struct database *database, enum reader reader, const struct privacy *privacy,
                             struct diags *diags);
/* Closes it, with all its queries. NULL is allowed. */
void session_close(struct session *session);
/* Tells columns without a rule whose values look like IDs or phones (D313). Reads all tables: for `check`. */
void session_look(struct session *session, struct diags *diags);
/* Are there tables of which this reader gets only the rows of the document's owner? */
bool session_has_own(const struct session *session);
/* The column that names the owner (`own:` of privacy.yaml); STR_NONE: none. */
struct str session_own_column(const struct session *session);
/* Sets the owner of the documents that follow: a value of `own_column`; NULL: nobody. False, and told, when the
 * owner's values can't be asked. */
bool session_own(struct session *session, const struct value *value, struct diags *diags);
/* May its rows differ with the document's owner? */
bool query_reads_own(const struct query *query);
/* Does it read a table of which this reader gets neither all rows nor all of the owner's? */
bool query_reads_less(const struct query *query);
/* The first table or relation it reads of which this reader gets no row at all; STR_NONE: there is none. */
struct str query_reads_none(const struct query *query);
/* May NULL in this column mean “withheld from the reader”, and not “unknown”? */
bool query_withholds(const struct query *query, size_t column);

/* Is a column of this name for phones, IDs and the like: one that `personal` of privacy.yaml describes? */
bool session_is_personal(const struct session *session, struct str column);

/* The IDs and phones that the reader's masks have hidden so far (base/numerals.h): his documents must show none of
 * them. Borrowed; it grows while queries run. */
const struct number_set *session_hidden(const struct session *session);
/* Takes all numbers that stand in masked columns into session_hidden, at once: then a document is judged alike whatever was
 * made before it. */
void session_hide(struct session *session);
/* Does this number stand in a column for phones, IDs and the like (one that `personal` describes) that the reader
 * sees in full? A school's own phone may be a teacher's too. The first call reads those columns. */
bool session_shows(struct session *session, uint64_t number);

/* --- queries ------------------------------------------------------------------------------------------------------ */

struct query;
/* Compiles one SELECT (WITH and VALUES too), once; then it may be run any number of times. The query is the
 * session's. NULL with diagnostics (D201 to D216, D236, D237): a syntax error, unknown tables and columns (with near
 * names), a second statement, anything that writes or leaves the views.
 *
 * SQL is SQLite's, with COLLATE pinyin, surname (pinyin whose first character is read as a surname: 曾 Zēng) and
 * stroke, and the masks as functions: mask_id(x), mask_phone(x) … Refused are rowid (a view has none), random(), and
 * the present time. */
struct query *query_prepare(struct session *session, const struct query_text *text, struct diags *diags);
/* Makes ready what queries of these texts read, before the first of them is prepared: SQLite compiles anew, when it is next run, whatever
 * was prepared before a view was laid or a relation made. False, and told, when something can't be made. */
bool session_expect(struct session *session, const struct str *texts, size_t count, struct diags *diags);
/* Tells words in place of a column that is withheld from the reader: coalesce(illness, '无') (D327). For the query
 * that was prepared last, with its text. */
void query_tell_stand_ins(struct query *query, const struct query_text *text, struct diags *diags);
/* A query without SQL: query_run gives the rows that query_give handed over last (none before, and after NULL),
 * which must outlive their use. It has no parameters and isn't read row by row. The session's. */
struct query *query_given(struct session *session, struct str name, const struct str *columns, size_t count);
/* Hands over the rows, which are borrowed; NULL: none. */
void query_give(struct query *query, const struct rows *rows);
/* Its name in the layout. Borrowed as long as the session, as all of these. */
struct str query_name(const struct query *query);
/* How many columns its rows have. */
size_t query_columns(const struct query *query);
/* The name of a column by its index, from 0. */
struct str query_column(const struct query *query, size_t index);
/* Its index by its name, byte for byte; SIZE_MAX: no such column; of equal names the first. */
size_t query_find_column(const struct query *query, struct str name);
/* How many parameters it has, each name once. */
size_t query_parameters(const struct query *query);
/* The name of one by its index, from 0, without its colon. Borrowed. */
struct str query_parameter(const struct query *query, size_t index);

/* --- relations ---------------------------------------------------------------------------------------------------- */

/* A table whose rows are answers to tests that stand in the database: each row of `rows` with each row of `tests`.
 * The column `test` is an expression in SQL over the columns of `rows` and the given values; the table has `state`
 * in its place: 1, 0, or NULL where the test doesn't apply. */
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
    /* The session of a reader who sees all: its answers hold for every reader, and `own_children` is asked there. NULL: the
     * reader's own. */
    struct session *(*source)(void *context);
    void *context;
};
/* Lets queries read relations by name; before any query is prepared. Nothing is asked until one is read, and
 * mistakes are told then (D231 to D235): that query isn't prepared, or fails. A relation with the name of a table
 * takes its place at once, for views too: false, and told, when it can't. `relations` outlives the session. */
bool relations_set(struct session *session, const struct relations *relations, struct diags *diags);
/* Fills those made so far that read no table: once the given values are set, and before queries are prepared (SQLite
 * compiles anew what was prepared before a table was filled). False, and told, when one can't be filled. */
bool relations_begin(struct session *session, struct diags *diags);

/* Runs it with one value for each parameter, in their order; all rows into the arena. False with a diagnostic: over
 * the limits of steps, memory or time (D221) or of rows (D222), a value that can't be computed (D224), a damaged
 * file (D225), the present time (D223). `record`: the archive number for messages. A query that was stopped in three
 * consecutive runs isn't run again: D226, which names no record, so that it is told once. */
bool query_run(struct query *query, const struct value *parameters, struct arena *arena, struct rows *out,
               struct str record, struct diags *diags);
/* Row by row, for long tables: begin, next … (false at the end, and with *failed on an error), finish. One begin at a time;
 * query_run of the same query may be called meanwhile. False, and nothing to finish: a parameter can't be bound. */
bool query_begin(struct query *query, const struct value *parameters);
/* The next row into cells, which has room for query_columns. Text is SQLite's own, or in the arena where it was no valid
 * UTF-8, and lives until the next call. False at the end, and with *failed true, and told, on an error. */
bool query_next(struct query *query, struct arena *arena, struct value *cells, bool *failed, struct str record,
                struct diags *diags);
/* Leaves the rows that are left, and the query may begin anew; also after the last one. */
void query_finish(struct query *query);

/* Has one of the tables that the SQL names a column of this name? */
bool session_reads_column(struct session *session, struct str sql, struct str column);
/* Names of the tables and views that the session shows, in the arena: for messages and `list`. */
const struct str *session_tables(struct session *session, struct arena *arena, size_t *count);

/* The column among `names` that is meant by a word that is none of them: one that the form calls so (姓名 is `name`), else a near one;
 * borrowed, STR_NONE for none. */
struct str column_meant(struct str written, const struct str *names, size_t count);
/* The same of a table or view: 儿童 is `child`. */
struct str table_meant(struct str name, const struct str *candidates, size_t count);

#endif
