/* fold.c: a booklet, folded and stapled (骑马订).
 *
 *     twelve pages on three sheets, the outermost first; 12 is the back cover
 *
 *     front ┌────┬────┐   back ┌────┬────┐   front ┌────┬────┐   back ┌────┬────┐   front ┌────┬────┐   back ┌────┬────┐
 *           │ 12 │ 1  │        │ 2  │ 11 │         │ 10 │ 3  │        │ 4  │ 9  │         │ 8  │ 5  │        │ 6  │ 7  │
 *           └────┴────┘        └────┴────┘         └────┴────┘        └────┴────┘         └────┴────┘        └────┴────┘
 *
 * Inner sheets stick out at the fore-edge by the thickness of the sheets around them, and are trimmed there. In a
 * thick booklet their pages move towards the fold by as much (creep), so that all fore-edges are equally wide after
 * the trim.
 *
 * 1. The count of pages, blank ones included, is a multiple of four.
 * 2. The two pages of a side are, counted from 1, together one more than the count; odd pages are on the right. */
#include "bindery/bindery.h"

#include <assert.h>

#include "base/length.h"

enum { PAGES_PER_SHEET = 4, SHEETS_WITHOUT_CREEP = 10 };

/* Two A4 are wider than an A3 by the rounding of their sizes. Staples by GB/T 9704: the outer hole 70 mm from head
 * and foot; a tick to either side of the fold marks a hole. */
#define SLACK_MP            MM(0.5)
#define STAPLE_FROM_EDGE_MP MM(70)
#define STAPLE_MP           MM(12)
#define STAPLE_TICK_MP      MM(1.5)
#define STAPLE_LINE_MP      PT(0.25)

/* --- imposition --------------------------------------------------------------------------------------------------- */

static size_t filled_count(const struct document *document) {
    return (document->count + PAGES_PER_SHEET - 1) / PAGES_PER_SHEET * PAGES_PER_SHEET;
}

static bool ends_with_closing(const struct document *document) {
    return document->count % 2 == 0 && document->pages[document->count - 1]->closing;
}

/* Pages in reading order, NULL for a blank one. A closing page is a verso already, so pairs of blank pages go before
 * it. */
static struct page **pages_as_read(struct arena *arena, const struct document *document, size_t *count) {
    *count = filled_count(document);
    struct page **pages = ARENA_ARRAY(arena, struct page *, *count);
    for (size_t i = 0; i < document->count; i++) {
        pages[i] = document->pages[i];
    }
    const size_t last = document->count - 1;
    if (ends_with_closing(document)) {
        pages[last] = NULL;
        pages[*count - 1] = document->pages[last];
    }
    return pages;
}

enum half { HALF_LEFT, HALF_RIGHT };
enum face_of_sheet { FACE_FRONT, FACE_BACK };

/* Index of the page on a half of a sheet's side; sheets from the outside. */
static size_t page_index(size_t count, size_t sheet, enum face_of_sheet face, enum half half) {
    const size_t from_head = 2 * sheet + (size_t)face;
    const bool is_early = (face == FACE_FRONT) == (half == HALF_RIGHT);
    assert(from_head < count / 2); /* invariant 2 */
    return is_early ? from_head : count - 1 - from_head;
}

/* Sides are in the order of the early pages; a late page shares its side with the early one as far from the other
 * end. */
size_t bind_fold_page(const struct document *pages, size_t page) {
    const size_t count = filled_count(pages);
    const size_t at = page + 1 == pages->count && ends_with_closing(pages) ? count - 1 : page;
    return at < count / 2 ? at : count - 1 - at;
}

/* --- placing ------------------------------------------------------------------------------------------------------ */

struct binder {
    const struct fold_plan *plan;
    struct document *sheets;
    struct page **pages;
    size_t count;
};

static int32_t creep_mp(const struct binder *binder, size_t sheet) {
    const bool thick = binder->count / PAGES_PER_SHEET > SHEETS_WITHOUT_CREEP;
    return thick ? (int32_t)sheet * binder->plan->thickness_mp : 0;
}

/* The page's marks move into a group that ends at the fold. */
static void place_page(struct canvas *canvas, const struct fold_plan *plan, const struct page *page, enum half half,
                       int32_t shift_mp) {
    const int32_t fold_mp = plan->paper_width_mp / 2;
    const int32_t top_mp = (plan->paper_height_mp - page->height_mp) / 2;
    struct box clip = {0, 0, page->width_mp - shift_mp, page->height_mp};
    int32_t x_mp = fold_mp - page->width_mp + shift_mp;
    if (half == HALF_RIGHT) {
        clip.x_mp = shift_mp;
        x_mp = fold_mp - shift_mp;
    }
    const struct canvas inside = canvas_group(canvas, x_mp, top_mp, MATRIX_IDENTITY, &clip);
    *inside.marks = page->marks;
}

/* The fold is upright. Turned over an upright edge, the back lies as the front does; over the other edge it comes
 * out upside down, so it is printed upside down. */
static bool back_is_turned(const struct fold_plan *plan) {
    const bool upright_edge_is_short = plan->paper_width_mp >= plan->paper_height_mp;
    return (plan->backs == BACKS_LONG_EDGE) == upright_edge_is_short;
}

