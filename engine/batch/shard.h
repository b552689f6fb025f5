/* shard.h: a run shared among N machines: each makes the documents of some schools into a folder of its own, and `dossier verify --merge`
 * puts the folders together to what one run would have made, byte for byte.
 *
 * 1. A document is in one shard of N, the same in every run and on every machine: by a hash of the school of its first row (column
 *    `school`), else, where it has none, of its path. */
#ifndef BATCH_SHARD_H
#define BATCH_SHARD_H

#include "batch/press.h"

/* Leaves chosen what is of the job's shard; the documents of all others are not made. */
void shard_choose(struct press *press);
/* For the shard's manifest: layouts of which it has nothing, so that merging knows that they were printed. */
void shard_note_layouts(struct press *press);

#endif
