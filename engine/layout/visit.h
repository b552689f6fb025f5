/* visit.h: one walk over everything that a layout prints: blocks, bands, texts. Whoever has to look at each of them (resolve, the
 * tree as text, a question as layout_has) fills in a visitor and writes no traversal of its own.
 *
 *     block ──► its own texts ──► open ──► what it holds: blocks, or bands ──► close
 *     band  ──► its own text  ──► open_band ──► texts of its cells         ──► close_band
 *
 * A block comes before what it holds, and all in the order in which they stand in the tree. A callback that is NULL isn't called.
 * The tree is only read; `block->place` and `text->place` say where in the file one is.
 *
 * A new kind of block is visited by the rows of its keys. */
#ifndef LAYOUT_VISIT_H
#define LAYOUT_VISIT_H

#include "layout/layout.h"

struct key;

struct visitor {
    void *context; /* given to each callback */
    void (*block)(void *context, const struct block *block);
    /* Also of a block that holds nothing. False: what it holds is passed over, and `close` isn't called. */
    bool (*open)(void *context, const struct block *block);
    void (*close)(void *context, const struct block *block);
    void (*band)(void *context, const struct table *table, const struct band *band);
    void (*open_band)(void *context, const struct table *table, const struct band *band);
    void (*close_band)(void *context, const struct table *table, const struct band *band);
    /* Also of no lines. The row of its key (schema.h); NULL: a cell. */
    void (*text)(void *context, const struct key *key, const struct template *text);
};

/* Headers and footers of all kinds of page (their cells only), then body, front and back. */
void visit_layout(const struct visitor *visitor, const struct layout *layout);
/* These blocks and all that they hold. */
void visit_blocks(const struct visitor *visitor, const struct block *blocks, size_t count);
/* The texts of rows' cells, row by row, from left to right. */
void visit_rows(const struct visitor *visitor, const struct drawn_row *rows, size_t count);

/* Does a block of this kind stand anywhere in the layout? */
bool layout_has(const struct layout *layout, enum block_kind kind);

#endif
