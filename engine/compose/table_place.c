/* table_place.c: how much of a table fits: rows are set one after the other until the room is full.
 *
 * A piece is: 续表 when it goes on, the head, as many rows as fit, the page's foot. A break falls before a row; not
 * between rows that a joined cell holds together, unless they are taller than a page; inside a row only when the row is
 * taller than half a page.
 *
 * Invariant: in a fresh room a piece makes progress (a row, or lines of one). */
#include "compose/table.h"

#include <assert.h>

/* --- the parts of a piece --------------------------------------------------------------------------------------------
 */

static void add_continued(struct context *context, struct table_data *data, struct piece_of_table *piece,
                          struct progress from) {
    const struct template *text = &data->table->continued;
    if ((from.row == 0 && from.lines == NULL) || text->count == 0) {
        return;
    }
    struct paragraph *paragraph = context_shape(context, context->page_arena, &text->lines[0]);
    piece->continued = ARENA_NEW(context->page_arena, struct lines);
    *piece->continued =
        text_break(context->composer->tools.text, context->page_arena, paragraph, data->width_mp, FIT_NORMAL);
    piece->continued_mp = piece->continued->height_mp;
    piece->height_mp += piece->continued_mp;
}

/* Rows that stand once a page, with the data rows of this page as they are known so far. */
static void add_once(struct context *context, struct table_data *data, const struct item *item,
                     struct piece_of_table *piece, const struct instance *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct set_row row = set_table_row(context, data, item, &rows[i], piece->data_from, piece->data_to, NULL);
        piece_add_row(context, data, item, piece, row, NO_INDEX);
    }
}

/* What a head tells it tells on the first page. */
static void add_head(struct context *context, struct table_data *data, const struct item *item,
                     struct piece_of_table *piece, struct progress from) {
    bool first = from.row == 0 && from.lines == NULL;
    const size_t found = context->found->count;
    if (first || data->table->head_repeats) {
        add_once(context, data, item, piece, data->head, data->head_count);
    }
    if (!first) {
        context->found->count = found;
    }
    if (!first) { /* 承前页 */
        add_once(context, data, item, piece, data->page_head, data->page_head_count);
    }
    piece->head_count = piece->count;
}

/* With the notes that it brings along. */
static int32_t page_foot_height(struct context *context, struct table_data *data, const struct item *item) {
    struct note_list own = {.of_table = true}, *outer = context->noting;
    int32_t height = 0;
    struct findings known = {.arena = context->page_arena}, *found = context->found; /* when the foot is added */
    context->noting = &own;
    context->found = &known;
    for (size_t i = 0; i < data->page_foot_count; i++) {
        height += set_table_row(context, data, item, &data->page_foot[i], 0, 0, NULL).height_mp;
    }
    context->noting = outer;
    context->found = found;
    return height + table_notes_height(context, data, &own, 0);
}

/* Does the instance show a row of the band? Where only its groups are shown, they do. */
static bool is_counted(const struct table_data *data, size_t index, const struct instance *instance) {
    if (instance->band != index || instance->row == NO_ROW) {
        return false;
    }
    const struct band *band = &data->table->bands[instance->band];
    return band->row_count == 0 || (instance->drawn >= band->rows && instance->drawn < band->rows + band->row_count);
}

size_t table_rows_before(const struct table_data *data, size_t band, size_t at) {
    while (at-- > 0) {
        if (is_counted(data, band, &data->body[at])) {
            return (size_t)data->body[at].row + 1;
        }
    }
    return 0;
}

/* Of the band that heads and feet count. */
static size_t rows_before(const struct table_data *data, size_t at) {
    return table_rows_before(data, data->counted_band, at);
}

/* --- a row that breaks -----------------------------------------------------------------------------------------------
 */

enum { LABEL_LINES_MAX = 4 };

