/* fold_test.c: the order of a folded booklet, where its blank pages stand, creep, turned backs, staples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/length.h"
#include "bindery/bindery.h"

static const struct fold_plan A4_ON_A3 = {
    .paper_width_mp = MM(420), .paper_height_mp = MM(297), .thickness_mp = MM(0.1), .backs = BACKS_SHORT_EDGE};

#define BLANK 0

/* A page bears its ordinal as the width of a fill that stands 20 mm from its fore-edge and 30 mm from its foot. */
static struct document *pages_create(struct arena *arena, size_t count) {
    struct document *pages = document_create_in(arena);
    for (size_t i = 0; i < count; i++) {
        struct page *page = document_add_page(pages, MM(210), MM(297));
        struct canvas canvas = canvas_of_page(pages, page);
        const int32_t width_mp = (int32_t)(i + 1) * 1000;
        const int32_t x_mp = i % 2 == 0 ? MM(190) - width_mp : MM(20);
        canvas_fill(&canvas, (struct box){x_mp, MM(267), width_mp, PT(1)}, COLOUR_BLACK);
    }
    return pages;
}

/* The groups of pages on a side of a sheet, from left to right; a turned back has them in a group of its own. */
static const struct marks *groups_of(const struct page *side) {
    const struct mark *first = &side->marks.items[0];
    return first->kind == MARK_GROUP && first->group.matrix.a < 0 ? &first->group.marks : &side->marks;
}

static const struct mark *group_on(const struct page *side, size_t index) {
    const struct marks *groups = groups_of(side);
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].kind == MARK_GROUP && index-- == 0) {
            return &groups->items[i];
        }
    }
    return NULL;
}

static int32_t ordinal_of(const struct mark *group) {
    return group->group.marks.items[0].fill.width_mp / 1000;
}

/* What stands at the left and right of a side: ordinals, BLANK where nothing does. */
static void read_side(const struct page *side, int32_t ordinals[2]) {
    ordinals[0] = ordinals[1] = BLANK;
    for (size_t i = 0; group_on(side, i) != NULL; i++) {
        const struct mark *group = group_on(side, i);
        ordinals[group->x_mp + MM(105) > side->width_mp / 2] = ordinal_of(group);
    }
}

struct order {
    size_t pages;
    bool closing;
    size_t sides;
    int32_t halves[8][2];
};

/* As the hands of a printer know it; a closing page that is a verso stays last, and two blank pages go before it. */
static const struct order ORDERS[] = {
    {1, false, 2, {{BLANK, 1}, {BLANK, BLANK}}},
    {4, false, 2, {{4, 1}, {2, 3}}},
    {5, false, 4, {{BLANK, 1}, {2, BLANK}, {BLANK, 3}, {4, 5}}},
    {8, false, 4, {{8, 1}, {2, 7}, {6, 3}, {4, 5}}},
    {8, true, 4, {{8, 1}, {2, 7}, {6, 3}, {4, 5}}},
    {6, false, 4, {{BLANK, 1}, {2, BLANK}, {6, 3}, {4, 5}}},
    {6, true, 4, {{6, 1}, {2, BLANK}, {BLANK, 3}, {4, 5}}},
    {7, true, 4, {{BLANK, 1}, {2, 7}, {6, 3}, {4, 5}}},
    {12, false, 6, {{12, 1}, {2, 11}, {10, 3}, {4, 9}, {8, 5}, {6, 7}}},
};

static void pages_lie_in_the_order_of_a_booklet(void **state) {
    (void)state;
    for (size_t o = 0; o < sizeof ORDERS / sizeof ORDERS[0]; o++) {
        const struct order *order = &ORDERS[o];
        struct arena *arena = arena_create();
        struct document *pages = pages_create(arena, order->pages);
        pages->pages[order->pages - 1]->closing = order->closing;
        size_t at = 0;
        const struct document *sheets = bind_fold(arena, pages, &A4_ON_A3, &at);
        assert_int_equal(sheets->count, order->sides);
        for (size_t side = 0; side < sheets->count; side++) {
            int32_t halves[2];
            read_side(sheets->pages[side], halves);
            assert_int_equal(halves[0], order->halves[side][0]);
            assert_int_equal(halves[1], order->halves[side][1]);
            for (int half = 0; half < 2; half++) {
                if (halves[half] != BLANK) {
                    assert_int_equal(bind_fold_page(pages, (size_t)halves[half] - 1), side);
                }
            }
        }
        arena_destroy(arena);
    }
}

/* What stands on both pages of a leaf at one distance from the fore-edge lies back to back, in every sheet of a thick booklet. */
static void fronts_and_backs_are_in_register(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    size_t at = 0;
    const struct document *sheets = bind_fold(arena, pages_create(arena, 60), &A4_ON_A3, &at);
    for (size_t sheet = 0; sheet < sheets->count / 2; sheet++) {
        for (size_t half = 0; half < 2; half++) {
            const struct mark *front = group_on(sheets->pages[2 * sheet], half);
            const struct mark *back = group_on(sheets->pages[2 * sheet + 1], 1 - half);
            const struct mark *over = &front->group.marks.items[0], *under = &back->group.marks.items[0];
            const int32_t over_left_mp = front->x_mp + over->x_mp, over_right_mp = over_left_mp + over->fill.width_mp;
            const int32_t under_left_mp = back->x_mp + under->x_mp;
            const int32_t outer_mp = half == 0 ? over_left_mp : over_right_mp;
            const int32_t mirrored_mp = MM(420) - (half == 0 ? under_left_mp + under->fill.width_mp : under_left_mp);
            assert_in_range(abs(outer_mp - mirrored_mp), 0, 2);
            assert_int_equal(front->y_mp + over->y_mp, back->y_mp + under->y_mp);
        }
    }
    arena_destroy(arena);
}

