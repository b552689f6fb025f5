/* guard.h: what a run would take away, before it takes it. */
#ifndef BATCH_GUARD_H
#define BATCH_GUARD_H

#include "batch/press.h"

/* False, and told (O118), when a layout that is printed in full would lose all that it bound the last time, or more than a fifth of it
 * and at least twenty: an emptied table, or a filter that fits nothing, is an accident. --withdraw says that it is meant. */
bool guard_allows(struct press *press, const struct printing *printing, const struct plan *plan);

/* Sheets of another reader, stock or printer are made when somebody asks for them. Notes those that bind a record which the layout
 * itself, printed in full, binds no more: a certificate that is void. */
void guard_note_stale(struct press *press, const struct printing *printing, const struct plan *plan);
/* Takes them out of the list; told (O119). */
void guard_drop_stale(struct press *press, struct manifest *merged);

/* A run of all layouts: what an earlier one made of a layout that is no longer in the folder (it was renamed, or its file taken away).
 * It is told (O139) and stays; with --withdraw it leaves the list. */
void guard_drop_gone(struct press *press, struct manifest *merged);

#endif
