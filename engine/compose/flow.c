/* flow.c: items one below the other, in a room: a page's type area, a column, a box.
 *
 * list_place goes forward and asks each item to place itself into what is left. Where one does not fit, the list ends
 * before it, or further back: before the headings that must stay with it, before the items that are kept with it. In a
 * fresh room that would leave nothing, so there the break falls where it falls: a kept block taller than a page is
 * broken, never dropped, and no page stays empty for ever.
 *
 * Invariants: a list that is placed into a fresh room makes progress; list_commit emits each entry of the plan once. */
#include "compose/flow.h"

#include <assert.h>

struct entry {
    size_t item;
    struct progress from;
    struct fit fit;
    int32_t y_mp;
};
struct list_plan {
    struct entry *entries;
    size_t count, capacity;
};

static int32_t larger(int32_t a, int32_t b) {
    return a > b ? a : b;
}

static void plan_add(struct context *context, struct list_plan *plan, struct entry entry) {
    ARENA_GROW(context->page_arena, plan->entries, plan->count, plan->capacity);
    plan->entries[plan->count++] = entry;
}

/* Must what stands in entry `index` be on the page of the item that follows it in the list? */
static bool holds_next(const struct items *items, const struct list_plan *plan, size_t index) {
    const struct item *item = &items->list[plan->entries[index].item];
    const struct item *next = item + 1 < items->list + items->count ? item + 1 : NULL;
    if (item->control == ITEM_FIXED)
        return false;
    return item->keep_with_next || (next && item->keep != 0 && item->keep == next->keep);
}

/* How many entries stay when the item behind the last one goes to the next page. */
static size_t entries_that_stay(const struct items *items, const struct list_plan *plan) {
    size_t stay = plan->count;
    while (stay > 0 && holds_next(items, plan, stay - 1))
        stay--;
    return stay;
}

static int32_t height_of(const struct list_plan *plan) {
    for (size_t i = plan->count; i-- > 0;)
        if (plan->entries[i].fit.height_mp > 0)
            return plan->entries[i].y_mp + plan->entries[i].fit.height_mp;
    return 0;
}

static struct fit part(struct list_plan *plan, struct progress next) {
    return (struct fit){.kind = FITS_IN_PART, .height_mp = height_of(plan), .next = next, .plan = plan};
}

static void tell_keep(struct context *context, const struct items *items, size_t index) {
    const struct item *item = &items->list[index];
    if (item->keep == 0 || index == 0 || items->list[index - 1].keep != item->keep || context->told_keep)
        return;
    context->told_keep = true;
    context_tell(context, DIAG_C526, item->block->place, STR_NONE, STR_NONE);
}

/* The item behind the plan's entries did not fit, or only a piece of it (`piece`): where does the list end? */
static struct fit end_before(struct items *items, struct list_plan *plan, struct progress first, size_t index,
                             bool fresh, const struct entry *piece, struct context *context) {
    size_t stay = plan->count;
    bool kept = piece && items->list[index].keep != 0;
    if (!piece || kept)
        stay = entries_that_stay(items, plan);
    bool all_leave = stay == 0;
    if (all_leave && !fresh && (plan->count > 0 || !piece))
        return (struct fit){.kind = FITS_NOT};
    if (all_leave) {
        stay = plan->count; /* a fresh room: the rule can't be kept, so the break falls here */
        tell_keep(context, items, index);
    }
    if (piece && stay == plan->count) {
        plan_add(context, plan, *piece);
        struct progress next = piece->fit.next;
        next.item = index;
        return part(plan, next);
    }
    struct progress next = {.item = index};
    if (stay < plan->count)
        next = plan->entries[stay].from;
    else if (index == first.item)
        next = first;
    plan->count = stay;
    return part(plan, next);
}

static bool is_break(const struct item *item) {
    return item->control == ITEM_BREAK || item->control == ITEM_RECTO || item->control == ITEM_PAGE_KIND;
}

struct fit list_place(struct context *context, struct items *items, struct progress from, struct room room) {
    struct list_plan *plan = ARENA_NEW(context->page_arena, struct list_plan);
    int32_t y = 0, after = 0;
    bool empty = true;
    for (size_t i = from.item; i < items->count; i++) {
        struct item *item = &items->list[i];
        struct progress start = i == from.item ? from : (struct progress){.item = i};
        if (is_break(item))
            return part(plan, (struct progress){.item = i});
        if (item->control != ITEM_PLACED) {
            if (item->control == ITEM_FIXED)
                plan_add(context, plan, (struct entry){.item = i, .from = start, .y_mp = y});
            continue;
        }
        int32_t gap = empty ? 0 : larger(after, item->before_mp);
        struct room left = {room.width_mp, room.height_mp - y - gap, room.fresh && empty, room.page_height_mp};
        struct fit fit = item->kind->place(context, item, start, left);
        struct entry entry = {i, start, fit, y + gap};
        if (fit.kind == FITS_NOT &&
            left.fresh) { /* against an item that breaks its promise: never an endless loop of pages */
            context_tell(context, DIAG_C504, item->block->place, str_from(item->kind->name), STR_NONE);
            continue;
        }
        if (fit.kind != FITS)
            return end_before(items, plan, from, i, room.fresh, fit.kind == FITS_IN_PART ? &entry : NULL, context);
        plan_add(context, plan, entry);
        y += gap + fit.height_mp;
        after = item->after_mp;
        empty = empty && fit.height_mp == 0;
    }
    return (struct fit){.kind = FITS, .height_mp = y, .plan = plan};
}

static struct page *current_page(const struct context *context) {
    return context->document->pages[context->document->count - 1];
}

