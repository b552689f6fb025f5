/* past.h: what earlier runs left in the term's folder: the documents of its manifest, and those of runs that were killed before
 * they wrote one.
 *
 *     past_read ──► past_announce (before the first document) ──► documents, manifest ──► past_settle (the very last)
 *
 * A document that no manifest knows would stay for ever when its child leaves the register. So the paths of documents that are
 * new are written into .plan before the documents are. */
#ifndef BATCH_PAST_H
#define BATCH_PAST_H

#include "batch/manifest.h"
#include "batch/output.h"

struct pending {
    struct str layout, folder, month, path; /* as in struct entry */
};
struct past {
    struct manifest manifest;
    struct pending *pending; /* announced and perhaps written, but in no manifest */
    size_t pending_count, pending_capacity;
};

/* EXIT_MADE, also where nothing is there or the manifest is none (O107); EXIT_IO, told, when a file is there and can't be read: to
 * go on would lose what it knows. */
enum exit_code past_read(struct run *run, struct output *output, struct past *past);
/* One more that is pending; its strings are borrowed. */
void past_add(struct past *past, struct arena *arena, struct pending pending);
/* Writes all that is pending into .plan. EXIT_MADE or, told, EXIT_IO. */
enum exit_code past_announce(struct run *run, struct output *output, const struct past *past);
/* Behind the manifest: .plan keeps what is still pending, or goes. EXIT_MADE or, told, EXIT_IO. */
enum exit_code past_settle(struct run *run, struct output *output, const struct past *past);

#endif
