/* worker.h: a piece of work, and the process that does it: forked from the press when all is read, resolved and planned, it makes the
 * documents that it is sent and sends back what became of each.
 *
 *     press ── portion: works [from, to) ──► worker ── for each: its size, outcome_pack ──► press
 *
 * It writes files beside their places, and nothing else; names, lists and messages are the press's. */
#ifndef BATCH_WORKER_H
#define BATCH_WORKER_H

#include <stdatomic.h>
#include <sys/types.h>

#include "batch/press.h"

/* A document that is to be made. */
struct work {
    size_t printing;               /* index in press->printings */
    const struct planned *planned; /* borrowed from its plan */
};
struct works {
    struct work *items;
    size_t count;
};
/* Works [from, to), as a worker is sent them. */
struct portion {
    uint64_t from, to;
    uint64_t printing; /* nothing comes any more for those before it: their caches may go */
};

/* Makes a document; what became of it is appended, packed. */
void work_make(struct press *press, struct maker *maker, const struct work *work, struct buffer *packed);

/* The life of a worker, behind fork: reads portions from `line`, and ends the process when there are no more, when the press is gone, or before the
 * next document once *stop is set. */
_Noreturn void worker_live(struct press *press, const struct works *works, int line, pid_t parent,
                           const atomic_int *stop);

#endif
