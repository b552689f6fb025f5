/* columns.c: standing bars. Names below, values above their own bar, so there is no scale.
 *
 * Nothing touches: a value is no wider than its bar's share of the slot (or is turned in it), and room for the
 * longest value is kept above the highest bar. */
#include "draw/chart.h"

#include "base/length.h"

#define NAME_GAP_MP     PT(2.5)
#define VALUE_GAP_MP    PT(1.5)
#define BAR_LIMIT_MP    PT(26)
#define LEAST_AREA_MP   PT(30)
#define BASE_MP         PT(0.5)
#define TICKS           4
#define BARS_OF_SLOT    78 /* %: the rest separates the groups */
#define NAMES_OF_HEIGHT 50 /* % at most */

struct columns {
    struct scale scale;
    struct box area;
    int32_t slot_mp, bar_mp;         /* widths of a category and of one bar in it */
    int32_t names_mp, name_limit_mp; /* height of the names, and of one vertical column */
    bool vertical_names, turned_values;
    struct text_style values; /* in the size that fits */
};

/* The widest a value may be: alone in its slot it may take all of it. */
static int32_t room_for_value(const struct plot *plot, const struct columns *columns) {
    return plot->series_count == 1 ? columns->slot_mp - VALUE_GAP_MP : columns->bar_mp;
}

/* Upright numbers if they fit, else turned ones, else the same a size smaller. */
static bool fit_values(const struct plot *plot, struct columns *columns) {
    const int32_t room_mp = room_for_value(plot, columns);
    columns->values = plot->value_style;
    do {
        columns->turned_values = widest_value(plot, &columns->values) > room_mp;
        if (!columns->turned_values || columns->values.size_mp <= room_mp) {
            return true;
        }
    } while (label_shrink(&columns->values));
    return false;
}

static int32_t highest_name(const struct plot *plot) {
    int32_t highest_mp = 0;
    for (size_t i = 0; i < plot->category_count; i++) {
        const int32_t height_mp = label_vertical_height(plot, plot->categories[i], plot->style);
        highest_mp = height_mp > highest_mp ? height_mp : highest_mp;
    }
    return highest_mp;
}

/* Vertical names in one column; longer ones in two where slots are wide enough. */
static bool fit_vertical_names(const struct plot *plot, struct columns *columns) {
    const int32_t size_mp = plot->style->size_mp;
    const int32_t room_mp = mp_scale(plot->box.height_mp, NAMES_OF_HEIGHT, 100) - 2 * NAME_GAP_MP;
    columns->name_limit_mp = highest_name(plot);
    if (columns->name_limit_mp > room_mp && columns->slot_mp >= 2 * size_mp + NAME_GAP_MP) {
        columns->name_limit_mp = columns->name_limit_mp / 2 + size_mp;
    }
    columns->names_mp = columns->name_limit_mp + 2 * NAME_GAP_MP;
    return size_mp <= columns->slot_mp && columns->name_limit_mp <= room_mp;
}

static bool fit_names(const struct plot *plot, struct columns *columns) {
    if (columns->vertical_names) {
        return fit_vertical_names(plot, columns);
    }
    columns->names_mp = plot->style->size_mp + 2 * NAME_GAP_MP;
    return widest_category(plot) + NAME_GAP_MP <= columns->slot_mp;
}

static bool plan(const struct plot *plot, struct columns *columns) {
    columns->scale = scale_of_plot(plot, true, TICKS);
    const int32_t width_mp = plot->box.width_mp;
    columns->slot_mp = width_mp / (int32_t)plot->category_count;
    columns->bar_mp = chart_bar_width(plot, columns->slot_mp, BARS_OF_SLOT, BAR_LIMIT_MP);
    if (width_mp < LEAST_AREA_MP || !fit_names(plot, columns) || !fit_values(plot, columns)) {
        return false;
    }
    const int32_t head_mp =
        VALUE_GAP_MP * 2 + (columns->turned_values ? widest_value(plot, &columns->values) : columns->values.size_mp);
    columns->area = (struct box){plot->box.x_mp, plot->box.y_mp + head_mp, width_mp,
                                 plot->box.height_mp - head_mp - columns->names_mp};
    return columns->area.height_mp >= LEAST_AREA_MP;
}

static void draw_name(struct plot *plot, const struct columns *columns, size_t category, int32_t middle_mp) {
    const int32_t y_mp = columns->area.y_mp + columns->area.height_mp + NAME_GAP_MP;
    const struct str name = plot->categories[category];
    if (columns->vertical_names) {
        label_put_vertical(plot, name, plot->style, middle_mp, y_mp, columns->name_limit_mp);
    } else {
        label_put(plot, name, plot->style, middle_mp, y_mp + plot->style->size_mp / 2, ALIGN_CENTRE);
    }
}

static void draw_value(struct plot *plot, const struct columns *columns, const struct cell_value *cell,
                       int32_t middle_mp, int32_t top_mp) {
    if (columns->turned_values && cell->known) {
        label_put_turned(plot, cell->text, &columns->values, middle_mp, top_mp - VALUE_GAP_MP);
    } else {
        label_put(plot, cell->text, &columns->values, middle_mp, top_mp - VALUE_GAP_MP - columns->values.size_mp / 2,
                  ALIGN_CENTRE);
    }
}

static void draw_bar(struct plot *plot, const struct columns *columns, const struct cell_value *cell, size_t series,
                     int32_t left_mp) {
    const struct box area = columns->area;
    const int32_t bottom_mp = area.y_mp + area.height_mp;
    const int32_t base_mp = bottom_mp - scale_position(&columns->scale, 0, area.height_mp);
    const int32_t middle_mp = left_mp + columns->bar_mp / 2;
    int32_t top_mp = base_mp;
    if (cell->known) {
        const int32_t end_mp = bottom_mp - scale_position(&columns->scale, cell->value, area.height_mp);
        top_mp = end_mp < base_mp ? end_mp : base_mp;
        const int32_t foot_mp = end_mp < base_mp ? base_mp : end_mp;
        const struct box bar = {left_mp, top_mp, columns->bar_mp, foot_mp - top_mp};
        hatch_fill(plot->canvas, bar, series);
    }
    draw_value(plot, columns, cell, middle_mp, top_mp);
}

bool chart_columns(struct plot *plot, bool vertical_names) {
    struct columns columns = {.vertical_names = vertical_names};
    if (!plan(plot, &columns)) {
        return false;
    }
    const int32_t base_mp =
        columns.area.y_mp + columns.area.height_mp - scale_position(&columns.scale, 0, columns.area.height_mp);
    canvas_rule(plot->canvas, columns.area.x_mp, base_mp, columns.area.width_mp, 0, BASE_MP);
    for (size_t c = 0; c < plot->category_count; c++) {
        const int32_t middle_mp = columns.area.x_mp + columns.slot_mp * (int32_t)c + columns.slot_mp / 2;
        const int32_t left_mp = middle_mp - columns.bar_mp * (int32_t)plot->series_count / 2;
        draw_name(plot, &columns, c, middle_mp);
        for (size_t s = 0; s < plot->series_count; s++) {
            draw_bar(plot, &columns, plot_cell(plot, c, s), s, left_mp + columns.bar_mp * (int32_t)s);
        }
    }
    return true;
}
