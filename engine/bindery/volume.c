/* volume.c: documents bound into volumes (GB/T 9705).
 *
 *     front          │ part           │ part             │ back
 *     cover contents │ cover … ▏blank │ cover …          │ 备考表
 *     —     —        │ 1     2 …      │ 9     10 …       │ —         running numbers: of counted pages
 *
 * A page that compose left uncounted (number 0) has no running number. Pages aren't copied: they move into the
 * volume. Names in them (anchors, links) get a prefix, since the first heading of every document has the same name.
 *
 * 1. In duplex each document begins on a recto: an even count of pages stands before it. */
#include "bindery/bindery.h"

#include <assert.h>
#include <string.h>

#include "page/elements.h"

/* --- dividing into volumes ---------------------------------------------------------------------------------------- */

static int32_t counted_pages(const struct document *document) {
    int32_t pages = 0;
    for (size_t i = 0; i < document->count; i++) {
        pages += document->pages[i]->number > 0;
    }
    return pages;
}

/* A document printed on one side takes a leaf for each page. */
static int32_t sheets_of(const struct document *document) {
    const size_t pages_per_sheet = document->duplex ? 2 : 1;
    return (int32_t)((document->count + pages_per_sheet - 1) / pages_per_sheet);
}

void bind_measure(struct bound_part *part) {
    part->pages = counted_pages(part->document);
    part->sheets = sheets_of(part->document);
}

size_t bind_share(const struct volume_plan *plan, struct bound_part *parts, size_t count) {
    size_t volume = 0;
    int32_t pages = 0;
    int32_t sheets = 0;
    for (size_t i = 0; i < count; i++) {
        struct bound_part *part = &parts[i];
        if (plan->sheets > 0 && sheets > 0 && sheets + part->sheets > plan->sheets) {
            volume++;
            pages = sheets = 0;
        }
        part->volume = volume;
        part->page = pages + 1;
        pages += part->pages;
        sheets += part->sheets;
    }
    return count > 0 ? volume + 1 : 0;
}

/* --- names in pages ----------------------------------------------------------------------------------------------- */

struct naming {
    struct arena *arena;
    size_t ordinal;       /* of the document, in the file */
    uint8_t levels_above; /* of bookmarks */
    uint32_t elements_before;
};

static struct str name_in_volume(const struct naming *naming, struct str name) {
    return str_printf(naming->arena, "%zu/%.*s", naming->ordinal, STR_ARG(name));
}

static void rename_marks(const struct naming *naming, struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->items[i];
        mark->element += mark->element > 0 ? naming->elements_before : 0;
        if (mark->kind == MARK_GROUP) {
            rename_marks(naming, &mark->group.marks);
        } else if (mark->kind == MARK_LINK && mark->link.anchor.n > 0) {
            mark->link.anchor = name_in_volume(naming, mark->link.anchor);
        } else if (mark->kind == MARK_ANCHOR) {
            mark->anchor.name = name_in_volume(naming, mark->anchor.name);
            mark->anchor.level = (uint8_t)(mark->anchor.level + (mark->anchor.level > 0 ? naming->levels_above : 0));
        }
    }
}

/* Before all other marks of the page, whose own bookmarks come below it. */
static void add_bookmark(struct document *into, struct page *page, struct mark_anchor anchor) {
    struct canvas canvas = canvas_of_page(into, page);
    struct mark mark = *canvas_add(&canvas, MARK_ANCHOR, 0, 0);
    mark.anchor = anchor;
    memmove(page->marks.items + 1, page->marks.items, (page->marks.count - 1) * sizeof mark);
    page->marks.items[0] = mark;
}

/* --- binding ------------------------------------------------------------------------------------------------------ */

struct binder {
    const struct volume_plan *plan;
    const struct volume *volume;
    struct document *into;
    size_t bound;       /* the prefix of names, different for each document of a file */
    int32_t number;     /* of the last counted page */
    struct page *first; /* of this volume */
};

