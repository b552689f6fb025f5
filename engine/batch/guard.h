/* guard.h: what a run would take away, held against what earlier runs left, before it is taken.
 *
 * Records are compared by their keys (records.h), only those of the run's own month where paths name the month. A run in which values
 * of the database are missing (run->values_missing) calls nothing stale. */
#ifndef BATCH_GUARD_H
#define BATCH_GUARD_H

#include "batch/manifest.h"
#include "batch/plan.h"

enum {
    GUARD_LEAST = 20, /* records: fewer may always go, unless they are all */
    GUARD_PART = 5    /* a fifth of them may go */
};

struct guard {
    struct run *run;
    const struct manifest *old;
    struct str *stale; /* paths of sheets for others that bind what is void */
    size_t stale_count, stale_capacity;
};

/* Borrows both; `old` is the manifest of earlier runs. */
void guard_init(struct guard *guard, struct run *run, const struct manifest *old);

/* False, and O118 in run->diags, when a layout that is printed in full would lose all that it bound the last time, or more than a
 * fifth of it and at least twenty: an emptied table, or a filter that fits nothing, is an accident. --withdraw says that it is meant. */
bool guard_allows(struct guard *guard, const struct printing *printing, const struct plan *plan);

/* Sheets of another reader, stock or printer are made when somebody asks for them. Notes those that bind a record which the layout
 * itself, printed in full, binds no more: a certificate that is void. */
void guard_note_stale(struct guard *guard, const struct printing *printing, const struct plan *plan);
/* Takes those noted out of the list; told (O119). Not for a run that was stopped. */
void guard_drop_stale(struct guard *guard, struct manifest *merged);

/* A run that --only narrows leaves the lists as they are: documents in the layout's folders that bind a record which its query has no more are
 * told (O201). Nothing in other runs, which take them away. */
void guard_tell_lost(struct guard *guard, const struct printing *printing, const struct plan *plan);

/* A run of all layouts: what an earlier one made of a layout that is no longer in the folder (it was renamed, or its file taken away).
 * It is told (O139) and stays; with --withdraw it leaves the list. Nothing in a run of some. Not for a run that was stopped. */
void guard_drop_gone(struct guard *guard, struct manifest *merged);

#endif
