/* document.c: documents and pages are made, and a layer is taken out. */
#include "page/page.h"

struct document *document_create_in(struct arena *arena) {
    struct document *document = ARENA_NEW(arena, struct document);
    document->arena = arena;
    return document;
}

/* Pages of a document are much alike: room for as many marks as the last page has saves growing step by step. */
static void reserve_marks(struct arena *arena, struct page *page, const struct page *last) {
    page->marks.capacity = last->marks.count + last->marks.count / 16;
    page->marks.items = ARENA_ARRAY(arena, struct mark, page->marks.capacity);
}

struct page *document_add_page(struct document *document, int32_t width_mp, int32_t height_mp) {
    struct page *page = ARENA_NEW(document->arena, struct page);
    ARENA_GROW(document->arena, document->pages, document->count, document->capacity);
    document->pages[document->count++] = page;
    page->width_mp = width_mp;
    page->height_mp = height_mp;
    page->number = (int32_t)document->count;
    if (document->count > 1) {
        reserve_marks(document->arena, page, document->pages[document->count - 2]);
    }
    return page;
}

/* The others go into a new array: imposed pages may share the old one. */
static struct marks marks_without(struct arena *arena, const struct marks *marks, enum layer layer) {
    struct marks kept = {.items = ARENA_ARRAY(arena, struct mark, marks->count), .capacity = marks->count};
    for (size_t i = 0; i < marks->count; i++) {
        struct mark mark = marks->items[i];
        if (mark.layer == layer) {
            continue;
        }
        if (mark.kind == MARK_GROUP) {
            mark.group.marks = marks_without(arena, &mark.group.marks, layer);
            if (mark.group.marks.count == 0) {
                continue;
            }
        }
        kept.items[kept.count++] = mark;
    }
    return kept;
}

void document_drop_layer(struct document *document, enum layer layer) {
    for (size_t i = 0; i < document->count; i++) {
        struct page *page = document->pages[i];
        page->marks = marks_without(document->arena, &page->marks, layer);
    }
}
