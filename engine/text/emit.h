/* emit.h: what emit.c and decorate.c share. */
#ifndef TEXT_EMIT_H
#define TEXT_EMIT_H

#include "text/paragraph.h"

/* Glyphs of one face and style on their way into a mark; x from the line's left edge, before stretching. */
struct glyph_run {
    size_t count;
    uint32_t atom, end; /* the first, and behind the last */
    uint32_t from, to;  /* bytes of the paragraph's text */
    int32_t x_mp;
};

/* Where a base stands: its middle, its baseline, and the line that the pinyin stays in. */
struct ruby_place {
    int32_t middle_mp, baseline_mp;
    int32_t left_mp, right_mp;
    uint16_t stretch;
};
/* The first that begins at an atom or behind it; NULL when there is none. */
const struct ruby *text_ruby_from(const struct paragraph *paragraph, uint32_t atom);
void text_emit_ruby(struct canvas *canvas, const struct paragraph *paragraph, const struct ruby *ruby,
                    struct ruby_place place);

/* In vertical text: turned by 90°, at the right of a base whose middle this is. */
void text_emit_ruby_beside(struct canvas *canvas, const struct paragraph *paragraph, const struct ruby *ruby,
                           int32_t x_mp, int32_t y_mp);

/* The atoms [first, last] of a line in the order of sight, where it holds right-to-left words; NULL: that of the text. */
const uint32_t *text_order_of_sight(struct arena *arena, const struct paragraph *paragraph, uint32_t first,
                                    uint32_t last);

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
