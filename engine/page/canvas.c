/* canvas.c: marks are added to pages and groups.
 *
 * A canvas points at an array of marks, which moves as it grows; its pointer is to the struct that holds the array,
 * and stays valid as long as that struct: a page's always, a group's until a mark is added beside it. */
#include "page/page.h"

struct canvas canvas_of_page(struct document *document, struct page *page) {
    return (struct canvas){.arena = document->arena, .marks = &page->marks, .layer = LAYER_VARIABLE};
}

struct mark *canvas_add(struct canvas *canvas, enum mark_kind kind, int32_t x_mp, int32_t y_mp) {
    struct marks *marks = canvas->marks;
    ARENA_GROW(canvas->arena, marks->items, marks->count, marks->capacity);
    struct mark *mark = &marks->items[marks->count++];
    *mark = (struct mark){.kind = kind, .layer = canvas->layer, .element = canvas->element, .x_mp = x_mp, .y_mp = y_mp};
    return mark;
}

struct canvas canvas_group(struct canvas *canvas, int32_t x_mp, int32_t y_mp, struct matrix matrix,
                           const struct box *clip) {
    struct mark *mark = canvas_add(canvas, MARK_GROUP, x_mp, y_mp);
    mark->group.matrix = matrix;
    mark->group.clip = clip != NULL ? arena_copy(canvas->arena, clip, sizeof *clip) : NULL;
    struct canvas inside = *canvas;
    inside.marks = &mark->group.marks;
    return inside;
}

void canvas_rule(struct canvas *canvas, int32_t x_mp, int32_t y_mp, int32_t dx_mp, int32_t dy_mp,
                 int32_t thickness_mp) {
    struct mark *mark = canvas_add(canvas, MARK_RULE, x_mp, y_mp);
    mark->rule.dx_mp = dx_mp;
    mark->rule.dy_mp = dy_mp;
    mark->rule.thickness_mp = thickness_mp;
}

void canvas_fill(struct canvas *canvas, struct box box, struct colour colour) {
    struct mark *mark = canvas_add(canvas, MARK_FILL, box.x_mp, box.y_mp);
    mark->fill = (struct mark_fill){box.width_mp, box.height_mp, colour};
}
