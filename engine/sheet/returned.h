/* returned.h: a file that was taken in goes back to those who sent it: every row at its place, what is wrong marked and explained, so that
 * the same file is corrected and sent in again. What was taken already then says nothing new.
 *
 * - Each sheet as it was read: cells where they stood, hidden rows and sheets hidden unless something is wrong there, the hidden
 *   key of a filled workbook; columns of a form with its formats and lists. Looks of the original are not kept.
 * - A cell that was left out is red, one that was kept with a doubt is yellow; a remark says what is wrong and what to do.
 * - A column behind the last says it once more for the row, so that it can be filtered and read on paper.
 * - A first sheet lists all messages, with links to the cells.
 *
 * Texts are Chinese, as on all workbooks: they go to the schools. */
#ifndef SHEET_RETURNED_H
#define SHEET_RETURNED_H

#include "base/diag.h"
#include "intake/grid.h"

/* Writes the workbook. made_on: the day that it says it was made on. False: told in `told`. */
bool returned_write(struct arena *arena, const char *path, const struct grid *grid, const struct diags *diags,
                    struct str made_on, struct diags *told);
/* Is a file such a workbook? False too where there is none. */
bool returned_is(const char *path);

#endif
