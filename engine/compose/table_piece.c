/* table_piece.c: the part of a table that stands on a page: rows are added below each other and taken back again, each place of the
 * grid knows the cell that owns it, and notes gather below.
 *
 * Invariant: every place has an owner at or above and left of it. */
#include "compose/table.h"

#include <string.h>

static bool continues_above(const struct table_data *data, const struct cell *cell, const struct instance *instance,
                            size_t column) {
    return instance->kind != INSTANCE_EMPTY && (cell->join == JOIN_UP || is_merged(data, instance, column));
}

/* The row in which the cell begins that this place joins. */
static const struct instance *origin_of(const struct context *context, const struct table_data *data, size_t index,
                                        size_t column) {
    size_t part;
    while (index-- > 0) {
        const struct instance *above = &data->body[index];
        const struct cell *cell = drawn_cell(context, data, above->drawn, column, &part);
        if (cell != NULL && !continues_above(data, cell, above, column)) {
            return cell->join == JOIN_NONE ? above : NULL;
        }
    }
    for (index = data->head_count; index-- > 0;) {
        const struct cell *cell = drawn_cell(context, data, data->head[index].drawn, column, &part);
        if (cell != NULL && cell->join == JOIN_NONE) {
            return &data->head[index];
        }
    }
    return NULL;
}

/* A cell that began on an earlier page: its label is repeated at the head of this one. */
static void repeat_label(struct context *context, struct table_data *data, const struct item *item, size_t index,
                         size_t column, struct set_row *row) {
    const struct instance *origin = origin_of(context, data, index, column);
    if (origin == NULL) {
        return;
    }
    struct findings known = {.arena = context->page_arena}, *found = context->found; /* where it began */
    context->found = &known;
    struct set_cell set = set_table_cell(context, data, item, origin, column, 0, 0);
    context->found = found;
    if (set.cell == NULL || set.picture != NULL) {
        return;
    }
    set.again = true;
    row->cells[column] = set;
    if (!cell_goes_on(context, data, row->instance, column) && set.least_mp > row->height_mp) {
        row->height_mp = set.least_mp;
    }
}

static bool began_in_head(const struct context *context, const struct table_data *data, size_t index, size_t column) {
    const struct instance *origin = origin_of(context, data, index, column);
    return origin != NULL && origin >= data->head && origin < data->head + data->head_count;
}

/* A place of the last row that belongs to the cell above. The first row of a page has only the repeated head above it: what began
 * in a row of an earlier page begins anew. */
static void join_above(struct context *context, struct table_data *data, const struct item *item,
                       struct piece_of_table *piece, size_t body_index, size_t column) {
    const size_t row = piece->count - 1, self = row * data->column_count + column;
    bool first = body_index != NO_INDEX && row == piece->head_count;
    if (row > 0 && (!first || began_in_head(context, data, body_index, column))) {
        piece->owner[self] = piece->owner[self - data->column_count];
    } else if (body_index != NO_INDEX) {
        repeat_label(context, data, item, body_index, column, &piece->rows[row]);
    }
}

/* Owners of the places of the row that was added last. */
static void find_owners(struct context *context, struct table_data *data, const struct item *item,
                        struct piece_of_table *piece, size_t body_index) {
    size_t columns = data->column_count, row = piece->count - 1, part;
    struct set_row *set = &piece->rows[row];
    for (size_t column = 0; column < columns; column++) {
        const uint32_t self = (uint32_t)(row * columns + column);
        const struct cell *cell = drawn_cell(context, data, set->instance->drawn, column, &part);
        uint32_t *owner = &piece->owner[self];
        *owner = self;
        if (set->instance->kind == INSTANCE_EMPTY) {
            *owner = (uint32_t)(row * columns);
        } else if (cell != NULL && continues_above(data, cell, set->instance, column)) {
            join_above(context, data, item, piece, body_index, column);
        } else if (cell != NULL && cell->join == JOIN_LEFT && column > 0) {
            *owner = piece->owner[self - 1];
        }
    }
}

/* What a cell that ends with the piece's last row, or goes on below it, lacks in height. */
static int32_t lack_of(const struct table_data *data, const struct piece_of_table *piece, size_t column) {
    const size_t columns = data->column_count, last = piece->count - 1;
    const uint32_t owner = piece->owner[last * columns + column];
    const struct set_row *first = &piece->rows[owner / columns];
    const struct set_cell *cell = &first->cells[owner % columns];
    if (cell->cell == NULL || first->broken_below) {
        return 0;
    }
    int32_t have = 0;
    for (const struct set_row *row = first; row <= &piece->rows[last]; row++) {
        have += row->height_mp;
    }
    return cell->least_mp > have ? cell->least_mp - have : 0;
}

int32_t piece_lacking(const struct context *context, const struct table_data *data, const struct piece_of_table *piece,
                      bool open) {
    const struct set_row *last = &piece->rows[piece->count - 1];
    int32_t most = 0;
    for (size_t column = 0; column < data->column_count; column++) {
        bool begins_here =
            piece->owner[(piece->count - 1) * data->column_count + column] / data->column_count == piece->count - 1;
        bool goes_on = cell_goes_on(context, data, last->instance, column);
        if (goes_on != open || (begins_here && !goes_on)) {
            continue;
        }
        const int32_t lack = lack_of(data, piece, column);
        most = lack > most ? lack : most;
    }
    return most;
}

void piece_add_row(struct context *context, struct table_data *data, const struct item *item,
                   struct piece_of_table *piece, struct set_row row, size_t body_index) {
    size_t columns = data->column_count, capacity = piece->capacity;
    ARENA_GROW(context->page_arena, piece->rows, piece->count, piece->capacity);
    if (piece->capacity != capacity) {
        uint32_t *owner = ARENA_ARRAY(context->page_arena, uint32_t, piece->capacity * columns);
        if (piece->count > 0) {
            memcpy(owner, piece->owner, piece->count * columns * sizeof *owner);
        }
        piece->owner = owner;
    }
    piece->rows[piece->count++] = row;
    find_owners(context, data, item, piece, body_index);
    piece->rows[piece->count - 1].height_mp += piece_lacking(context, data, piece, false);
    piece->height_mp += piece->rows[piece->count - 1].height_mp;
    piece->notes_mp += table_notes_height(context, data, &piece->notes, row.notes_before);
}

/* Notes from one on leave the page, with the row that they came with. */
static void drop_notes(struct context *context, struct table_data *data, struct piece_of_table *piece, size_t from) {
    piece->notes_mp -= table_notes_height(context, data, &piece->notes, from);
    piece->notes.count = from;
}

void piece_take_back(struct context *context, struct table_data *data, struct piece_of_table *piece) {
    const struct set_row *row = &piece->rows[--piece->count];
    piece->height_mp -= row->height_mp;
    drop_notes(context, data, piece, row->notes_before);
    context->found->count = row->found_before;
}

int32_t piece_taken(const struct piece_of_table *piece) {
    return piece->height_mp + piece->notes_mp;
}
