/* multiples.c: small multiples: a little column chart for each series, all on one scale, so that they compare at a
 * glance. */
#include "draw/chart.h"

#include "base/length.h"

#define GAP_MP          PT(10)
#define LEAST_WIDTH_MP  PT(55)
#define LEAST_HEIGHT_MP PT(60)

/* All cells, so that every small chart has the same scale. */
static struct chart with_common_scale(const struct plot *plot) {
    struct chart chart = *plot->chart;
    const struct scale scale = scale_of_plot(plot, true, 4);
    chart.scale_min = scale.min;
    chart.scale_max = scale.max;
    return chart;
}

static struct plot small_plot(const struct plot *plot, const struct chart *chart, size_t series, struct box box) {
    struct plot small = *plot;
    small.chart = chart;
    small.series_count = 1;
    small.series = &plot->series[series];
    small.cells = ARENA_ARRAY(plot->canvas->arena, struct cell_value, plot->category_count);
    for (size_t c = 0; c < plot->category_count; c++) {
        small.cells[c] = *plot_cell(plot, c, series);
    }
    const int32_t title_mp = plot->style->leading_mp;
    small.box = (struct box){box.x_mp, box.y_mp + title_mp, box.width_mp, box.height_mp - title_mp};
    return small;
}

/* The fewest rows: as many columns as the least width allows, then evened out. */
static size_t columns_for(const struct plot *plot) {
    size_t columns = (size_t)((plot->box.width_mp + GAP_MP) / (LEAST_WIDTH_MP + GAP_MP));
    columns = columns > plot->series_count ? plot->series_count : columns;
    if (columns == 0) {
        return 0;
    }
    const size_t rows = (plot->series_count + columns - 1) / columns;
    return (plot->series_count + rows - 1) / rows;
}

static struct box place_of(const struct plot *plot, size_t series, size_t columns) {
    const int32_t rows = (int32_t)((plot->series_count + columns - 1) / columns);
    const int32_t width_mp = (plot->box.width_mp - GAP_MP * ((int32_t)columns - 1)) / (int32_t)columns;
    const int32_t height_mp = (plot->box.height_mp - GAP_MP * (rows - 1)) / rows;
    return (struct box){plot->box.x_mp + (width_mp + GAP_MP) * (int32_t)(series % columns),
                        plot->box.y_mp + (height_mp + GAP_MP) * (int32_t)(series / columns), width_mp, height_mp};
}

bool chart_multiples(struct plot *plot) {
    const size_t columns = columns_for(plot);
    if (columns == 0 || place_of(plot, 0, columns).height_mp < LEAST_HEIGHT_MP) {
        return false;
    }
    const struct chart chart = with_common_scale(plot);
    for (size_t s = 0; s < plot->series_count; s++) {
        const struct box place = place_of(plot, s, columns);
        struct plot small = small_plot(plot, &chart, s, place);
        if (!chart_bars(&small)) {
            return false;
        }
        label_put(&small, plot->series[s], plot->style, place.x_mp + place.width_mp / 2,
                  place.y_mp + plot->style->leading_mp / 2, ALIGN_CENTRE);
    }
    return true;
}