/* Lines of a cell that fit; they don't leave one alone for the next page. */
static uint32_t lines_within(const struct set_cell *cell, int32_t height_mp) {
    uint32_t to = cell->from;
    while (to < cell->to && text_height(cell, cell->from, to + 1) <= height_mp) {
        to++;
    }
    bool widow = to + 1 == cell->to && to > cell->from + 2;
    return widow ? to - 1 : to;
}

/* A label that is torn, or a single line of a cell that goes on, had better wait for the next page. */
static bool parts_well(const struct set_row *row, size_t columns) {
    for (size_t i = 0; i < columns; i++) {
        const struct set_cell *cell = &row->cells[i];
        bool goes_on = cell->cell != NULL && cell->to < cell->line_total,
             label = i == 0 && cell->line_total <= LABEL_LINES_MAX;
        if (goes_on && (label || cell->to < cell->from + 2)) {
            return false;
        }
    }
    return true;
}

/* A row that goes on says again what it is: the first column, where it stands whole and is short, and what is written vertically. Not
 * the others: a sum that stands twice is added twice. */
static void repeat_labels(const struct set_row *row, uint32_t *placed, size_t columns) {
    for (size_t i = 0; i < columns; i++) {
        const struct set_cell *cell = &row->cells[i];
        bool whole = placed[i] >= cell->line_total;
        if (cell->vertical != NULL || (i == 0 && whole && cell->line_total <= LABEL_LINES_MAX)) {
            placed[i] = LINES_AGAIN;
        }
    }
}

static bool any_went_on(const struct set_row *row, const uint32_t *placed, size_t columns) {
    for (size_t i = 0; i < columns; i++) {
        if (placed[i] != LINES_AGAIN && placed[i] > row->cells[i].from) {
            return true;
        }
    }
    return false;
}

/* Cuts a row to a height; *next becomes the lines placed of each cell. False when no line of it fits but its label's. */
static bool break_row(struct context *context, const struct table_data *data, struct set_row *row, int32_t height_mp,
                      size_t notes, const uint32_t **next) {
    size_t columns = data->column_count;
    uint32_t *placed = ARENA_ARRAY(context->row_arena, uint32_t, columns + 1);
    bool all = true;
    int32_t used = 0;
    for (size_t i = 0; i < columns; i++) {
        struct set_cell *cell = &row->cells[i];
        if (cell->cell == NULL || cell->line_total == 0) {
            continue;
        }
        const int32_t padding = cell->style->padding_mp[0] + cell->style->padding_mp[2];
        const uint32_t whole = cell->to;
        cell->to = lines_within(cell, height_mp - padding);
        const int32_t own = text_height(cell, cell->from, cell->to) + padding;
        used = own > used ? own : used;
        all &= cell->to == whole;
        placed[i] = cell->to;
    }
    row->height_mp = used;
    row->broken_below = true;
    placed[columns] = (uint32_t)notes;
    repeat_labels(row, placed, columns);
    *next = placed;
    return !all && any_went_on(row, placed, columns);
}

static bool tall_enough_to_break(const struct set_row *row, struct room room) {
    return row->height_mp > room.page_height_mp / 2;
}

/* No line of it can be parted from the rest, and no page is higher: it is cut to the page. */
static void force_row(struct context *context, struct table_data *data, const struct item *item,
                      struct piece_of_table *piece, size_t index, int32_t left_mp) {
    struct set_row row =
        set_table_row(context, data, item, &data->body[index], piece->data_from, rows_before(data, index), NULL);
    bool cut = row.height_mp > left_mp && left_mp > 0;
    row.height_mp = cut ? left_mp : row.height_mp;
    piece_add_row(context, data, item, piece, row, index);
    piece->cut |= cut;
}

/* --- place -----------------------------------------------------------------------------------------------------------
 */

struct filling {
    struct context *context;
    struct table_data *data;
    const struct item *item;
    struct piece_of_table *piece;
    struct room room;
    struct progress from;
    int32_t limit_mp; /* of the piece, less the page's foot */
    bool crowded;     /* the table was changed, and is placed anew */
    size_t counted;   /* data rows of the counted band before the row at hand */
};

