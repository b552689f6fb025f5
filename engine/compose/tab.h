/* tab.h: a layout's tables as cells, for the tabs of a workbook: from the same rows, bands and words as the pages, not from their marks.
 *
 *     composer ──► compose_tabs ──► struct tabs ──► sheet/tables.h
 *
 * Whatever belongs to pages is left out: running heads, 续表, 承前页, sums of a page, empty rows to be filled in by hand. Texts around
 * a table stand above and below it: up to the next heading they are the table's before, from it on that of the next. A table without
 * rules that asks for no rows (a line of labels, places to sign) is such a text.
 *
 * A cell that is one placeholder keeps its kind: a number is a number, in the format in which it is printed; a day that is printed
 * whole is a day. IDs, phones and what else has more digits than a number are words, as all other cells are. */
#ifndef COMPOSE_TAB_H
#define COMPOSE_TAB_H

#include "compose/compose.h"

enum tab_kind { TAB_WORDS, TAB_NUMBER, TAB_DAY };
enum tab_align { TAB_LEFT, TAB_CENTRE, TAB_RIGHT };

/* One that joins others says so by its span; places that it covers have no cell of their own. */
struct tab_cell {
    size_t row, column; /* from 0 */
    size_t rows, columns;
    struct str text; /* as printed, its lines parted by '\n' */
    enum tab_kind kind;
    struct str value;  /* of a number: decimals, with a point; of a day: 2026-11-25 */
    struct str format; /* of both: how it is shown, as spreadsheets write it */
    enum tab_align align;
    bool head, bold, shaded;
};

struct tab {
    struct str name;         /* for its tab: the heading before it, else the document's title */
    const struct str *above; /* lines, the document's title first */
    const struct str *below;
    size_t above_count, below_count;
    size_t head_rows, rows, columns; /* no rows: lines alone */
    bool ruled;
    const int32_t *width_mp;      /* by column, as on paper; 0: what its cells need */
    const struct tab_cell *cells; /* row by row */
    size_t count;
};

struct tabs {
    struct tab *items; /* one at least */
    size_t count;
    struct str title;
    size_t characters; /* in all cells */
    bool incomplete;   /* 不完整 */
};

/* Rows [from, to) of the document query, as compose_document takes them. False, told, when its checks or a query fail (C521, D2xx).
 * All lies in the arena. */
bool compose_tabs(struct composer *composer, struct arena *arena, const struct rows *rows, size_t from, size_t to,
                  struct str record, const struct str *records, struct diags *diags, struct tabs *out);

/* Does the layout draw a table that becomes a tab? */
bool layout_has_tab(const struct layout *layout);

struct buffer;
/* Appends the tables as text, a line a cell, for tests and people:
 *
 *     sheet "留守儿童登记台账" 3x4 head 1
 *       above "…"
 *       2,1 number "12" 12 0
 *       0,0 2x1 words "…" head bold */
void tabs_dump(const struct tabs *tabs, struct buffer *out);

#endif
