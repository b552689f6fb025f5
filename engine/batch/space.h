/* space.h: is there room for the documents of a run? A disk that is full stops whatever else writes to it, so a run that can't end doesn't begin,
 * and one of which that shows only by its first documents ends while there is room left.
 *
 * 1. The estimate is low, so that no run is refused that would have ended: what lies there is replaced by as much; of a layout of which nothing is
 *    known a document takes a quarter of what those of others do, or SPACE_LEAST bytes. */
#ifndef BATCH_SPACE_H
#define BATCH_SPACE_H

#include "batch/press.h"

#define SPACE_LEAST 2048

/* Before the first write: by what the last run left. EXIT_MADE, or EXIT_IO, told (O202). */
enum exit_code space_begin(struct press *press);
/* Behind each group of documents: by their sizes. Where the rest won't fit the press is stopped, told (O203). */
void space_again(struct press *press);

#endif