/* Adds rows while they fit; gives the index of the first that doesn't. */
static size_t fill_rows(struct filling *filling) {
    struct piece_of_table *piece = filling->piece;
    size_t i = filling->from.row;
    for (; i < filling->data->body_count; i++) {
        const uint32_t *lines = i == filling->from.row ? filling->from.lines : NULL;
        const struct set_row row = set_table_row(filling->context, filling->data, filling->item,
                                                 &filling->data->body[i], piece->data_from, filling->counted, lines);
        piece_add_row(filling->context, filling->data, filling->item, piece, row, i);
        const int32_t open = piece_lacking(filling->context, filling->data, piece, true);
        if (piece_taken(piece) + open > filling->limit_mp) {
            piece_take_back(filling->context, filling->data, piece);
            break;
        }
        if (is_counted(filling->data, filling->data->counted_band, &filling->data->body[i])) {
            filling->counted = (size_t)filling->data->body[i].row + 1;
        }
    }
    return i;
}

/* Where a joined cell is cut by the page its label has room all the same. */
static void stretch_last(struct context *context, const struct table_data *data, struct piece_of_table *piece) {
    if (piece->count == 0) {
        return;
    }
    const int32_t lack = piece_lacking(context, data, piece, true);
    piece->rows[piece->count - 1].height_mp += lack;
    piece->height_mp += lack;
}

static struct fit finish(struct filling *filling, size_t end, enum fit_kind kind, const uint32_t *lines) {
    stretch_last(filling->context, filling->data, filling->piece);
    filling->piece->data_to = rows_before(filling->data, lines != NULL ? end + 1 : end);
    add_once(filling->context, filling->data, filling->item, filling->piece, filling->data->page_foot,
             filling->data->page_foot_count);
    return (struct fit){.kind = kind,
                        .height_mp = piece_taken(filling->piece),
                        .next = {.row = end, .lines = lines},
                        .plan = filling->piece};
}

/* Cuts row `end` to what fits below the others. */
static bool cut_row(struct filling *filling, size_t end, const uint32_t *from, struct set_row *row,
                    const uint32_t **lines) {
    struct piece_of_table *piece = filling->piece;
    bool alone = filling->room.fresh && end == filling->from.row; /* no page will have more room for it */
    const int32_t notes = table_notes_height(filling->context, filling->data, &piece->notes, row->notes_before);
    return (tall_enough_to_break(row, filling->room) || alone) &&
           break_row(filling->context, filling->data, row, filling->limit_mp - piece_taken(piece) - notes,
                     from != NULL ? from[filling->data->column_count] : row->notes_before, lines) &&
           (alone || parts_well(row, filling->data->column_count));
}

/* A joined cell may be higher than its row. */
static int32_t highest_cell(const struct table_data *data, const struct set_row *row) {
    int32_t most = row->height_mp;
    for (size_t column = 0; column < data->column_count; column++) {
        most = row->cells[column].least_mp > most ? row->cells[column].least_mp : most;
    }
    return most;
}

/* Puts as many lines of row `end` as fit below the others. */
static bool add_broken_row(struct filling *filling, size_t end, const uint32_t **lines) {
    const uint32_t *from = end == filling->from.row ? filling->from.lines : NULL;
    struct piece_of_table *piece = filling->piece;
    struct set_row row = set_table_row(filling->context, filling->data, filling->item, &filling->data->body[end],
                                       piece->data_from, filling->counted, from);
    bool higher_than_page = highest_cell(filling->data, &row) > filling->room.page_height_mp;
    if (!cut_row(filling, end, from, &row, lines)) {
        piece->notes.count = row.notes_before;
        filling->context->found->count = row.found_before;
        return false;
    }
    piece_add_row(filling->context, filling->data, filling->item, piece, row, end);
    piece->broken |= higher_than_page;
    return true;
}

