/* fragments.c: groups are unfolded and lines found.
 *
 * A frame is the product of the matrices around a mark. The direction of a run is that of its frame's x axis, in
 * 1/4096; along and across are the projections of its origin on the direction and its normal. All in whole numbers,
 * so that the scan finds the same everywhere. */
#include "page/fragments.h"

#include <stdlib.h>

#include "base/length.h"

enum { UNIT = 4096 };

struct collector {
    struct fragments *fragments;
    struct arena *arena;
};

/* A factor in 1/65536 times a length or another factor. */
static int32_t times(int32_t factor, int32_t length) {
    const int64_t product = (int64_t)factor * length;
    return (int32_t)((product + (product < 0 ? -MATRIX_ONE / 2 : MATRIX_ONE / 2)) / MATRIX_ONE);
}

static void frame_apply(const struct matrix *m, int32_t x, int32_t y, int32_t *out_x, int32_t *out_y) {
    *out_x = times(m->a, x) + times(m->c, y) + m->e_mp;
    *out_y = times(m->b, x) + times(m->d, y) + m->f_mp;
}

/* The frame inside a group that stands in `outer`. */
static struct matrix frame_of_group(const struct matrix *outer, const struct mark *group) {
    const struct matrix *m = &group->group.matrix;
    struct matrix inner = {
        .a = times(outer->a, m->a) + times(outer->c, m->b),
        .b = times(outer->b, m->a) + times(outer->d, m->b),
        .c = times(outer->a, m->c) + times(outer->c, m->d),
        .d = times(outer->b, m->c) + times(outer->d, m->d),
    };
    frame_apply(outer, m->e_mp + group->x_mp, m->f_mp + group->y_mp, &inner.e_mp, &inner.f_mp);
    return inner;
}

static int64_t square_root(int64_t n) {
    int64_t root = 0;
    for (int64_t bit = INT64_C(1) << 31; bit > 0; bit >>= 1) {
        if ((root + bit) * (root + bit) <= n) {
            root += bit;
        }
    }
    return root;
}

static bool is_upright(const struct matrix *m) {
    return m->b == 0 && m->a > 0;
}

/* Upright text is measured along x and across y; nearly all is. */
static struct fragment upright_fragment(const struct matrix *frame, const struct mark_glyphs *run, int32_t x,
                                        int32_t y) {
    const bool whole = frame->a == MATRIX_ONE;
    return (struct fragment){
        .direction = UNIT * (2 * UNIT + 1),
        .along_mp = x,
        .across_mp = y,
        .width_mp = whole ? run->width_mp : mp_scale(run->width_mp, frame->a, MATRIX_ONE),
        .size_mp = whole ? run->size_mp : mp_scale(run->size_mp, frame->a, MATRIX_ONE),
        .upright = true,
    };
}

/* False when the frame shrinks it to nothing. */
static bool turned_fragment(const struct matrix *frame, const struct mark_glyphs *run, int32_t x, int32_t y,
                            struct fragment *fragment) {
    const int64_t scale = square_root((int64_t)frame->a * frame->a + (int64_t)frame->b * frame->b);
    if (scale == 0) {
        return false;
    }
    const int32_t unit_x = mp_scale(frame->a, UNIT, scale), unit_y = mp_scale(frame->b, UNIT, scale);
    *fragment = (struct fragment){
        .direction = unit_x * (2 * UNIT + 1) + unit_y,
        .along_mp = mp_scale(x, unit_x, UNIT) + mp_scale(y, unit_y, UNIT),
        .across_mp = mp_scale(y, unit_x, UNIT) - mp_scale(x, unit_y, UNIT),
        .width_mp = mp_scale(run->width_mp, scale, MATRIX_ONE),
        .size_mp = mp_scale(run->size_mp, scale, MATRIX_ONE),
    };
    return true;
}

static void collect_run(struct collector *collector, const struct matrix *frame, const struct mark *mark) {
    struct fragments *fragments = collector->fragments;
    const struct mark_glyphs *run = &mark->glyphs;
    struct fragment fragment;
    int32_t x, y;
    frame_apply(frame, mark->x_mp, mark->y_mp, &x, &y);
    if (is_upright(frame)) {
        fragment = upright_fragment(frame, run, x, y);
    } else if (!turned_fragment(frame, run, x, y, &fragment)) {
        return;
    }
    fragment.text = glyphs_read(run);
    fragment.order = (uint32_t)fragments->count;
    fragment.element = mark->element;
    ARENA_GROW(collector->arena, fragments->items, fragments->count, fragments->capacity);
    fragments->items[fragments->count++] = fragment;
}

static void in_order(int32_t *a, int32_t *b) {
    if (*a <= *b) {
        return;
    }
    const int32_t greater = *a;
    *a = *b;
    *b = greater;
}

static void collect_rule(struct collector *collector, const struct matrix *frame, const struct mark *mark) {
    struct fragments *fragments = collector->fragments;
    struct divider divider;
    frame_apply(frame, mark->x_mp, mark->y_mp, &divider.x_mp[0], &divider.y_mp[0]);
    frame_apply(frame, mark->x_mp + mark->rule.dx_mp, mark->y_mp + mark->rule.dy_mp, &divider.x_mp[1],
                &divider.y_mp[1]);
    in_order(&divider.x_mp[0], &divider.x_mp[1]);
    in_order(&divider.y_mp[0], &divider.y_mp[1]);
    ARENA_GROW(collector->arena, fragments->dividers, fragments->divider_count, fragments->divider_capacity);
    fragments->dividers[fragments->divider_count++] = divider;
}

static void collect_marks(struct collector *collector, const struct matrix *frame, const struct marks *marks) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_GLYPHS && glyphs_read(&mark->glyphs).n > 0) {
            collect_run(collector, frame, mark);
        }
        if (mark->kind == MARK_RULE) {
            collect_rule(collector, frame, mark);
        }
        if (mark->kind == MARK_GROUP) {
            struct matrix inner = frame_of_group(frame, mark);
            collect_marks(collector, &inner, &mark->group.marks);
        }
    }
}

void fragments_collect(struct fragments *fragments, struct arena *arena, const struct page *page) {
    struct collector collector = {fragments, arena};
    struct matrix upright = MATRIX_IDENTITY;
    *fragments = (struct fragments){0};
    collect_marks(&collector, &upright, &page->marks);
}

static int order_of(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int by_baseline(const void *left, const void *right) {
    const struct fragment *a = left, *b = right;
    if (a->direction != b->direction) {
        return order_of(b->direction, a->direction); /* upright text first */
    }
    if (a->across_mp != b->across_mp) {
        return order_of(a->across_mp, b->across_mp);
    }
    return order_of(a->order, b->order);
}

static int by_place_in_line(const void *left, const void *right) {
    const struct fragment *a = left, *b = right;
    if (a->along_mp != b->along_mp) {
        return order_of(a->along_mp, b->along_mp);
    }
    return order_of(a->order, b->order);
}

void fragments_sort(struct fragment *items, size_t count) {
    if (count < 2) {
        return;
    }
    qsort(items, count, sizeof *items, by_baseline);
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first + 1; next < count && fragment_same_line(&items[first], &items[next]); next++) {
            continue;
        }
        qsort(items + first, next - first, sizeof *items, by_place_in_line);
    }
}
