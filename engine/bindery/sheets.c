/* sheets.c: cards on sheets.
 *
 *         ┆         ┆            backs, long edge: the sheet is turned like a page, so columns are mirrored
 *     ┄┄┄┌─────┬─────┐┄┄┄
 *        │  1  │  2  │               ┌─────┬─────┐
 *     ┄┄┄├─────┼─────┤┄┄┄            │  2′ │  1′ │
 *        │  3  │     │               ├─────┼─────┤
 *     ┄┄┄└─────┴─────┘┄┄┄            │     │  3′ │
 *         ┆         ┆                └─────┴─────┘
 *
 * Each cut has a mark at both ends, outside the grid, once: without a gap one cut separates two cards. Backs have no
 * marks, since the sheet is cut from its front. */
#include "bindery/bindery.h"

#include "base/length.h"

#define MARK_OFFSET_MP    MM(2)
#define MARK_LENGTH_MP    MM(5)
#define MARK_THICKNESS_MP PT(0.25)

static int32_t extent_mp(int32_t card_mp, int32_t count, int32_t gap_mp) {
    return card_mp * count + gap_mp * (count - 1);
}

static int32_t grid_left_mp(const struct sheet_plan *plan) {
    return (plan->paper_width_mp - extent_mp(plan->card_width_mp, plan->columns, plan->gap_mp)) / 2;
}

static int32_t grid_top_mp(const struct sheet_plan *plan) {
    return (plan->paper_height_mp - extent_mp(plan->card_height_mp, plan->rows, plan->gap_mp)) / 2;
}

bool sheet_plan_fits(const struct sheet_plan *plan, int32_t *excess_mp) {
    const int32_t across_mp = extent_mp(plan->card_width_mp, plan->columns, plan->gap_mp) - plan->paper_width_mp;
    const int32_t down_mp = extent_mp(plan->card_height_mp, plan->rows, plan->gap_mp) - plan->paper_height_mp;
    const int32_t most_mp = across_mp > down_mp ? across_mp : down_mp;
    *excess_mp = most_mp > 0 ? most_mp : 0;
    return most_mp <= 0 && plan->columns > 0 && plan->rows > 0;
}

/* --- crop marks --------------------------------------------------------------------------------------------------- */

/* A mark stays within the margin, and clear of the grid: it is shortened at the grid's end first. */
static int32_t mark_length_mp(int32_t margin_mp) {
    const int32_t room_mp = margin_mp - MARK_OFFSET_MP;
    return room_mp < MARK_LENGTH_MP ? room_mp : MARK_LENGTH_MP;
}

static void mark_column_line(struct canvas *canvas, const struct sheet_plan *plan, int32_t x_mp) {
    const int32_t top_mp = grid_top_mp(plan);
    const int32_t length_mp = mark_length_mp(top_mp);
    const int32_t bottom_mp = plan->paper_height_mp - top_mp;
    if (length_mp > 0) {
        canvas_rule(canvas, x_mp, top_mp - MARK_OFFSET_MP, 0, -length_mp, MARK_THICKNESS_MP);
        canvas_rule(canvas, x_mp, bottom_mp + MARK_OFFSET_MP, 0, length_mp, MARK_THICKNESS_MP);
    }
}

static void mark_row_line(struct canvas *canvas, const struct sheet_plan *plan, int32_t y_mp) {
    const int32_t left_mp = grid_left_mp(plan);
    const int32_t length_mp = mark_length_mp(left_mp);
    const int32_t right_mp = plan->paper_width_mp - left_mp;
    if (length_mp > 0) {
        canvas_rule(canvas, left_mp - MARK_OFFSET_MP, y_mp, -length_mp, 0, MARK_THICKNESS_MP);
        canvas_rule(canvas, right_mp + MARK_OFFSET_MP, y_mp, length_mp, 0, MARK_THICKNESS_MP);
    }
}