static struct canvas canvas_of_face(struct binder *binder, struct page *sheet, enum face_of_sheet face) {
    struct canvas canvas = canvas_of_page(binder->sheets, sheet);
    if (face == FACE_BACK && back_is_turned(binder->plan)) {
        const struct matrix half_turn = {-MATRIX_ONE, 0, 0, -MATRIX_ONE, 0, 0};
        return canvas_group(&canvas, sheet->width_mp, sheet->height_mp, half_turn, NULL);
    }
    return canvas;
}

static struct str name_of(struct arena *arena, const struct page *page) {
    if (page == NULL || (page->label.n == 0 && page->number <= 0)) {
        return STR("空");
    }
    return page->label.n > 0 ? page->label : str_int(arena, page->number);
}

static void place_face(struct binder *binder, size_t sheet, enum face_of_sheet face) {
    const struct fold_plan *plan = binder->plan;
    struct arena *arena = binder->sheets->arena;
    struct page *on = document_add_page(binder->sheets, plan->paper_width_mp, plan->paper_height_mp);
    struct canvas canvas = canvas_of_face(binder, on, face);
    struct str names[2];
    for (enum half half = HALF_LEFT; half <= HALF_RIGHT; half++) {
        const struct page *page = binder->pages[page_index(binder->count, sheet, face, half)];
        names[half] = name_of(arena, page);
        if (page != NULL) {
            place_page(&canvas, plan, page, half, creep_mp(binder, sheet));
        }
    }
    on->label = str_printf(arena, "%.*s、%.*s", STR_ARG(names[HALF_LEFT]), STR_ARG(names[HALF_RIGHT]));
}

/* --- staples ------------------------------------------------------------------------------------------------------ */

/* A staple from its outer hole inwards, with a tick across the fold at each hole. */
static void mark_staple(struct canvas *canvas, int32_t fold_mp, int32_t outer_mp, int32_t length_mp) {
    canvas_rule(canvas, fold_mp, outer_mp, 0, length_mp, STAPLE_LINE_MP);
    canvas_rule(canvas, fold_mp - STAPLE_TICK_MP, outer_mp, 2 * STAPLE_TICK_MP, 0, STAPLE_LINE_MP);
    canvas_rule(canvas, fold_mp - STAPLE_TICK_MP, outer_mp + length_mp, 2 * STAPLE_TICK_MP, 0, STAPLE_LINE_MP);
}

/* On the outer side of the outermost sheet, where the stapler is put. On pages lower than 280 mm the holes are a
 * quarter of the height from the edge. */
static void mark_staples(struct binder *binder, const struct page *page) {
    const struct fold_plan *plan = binder->plan;
    struct canvas canvas = canvas_of_page(binder->sheets, binder->sheets->pages[0]);
    const int32_t fold_mp = plan->paper_width_mp / 2;
    const int32_t head_mp = (plan->paper_height_mp - page->height_mp) / 2;
    const int32_t quarter_mp = page->height_mp / 4;
    const int32_t from_edge_mp = quarter_mp < STAPLE_FROM_EDGE_MP ? quarter_mp : STAPLE_FROM_EDGE_MP;
    mark_staple(&canvas, fold_mp, head_mp + from_edge_mp, STAPLE_MP);
    mark_staple(&canvas, fold_mp, head_mp + page->height_mp - from_edge_mp, -STAPLE_MP);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

/* Bookmarks are read in another order than sheets hold their pages. */
static void order_anchors(struct marks *marks, uint32_t order) {
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_ANCHOR) {
            mark->anchor.order = order;
        } else if (mark->kind == MARK_GROUP) {
            order_anchors(&mark->group.marks, order);
        }
    }
}

static bool all_fit(const struct document *document, const struct fold_plan *plan, size_t *at) {
    for (*at = 0; *at < document->count; ++*at) {
        const struct page *page = document->pages[*at];
        if (2 * page->width_mp > plan->paper_width_mp + SLACK_MP || page->height_mp > plan->paper_height_mp) {
            return false;
        }
    }
    return true;
}

static struct document *sheets_like(struct arena *arena, const struct document *pages, const struct fold_plan *plan) {
    struct document *sheets = document_create_in(arena);
    sheets->elements = pages->elements;
    sheets->title = pages->title;
    sheets->author = pages->author;
    sheets->subject = pages->subject;
    sheets->keywords = pages->keywords;
    sheets->bookmarks_open = pages->bookmarks_open;
    sheets->duplex = true;
    sheets->turns_short = plan->backs != BACKS_LONG_EDGE;
    return sheets;
}

struct document *bind_fold(struct arena *arena, const struct document *pages, const struct fold_plan *plan,
                           size_t *at) {
    if (!all_fit(pages, plan, at)) {
        return NULL;
    }
    struct binder binder = {.plan = plan, .sheets = sheets_like(arena, pages, plan)};
    if (pages->count == 0) {
        return binder.sheets;
    }
    for (size_t i = 0; i < pages->count; i++) {
        order_anchors(&pages->pages[i]->marks, (uint32_t)i + 1);
    }
    binder.pages = pages_as_read(arena, pages, &binder.count);
    assert(binder.count % PAGES_PER_SHEET == 0); /* invariant 1 */
    for (size_t sheet = 0; sheet < binder.count / PAGES_PER_SHEET; sheet++) {
        place_face(&binder, sheet, FACE_FRONT);
        place_face(&binder, sheet, FACE_BACK);
    }
    if (plan->staples) {
        mark_staples(&binder, pages->pages[0]);
    }
    return binder.sheets;
}
