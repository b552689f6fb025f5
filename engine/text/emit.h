/* emit.h: what emit.c and decorate.c share. */
#ifndef TEXT_EMIT_H
#define TEXT_EMIT_H

#include "text/paragraph.h"

/* Glyphs of one face and style on their way into a mark; x from the line's left edge, before stretching. */
struct glyph_run {
    size_t count;
    uint32_t atom;     /* the first */
    uint32_t from, to; /* bytes of the paragraph's text */
    int32_t x_mp;
};

int32_t text_atom_lift(const struct paragraph *paragraph, uint32_t atom);

/* Rules and dots under a line's characters. */
struct decorator {
    struct canvas *canvas;
    const struct paragraph *paragraph;
    int32_t left_mp, baseline_mp;
    uint16_t stretch;
    uint32_t run; /* of the open stretch */
    bool open;
    int32_t from_mp, to_mp;
};
struct decorator decorator_for(struct canvas *canvas, const struct paragraph *paragraph, int32_t left_mp,
                               int32_t baseline_mp, uint16_t stretch);
void decorator_step(struct decorator *decorator, uint32_t atom, int32_t from_mp, int32_t to_mp);
void decorator_end(struct decorator *decorator);

#endif
