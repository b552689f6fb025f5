/* table_segment.c: what of a table stands on a page: rows are added below each other and taken back again, each place of the
 * grid knows the cell that owns it, and notes gather below.
 *
 * Asserts G1 and G2 of segment.h. */
#include "compose/segment.h"

#include <assert.h>
#include <string.h>

bool table_cell_continues(const struct table_data *data, const struct cell *cell, const struct instance *instance,
                          size_t column) {
    return instance->kind != INSTANCE_EMPTY && (cell->join == JOIN_UP || is_merged(data, instance, column));
}

/* The row in which the cell begins that this place joins. */
static const struct instance *origin_of(const struct context *context, const struct table_data *data, size_t index,
                                        size_t column) {
    size_t nth;
    while (index-- > 0) {
        const struct instance *above = &data->body[index];
        const struct cell *cell = drawn_cell(context, data, above->drawn, column, &nth);
        if (cell != NULL && !table_cell_continues(data, cell, above, column)) {
            return cell->join == JOIN_NONE ? above : NULL;
        }
    }
    for (index = data->head_count; index-- > 0;) {
        const struct cell *cell = drawn_cell(context, data, data->head[index].drawn, column, &nth);
        if (cell != NULL && cell->join == JOIN_NONE) {
            return &data->head[index];
        }
    }
    return NULL;
}

/* A cell that began on an earlier page: its label is repeated at the head of this one. */
static void repeat_label(const struct setting *setting, size_t index, size_t column, struct set_row *row) {
    const struct context *context = setting->scope.context;
    const struct instance *origin = origin_of(context, setting->data, index, column);
    if (origin == NULL) {
        return;
    }
    struct findings known; /* where it began */
    const struct setting aside = setting_aside(setting, setting->scope.notes, &known);
    struct set_cell set = set_table_cell(&aside, origin, column, (struct page_span){0});
    if (set.cell == NULL || set.picture != NULL) {
        return;
    }
    set.again = true;
    row->cells[column] = set;
    if (!cell_goes_on(context, setting->data, row->instance, column) && set.least_mp > row->height_mp) {
        row->height_mp = set.least_mp;
    }
}

static bool began_in_head(const struct context *context, const struct table_data *data, size_t index, size_t column) {
    const struct instance *origin = origin_of(context, data, index, column);
    return origin != NULL && origin >= data->head && origin < data->head + data->head_count;
}

/* A place of the last row that belongs to the cell above. The first row of a page has only the repeated head above it: what began
 * in a row of an earlier page begins anew. */
static void join_above(const struct setting *setting, struct segment *segment, size_t body_index, size_t column) {
    const struct table_data *data = setting->data;
    const size_t row = segment->count - 1, self = row * data->column_count + column;
    bool first = body_index != NO_INDEX && row == segment->head_count;
    if (row > 0 && (!first || began_in_head(setting->scope.context, data, body_index, column))) {
        segment->owner[self] = segment->owner[self - data->column_count];
    } else if (body_index != NO_INDEX) {
        repeat_label(setting, body_index, column, &segment->rows[row]);
    }
}

/* Owners of the places of the row that was added last. */
static void find_owners(const struct setting *setting, struct segment *segment, size_t body_index) {
    const struct context *context = setting->scope.context;
    const struct table_data *data = setting->data;
    size_t columns = data->column_count, row = segment->count - 1, nth;
    struct set_row *set = &segment->rows[row];
    for (size_t column = 0; column < columns; column++) {
        const uint32_t self = (uint32_t)(row * columns + column);
        const struct cell *cell = drawn_cell(context, data, set->instance->drawn, column, &nth);
        uint32_t *owner = &segment->owner[self];
        *owner = self;
        if (set->instance->kind == INSTANCE_EMPTY) {
            *owner = (uint32_t)(row * columns);
        } else if (cell != NULL && table_cell_continues(data, cell, set->instance, column)) {
            join_above(setting, segment, body_index, column);
        } else if (cell != NULL && cell->join == JOIN_LEFT && column > 0) {
            *owner = segment->owner[self - 1];
        }
        assert(*owner <= self); /* G1 */
    }
}

/* What a cell that ends with the segment's last row, or goes on below it, lacks in height. */
static int32_t lack_of(const struct segment *segment, size_t column) {
    const size_t columns = segment->data->column_count, last = segment->count - 1;
    const uint32_t owner = segment->owner[last * columns + column];
    const struct set_row *first = &segment->rows[owner / columns];
    const struct set_cell *cell = &first->cells[owner % columns];
    if (cell->cell == NULL || first->broken_below) {
        return 0;
    }
    int32_t have = 0;
    for (const struct set_row *row = first; row <= &segment->rows[last]; row++) {
        have += row->height_mp;
    }
    return cell->least_mp > have ? cell->least_mp - have : 0;
}

int32_t segment_lacking(const struct context *context, const struct segment *segment, bool open) {
    const struct table_data *data = segment->data;
    const struct set_row *last = &segment->rows[segment->count - 1];
    int32_t most = 0;
    for (size_t column = 0; column < data->column_count; column++) {
        bool begins_here = segment->owner[(segment->count - 1) * data->column_count + column] / data->column_count ==
                           segment->count - 1;
        bool goes_on = cell_goes_on(context, data, last->instance, column);
        if (goes_on != open || (begins_here && !goes_on)) {
            continue;
        }
        const int32_t lack = lack_of(segment, column);
        most = lack > most ? lack : most;
    }
    return most;
}

void segment_add_row(const struct setting *setting, struct segment *segment, struct set_row row, size_t body_index) {
    struct arena *arena = setting->scope.arena;
    size_t columns = setting->data->column_count, capacity = segment->capacity;
    ARENA_GROW(arena, segment->rows, segment->count, segment->capacity);
    if (segment->capacity != capacity) {
        uint32_t *owner = ARENA_ARRAY(arena, uint32_t, segment->capacity * columns);
        if (segment->count > 0) {
            memcpy(owner, segment->owner, segment->count * columns * sizeof *owner);
        }
        segment->owner = owner;
    }
    segment->rows[segment->count++] = row;
    find_owners(setting, segment, body_index);
    segment->rows[segment->count - 1].height_mp += segment_lacking(setting->scope.context, segment, false);
    segment->height_mp += segment->rows[segment->count - 1].height_mp;
    segment->notes_mp += table_notes_height(setting, &segment->notes, row.notes_before);
}

void segment_take_back(const struct setting *setting, struct segment *segment) {
    const struct set_row *row = &segment->rows[--segment->count];
    assert(row->notes_before <= segment->notes.count && row->found_before <= segment->found.count); /* G2 */
    segment->height_mp -= row->height_mp;
    segment->notes_mp -= table_notes_height(setting, &segment->notes, row->notes_before);
    segment->notes.count = row->notes_before;
    segment->found.count = row->found_before;
}

int32_t segment_taken(const struct segment *segment) {
    return segment->height_mp + segment->notes_mp;
}
