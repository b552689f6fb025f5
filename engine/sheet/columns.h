/* columns.h: a form's fields as columns of a sheet. Private to sheet/. */
#ifndef SHEET_COLUMNS_H
#define SHEET_COLUMNS_H

#include "intake/forms.h"
#include "sheet/workbook.h"

enum { COLUMN_WIDTH_LEAST = 8, COLUMN_WIDTH_MOST = 40 };

/* Heading, note, format, choices and width. Strings are the form's own. */
struct sheet_column column_of_field(const struct field *field);

#endif
