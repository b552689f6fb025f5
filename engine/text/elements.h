/* elements.h: shared by narrative.c, which reads XHTML, and elements.c, which knows the elements.
 *
 *     narrative.c ──narrator_begin, narrator_text, narrator_end──► elements.c ──► narrator.out: paragraphs of spans
 *
 * The narrator is told of each element's beginning and end, and of the text between. */
#ifndef TEXT_ELEMENTS_H
#define TEXT_ELEMENTS_H

#include "text/narrative.h"

enum { DEPTH_MAX = 64 }; /* elements open at once; a deeper one is told (NARRATIVE_DEEP) */

/* Elements by their effect. */
enum element {
    ELEMENT_UNKNOWN,
    ELEMENT_INLINE, /* no effect: span, rb, thead */
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
    ELEMENT_RUBY_FENCE
};

/* The state inside an open element. */
struct frame {
    enum element element;
    const struct text_style *style; /* of characters */
    int level;                      /* of lists */
    enum element list;              /* the innermost list */
    int number;                     /* of its last item */
};

/* The state of a reading. */
struct narrator {
    struct arena *arena;
    struct narrative *out; /* being filled, in the arena */
    struct narrative_styles styles;
    struct frame stack[DEPTH_MAX + 1]; /* open elements; stack[depth] is the innermost */
    int depth;
    struct narrative_paragraph *open; /* NULL: the next text begins one */
    enum narrative_kind kind;         /* of the next paragraph */
    struct str base;                  /* of a ruby that is open */
    bool space;                       /* white space is due before the next character */
    uint32_t table;                   /* number of the last table */
};

/* Records a finding, once for each fault and name. */
void narrator_find(struct narrator *narrator, enum narrative_fault fault, struct str what);
/* Opens an element by its name. An unknown one is a finding, and its content is taken all the same. `columns` and
 * `rows`: the span of a cell. */
void narrator_begin(struct narrator *narrator, struct str name, int32_t columns, int32_t rows);
/* Closes the innermost element. */
void narrator_end(struct narrator *narrator);
/* html.c: HTML as a browser's editor writes it, as XML, in the arena. */
struct str text_html(struct arena *arena, struct str html);
/* Text between elements; white space collapses. Copied only where it changes. */
void narrator_text(struct narrator *narrator, struct str text);
/* Adds a span to the open paragraph, which is begun when there is none; ends the paragraph. */
void narrator_add_span(struct narrator *narrator, struct str text, struct str ruby);
/* What comes next begins a new paragraph. */
void narrator_end_paragraph(struct narrator *narrator);

#endif
