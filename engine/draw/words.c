/* words.c: a chart as a sentence, for a screen reader: from the same table as the bars, so it says what is printed there.
 *
 *     留守类型构成（人）：双亲外出 325人 57.9%，单亲外出 236人 42.1%
 *     完成率（%）：中心校 本月 86.7%、上期 80.0%；云上小学 本月 —、上期 75.0%        a name, its values
 *     各科等级变化：语文 期中 优、期末 良；数学 期中 良、期末 良                      small multiples: chart by chart */
#include "draw/chart.h"

#include "base/buffer.h"

/* Behind each other: a name and a blank. */
static void add_name(struct buffer *words, struct str name) {
    if (name.n > 0) {
        buffer_printf(words, "%.*s ", STR_ARG(name));
    }
}

static void add_shares(struct buffer *words, const struct plot *plot) {
    const double total = chart_share_total(plot);
    for (size_t i = 0; i < plot->category_count; i++) {
        buffer_add(words, i > 0 ? STR("，") : STR_NONE);
        buffer_add(words, chart_share_text(plot, i, total));
    }
}

static void add_series(struct buffer *words, const struct plot *plot) {
    for (size_t s = 0; s < plot->series_count; s++) {
        buffer_add(words, s > 0 ? STR("；") : STR_NONE);
        add_name(words, plot->series[s]);
        for (size_t c = 0; c < plot->category_count; c++) {
            buffer_add(words, c > 0 ? STR("、") : STR_NONE);
            add_name(words, plot->categories[c]);
            buffer_add(words, plot_cell(plot, c, s)->text);
        }
    }
}

/* A single series has no name: the title names it. */
static void add_categories(struct buffer *words, const struct plot *plot) {
    const bool keyed = plot->series_count > 1;
    for (size_t c = 0; c < plot->category_count; c++) {
        buffer_add(words, c == 0 ? STR_NONE : keyed ? STR("；") : STR("，"));
        add_name(words, plot->categories[c]);
        for (size_t s = 0; s < plot->series_count; s++) {
            buffer_add(words, s > 0 ? STR("、") : STR_NONE);
            add_name(words, keyed ? plot->series[s] : STR_NONE);
            buffer_add(words, plot_cell(plot, c, s)->text);
        }
    }
}

static void add_head(struct buffer *words, const struct chart *chart) {
    buffer_add(words, chart->title.n > 0 ? chart->title : STR("图表"));
    if (chart->unit.n > 0) {
        buffer_printf(words, "（%.*s）", STR_ARG(chart->unit));
    }
    buffer_add(words, chart->count > 0 ? STR("：") : STR("：—"));
}

struct str chart_words(struct arena *arena, const struct chart *chart) {
    struct buffer words = {0};
    struct canvas canvas = {.arena = arena};
    struct plot plot = {.canvas = &canvas, .chart = chart};
    chart_table(&plot);
    add_head(&words, chart);
    if (chart->kind == CHART_SHARE) {
        add_shares(&words, &plot);
    } else if (chart->kind == CHART_MULTIPLES) {
        add_series(&words, &plot);
    } else {
        add_categories(&words, &plot);
    }
    const struct str text = str_copy(arena, buffer_str(&words));
    buffer_release(&words);
    return text;
}
