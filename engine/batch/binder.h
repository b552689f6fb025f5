/* binder.h: gather.c finds and composes the documents that a row of a volume's document binds; volume.c binds them. Both share this. */
#ifndef BATCH_BINDER_H
#define BATCH_BINDER_H

#include "batch/maker.h"

/* A row of the document, and the documents that it binds. In the maker's arena. */
struct binding {
    size_t row; /* of the document's query */
    struct bound_part *parts;
    const struct planned **planned; /* of each part */
    bool *incomplete;               /* by part */
    size_t count;
    size_t volumes; /* that they are shared out among */
};

/* One document of volumes being made. */
struct binder {
    struct maker *maker; /* all of these are borrowed */
    const struct printing *printing;
    const struct plan *plan;
    const struct planned *planned; /* the document that they are bound into */
    struct parts *parts;
    struct outcome *outcome; /* of the document; gets its findings */
    struct volume_plan how;
    struct compose_result result;
};

/* The documents that a row binds: found, composed (or measured, where the layout prints labels) and shared out among its volumes.
 * False with diagnostics in binder->outcome->diags (O130, O131). */
bool binder_gather(struct binder *binder, size_t row, struct binding *out);
/* The same without composing them: which they are, in order. NULL: they can't be planned. */
const struct planned **binder_find(struct arena *arena, const struct printing *printing, const struct plan *plan,
                                   const struct parts *parts, size_t row, size_t *count);
/* Pages, sheets and state of a part as one number, which processes send each other. */
uint64_t extent_number(const struct extent *extent);
/* The same back again; it is marked as known. */
void extent_set(struct extent *extent, uint64_t number);
/* Adds to the counts of the document. */
void binder_count(struct binder *binder, const struct compose_counts *counts);

#endif
