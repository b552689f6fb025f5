/* forms.h: the collection forms: what stands in each sheet, and where it goes.
 *
 * A form is data. Its fields say how a column may be headed and what stands in it; each has a name in SQL, under which its value is
 * a parameter of the form's queries. Finders ask, in order, which school, class, child or person of the database a row speaks of;
 * what they find is a parameter of all that follows. Targets are the rows that are written: `find` asks for the one that is meant,
 * none means a new one. A queries' parameters are the row's fields, what was found before it, and the givens :semester, :as_of,
 * :school_given, :key, :key2, :key3 (of a filled workbook's hidden column).
 *
 * To add a field: its line in forms_*.c. To add a form: its table there, and its line in `forms` of forms.c. */
#ifndef INTAKE_FORMS_H
#define INTAKE_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum field_type {
    FIELD_TEXT,
    FIELD_NAME,   /* of a person: the dot is U+00B7, no blank inside, never normalised otherwise (DOMAIN E) */
    FIELD_ID,     /* GB 11643: digits, X */
    FIELD_PUPIL,  /* 全国学籍号 */
    FIELD_CARD,   /* a bank card's number: 16 to 19 digits, the last one a check digit (ISO/IEC 7812-1) */
    FIELD_DIGITS, /* QQ, postcode: text of digits, which may begin with 0 */
    FIELD_PHONE,
    FIELD_PLATE,
    FIELD_CLASS, /* 六（5）班, word for word */
    FIELD_DAY,
    FIELD_MONTH,
    FIELD_MOMENT,
    FIELD_CODE,  /* one of values */
    FIELD_YES,   /* 是 1, 否 0 */
    FIELD_WHOLE, /* a whole number, not negative */
    FIELD_SCORE, /* a result of an examination: as FIELD_SCALED, or a word of mark.state, which the column state beside it keeps */
    FIELD_SCALED, /* a decimal number, kept as a whole one: values say how many times as large (身高 in cm, kept in mm: 10) */
};

struct field {
    const char *heading;
    const char *synonyms; /* other headings, parted by | */
    enum field_type type;
    const char *values; /* codes parted by |; of FIELD_SCALED: the factor; of FIELD_YES: words for yes/words for no */
    const char *parameter; /* in SQL; "": nothing is taken from the column, and nothing told of it */
    const char *column;    /* target.column that it is kept in; NULL: it only helps to find */
    const char *initial;   /* SQL: what a new row has where the cell is blank; NULL: unknown */
    bool needed;           /* a row can't be taken without it */
    const char
        *change; /* its name in change_log, where a new value is news about a child; NULL: a new value mends a slip */
    const char *note; /* what is asked for, for the heading's note */
    const char *example;
    const char *stores; /* the parameter whose value is kept instead of its own: what a finder found by it; NULL */
};

enum { FINDER_QUERIES = 6 };
struct finder {
    const char *parameter; /* what is found: class_id */
    const char
        *called;    /* "class\x1F班级", as messages call it; NULL: nobody asked for it by name, and nothing is told */
    const char *by; /* the parameter whose cell is told, and that must be given for it to be asked; */
    bool optional;  /* nothing found is NULL; else the row is left out */
    const char
        *queries[FINDER_QUERIES]; /* the first that gives anything decides; two different answers are told; a second
                                            column is what the cell was taken as, which is told */
    const char *names;            /* SELECT the names of all that could be meant, for who finds none; NULL */
};

struct target {
    const char *name; /* as fields call it; mostly the table's */
    const char *table;
    const char *keys;  /* its primary key: "id", "student_id, semester_id" */
    const char *needs; /* the parameter without which this target isn't written; NULL: always */
    const char *fixed; /* "column = SQL, …": what only a new row gets, its key's parts included */
    const char *gives; /* the parameter that its id becomes; NULL */
    bool repeats;      /* rows that look alike are different ones, taken in their order: two talks on one day */
    const char *find[FINDER_QUERIES]; /* SELECT its key; the first that gives a row decides */
    const char *unsure; /* SELECT the name of a row that it may be or not, where none was found: left out, told; NULL */
    const char *twin;   /* SELECT anything where another row has the same number: told, and kept; NULL */
    const char *twin_by; /* the parameter whose cell either tells */
};

enum { FORM_FINDERS = 6, FORM_TARGETS = 30 };
struct form {
    const char *name;
    const char *synonyms; /* of the sheet's name */
    const char *help;
    bool named_only; /* taken only from a sheet of its name: its headings are those of other forms too */
    const struct field *fields;
    size_t field_count;
    struct finder finders[FORM_FINDERS]; /* parameter NULL: no more */
    struct target targets[FORM_TARGETS]; /* table NULL: no more; written in this order */
    const char *
        rows; /* SELECT key, then the fields by parameter, for a filled workbook; :school_given, :class_given may be NULL */
};

/* In the order in which they are taken: what others refer to comes first. */
extern const struct form *const forms[];
extern const size_t form_count;

/* By a sheet's name, blanks and brackets aside; NULL. */
const struct form *form_by_name(struct str name);
/* Is it a heading of the field? Blanks, line ends, *, ： and what stands in brackets aside. */
bool field_is_headed(const struct field *field, struct str heading);

#endif
