/* fixed.c: blocks with `at`: placed by millimetres from the paper's edge, beside the flow.
 *
 * In a height the block stands at its top, middle or bottom (valign). With a height and `fit: shrink SIZE` the type is set
 * smaller in steps of half a point until all fits; what is still too much is told, and printed all the same. */
#include "compose/kinds.h"

static void build_inside(struct context *context, const struct scope *scope, const struct block *block,
                         struct items *out) {
    struct block inside = *block;
    inside.has_at = block->kind == BLOCK_FRAME; /* a frame reads its own place */
    inside.when = inside.unless = NO_QUERY;
    const struct block *kept = arena_copy(context->row_arena, &inside, sizeof inside);
    if (block->kind == BLOCK_FRAME) {
        build_frame(context, scope, kept, out);
        return;
    }
    build_blocks(context, scope, kept, 1, out);
}

static struct room room_of(const struct block *block) {
    const int32_t height = block->at_mp[3] > 0 ? block->at_mp[3] : INT32_MAX / 4;
    return (struct room){.width_mp = block->at_mp[2] > 0 ? block->at_mp[2] : INT32_MAX / 4,
                         .height_mp = height,
                         .fresh = true,
                         .page_height_mp = height};
}

static bool all_fits(const struct context *context, const struct items *items, struct room room) {
    const struct arena_mark mark = arena_mark(context->page_arena);
    const struct fit fit = list_place(context, items, (struct progress){0}, room);
    arena_release(context->page_arena, mark);
    return fit.kind == FITS && fit.height_mp <= room.height_mp;
}

static int32_t larger(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* The largest type size among the lines of a text, or of the texts inside; 0: there is none. */
static int32_t size_of_texts(const struct context *context, const struct block *block) {
    int32_t size = 0;
    for (size_t i = 0; block->kind == BLOCK_TEXT && i < block->text.text.count; i++) {
        const uint32_t style = block->text.text.lines[i].style;
        size = larger(size,
                      style == NO_STYLE ? context->resolved->body->size_mp : context->resolved->styles[style].size_mp);
    }
    for (size_t i = 0; i < block->body.count; i++) {
        size = larger(size, size_of_texts(context, &block->body.items[i]));
    }
    return size;
}

/* The size that the steps are counted from. */
static int32_t largest_size(const struct context *context, const struct block *block) {
    const int32_t size = size_of_texts(context, block);
    return size > 0 ? size : context->resolved->body->size_mp;
}

/* Of the sizes that are tried only the last one adds to the document, and tells what it found. The first is tried even where it is
 * below the least: nothing is left out. */
static void build_shrinking(struct context *context, const struct scope *scope, const struct block *block,
                            struct items *out) {
    const struct made made = context->made;
    const int32_t size = largest_size(context, block);
    struct findings found = {.arena = context->row_arena};
    struct scope inside = *scope;
    inside.found = &found;
    for (int32_t step = size; step == size || step >= block->fit_min_mp; step -= PT(0.5)) {
        inside.scale = (int32_t)((int64_t)scope->scale * step / size);
        context->made = made;
        *out = (struct items){0};
        found.count = 0;
        found.incomplete = false;
        build_inside(context, scope_keep(&inside), block, out);
        if (all_fits(context, out, room_of(block))) {
            break;
        }
    }
    findings_join(scope->found, &found);
}

void build_fixed(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct items *items = ARENA_NEW(context->row_arena, struct items);
    struct scope inside = *scope;
    inside.nested = inside.boxed = true;
    if (block->fit_min_mp > 0 && block->at_mp[3] > 0) {
        build_shrinking(context, &inside, block, items);
    } else {
        build_inside(context, scope_keep(&inside), block, items);
    }
    struct item *item = items_add(context, scope, out, NULL, block);
    item->control = ITEM_FIXED;
    item->data = items;
}

void commit_fixed(struct context *context, const struct item *item, struct canvas *canvas) {
    const struct items *items = item->data;
    const struct block *block = item->block;
    const struct box trim = context->paper.trim; /* of a turned page as it is read */
    struct room room = room_of(block);
    if (block->at_mp[2] <= 0) {
        room.width_mp = trim.width_mp - 2 * block->at_mp[0] > 0 ? trim.width_mp - 2 * block->at_mp[0]
                                                                : trim.width_mp - block->at_mp[0];
    }
    struct fit fit = list_place(context, items, (struct progress){0}, room);
    if (fit.kind != FITS) { /* printed all the same: what is cut would be lost */
        context_tell(context, DIAG_C509, block->place, STR_NONE, STR_NONE);
        room.height_mp = room.page_height_mp = INT32_MAX / 4;
        fit = list_place(context, items, (struct progress){0}, room);
    }
    const int32_t spare = block->at_mp[3] > fit.height_mp ? block->at_mp[3] - fit.height_mp : 0;
    const int32_t down_mp = block->at_valign == 0 ? 0 : block->at_valign == 1 ? spare / 2 : spare;
    const struct box box = {trim.x_mp + block->at_mp[0], trim.y_mp + block->at_mp[1] + down_mp, room.width_mp,
                            fit.height_mp};
    list_commit(context, items, &fit, canvas, box);
}
