/* binder.h: what volume.c (binds volumes) and gather.c (finds and composes what they bind) share. */
#ifndef BATCH_BINDER_H
#define BATCH_BINDER_H

#include "batch/volume.h"

/* A row of the document, and the documents that it binds. */
struct binding {
    size_t row;
    struct bound_part *parts;
    const struct planned **planned; /* of each part */
    bool *incomplete;
    size_t count;
    size_t volumes;
};

struct binder {
    struct maker *maker;
    const struct printing *printing;
    const struct plan *plan;
    const struct planned *planned; /* the document that they are bound into */
    struct parts *parts;
    struct made *made;
    struct volume_plan how;
    struct compose_result result;
};

/* The documents that a row binds: found, composed (or measured, where the layout prints labels) and shared out among its volumes.
 * False with diagnostics in binder->made. */
bool binder_gather(struct binder *binder, size_t row, struct binding *out);
void binder_count(struct binder *binder, const struct compose_counts *counts);

#endif
