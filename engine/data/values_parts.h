/* values_parts.h: inside data/: what the parts of values.h share. */
#ifndef DATA_VALUES_PARTS_H
#define DATA_VALUES_PARTS_H

#include "data/days.h"
#include "data/session.h"
#include "data/values.h"

/* What a value is, seen by its rule. */
enum fit {
    FIT_RIGHT,
    FIT_UNKNOWN,  /* NULL */
    FIT_READABLE, /* as something else that it can only mean */
    FIT_EMPTY,    /* '' or blanks, in a column that may be NULL */
    FIT_SERIAL,   /* a spreadsheet's number of a day */
    FIT_WRONG,
    FIT_COUNT
};

struct looked_column {
    struct str name;
    const struct value_rule *rule; /* NULL: none speaks of it */
    bool may_be_null;
    bool is_text;   /* by its declared type, and written by people */
    size_t number;  /* of all columns with a rule: of it in SQL */
    char right[24]; /* the last right value: in the next row it is often the same */
    size_t right_bytes;
    size_t seen[FIT_COUNT];
    size_t told[FIT_COUNT + 1]; /* findings of a kind; the last of needed values */
};
struct looked_table {
    struct str name;
    struct looked_column *columns;
    size_t count;
    struct str
        *keys; /* the columns of the primary key; where there is none the row's own number has a name of SQLite's */
    size_t key_count;
    bool has_rowid_name, is_strict, is_without_rowid;
    bool wanted;
    const struct value_record *record; /* NULL: its rows lead to no archive */
    size_t record_column;
};

struct value_finding {
    enum diag_code code;
    size_t table, column;
    bool dropped;                /* another says it better */
    struct str row, value, read; /* the row's key in words; the value; what it is read as, or may mean */
    struct value record_key;
    struct str record;
};

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

/* Tables, columns and their rules. SQLITE_OK, or its code. */
int values_read_catalogue(struct values *values, sqlite3 *db, const struct value_scope *scope);
/* What of the rules doesn't fit the database. */
void values_check_rules(const struct values *values, sqlite3 *db, struct diags *diags);

/* --- values_judge.c ----------------------------------------------------------------------------------------------- */

/* *read: what it is read as (a text in `room`, or one of the rule's codes), or the day that a serial may mean; else untouched. */
enum fit value_judge(const struct looked_column *column, struct str text, char room[static TIME_ROOM],
                     struct str *read);
/* The same of a cell, as fast as may be where it is right. */
enum fit value_judge_cell(struct looked_column *column, sqlite3_value *value, char room[static TIME_ROOM],
                          struct str *read);

/* --- values_count.c ----------------------------------------------------------------------------------------------- */

/* Between begin and end `seen` of a table's columns with a rule, at least one, is counted. SQLITE_OK, or SQLite's code. */
int values_count_begin(struct values *values, sqlite3 *db);
int values_count_table(struct values *values, sqlite3 *db, struct looked_table *table);
void values_count_end(sqlite3 *db);

/* --- values.c ----------------------------------------------------------------------------------------------------- */

enum { FINDINGS_OF_COLUMN = 2000 }; /* of a kind; those beyond are counted */
struct value_finding *values_add_finding(struct values *values, enum diag_code code, size_t table, size_t column);
/* As it is told: short, whole characters, and no full number of a person, whatever column it strayed into. */
struct str values_shown(struct arena *arena, struct str text);
/* A row's key in words, from cells that hold the key's columns from `first` on: "student_id 12, semester_id 2026-2027-1". */
struct str values_row_words(struct values *values, const struct looked_table *table, sqlite3_stmt *statement,
                            int first);
/* Adds the columns that values_row_words wants; how many. */
int values_add_keys(struct buffer *sql, const struct looked_table *table);

#endif
