/* columns.c: a list set in columns, filled one after the other; balanced ones end at about the same height. */
#include "compose/kinds.h"

struct columns_data {
    struct items items;
    int32_t count, gap_mp;
    bool balanced;
};
struct columns_plan {
    struct fit *fits;
    int32_t used;
    struct foot *foot;
};

static int32_t column_width(const struct columns_data *data, int32_t width_mp) {
    return (width_mp - (data->count - 1) * data->gap_mp) / data->count;
}

/* Fills the columns to a height; true when the list ends in them. */
static bool fill(const struct context *context, const struct columns_data *data, struct progress from, struct room room,
                 int32_t height_mp, struct columns_plan *plan, int32_t *used_mp, struct progress *next) {
    *used_mp = 0;
    plan->used = 0;
    plan->foot = NULL;
    for (int32_t i = 0; i < data->count; i++) {
        struct room column = room;
        column.width_mp = column_width(data, room.width_mp);
        column.height_mp = height_mp;
        column.foot_apart = true; /* their notes stand below all columns */
        const struct fit fit = list_place(context, &data->items, from, column);
        if (fit.kind == FITS_NOT) {
            return false;
        }
        plan->fits[i] = fit;
        plan->used = i + 1;
        plan->foot = foot_join(context, plan->foot, fit.foot);
        if (fit.height_mp > *used_mp) {
            *used_mp = fit.height_mp;
        }
        if (fit.kind == FITS) {
            return true;
        }
        from = *next = fit.next;
    }
    return false;
}

/* The least height, to half a point, at which all fits: what makes columns end evenly. */
static int32_t balanced_height(const struct context *context, const struct columns_data *data, struct progress from,
                               struct room room, struct columns_plan *plan) {
    int32_t low = 0, high = room.height_mp, used;
    struct progress next = from;
    room.fresh = false;
    while (high - low > MP_PER_PT / 2) {
        const int32_t middle = low + (high - low) / 2;
        if (fill(context, data, from, room, middle, plan, &used, &next)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

static struct progress inner(struct progress from) {
    return (struct progress){
        .item = from.row >> 32, .row = from.row & UINT32_MAX, .lines = from.lines, .shape = from.shape};
}

/* The list's own progress, packed into the row of the item that holds it. */
static struct progress outer(struct progress next) {
    return (struct progress){.row = next.item << 32 | next.row, .lines = next.lines, .shape = next.shape};
}

static struct fit place_columns(const struct context *context, const struct item *item, struct progress from,
                                struct room room) {
    const struct columns_data *data = item->data;
    struct columns_plan *plan = ARENA_NEW(context->page_arena, struct columns_plan);
    plan->fits = ARENA_ARRAY(context->page_arena, struct fit, (size_t)data->count);
    struct progress start = inner(from), next = start;
    int32_t used;
    bool all = fill(context, data, start, room, room.height_mp, plan, &used, &next);
    const int32_t notes = foot_room(plan->foot, room);
    if (notes > 0 && used + notes > room.height_mp) { /* less text, so no more notes */
        room.height_mp -= notes;
        all = fill(context, data, start, room, room.height_mp, plan, &used, &next);
    }
    if (all && data->balanced) {
        const int32_t height = balanced_height(context, data, start, room, plan);
        all = fill(context, data, start, room, height, plan, &used, &next);
    }
    if (plan->used == 0) {
        return (struct fit){.kind = FITS_NOT};
    }
    return (struct fit){
        .kind = all ? FITS : FITS_IN_PART, .height_mp = used, .next = outer(next), .foot = plan->foot, .plan = plan};
}

static void commit_columns(struct context *context, const struct item *item, struct progress from,
                           const struct fit *fit, struct canvas *canvas, struct box box) {
    (void)from;
    const struct columns_data *data = item->data;
    const struct columns_plan *plan = fit->plan;
    const int32_t width = column_width(data, box.width_mp);
    for (int32_t i = 0; i < plan->used; i++) {
        const struct box column = {box.x_mp + i * (width + data->gap_mp), box.y_mp, width, box.height_mp};
        list_commit(context, &data->items, &plan->fits[i], canvas, column);
    }
}

static const struct item_kind columns_kind = {"columns", place_columns, commit_columns};

void build_columns(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct columns_data *data = ARENA_NEW(context->row_arena, struct columns_data);
    data->count = block->columns.count > 0 ? block->columns.count : 2;
    data->gap_mp = block->columns.gap_mp;
    data->balanced = block->columns.balanced;
    struct scope inside = *scope;
    inside.nested = true;
    build_blocks(context, scope_keep(&inside), block->body.items, block->body.count, &data->items);
    items_add(context, scope, out, &columns_kind, block)->data = data;
}
