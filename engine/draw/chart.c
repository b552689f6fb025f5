/* chart.c: points become a table, the table becomes a chart with its title and the key of its series.
 *
 * 1. When a chart doesn't fit, the canvas is as it was: half a chart is none. */
#include "draw/chart.h"

#include <math.h>

#include "base/hash.h"
#include "base/length.h"

#define VALUE_SIZE     85 /* % of the label style's size */
#define LEAST_VALUE_MP PT(6.5)
#define HEAD_GAP_MP    PT(3)
#define KEY_SWATCH_MP  PT(9)
#define KEY_GAP_MP     PT(3)
#define KEY_BETWEEN_MP PT(10)

bool chart_bars(struct plot *plot) {
    return chart_columns(plot, false) || chart_rows(plot) || chart_columns(plot, true);
}

int32_t chart_bar_width(const struct plot *plot, int32_t slot_mp, int32_t part, int32_t limit_mp) {
    const int32_t most_mp = mp_scale(slot_mp, part, 100 * (int64_t)plot->series_count);
    const int32_t wanted_mp = plot->chart->bar_mp > 0 ? plot->chart->bar_mp : limit_mp;
    return wanted_mp < most_mp ? wanted_mp : most_mp;
}

static bool (*const KINDS[])(struct plot *plot) = {
    [CHART_BARS] = chart_bars,   [CHART_GROUPED] = chart_bars,        [CHART_LINE] = chart_line,
    [CHART_SHARE] = chart_share, [CHART_MULTIPLES] = chart_multiples,
};

/* --- the table ---------------------------------------------------------------------------------------------------- */

static struct cell_value cell_of(const struct plot *plot, bool known, double value, struct str text) {
    known = known && isfinite(value);
    if (!known) {
        return (struct cell_value){.text = STR("—")};
    }
    if (text.n == 0) {
        text = str_is(plot->chart->unit, "%") ? chart_number(plot->canvas->arena, value, plot->chart->unit)
                                              : chart_decimal(plot->canvas->arena, value, plot->places);
    }
    return (struct cell_value){true, value, text};
}

/* One decimal, as numbers of children and percentages mostly have; two when the values have just two; for shares
 * below one four, or three where they go on. */
static int32_t places_of(const struct chart *chart) {
    enum { COARSE = 1, EXACT = 2, SMALL = 3, SMALL_EXACT = 4, UNBOUNDED = 9 };
    double largest = 0;
    int32_t most = 0;
    for (size_t i = 0; i < chart->count; i++) {
        const double values[] = {chart->points[i].known ? chart->points[i].value : 0, chart->points[i].compare};
        for (size_t k = 0; k < 2; k++) {
            if (!isfinite(values[k])) {
                continue;
            }
            const int32_t places = chart_places(values[k], UNBOUNDED);
            most = places > most ? places : most;
            largest = fabs(values[k]) > largest ? fabs(values[k]) : largest;
        }
    }
    if (largest < 1) {
        return most <= SMALL_EXACT ? most : SMALL;
    }
    return most <= EXACT ? most : COARSE;
}

/* Does a chart of series have any? */
static bool has_series(const struct chart *chart) {
    for (size_t i = 0; i < chart->count; i++) {
        if (chart->points[i].series.n > 0) {
            return true;
        }
    }
    return false;
}

/* Values, and beside them those of last month where the chart compares. */
static void table_of_points(struct plot *plot) {
    const struct chart *chart = plot->chart;
    bool compares = false;
    for (size_t i = 0; i < chart->count; i++) {
        compares |= !isnan(chart->points[i].compare);
    }
    plot->category_count = chart->count;
    plot->series_count = compares && chart->kind != CHART_SHARE ? 2 : 1;
    plot->categories = ARENA_ARRAY(plot->canvas->arena, struct str, chart->count);
    plot->series = ARENA_ARRAY(plot->canvas->arena, struct str, 2);
    plot->series[0] = chart->value_name;
    plot->series[1] = chart->compare_name;
    plot->cells = ARENA_ARRAY(plot->canvas->arena, struct cell_value, chart->count * plot->series_count);
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_point *point = &chart->points[i];
        struct cell_value *cells = &plot->cells[i * plot->series_count];
        plot->categories[i] = point->label;
        cells[0] = cell_of(plot, point->known, point->value, point->value_text);
        if (plot->series_count == 2) {
            cells[1] = cell_of(plot, true, point->compare, STR_NONE);
        }
    }
}

/* Numbers distinct strings in order of appearance. */
static uint32_t number_of(struct strmap *map, struct str *names, size_t *count, struct str name) {
    bool found = false;
    uint32_t *number = strmap_put(map, name, &found);
    if (!found) {
        *number = (uint32_t)*count;
        names[(*count)++] = name;
    }
    return *number;
}

/* Categories × series by their names; missing points are unknown. */
static void table_of_series(struct plot *plot) {
    const struct chart *chart = plot->chart;
    struct arena *arena = plot->canvas->arena;
    struct strmap categories;
    struct strmap series;
    strmap_init(&categories, arena);
    strmap_init(&series, arena);
    plot->categories = ARENA_ARRAY(arena, struct str, chart->count);
    plot->series = ARENA_ARRAY(arena, struct str, chart->count);
    uint32_t *category_of = ARENA_ARRAY(arena, uint32_t, chart->count);
    uint32_t *series_of = ARENA_ARRAY(arena, uint32_t, chart->count);
    for (size_t i = 0; i < chart->count; i++) {
        category_of[i] = number_of(&categories, plot->categories, &plot->category_count, chart->points[i].label);
        series_of[i] = number_of(&series, plot->series, &plot->series_count, chart->points[i].series);
    }
    const size_t cells = plot->category_count * plot->series_count;
    plot->cells = ARENA_ARRAY(arena, struct cell_value, cells);
    for (size_t i = 0; i < cells; i++) {
        plot->cells[i] = cell_of(plot, false, 0, STR_NONE);
    }
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_point *point = &chart->points[i];
        plot->cells[category_of[i] * plot->series_count + series_of[i]] =
            cell_of(plot, point->known, point->value, point->value_text);
    }
}

