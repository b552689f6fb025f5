/* owners.h: the documents' rows for a reader who gets each owner's rows only (a family its own child's). */
#ifndef BATCH_OWNERS_H
#define BATCH_OWNERS_H

#include "batch/printing.h"

/* Rows of the layout's `each`, in its order, and in *by_row what is to be told of each (NULL where it isn't known of which). Both in
 * the run's arena. False, with diagnostics in `found`, when a query fails. */
bool owners_rows(struct run *run, const struct printing *printing, struct rows *rows, struct diags **by_row,
                 struct diags *found);

#endif
