/* rows.h: a sheet's rows, by their form. Private to intake/. */
#ifndef INTAKE_ROWS_H
#define INTAKE_ROWS_H

#include "intake/store.h"

/* Of the hidden column that a filled workbook's rows are found again by. */
#define ROWS_KEY_HEADING "行标识"
/* Of the column in which a workbook that was given back says what is wrong with a row, and the name of its sheet of messages: nobody
 * expects either to be taken. */
#define ROWS_REASON_HEADING "退回原因"
#define ROWS_MESSAGES_SHEET "问题清单"

/* What holds for all rows of a run. */
struct givens_in {
    struct str school, semester, as_of;
    struct str token; /* of the database: journal_token */
};

/* Finds the sheet's form and its row of headings, and hands each row below it to the store. A sheet that isn't taken is told. */
void rows_take(struct store *store, const struct sheet *sheet, const struct givens_in *givens);
/* Which form a sheet is, and which of its rows has the headings; nothing is told. NULL: it isn't taken. */
const struct form *rows_form(const struct sheet *sheet, size_t *heading_row);
/* The field that a heading names; field_count: none. */
size_t rows_field(const struct form *form, struct str heading);
/* "5/2026-09/18" becomes :key, :key2, :key3. */
void rows_give_key(struct store_row *row, struct str text);
/* Is it a sheet of explanations, which nobody expects to be taken? */
bool rows_is_explanation(struct str name);

#endif
