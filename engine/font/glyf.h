/* glyf.h: the outlines of a TrueType face, and the small TrueType font of a document; for font/ alone.
 * OpenType 1.9, tables glyf, loca, head, hhea, hmtx, maxp. */
#ifndef FONT_GLYF_H
#define FONT_GLYF_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"

/* Views into the file. */
struct glyf {
    struct str glyf, loca, head, hhea, hmtx, maxp;
    bool long_loca;
    size_t glyph_count, metric_count;
};

/* False when tables are missing, too short or contradict each other. */
bool glyf_read(struct glyf *glyf);

/* Replaces out's content with a glyph's description without instructions, filled up to an even size. A composite one still names its
 * components by the face's numbers. False when it is damaged. */
bool glyf_outline(const struct glyf *glyf, size_t glyph, struct buffer *out, bool *composite);

/* The places in a composite description where its components' numbers stand, one at a time; begin with *at = 0. False at the end. */
bool glyf_next_component(struct str outline, size_t *at, size_t *number_at);

/* A glyph of a document's font, in its order there. */
struct glyf_item {
    uint16_t glyph;     /* in the face */
    struct str outline; /* of a composite one: with numbers of the document's font */
    uint32_t halves[2]; /* sums of its 16-bit words at even and odd places */
};
/* Everything that stands in front of the outlines of items[stored …], which follow in the same order and then, until the size is a
 * multiple of 4, *zeros bytes of 0. The outlines of items[0 … stored) are in the head. */
void glyf_write_head(const struct glyf *glyf, const struct glyf_item *items, size_t count, size_t stored,
                     struct buffer *out, size_t *zeros);

#endif
