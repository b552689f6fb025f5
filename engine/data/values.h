/* values.h: are the values of a database what they must be: days, months, moments, codes of a list?
 *
 * Printing knows no schema: the rules (layouts/columns.yaml) say which columns hold what. A value that can only mean
 * one day, month, moment or code is corrected to it, in the private copy of the database, before any session is
 * opened: so queries compare what they mean to compare, and still use indexes. A value that can mean several, or
 * nothing, is told and stays. The database itself is never written.
 *
 * Order of calls: database_open, values_look, values_correct when values_readable, sessions, values_settle when
 * values_need_session, values_tell. */
#ifndef DATA_VALUES_H
#define DATA_VALUES_H

#include "data/data.h"

/* The form that a column's values must have. VALUE_ANY: any, but `needed` may apply. */
enum value_form { VALUE_DAY, VALUE_MONTH, VALUE_MOMENT, VALUE_ANY, VALUE_CODE };
/* A rule for a column; lines of columns.yaml. */
struct value_rule {
    struct str table, column; /* table "*": every table that has the column */
    enum value_form form;
    const struct str *codes; /* VALUE_CODE */
    size_t code_count;
    struct query_text needed; /* a condition over the row: where it holds the value must be known; sql "": it needn't */
    bool only_printed;        /* nothing is compared with it: an unreadable value loses no row */
    struct place place;
};
/* For messages: a query that gives the archive number of a row, with the row's column as its one parameter. */
struct value_record {
    struct str table, column;
    struct query_text query;
    struct place place;
};
/* All rules. Borrowed from the layout, as long as `struct values` lives. */
struct value_rules {
    const struct value_rule *items;
    size_t count;
    const struct value_record *records;
    size_t record_count;
    const struct str *dated; /* GLOB patterns of columns of text that must stand in a rule */
    size_t dated_count;
    struct str file; /* for messages */
};

/* Narrows the look to tables that these SQL texts name: directly, through views, through relations or through the
 * SQL of privacy.yaml. Their wrong values are counted, not told one by one. */
struct value_scope {
    const struct str *texts;
    size_t count;
    const struct relations *relations; /* NULL: none */
    const struct privacy *privacy;     /* NULL: all see all */
};

struct values;
/* Reads every value that a rule is about. scope NULL: in all tables, and rules that don't fit the database are told
 * (D3xx). NULL, and told, when the database can't be read. The result and all it points to live in the arena. */
struct values *values_look(struct database *database, const struct value_rules *rules, const struct value_scope *scope,
                           struct arena *arena, struct diags *diags);
/* Tells columns whose names look like days and that no rule names (D323). */
void values_tell_unlisted(const struct values *values, struct diags *diags);
/* How many values can be corrected. */
size_t values_readable(const struct values *values);
/* How many can't, in columns that papers compare or print as codes. */
size_t values_unreadable(const struct values *values);
/* Writes the corrections into the private copy; a database without one is copied into memory and read from there
 * from now on. No session may be open. False, and told: no room, or the copy can't be written. */
bool values_correct(struct values *values, struct diags *diags);
/* Is there anything to settle? */
bool values_need_session(const struct values *values);
/* Asks, in a session of a reader who sees all, which unknown values are needed and to which archives rows belong.
 * False, and told, when a condition or query isn't right; `try_all`: also those that nothing asks for now. */
bool values_settle(struct values *values, struct session *session, bool try_all, struct diags *diags);
/* Tells what was found (D5xx), in the order of the tables. */
void values_tell(const struct values *values, struct diags *findings);
/* How many rows papers lose: values unknown or unreadable where they are needed, days that queries can't compare. */
size_t values_missing(const struct values *values);

#endif
