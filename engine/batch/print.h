/* print.h: what of a run goes to the printer: which rows, in which files. Between press_plan and the making. */
#ifndef BATCH_PRINT_H
#define BATCH_PRINT_H

#include "batch/press.h"

/* Hands the planned rows to press->print, and plans anew what it leaves: documents of which it takes out rows, or that begin on a half-used
 * sheet, apart; of awards each row, or all of them, apart. False: told, and nothing is to be made. */
bool print_choose(struct press *press);
/* A planned document was made. */
void print_note(struct press *press, const struct planned *planned, const struct outcome *outcome);

#endif
