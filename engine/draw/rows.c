/* rows.c: lying bars, for long names: the name at the left, the value behind the bar's end. Values stand there, so
 * the only axis is the line where bars begin. */
#include "draw/chart.h"

#include "base/length.h"

#define GAP_MP         PT(3)
#define BAR_LIMIT_MP   PT(16)
#define LEAST_AREA_MP  PT(50)
#define BASE_MP        PT(0.5)
#define TICKS          4
#define BARS_OF_SLOT   80 /* of 100 */
#define NAMES_OF_WIDTH 45 /* % at most */

struct rows_plan {
    struct scale scale;
    struct box area; /* of the bars */
    int32_t slot_mp, bar_mp;
    struct text_style values;
};

static bool plan(const struct plot *plot, struct rows_plan *rows) {
    const int32_t names_mp = widest_category(plot) + GAP_MP;
    rows->scale = scale_of_plot(plot, true, TICKS);
    rows->slot_mp = plot->box.height_mp / (int32_t)plot->category_count;
    rows->bar_mp = chart_bar_width(plot, rows->slot_mp, BARS_OF_SLOT, BAR_LIMIT_MP);
    rows->values = plot->value_style;
    while (rows->values.size_mp > rows->bar_mp) {
        if (!label_shrink(&rows->values)) {
            return false;
        }
    }
    const int32_t values_mp = widest_value(plot, &rows->values) + 2 * GAP_MP;
    rows->area = (struct box){plot->box.x_mp + names_mp, plot->box.y_mp, plot->box.width_mp - names_mp - values_mp,
                              plot->box.height_mp};
    return plot->style->size_mp <= rows->slot_mp && rows->area.width_mp >= LEAST_AREA_MP &&
           (int64_t)names_mp * 100 <= (int64_t)plot->box.width_mp * NAMES_OF_WIDTH;
}

static void draw_bar(struct plot *plot, const struct rows_plan *rows, const struct cell_value *cell, size_t series,
                     int32_t top_mp) {
    const struct box area = rows->area;
    const int32_t base_mp = area.x_mp + scale_position(&rows->scale, 0, area.width_mp);
    int32_t right_mp = base_mp;
    if (cell->known) {
        const int32_t end_mp = area.x_mp + scale_position(&rows->scale, cell->value, area.width_mp);
        const int32_t left_mp = end_mp < base_mp ? end_mp : base_mp;
        right_mp = end_mp < base_mp ? base_mp : end_mp;
        const struct box bar = {left_mp, top_mp, right_mp - left_mp, rows->bar_mp};
        hatch_fill(plot->canvas, bar, series);
    }
    label_put(plot, cell->text, &rows->values, right_mp + GAP_MP, top_mp + rows->bar_mp / 2, ALIGN_LEFT);
}

bool chart_rows(struct plot *plot) {
    struct rows_plan rows = {0};
    if (!plan(plot, &rows)) {
        return false;
    }
    const int32_t base_mp = rows.area.x_mp + scale_position(&rows.scale, 0, rows.area.width_mp);
    canvas_rule(plot->canvas, base_mp, rows.area.y_mp, 0, rows.slot_mp * (int32_t)plot->category_count, BASE_MP);
    for (size_t c = 0; c < plot->category_count; c++) {
        const int32_t middle_mp = rows.area.y_mp + rows.slot_mp * (int32_t)c + rows.slot_mp / 2;
        const int32_t top_mp = middle_mp - rows.bar_mp * (int32_t)plot->series_count / 2;
        label_put(plot, plot->categories[c], plot->style, rows.area.x_mp - GAP_MP, middle_mp, ALIGN_RIGHT);
        for (size_t s = 0; s < plot->series_count; s++) {
            draw_bar(plot, &rows, plot_cell(plot, c, s), s, top_mp + rows.bar_mp * (int32_t)s);
        }
    }
    return true;
}
