/* line.c: a line through points, broken where a value is unknown. A second series is dashed, its points hollow.
 *
 * Where a value stands (first series only), so that no line runs through it:
 *
 *     9           7 ╲            8           rising: above, ending at the point; falling: above, beginning at it
 *     ╱╲             ╲   5      ╱            a peak, an end, level: above, centred; a valley: below, centred
 *    ╱  ╲             ╲        ╱
 *                      ╲__ ___╱
 *                        4
 * A value takes at most two thirds of the way to the next point, so neighbours don't meet; where they would, only every
 * second, third … point bears its value, counted from the last. */
#include "draw/chart.h"

#include "base/length.h"

#define TICKS          4
#define GAP_MP         PT(2.5)
#define LEAST_AREA_MP  PT(30)
#define POINT_MP       PT(3.2)
#define LINE_MP        PT(1)
#define SECOND_LINE_MP PT(0.75)
#define DASH_MP        PT(2.5)
#define HOLLOW_MP      PT(0.6)

struct line_plan {
    struct scale scale;
    struct box area;
    int32_t slot_mp;
    size_t name_step, value_step; /* every n-th is written */
};

static size_t step_for(int32_t needed_mp, int32_t slot_mp) {
    return slot_mp > 0 ? (size_t)((needed_mp + slot_mp - 1) / slot_mp) : 1;
}

static bool plan(const struct plot *plot, struct line_plan *line) {
    line->scale = scale_of_plot(plot, false, TICKS);
    const int32_t axis_mp = axis_width(plot, &line->scale);
    const int32_t value_mp = plot->value_style.size_mp + 2 * GAP_MP;
    const int32_t names_mp = plot->style->size_mp + 2 * GAP_MP;
    line->area = (struct box){plot->box.x_mp + axis_mp, plot->box.y_mp + value_mp, plot->box.width_mp - axis_mp,
                              plot->box.height_mp - 2 * value_mp - names_mp};
    line->slot_mp = line->area.width_mp / (int32_t)plot->category_count;
    if (line->area.width_mp < LEAST_AREA_MP || line->area.height_mp < LEAST_AREA_MP) {
        return false;
    }
    const int32_t widest_mp = widest_value(plot, &plot->value_style);
    line->name_step = step_for(widest_category(plot) + GAP_MP, line->slot_mp);
    line->value_step = step_for((widest_mp + GAP_MP) * 3 / 2, line->slot_mp);
    return widest_mp <= line->area.width_mp;
}

static int32_t x_of(const struct line_plan *line, size_t i) {
    return line->area.x_mp + line->slot_mp * (int32_t)i + line->slot_mp / 2;
}

static int32_t y_of(const struct line_plan *line, double value) {
    return line->area.y_mp + line->area.height_mp - scale_position(&line->scale, value, line->area.height_mp);
}

/* --- the line ----------------------------------------------------------------------------------------------------- */

static void draw_path(struct plot *plot, const struct line_plan *line, size_t series) {
    struct path_step *steps = ARENA_ARRAY(plot->canvas->arena, struct path_step, plot->category_count);
    uint32_t count = 0;
    bool open = false;
    for (size_t i = 0; i < plot->category_count; i++) {
        const struct cell_value *cell = plot_cell(plot, i, series);
        if (cell->known) {
            steps[count++] = (struct path_step){
                .verb = open ? PATH_LINE : PATH_MOVE, .x_mp = {x_of(line, i)}, .y_mp = {y_of(line, cell->value)}};
        }
        open = cell->known;
    }
    if (count > 0) {
        struct mark *mark = canvas_add(plot->canvas, MARK_PATH, 0, 0);
        mark->path = (struct mark_path){.steps = steps,
                                        .count = count,
                                        .stroke = true,
                                        .thickness_mp = series == 0 ? LINE_MP : SECOND_LINE_MP,
                                        .dash_mp = series == 0 ? 0 : DASH_MP};
    }
}

static void draw_point(struct plot *plot, int32_t x_mp, int32_t y_mp, size_t series) {
    const struct box box = {x_mp - POINT_MP / 2, y_mp - POINT_MP / 2, POINT_MP, POINT_MP};
    canvas_fill(plot->canvas, box, series == 0 ? COLOUR_BLACK : COLOUR_WHITE);
    if (series > 0) {
        draw_frame(plot->canvas, box, HOLLOW_MP, LINE_SOLID, COLOUR_BLACK);
    }
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* -1 the neighbour lies lower, 1 higher, 0 level or unknown or none. */
static int neighbour(const struct plot *plot, size_t i, bool next) {
    if ((!next && i == 0) || (next && i + 1 == plot->category_count)) {
        return 0;
    }
    const struct cell_value *cell = plot_cell(plot, i, 0);
    const struct cell_value *other = plot_cell(plot, next ? i + 1 : i - 1, 0);
    if (!other->known) {
        return 0;
    }
    return (other->value > cell->value) - (other->value < cell->value);
}

static void draw_value(struct plot *plot, const struct line_plan *line, size_t i) {
    const struct cell_value *cell = plot_cell(plot, i, 0);
    const struct text_style *style = &plot->value_style;
    const int32_t away_mp = GAP_MP + style->size_mp / 2;
    if (!cell->known) {
        label_put(plot, cell->text, style, x_of(line, i), line->area.y_mp + line->area.height_mp - away_mp,
                  ALIGN_CENTRE);
        return;
    }
    const int before = neighbour(plot, i, false);
    const int after = neighbour(plot, i, true);
    const bool below = before + after > 0 && before >= 0 && after >= 0;
    enum text_align align = ALIGN_CENTRE;
    if (before < 0 && after > 0) {
        align = ALIGN_RIGHT;
    } else if (before > 0 && after < 0) {
        align = ALIGN_LEFT;
    }
    const int32_t y_mp = y_of(line, cell->value);
    label_put(plot, cell->text, style, x_of(line, i), below ? y_mp + away_mp : y_mp - away_mp, align);
}

bool chart_line(struct plot *plot) {
    struct line_plan line = {0};
    if (!plan(plot, &line)) {
        return false;
    }
    axis_draw(plot, line.area, &line.scale);
    for (size_t s = plot->series_count; s-- > 0;) {
        draw_path(plot, &line, s);
        for (size_t i = 0; i < plot->category_count; i++) {
            const struct cell_value *cell = plot_cell(plot, i, s);
            if (cell->known) {
                draw_point(plot, x_of(&line, i), y_of(&line, cell->value), s);
            }
        }
    }
    const int32_t below_mp = line.area.y_mp + line.area.height_mp + plot->value_style.size_mp + 2 * GAP_MP;
    for (size_t i = 0; i < plot->category_count; i++) {
        const size_t from_last = plot->category_count - 1 - i;
        if (from_last % line.value_step == 0) {
            draw_value(plot, &line, i);
        }
        if (from_last % line.name_step == 0) {
            label_put(plot, plot->categories[i], plot->style, x_of(&line, i), below_mp + plot->style->size_mp / 2,
                      ALIGN_CENTRE);
        }
    }
    return true;
}
