/* query.h: inside data/: a query, and the messages about one that doesn't compile. */
#ifndef DATA_QUERY_H
#define DATA_QUERY_H

#include "data/session.h"

struct query {
    struct session *session;
    struct query *next;  /* of all in the session */
    struct query *spare; /* runs while this one stands between begin and finish */
    sqlite3_stmt *statement;
    struct str name, sql;
    struct place place; /* of its first word */
    struct str *columns;
    size_t column_count;
    struct str *fields; /* "query.column", for places */
    struct str *parameters;
    size_t parameter_count;
    const struct rows *given; /* instead of a statement: what query_run gives */
    uint64_t relations;       /* which it reads and may still have to be filled, by their bits */
    bool reads_own;           /* rows that are the document's own */
    bool *withheld;           /* by column; NULL: none */
    bool reads_less;          /* of some table fewer than these */
    struct str reads_none;    /* the first table of which it gets none at all */
    bool active;              /* between begin and finish */
    int64_t steps, rows;      /* since it began */
    int64_t asked_before;     /* work_asked() when it began */
    int64_t cpu_before_ns;    /* of the process, at the first look; 0: none yet */
    bool stopped;             /* since it began: it needs too many steps, rows or bytes */
    int32_t stops;            /* runs in a row that were stopped */
    size_t bytes;
};

/* Tells why SQLite didn't compile a text (its last error in session->db), or what of it the authorizer refused. */
void query_tell_error(struct session *session, const struct query_text *text, int code, struct diags *diags);
/* True, and told, when the text begins as a statement that is no query: INSERT, PRAGMA … */
bool query_tell_verb(const struct query_text *text, struct diags *diags);
/* True, and told, when the text asks for the day as anybody can see: date('now'), date(). What only shows in a run is told there. */
bool query_tell_clock(const struct query_text *text, struct diags *diags);
/* The text of a value isn't copied: it must last until the statement is reset. */
int query_bind(sqlite3_stmt *statement, int index, const struct value *value);
/* The place of a stretch of the sql; PLACE_NONE's file and line where the text has no place_of. */
struct place query_place(const struct query_text *text, size_t from, size_t to);

#endif
