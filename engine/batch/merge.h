/* merge.h: the folders of shards become what one run would have made (shard.h).
 *
 * Nothing is written before all shards are there, each once, of one term, made from one state of the database by one engine (O194 to O196),
 * and before each document is what its manifest says. Documents are copied, so that a merge that was stopped is done again. */
#ifndef BATCH_MERGE_H
#define BATCH_MERGE_H

#include "batch/batch.h"

/* Into the job's output folder. EXIT_MADE; EXIT_DOCUMENT: they don't fit together, or a document is missing or altered (O190); EXIT_INPUT,
 * EXIT_BUSY, EXIT_CANNOT_CREATE, EXIT_IO. All is told. */
enum exit_code batch_merge(const struct job *job, const struct str *folders, size_t count, struct reporter *reporter);

#endif
