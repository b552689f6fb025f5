/* pages.c: a list flows over pages, each begun as it is needed; breaks choose kind and side of the next one. */
#include "compose/pages.h"

#include <assert.h>

static struct page *current_page(const struct context *context) {
    return context->document->pages[context->document->count - 1];
}

static struct page_record *current_record(struct context *context) {
    return &context->made.pages[context->made.page_count - 1];
}

/* A document among others in its file is found by its bookmark. */
static void emit_bookmark(struct context *context) {
    struct made *made = &context->made;
    struct canvas canvas = canvas_of_page(context->document, current_page(context));
    struct mark *mark = canvas_add(&canvas, MARK_ANCHOR, 0, 0);
    const struct str name = str_printf(context->arena, "d%zu", made->part_count);
    mark->anchor = (struct mark_anchor){.name = name, .title = made->bookmark, .level = 1};
    made->bookmark = STR_NONE;
}

/* The page that was added last, of the part that was begun last. */
static void record_page(struct context *context, struct page_record record) {
    struct made *made = &context->made;
    ARENA_GROW(context->arena, made->pages, made->page_count, made->page_capacity);
    made->pages[made->page_count++] = record;
    made->parts[made->part_count - 1].to = context->document->count;
    assert(made->page_count == context->document->count); /* P1 */
}

static void begin_page(struct context *context, const struct page_kind *kind, const struct value *row) {
    document_add_page(context->document, kind->width_mp, kind->height_mp)->closing = kind->closing;
    record_page(context, (struct page_record){.kind = kind, .row = row, .counts = true});
    if (context->made.bookmark.n > 0) {
        emit_bookmark(context);
    }
}

/* A side that bears nothing and is not counted. */
static void begin_blank(struct context *context, const struct page_kind *kind, const struct value *row) {
    begin_page(context, kind, row);
    current_page(context)->closing = false;
    current_record(context)->counts = false;
}

static bool next_is_verso(const struct context *context) {
    return context->document->count % 2 == 1;
}

void flow_begin_part(struct context *context, struct str bookmark, const struct value *row) {
    struct made *made = &context->made;
    if (context->layout->duplex && next_is_verso(context)) {
        begin_blank(context, current_record(context)->kind, row);
    }
    ARENA_GROW(context->arena, made->parts, made->part_count, made->part_capacity);
    const size_t from = context->document->count;
    assert(made->part_count == 0 || made->parts[made->part_count - 1].to == from); /* P2 */
    made->parts[made->part_count++] = (struct part){from, from, made->heading_count, made->row, context->record};
    made->bookmark = bookmark;
    made->note = 0;
}

struct box type_area(const struct context *context, const struct page_kind *kind, size_t page_index) {
    bool verso = context->layout->duplex && page_index % 2 == 1;
    const struct box box = {
        .x_mp = verso ? kind->fore_edge_mp : kind->binding_edge_mp,
        .y_mp = kind->head_mp,
        .width_mp = kind->width_mp - kind->fore_edge_mp - kind->binding_edge_mp,
        .height_mp = kind->height_mp - kind->head_mp - kind->foot_mp,
    };
    return box;
}

/* Where the flow runs on the page that was begun last. On a turned page the head is at the sheet's left, on odd and even pages alike
 * (GB/T 9704 9.4), so the lines run upwards: the canvas becomes that of a group turned by a quarter. */
static struct box flow_area(struct context *context, const struct page_kind *kind, struct canvas *canvas) {
    const struct box area = type_area(context, kind, context->document->count - 1);
    paper_begin(context, (struct box){0, 0, kind->width_mp, kind->height_mp});
    if (!kind->turned) {
        return area;
    }
    paper_begin(context, (struct box){area.y_mp + area.height_mp - kind->height_mp, -area.x_mp, kind->height_mp,
                                      kind->width_mp});
    current_page(context)->rotate = 90; /* on the screen it is read without turning the head */
    const struct matrix turn = {0, -MATRIX_ONE, MATRIX_ONE, 0, 0, 0};
    *canvas = canvas_group(canvas, area.x_mp, area.y_mp + area.height_mp, turn, NULL);
    return (struct box){0, 0, area.height_mp, area.width_mp};
}

static bool too_many_pages(struct context *context) {
    const size_t limit = (size_t)context->layout->at_most;
    if (context->document->count < limit) {
        return false;
    }
    context_tell(context, DIAG_C505, context->layout->place, str_int(context->arena, (int64_t)limit), STR_NONE);
    return true;
}