/* Where the break may fall at the latest, if not inside rows that belong together. */
static size_t before_joined(const struct table_data *data, size_t from, size_t end) {
    size_t at = end;
    while (at > from && data->body[at - 1].with_next) {
        at--;
    }
    return at;
}

/* Row `end` does not fit. */
static struct fit break_table(struct filling *filling, size_t end) {
    struct table_data *data = filling->data;
    size_t from = filling->from.row, at = before_joined(data, from, end);
    const uint32_t *lines = NULL;
    bool joined = at < end;
    if (!joined && add_broken_row(filling, end, &lines)) {
        return finish(filling, end, FITS_IN_PART, lines);
    }
    if (at == from && !filling->room.fresh) {
        return (struct fit){.kind = FITS_NOT};
    }
    if (at == from) { /* a fresh page, and still not: break inside */
        at = end;
        if (end == from || joined) {
            if (add_broken_row(filling, end, &lines)) {
                return finish(filling, end, FITS_IN_PART, lines);
            }
            if (end == from) {
                force_row(filling->context, data, filling->item, filling->piece, end,
                          filling->limit_mp - filling->piece->height_mp);
                at = end + 1;
            }
        }
    }
    while (at < end) {
        piece_take_back(filling->context, data, filling->piece);
        end--;
    }
    return finish(filling, at, at == data->body_count ? FITS : FITS_IN_PART, NULL);
}

/* The band that is padded to the page's foot; NO_INDEX: none. */
static size_t padded_band(const struct table *table) {
    for (size_t band = 0; band < table->band_count; band++) {
        if (table->bands[band].pad_to_foot && table->bands[band].row_count > 0) {
            return band;
        }
    }
    return NO_INDEX;
}

static void add_pads(struct filling *filling, size_t band, int32_t limit_mp) {
    struct instance *pad = ARENA_NEW(filling->context->page_arena, struct instance);
    *pad = (struct instance){.drawn = &filling->data->table->bands[band].rows[0], .row = NO_ROW, .kind = INSTANCE_PAD};
    pad->band = (uint32_t)band;
    for (;;) {
        const struct set_row row = set_table_row(filling->context, filling->data, filling->item, pad, 0, 0, NULL);
        if (row.height_mp <= 0 || piece_taken(filling->piece) + row.height_mp > limit_mp) {
            return;
        }
        piece_add_row(filling->context, filling->data, filling->item, filling->piece, row, filling->data->body_count);
    }
}

/* 补空行: ruled rows down to the page's foot, above what stands below the band: 合计 stays last. */
static void pad_to_foot(struct filling *filling) {
    struct table_data *data = filling->data;
    struct piece_of_table *piece = filling->piece;
    const size_t band = padded_band(data->table), from = filling->from.row + (filling->from.lines != NULL ? 1 : 0);
    if (band == NO_INDEX) {
        return;
    }
    size_t below = data->body_count;
    const int32_t height = piece_taken(piece);
    while (below > from && data->body[below - 1].band > band) {
        piece_take_back(filling->context, data, piece);
        below--;
    }
    add_pads(filling, band, filling->limit_mp - (height - piece_taken(piece)));
    for (; below < data->body_count; below++) {
        const struct set_row row = set_table_row(filling->context, data, filling->item, &data->body[below],
                                                 piece->data_from, filling->counted, NULL);
        piece_add_row(filling->context, data, filling->item, piece, row, below);
    }
}

/* Rows that stand on each page may leave no room for the table's own: for the first one whole, or a quarter of the page for a row that
 * breaks. Then the higher of them stands once, on further pages the page's head. It is so for the table from then on, however it is
 * placed. */
