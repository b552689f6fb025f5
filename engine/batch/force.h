/* force.h: which papers of awards that lie in a term's folder no longer hold: their award is void, or no award has their number any more.
 *
 *     force_open ──► force_look, folder by folder
 *
 * A paper is known by its number, WORD〔YEAR〕N号, of an issuer of this database: other numbers, and other databases' papers, are nobody's
 * business here. What lies in only/ is known by its note and its name. */
#ifndef BATCH_FORCE_H
#define BATCH_FORCE_H

#include "batch/batch.h"
#include "batch/manifest.h"

struct force; /* the awards of a database, as they are now */

/* Never NULL; without a database, or where it has no awards, every paper holds. Lives in the arena. */
struct force *force_open(struct arena *arena, const char *database);
/* The papers of `manifest`, and those of only/ in its folder (NULL: not these), that no longer hold: how many. Each is told by its number, with the layout's
 * folder (O210, O211); diags NULL: they are only counted. `first`: one of them, borrowed; where there is none it stays. */
size_t force_look(const struct force *force, const struct manifest *manifest, const char *folder, struct diags *diags,
                  struct str *first);

#endif
