/* sheets_test.c: cards on sheets, and what is left for preprinted stock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/length.h"
#include "bindery/bindery.h"
#include "page/sinks.h"

/* ID-1 cards, ten to an A4, as the contact card has them. */
static const struct sheet_plan TEN_UP = {
    .card_width_mp = MM(85.60),
    .card_height_mp = MM(53.98),
    .paper_width_mp = MM(210),
    .paper_height_mp = MM(297),
    .columns = 2,
    .rows = 5,
    .crop_marks = true,
    .backs = BACKS_LONG_EDGE,
};

/* A page that bears its ordinal as the width of a fill. */
static struct document *cards_create(struct arena *arena, size_t pages) {
    struct document *cards = document_create_in(arena);
    cards->title = STR("联系卡");
    for (size_t i = 0; i < pages; i++) {
        struct canvas canvas = canvas_of_page(cards, document_add_page(cards, MM(85.60), MM(53.98)));
        canvas_fill(&canvas, (struct box){PT(3), PT(3), (int32_t)(i + 1) * 1000, PT(1)}, COLOUR_BLACK);
    }
    return cards;
}

static void assert_golden(struct arena *arena, const struct document *document, const char *path) {
    struct buffer dump = {0};
    document_dump(document, &dump);
    if (getenv("ACCEPT") != NULL) {
        assert_int_equal(file_write(path, dump.bytes, dump.count, false), 0);
    }
    struct str golden = STR_NONE;
    assert_int_equal(file_read(arena, path, 0, &golden), 0);
    assert_string_equal(str_c(arena, buffer_str(&dump)), golden.p);
    buffer_release(&dump);
}

/* Thirteen cards: a full sheet, and one with three; each with its back. */
static void ten_up_with_backs(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    const struct document *sheets = bind_sheets(arena, cards_create(arena, 26), &TEN_UP);
    assert_int_equal(sheets->count, 4);
    assert_true(sheets->duplex);
    assert_golden(arena, sheets, "tests/bindery/ten-up.golden");
    arena_destroy(arena);
}

/* The group that holds the card of this ordinal. */
static const struct mark *card_on(const struct page *page, int32_t ordinal) {
    for (size_t i = 0; i < page->marks.count; i++) {
        const struct mark *mark = &page->marks.items[i];
        if (mark->kind == MARK_GROUP && mark->group.marks.items[0].fill.width_mp == ordinal * 1000) {
            return mark;
        }
    }
    fail_msg("card %d is not on the sheet", (int)ordinal);
    return NULL;
}

/* Margins 19.4 and 13.55 mm; a back lies behind its front when the sheet is turned over the edge asked for. */
static void backs_lie_behind_their_fronts(void **state) {
    (void)state;
    const enum backs edges[] = {BACKS_LONG_EDGE, BACKS_SHORT_EDGE};
    for (size_t e = 0; e < 2; e++) {
        struct arena *arena = arena_create();
        struct sheet_plan plan = TEN_UP;
        plan.backs = edges[e];
        plan.gap_mp = e == 0 ? 0 : MM(1);
        const struct document *sheets = bind_sheets(arena, cards_create(arena, 8), &plan);
        for (int32_t card = 0; card < 4; card++) {
            const struct mark *front = card_on(sheets->pages[0], 2 * card + 1);
            const struct mark *back = card_on(sheets->pages[1], 2 * card + 2);
            const int32_t mirrored_x_mp = plan.paper_width_mp - front->x_mp - plan.card_width_mp;
            const int32_t mirrored_y_mp = plan.paper_height_mp - front->y_mp - plan.card_height_mp;
            assert_in_range(abs(back->x_mp - (e == 0 ? mirrored_x_mp : front->x_mp)), 0, 2);
            assert_in_range(abs(back->y_mp - (e == 1 ? mirrored_y_mp : front->y_mp)), 0, 2);
        }
        if (e == 0) {
            assert_in_range(abs(card_on(sheets->pages[0], 1)->x_mp - MM(19.4)), 0, 3);
            assert_in_range(abs(card_on(sheets->pages[0], 1)->y_mp - MM(13.55)), 0, 3);
        }
        arena_destroy(arena);
    }
}

