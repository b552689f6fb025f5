/* share.c: shares of a whole: one bar cut into shares, and below it a line for each with its swatch, number and
 * percentage. Shares keep the order of points; each is named beside it, never to be looked up by colour. */
#include "draw/chart.h"

#include "base/length.h"

#define GAP_MP         PT(4)
#define BAR_MP         PT(18)
#define LEAST_BAR_MP   PT(8)
#define SWATCH_MP      PT(9)
#define COLUMN_GAP_MP  PT(14)
#define LEAST_WIDTH_MP PT(60)

double chart_share_total(const struct plot *plot) {
    double total = 0;
    for (size_t i = 0; i < plot->category_count; i++) {
        const struct cell_value *cell = plot_cell(plot, i, 0);
        total += cell->known && cell->value > 0 ? cell->value : 0;
    }
    return total;
}

struct str chart_share_text(const struct plot *plot, size_t category, double total) {
    struct arena *arena = plot->canvas->arena;
    const struct cell_value *cell = plot_cell(plot, category, 0);
    const bool percentages = str_is(plot->chart->unit, "%"); /* then the numbers have the unit already */
    const struct str unit = cell->known && !percentages ? plot->chart->unit : STR_NONE;
    struct str text =
        str_printf(arena, "%.*s %.*s%.*s", STR_ARG(plot->categories[category]), STR_ARG(cell->text), STR_ARG(unit));
    if (cell->known && total > 0 && !percentages) {
        const struct str percent = chart_number(arena, cell->value / total * 100, STR("%"));
        text = str_printf(arena, "%.*s %.*s", STR_ARG(text), STR_ARG(percent));
    }
    return text;
}

struct share {
    struct str *entries;
    int32_t entry_mp, column_mp, bar_mp; /* height of an entry, width of a column, height of the bar */
    size_t columns;
};

static bool plan(const struct plot *plot, struct share *share, double total) {
    int32_t widest_mp = 0;
    share->entries = ARENA_ARRAY(plot->canvas->arena, struct str, plot->category_count);
    for (size_t i = 0; i < plot->category_count; i++) {
        share->entries[i] = chart_share_text(plot, i, total);
        const int32_t width_mp = label_width(plot, share->entries[i], plot->style);
        widest_mp = width_mp > widest_mp ? width_mp : widest_mp;
    }
    share->entry_mp = plot->style->leading_mp;
    share->column_mp = SWATCH_MP + GAP_MP + widest_mp + COLUMN_GAP_MP;
    const int32_t columns = (plot->box.width_mp + COLUMN_GAP_MP) / share->column_mp;
    if (columns < 1 || plot->box.width_mp < LEAST_WIDTH_MP) {
        return false;
    }
    share->columns = (size_t)columns;
    const size_t lines = (plot->category_count + share->columns - 1) / share->columns;
    const int32_t room_mp = plot->box.height_mp - share->entry_mp * (int32_t)lines - GAP_MP;
    share->bar_mp = room_mp < BAR_MP ? room_mp : BAR_MP;
    return share->bar_mp >= LEAST_BAR_MP;
}

/* Ends are rounded from the running sum, so that the last share ends where the bar does. */
static void draw_bar(struct plot *plot, const struct share *share, double total) {
    double sum = 0;
    int32_t from_mp = 0;
    for (size_t i = 0; i < plot->category_count; i++) {
        const struct cell_value *cell = plot_cell(plot, i, 0);
        sum += cell->known && cell->value > 0 ? cell->value : 0;
        const int32_t to_mp = (int32_t)(sum / total * plot->box.width_mp + 0.5);
        hatch_fill(plot->canvas, (struct box){plot->box.x_mp + from_mp, plot->box.y_mp, to_mp - from_mp, share->bar_mp},
                   i);
        from_mp = to_mp;
    }
}

bool chart_share(struct plot *plot) {
    struct share share = {0};
    const double total = chart_share_total(plot);
    if (!plan(plot, &share, total)) {
        return false;
    }
    if (total > 0) {
        draw_bar(plot, &share, total);
    } else {
        label_put(plot, STR("—"), plot->style, plot->box.x_mp, plot->box.y_mp + share.bar_mp / 2, ALIGN_LEFT);
    }
    for (size_t i = 0; i < plot->category_count; i++) {
        const int32_t x_mp = plot->box.x_mp + share.column_mp * (int32_t)(i % share.columns);
        const int32_t y_mp = plot->box.y_mp + share.bar_mp + GAP_MP + share.entry_mp * (int32_t)(i / share.columns);
        const int32_t middle_mp = y_mp + share.entry_mp / 2;
        hatch_fill(plot->canvas, (struct box){x_mp, middle_mp - SWATCH_MP / 2, SWATCH_MP, SWATCH_MP}, i);
        label_put(plot, share.entries[i], plot->style, x_mp + SWATCH_MP + GAP_MP, middle_mp, ALIGN_LEFT);
    }
    return true;
}
