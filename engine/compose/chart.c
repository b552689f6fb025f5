/* chart.c: a query's rows become the points of a chart. */
#include "compose/kinds.h"

#include <math.h>

#include "base/hash.h"
#include "compose/tags.h"
#include "draw/draw.h"
#include "filter/filter.h"

struct chart_data {
    struct chart chart;
    int32_t least_mp, most_mp; /* as high as there is room */
};

static struct fit place_chart(const struct context *context, const struct item *item, struct progress from,
                              struct room room) {
    (void)from;
    const struct chart_data *data = item->data;
    if (data->least_mp <= room.height_mp) {
        return (struct fit){.kind = FITS, .height_mp = data->most_mp < room.height_mp ? data->most_mp : room.height_mp};
    }
    if (!room.fresh) {
        return (struct fit){.kind = FITS_NOT};
    }
    return (struct fit){.kind = FITS, .height_mp = room.height_mp, .found = found_high(context, item)};
}

static void tag_chart(struct context *context, const struct item *item, const struct chart *chart) {
    if (tags_wanted(context)) {
        tag_item(context, item, ELEMENT_FIGURE);
        tag_says(context, item->element, chart_words(context->arena, chart));
    }
}

static void commit_chart(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                         struct canvas *canvas, struct box box) {
    (void)from, (void)fit;
    const struct chart_data *data = item->data;
    tag_chart(context, item, &data->chart);
    if (!draw_chart(context->composer->tools.text, canvas, box, &data->chart)) {
        context_tell(context, DIAG_C519, item->block->place, STR_NONE, STR_NONE);
    }
}

static const struct item_kind chart_kind = {"chart", place_chart, commit_chart};

/* A row of the query; columns: where it has what a point is made of. */
struct point_row {
    const struct value *cells;
    const uint32_t *columns;
};

/* NULL's value where the block names no column. */
static const struct value *cell(const struct point_row *row, enum point_column column) {
    static const struct value unknown = {.kind = VALUE_NULL};
    return row->columns[column] != NO_COLUMN ? &row->cells[row->columns[column]] : &unknown;
}

/* Numbers that stand in the database as text count as such; what is none is told. */
static double number_in_text(const struct scope *scope, const struct block *block, const struct value *value) {
    int64_t digits;
    int32_t scale;
    if (value->text.n == 0) {
        return (double)NAN;
    }
    if (!filter_read_number(value->text, &digits, &scale)) {
        findings_add(scope->found, DIAG_C548, block->place, value->text, STR_NONE);
        return (double)NAN;
    }
    return (double)digits / pow(10, scale);
}

static double number(const struct scope *scope, const struct block *block, const struct value *value) {
    switch (value->kind) {
    case VALUE_INTEGER:
        return (double)value->integer;
    case VALUE_REAL:
        return value->real;
    case VALUE_TEXT:
        return number_in_text(scope, block, value);
    case VALUE_NULL:
    case VALUE_BLOB:
        break;
    }
    return (double)NAN;
}

static struct chart_point point_of(const struct scope *scope, const struct block *block, const struct point_row *row) {
    const double own = number(scope, block, cell(row, POINT_Y));
    struct chart_point point = {
        .label = value_text(scope->arena, cell(row, POINT_X)),
        .value = own,
        .compare = number(scope, block, cell(row, POINT_COMPARE)),
        .known = !isnan(own),
        .series = value_text(scope->arena, cell(row, POINT_SERIES)),
        .value_text = value_text(scope->arena, cell(row, POINT_TEXT)),
    };
    if (!point.known) {
        point.value = 0;
    }
    return point;
}

static enum chart_kind kind_of(enum chart_look look) {
    static const enum chart_kind kinds[] = {[LOOK_BARS] = CHART_BARS,
                                            [LOOK_GROUPED] = CHART_GROUPED,
                                            [LOOK_LINE] = CHART_LINE,
                                            [LOOK_SHARE] = CHART_SHARE,
                                            [LOOK_MULTIPLES] = CHART_MULTIPLES};
    return kinds[look];
}

/* A category of a series has one bar. */
static void tell_doubles(const struct scope *scope, const struct block *block, const struct chart *chart) {
    const struct context *context = scope->context;
    const struct arena_mark mark = arena_mark(context->page_arena);
    struct strmap met;
    strmap_init(&met, context->page_arena);
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_point *point = &chart->points[i];
        const struct str key = str_printf(context->page_arena, "%zu:%.*s%.*s", point->label.n, STR_ARG(point->label),
                                          STR_ARG(point->series));
        bool found;
        strmap_put(&met, key, &found);
        const struct str shown = point->series.n > 0 ? str_printf(context->arena, "%.*s / %.*s", STR_ARG(point->label),
                                                                  STR_ARG(point->series))
                                                     : point->label;
        if (found) {
            findings_add(scope->found, DIAG_C547, block->place, shown, STR_NONE);
        }
    }
    arena_release(context->page_arena, mark);
}

void build_chart(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    const struct rows *rows = scope_rows_kept(scope, block->chart.of);
    const uint32_t *columns = context->resolved->queries[block->chart.of].columns;
    struct chart_point *points = ARENA_ARRAY(context->row_arena, struct chart_point, rows->count);
    context->made.counts.rows_given += rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        points[i] = point_of(scope, block, &(struct point_row){&rows->cells[i * rows->columns], columns});
    }
    context->made.counts.rows_placed += rows->count;
    struct chart_data *data = ARENA_NEW(context->row_arena, struct chart_data);
    const int32_t *heights_mp = block->chart.heights_mp;
    data->least_mp = heights_mp[0];
    data->most_mp = heights_mp[1] > 0 ? heights_mp[1] : heights_mp[0];
    data->chart = (struct chart){
        .kind = kind_of(block->chart.look),
        .title = expand_text(scope, &block->chart.title),
        .unit = expand_text(scope, &block->chart.unit),
        .value_name = expand_text(scope, &block->chart.value_name),
        .compare_name = expand_text(scope, &block->chart.compare_name),
        .points = points,
        .count = rows->count,
        .bar_mp = block->chart.bar_width_mp,
        .label_style =
            block->chart.style == NO_STYLE ? context->resolved->note : scope_style(scope, block->chart.style),
    };
    data->chart.scale_min = block->chart.scale[0];
    data->chart.scale_max = block->chart.scale[1];
    const bool series = data->chart.kind == CHART_GROUPED || data->chart.kind == CHART_MULTIPLES;
    if (series && block->chart.series.n > 0) {
        tell_doubles(scope, block, &data->chart);
    }
    struct item *item = items_add(context, scope, out, &chart_kind, block);
    item->data = data;
    item->before_mp = item->after_mp = data->chart.label_style->size_mp / 2;
}
