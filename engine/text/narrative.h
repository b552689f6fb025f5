/* narrative.h: a field that holds a small part of XHTML becomes paragraphs of spans.
 *
 * A value is taken as XHTML only where the layout says so (the filter `rich`, or what compose makes of it): text that
 * somebody typed with a < in it is text. Elements: p, br, b strong, i em, u, ul, ol, li, table (thead, tbody, tr, th, td),
 * ruby (rb, rt, rp), div and span (as p and as nothing). Attributes are ignored. What stands outside a block is a paragraph of
 * its own.
 *
 * Each row of a table becomes a paragraph that knows where its cells begin: compose rules them where there is room for a
 * table; elsewhere, in a table's cell, the row is a line with wide spaces between its cells. Blocks, lists and tables within a
 * cell are lines of its text.
 *
 * Nothing is fetched and nothing expanded: a DOCTYPE or an entity other than the five of XML and &nbsp; is a finding.
 * What isn't well-formed, or isn't in the subset, is a finding too, and its text is printed all the same: of a document that
 * can't be read, with the tags taken out.
 *
 * i is set in italic's face (楷体 in Chinese), b in bold's; nested they take the inner one. u underlines. Of bold and italic
 * only the font chain and the colour are taken. */
#ifndef TEXT_NARRATIVE_H
#define TEXT_NARRATIVE_H

#include "text/text.h"

struct narrative_styles {
    const struct text_style *body;
    const struct text_style *bold, *italic; /* NULL: as body */
};

/* A cell of a row: the span that it begins with, and over how many columns and rows it stands, 1 at least. */
struct narrative_cell {
    size_t first;
    int32_t columns, rows;
};

enum narrative_kind { NARRATIVE_PARAGRAPH, NARRATIVE_ITEM, NARRATIVE_ROW };
struct narrative_paragraph {
    enum narrative_kind kind;
    const struct text_style *style; /* of the paragraph: an item hangs by two em a level */
    struct text_span *spans;
    size_t count, capacity;
    uint32_t table;               /* of a row: which table it belongs to, from 1 */
    struct narrative_cell *cells; /* of a row; the wide space before each but the first is no part of it */
    size_t cell_count, cell_capacity;
    bool head; /* of a row: all its cells are th */
};

enum narrative_fault {
    NARRATIVE_UNKNOWN,   /* an element that isn't in the subset; what: its name */
    NARRATIVE_BROKEN,    /* not well-formed; what: what the parser says */
    NARRATIVE_FORBIDDEN, /* a DOCTYPE or an entity; what: its name */
    NARRATIVE_DEEP       /* more than 64 elements within each other; those are taken for their text; what: says so */
};
struct narrative_finding {
    enum narrative_fault fault;
    struct str what;
};

struct narrative {
    struct narrative_paragraph *paragraphs;
    size_t count, capacity;
    struct narrative_finding *findings; /* each fault and name once, in the order of appearance */
    size_t finding_count, finding_capacity;
};
/* All in the arena. An empty value has no paragraph. */
struct narrative text_narrative(struct arena *arena, struct str xhtml, struct narrative_styles styles);

#endif
