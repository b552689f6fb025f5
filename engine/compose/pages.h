/* pages.h: pages: begun, filled, stamped. Private to compose/.
 *
 * flow_pages begins a page whenever the items before don't fit any more. Of each page it records what its header and footer will
 * ask for: the row of its document, the headings and rows that it shows. When all pages are there stamp_pages goes over them, part by part,
 * and knows what {page} of {pages} is.
 *
 * P1  made.pages has a record for each page of the document.
 * P2  Every page is of one part, and parts follow each other without a gap. */
#ifndef COMPOSE_PAGES_H
#define COMPOSE_PAGES_H

#include "compose/flow.h"

/* The first and the last row of a query that a page shows. */
struct page_rows {
    struct page_rows *next;
    uint32_t query;
    const struct value *first, *last;
};

/* What a page needs to get its header and footer at the end. */
struct page_record {
    const struct page_kind *kind; /* NULL: a card, which has neither */
    const struct value *row;      /* of its document */
    bool counts;
    struct page_rows *rows;            /* NULL where no header or footer asks for them */
    size_t first_heading, heading_end; /* of made.headings, those on this page */
};

/* --- pages.c ---------------------------------------------------------------------------------------------------------- */

/* The pages from here on are a document of their own. In a file that is printed on both sides it begins on a recto, so that no
 * two share a leaf. bookmark: its name; STR_NONE where it has the file for itself. row: its own. */
void flow_begin_part(struct context *context, struct str bookmark, const struct value *row);
/* Flows items over pages of a kind, each begun as needed. False when the document got longer than the layout allows (told). row: the
 * document's. */
bool flow_pages(struct context *context, const struct items *items, const struct page_kind *kind,
                const struct value *row);
/* One page with items on it; what doesn't fit is told (C506). */
void flow_card(struct context *context, const struct items *items, int32_t width_mp, int32_t height_mp);
/* The type area of a page, on the sheet: binding edge left on a recto, right on a verso. On a turned page a commit's canvas counts
 * from the area's foot, turned: there the area is {0, 0, its height, its width}. */
struct box type_area(const struct context *context, const struct page_kind *kind, size_t page_index);

/* --- stamp.c ---------------------------------------------------------------------------------------------------------- */

/* Headers and footers of all pages, and the numbers that the flow left open. */
void stamp_pages(struct context *context);

/* --- running.c: what pages show, for their headers and footers -------------------------------------------------------- */

/* A heading, or a row of a query, stands on the page that was begun last. */
void running_add_heading(struct context *context, const struct heading_entry *heading);
/* The row is borrowed until the document is done. */
void running_add_row(struct context *context, uint32_t query, const struct value *row);

/* For each part: nothing is carried over into it. In the context's arena. */
struct running *running_create(const struct context *context);
/* The page at an index is stamped; afterwards what it shows is carried over. */
void running_enter(struct running *running, const struct context *context, size_t page);
/* Of the page that running_enter was given last. */
void running_leave(struct running *running, const struct context *context);
/* NULL: neither this page nor one before it shows a row of the query, or no page is stamped. */
const struct value *running_row(const struct scope *scope, uint32_t query, bool last);
/* Title of the first heading of a level on the page, else of the one in force at its top; STR_NONE. */
struct str running_section(const struct scope *scope, uint32_t level);

#endif
