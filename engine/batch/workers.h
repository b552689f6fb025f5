/* workers.h: several processes make documents at once, and what comes of it is what one makes: outcomes are delivered in the order of the
 * plan, whoever made them.
 *
 * 1. A document is sent to one worker at a time. It is delivered once.
 * 2. A worker that ends in the midst of a document (a signal, no memory, too much CPU) costs that document alone, which is tried once more,
 *    by a worker that does nothing else and while no other works; then it is one that could not be made (O150). */
#ifndef BATCH_WORKERS_H
#define BATCH_WORKERS_H

#include "batch/worker.h"

/* How many workers so many documents are worth: those asked for (--jobs), else one for each core, fewer where they would have little to do.
 * 0: the press makes them itself, as in narrowed runs, which read the database as it stands. */
size_t workers_wanted(const struct press *press, size_t documents);
/* Makes and delivers the works from `from` on. The first that isn't delivered: works->count; that at which the run was stopped (signal, a
 * full disk); or one from which on the press must make the layout's documents itself: one of its queries was stopped at a limit, so that later
 * documents depend on how often that was so, or no process can be had. */
size_t workers_make(struct press *press, const struct works *works, size_t from, size_t jobs);

#endif