/* Two cuts where a gap separates cards, else one. */
static void add_crop_marks(struct canvas *canvas, const struct sheet_plan *plan) {
    for (int32_t i = 0; i < plan->columns; i++) {
        const int32_t x_mp = grid_left_mp(plan) + i * (plan->card_width_mp + plan->gap_mp);
        mark_column_line(canvas, plan, x_mp);
        if (plan->gap_mp > 0 || i == plan->columns - 1) {
            mark_column_line(canvas, plan, x_mp + plan->card_width_mp);
        }
    }
    for (int32_t i = 0; i < plan->rows; i++) {
        const int32_t y_mp = grid_top_mp(plan) + i * (plan->card_height_mp + plan->gap_mp);
        mark_row_line(canvas, plan, y_mp);
        if (plan->gap_mp > 0 || i == plan->rows - 1) {
            mark_row_line(canvas, plan, y_mp + plan->card_height_mp);
        }
    }
}

/* --- cards -------------------------------------------------------------------------------------------------------- */

enum side { SIDE_FRONT, SIDE_BACK };

/* The marks of the card's page move into a group that is clipped to the card. */
static void place_card(struct canvas *canvas, const struct sheet_plan *plan, const struct page *card, int32_t slot,
                       enum side side) {
    int32_t column = slot % plan->columns;
    int32_t row = slot / plan->columns;
    if (side == SIDE_BACK && plan->backs == BACKS_LONG_EDGE) {
        column = plan->columns - 1 - column;
    }
    if (side == SIDE_BACK && plan->backs == BACKS_SHORT_EDGE) {
        row = plan->rows - 1 - row;
    }
    const int32_t x_mp = grid_left_mp(plan) + column * (plan->card_width_mp + plan->gap_mp);
    const int32_t y_mp = grid_top_mp(plan) + row * (plan->card_height_mp + plan->gap_mp);
    const struct box clip = {0, 0, plan->card_width_mp, plan->card_height_mp};
    const struct canvas inside = canvas_group(canvas, x_mp, y_mp, MATRIX_IDENTITY, &clip);
    *inside.marks = card->marks;
}

static struct page *add_sheet(struct document *sheets, const struct sheet_plan *plan, enum side side) {
    struct page *page = document_add_page(sheets, plan->paper_width_mp, plan->paper_height_mp);
    page->number = (int32_t)sheets->count;
    struct canvas canvas = canvas_of_page(sheets, page);
    if (plan->crop_marks && side == SIDE_FRONT) {
        add_crop_marks(&canvas, plan);
    }
    return page;
}

static void fill_sheet(struct document *sheets, const struct document *cards, const struct sheet_plan *plan,
                       size_t first, size_t sides, enum side side) {
    struct canvas canvas = canvas_of_page(sheets, add_sheet(sheets, plan, side));
    const int32_t slots = plan->columns * plan->rows;
    for (int32_t slot = 0; slot < slots; slot++) {
        const size_t place = first + (size_t)slot, skip = (size_t)plan->skip;
        const size_t page = (place - skip) * sides + (size_t)side;
        if (place >= skip && page < cards->count) {
            place_card(&canvas, plan, cards->pages[page], slot, side);
        }
    }
}

static size_t pages_per_card(const struct sheet_plan *plan) {
    return plan->backs == BACKS_NONE ? 1 : 2;
}

size_t bind_sheets_page(const struct sheet_plan *plan, size_t page) {
    const size_t sides = pages_per_card(plan);
    const size_t slots = (size_t)plan->columns * (size_t)plan->rows;
    return (page / sides + (size_t)plan->skip) / slots * sides + page % sides;
}

struct document *bind_sheets(struct arena *arena, const struct document *cards, const struct sheet_plan *plan) {
    struct document *sheets = document_create_in(arena);
    sheets->elements = cards->elements;
    sheets->title = cards->title;
    sheets->author = cards->author;
    sheets->subject = cards->subject;
    sheets->keywords = cards->keywords;
    sheets->duplex = plan->backs != BACKS_NONE;
    sheets->turns_short = plan->backs == BACKS_SHORT_EDGE;
    sheets->bookmarks_open = cards->bookmarks_open;
    const size_t sides = pages_per_card(plan);
    const size_t count = (cards->count + sides - 1) / sides + (size_t)plan->skip;
    const size_t slots = (size_t)plan->columns * (size_t)plan->rows;
    for (size_t first = 0; first < count && slots > 0; first += slots) {
        fill_sheet(sheets, cards, plan, first, sides, SIDE_FRONT);
        if (sides == 2) {
            fill_sheet(sheets, cards, plan, first, sides, SIDE_BACK);
        }
    }
    return sheets;
}
