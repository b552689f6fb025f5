/* label.c: words and numbers in charts, and the axis that is made of them. */
#include "draw/chart.h"

#include "base/length.h"

#define COLUMN_PITCH      108 /* of 100 of the size: columns of one name stand close */
#define LEAST_SIZE_MP     PT(6)
#define SHRINK_STEP_MP    PT(0.5)
#define GRID_THICKNESS_MP PT(0.25)
#define AXIS_GAP_MP       PT(3)

static const struct colour GRID = {170, 170, 170};

int32_t label_width(const struct plot *plot, struct str text, const struct text_style *style) {
    return text_width(plot->engine, plot->canvas->arena, text, style);
}

/* From the middle of the em box to the baseline. */
static int32_t middle_to_baseline(const struct text_style *style) {
    return text_baseline(style) - style->leading_mp / 2;
}

void label_put(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp,
               enum text_align align) {
    if (text.n > 0) {
        text_label(plot->engine, plot->canvas, text, style, x_mp, y_mp + middle_to_baseline(style), align);
    }
}

void label_put_turned(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp) {
    const struct matrix quarter_left = {0, -MATRIX_ONE, MATRIX_ONE, 0, 0, 0};
    struct canvas turned = canvas_group(plot->canvas, x_mp, y_mp, quarter_left, NULL);
    text_label(plot->engine, &turned, text, style, 0, middle_to_baseline(style), ALIGN_LEFT);
}

static struct paragraph *shape_vertical(const struct plot *plot, struct str text, const struct text_style *style) {
    const struct text_span span = {.text = text, .style = style};
    return text_shape(plot->engine, plot->canvas->arena, &span, 1, style);
}

int32_t label_vertical_height(const struct plot *plot, struct str text, const struct text_style *style) {
    return text.n == 0 ? 0 : text_vertical_height(shape_vertical(plot, text, style));
}

void label_put_vertical(struct plot *plot, struct str text, const struct text_style *style, int32_t x_mp, int32_t y_mp,
                        int32_t limit_mp) {
    if (text.n == 0) {
        return;
    }
    struct text_style close = *style;
    close.leading_mp = mp_scale(style->size_mp, COLUMN_PITCH, 100);
    struct paragraph *paragraph = shape_vertical(plot, text, &close);
    const bool breaks = text_vertical_height(paragraph) > limit_mp;
    const struct box box = {x_mp - style->size_mp / 2, y_mp, style->size_mp, breaks ? limit_mp : 0};
    text_emit_vertical(plot->engine, plot->canvas, paragraph, box);
}

int32_t widest_category(const struct plot *plot) {
    int32_t widest_mp = 0;
    for (size_t i = 0; i < plot->category_count; i++) {
        const int32_t width_mp = label_width(plot, plot->categories[i], plot->style);
        widest_mp = width_mp > widest_mp ? width_mp : widest_mp;
    }
    return widest_mp;
}

int32_t widest_value(const struct plot *plot, const struct text_style *style) {
    int32_t widest_mp = 0;
    for (size_t i = 0; i < plot->category_count * plot->series_count; i++) {
        const int32_t width_mp = label_width(plot, plot->cells[i].text, style);
        widest_mp = width_mp > widest_mp ? width_mp : widest_mp;
    }
    return widest_mp;
}

bool label_shrink(struct text_style *style) {
    if (style->size_mp - SHRINK_STEP_MP < LEAST_SIZE_MP) {
        return false;
    }
    style->leading_mp = mp_scale(style->leading_mp, style->size_mp - SHRINK_STEP_MP, style->size_mp);
    style->size_mp -= SHRINK_STEP_MP;
    return true;
}

/* --- the axis ----------------------------------------------------------------------------------------------------- */

static int tick_count(const struct scale *scale) {
    return (int)((scale->max - scale->min) / scale->step + 1e-9);
}

int32_t axis_width(const struct plot *plot, const struct scale *scale) {
    int32_t widest_mp = 0;
    for (int i = 0; i <= tick_count(scale); i++) {
        const struct str text = chart_number(plot->canvas->arena, scale->min + i * scale->step, STR_NONE);
        const int32_t width_mp = label_width(plot, text, &plot->value_style);
        widest_mp = width_mp > widest_mp ? width_mp : widest_mp;
    }
    return widest_mp + AXIS_GAP_MP;
}

void axis_draw(struct plot *plot, struct box area, const struct scale *scale) {
    for (int i = 0; i <= tick_count(scale); i++) {
        const double value = scale->min + i * scale->step;
        const int32_t y_mp = area.y_mp + area.height_mp - scale_position(scale, value, area.height_mp);
        struct mark *mark = canvas_add(plot->canvas, MARK_RULE, area.x_mp, y_mp);
        const bool base = value == 0 || i == 0;
        mark->rule = (struct mark_rule){.dx_mp = area.width_mp,
                                        .thickness_mp = base ? 2 * GRID_THICKNESS_MP : GRID_THICKNESS_MP,
                                        .colour = base ? COLOUR_BLACK : GRID};
        const struct str text = chart_number(plot->canvas->arena, value, STR_NONE);
        label_put(plot, text, &plot->value_style, area.x_mp - AXIS_GAP_MP, y_mp, ALIGN_RIGHT);
    }
}
