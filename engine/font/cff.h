/* cff.h: the CFF table of a face, read once, and the small CID-keyed one of a document; for font/ alone.
 * Adobe Technical Notes 5176, The Compact Font Format Specification, and 5177, The Type 2 Charstring Format. */
#ifndef FONT_CFF_H
#define FONT_CFF_H

#include "base/arena.h"
#include "base/buffer.h"

/* A list of byte strings in a table. */
struct cff_index {
    struct str table;
    size_t count, offset_bytes, offsets, data, end; /* places in the table; data: where offset 0 would point */
};
/* STR_NONE when there is no such item or its offsets are damaged. */
struct str cff_index_item(const struct cff_index *index, size_t i);

/* A font DICT: glyphs of one kind (Latin, kana, Han) share one. A name-keyed font counts as having a single one. */
struct cff_fd {
    struct str name;
    struct str matrix; /* entry of its DICT as it stands, or none */
    struct str widths; /* the entries of its private DICT that outlines without hints and subroutines need */
    struct cff_index subroutines;
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
    struct cff_index char_strings, subroutines;
};

/* False when the table is damaged or of a kind that a PDF can't hold. */
bool cff_read_in(struct arena *arena, struct str table, size_t glyph_count, struct cff *out);

/* cff_flatten.c. Replaces out's content with the outline of a glyph without hints, its subroutines written out. False when it is
 * damaged, calculates, or is put together of two other glyphs by their names (seac). */
bool cff_flatten(const struct cff *cff, size_t glyph, struct buffer *out);

/* cff_write.c. Everything of a font of these glyphs (ascending, the first is 0) that stands in front of their outlines, which follow
 * in the same order and end it: Adobe-Identity-0 with the face's CIDs. Outlines must be flattened. The same glyphs give the same
 * bytes. */
void cff_write_head(const struct cff *cff, const uint16_t *glyphs, const size_t *sizes, size_t count,
                    struct buffer *out);

#endif
