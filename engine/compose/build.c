/* build.c: blocks that hold blocks become a flat list of items.
 *
 * Sections, groups, `each`, `keep` and `preprinted` leave no item of their own: what they mean (numbers, rows around, a
 * kept neighbourhood, a layer) is written on the items inside. So flow sees one list, and breaks anywhere in it. */
#include "compose/kinds.h"

struct item *items_add(struct context *context, struct items *items, const struct item_kind *kind,
                       const struct block *block) {
    ARENA_GROW(context->row_arena, items->list, items->count, items->capacity);
    struct item *item = &items->list[items->count++];
    *item = (struct item){
        .kind = kind,
        .block = block,
        .stack = context->stack,
        .each = context->each,
        .layer = context->layer,
        .keep = context->keep,
        .element = ++context->element,
    };
    return item;
}

void build_blocks(struct context *context, const struct block *blocks, size_t count, struct items *out) {
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &blocks[i];
        if (!context_condition(context, block->when, block->unless)) {
            continue;
        }
        if (block->has_at) {
            build_fixed(context, block, out);
        } else {
            kind_builder(block->kind)(context, block, out);
        }
    }
}

void build_group(struct context *context, const struct block *block, struct items *out) {
    build_blocks(context, block->body.items, block->body.count, out);
}

void build_keep(struct context *context, const struct block *block, struct items *out) {
    const uint32_t outer = context->keep;
    context->keep = outer ? outer : ++context->last_keep; /* a keep inside a keep is the outer one */
    build_blocks(context, block->body.items, block->body.count, out);
    context->keep = outer;
}

void build_preprinted(struct context *context, const struct block *block, struct items *out) {
    const enum layer outer = context->layer;
    context->layer = LAYER_PREPRINTED;
    build_blocks(context, block->body.items, block->body.count, out);
    context->layer = outer;
}

void build_each(struct context *context, const struct block *block, struct items *out) {
    const struct rows *rows = context_run(context, block->each.query);
    const struct each_frame *outer = context->each;
    const uint32_t query = context->layout->query_uses[block->each.query].query;
    context->counts.rows_given += rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct value *row = &rows->cells[i * rows->columns];
        if (context->resolved->asks_for_rows) {
            const struct each_frame frame = {outer, query, row};
            context->each = arena_copy(context->row_arena, &frame, sizeof frame);
        }
        context_push(context, row);
        build_blocks(context, block->body.items, block->body.count, out);
        context_pop(context);
        context->counts.rows_placed++;
    }
    context->each = outer;
}

void build_page(struct context *context, const struct block *block, struct items *out) {
    if (context->nested) {
        context_tell(context, DIAG_C510, block->place, STR_NONE, STR_NONE);
        return;
    }
    struct item *item = items_add(context, out, NULL, block);
    item->keep = 0;
    switch (block->page.what) {
    case PAGE_BREAK:
        item->control = ITEM_BREAK;
        break;
    case PAGE_RECTO:
        item->control = ITEM_RECTO;
        break;
    case PAGE_VERSO:
        item->control = ITEM_VERSO;
        break;
    case PAGE_KIND:
        item->control = ITEM_PAGE_KIND;
        item->page_kind = &context->layout->pages[block->page.kind_index];
        context->page_kind = item->page_kind;
        break;
    }
}
