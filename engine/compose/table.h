/* table.h: what the files of the table share. Private to compose/.
 *
 *     table_build.c     bands and query rows become instances: which drawn row, for which data row. Nothing is set yet, so 100,000
 *                       rows cost little
 *     table_columns.c   columns that come from data, columns over several pages, which cell stands where
 *     table_widths.c    widths of the columns, for a room
 *     table_row.c       one row is set: each cell's text is shaped and broken
 *     table_segment.c   rows gather below each other: a grid of cells in which each place knows its owner
 *     table_place.c     a segment is filled until the page is full
 *     table_break.c     where it ends then: inside a row, or between two
 *     table_draw.c      a segment is drawn: fills, text, then the rules between different owners
 *     table_tags.c      what is drawn becomes rows and cells of the document's elements
 *
 * A table is never written once it is built. Where a head that stands on each page crowds out the table's own rows, the table goes on in
 * another shape: a copy in which the head is a row of the body. Progress carries it from page to page.
 *
 * Here stands a table as it is built; segment.h says what a page shows of it. */
#ifndef COMPOSE_TABLE_H
#define COMPOSE_TABLE_H

#include "base/hash.h"
#include "compose/flow.h"

#define NO_ROW   UINT32_MAX
#define NO_INDEX SIZE_MAX

/* --- as built --------------------------------------------------------------------------------------------------------- */

enum instance_kind { INSTANCE_ROW, INSTANCE_PAD /* ruled, empty */, INSTANCE_EMPTY /* 本学期无记录 */ };
struct instance { /* small: a register has one for each of its 100,000 rows */
    const struct drawn_row *drawn;
    uint64_t merges; /* columns whose value equals that above: bit by column */
    uint32_t band;   /* index in the table's bands */
    uint32_t row;    /* data row in the band; NO_ROW: the band has none */
    uint32_t group_from, group_to;
    uint8_t kind;   /* enum instance_kind */
    bool shaded;    /* zebra */
    bool with_next; /* joined to the next instance: a label or a cell spans both */
};
struct band_rows {
    const struct rows *rows; /* NULL: the band stands once */
};
/* What was told of the table, since it is told once for all its segments. Written by the commit alone. */
enum crowding { CROWDING_HEAD, CROWDING_PAGE_FOOT, CROWDING_PAGE_HEAD, CROWDING_COUNT };
struct table_told {
    bool narrow, broken, crowding[CROWDING_COUNT];
    struct table_tags *tags; /* its elements so far (table_tags.c); NULL: none */
};
struct table_data {
    const struct table *table;
    struct band_rows *bands;
    struct instance *head, *page_head, *body, *page_foot;
    size_t head_count, page_head_count, body_count, body_capacity, page_foot_count;
    size_t counted_band; /* the band that repeats, for totals; NO_INDEX: none */
    size_t column_count; /* on paper, in this strip of a table that is split */
    struct column_width *widths;
    const size_t *map;                 /* which of all columns each is; NULL: all of them, in order */
    size_t full_count;                 /* of all: a cross table has as many as its query has rows */
    const struct rows *across, *cells; /* of a cross table; else NULL */
    struct strmap *cell_rows;          /* which row of `cells` is found by which values */
    uint32_t depth;                    /* of the rows around the table */
    size_t across_column;              /* the drawn column that stands for them */
    /* The first row of what crowded out the table's own rows, and stands once; NULL: it doesn't. */
    const struct drawn_row *crowding[CROWDING_COUNT];
    struct table_told *told;
};

/* Set for a width. */
struct table_set {
    int32_t *x_mp;      /* left edges of columns and, last, the right edge */
    int32_t *column_mp; /* widths */
    int32_t width_mp;   /* of the room */
    bool narrow;        /* made narrower than its columns ask for */
};

/* --- table_build.c: as built, in the row's arena -------------------------------------------------------------------- */

/* A table with the rows of its queries; what is wrong with them goes to scope->found. */
struct table_data *table_with_rows(struct context *context, const struct scope *scope, const struct table *table);

/* --- table_build.c: other shapes, in the row's arena ------------------------------------------------------------------ */

/* What stands on each page becomes rows of the body before row `at`: it stands once, and breaks like them. */
const struct table_data *table_head_once(const struct context *context, const struct table_data *data);
/* The same of what stands at the foot of each page: behind the body. */
const struct table_data *table_page_foot_once(const struct context *context, const struct table_data *data);
/* The same of what the bands repeat below the head: before row `at` of the body. */
const struct table_data *table_page_head_once(const struct context *context, const struct table_data *data, size_t at);

/* --- table_columns.c -------------------------------------------------------------------------------------------------- */

/* Number and widths of the columns; the index of a cross table's cells. Before the bands. */
void table_columns(const struct scope *scope, struct table_data *data);
/* Tells rows of `cells` that no cell asks for (C546); when the bands have their rows. */
void table_check_cells(const struct scope *scope, const struct table_data *data);
/* `wide: split`: a table for each strip of columns that a room has place for, in the context's arena. Gives their number; 1: the table
 * fits, and there are no strips. */
size_t table_split(const struct context *context, const struct table_data *data, int32_t width_mp,
                   struct table_data **strips);
/* Does the drawn cell stand for a column for each value: does it name the row of `across`, or one of its columns by their
 * prefix? */
bool stands_for_many(const struct context *context, const struct table_data *data, const struct cell *cell);
/* Does the cell that a place of a row belongs to go on in the next row? */
bool cell_goes_on(const struct context *context, const struct table_data *data, const struct instance *instance,
                  size_t column);
/* Is the place joined to that above by `merge`? */
bool is_merged(const struct table_data *data, const struct instance *instance, size_t column);
/* The drawn cell of a column in a row; NULL: the row is shorter. nth: of the columns that the cell stands for, which one. */
const struct cell *drawn_cell(const struct context *context, const struct table_data *data, const struct drawn_row *row,
                              size_t column, size_t *nth);
/* The row of the cells' query for the nth column and a data row; NULL when there is none. */
const struct value *across_cell(const struct context *context, const struct table_data *data,
                                const struct instance *instance, size_t nth);

/* --- table_widths.c --------------------------------------------------------------------------------------------------- */

/* Widths for a room, of the table as it was built. */
const struct table_set *table_widths(const struct context *context, const struct item *item, int32_t width_mp);

/* --- table_place.c, table_draw.c -------------------------------------------------------------------------------------- */

/* Places rows into a room, from a progress on: the kind's `place` (flow.h). The plan is in the page's arena, or in the
 * document's where its notes go to the foot of the page. */
struct fit table_place(const struct context *context, const struct item *item, struct progress from, struct room room);
/* Draws the segment of a fit at the box, with its rules, fills and notes, and tells its findings: the kind's `commit`. */
void table_commit(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                  struct canvas *canvas, struct box box);

#endif
