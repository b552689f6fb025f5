/* kept.h: whether a document would come out as it lies there, so that it needn't be made.
 *
 *     kept_key ──► kept_take ──► it would: what became of it the last time is what becomes of it now
 *                           └──► else: document_make, with run->asked between kept_begin and kept_end
 *
 * A document is a function of its base (trace.h, 1), of its key, and of the answers and files that it asked for while it was made. The
 * key is of what the plan knows: layout, by the bytes of its files, reader and paper, path and rows; of a volume also the rows of what it binds; of papers that bear a
 * code their last printings by the journal, and the key; the tables and views
 * that the database declares; for a reader who must not see all numbers, how those begin. */
#ifndef BATCH_KEPT_H
#define BATCH_KEPT_H

#include "batch/binder.h"
#include "batch/trace.h"

/* The key of a document; resets the maker's arena. Of a volume it plans the documents that it binds. */
struct hash kept_key(struct maker *maker, const struct printing *printing, const struct plan *plan,
                     const struct planned *planned);
/* True: it would. What became of it is appended, packed (outcome_pack). */
bool kept_take(struct maker *maker, const struct trace *trace, const struct printing *printing, const struct plan *plan,
               const struct planned *planned, struct hash key, struct buffer *packed);
/* Around the making of one that wouldn't: its outcome gets its key and what it asked for. */
void kept_begin(struct maker *maker);
/* Behind document_make, with its exit code: asked is STR_NONE where it failed, or told something that can't be compared (a
 * limit). Strings as long as the next document. */
void kept_end(struct maker *maker, const struct printing *printing, struct hash key, enum exit_code code,
              struct outcome *outcome);

#endif
