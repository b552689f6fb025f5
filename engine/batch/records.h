/* records.h: the rows that a file binds, each with its key, the page that it begins on and its lines in the index. */
#ifndef BATCH_RECORDS_H
#define BATCH_RECORDS_H

#include "batch/document.h"
#include "batch/manifest.h"

/* Those of a planned file, their pages not yet known. In the arena. */
struct bound *records_of(struct arena *arena, struct run *run, const struct printing *printing, const struct plan *plan,
                         const struct planned *planned, size_t *count);

/* Rows that are one child's (of one key, one first column of the query and one look in the index) are one record, on the page of the first. */
void records_add(struct run *run, struct entry *entry, const struct printing *printing, const struct plan *plan,
                 const struct planned *planned, const struct made *made);

#endif
