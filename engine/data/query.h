/* query.h: inside data/: a compiled query, and the messages about a text that doesn't compile. */
#ifndef DATA_QUERY_H
#define DATA_QUERY_H

#include "data/session.h"

/* A query: compiled from SQL (statement set), or given from outside (given set). It lives in the session's arena and
 * is finalized with the session. */
struct query {
    struct session *session;
    struct query *next;  /* in the session's list */
    struct query *spare; /* runs while this one stands between begin and finish */
    sqlite3_stmt *statement;
    struct str name, sql;
    uint32_t *tables; /* of the file that it reads: indexes in session->tables */
    size_t table_count;
    uint64_t reads_relations; /* all that it reads, one bit each */
    bool tables_hashed;
    uint64_t tables_hash; /* query_tables_hash */
    uint64_t identity;    /* what tells it from others, in this run and the next ones (asked.h, 3) */
    struct place place;   /* of its first word */
    struct str *columns;
    size_t column_count;
    struct str *fields; /* "query.column", for places */
    struct str *parameters;
    size_t parameter_count;
    const struct rows *given; /* instead of a statement: the rows that query_run gives */
    uint64_t relations;       /* those it reads and that may still be empty, one bit each */
    bool reads_own;           /* rows of the document's owner alone */
    bool *withheld;           /* by column: NULL may mean withheld; NULL: none */
    bool reads_less;          /* of some table fewer rows than that */
    struct str reads_none;    /* the first table of which it gets no row */
    bool active;              /* between begin and finish */
    int64_t steps, rows;      /* since it began */
    int64_t asked_before;     /* work_asked() at its begin */
    int64_t cpu_before_ns;    /* of the process, at the first look; 0: none yet */
    bool stopped;             /* since its begin: too many steps, rows or bytes */
    int32_t stops;            /* consecutive runs that were stopped */
    size_t bytes;
};

/* Runs it for its answer's hash alone, with cells as scratch: as asked_hash has it for the rows of query_run. False when it fails, or where
 * query_run would have something to tell; nothing of that is remembered, so that query_run then tells it. */
bool query_answer(struct query *query, const struct value *parameters, struct buffer *cells, struct hash *answer);

/* Tells why SQLite refused a text: its last error in session->db, or what the authorizer refused of it. `code` is
 * SQLite's. */
void query_tell_error(struct session *session, const struct query_text *text, int code, struct diags *diags);
/* True, and told (D212), when the text begins as a statement that isn't a query: INSERT, PRAGMA … */
bool query_tell_verb(const struct query_text *text, struct diags *diags);
/* Tells the verb of a text that writes, wherever it stands (D212). */
void query_tell_writing(const struct query_text *text, struct diags *diags);
/* True, and told (D223), when the text asks for the present day: date('now'), date(). What only shows when it is run
 * is told there. */
bool query_tell_clock(const struct query_text *text, struct diags *diags);
/* True, and told, when it holds what SQLite takes and nobody means: = NULL, ':name', name + '同学' (slips.c). */
bool query_tell_slips(const struct query_text *text, struct diags *diags);
/* True, and told, when a text that SQLite refused at `from` holds a slip that is known. */
bool query_tell_refused(const struct query_text *text, size_t from, struct diags *diags);
/* Does the word at `from` stand where a value is compared: gender = 女, IN (甲, 乙), LIKE 王? */
bool query_is_compared(const struct query_text *text, size_t from);
/* True, and told, when the word at `from`, which SQLite takes for a column, is something else: a part of :class-id, 空, count. */
bool query_tell_no_column(const struct query_text *text, size_t from, struct diags *diags);
/* True, and told, when full-width signs stand outside quotes. */
bool query_tell_signs(const struct query_text *text, struct diags *diags);
/* The place of bytes `from` up to `to` of the SQL, in the layout's file; PLACE_NONE when the text has no place_of. */
struct place query_place(const struct query_text *text, size_t from, size_t to);

#endif