/* 3 + 6 lines of cutting with two ends each; with a gap every card has its own: 4 + 10. None inside the grid. */
static void each_line_of_cutting_is_marked_once(void **state) {
    (void)state;
    const int32_t gaps_mp[] = {0, MM(2)};
    const size_t marks[] = {2 * (3 + 6), 2 * (4 + 10)};
    for (size_t g = 0; g < 2; g++) {
        struct arena *arena = arena_create();
        struct sheet_plan plan = TEN_UP;
        plan.gap_mp = gaps_mp[g];
        const struct document *sheets = bind_sheets(arena, cards_create(arena, 2), &plan);
        const int32_t left_mp = (plan.paper_width_mp - 2 * plan.card_width_mp - plan.gap_mp) / 2;
        const int32_t top_mp = (plan.paper_height_mp - 5 * plan.card_height_mp - 4 * plan.gap_mp) / 2;
        size_t rules = 0;
        for (size_t i = 0; i < sheets->pages[0]->marks.count; i++) {
            const struct mark *mark = &sheets->pages[0]->marks.items[i];
            if (mark->kind == MARK_RULE) {
                rules++;
                assert_true(mark->x_mp < left_mp || mark->x_mp > plan.paper_width_mp - left_mp || mark->y_mp < top_mp ||
                            mark->y_mp > plan.paper_height_mp - top_mp);
            }
        }
        assert_int_equal(rules, marks[g]);
        for (size_t i = 0; i < sheets->pages[1]->marks.count; i++) {
            assert_int_equal(sheets->pages[1]->marks.items[i].kind, MARK_GROUP);
        }
        arena_destroy(arena);
    }
}

static void grids_that_fit_and_one_that_does_not(void **state) {
    (void)state;
    int32_t excess_mp = -1;
    assert_true(sheet_plan_fits(&TEN_UP, &excess_mp));
    assert_int_equal(excess_mp, 0);
    struct sheet_plan plan = TEN_UP;
    plan.rows = 6;
    assert_false(sheet_plan_fits(&plan, &excess_mp));
    assert_int_equal(excess_mp, 6 * MM(53.98) - MM(297));
    plan.rows = 0;
    assert_false(sheet_plan_fits(&plan, &excess_mp));
}

static void no_cards_make_no_sheet(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    assert_int_equal(bind_sheets(arena, cards_create(arena, 0), &TEN_UP)->count, 0);
    arena_destroy(arena);
}

static void preprinted_stock_gets_the_variable_layer_alone(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct document *document = cards_create(arena, 1);
    struct canvas canvas = canvas_of_page(document, document->pages[0]);
    canvas.layer = LAYER_PREPRINTED;
    canvas_rule(&canvas, 0, PT(10), PT(50), 0, PT(1));
    bind_preprinted(document);
    bind_calibrated(document, &(struct calibration){.scale = 1000});
    assert_int_equal(document->pages[0]->marks.count, 1);
    assert_int_equal(document->pages[0]->marks.items[0].kind, MARK_FILL);

    bind_calibrated(document, &(struct calibration){.x_mp = MM(1), .y_mp = MM(-0.5), .scale = 998});
    assert_golden(arena, document, "tests/bindery/preprinted.golden");
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_up_with_backs),
        cmocka_unit_test(backs_lie_behind_their_fronts),
        cmocka_unit_test(each_line_of_cutting_is_marked_once),
        cmocka_unit_test(grids_that_fit_and_one_that_does_not),
        cmocka_unit_test(no_cards_make_no_sheet),
        cmocka_unit_test(preprinted_stock_gets_the_variable_layer_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
