/* elements.h: what narrative.c, which reads, and elements.c, which knows the elements, share.
 *
 * A walk is told of each element's beginning and end and of the text between; paragraphs and spans grow in walk.out. */
#ifndef TEXT_ELEMENTS_H
#define TEXT_ELEMENTS_H

#include "text/narrative.h"

enum { DEPTH_MAX = 64 };

enum element {
    ELEMENT_UNKNOWN,
    ELEMENT_INLINE, /* nothing of its own: span, rb, thead */
    ELEMENT_BLOCK,
    ELEMENT_BREAK,
    ELEMENT_BOLD,
    ELEMENT_ITALIC,
    ELEMENT_UNDERLINE,
    ELEMENT_BULLETS,
    ELEMENT_NUMBERS,
    ELEMENT_ITEM,
    ELEMENT_TABLE,
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_HEAD_CELL,
    ELEMENT_RUBY,
    ELEMENT_RUBY_TEXT,
    ELEMENT_RUBY_FENCE /* rp: what readers without ruby show around it */
};

/* What holds inside an open element. */
struct frame {
    enum element element;
    const struct text_style *style; /* of characters */
    int level;                      /* of lists */
    enum element list;              /* the innermost list */
    int number;                     /* of its last item */
};

struct walk {
    struct arena *arena;
    struct narrative *out;
    struct narrative_styles styles;
    struct frame stack[DEPTH_MAX + 1];
    int depth;
    struct narrative_paragraph *open; /* NULL: the next text begins one */
    enum narrative_kind kind;         /* of the next paragraph */
    struct str base;                  /* of a ruby that is open */
    bool space;                       /* white space is due before the next character */
    uint32_t table;                   /* the last one */
};

/* Notes a finding once. */
void walk_find(struct walk *walk, enum narrative_fault fault, struct str what);
/* The element is told apart by its name; one that isn't known is found, and what it holds is taken. columns, rows: over how many a cell
 * stands. */
void walk_begin(struct walk *walk, struct str name, int32_t columns, int32_t rows);
void walk_end(struct walk *walk);
/* html.c: HTML as a browser's editor writes it, in the form of XML. */
struct str text_html(struct arena *arena, struct str html);
/* Text between elements, its white space to be collapsed. Not copied where nothing changes. */
void walk_text(struct walk *walk, struct str text);
/* A span of the open paragraph, which is begun when there is none; and the end of that. */
void walk_add_span(struct walk *walk, struct str text, struct str ruby);
void walk_end_paragraph(struct walk *walk);

#endif