void chart_table(struct plot *plot) {
    const struct chart *chart = plot->chart;
    plot->places = places_of(chart);
    if ((chart->kind == CHART_GROUPED && has_series(chart)) || chart->kind == CHART_MULTIPLES) {
        table_of_series(plot);
    } else {
        table_of_points(plot);
    }
}

/* --- title and key ------------------------------------------------------------------------------------------------ */

static void take_line(struct plot *plot) {
    const int32_t line_mp = plot->style->leading_mp + HEAD_GAP_MP;
    plot->box.y_mp += line_mp;
    plot->box.height_mp -= line_mp;
}

static int32_t key_width(const struct plot *plot) {
    int32_t width_mp = -KEY_BETWEEN_MP;
    for (size_t s = 0; s < plot->series_count; s++) {
        width_mp += KEY_SWATCH_MP + KEY_GAP_MP + label_width(plot, plot->series[s], plot->style) + KEY_BETWEEN_MP;
    }
    return width_mp;
}

static void draw_swatch(struct plot *plot, size_t series, int32_t x_mp, int32_t y_mp) {
    if (plot->chart->kind != CHART_LINE) {
        hatch_fill(plot->canvas, (struct box){x_mp, y_mp - KEY_SWATCH_MP / 2, KEY_SWATCH_MP, KEY_SWATCH_MP}, series);
        return;
    }
    struct mark *mark = canvas_add(plot->canvas, MARK_RULE, x_mp, y_mp);
    mark->rule = (struct mark_rule){
        .dx_mp = KEY_SWATCH_MP, .thickness_mp = PT(1), .style = series == 0 ? LINE_SOLID : LINE_DASHED};
}

static void draw_key(struct plot *plot, int32_t x_mp, int32_t y_mp) {
    for (size_t s = 0; s < plot->series_count; s++) {
        draw_swatch(plot, s, x_mp, y_mp);
        x_mp += KEY_SWATCH_MP + KEY_GAP_MP;
        label_put(plot, plot->series[s], plot->style, x_mp, y_mp, ALIGN_LEFT);
        x_mp += label_width(plot, plot->series[s], plot->style) + KEY_BETWEEN_MP;
    }
}

static struct str title_text(const struct plot *plot) {
    const struct chart *chart = plot->chart;
    if (chart->unit.n == 0) {
        return chart->title;
    }
    return chart->title.n > 0
               ? str_printf(plot->canvas->arena, "%.*s（%.*s）", STR_ARG(chart->title), STR_ARG(chart->unit))
               : str_printf(plot->canvas->arena, "单位：%.*s", STR_ARG(chart->unit));
}

/* A single series needs no key: the title names it. The key is behind the title, or below when both are too long. */
static bool draw_head(struct plot *plot) {
    const struct str title = title_text(plot);
    const bool keyed = plot->series_count > 1 && plot->chart->kind != CHART_MULTIPLES;
    const int32_t title_mp = label_width(plot, title, plot->style);
    const int32_t key_mp = keyed ? key_width(plot) : 0;
    const int32_t right_mp = plot->box.x_mp + plot->box.width_mp;
    if (title_mp > plot->box.width_mp || key_mp > plot->box.width_mp) {
        return false;
    }
    const bool one_line = title_mp + key_mp + KEY_BETWEEN_MP <= plot->box.width_mp;
    if (title.n > 0) {
        label_put(plot, title, plot->style, plot->box.x_mp, plot->box.y_mp + plot->style->leading_mp / 2, ALIGN_LEFT);
    }
    if (keyed && !one_line && title.n > 0) {
        take_line(plot);
    }
    if (keyed) {
        draw_key(plot, right_mp - key_mp, plot->box.y_mp + plot->style->leading_mp / 2);
    }
    if (keyed || title.n > 0) {
        take_line(plot);
    }
    return plot->box.height_mp > 0;
}

/* Labels are set plainly: no indents, one size. */
static struct text_style value_style(const struct text_style *style) {
    struct text_style small = *style;
    int32_t size_mp = mp_scale(style->size_mp, VALUE_SIZE, 100);
    size_mp = size_mp < LEAST_VALUE_MP ? LEAST_VALUE_MP : size_mp;
    small.size_mp = size_mp < style->size_mp ? size_mp : style->size_mp;
    small.leading_mp = mp_scale(style->leading_mp, small.size_mp, style->size_mp);
    return small;
}

bool draw_chart(struct text_engine *engine, struct canvas *canvas, struct box box, const struct chart *chart) {
    struct plot plot = {
        .engine = engine,
        .canvas = canvas,
        .chart = chart,
        .box = box,
        .style = chart->label_style,
        .value_style = value_style(chart->label_style),
    };
    chart_table(&plot);
    const size_t before = canvas->marks->count;
    bool drawn = draw_head(&plot);
    if (drawn && plot.category_count == 0) {
        label_put(&plot, STR("—"), plot.style, box.x_mp + box.width_mp / 2, plot.box.y_mp + plot.box.height_mp / 2,
                  ALIGN_CENTRE);
    } else if (drawn) {
        drawn = KINDS[chart->kind](&plot);
    }
    if (!drawn) {
        canvas->marks->count = before; /* invariant 1 */
    }
    return drawn;
}
