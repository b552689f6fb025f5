/* table.h: what the files of the table share. Private to compose/.
 *
 * A table is bands of drawn rows. table_build.c flattens bands and query rows into instances: which drawn row, for
 * which data row. Nothing is set yet, so 100,000 rows cost little. table_place.c sets rows (table_row.c) until the page
 * is full: that is a piece (table_piece.c), a grid of cells in which each place knows its owner. table_draw.c draws a piece: fills,
 * text, then the rules between different owners. */
#ifndef COMPOSE_TABLE_H
#define COMPOSE_TABLE_H

#include "base/hash.h"
#include "compose/flow.h"

#define NO_ROW   UINT32_MAX
#define NO_INDEX SIZE_MAX

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
struct table_data {
    const struct table *table;
    struct band_rows *bands;
    struct instance *head, *page_head, *body, *page_foot;
    size_t head_count, page_head_count, body_count, body_capacity, page_foot_count;
    size_t counted_band; /* the band that repeats, for totals; SIZE_MAX: none */
    size_t piece_row;    /* of the body: the first that begins in the piece that is being filled */
    size_t column_count; /* on paper, in this part of a table that is split */
    struct column_width *widths;
    const size_t *map;                 /* which of all columns each is; NULL: all of them, in order */
    size_t full_count;                 /* of all: a cross table has as many as its query has rows */
    const struct rows *across, *cells; /* of a cross table; else NULL */
    struct strmap *cell_rows;          /* which row of `cells` is found by which values */
    uint32_t depth;                    /* of the rows around the table */
    size_t across_column;              /* the drawn column that stands for them */
    int32_t *x_mp;                     /* left edges of columns and, last, the right edge; for width_mp */
    int32_t *column_mp;                /* widths */
    int32_t width_mp;                  /* of the room they were reckoned for; 0: not yet */
    const struct drawn_row
        *crowding[3]; /* the first row of the head, the page foot, the page head where they stand once */
    bool told_crowding[3];
    bool narrow; /* made narrower than its columns ask for */
    bool told_narrow, told_broken;
    const struct instance *kept_for; /* the row that goes on over pages, set once in kept; NULL: none */
    struct set_cell *kept;
    int32_t kept_width_mp;
    size_t kept_notes; /* of kept: notes before its own, on the page where it begins */
};

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
    struct decimal point; /* its parts before and behind the decimal point */
    uint32_t from, to;    /* lines of text shown in this piece */
    bool again;           /* a label of a row that goes on: from an earlier piece, shown in this one too */
};
/* In progress.lines, beside the number of lines placed: all of the cell is shown again. Behind those of the columns stands the number
 * of notes before the row's own on the page where it begins. */
enum { LINES_AGAIN = INT32_MAX };
struct set_row {
    const struct instance *instance;
    struct set_cell *cells; /* one a column */
    int32_t height_mp;
    size_t notes_before;             /* notes of the rows above it on the page */
    size_t found_before;             /* findings likewise */
    bool broken_above, broken_below; /* the row goes on from, or to, another page */
};
struct piece_of_table {
    struct set_row *rows;
    size_t count, capacity;
    uint32_t *owner;         /* row * columns + column of the cell that owns each place */
    size_t head_count;       /* rows of the repeated head and of the page's */
    struct lines *continued; /* 续表 above; NULL: not needed */
    int32_t continued_mp;
    int32_t height_mp; /* without the notes */
    struct note_list notes;
    int32_t notes_mp;          /* their height, with the gap above them */
    size_t data_from, data_to; /* data rows of the counted band on this page */
    bool broken;               /* a row higher than the page goes on */
    bool cut;                  /* a row is higher than the page and has nowhere to break */
};

/* The head, or the page's foot, becomes rows of the body: it stands once, and breaks like them. */
void table_head_once(struct context *context, struct table_data *data);
void table_foot_once(struct context *context, struct table_data *data);
/* So does the head of further pages, on the first of them: before row `at`. */
void table_page_head_once(struct context *context, struct table_data *data, size_t at);

