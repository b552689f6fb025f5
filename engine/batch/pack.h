/* pack.h: a copy that leaves: the documents of one reader, with an index and a manifest of them alone, in a zip.
 *
 * What was printed for others, its findings, what only the office's lists say, notes of runs: nothing of it goes along. Every document is
 * held against the manifest before it is packed, and a paper that the database says is void leaves nobody. The same folder gives the same bytes; the zip is there whole or not at all. */
#ifndef BATCH_PACK_H
#define BATCH_PACK_H

#include "batch/batch.h"
#include "batch/manifest.h"

/* Leaves of a manifest what one reader's copy has: his documents that were made, and what their layouts found. In its arena. */
void pack_narrow(const struct manifest *whole, struct str reader, struct manifest *out);

/* Writes the zip. `folder`: the term's. False, told in diags (B103), when it can't be written; an older one stays then. */
bool pack_write(const struct manifest *narrowed, const char *folder, const char *path, struct diags *diags);

#endif
