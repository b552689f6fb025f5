/* owners.h: the documents' rows for a reader who gets each owner's rows only. */
#ifndef BATCH_OWNERS_H
#define BATCH_OWNERS_H

#include "batch/run.h"

/* Rows of the layout's `each`, and of each row what is to be told of it. False and told in `found` when a query fails. */
bool owners_rows(struct run *run, const struct printing *printing, struct rows *rows, struct diags **by_row,
                 struct diags *found);

#endif