/* --- table_columns.c: columns that come from data, columns over several pages --- */

void table_columns(struct context *context, struct table_data *data);
/* `wide: split`: the columns of each part, for a room. Gives the number of parts; 1: the table fits. */
size_t table_split(struct context *context, const struct table_data *data, int32_t width_mp, struct table_data **parts);
/* Tells rows of `cells` that no cell asks for; when the bands have their rows. */
void table_check_cells(struct context *context, const struct table_data *data);
bool stands_for_many(const struct context *context, const struct table_data *data, const struct cell *cell);
/* Does the cell that a place of a row belongs to go on in the next row? */
bool cell_goes_on(const struct context *context, const struct table_data *data, const struct instance *instance,
                  size_t column);
/* Is the place joined to that above by `merge`? */
bool is_merged(const struct table_data *data, const struct instance *instance, size_t column);
/* The drawn cell of a column in a row: a {days…} cell stands for as many columns as the row lacks. part: which one. */
const struct cell *drawn_cell(const struct context *context, const struct table_data *data, const struct drawn_row *row,
                              size_t column, size_t *part);
/* The row of the cells' query for a column and a data row; NULL when there is none. */
const struct value *across_cell(struct context *context, const struct table_data *data, const struct instance *instance,
                                size_t part);

/* --- table_row.c, table_build.c: rows as set, widths --- */

/* Column widths for a room. */
void table_widths(struct context *context, struct item *item, struct table_data *data, int32_t width_mp);

/* Data rows of a band that begin before a place in the body: a row is counted once, on the page where it begins. */
size_t table_rows_before(const struct table_data *data, size_t band, size_t at);
/* Sets one row for its own columns; `page` gives the data rows of the page for {#count page}. from: lines placed
 * already, or NULL. */
struct set_row set_table_row(struct context *context, struct table_data *data, const struct item *item,
                             const struct instance *instance, size_t page_from, size_t page_to, const uint32_t *from);
/* Sets the cell that owns a place, in the width of its columns. */
struct set_cell set_table_cell(struct context *context, struct table_data *data, const struct item *item,
                               const struct instance *instance, size_t column, size_t page_from, size_t page_to);
/* Natural and least width of a cell, with padding: for `auto`. */
void measure_table_cell(struct context *context, struct table_data *data, const struct item *item,
                        const struct instance *instance, size_t column, int32_t *natural_mp, int32_t *least_mp);
/* Notes below a part of a table, those from `from` on: their height, with the gap above the first. */
#define NOTE_GAP_MP MM(1)
int32_t table_notes_height(struct context *context, const struct table_data *data, struct note_list *notes,
                           size_t from);

int32_t text_height(const struct set_cell *cell, uint32_t from, uint32_t to);

/* --- table_piece.c --- */

/* Adds a row; body_index: its place in the body, NO_INDEX for rows of the head and foot. */
void piece_add_row(struct context *context, struct table_data *data, const struct item *item,
                   struct piece_of_table *piece, struct set_row row, size_t body_index);
/* The row that was added last leaves, with its notes and findings. */
void piece_take_back(struct context *context, struct table_data *data, struct piece_of_table *piece);
/* Height of rows and notes. */
int32_t piece_taken(const struct piece_of_table *piece);
/* A cell over several rows may need more than they have: the last of them gets it. open: what cells lack that go on below
 * the piece, if it ends here; else what those lack that end with its last row. */
int32_t piece_lacking(const struct context *context, const struct table_data *data, const struct piece_of_table *piece,
                      bool open);

struct fit table_place(struct context *context, struct item *item, struct progress from, struct room room);
void table_commit(struct context *context, struct item *item, struct progress from, const struct fit *fit,
                  struct canvas *canvas, struct box box);

#endif