/* Which side of the leaf a break asks for. A page that closes the document is a verso, unless it is all of it. */
enum side { SIDE_ANY, SIDE_RECTO, SIDE_VERSO };
static enum side side_of_break(const struct context *context, const struct item *item) {
    bool begun = context->document->count > context->made.parts[context->made.part_count - 1].from;
    if (item->control == ITEM_RECTO) {
        return SIDE_RECTO;
    }
    if (item->control == ITEM_VERSO) {
        return SIDE_VERSO;
    }
    return item->control == ITEM_PAGE_KIND && item->page_kind->closing && begun ? SIDE_VERSO : SIDE_ANY;
}

/* Breaks at the head of a page break nothing more; they may choose the kind of the page and its side of the leaf. */
static const struct page_kind *take_breaks(struct context *context, const struct items *items, struct progress *from,
                                           const struct page_kind *kind, const struct value *row) {
    for (; from->item < items->count && item_breaks(&items->list[from->item]); from->item++) {
        const struct item *item = &items->list[from->item];
        if (item->control == ITEM_PAGE_KIND) {
            kind = item->page_kind;
        }
        const enum side side = side_of_break(context, item), next = next_is_verso(context) ? SIDE_VERSO : SIDE_RECTO;
        if (context->layout->duplex && side != SIDE_ANY && side != next) {
            begin_blank(context, kind, row);
        }
    }
    return kind;
}

/* What is left of the notes outlives the page. */
static void keep_notes(struct context *context, struct footnotes *notes) {
    if (notes->foot.count > 0) {
        notes->foot.notes =
            arena_copy(context->arena, notes->foot.notes, notes->foot.count * sizeof *notes->foot.notes);
    }
}

/* A page's worth of items into its type area, then the notes at its foot, first those that the page before left over. Gives
 * back where to go on; at the end of the items their number. */
static struct progress fill_page(struct context *context, const struct items *items, struct progress from,
                                 const struct page_kind *kind, struct footnotes *notes) {
    struct canvas canvas = canvas_of_page(context->document, current_page(context));
    const struct box area = flow_area(context, kind, &canvas);
    const int64_t height = area.height_mp - footnotes_height(notes);
    bool carried = notes->foot.count > 0;
    const struct room room = {.width_mp = area.width_mp,
                              .height_mp = height > 0 ? (int32_t)height : 0,
                              .fresh = !carried,
                              .page_height_mp = area.height_mp,
                              .foot_width_mp = area.width_mp,
                              .foot_begun = carried};
    struct fit fit = {.kind = FITS_NOT};
    if (room.fresh || room.height_mp > 0) { /* notes alone may fill the page */
        fit = list_place(context, items, from, room);
    }
    list_commit(context, items, &fit, &canvas, area);
    notes->foot = *foot_join(context, &notes->foot, fit.foot);
    footnotes_emit(context, notes, &canvas, area, fit.height_mp);
    if (fit.foot != NULL) {
        keep_notes(context, notes);
    }
    if (fit.kind == FITS) {
        return (struct progress){.item = items->count};
    }
    if (fit.kind == FITS_NOT) {
        return from;
    }
    assert(fit.next.item > from.item || fit.next.row > from.row || fit.next.lines != from.lines); /* I2 */
    return fit.next;
}

bool flow_pages(struct context *context, const struct items *items, const struct page_kind *kind,
                const struct value *row) {
    struct progress from = {0};
    struct footnotes notes = {0};
    do {
        kind = take_breaks(context, items, &from, kind, row);
        if (from.item >= items->count && items->count > 0 && notes.foot.count == 0) {
            return true;
        }
        if (too_many_pages(context)) {
            return false;
        }
        begin_page(context, kind, row);
        from = fill_page(context, items, from, kind, &notes);
        kind = kind->then.n > 0 ? &context->layout->pages[kind->then_index] : kind;
        arena_reset(context->page_arena);
    } while (from.item < items->count || notes.foot.count > 0);
    return true;
}

void flow_card(struct context *context, const struct items *items, int32_t width_mp, int32_t height_mp) {
    struct page *page = document_add_page(context->document, width_mp, height_mp);
    struct canvas canvas = canvas_of_page(context->document, page);
    record_page(context, (struct page_record){.kind = NULL});
    paper_begin(context, (struct box){0, 0, width_mp, height_mp});
    const struct room room = {.width_mp = width_mp, .height_mp = height_mp, .fresh = true, .page_height_mp = height_mp};
    struct fit fit = list_place(context, items, (struct progress){0}, room);
    list_commit(context, items, &fit, &canvas, (struct box){0, 0, width_mp, height_mp});
    if (fit.kind != FITS) {
        context_tell(context, DIAG_C506, context->layout->sheet.place, STR_NONE, STR_NONE);
    }
    arena_reset(context->page_arena);
}
