/* table_build.c: bands and query rows become one list of row instances.
 *
 *     band of a query, two rows drawn         instances
 *     │ {name} │ {day} │   row 0, 1, 2 …      row 0 drawn 0, row 0 drawn 1, row 1 drawn 0, row 1 drawn 1 …
 *     │ {remark}       │
 *
 * Heads and feet that repeat are lists of their own. */
#include "compose/table.h"

#include <string.h>

#include "compose/kinds.h"

static const struct item_kind table_kind = {"table", table_place, table_commit};

static struct instance *add_body(const struct scope *scope, struct table_data *data, const struct drawn_row *drawn,
                                 uint32_t band) {
    ARENA_GROW(scope->context->row_arena, data->body, data->body_count, data->body_capacity);
    struct instance *instance = &data->body[data->body_count++];
    *instance = (struct instance){.drawn = drawn, .band = band, .row = NO_ROW};
    return instance;
}

/* Does a cell of this row join one above it? Then the two rows belong together. */
static bool joins_up(const struct drawn_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].join == JOIN_UP) {
            return true;
        }
    }
    return false;
}

static void mark_joined(struct table_data *data, size_t first, const struct drawn_row *rows, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (joins_up(&rows[i])) {
            data->body[first + i - 1].with_next = true;
        }
    }
}

struct group {
    uint32_t from, to;
};

static void add_rows(const struct scope *scope, struct table_data *data, const struct drawn_row *rows, size_t count,
                     uint32_t band, uint32_t row, const struct group *group, enum instance_kind kind) {
    const size_t first = data->body_count;
    for (size_t i = 0; i < count; i++) {
        struct instance *instance = add_body(scope, data, &rows[i], band);
        instance->row = row;
        instance->kind = (uint8_t)kind;
        if (group != NULL) {
            instance->group_from = group->from;
            instance->group_to = group->to;
        }
        instance->shaded = data->table->zebra != NO_COLOUR && row != NO_ROW && row % 2 == 1;
    }
    mark_joined(data, first, rows, count);
}

static const struct value *group_cell(const struct scope *scope, const struct band *band, const struct rows *rows,
                                      size_t row) {
    return &rows->cells[row * rows->columns + scope->context->resolved->values[band->group_value].column];
}

static size_t group_end(const struct scope *scope, const struct band *band, const struct rows *rows, size_t from) {
    if (band->group.n == 0) {
        return rows->count;
    }
    const struct str first = value_text(scope->context->page_arena, group_cell(scope, band, rows, from));
    size_t to = from + 1;
    while (to < rows->count &&
           str_eq(value_text(scope->context->page_arena, group_cell(scope, band, rows, to)), first)) {
        to++;
    }
    return to;
}

static uint32_t template_value(const struct template *text) {
    for (size_t i = 0; i < text->count; i++) {
        for (size_t j = 0; j < text->lines[i].count; j++) {
            if (text->lines[i].pieces[j].kind == PIECE_VALUE) {
                return text->lines[i].pieces[j].value;
            }
        }
    }
    return UINT32_MAX;
}

/* What isn't known (—) is unlike what there is none of (无). */
static bool print_alike(const struct scope *scope, const struct value *a, const struct value *b) {
    if ((a->kind == VALUE_NULL) != (b->kind == VALUE_NULL)) {
        return false;
    }
    return str_eq(value_text(scope->context->page_arena, a), value_text(scope->context->page_arena, b));
}

/* merge: a column is joined to the row above when it and all merged columns before it print the same. */
static uint64_t merged_columns(const struct scope *scope, const struct band *band, const struct rows *rows, size_t row,
                               size_t group_from) {
    uint64_t merges = 0;
    if (row == group_from || band->row_count != 1) {
        return 0;
    }
    for (size_t i = 0; i < band->merge_count; i++) {
        const uint32_t column = band->merge[i];
        if (column >= band->rows[0].count || column >= 64) {
            break;
        }
        const uint32_t value = template_value(&band->rows[0].cells[column].text);
        if (value == UINT32_MAX) {
            break;
        }
        const size_t source = scope->context->resolved->values[value].column;
        if (!print_alike(scope, &rows->cells[row * rows->columns + source],
                         &rows->cells[(row - 1) * rows->columns + source])) {
            break;
        }
        merges |= UINT64_C(1) << column;
    }
    return merges;
}

