/* doubts.h: what the checks say of the rows of a filled workbook. Private to sheet/. */
#ifndef SHEET_DOUBTS_H
#define SHEET_DOUBTS_H

#include "intake/filled.h"
#include "rules/rules.h"
#include "sheet/workbook.h"

struct doubts;

/* The findings by the cells that they speak of. Borrows the result. */
struct doubts *doubts_make(struct arena *arena, const struct rules_result *result);
/* Of a field of the row with these keys: its look, and the words of the remark (STR_NONE: nothing is wrong), which live in the arena. */
enum cell_look doubts_of(struct doubts *doubts, const struct form *form, const struct field *field,
                         const struct filled_keys *keys, struct str *words);

#endif