void list_commit(struct context *context, struct items *items, struct progress from, const struct fit *fit,
                 struct canvas *canvas, struct box box) {
    (void)from;
    const struct list_plan *plan = fit->plan;
    for (size_t i = 0; plan && i < plan->count; i++) {
        const struct entry *entry = &plan->entries[i];
        struct item *item = &items->list[entry->item];
        struct canvas own = *canvas;
        own.layer = item->layer;
        own.element = item->element;
        if (item->control == ITEM_FIXED) {
            commit_fixed(context, item, &own, current_page(context));
            continue;
        }
        struct box place = {box.x_mp, box.y_mp + entry->y_mp, box.width_mp, entry->fit.height_mp};
        item->kind->commit(context, item, entry->from, &entry->fit, &own, place);
    }
}

/* --- pages -----------------------------------------------------------------------------------------------------------
 */

static void begin_page(struct context *context, const struct page_kind *kind) {
    document_add_page(context->document, kind->width_mp, kind->height_mp)->closing = kind->closing;
    ARENA_GROW(context->arena, context->notes, context->note_count, context->note_capacity);
    context->notes[context->note_count++] = (struct page_note){.kind = kind, .stack = context->stack, .counts = true};
}

/* A side that bears nothing and is not counted. */
static void begin_blank(struct context *context, const struct page_kind *kind) {
    begin_page(context, kind);
    current_page(context)->closing = false;
    context->notes[context->note_count - 1].counts = false;
}

struct box type_area(const struct context *context, const struct page_kind *kind, size_t page_index) {
    bool verso = context->layout->duplex && page_index % 2 == 1;
    struct box box = {
        .x_mp = verso ? kind->fore_edge_mp : kind->binding_edge_mp,
        .y_mp = kind->head_mp,
        .width_mp = kind->width_mp - kind->fore_edge_mp - kind->binding_edge_mp,
        .height_mp = kind->height_mp - kind->head_mp - kind->foot_mp,
    };
    return box;
}

/* Where the flow runs on the page that was begun last. On a turned page the head is at the sheet's left, on odd and even pages alike
 * (GB/T 9704 9.4), so the lines run upwards: the canvas becomes that of a group turned by a quarter. */
static struct box flow_area(const struct context *context, const struct page_kind *kind, struct canvas *canvas) {
    struct box area = type_area(context, kind, context->document->count - 1);
    if (!kind->turned)
        return area;
    current_page(context)->rotate = 90; /* on the screen it is read without turning the head */
    struct matrix turn = {0, -MATRIX_ONE, MATRIX_ONE, 0, 0, 0};
    *canvas = canvas_group(canvas, area.x_mp, area.y_mp + area.height_mp, turn, NULL);
    return (struct box){0, 0, area.height_mp, area.width_mp};
}

static bool too_many_pages(struct context *context) {
    size_t limit = context->layout->at_most ? (size_t)context->layout->at_most : 2000;
    if (context->document->count < limit)
        return false;
    context_tell(context, DIAG_C505, context->layout->place, str_int(context->arena, (int64_t)limit), STR_NONE);
    return true;
}

/* Breaks at the head of a page break nothing more; they may choose the kind of the page and whether it is a recto. A page
 * that closes the document is a verso. */
static const struct page_kind *take_breaks(struct context *context, const struct items *items, struct progress *from,
                                           const struct page_kind *kind) {
    for (; from->item < items->count && is_break(&items->list[from->item]); from->item++) {
        const struct item *item = &items->list[from->item];
        if (item->control == ITEM_PAGE_KIND)
            kind = item->page_kind;
        bool next_is_verso = context->document->count % 2 == 1, begun = context->document->count > 0;
        bool wants_recto = item->control == ITEM_RECTO;
        bool wants_verso = item->control == ITEM_PAGE_KIND && kind->closing && begun;
        if (context->layout->duplex && (next_is_verso ? wants_recto : wants_verso))
            begin_blank(context, kind);
    }
    return kind;
}

bool flow_pages(struct context *context, struct items *items, const struct page_kind *kind) {
    struct progress from = {0};
    for (bool done = false; !done;) {
        kind = take_breaks(context, items, &from, kind);
        if (from.item >= items->count && items->count > 0)
            return true;
        if (too_many_pages(context))
            return false;
        begin_page(context, kind);
        struct canvas canvas = canvas_of_page(context->document, current_page(context));
        struct box area = flow_area(context, kind, &canvas);
        struct room room = {area.width_mp, area.height_mp, true, area.height_mp};
        struct fit fit = list_place(context, items, from, room);
        list_commit(context, items, from, &fit, &canvas, area);
        done = fit.kind == FITS;
        assert(done || fit.next.item > from.item || fit.next.row > from.row || fit.next.lines != from.lines);
        from = fit.next;
        arena_reset(context->page_arena);
    }
    return true;
}

void flow_card(struct context *context, struct items *items, int32_t width_mp, int32_t height_mp) {
    struct page *page = document_add_page(context->document, width_mp, height_mp);
    struct canvas canvas = canvas_of_page(context->document, page);
    ARENA_GROW(context->arena, context->notes, context->note_count, context->note_capacity);
    context->notes[context->note_count++] = (struct page_note){.stack = context->stack};
    struct room room = {width_mp, height_mp, true, height_mp};
    struct fit fit = list_place(context, items, (struct progress){0}, room);
    list_commit(context, items, (struct progress){0}, &fit, &canvas, (struct box){0, 0, width_mp, height_mp});
    if (fit.kind != FITS)
        context_tell(context, DIAG_C506, context->layout->sheet.place, STR_NONE, STR_NONE);
    arena_reset(context->page_arena);
}