/* Ten sheets lie as they are; in eleven each moves by a tenth of a millimetre more than the one around it, and is cut at the fold. */
static void thick_booklets_creep(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    size_t at = 0;
    const struct document *ten = bind_fold(arena, pages_create(arena, 40), &A4_ON_A3, &at);
    for (size_t side = 0; side < ten->count; side++) {
        assert_in_range(abs(group_on(ten->pages[side], 0)->x_mp), 0, 2);
        assert_in_range(abs(group_on(ten->pages[side], 1)->x_mp - MM(210)), 0, 2);
    }
    const struct document *eleven = bind_fold(arena, pages_create(arena, 44), &A4_ON_A3, &at);
    for (size_t side = 0; side < eleven->count; side++) {
        const int32_t creep_mp = (int32_t)(side / 2) * MM(0.1);
        const struct mark *left = group_on(eleven->pages[side], 0), *right = group_on(eleven->pages[side], 1);
        assert_in_range(abs(left->x_mp - creep_mp), 0, 2);
        assert_in_range(abs(right->x_mp - MM(210) + creep_mp), 0, 2);
        assert_int_equal(left->x_mp + left->group.clip->width_mp, MM(420) / 2);
        assert_int_equal(right->x_mp + right->group.clip->x_mp, MM(420) / 2);
    }
    arena_destroy(arena);
}

/* A printer that turns over the long edge gets its backs upside down; a sheet that lies upright has its long edges at the fold's
 * sides. */
static void backs_follow_the_printer(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct fold_plan plan = A4_ON_A3;
    size_t at = 0;
    assert_true(bind_fold(arena, pages_create(arena, 4), &plan, &at)->turns_short);
    plan.backs = BACKS_LONG_EDGE;
    const struct document *sheets = bind_fold(arena, pages_create(arena, 4), &plan, &at);
    assert_true(sheets->duplex);
    assert_false(sheets->turns_short);
    assert_int_equal(sheets->pages[0]->marks.count, 2);
    const struct mark *turned = &sheets->pages[1]->marks.items[0];
    assert_int_equal(turned->group.matrix.a, -MATRIX_ONE);
    assert_int_equal(turned->group.matrix.d, -MATRIX_ONE);
    assert_int_equal(turned->x_mp, MM(420));
    assert_int_equal(turned->y_mp, MM(297));

    plan.paper_width_mp = MM(420);
    plan.paper_height_mp = MM(600);
    assert_int_equal(group_on(bind_fold(arena, pages_create(arena, 4), &plan, &at)->pages[1], 0)->group.matrix.a,
                     MATRIX_ONE);
    arena_destroy(arena);
}

/* Holes at 70 and 82 mm from head and foot, on the fold, on the outer side of the outer sheet alone. */
static void staples_are_marked_on_the_outer_fold(void **state) {
    (void)state;
    static const double holes_mm[] = {70, 82, 227, 215};
    struct arena *arena = arena_create();
    struct fold_plan plan = A4_ON_A3;
    size_t at = 0, ticks = 0;
    plan.staples = true;
    const struct document *sheets = bind_fold(arena, pages_create(arena, 8), &plan, &at);
    for (size_t side = 0; side < sheets->count; side++) {
        for (size_t i = 0; i < sheets->pages[side]->marks.count; i++) {
            const struct mark *mark = &sheets->pages[side]->marks.items[i];
            if (mark->kind == MARK_RULE && mark->rule.dx_mp > 0) {
                assert_int_equal(side, 0);
                assert_in_range(abs(2 * mark->x_mp + mark->rule.dx_mp - MM(420)), 0, 1);
                assert_in_range(abs(mark->y_mp - mp_from_um((int64_t)(holes_mm[ticks++] * 1000))), 0, 3);
            }
        }
    }
    assert_int_equal(ticks, 4);
    arena_destroy(arena);
}

static void pages_that_are_too_large_are_told(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct document *pages = pages_create(arena, 3);
    size_t at = 0;
    assert_int_equal(bind_fold(arena, document_create_in(arena), &A4_ON_A3, &at)->count, 0);
    pages->pages[2]->width_mp = MM(297);
    assert_null(bind_fold(arena, pages, &A4_ON_A3, &at));
    assert_int_equal(at, 2);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_lie_in_the_order_of_a_booklet),
        cmocka_unit_test(fronts_and_backs_are_in_register),
        cmocka_unit_test(thick_booklets_creep),
        cmocka_unit_test(backs_follow_the_printer),
        cmocka_unit_test(staples_are_marked_on_the_outer_fold),
        cmocka_unit_test(pages_that_are_too_large_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