static void add_group(const struct scope *scope, struct table_data *data, uint32_t index, const struct rows *rows,
                      size_t from, size_t to) {
    const struct band *band = &data->table->bands[index];
    struct group group = {(uint32_t)from, (uint32_t)to};
    add_rows(scope, data, band->group_head, band->group_head_count, index, group.from, &group, INSTANCE_ROW);
    if (band->group_head_count > 0) {
        data->body[data->body_count - 1].with_next = true; /* a group's head doesn't end a page */
    }
    for (uint32_t row = group.from; row < group.to; row++) {
        const size_t first = data->body_count;
        add_rows(scope, data, band->rows, band->row_count, index, row, &group, INSTANCE_ROW);
        if (band->merge_count > 0 && band->row_count == 1) {
            data->body[first].merges = merged_columns(scope, band, rows, row, from);
        }
    }
    if (band->group_foot_count > 0 && to > from) {
        data->body[data->body_count - 1].with_next = true; /* nor does its foot begin one */
    }
    add_rows(scope, data, band->group_foot, band->group_foot_count, index, group.to - 1, &group, INSTANCE_ROW);
}

static void add_empty(const struct scope *scope, struct table_data *data, uint32_t index) {
    const struct band *band = &data->table->bands[index];
    struct instance *instance = add_body(scope, data, &band->rows[0], index);
    instance->kind = INSTANCE_EMPTY;
}

static void add_pads(const struct scope *scope, struct table_data *data, uint32_t index, size_t have) {
    const struct band *band = &data->table->bands[index];
    for (size_t i = have; i < (size_t)band->pad; i++) {
        add_rows(scope, data, band->rows, band->row_count, index, NO_ROW, NULL, INSTANCE_PAD);
    }
}

/* Room for the rows of a band at once: growing step by step would leave as much behind as it holds. */
static void reserve_body(const struct scope *scope, struct table_data *data, size_t more) {
    if (data->body_count + more <= data->body_capacity) {
        return;
    }
    struct instance *body = ARENA_ARRAY(scope->context->row_arena, struct instance, data->body_count + more);
    if (data->body_count > 0) {
        memcpy(body, data->body, data->body_count * sizeof *body);
    }
    data->body = body;
    data->body_capacity = data->body_count + more;
}

static void flatten_each(struct context *context, const struct scope *scope, struct table_data *data, uint32_t index) {
    const struct band *band = &data->table->bands[index];
    const struct rows *rows = scope_rows_kept(scope, band->each);
    data->bands[index].rows = rows;
    context->made.counts.rows_given += rows->count;
    if (band->row_count == 0) {
        context->made.counts.rows_placed += rows->count; /* only groups are shown */
    }
    data->counted_band = data->counted_band == NO_INDEX ? index : data->counted_band;
    reserve_body(scope, data, rows->count * band->row_count);
    for (size_t from = 0, to; from < rows->count; from = to) {
        to = group_end(scope, band, rows, from);
        add_group(scope, data, index, rows, from, to);
    }
    size_t have = rows->count;
    if (have == 0 && band->empty.count > 0 && band->row_count > 0) {
        add_empty(scope, data, index);
        have = 1;
    }
    add_pads(scope, data, index, have);
}

static void flatten_once(const struct scope *scope, struct table_data *data, uint32_t index, struct instance **list,
                         size_t *count) {
    const struct band *band = &data->table->bands[index];
    *list = ARENA_ARRAY(scope->context->row_arena, struct instance, band->row_count + *count);
    for (size_t i = 0; i < band->row_count; i++) {
        (*list)[(*count)++] = (struct instance){.drawn = &band->rows[i], .band = index, .row = NO_ROW};
    }
}

/* A band without a query. The table's foot is never parted from the last row above it, nor in itself. */
static void add_plain(const struct scope *scope, struct table_data *data, uint32_t index) {
    const struct band *band = &data->table->bands[index];
    const size_t from = data->body_count;
    add_rows(scope, data, band->rows, band->row_count, index, NO_ROW, NULL, INSTANCE_ROW);
    if (band->kind == BAND_FOOT) {
        for (size_t i = from > 0 ? from - 1 : 0; i + 1 < data->body_count; i++) {
            data->body[i].with_next = true;
        }
    }
}