static bool crowds_out(struct filling *filling, int32_t head_mp, int32_t foot_mp) {
    struct context *context = filling->context;
    struct table_data *data = filling->data;
    const int32_t page_mp = filling->room.page_height_mp;
    const size_t at = filling->from.row;
    const bool first = at == 0 && filling->from.lines == NULL;
    if ((!first && data->page_head_count == 0) || !filling->room.fresh || at >= data->body_count ||
        head_mp + foot_mp <= page_mp / 2) {
        return false;
    }
    const size_t found = context->found->count, notes = context->noting->count;
    int32_t row_mp =
        set_table_row(context, data, filling->item, &data->body[at], filling->piece->data_from, filling->counted, NULL)
            .height_mp;
    context->found->count = found;
    context->noting->count = notes;
    row_mp = row_mp < page_mp / 4 ? row_mp : page_mp / 4;
    if (head_mp + foot_mp + row_mp <= page_mp) {
        return false;
    }
    if (!first) {
        table_page_head_once(context, data, data->piece_row);
    } else if (head_mp >= foot_mp && data->head_count > 0) {
        table_head_once(context, data);
    } else {
        table_foot_once(context, data);
    }
    return true;
}

static struct fit place_piece(struct filling *filling) {
    struct context *context = filling->context;
    struct table_data *data = filling->data;
    const struct progress from = filling->from;
    struct piece_of_table *piece = filling->piece;
    data->piece_row = from.lines != NULL ? from.row + 1 : from.row;
    piece->data_from = rows_before(data, data->piece_row);
    piece->data_to = filling->counted = piece->data_from;
    add_continued(context, data, piece, from);
    add_head(context, data, filling->item, piece, from);
    const int32_t foot_mp = page_foot_height(context, data, filling->item);
    filling->crowded = crowds_out(filling, piece_taken(piece), foot_mp);
    if (filling->crowded) {
        return (struct fit){.kind = FITS_NOT};
    }
    filling->limit_mp = filling->room.height_mp - foot_mp;
    if (piece_taken(piece) > filling->limit_mp && !filling->room.fresh) {
        return (struct fit){.kind = FITS_NOT};
    }
    const size_t end = fill_rows(filling);
    if (end < data->body_count) {
        return break_table(filling, end);
    }
    pad_to_foot(filling);
    return finish(filling, end, FITS, NULL);
}

/* Notes that no page has room for below their row: the row stands as if it had none, and they go to the foot of the page, which
 * may go on on the next. So they outlive it. */
static struct fit place_notes_apart(struct filling *filling) {
    struct context *context = filling->context;
    struct arena *page_arena = context->page_arena;
    context->page_arena = context->arena;
    struct piece_of_table *piece = filling->piece = ARENA_NEW(context->arena, struct piece_of_table);
    piece->notes = (struct note_list){.of_table = true, .apart = true};
    context->noting = &piece->notes;
    struct fit fit = place_piece(filling);
    context->page_arena = page_arena;
    fit.foot = foot_of_notes(context, &piece->notes, filling->room.foot_width_mp);
    return fit;
}

/* Head and foot may both have to give way. */
static struct fit place_anew(struct filling *filling) {
    struct context *context = filling->context;
    const size_t found = context->found->count;
    struct fit fit;
    do {
        context->found->count = found;
        filling->piece = ARENA_NEW(context->page_arena, struct piece_of_table);
        filling->piece->notes.of_table = true;
        context->noting = &filling->piece->notes;
        fit = place_piece(filling);
    } while (filling->crowded);
    return fit;
}

struct fit table_place(struct context *context, struct item *item, struct progress from, struct room room) {
    table_widths(context, item, item->data, room.width_mp);
    struct filling filling = {.context = context, .data = item->data, .item = item, .room = room, .from = from};
    const size_t found = context->found->count;
    struct fit fit = place_anew(&filling);
    if (filling.piece->notes.count > 0 && fit.height_mp > room.height_mp && room.fresh && room.foot_width_mp > 0) {
        context->found->count = found;
        fit = place_notes_apart(&filling);
    }
    context->noting = NULL;
    return fit;
}
