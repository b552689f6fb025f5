/* scope.h: what holds for a part of the layout's tree: the rows around, the scale, where what is made goes. Private to compose/.
 *
 * A scope is handed down and never written. Who goes into a part of the tree in which something else holds copies it, changes the copy
 * and hands that down; so there is nothing to be put back. Items keep the scope that they were built in: a copy in the row's arena
 * (scope_keep), which they share.
 *
 * S1  found and arena are never NULL.
 * S2  stack.depth counts rows that are too deep to be kept, too; only ROW_DEPTH of them can be asked (resolve refuses deeper ones). */
#ifndef COMPOSE_SCOPE_H
#define COMPOSE_SCOPE_H

#include "compose/context.h"

#define WHOLE 1000 /* scale in 1/1000 */

/* Rows around a place: depth 0 is the document's. */
struct row_stack {
    const struct value *rows[ROW_DEPTH]; /* NULL: a row of which nothing is known */
    uint32_t depth;
};

/* The rows of an `each` block around an item, innermost first. */
struct each_frame {
    const struct each_frame *outer;
    uint32_t query; /* index in layout->queries */
    const struct value *row;
};

/* What {#}, {#count …} and {#sum …} print in a row of a table. */
struct tally {
    const struct rows *rows;                 /* of the band that repeats; NULL: none does */
    size_t from[SPAN_COUNT], to[SPAN_COUNT]; /* by enum counter_span: the rows that it covers */
    size_t ordinal[SPAN_COUNT];              /* what {#} prints, by span */
};

/* The page whose header and footer are made. */
struct stamped {
    int32_t page, pages;           /* what {page} and {pages} print */
    const struct running *running; /* what the page shows, for running heads */
};

struct scope {
    const struct context *context;
    struct row_stack stack;
    const struct each_frame *each; /* NULL: no `each` block */
    const struct tally *tally;     /* NULL: no table */
    const struct stamped *page;    /* NULL: not in a header or footer; {page} is then known later */
    size_t nth_column;             /* of the columns that a drawn cell stands for: the one that is set */
    int32_t scale;                 /* of type sizes, in 1/1000: `fit: shrink` */
    int32_t section_level;         /* sections around */
    struct tag_group *group;       /* the section of the document's elements; NULL: the document (tags.h) */
    enum layer layer;
    uint32_t keep; /* blocks under `keep` share a number; 0: none */
    bool boxed;    /* inside a box or a card, which has no foot: notes stand below their text */
    bool nested;   /* inside a column or a box: page breaks have no meaning there */
    /* Where what is made goes. */
    struct arena *arena;     /* texts, styles and notes */
    struct note_list *notes; /* notes of the text that is expanded; NULL: it has none */
    struct findings *found;
};

/* Around the whole document: no rows, all else as it is without a block. Texts go to the context's arena, findings to `found`. */
struct scope scope_create(const struct context *context, struct findings *found);
/* With the document's row around. */
struct scope scope_of_document(const struct context *context, const struct value *row, struct findings *found);
/* A copy that lasts as long as the row of the document. */
const struct scope *scope_keep(const struct scope *scope);
/* One row more around; NULL: one of which nothing is known. For a scope that isn't handed down yet. */
void scope_push(struct scope *scope, const struct value *row);

/* --- values.c: rows and values ---------------------------------------------------------------------------------------- */

/* Rows of a query use for the rows around. Borrowed, and shared: valid until the same use is asked with other parameters. No rows when
 * the query failed, which goes to scope->found. */
const struct rows *scope_rows(const struct scope *scope, uint32_t query_use);
/* The same for as long as the document: for rows that items keep. */
const struct rows *scope_rows_kept(const struct scope *scope, uint32_t query_use);
/* A value by its number; borrowed. One of kind NULL where no row has it. */
const struct value *scope_value(const struct scope *scope, uint32_t value);
/* Does what stands behind `when:` and `unless:` hold? NO_QUERY: nothing stands there. */
bool scope_holds(const struct scope *scope, uint32_t when, uint32_t unless);

/* --- expand.c --------------------------------------------------------------------------------------------------------- */

/* A style use, or a style, at the scope's scale. Borrowed: the layout's, or the row's arena. */
const struct text_style *scope_style(const struct scope *scope, uint32_t style);
/* The style itself where the scope isn't scaled; else a copy whose lengths are, in the row's arena. */
const struct text_style *scope_scaled(const struct scope *scope, const struct text_style *style);

/* --- tally.c ---------------------------------------------------------------------------------------------------------- */

/* Sum of a column over the rows of a span of scope->tally; whole as long as all its numbers are. Numbers written as text count
 * too, exactly; what is none goes to scope->found at the counter's place. */
struct value tally_sum(const struct scope *scope, enum counter_span span, uint32_t column, struct place place);

#endif
