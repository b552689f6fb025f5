/* table_break.c: where a table is parted by the page's end: inside a row, cell by cell, or between rows, with least rows on
 * both sides (`keep rows`). */
#include "compose/segment.h"

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

bool table_row_parts_well(const struct set_row *row, size_t columns) {
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

bool table_break_row(const struct setting *setting, struct set_row *row, int32_t height_mp, size_t notes,
                     const uint32_t **next) {
    size_t columns = setting->data->column_count;
    uint32_t *placed = ARENA_ARRAY(setting->scope.context->row_arena, uint32_t, columns + 1);
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

/* --- between rows ----------------------------------------------------------------------------------------------------- */

size_t table_before_joined(const struct table_data *data, size_t from, size_t end) {
    size_t at = end;
    while (at > from && data->body[at - 1].with_next) {
        at--;
    }
    return at;
}

/* Of the segment's body rows [from, to), counted from its first. */
static int32_t rows_height(const struct segment *segment, size_t from, size_t to) {
    int32_t height = 0;
    for (size_t i = from; i < to; i++) {
        height += segment->rows[segment->head_count + i].height_mp;
    }
    return height;
}

size_t table_keep_rows(const struct segment *segment, size_t from, size_t at, struct room room) {
    const struct table_data *data = segment->data;
    const size_t keep = (size_t)data->table->keep_rows, rest = data->body_count - at;
    const size_t back = rest < keep ? keep - rest : 0, above = room.fresh ? 1 : keep;
    const int32_t most_mp = room.page_height_mp / 4;
    const size_t earlier = at - from > back ? table_before_joined(data, from, at - back) : from;
    if (earlier >= from + above && rows_height(segment, earlier - from, at - from) <= most_mp) {
        return earlier;
    }
    return room.fresh || segment_taken(segment) > most_mp ? at : from;
}
