/* narrative.h: a field with XHTML, in a small subset, becomes paragraphs of spans.
 *
 * A value is taken for XHTML only where the layout says so (the filter `rich`): text with a < that somebody typed is
 * text. Elements: p, br, b strong, i em, u, ul, ol, li, table (thead, tbody, tr, th, td), ruby (rb, rt, rp), div (as
 * p) and span (no effect). Attributes other than a cell's colspan and rowspan are ignored. Text outside a block is a
 * paragraph of its own.
 *
 * Each row of a table becomes a paragraph that knows where its cells begin: compose rules them where there is room
 * for a table; elsewhere, in a table's cell, the row is a line with wide spaces between its cells. Blocks, lists and
 * tables in a cell are lines of its text.
 *
 * Nothing is fetched and nothing expanded: a DOCTYPE or an entity other than XML's five and HTML's names is a
 * finding. Text that isn't well-formed, or not in the subset, is a finding too, and is printed all the same: a
 * document that can't be parsed without its tags.
 *
 * i is set in the italic style's face (楷体 in Chinese), b in the bold one's; nested they take the inner one's. u
 * underlines. Only the font chain and the colour of bold and italic are taken. */
#ifndef TEXT_NARRATIVE_H
#define TEXT_NARRATIVE_H

#include "text/text.h"

/* The styles of a narrative's text. */
struct narrative_styles {
    const struct text_style *body;
    const struct text_style *bold, *italic; /* NULL: as body */
};

/* A cell of a row: its first span, and how many columns and rows it spans, at least 1. */
struct narrative_cell {
    size_t first;
    int32_t columns, rows;
};

enum narrative_kind { NARRATIVE_PARAGRAPH, NARRATIVE_ITEM, NARRATIVE_ROW };
/* A paragraph, a list's item, or a table's row. */
struct narrative_paragraph {
    enum narrative_kind kind;
    const struct text_style *style; /* of the paragraph: an item hangs by two em for each level */
    struct text_span *spans;
    size_t count, capacity;
    uint32_t table;               /* of a row: number of its table, from 1 */
    struct narrative_cell *cells; /* of a row; the wide space between cells belongs to none */
    size_t cell_count, cell_capacity;
    bool head; /* of a row: all its cells are th */
};

/* The kinds of findings, and the meaning of `what`. */
enum narrative_fault {
    NARRATIVE_UNKNOWN,   /* an element outside the subset; what: its name */
    NARRATIVE_BROKEN,    /* not well-formed; what: the parser's message */
    NARRATIVE_FORBIDDEN, /* a DOCTYPE or an entity; what: its name */
    NARRATIVE_DEEP       /* more than 64 nested elements, whose text alone is taken; what: says so */
};
struct narrative_finding {
    enum narrative_fault fault;
    struct str what;
};

/* Paragraphs in order, and each fault and name once, in order of appearance. */
struct narrative {
    struct narrative_paragraph *paragraphs;
    size_t count, capacity;
    struct narrative_finding *findings;
    size_t finding_count, finding_capacity;
};
/* Reads a value; everything lives in the arena. An empty value has no paragraph. It never fails: faults are
 * findings. */
struct narrative text_narrative(struct arena *arena, struct str xhtml, struct narrative_styles styles);

#endif
