/* volume.h: a layout that binds another's documents: which ones they are, and the volumes that become of them.
 *
 * What a volume says of its documents (pages, leaves) is known once they are composed, so they are composed first, then shared
 * out, and what stands around them is composed last, with the queries `parts` and `volume`. A layout with `volume` and
 * `sheet` prints covers and labels: it needs the documents' extents only, which a run takes once (parts.h). */
#ifndef BATCH_VOLUME_H
#define BATCH_VOLUME_H

#include "batch/maker.h"

/* Each row of the document makes a volume, or several where its documents take more than its sheets. The result lies in the maker's
 * arena; its document is NULL, with diagnostics in outcome->diags (O130 to O132, C505), when one of its documents can't be made:
 * that one is named, and nothing is bound. */
struct compose_result volume_compose(struct maker *maker, const struct printing *printing, const struct plan *plan,
                                     const struct planned *planned, struct outcome *outcome);

#endif
