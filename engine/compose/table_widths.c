/* table_widths.c: columns get their widths, for a room.
 *
 * Fixed widths come first. `auto` columns get what their widest cell asks for, over the head and the first rows, where there is
 * room for all of it; else what they can't do without, and a share of what is left. Fractions share the rest. A table that
 * has still more than the room is made narrower, and that is told. */
#include "compose/segment.h"

#include "compose/kinds.h"

#define AUTO_SAMPLE 2000 /* rows that `auto` looks at */

/* What `auto` columns want and can't do without, over the head and the first rows. */
static void measure_auto(const struct setting *setting, int32_t *natural, int32_t *least) {
    const struct table_data *data = setting->data;
    const size_t sample = data->body_count < AUTO_SAMPLE ? data->body_count : AUTO_SAMPLE;
    for (size_t i = 0; i < data->head_count + sample; i++) {
        const struct instance *instance = i < data->head_count ? &data->head[i] : &data->body[i - data->head_count];
        for (size_t column = 0; column < data->column_count; column++) {
            if (data->widths[column].kind != WIDTH_AUTO) {
                continue;
            }
            int32_t wide = 0, narrow = 0;
            measure_table_cell(setting, instance, column, &wide, &narrow);
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
        const int64_t own = i == last ? spare - given : spare * weights[i] / all;
        if (weights[i] > 0) {
            widths[i] += (int32_t)own;
            given += own;
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

static void reckon_widths(const struct setting *setting, int64_t available, int32_t *widths) {
    const struct table_data *data = setting->data;
    struct arena *arena = setting->scope.arena;
    size_t count = data->column_count;
    int32_t *natural = ARENA_ARRAY(arena, int32_t, count), *least = ARENA_ARRAY(arena, int32_t, count);
    int64_t *fractions = ARENA_ARRAY(arena, int64_t, count), *autos = ARENA_ARRAY(arena, int64_t, count);
    bool any_auto = false, any_fraction = false;
    for (size_t i = 0; i < count; i++) {
        widths[i] = data->widths[i].kind == WIDTH_FIXED ? data->widths[i].number : 0;
        fractions[i] = data->widths[i].kind == WIDTH_FRACTION ? data->widths[i].number : 0;
        any_fraction |= fractions[i] > 0;
        any_auto |= data->widths[i].kind == WIDTH_AUTO;
    }
    if (any_auto) {
        measure_auto(setting, natural, least);
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
static bool too_wide(const struct table_data *data, const int32_t *widths, int64_t available) {
    for (size_t i = 0; i < data->column_count; i++) {
        if (widths[i] < MM(3) && data->widths[i].kind != WIDTH_FIXED) {
            return true;
        }
    }
    return sum(widths, data->column_count) > available + MP_PER_PT / 10;
}

static void make_narrower(const struct table_data *data, int32_t *widths, int64_t available) {
    for (size_t i = 0; i < data->column_count; i++) {
        if (widths[i] < MM(8) && data->widths[i].kind != WIDTH_FIXED) {
            widths[i] = MM(8);
        }
    }
    shrink_to(widths, data->column_count, available);
}

static void set_widths(const struct context *context, const struct item *item, struct table_set *set) {
    const struct table_data *data = item->data;
    const int32_t gap_mp = data->table->gap_mp;
    const int64_t available = set->width_mp - (int64_t)gap_mp * ((int64_t)data->column_count - 1);
    struct findings known = {.arena = context->page_arena}; /* told when the rows are set */
    const struct setting setting = setting_create(item, data, NULL, context->page_arena, NULL, &known);
    reckon_widths(&setting, available, set->column_mp);
    set->narrow = too_wide(data, set->column_mp, available);
    if (set->narrow) {
        make_narrower(data, set->column_mp, available);
    }
    for (size_t i = 0; i < data->column_count; i++) {
        set->x_mp[i + 1] = set->x_mp[i] + set->column_mp[i] + (i + 1 < data->column_count ? gap_mp : 0);
    }
}

const struct table_set *table_widths(const struct context *context, const struct item *item, int32_t width_mp) {
    const struct table_data *data = item->data;
    const struct table_set *found = measure_find(item->measure, width_mp);
    if (found != NULL) {
        return found;
    }
    struct table_set *set = ARENA_NEW(context->row_arena, struct table_set);
    set->width_mp = width_mp;
    set->x_mp = ARENA_ARRAY(context->row_arena, int32_t, data->column_count + 1);
    set->column_mp = ARENA_ARRAY(context->row_arena, int32_t, data->column_count);
    set_widths(context, item, set);
    measure_keep(item->measure, width_mp, set);
    return set;
}
