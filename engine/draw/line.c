/* line.c: a line through points, broken where a value is unknown. A second series is dashed, its points hollow.
 *
 * Places of values (first series only), where no line runs through them:
 *
 *     9           7 ╲            8           rising: above, ending at the point; falling: above, beginning at it
 *     ╱╲             ╲   5      ╱            a peak, an end, level: above, centred; a valley: below, centred
 * ╱ ╲ ╲ ╱
 *                      ╲__ ___╱
 *                        4
 * and on the other side of the point where the second series is in the way. A value takes at most two thirds of the
 * way to the next point, so neighbours don't meet; where they would, only every second, third … point has its value,
 * counted from the last. Gridlines stop before values and go on behind them. */
#include "draw/chart.h"

#include "base/length.h"

#define TICKS          4
#define GAP_MP         PT(2.5)
#define AXIS_GAP_MP    PT(3)
#define LEAST_AREA_MP  PT(30)
#define POINT_MP       PT(3.2)
#define LINE_MP        PT(1)
#define SECOND_LINE_MP PT(0.75)
#define DASH_MP        PT(2.5)
#define HOLLOW_MP      PT(0.6)
#define GRID_MP        PT(0.25)
#define BASE_MP        PT(0.5)
#define CLEAR_MP       PT(1) /* between a gridline and a value */
#define PROBES         8     /* places along a value that are tested for lines */

static const struct colour GRID = {170, 170, 170};

struct line_plan {
    struct scale scale;
    struct box area;
    int32_t left_mp, right_mp; /* edges for values */
    int32_t slot_mp;
    size_t name_step, value_step; /* every n-th is written */
};

/* --- the axis ----------------------------------------------------------------------------------------------------- */

static int tick_count(const struct scale *scale) {
    return (int)((scale->max - scale->min) / scale->step + 1e-9);
}

static struct str tick_text(const struct plot *plot, const struct scale *scale, int tick) {
    return chart_decimal(plot->canvas->arena, scale->min + tick * scale->step, chart_places(scale->step, 6));
}

static int32_t axis_width(const struct plot *plot, const struct scale *scale) {
    int32_t widest_mp = 0;
    for (int i = 0; i <= tick_count(scale); i++) {
        const int32_t width_mp = label_width(plot, tick_text(plot, scale, i), &plot->value_style);
        widest_mp = width_mp > widest_mp ? width_mp : widest_mp;
    }
    return widest_mp + AXIS_GAP_MP;
}

static void draw_grid_line(struct plot *plot, int32_t from_mp, int32_t to_mp, int32_t y_mp, bool base) {
    if (to_mp <= from_mp) {
        return;
    }
    struct mark *mark = canvas_add(plot->canvas, MARK_RULE, from_mp, y_mp);
    mark->rule = (struct mark_rule){
        .dx_mp = to_mp - from_mp, .thickness_mp = base ? BASE_MP : GRID_MP, .colour = base ? COLOUR_BLACK : GRID};
}

/* A gridline stops before a value in its way and goes on behind it; values are ordered from left to right. */
static void draw_axis(struct plot *plot, const struct line_plan *line, const struct box *values, size_t count) {
    const struct box area = line->area;
    for (int i = 0; i <= tick_count(&line->scale); i++) {
        const double value = line->scale.min + i * line->scale.step;
        const int32_t y_mp = area.y_mp + area.height_mp - scale_position(&line->scale, value, area.height_mp);
        int32_t from_mp = line->left_mp;
        for (size_t k = 0; k < count; k++) {
            const struct box box = values[k];
            if (box.width_mp > 0 && y_mp >= box.y_mp && y_mp <= box.y_mp + box.height_mp) {
                draw_grid_line(plot, from_mp, box.x_mp - CLEAR_MP, y_mp, i == 0);
                from_mp = box.x_mp + box.width_mp + CLEAR_MP;
            }
        }
        draw_grid_line(plot, from_mp, line->right_mp, y_mp, i == 0);
        label_put(plot, tick_text(plot, &line->scale, i), &plot->value_style, line->left_mp - AXIS_GAP_MP, y_mp,
                  ALIGN_RIGHT);
    }
}

/* --- places ------------------------------------------------------------------------------------------------------- */

