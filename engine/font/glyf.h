/* glyf.h: inside font/: the outlines of a TrueType face are read, and the small TrueType font of a document is
 * written. OpenType 1.9, tables glyf, loca, head, hhea, hmtx, maxp. A damaged table makes a function say false. */
#ifndef FONT_GLYF_H
#define FONT_GLYF_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"

/* The tables as views into the mapped file, set by the caller; glyf_read sets the rest. */
struct glyf {
    struct str glyf, loca, head, hhea, hmtx, maxp;
    bool long_loca;                   /* offsets of 4 bytes, else of 2, halved */
    size_t glyph_count, metric_count; /* of maxp; of hhea: advances in hmtx */
};

/* False: tables are missing, too short, or contradict each other. */
bool glyf_read(struct glyf *glyf);

/* Replaces the content of `out` with the description of a glyph without instructions, padded to an even size; empty
 * for a blank. A composite still names its components by the face's indices. False: damaged. */
bool glyf_outline(const struct glyf *glyf, size_t glyph, struct buffer *out, bool *composite);

/* Iterates over the components of a composite description: *number_at is the offset of the component's index. Begins
 * with *at = 0; false at the end. */
bool glyf_next_component(struct str outline, size_t *at, size_t *number_at);

/* A glyph of a document's font, by its index there. */
struct glyf_item {
    uint16_t glyph;     /* its index in the face */
    struct str outline; /* of a composite: with indices of the document's font */
    uint32_t halves[2]; /* for checksums: sums of its 16-bit words at even and at odd places */
    uint32_t wider;     /* its advance is that of the face, and this */
};
/* Replaces the content of `out` with all of a font up to the outlines of items[stored …], which follow in this
 * order, and then *zeros bytes of 0, up to a multiple of 4. The outlines of items[0 … stored) are part of the head. */
void glyf_write_head(const struct glyf *glyf, const struct glyf_item *items, size_t count, size_t stored,
                     struct buffer *out, size_t *zeros);

#endif
