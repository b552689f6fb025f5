/* filled.h: what the database holds, by form, to be sent back to those who correct it. */
#ifndef INTAKE_FILLED_H
#define INTAKE_FILLED_H

#include "intake/forms.h"
#include "intake/intake.h"
#include "intake/value.h"

/* What is read for a workbook: a connection, the form at hand and its statement. */
struct filled;

/* Which rows: of the whole township where school and class are STR_NONE. */
struct filled_choice {
    struct str school, class_name, semester, as_of; /* as_of: the day of which they are read */
};

/* Opens the database to read. NULL: told. Borrowed strings must outlive it. */
struct filled *filled_open(struct arena *arena, const char *database, const struct filled_choice *choice,
                           struct diags *diags);
/* Closes the database and ends all that was borrowed from it; NULL isn't allowed. */
void filled_close(struct filled *filled);
/* Begins the rows of a form, in the order in which a school keeps them. False: told. */
bool filled_begin(struct filled *filled, const struct form *form, struct diags *diags);
/* The next row: its key with the database's token before it, and its values by the form's fields. Text lives until the next call. False: none left. */
bool filled_next(struct filled *filled, struct str *key, struct taken *values);

/* Which rows of the database the row at hand stands for: by the form's targets their keys, parts parted by blanks ("17", "3050 1"), STR_NONE
 * where there is none; and its child's id. Lives until the workbook is closed. */
struct filled_keys {
    struct str targets[FORM_TARGETS];
    struct str child;
    struct str basis; /* what they hold (basis.h): behind the row's key and a # */
};
/* Fills *keys for the row that filled_next gave last, by its values; with questions to the database. */
void filled_keys(struct filled *filled, const struct taken *values, struct filled_keys *keys);

#endif
