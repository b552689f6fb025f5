/* table.h: what the files of the table share. Private to compose/.
 *
 *     table_build.c     bands and query rows become instances: which drawn row, for which data row. Nothing is set yet, so 100,000
 *                       rows cost little
 *     table_columns.c   columns that come from data, columns over several pages, which cell stands where
 *     table_widths.c    widths of the columns, for a room
 *     table_row.c       one row is set: each cell's text is shaped and broken
 *     table_segment.c  rows gather below each other: a grid of cells in which each place knows its owner
 *     table_place.c     a segment is filled until the page is full
 *     table_draw.c      a segment is drawn: fills, text, then the rules between different owners
 *
 * T1  A table is never written once it is built. Where a head that stands on each page crowds out the table's own rows the table goes on
 *     in another shape: a copy in which the head is a row of the body. Progress carries it from page to page.
 * T2  Every place of a segment has an owner: the cell at it, or one above or left of it.
 * T3  notes and findings of a segment are in the order of its rows, so the last row can be taken back with its own. */
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

/* --- table_build.c: other shapes, in the row's arena ------------------------------------------------------------------ */

/* What stands on each page becomes rows of the body before row `at`: it stands once, and breaks like them. */
const struct table_data *table_head_once(const struct context *context, const struct table_data *data);
const struct table_data *table_page_foot_once(const struct context *context, const struct table_data *data);
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

/* --- table_row.c: rows as set ----------------------------------------------------------------------------------------- */

/* A cell as set: what it shows and how high it is. */
struct set_cell {
    const struct cell *cell; /* NULL: nothing starts here */
    const struct text_style *style;
    struct lines *lines;            /* one for each line of the template */
    size_t lines_count, line_total; /* struct lines; lines of text in all */
    int32_t content_mp;             /* height of all text */
    int32_t least_mp;               /* with padding */
    const struct value *picture;
    const struct paragraph *vertical;
    size_t characters;
    bool decimal;         /* align: decimal, on one line */
    struct decimal point; /* what stands before and behind the decimal point */
    uint32_t from, to;    /* lines of text shown in this segment */
    bool again;           /* a label of a row that goes on: from an earlier segment, shown in this one too */
};
/* In progress.lines, beside the number of lines placed: all of the cell is shown again. Behind those of the columns stands the number
 * of notes before the row's own on the page where it begins. */
enum { LINES_AGAIN = INT32_MAX };
struct set_row {
    const struct instance *instance;
    struct set_cell *cells; /* one a column */
    int32_t height_mp;
    size_t notes_before, found_before; /* notes and findings of the rows above it on the page */
    bool broken_above, broken_below;   /* the row goes on from, or to, another page */
};

/* What rows are set with: one for each segment that is tried. */
struct setting {
    const struct item *item;
    const struct table_data *data; /* in the shape in which it goes on */
    const struct table_set *set;   /* NULL: not yet, the widths are measured */
    struct scope scope;            /* the item's, with arena, notes and findings of the segment */
    size_t first_row;              /* of the body: the first that begins in the segment */
};
/* Data rows of the page that the segment is on, as far as they are known: for {#count page}. */
struct page_span {
    size_t from, to;
};
struct setting setting_create(const struct item *item, const struct table_data *data, const struct table_set *set,
                              struct arena *arena, struct note_list *notes, struct findings *found);
/* A copy that tells nothing, and keeps its notes to itself: for what is set to be measured, or is set a second time. */
struct setting setting_aside(const struct setting *setting, struct note_list *notes, struct findings *found);

/* Data rows of a band that begin before a place in the body: a row is counted once, on the page where it begins. */
size_t table_rows_before(const struct table_data *data, size_t band, size_t at);
/* Sets one row for its own columns. from: lines placed already, or NULL. */
struct set_row set_table_row(const struct setting *setting, const struct instance *instance, struct page_span page,
                             const uint32_t *from);
/* Sets the cell that owns a place, in the width of its columns. */
struct set_cell set_table_cell(const struct setting *setting, const struct instance *instance, size_t column,
                               struct page_span page);
/* Natural and least width of a cell, with padding, where they are more than what stands there: for `auto`. */
void measure_table_cell(const struct setting *setting, const struct instance *instance, size_t column,
                        int32_t *natural_mp, int32_t *least_mp);
/* Notes below a segment, those from `from` on: their height, with the gap above the first. */
#define NOTE_GAP_MP MM(1)
int32_t table_notes_height(const struct setting *setting, const struct note_list *notes, size_t from);
/* Of lines [from, to). */
int32_t text_height(const struct set_cell *cell, uint32_t from, uint32_t to);

/* --- table_widths.c --------------------------------------------------------------------------------------------------- */

/* Widths for a room, of the table as it was built. */
const struct table_set *table_widths(const struct context *context, const struct item *item, int32_t width_mp);

/* --- table_segment.c ------------------------------------------------------------------------------------------------- */

/* What of a table stands on a page; the plan of its fit. */
struct segment {
    const struct table_data *data;
    const struct table_set *set;
    struct set_row *rows;
    size_t count, capacity;
    uint32_t *owner;         /* row * columns + column of the cell that owns each place */
    size_t head_count;       /* rows of the repeated head and of the page's */
    struct lines *continued; /* 续表 above; NULL: not needed */
    int32_t continued_mp;
    int32_t height_mp; /* without the notes */
    struct note_list notes;
    struct findings found;
    int32_t notes_mp;      /* their height, with the gap above them */
    struct page_span page; /* data rows of the counted band on this page */
    bool broken;           /* a row higher than the page goes on */
    bool cut;              /* a row is higher than the page and has nowhere to break */
};
/* Adds a row; body_index: its place in the body, NO_INDEX for rows of the head and foot. */
void segment_add_row(const struct setting *setting, struct segment *segment, struct set_row row, size_t body_index);
/* The row that was added last leaves, with its notes and findings (T3). */
void segment_take_back(const struct setting *setting, struct segment *segment);
/* Height of rows and notes. */
int32_t segment_taken(const struct segment *segment);
/* A cell over several rows may need more than they have: the last of them gets it. open: what cells lack that go on below
 * the segment, if it ends here; else what those lack that end with its last row. */
int32_t segment_lacking(const struct context *context, const struct segment *segment, bool open);

/* --- table_place.c, table_draw.c -------------------------------------------------------------------------------------- */

struct fit table_place(const struct context *context, const struct item *item, struct progress from, struct room room);
void table_commit(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                  struct canvas *canvas, struct box box);

#endif
