/* label.c: words and numbers in charts: measured, placed, turned, made smaller. */
#include "draw/chart.h"

#include "base/length.h"

#define COLUMN_PITCH   108 /* % of the size: columns of one name are close together */
#define LEAST_SIZE_MP  PT(6)
#define SHRINK_STEP_MP PT(0.5)

int32_t label_width(const struct plot *plot, struct str text, const struct text_style *style) {
    return text_width(plot->engine, plot->canvas->arena, text, style);
}

/* The distance from the middle of the em box to the baseline. */
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