static size_t step_for(int32_t needed_mp, int32_t slot_mp) {
    return slot_mp > 0 ? (size_t)((needed_mp + slot_mp - 1) / slot_mp) : 1;
}

/* The first and last names and values may be wider than their slot: points keep away from the ends by half of the
 * excess, which is widest − (width − 2 × inset) / points. */
static void keep_from_ends(struct line_plan *line, int32_t points, int32_t widest_mp) {
    const int64_t over_mp = (int64_t)points * widest_mp - line->area.width_mp;
    if (over_mp > 0 && points > 1) {
        const int32_t inset_mp = (int32_t)(over_mp / (points - 1) / 2) + 1;
        line->area.x_mp += inset_mp;
        line->area.width_mp -= 2 * inset_mp;
    }
    line->slot_mp = line->area.width_mp / points;
}

static bool plan(const struct plot *plot, struct line_plan *line) {
    const int32_t value_mp = widest_value(plot, &plot->value_style);
    const int32_t name_mp = widest_category(plot);
    line->scale = scale_of_plot(plot, false, TICKS);
    const int32_t axis_mp = axis_width(plot, &line->scale);
    const int32_t values_mp = plot->value_style.size_mp + 2 * GAP_MP; /* above and below the line */
    const int32_t names_mp = plot->style->size_mp + 2 * GAP_MP;
    line->area = (struct box){plot->box.x_mp + axis_mp, plot->box.y_mp + values_mp, plot->box.width_mp - axis_mp,
                              plot->box.height_mp - 2 * values_mp - names_mp};
    line->left_mp = line->area.x_mp;
    line->right_mp = line->area.x_mp + line->area.width_mp;
    keep_from_ends(line, (int32_t)plot->category_count, value_mp > name_mp ? value_mp : name_mp);
    line->name_step = step_for(name_mp + GAP_MP, line->slot_mp);
    line->value_step = step_for((value_mp + GAP_MP) * 3 / 2, line->slot_mp);
    return line->area.width_mp >= LEAST_AREA_MP && line->area.width_mp >= value_mp && line->area.width_mp >= name_mp &&
           line->area.height_mp >= LEAST_AREA_MP;
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

static void draw_series(struct plot *plot, const struct line_plan *line, size_t series) {
    draw_path(plot, line, series);
    for (size_t i = 0; i < plot->category_count; i++) {
        const struct cell_value *cell = plot_cell(plot, i, series);
        if (cell->known) {
            draw_point(plot, x_of(line, i), y_of(line, cell->value), series);
        }
    }
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* -1: the neighbour is lower, 1: higher, 0: level, unknown, or none. */
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

/* The height of a series' line at x; false where it is broken or ends. */
static bool line_at(const struct plot *plot, const struct line_plan *line, size_t series, int32_t x_mp, int32_t *y_mp) {
    for (size_t i = 0; i + 1 < plot->category_count; i++) {
        const int32_t from_mp = x_of(line, i);
        const int32_t to_mp = x_of(line, i + 1);
        const struct cell_value *a = plot_cell(plot, i, series);
        const struct cell_value *b = plot_cell(plot, i + 1, series);
        if (x_mp >= from_mp && x_mp <= to_mp && a->known && b->known) {
            const int32_t y0_mp = y_of(line, a->value);
            *y_mp = y0_mp + mp_scale(y_of(line, b->value) - y0_mp, x_mp - from_mp, to_mp - from_mp);
            return true;
        }
    }
    return false;
}

/* Does a line run through the box? Tested at several places: above it at one and below it at the next also means
 * through. */
static bool line_crosses(const struct plot *plot, const struct line_plan *line, struct box box) {
    for (size_t s = 0; s < plot->series_count; s++) {
        int before = 0;
        for (int i = 0; i <= PROBES; i++) {
            int32_t y_mp = 0;
            if (!line_at(plot, line, s, box.x_mp + box.width_mp * i / PROBES, &y_mp)) {
                before = 0;
                continue;
            }
            const int side = y_mp < box.y_mp ? -1 : 1;
            if ((y_mp >= box.y_mp && y_mp <= box.y_mp + box.height_mp) || side == -before) {
                return true;
            }
            before = side;
        }
    }
    return false;
}

struct spot {
    enum text_align align;
    bool below;
};

static struct spot preferred_spot(const struct plot *plot, size_t i) {
    const int before = neighbour(plot, i, false);
    const int after = neighbour(plot, i, true);
    if (before < 0 && after > 0) {
        return (struct spot){ALIGN_RIGHT, false};
    }
    if (before > 0 && after < 0) {
        return (struct spot){ALIGN_LEFT, false};
    }
    return (struct spot){ALIGN_CENTRE, before + after > 0};
}

static struct box box_of_spot(const struct plot *plot, const struct line_plan *line, size_t i, struct spot spot) {
    const struct cell_value *cell = plot_cell(plot, i, 0);
    const int32_t size_mp = plot->value_style.size_mp;
    const int32_t width_mp = label_width(plot, cell->text, &plot->value_style);
    const int32_t y_mp = cell->known ? y_of(line, cell->value) : line->area.y_mp + line->area.height_mp;
    int32_t x_mp = x_of(line, i);
    if (spot.align == ALIGN_CENTRE) {
        x_mp -= width_mp / 2;
    } else if (spot.align == ALIGN_RIGHT) {
        x_mp -= width_mp;
    }
    return (struct box){x_mp, spot.below ? y_mp + GAP_MP : y_mp - GAP_MP - size_mp, width_mp, size_mp};
}

/* Between the value before, the axis and the right end? A centred value always is. */
static bool has_room(const struct line_plan *line, struct box box, const struct box *before) {
    if (box.x_mp < line->left_mp || box.x_mp + box.width_mp > line->right_mp) {
        return false;
    }
    const bool beside = before == NULL || box.x_mp >= before->x_mp + before->width_mp ||
                        box.y_mp >= before->y_mp + before->height_mp || before->y_mp >= box.y_mp + box.height_mp;
    return beside;
}

/* The preferred place, else the first free one around the point; where lines run through all of them, one that at
 * least touches no other value. */
static struct box place_value(const struct plot *plot, const struct line_plan *line, size_t i,
                              const struct box *before) {
    const struct cell_value *cell = plot_cell(plot, i, 0);
    const struct spot preferred = cell->known ? preferred_spot(plot, i) : (struct spot){ALIGN_CENTRE, false};
    const struct spot spots[] = {preferred,
                                 {preferred.align, !preferred.below},
                                 {ALIGN_LEFT, preferred.below},
                                 {ALIGN_RIGHT, preferred.below},
                                 {ALIGN_LEFT, !preferred.below},
                                 {ALIGN_RIGHT, !preferred.below}};
    for (size_t k = 0; k < sizeof spots / sizeof *spots; k++) {
        const struct box box = box_of_spot(plot, line, i, spots[k]);
        if (has_room(line, box, before) && !line_crosses(plot, line, box)) {
            return box;
        }
    }
    return box_of_spot(plot, line, i, (struct spot){ALIGN_CENTRE, preferred.below});
}

bool chart_line(struct plot *plot) {
    struct line_plan line = {0};
    if (!plan(plot, &line)) {
        return false;
    }
    struct box *values = ARENA_ARRAY(plot->canvas->arena, struct box, plot->category_count);
    for (size_t i = (plot->category_count - 1) % line.value_step; i < plot->category_count; i += line.value_step) {
        values[i] = place_value(plot, &line, i, i >= line.value_step ? &values[i - line.value_step] : NULL);
    }
    draw_axis(plot, &line, values, plot->category_count);
    for (size_t s = plot->series_count; s-- > 0;) {
        draw_series(plot, &line, s);
    }
    for (size_t i = (plot->category_count - 1) % line.value_step; i < plot->category_count; i += line.value_step) {
        label_put(plot, plot_cell(plot, i, 0)->text, &plot->value_style, values[i].x_mp,
                  values[i].y_mp + values[i].height_mp / 2, ALIGN_LEFT);
    }
    const int32_t names_mp = line.area.y_mp + line.area.height_mp + plot->value_style.size_mp + 2 * GAP_MP;
    for (size_t i = (plot->category_count - 1) % line.name_step; i < plot->category_count; i += line.name_step) {
        label_put(plot, plot->categories[i], plot->style, x_of(&line, i), names_mp + plot->style->size_mp / 2,
                  ALIGN_CENTRE);
    }
    return true;
}
