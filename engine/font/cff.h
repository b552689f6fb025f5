/* cff.h: the CFF table of a face, read once, and the small CID-keyed one of a document; for font/ alone.
 * Adobe Technical Note 5176, The Compact Font Format Specification. */
#ifndef FONT_CFF_H
#define FONT_CFF_H

#include "base/arena.h"
#include "base/buffer.h"

/* A font DICT: glyphs of one kind (Latin, kana, Han) share one. A name-keyed font counts as having a single one. */
struct cff_fd {
    struct str name;
    struct str matrix; /* entry of its DICT as it stands, or none */
    struct str widths; /* the entries of its private DICT that outlines without hints and subroutines need */
};

/* Views into the table, the rest in the arena. */
struct cff {
    struct str name;
    struct str bounds, matrix; /* entries of the top DICT as they stand, or none */
    bool cid_keyed;
    size_t glyph_count;
    uint16_t *cids; /* of each glyph; NULL: the same numbers, as also for a name-keyed font */
    uint8_t *fd_of; /* of each glyph; NULL: all the first */
    struct cff_fd *fds;
    size_t fd_count;
};

/* False when the table is damaged or of a kind that a PDF can't hold. */
bool cff_read_in(struct arena *arena, struct str table, size_t glyph_count, struct cff *out);

/* The outlines of a table, glyph by glyph. */
struct cff_outlines {
    struct str table;
    size_t count, offset_bytes, offsets, data;
};
bool cff_outlines(struct str table, struct cff_outlines *out);
struct str cff_outline(const struct cff_outlines *outlines, size_t glyph);

/* Writes a font of these glyphs (ascending, the first is 0) with Adobe-Identity-0 and the face's CIDs. Outlines must be free of
 * subroutines. The same glyphs give the same bytes. */
void cff_write(const struct cff *cff, const uint16_t *glyphs, const struct str *outlines, size_t count,
               struct buffer *out);

#endif
