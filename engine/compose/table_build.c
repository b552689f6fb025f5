/* table_build.c: bands and query rows become one list of row instances, and columns get their widths. */
#include "compose/table.h"

#include <string.h>

#include "base/length.h"

#define AUTO_SAMPLE 2000 /* rows that `auto` looks at */

static const struct item_kind table_kind = {"table", table_place, table_commit};

static struct instance *add_body(struct context *context, struct table_data *data, const struct drawn_row *drawn,
                                 uint32_t band) {
    ARENA_GROW(context->row_arena, data->body, data->body_count, data->body_capacity);
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

static void add_rows(struct context *context, struct table_data *data, const struct drawn_row *rows, size_t count,
                     uint32_t band, uint32_t row, const struct group *group, enum instance_kind kind) {
    const size_t first = data->body_count;
    for (size_t i = 0; i < count; i++) {
        struct instance *instance = add_body(context, data, &rows[i], band);
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

static const struct value *group_cell(const struct context *context, const struct band *band, const struct rows *rows,
                                      size_t row) {
    return &rows->cells[row * rows->columns + context->resolved->values[band->group_value].column];
}

static size_t group_end(struct context *context, const struct band *band, const struct rows *rows, size_t from) {
    if (band->group.n == 0) {
        return rows->count;
    }
    const struct str first = value_text(context->page_arena, group_cell(context, band, rows, from));
    size_t to = from + 1;
    while (to < rows->count && str_eq(value_text(context->page_arena, group_cell(context, band, rows, to)), first)) {
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
static bool print_alike(struct context *context, const struct value *a, const struct value *b) {
    if ((a->kind == VALUE_NULL) != (b->kind == VALUE_NULL)) {
        return false;
    }
    return str_eq(value_text(context->page_arena, a), value_text(context->page_arena, b));
}

/* merge: a column is joined to the row above when it and all merged columns before it print the same. */
static uint64_t merged_columns(struct context *context, const struct band *band, const struct rows *rows, size_t row,
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
        const size_t source = context->resolved->values[value].column;
        if (!print_alike(context, &rows->cells[row * rows->columns + source],
                         &rows->cells[(row - 1) * rows->columns + source])) {
            break;
        }
        merges |= UINT64_C(1) << column;
    }
    return merges;
}

static void add_group(struct context *context, struct table_data *data, uint32_t index, const struct rows *rows,
                      size_t from, size_t to) {
    const struct band *band = &data->table->bands[index];
    struct group group = {(uint32_t)from, (uint32_t)to};
    add_rows(context, data, band->group_head, band->group_head_count, index, group.from, &group, INSTANCE_ROW);
    if (band->group_head_count > 0) {
        data->body[data->body_count - 1].with_next = true; /* a group's head doesn't end a page */
    }
    for (uint32_t row = group.from; row < group.to; row++) {
        const size_t first = data->body_count;
        add_rows(context, data, band->rows, band->row_count, index, row, &group, INSTANCE_ROW);
        if (band->merge_count > 0 && band->row_count == 1) {
            data->body[first].merges = merged_columns(context, band, rows, row, from);
        }
    }
    if (band->group_foot_count > 0 && to > from) {
        data->body[data->body_count - 1].with_next = true; /* nor does its foot begin one */
    }
    add_rows(context, data, band->group_foot, band->group_foot_count, index, group.to - 1, &group, INSTANCE_ROW);
}

static void add_empty(struct context *context, struct table_data *data, uint32_t index) {
    const struct band *band = &data->table->bands[index];
    struct instance *instance = add_body(context, data, &band->rows[0], index);
    instance->kind = INSTANCE_EMPTY;
}

static void add_pads(struct context *context, struct table_data *data, uint32_t index, size_t have) {
    const struct band *band = &data->table->bands[index];
    for (size_t i = have; i < (size_t)band->pad; i++) {
        add_rows(context, data, band->rows, band->row_count, index, NO_ROW, NULL, INSTANCE_PAD);
    }
}

/* Room for the rows of a band at once: growing step by step would leave as much behind as it holds. */
static void reserve_body(struct context *context, struct table_data *data, size_t more) {
    if (data->body_count + more <= data->body_capacity) {
        return;
    }
    struct instance *body = ARENA_ARRAY(context->row_arena, struct instance, data->body_count + more);
    if (data->body_count > 0) {
        memcpy(body, data->body, data->body_count * sizeof *body);
    }
    data->body = body;
    data->body_capacity = data->body_count + more;
}

static void flatten_each(struct context *context, struct table_data *data, uint32_t index) {
    const struct band *band = &data->table->bands[index];
    const struct rows *rows = context_run(context, band->each);
    data->bands[index].rows = rows;
    context->counts.rows_given += rows->count;
    if (band->row_count == 0) {
        context->counts.rows_placed += rows->count; /* only groups are shown */
    }
    data->counted_band = data->counted_band == SIZE_MAX ? index : data->counted_band;
    reserve_body(context, data, rows->count * band->row_count);
    for (size_t from = 0, to; from < rows->count; from = to) {
        to = group_end(context, band, rows, from);
        add_group(context, data, index, rows, from, to);
    }
    size_t have = rows->count;
    if (have == 0 && band->empty.count > 0 && band->row_count > 0) {
        add_empty(context, data, index);
        have = 1;
    }
    add_pads(context, data, index, have);
}

static void flatten_once(struct context *context, struct table_data *data, uint32_t index, struct instance **list,
                         size_t *count) {
    const struct band *band = &data->table->bands[index];
    *list = ARENA_ARRAY(context->row_arena, struct instance, band->row_count + *count);
    for (size_t i = 0; i < band->row_count; i++) {
        (*list)[(*count)++] = (struct instance){.drawn = &band->rows[i], .band = index, .row = NO_ROW};
    }
}

/* A band without a query. The table's foot is never parted from the last row above it, nor in itself. */
static void add_plain(struct context *context, struct table_data *data, uint32_t index) {
    const struct band *band = &data->table->bands[index];
    const size_t from = data->body_count;
    add_rows(context, data, band->rows, band->row_count, index, NO_ROW, NULL, INSTANCE_ROW);
    if (band->kind == BAND_FOOT) {
        for (size_t i = from > 0 ? from - 1 : 0; i + 1 < data->body_count; i++) {
            data->body[i].with_next = true;
        }
    }
}

/* Runs the bands' queries and flattens them. */
static void flatten(struct context *context, struct table_data *data) {
    const struct table *table = data->table;
    data->bands = ARENA_ARRAY(context->row_arena, struct band_rows, table->band_count);
    data->counted_band = SIZE_MAX;
    for (uint32_t i = 0; i < table->band_count; i++) {
        const struct band *band = &table->bands[i];
        if (!context_condition(context, band->when, band->unless)) {
            continue;
        }
        if (band->each != NO_QUERY) {
            flatten_each(context, data, i);
        } else if (band->kind == BAND_HEAD && data->head_count == 0) {
            flatten_once(context, data, i, &data->head, &data->head_count);
        } else if (band->kind == BAND_PAGE_HEAD && data->page_head_count == 0) {
            flatten_once(context, data, i, &data->page_head, &data->page_head_count);
        } else if (band->kind == BAND_PAGE_FOOT && data->page_foot_count == 0) {
            flatten_once(context, data, i, &data->page_foot, &data->page_foot_count);
        } else {
            add_plain(context, data, i);
        }
    }
}

static void put_into_body(struct context *context, struct table_data *data, const struct instance *rows, size_t count,
                          size_t at) {
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
    data->body = body;
    data->body_count = data->body_capacity = data->body_count + count;
}

void table_head_once(struct context *context, struct table_data *data) {
    data->crowding[0] = data->head[0].drawn;
    put_into_body(context, data, data->head, data->head_count, 0);
    data->head_count = 0;
}

void table_foot_once(struct context *context, struct table_data *data) {
    data->crowding[1] = data->page_foot[0].drawn;
    put_into_body(context, data, data->page_foot, data->page_foot_count, data->body_count);
    data->page_foot_count = 0;
}

void table_page_head_once(struct context *context, struct table_data *data, size_t at) {
    data->crowding[2] = data->page_head[0].drawn;
    put_into_body(context, data, data->page_head, data->page_head_count, at);
    data->page_head_count = 0;
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

static void add_table(struct context *context, const struct block *block, struct table_data *data, struct items *out) {
    struct item *item = items_add(context, out, &table_kind, block);
    item->data = data;
    item->before_mp = item->after_mp = MM(1.5);
}

static int32_t flow_width(const struct context *context) {
    const struct page_kind *kind = context->page_kind;
    if (kind->turned) {
        return kind->height_mp - kind->head_mp - kind->foot_mp;
    }
    return kind->width_mp - kind->fore_edge_mp - kind->binding_edge_mp;
}

void build_table(struct context *context, const struct block *block, struct items *out) {
    struct table_data *data = ARENA_NEW(context->row_arena, struct table_data), *parts;
    data->table = block->table;
    table_columns(context, data);
    flatten(context, data);
    table_check_cells(context, data);
    const size_t count = table_split(context, data, flow_width(context), &parts);
    if (count <= 1) {
        add_table(context, block, data, out);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !context->nested) {
            items_add(context, out, NULL, block)->control = ITEM_BREAK;
        }
        add_table(context, block, &parts[i], out);
    }
    context->counts.rows_given += (count - 1) * counted_rows(data); /* each part prints the same rows */
}

/* --- widths ----------------------------------------------------------------------------------------------------------
 */

/* What `auto` columns want and can't do without, over the head and the first rows. */
static void measure_auto(struct context *context, const struct item *item, struct table_data *data, int32_t *natural,
                         int32_t *least) {
    const size_t sample = data->body_count < AUTO_SAMPLE ? data->body_count : AUTO_SAMPLE;
    for (size_t i = 0; i < data->head_count + sample; i++) {
        const struct instance *instance = i < data->head_count ? &data->head[i] : &data->body[i - data->head_count];
        for (size_t column = 0; column < data->column_count; column++) {
            if (data->widths[column].kind != WIDTH_AUTO) {
                continue;
            }
            int32_t wide = 0, narrow = 0;
            measure_table_cell(context, data, item, instance, column, &wide, &narrow);
            natural[column] = wide > natural[column] ? wide : natural[column];
            least[column] = narrow > least[column] ? narrow : least[column];
        }
    }
}

static int64_t sum(const int32_t *numbers, size_t count) {
    int64_t all = 0;
    for (size_t i = 0; i < count; i++) {
        all += numbers[i];
    }
    return all;
}

/* Shares `spare` among columns by their weights; the last one with a weight takes what rounding leaves. */
static void share(int32_t *widths, const int64_t *weights, size_t count, int64_t spare) {
    int64_t all = 0, given = 0;
    size_t last = count;
    for (size_t i = 0; i < count; i++) {
        all += weights[i];
        last = weights[i] > 0 ? i : last;
    }
    for (size_t i = 0; i < count && all > 0; i++) {
        const int64_t part = i == last ? spare - given : spare * weights[i] / all;
        if (weights[i] > 0) {
            widths[i] += (int32_t)part;
            given += part;
        }
    }
}

static void shrink_to(int32_t *widths, size_t count, int64_t available) {
    const int64_t all = sum(widths, count);
    for (size_t i = 0; i < count && all > 0; i++) {
        widths[i] = (int32_t)(widths[i] * available / all);
    }
}

/* One long value without a place to break must not squeeze its neighbours to a character. Where the widths that can't be done without leave
 * one of them less than it asks for, or than 18 mm (half of its share, where columns are many), room is shared by what all ask for: the
 * long value is broken inside. */
static void cap_least(const struct table_data *data, const int32_t *natural, int32_t *least, int64_t spare) {
    size_t fractions = 0, autos = 0;
    for (size_t i = 0; i < data->column_count; i++) {
        fractions += data->widths[i].kind == WIDTH_FRACTION;
        autos += data->widths[i].kind == WIDTH_AUTO;
    }
    const int64_t half = spare / (int64_t)(2 * (fractions + autos));
    const int32_t comfortable = half > MM(18) ? MM(18) : half > 0 ? (int32_t)half : 0;
    const int64_t room = spare - (int64_t)fractions * comfortable;
    int64_t needed = 0;
    for (size_t i = 0; i < data->column_count; i++) {
        const int32_t asked = natural[i] < comfortable ? natural[i] : comfortable;
        needed += least[i] > asked ? least[i] : asked;
    }
    if (needed <= room || room <= 0) {
        return;
    }
    const int32_t level = widest_allowed(natural, data->column_count, (int32_t)room);
    for (size_t i = 0; i < data->column_count; i++) {
        least[i] = natural[i] < level ? natural[i] : level;
    }
}

static void reckon_widths(struct context *context, struct item *item, struct table_data *data, int64_t available) {
    size_t count = data->column_count;
    int32_t *widths = data->column_mp;
    int32_t *natural = ARENA_ARRAY(context->row_arena, int32_t, count),
            *least = ARENA_ARRAY(context->row_arena, int32_t, count);
    int64_t *fractions = ARENA_ARRAY(context->row_arena, int64_t, count),
            *autos = ARENA_ARRAY(context->row_arena, int64_t, count);
    bool any_auto = false, any_fraction = false;
    for (size_t i = 0; i < count; i++) {
        widths[i] = data->widths[i].kind == WIDTH_FIXED ? data->widths[i].number : 0;
        fractions[i] = data->widths[i].kind == WIDTH_FRACTION ? data->widths[i].number : 0;
        any_fraction |= fractions[i] > 0;
        any_auto |= data->widths[i].kind == WIDTH_AUTO;
    }
    if (any_auto) {
        measure_auto(context, item, data, natural, least);
    }
    int64_t spare = available - sum(widths, count);
    bool room_for_natural = sum(natural, count) <= spare;
    if (any_auto && !room_for_natural) {
        cap_least(data, natural, least, spare);
    }
    for (size_t i = 0; i < count; i++) {
        widths[i] += room_for_natural ? natural[i] : least[i];
        autos[i] = room_for_natural ? natural[i] : natural[i] - least[i];
    }
    spare = available - sum(widths, count);
    if (spare > 0 && (any_fraction || any_auto)) {
        share(widths, any_fraction ? fractions : autos, count, spare);
    }
}

/* A fraction column needs at least this much, or the table counts as too wide. */
static bool too_wide(const struct table_data *data, int64_t available) {
    for (size_t i = 0; i < data->column_count; i++) {
        if (data->column_mp[i] < MM(3) && data->widths[i].kind != WIDTH_FIXED) {
            return true;
        }
    }
    return sum(data->column_mp, data->column_count) > available + MP_PER_PT / 10;
}

static void make_narrower(struct table_data *data, int64_t available) {
    for (size_t i = 0; i < data->column_count; i++) {
        if (data->column_mp[i] < MM(8) && data->widths[i].kind != WIDTH_FIXED) {
            data->column_mp[i] = MM(8);
        }
    }
    shrink_to(data->column_mp, data->column_count, available);
}

void table_widths(struct context *context, struct item *item, struct table_data *data, int32_t width_mp) {
    const struct table *table = data->table;
    if (data->width_mp == width_mp) {
        return;
    }
    data->width_mp = width_mp;
    data->x_mp = ARENA_ARRAY(context->row_arena, int32_t, data->column_count + 1);
    data->column_mp = ARENA_ARRAY(context->row_arena, int32_t, data->column_count);
    const int64_t available = width_mp - (int64_t)table->gap_mp * ((int64_t)data->column_count - 1);
    reckon_widths(context, item, data, available);
    data->narrow = too_wide(data, available);
    if (data->narrow) {
        make_narrower(data, available);
    }
    for (size_t i = 0; i < data->column_count; i++) {
        data->x_mp[i + 1] = data->x_mp[i] + data->column_mp[i] + (i + 1 < data->column_count ? table->gap_mp : 0);
    }
}
