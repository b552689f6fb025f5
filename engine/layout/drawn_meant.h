/* drawn_meant.h: what a drawn row or cell holds that was hardly meant to print. Private to drawn.c. */
#ifndef LAYOUT_DRAWN_MEANT_H
#define LAYOUT_DRAWN_MEANT_H

#include "layout/builder.h"

/* The rows of one key, while they are read. */
struct drawn_text {
    struct builder *builder;
    struct node *node;
    struct str key; /* as messages call it */
};

/* True, and told, when the line of the node's text from `at` to `end` is no row: a remark, a rule of Markdown. Else a height of the
 * row that is none may be told. */
bool drawn_tell_row(const struct drawn_text *text, size_t at, size_t end);
/* A cell of these words, blanks cut off, which begin at `at` of the node's text. */
void drawn_tell_cell(const struct drawn_text *text, size_t at, struct str cell);

/* A row of another number of cells than there are columns: true when that has a cause which is told (L181, L315), or was. */
bool drawn_tell_ragged(const struct drawn_text *d, struct str row, size_t cells, size_t columns);

/* A header or footer that is nothing but a word for nothing: it prints (L188). */
void drawn_tell_none(const struct drawn_text *d);

#endif
