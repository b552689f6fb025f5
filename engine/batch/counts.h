/* counts.h: what lies in a term's folder, counted from two manifests: by school, by layout. No name of a person is among it. */
#ifndef BATCH_COUNTS_H
#define BATCH_COUNTS_H

#include "batch/manifest.h"

enum count { COUNT_DOCUMENTS, COUNT_CHANGED, COUNT_INCOMPLETE, COUNT_NOT_MADE, COUNT_WITHDRAWN, COUNT_KINDS };

/* One school, or one layout. */
struct counted {
    struct str name;            /* STR_NONE: of no school */
    size_t counts[COUNT_KINDS]; /* documents, by enum count */
    int64_t pages, bytes;       /* of all its documents together */
};
struct counts {
    struct arena *arena;
    struct counted *items;
    size_t count, capacity;
    struct strmap known; /* by name: place in items, from 0 */
};

/* Everything lives in the arena; names are borrowed from the manifests. */
void counts_init(struct counts *counts, struct arena *arena);
/* That of a name, which is one of them from then on. Borrowed until the next name is new. */
struct counted *counts_of(struct counts *counts, struct str name);
/* Counts what `now` lists, in its order, under the names that `name_of` gives; as changed what `before` doesn't have of the same bytes, as
 * withdrawn what only `before` has. */
void counts_take(struct counts *counts, const struct manifest *now, const struct manifest *before,
                 struct str (*name_of)(const struct entry *entry));
/* For name_of: the school of an entry; STR_NONE: of no school, or of all. Borrowed. */
struct str counts_school(const struct entry *entry);
/* For name_of: its layout. Borrowed. */
struct str counts_layout(const struct entry *entry);

#endif