/* Runs the bands' queries and flattens them. */
static void flatten(struct context *context, const struct scope *scope, struct table_data *data) {
    const struct table *table = data->table;
    data->bands = ARENA_ARRAY(scope->context->row_arena, struct band_rows, table->band_count);
    data->counted_band = NO_INDEX;
    for (uint32_t i = 0; i < table->band_count; i++) {
        const struct band *band = &table->bands[i];
        if (!scope_holds(scope, band->when, band->unless)) {
            continue;
        }
        if (band->each != NO_QUERY) {
            flatten_each(context, scope, data, i);
        } else if (band->kind == BAND_HEAD && data->head_count == 0) {
            flatten_once(scope, data, i, &data->head, &data->head_count);
        } else if (band->kind == BAND_PAGE_HEAD && data->page_head_count == 0) {
            flatten_once(scope, data, i, &data->page_head, &data->page_head_count);
        } else if (band->kind == BAND_PAGE_FOOT && data->page_foot_count == 0) {
            flatten_once(scope, data, i, &data->page_foot, &data->page_foot_count);
        } else {
            add_plain(scope, data, i);
        }
    }
}

/* A copy with rows in its body, before row `at`. */
static struct table_data *put_into_body(const struct context *context, const struct table_data *data,
                                        const struct instance *rows, size_t count, size_t at) {
    struct table_data *shape = arena_copy(context->row_arena, data, sizeof *data);
    struct instance *body = ARENA_ARRAY(context->row_arena, struct instance, data->body_count + count);
    if (at > 0) {
        memcpy(body, data->body, at * sizeof *body);
    }
    memcpy(body + at, rows, count * sizeof *body);
    for (size_t i = 1; i < count; i++) {
        body[at + i - 1].with_next = joins_up(body[at + i].drawn);
    }
    if (data->body_count > at) {
        memcpy(body + at + count, data->body + at, (data->body_count - at) * sizeof *body);
    }
    shape->body = body;
    shape->body_count = shape->body_capacity = data->body_count + count;
    return shape;
}

const struct table_data *table_head_once(const struct context *context, const struct table_data *data) {
    struct table_data *shape = put_into_body(context, data, data->head, data->head_count, 0);
    shape->crowding[CROWDING_HEAD] = data->head[0].drawn;
    shape->head_count = 0;
    return shape;
}

const struct table_data *table_page_foot_once(const struct context *context, const struct table_data *data) {
    struct table_data *shape = put_into_body(context, data, data->page_foot, data->page_foot_count, data->body_count);
    shape->crowding[CROWDING_PAGE_FOOT] = data->page_foot[0].drawn;
    shape->page_foot_count = 0;
    return shape;
}

const struct table_data *table_page_head_once(const struct context *context, const struct table_data *data, size_t at) {
    struct table_data *shape = put_into_body(context, data, data->page_head, data->page_head_count, at);
    shape->crowding[CROWDING_PAGE_HEAD] = data->page_head[0].drawn;
    shape->page_head_count = 0;
    return shape;
}

/* Rows that the commit of all instances counts as placed. */
static size_t counted_rows(const struct table_data *data) {
    size_t count = 0;
    for (uint32_t i = 0; i < data->table->band_count; i++) {
        if (data->bands[i].rows != NULL && data->table->bands[i].row_count > 0) {
            count += data->bands[i].rows->count;
        }
    }
    return count;
}

static void add_table(struct context *context, const struct scope *scope, const struct block *block,
                      const struct table_data *data, struct items *out) {
    struct item *item = items_add(context, scope, out, &table_kind, block);
    item->data = data;
    item->before_mp = item->after_mp = MM(1.5);
}

static int32_t flow_width(const struct context *context) {
    const struct page_kind *kind = context->made.page_kind;
    if (kind->turned) {
        return kind->height_mp - kind->head_mp - kind->foot_mp;
    }
    return kind->width_mp - kind->fore_edge_mp - kind->binding_edge_mp;
}

struct table_data *table_with_rows(struct context *context, const struct scope *scope, const struct table *table) {
    struct table_data *data = ARENA_NEW(context->row_arena, struct table_data);
    data->table = table;
    data->told = ARENA_NEW(context->row_arena, struct table_told);
    table_columns(scope, data);
    flatten(context, scope, data);
    table_check_cells(scope, data);
    return data;
}

void build_table(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct table_data *data = table_with_rows(context, scope, block->table), *strips;
    const size_t count = table_split(context, data, flow_width(context), &strips);
    if (count <= 1) {
        add_table(context, scope, block, data, out);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !scope->nested) {
            items_add(context, scope, out, NULL, block)->control = ITEM_BREAK;
        }
        add_table(context, scope, block, &strips[i], out);
    }
    context->made.counts.rows_given += (count - 1) * counted_rows(data); /* each strip prints the same rows */
}
