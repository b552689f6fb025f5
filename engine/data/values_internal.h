/* values_internal.h: shared by the files of values.h, for them alone.
 *
 *     values_catalogue.c    tables, columns and the rule of each        values_scope.c    the tables that a run reads
 *     values_rules.c        rules that don't fit the database           values_judge.c    one value held against its rule
 *     values_count.c        counts of a table, in one statement         values.c          findings, row by row
 *     values_correct.c      corrections in the copy                     values_settle.c   needed values, owners of rows */
#ifndef DATA_VALUES_INTERNAL_H
#define DATA_VALUES_INTERNAL_H

#include "data/days.h"
#include "data/session.h"
#include "data/value.h"
#include "data/values.h"

/* How a value fits its column's rule. */
enum fit {
    FIT_RIGHT,
    FIT_UNKNOWN,  /* NULL */
    FIT_READABLE, /* as something else that it can only mean */
    FIT_EMPTY,    /* '' or blanks, in a column that may be NULL */
    FIT_SERIAL,   /* a spreadsheet's number of a day */
    FIT_WRONG,
    FIT_COUNT
};

/* A column of a table, its rule and the counts of its values. */
struct looked_column {
    struct str name;
    const struct value_rule *rule; /* NULL: no rule for it */
    bool may_be_null;
    bool is_text;   /* by its declared type, and written by people */
    bool is_stored; /* not computed whenever it is read */
    size_t key;     /* place in the primary key, from 1 on; 0: none */
    size_t number;  /* its index in values.numbered, by which SQL functions know it */
    char right[24]; /* the last right value: the next row often has the same */
    size_t right_bytes;
    size_t seen[FIT_COUNT];
    size_t told[FIT_COUNT + 1]; /* findings of each kind; the last counts needed values */
};
/* A table of the file. `wanted`: the run reads it; only then are its columns read. */
struct looked_table {
    struct str name;
    struct looked_column *columns;
    size_t count;
    struct str
        *keys; /* the columns of the primary key; where there is none the row's own number has a name of SQLite's */
    size_t key_count;
    bool has_rowid_name, is_strict, is_without_rowid;
    bool wanted;
    uint32_t root;                     /* its first page */
    const struct value_record *record; /* NULL: its rows lead to no archive */
    size_t record_column;
};

/* One value to be told, with its row. It becomes a message in values_tell, once the row's record is known. */
struct value_finding {
    enum diag_code code;
    size_t table, column;
    bool dropped;                /* another finding says it better */
    struct str row, value, read; /* the row's key in words; the value; the corrected or likely value */
    struct value record_key;
    struct str record;
};

/* All that values_look and the calls after it know. Lives in the arena of values_look. */
struct values {
    struct database *database;
    const struct value_rules *rules;
    struct arena *arena;
    struct looked_table *tables;
    size_t count, capacity;
    const struct looked_column **numbered; /* columns with a rule, by number */
    size_t numbered_count;
    struct value_finding *findings;
    size_t finding_count, finding_capacity;
    size_t missing;
    struct looked_column **counted; /* those with a rule of the table that is being counted */
};

/* --- values_catalogue.c ------------------------------------------------------------------------------------------- */

/* Reads tables, columns and their rules into `values`. SQLITE_OK, or SQLite's code. */
int values_read_catalogue(struct values *values, sqlite3 *db, const struct value_scope *scope);
/* The rule for a column: that of its table, else that of all tables; NULL: none. */
const struct value_rule *values_rule_of(const struct value_rules *rules, struct str table, struct str column);

/* Does a rule stand for every table? */
static inline bool value_every_table(struct str table) {
    return str_is(table, "*");
}

/* --- values_scope.c ----------------------------------------------------------------------------------------------- */

/* Reads the names of tables, and marks those wanted that the scope's texts name (scope NULL: all). SQLITE_OK, or its
 * code. */
int values_read_names(struct values *values, sqlite3 *db, const struct value_scope *scope);

/* --- values_rules.c ----------------------------------------------------------------------------------------------- */

/* Tells rules that don't fit the database (D301 to D304, D321, D322, D324). */
void values_check_rules(const struct values *values, sqlite3 *db, struct diags *diags);

/* --- values_judge.c ----------------------------------------------------------------------------------------------- */

/* Holds a text against the column's rule. *read: for FIT_READABLE the corrected value (in `room`, or one of the
 * rule's codes), for FIT_SERIAL the day that the number may stand for; else untouched. */
enum fit value_judge(const struct looked_column *column, struct str text, char room[static TIME_ROOM],
                     struct str *read);
/* The same for a cell, as fast as may be where it is right: the hot path, called for every value of every table
 * read. */
enum fit value_judge_cell(struct looked_column *column, sqlite3_value *value, char room[static TIME_ROOM],
                          struct str *read);

/* Is it so at once, without being read as anything else? Remembers the last that was. */
bool value_is_right(struct looked_column *column, struct str text);

/* --- values_pages.c ----------------------------------------------------------------------------------------------- */

enum { PAGES_DEEP = 20, SHORT_TYPES = 0x80 }; /* of a tree: SQLite's own limit; types of one byte */
struct value_pages {
    sqlite3_file *file;
    uint32_t page_bytes, usable, count;
    unsigned char *rooms[PAGES_DEEP]; /* of a page each */
    unsigned char sizes[SHORT_TYPES]; /* of cells, by type */
    struct arena *arena;
};
/* False where pages can't be read so. */
bool values_pages_open(struct value_pages *pages, const struct database *database, sqlite3 *db, struct arena *arena);
/* True: every cell of the table's columns with a rule is right or NULL, and `seen` says how many. False: nothing was seen. */
bool values_pass_table(struct value_pages *pages, struct looked_table *table);

/* --- values_count.c ----------------------------------------------------------------------------------------------- */

/* Counts `seen` of the columns with a rule, at least one, of table after table: begin, count …, end. SQLITE_OK, or
 * SQLite's code. */
int values_count_begin(struct values *values, sqlite3 *db);
/* Counts the values of a table's columns that have a rule, in one pass. SQLite's code. */
int values_count_table(struct values *values, sqlite3 *db, struct looked_table *table);
/* Takes the function back from the connection. */
void values_count_end(sqlite3 *db);

/* --- values.c ----------------------------------------------------------------------------------------------------- */

/* Findings of one kind kept for a column; those beyond are counted. */
enum { FINDINGS_OF_COLUMN = 2000 }; /* of a kind; those beyond are counted */
/* Adds a finding; valid until the next is added. */
struct value_finding *values_add_finding(struct values *values, enum diag_code code, size_t table, size_t column);
/* A value as messages show it: short, whole characters, and no full number of a person, whatever column it strayed
 * into. */
struct str values_shown(struct arena *arena, struct str text);
/* A row's key in words, from cells that hold the key's columns from `first` on: "student_id 12, semester_id 2026-2027-1". */
struct str values_row_words(struct values *values, const struct looked_table *table, sqlite3_stmt *statement,
                            int first);
/* Appends to a SELECT the columns that values_row_words reads; gives back how many. */
int values_add_keys(struct buffer *sql, const struct looked_table *table);

#endif
