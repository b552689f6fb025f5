/* collection.h: the collection workbook: a sheet for each form, empty or with what the database holds. */
#ifndef SHEET_COLLECTION_H
#define SHEET_COLLECTION_H

#include "base/diag.h"
#include "intake/filled.h"

/* The forms that are named, or all. False: told (a name that is no form; a file that can't be written). */
bool collection_template(struct arena *arena, const char *path, const struct str *names, size_t count,
                         struct str made_on, struct diags *diags);
/* The same with the rows of the database, each with its key in a hidden column, so that it is found again when it comes back. */
bool collection_filled(struct arena *arena, const char *path, const struct str *names, size_t count,
                       const char *database, const struct filled_choice *choice, struct diags *diags);

#endif
