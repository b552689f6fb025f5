/* records.h: the rows that a file binds, as the manifest lists them: each with its key, the page that it begins on and its lines in
 * the index.
 *
 * Rows that are one child's (of one key, one first column of the query and one look in the index) are one record, on the page of the
 * first. Their texts are made for XML, with numbers hidden that the reader must not see. */
#ifndef BATCH_RECORDS_H
#define BATCH_RECORDS_H

#include "batch/maker.h"
#include "batch/manifest.h"

/* Those of a planned file, their pages not yet known (0). In the arena; one at least where the file has a row. */
struct record *records_of(struct arena *arena, struct run *run, const struct printing *printing,
                          const struct plan *plan, const struct planned *planned, size_t *count);

/* Gives the entry its records, with the pages that the outcome knows; without, where the file could not be made. */
void records_add(struct run *run, struct entry *entry, const struct printing *printing, const struct plan *plan,
                 const struct planned *planned, const struct outcome *outcome);

#endif
