/* document.h: one document, from its rows to its file. */
#ifndef BATCH_DOCUMENT_H
#define BATCH_DOCUMENT_H

#include "batch/maker.h"

/* EXIT_MADE, with the document written beside its place (outcome->beside), or dumped; EXIT_DOCUMENT when it could not be made, which costs
 * this document alone; EXIT_IO or EXIT_CANNOT_CREATE when nothing more can be written. `outcome` is filled each time; what was
 * wrong is in outcome->diags, not yet told. */
enum exit_code document_make(struct maker *maker, const struct printing *printing, const struct plan *plan,
                             const struct planned *planned, struct outcome *outcome);

#endif
