/* build.c: blocks that hold blocks become a flat list of items.
 *
 * Sections, groups, `each`, `keep` and `preprinted` leave no item of their own: what they mean (numbers, rows around, a
 * kept neighbourhood, a layer) is written on the items inside. So flow sees one list, and breaks anywhere in it. */
#include "compose/kinds.h"

struct item *items_add(struct context *context, const struct scope *scope, struct items *items,
                       const struct item_kind *kind, const struct block *block) {
    ARENA_GROW(context->row_arena, items->list, items->count, items->capacity);
    struct item *item = &items->list[items->count++];
    *item = (struct item){
        .kind = kind,
        .block = block,
        .measure = ARENA_NEW(context->row_arena, struct measure),
        .scope = scope,
        .keep = scope->keep,
        .element = ++context->made.element,
    };
    return item;
}

bool item_breaks(const struct item *item) {
    return item->control != ITEM_PLACED && item->control != ITEM_FIXED;
}

void build_blocks(struct context *context, const struct scope *scope, const struct block *blocks, size_t count,
                  struct items *out) {
    for (size_t i = 0; i < count; i++) {
        const struct block *block = &blocks[i];
        if (!scope_holds(scope, block->when, block->unless)) {
            continue;
        }
        if (block->has_at) {
            build_fixed(context, scope, block, out);
        } else {
            kind_builder(block->kind)(context, scope, block, out);
        }
    }
}

void build_group(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    build_blocks(context, scope, block->body.items, block->body.count, out);
}

/* A keep inside a keep is the outer one. */
void build_keep(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct scope inside = *scope;
    inside.keep = scope->keep != 0 ? scope->keep : ++context->made.keep;
    build_group(context, scope_keep(&inside), block, out);
}

void build_preprinted(struct context *context, const struct scope *scope, const struct block *block,
                      struct items *out) {
    struct scope inside = *scope;
    inside.layer = LAYER_PREPRINTED;
    build_group(context, scope_keep(&inside), block, out);
}

/* The scope of a row; `frame` only where a header or footer asks for it. */
static const struct scope *scope_of_row(const struct scope *scope, uint32_t query, const struct value *row) {
    struct scope inside = *scope;
    if (scope->context->resolved->asks_for_rows) {
        const struct each_frame frame = {scope->each, query, row};
        inside.each = arena_copy(scope->context->row_arena, &frame, sizeof frame);
    }
    scope_push(&inside, row);
    return scope_keep(&inside);
}

void build_each(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    const struct rows *rows = scope_rows_kept(scope, block->each.query);
    const uint32_t query = context->layout->query_uses[block->each.query].query;
    context->made.counts.rows_given += rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct value *row = &rows->cells[i * rows->columns];
        build_blocks(context, scope_of_row(scope, query, row), block->body.items, block->body.count, out);
        context->made.counts.rows_placed++;
    }
}

void build_page(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    if (scope->nested) {
        findings_add(scope->found, DIAG_C510, block->place, STR_NONE, STR_NONE);
        return;
    }
    struct item *item = items_add(context, scope, out, NULL, block);
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
        context->made.page_kind = item->page_kind;
        break;
    }
}
