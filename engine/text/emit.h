/* emit.h: shared by emit.c, decorate.c, ruby.c, visual.c and vertical.c: lines become marks. */
#ifndef TEXT_EMIT_H
#define TEXT_EMIT_H

#include "text/paragraph.h"

/* Glyphs of one face and style, collected for one mark; x_mp counts from the line's left edge, unstretched. */
struct glyph_run {
    size_t count;       /* glyphs collected */
    size_t gap_count;   /* of these, before a gap */
    int32_t gap_mp;     /* behind the last one; 0: none */
    uint32_t atom, end; /* atoms [atom, end) */
    uint32_t from, to;  /* bytes of the paragraph's text */
    bool parts;         /* ends in a hyphen, which isn't of that text */
    int32_t x_mp;
};

/* The place of a ruby base: its middle, its baseline, and the edges of the line that the pinyin stays within. */
struct ruby_place {
    int32_t middle_mp, baseline_mp; /* of the base */
    int32_t left_mp, right_mp;      /* edges of the line's measure */
    uint16_t stretch;
};
/* The first ruby whose base begins at the atom or behind it; NULL: none. */
const struct ruby *text_ruby_from(const struct paragraph *paragraph, uint32_t atom);
/* Emits the pinyin above its base. */
void text_emit_ruby(struct canvas *canvas, const struct paragraph *paragraph, const struct ruby *ruby,
                    struct ruby_place place);

/* In vertical text: turned by 90°, at the right of the base whose middle is (x, y). */
void text_emit_ruby_beside(struct canvas *canvas, const struct paragraph *paragraph, const struct ruby *ruby,
                           int32_t x_mp, int32_t y_mp);

/* The atoms [first, last] of a line in visual order, in the arena; NULL: that of the text, since there are no
 * right-to-left words. */
const uint32_t *text_visual_order(struct arena *arena, const struct paragraph *paragraph, uint32_t first,
                                  uint32_t last);

/* The vertical shift of an atom's glyph, upwards. */
int32_t text_atom_lift(const struct paragraph *paragraph, uint32_t atom);

/* Draws rules and dots under a line's characters, a sequence of one run at a time: decorator_for, a step for every
 * atom in order, decorator_end. */
struct decorator {
    struct canvas *canvas;
    const struct paragraph *paragraph;
    int32_t left_mp, baseline_mp;
    uint16_t stretch;
    uint32_t run; /* of the open sequence */
    bool open;
    int32_t from_mp, to_mp;
};
/* Begins for a line whose left edge and baseline are these, with text squeezed to `stretch`. */
struct decorator decorator_for(struct canvas *canvas, const struct paragraph *paragraph, int32_t left_mp,
                               int32_t baseline_mp, uint16_t stretch);
/* The atom spans [from_mp, to_mp) from the line's left edge. It ends the open sequence where its run looks otherwise, and puts
 * a dot under (着重号) each Chinese character of a style that has them. */
void decorator_step(struct decorator *decorator, uint32_t atom, int32_t from_mp, int32_t to_mp);
/* Draws the rules of the open sequence; nothing where none is open. */
void decorator_end(struct decorator *decorator);

#endif
