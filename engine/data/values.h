/* values.h: are the values of a database what they must be: days, months, moments, codes of a list?
 *
 * Printing knows no schema: the rules say which columns hold what. A value that can only mean one day, month, moment or code is read as
 * that, in the private copy of the database, before any session is opened: so queries compare what they mean to compare, and go on
 * using indexes. What can mean several, or nothing, is told and stays. The database itself is never written.
 *
 * Order of calls: database_open, values_look, values_correct when anything can be read, sessions, values_settle, values_tell. */
#ifndef DATA_VALUES_H
#define DATA_VALUES_H

#include "data/data.h"

enum value_form { VALUE_DAY, VALUE_MONTH, VALUE_MOMENT, VALUE_ANY, VALUE_CODE };
struct value_rule {
    struct str table, column; /* table "*": every table that has the column */
    enum value_form form;
    const struct str *codes; /* VALUE_CODE */
    size_t code_count;
    struct query_text needed; /* a condition over the row: where it holds the value must be known; sql "": it needn't */
    bool only_printed;        /* nothing is compared with it: when it can't be read no row is lost */
    struct place place;
};
/* The number of the archive that a row with this column belongs to, for messages: a query whose one parameter is the column. */
struct value_record {
    struct str table, column;
    struct query_text query;
    struct place place;
};
struct value_rules {
    const struct value_rule *items;
    size_t count;
    const struct value_record *records;
    size_t record_count;
    const struct str *dated; /* GLOB patterns of columns of text that must stand in a rule */
    size_t dated_count;
    struct str file; /* for messages */
};

/* Only tables that these texts in SQL name, directly, through views, through relations or through what a reader gets of a table; their
 * values are counted, not told. */
struct value_scope {
    const struct str *texts;
    size_t count;
    const struct relations *relations; /* NULL: none */
    const struct privacy *privacy;     /* NULL: all see all */
};

struct values;
/* Reads every value that a rule speaks of; scope NULL: in all tables, and then what doesn't fit the database is told (D3xx). NULL, and
 * told, when the database can't be read. All in the arena, and in it until the last call. */
struct values *values_look(struct database *database, const struct value_rules *rules, const struct value_scope *scope,
                           struct arena *arena, struct diags *diags);
/* Columns that look like days by their name and stand in no rule (D323). */
void values_tell_unlisted(const struct values *values, struct diags *diags);
/* How many values are to be read as another; how many can't be, and papers compare them or print a code. */
size_t values_readable(const struct values *values);
size_t values_unreadable(const struct values *values);
/* Writes them into the private copy; where the database has none, it is read from a copy in memory from now on. No session may be open.
 * False, and told: there is no room, or the copy can't be written. */
bool values_correct(struct values *values, struct diags *diags);
/* Is there anything to settle? */
bool values_need_session(const struct values *values);
/* Asks in a session of who sees all which unknown values are needed, and to which archives rows belong. False, and told, when a
 * condition or query isn't right; `try_all`: also those that nothing is asked by now. */
bool values_settle(struct values *values, struct session *session, bool try_all, struct diags *diags);
/* D5xx, in the order of the tables. */
void values_tell(const struct values *values, struct diags *findings);
/* How many rows are lost to papers: values unknown or unreadable where they are needed, days that queries can't compare. */
size_t values_missing(const struct values *values);

#endif