static bool next_is_verso(const struct binder *binder) {
    return binder->plan->duplex && binder->into->count % 2 == 1;
}

static const struct str uncounted = STR_INIT("—");

static void add_blank(struct binder *binder) {
    const struct page *last = binder->into->pages[binder->into->count - 1];
    struct page *blank = document_add_page(binder->into, last->width_mp, last->height_mp);
    blank->number = 0;
    blank->label = uncounted;
}

static void print_number(const struct binder *binder, struct page *page, struct str number) {
    const struct volume_plan *plan = binder->plan;
    const bool verso = plan->duplex && binder->into->count % 2 == 0;
    struct canvas canvas = canvas_of_page(binder->into, page);
    const int32_t baseline_mp = plan->head_mp + text_baseline(plan->number);
    text_label(plan->text, &canvas, number, plan->number, verso ? plan->outer_mp : page->width_mp - plan->outer_mp,
               baseline_mp, verso ? ALIGN_LEFT : ALIGN_RIGHT);
}

static void number_page(struct binder *binder, struct page *page, bool counts) {
    struct arena *arena = binder->into->arena;
    page->label = uncounted;
    if (!counts || page->number <= 0) {
        page->number = 0;
        return;
    }
    page->number = ++binder->number;
    const struct str number = str_int(arena, page->number);
    page->label = str_join(arena, binder->volume->prefix, number);
    if (binder->plan->number != NULL) {
        print_number(binder, page, number);
    }
}

static void take_page(struct document *into, struct page *page) {
    ARENA_GROW(into->arena, into->pages, into->count, into->capacity);
    into->pages[into->count++] = page;
}

/* A volume has a tree where all of its documents have one. Gives back by how much the numbers of elements grow. */
static uint32_t join_elements(struct document *into, const struct document *document) {
    if (into->elements == NULL || document->elements == NULL) {
        into->elements = NULL;
        return 0;
    }
    return elements_join(into->elements, document->elements);
}

static void bind_document(struct binder *binder, const struct document *document, bool counts, uint8_t levels_above) {
    const struct naming naming = {binder->into->arena, ++binder->bound, levels_above,
                                  join_elements(binder->into, document)};
    for (size_t i = 0; i < document->count; i++) {
        struct page *page = document->pages[i];
        if (next_is_verso(binder) && (i == 0 || !document->duplex)) {
            add_blank(binder);
        }
        assert(i > 0 || !next_is_verso(binder)); /* invariant 1 */
        rename_marks(&naming, &page->marks);
        take_page(binder->into, page);
        number_page(binder, page, counts);
        binder->first = binder->first != NULL ? binder->first : page;
    }
}

static void bind_part(struct binder *binder, const struct bound_part *part, uint8_t level) {
    const bool has_bookmark = part->title.n > 0 && part->document->count > 0;
    bind_document(binder, part->document, true, (uint8_t)(level - !has_bookmark));
    if (has_bookmark) {
        const struct str name = str_printf(binder->into->arena, "%zu/", binder->bound);
        const struct mark_anchor anchor = {.name = name, .title = part->title, .level = level};
        add_bookmark(binder->into, part->document->pages[0], anchor);
    }
}

void bind_volume(struct document *into, const struct volume_plan *plan, const struct volume *volume) {
    struct binder binder = {.plan = plan, .volume = volume, .into = into, .bound = into->count};
    const struct str name = str_printf(into->arena, "%zu", into->count);
    const uint8_t above = volume->title.n > 0 ? 1 : 0;
    into->duplex = into->opens_as_book = plan->duplex;
    if (volume->front != NULL) {
        bind_document(&binder, volume->front, false, above);
    }
    for (size_t i = 0; i < volume->count; i++) {
        bind_part(&binder, &volume->parts[i], (uint8_t)(above + 1));
    }
    if (volume->back != NULL) {
        bind_document(&binder, volume->back, false, above);
    }
    if (above > 0 && binder.first != NULL) {
        add_bookmark(into, binder.first, (struct mark_anchor){.name = name, .title = volume->title, .level = above});
    }
}
