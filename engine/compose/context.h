/* context.h: what composing one document carries along. Private to compose/.
 *
 * Work goes in three steps: builders turn blocks and rows into items (kinds.h), flow places the items on pages (flow.h), stamp adds
 * headers and footers when the number of pages is known (pages.h). Each step is given the context. What changes on the way is
 * in a struct by itself:
 *
 *     made     what the document has so far: builders, commit and stamp add to it
 *     told     what was told of the document (findings.h)
 *     paper    what the marks of the page in hand are held against (pages.h)
 *     caches   answers that would come out the same again (caches.h)
 *
 * What holds for a part of the tree only is a struct scope, which is handed down and never written (scope.h). Placing is given a
 * const context, so of all these it can reach the caches alone. */
#ifndef COMPOSE_CONTEXT_H
#define COMPOSE_CONTEXT_H

#include "compose/caches.h"
#include "compose/compose.h"
#include "compose/findings.h"

/* An answer that serves all documents. */
struct constant {
    bool known, troubled; /* asked; there was something to tell of it, and each document asks again */
    struct rows rows;
    struct hash hash;
    struct str says; /* what it says, where the papers bear a code */
};

/* One a worker and layout; made by composer_create, and the owner of its arenas. */
struct composer {
    const struct resolved *resolved;
    const struct layout *layout;
    struct compose_tools tools;
    struct arena *arena;        /* lives as long as the composer */
    struct arena *row_arena;    /* emptied after each row of the document */
    struct arena *page_arena;   /* emptied after each page */
    struct constant *constants; /* by query use: rows that depend on givens only */
    struct seals *seals;        /* that were read; NULL: none yet */
    struct label *labels;       /* constant lines that were set already */
    size_t label_count, label_capacity;
};

struct heading_entry {
    struct str title, anchor; /* the document's */
    uint8_t level;            /* from 1 */
    size_t index;             /* among made.headings */
};

/* A document of those that share a file: its pages are counted for themselves. */
struct part {
    size_t from, to;      /* its pages */
    size_t first_heading; /* of made.headings; they go on to the next part's */
    uint32_t row;         /* made.row */
    struct str record;    /* for findings of its headers and footers */
};

/* What the document has so far. Everything it points to is in the context's arena. */
#define SECTION_LEVELS 6
struct made {
    struct compose_counts counts;
    struct heading_entry *headings;
    size_t heading_count, heading_capacity;
    struct page_record *pages; /* one for each page of the document */
    size_t page_count, page_capacity;
    struct part *parts;
    size_t part_count, part_capacity;
    struct str bookmark;               /* that the next page bears; STR_NONE: none */
    uint8_t shift;                     /* of the headings' levels, below the bookmarks of parts */
    const struct page_kind *page_kind; /* that what is built next will stand on */
    int32_t sections[SECTION_LEVELS];  /* numbers of the sections in force */
    uint32_t note, keep, element;      /* the last number given to each */
    uint32_t section;                  /* of the document's elements: that of what was committed last */
    uint32_t row;                      /* of those that the document is made of, from 0: the one in hand */
};

struct context {
    struct composer *composer;
    const struct resolved *resolved;
    const struct layout *layout;
    struct arena *arena;      /* what lasts as long as the document */
    struct arena *row_arena;  /* items and what they hold; emptied when the row of the document is on its pages */
    struct arena *page_arena; /* what only placing needs; emptied after each page */
    struct str record;        /* key of the document in hand, for findings */
    struct document *document;
    const struct edition *editions; /* by row, where papers bear a code; NULL: all are first ones */
    struct made made;
    struct told told;
    struct paper paper;
    struct caches *caches;
};

/* A context for one document, or for the name of one; by value, what it points to is in the arena. record: the document's key for
 * findings. diags takes what is told; it must outlive the context. */
struct context context_create(struct composer *composer, struct arena *arena, struct str record, struct diags *diags);

/* checks.c: 勾稽: rows of what, left, right; where left is not right the document stops with both numbers (C521). */
void context_check(struct context *context, const struct value *row);
/* compose.c: what a row's document is called among others in its file: as the index has it, else by its number. */
struct str context_bookmark(struct context *context, const struct value *row, size_t ordinal);

#endif
