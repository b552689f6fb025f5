/* cff.h: inside font/: the CFF table of a face is read once, and the small CID-keyed one of a document is written.
 * Adobe Technical Notes 5176 (The Compact Font Format Specification) and 5177 (The Type 2 Charstring Format).
 *
 * The table may be damaged or hostile: every read is bounded by it, and a function says false. */
#ifndef FONT_CFF_H
#define FONT_CFF_H

#include "base/arena.h"
#include "base/buffer.h"

/* An INDEX: a list of byte strings. */
struct cff_index {
    struct str table;
    size_t count, offset_bytes;
    size_t offsets, data, end; /* offsets in the table; data: where offset 0 would point */
};
/* An item; STR_NONE: there is none, or its offsets are damaged. */
struct str cff_index_item(const struct cff_index *index, size_t i);

/* A font DICT: glyphs of one kind (Latin, kana, Han) share one. A name-keyed font counts as having a single one. */
struct cff_fd {
    struct str name;
    struct str matrix; /* the entry of its DICT, unparsed, or none */
    struct str widths; /* those entries of its private DICT that matter without hints and subroutines */
    int32_t default_width, nominal_width; /* of a charstring without a width; what the width of any other is added to */
    bool broken_widths;                   /* these are fractions, which we don't read */
    struct cff_index subroutines;
};

/* A table, read. Strings are views into it, arrays the arena's. */
struct cff {
    struct str name;
    struct str bounds, matrix; /* entries of the top DICT, unparsed, or none */
    bool cid_keyed;
    size_t glyph_count;
    uint16_t *cids; /* by glyph; NULL: equal to the glyph, as in a name-keyed font */
    uint8_t *fd_of; /* by glyph: index in fds; NULL: 0 */
    struct cff_fd *fds;
    size_t fd_count;
    struct cff_index char_strings, subroutines;
};

/* Reads a table. False: damaged, or of a kind that PDF can't hold. */
bool cff_read_in(struct arena *arena, struct str table, size_t glyph_count, struct cff *out);

/* cff_flatten.c: replaces the content of `out` with the outline of a glyph, without hints, subroutines written out.
 * False: damaged, or it calculates, or it combines two other glyphs by their names (seac). */
bool cff_flatten(const struct cff *cff, size_t glyph, struct buffer *out);
/* Replaces the content of `out` with a flattened outline whose advance is greater by `units`. Its first *head bytes are its own, the others
 * are the outline's last. False: the width can't be told, or is too great. */
bool cff_widen(const struct cff *cff, size_t glyph, struct str outline, int32_t units, struct buffer *out,
               size_t *head);

/* A glyph of a document's font. */
struct cff_item {
    uint16_t glyph, cid; /* its index in the face; its CID in the document */
    size_t size;         /* of its outline */
};
/* cff_write.c: replaces the content of `out` with all of a font up to its outlines, which follow in the order of
 * `items` (the first is glyph 0) and end it. They must be flattened and have these sizes. The registry is
 * Adobe-Identity-0. The same items give the same bytes. */
void cff_write_head(const struct cff *cff, const struct cff_item *items, size_t count, struct buffer *out);

#endif
