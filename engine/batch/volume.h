/* volume.h: a layout that binds another's documents: which ones they are, and the volumes that become of them.
 *
 * What a volume says of its documents (pages, leaves) is known once they are composed, so they are composed first, then shared
 * out, and what stands around them is composed last, with the queries `parts` and `volume`. A layout with `volume` and
 * `sheet` prints covers and labels: it needs the documents' measures only, which a run takes once. */
#ifndef BATCH_VOLUME_H
#define BATCH_VOLUME_H

#include "batch/document.h"

struct measure {
    bool known, incomplete;
    int32_t pages, sheets;
};

/* A layout's documents as one reader sees them, for all volumes of a run that bind them. */
struct parts {
    struct parts *next;
    struct printing printing;
    const struct str *columns; /* of the rows that its documents are made of */
    size_t column_count;
    bool planned;
    enum exit_code plan_code; /* once planned */
    struct plan plan;
    struct measure *measures; /* by document of the plan */
};

/* Borrowed from the run; NULL with diagnostics when the layout can't be resolved. */
struct parts *parts_open(struct run *run, const struct layout *layout, enum reader reader);
void parts_close(struct run *run); /* all of them */

/* Each row of the document makes a volume, or several where its documents take more than its sheets. NULL in the result,
 * with diagnostics, when one of the documents can't be made: it is named, and nothing is bound. */
struct compose_result volume_compose(struct maker *maker, const struct printing *printing, const struct plan *plan,
                                     const struct planned *planned, struct made *made);

#endif
