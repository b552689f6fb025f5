/* cff.h: the two things that PDF needs of a CFF table and HarfBuzz doesn't give; for font/ alone.
 * Adobe Technical Note 5176, The Compact Font Format Specification. */
#ifndef FONT_CFF_H
#define FONT_CFF_H

#include "base/arena.h"
#include "base/buffer.h"

/* Whether the table is CID-keyed, and the CID of each glyph in the arena (NULL when CIDs are glyph numbers, as also in
 * a name-keyed font). False when the table is damaged. */
bool cff_read_charset(struct arena *arena, struct str table, size_t glyph_count, bool *cid_keyed, uint16_t **cids);

/* Turns a flattened name-keyed font into a CID-keyed one with Adobe-Identity-0, whose glyph i has cids[i]: in PDF a
 * bare name-keyed font would tie CIDs to the places of glyphs, and those change with each subset. False when it has
 * subroutines or is damaged. */
bool cff_make_cid_keyed(struct str table, const uint16_t *cids, size_t count, struct buffer *out);

#endif
