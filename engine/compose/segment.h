/* segment.h: what of a table stands on a page. Private to compose/.
 *
 * table_row.c sets a row: the cells that begin in it, each broken for the width of its columns. table_segment.c adds rows below each
 * other, head first, and takes the last one back when it doesn't fit. Then each place of the grid knows which cell owns it, and
 * table_draw.c needs nothing else.
 *
 *     │ 语文 │ 90 │     owners   0 1
 *     │  ^   │ 85 │              0 3
 *
 * G1  Every place has an owner: the cell at it, or one above or left of it.
 * G2  Notes and findings are in the order of the rows, so the last row can be taken back with its own. */
#ifndef COMPOSE_SEGMENT_H
#define COMPOSE_SEGMENT_H

#include "compose/table.h"

/* --- table_row.c: rows as set ----------------------------------------------------------------------------------------- */

/* A cell as set: what it shows and how high it is. */
struct set_cell {
    const struct cell *cell; /* NULL: nothing starts here */
    const struct text_style *style;
    struct lines *lines;            /* one for each line of the template */
    size_t lines_count, line_total; /* struct lines; lines of text in all */
    int32_t content_mp;             /* height of all text */
    int32_t least_mp;               /* with padding */
    const struct value *picture;    /* `lines` then stand in its place where there is none, and take no room */
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
/* The setting of a segment whose rows are laid into the arena; notes and findings go where these point. All is borrowed. By
 * value: the arena and the rest stand in its own copy of the item's scope. */
struct setting setting_create(const struct item *item, const struct table_data *data, const struct table_set *set,
                              struct arena *arena, struct note_list *notes, struct findings *found);
/* A copy that tells nothing, and keeps its notes to itself: for what is set to be measured, or is set a second time. */
struct setting setting_aside(const struct setting *setting, struct note_list *notes, struct findings *found);

/* What a cell says before it is set: its words, and the scope to expand them in. */
struct cell_says {
    const struct cell *cell;
    const struct template *text; /* NULL: nothing, a place to be filled in by hand */
    struct scope scope;          /* its tally is the one below: not to be copied alone */
    struct tally tally;
    bool lacks; /* the cells' query has no row for it: — */
};
/* Of the cell that starts at a place (table_cell_starts). */
void table_cell_says(const struct setting *setting, const struct instance *instance, size_t column,
                     struct page_span page, struct cell_says *out);
/* Does a cell start at a place, or does it join another, or is the row shorter? */
bool table_cell_starts(const struct context *context, const struct table_data *data, const struct instance *instance,
                       size_t column);

/* Does a place belong to the cell above it? */
bool table_cell_continues(const struct table_data *data, const struct cell *cell, const struct instance *instance,
                          size_t column);

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
/* In mp; 0 for none, and where notes stand apart from the table. The gap counts only from the first note on. */
int32_t table_notes_height(const struct setting *setting, const struct note_list *notes, size_t from);
/* Of lines [from, to). */
int32_t text_height(const struct set_cell *cell, uint32_t from, uint32_t to);

/* --- table_break.c: where the page parts a table ---------------------------------------------------------------------- */

/* Cuts a row to a height; *next becomes the lines placed of each cell, in the row's arena. notes: before the row's own on the page
 * where it begins. False when no line of it fits but its label's. */
bool table_break_row(const struct setting *setting, struct set_row *row, int32_t height_mp, size_t notes,
                     const uint32_t **next);
/* A label that is torn, or a single line of a cell that goes on, had better wait for the next page. */
bool table_row_parts_well(const struct set_row *row, size_t columns);
/* Where a break may fall at the latest, if not inside rows that belong together. */
size_t table_before_joined(const struct table_data *data, size_t from, size_t end);

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
/* The row that was added last leaves, with its notes and findings (G2). */
void segment_take_back(const struct setting *setting, struct segment *segment);
/* Height of rows and notes. */
int32_t segment_taken(const struct segment *segment);
/* A cell over several rows may need more than they have: the last of them gets it. open: what cells lack that go on below
 * the segment, if it ends here; else what those lack that end with its last row. */
int32_t segment_lacking(const struct context *context, const struct segment *segment, bool open);
/* Where a table whose rows [from, at) fit is parted so that `keep rows` of it stand on both sides: at, or earlier; from: all of it had
 * better wait for the next page. Not where more than a quarter of the page would stay empty for it. */
size_t table_keep_rows(const struct segment *segment, size_t from, size_t at, struct room room);

#endif
