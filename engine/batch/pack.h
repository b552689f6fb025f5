/* pack.h: a copy that leaves: the documents of one reader, with an index and a manifest of them alone, in a zip.
 *
 * What was printed for others, its findings, what only the office's lists say, notes of runs: nothing of it goes along. Every document is
 * held against the manifest before it is packed, and a paper that the database says is void leaves nobody. The same folder gives the same bytes, but for encrypted copies; the zip is there whole or not at
 * all. hand_over.c is the command. */
#ifndef BATCH_PACK_H
#define BATCH_PACK_H

#include "base/signature.h"
#include "batch/batch.h"
#include "batch/locked.h"
#include "batch/manifest.h"
#include "batch/piece.h"

/* Leaves of a manifest what one reader's copy has: his documents that were made, and what their layouts found. In its arena. */
void pack_narrow(const struct manifest *whole, struct str reader, struct manifest *out);

/* What goes into a zip. Borrowed. */
struct pack {
    const struct manifest *manifest; /* of the documents in it */
    const char *folder;              /* the term's, in which they lie */
    const struct locked *locked;     /* else where copies of them lie; NULL: there are none */
    const struct pieces *pieces;     /* what is handed over with them; NULL: nothing */
    const struct signer *signer;     /* who signs the manifest; NULL: nobody */
};
/* The path beside the zip's for a file that is wanted until it is written, in the arena: .dossier-pack-NAME and the ending. */
const char *pack_beside(struct arena *arena, const char *path, const char *ending);
/* Takes away such files of runs that were killed. */
void pack_sweep(struct arena *arena, const char *path);
/* Writes the zip. False, told in diags (B103), when it can't be written, or (O227) signed; an older one stays then. */
bool pack_write(const struct pack *pack, const char *path, struct diags *diags);

#endif
