/* table_across.c: columns that come from data: {days…}, and the cross table.
 *
 * In a cross table one drawn cell stands for a column for each row of the `across` query. Around such a cell stand two
 * rows more: that of the column, and that of the `cells` query in which all columns named behind `by` agree with the
 * row and the column. */
#include "compose/table.h"

static bool refers_to(const struct context *context, uint32_t value, uint32_t depth) {
    const struct resolved_value *resolved = &context->resolved->values[value];
    return resolved->source == SOURCE_ROW && (resolved->depth == depth || resolved->depth == depth + 1);
}

bool stands_for_many(const struct context *context, const struct table_data *data, const struct cell *cell) {
    for (size_t i = 0; i < cell->text.count; i++)
        for (size_t j = 0; j < cell->text.lines[i].count; j++) {
            const struct piece *piece = &cell->text.lines[i].pieces[j];
            if (piece->kind != PIECE_VALUE)
                continue;
            if (context->layout->values[piece->value].kind == REF_PREFIX)
                return true;
            if (data->across && refers_to(context, piece->value, data->depth))
                return true;
        }
    return false;
}

/* The drawn column that stands for many, by the first row that has such a cell. */
static size_t find_column(const struct context *context, const struct table_data *data) {
    for (size_t i = 0; i < data->table->band_count; i++) {
        const struct band *band = &data->table->bands[i];
        for (size_t row = 0; row < band->row_count; row++)
            for (size_t column = 0; column < band->rows[row].count; column++)
                if (stands_for_many(context, data, &band->rows[row].cells[column]))
                    return column;
    }
    return data->table->column_count - 1;
}

void table_columns(struct context *context, struct table_data *data) {
    const struct table *table = data->table;
    data->column_count = table->column_count;
    data->widths = table->widths;
    data->depth = context->stack.depth;
    if (table->across == NO_QUERY)
        return;
    data->across = context_run(context, table->across);
    data->cells = table->cells_query == NO_QUERY ? NULL : context_run(context, table->cells_query);
    data->across_column = find_column(context, data);
    size_t many = data->across->count > 0 ? data->across->count : 1;
    data->column_count = table->column_count - 1 + many;
    data->widths = ARENA_ARRAY(context->arena, struct column_width, data->column_count);
    for (size_t i = 0; i < data->column_count; i++) {
        size_t drawn = i < data->across_column          ? i
                       : i < data->across_column + many ? data->across_column
                                                        : i - many + 1;
        data->widths[i] = table->widths[drawn];
    }
}

static const struct value *column_value(const struct query *query, const struct value *row, struct str name) {
    for (size_t i = 0; query && row && i < query_columns(query); i++)
        if (str_eq(query_column(query, i), name))
            return &row[i];
    return NULL;
}

static bool same_value(struct context *context, const struct value *a, const struct value *b) {
    if (!a || !b || a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return a && b && a->kind == b->kind;
    if (a->kind == VALUE_INTEGER && b->kind == VALUE_INTEGER)
        return a->integer == b->integer;
    return str_eq(value_text(context->page_arena, a), value_text(context->page_arena, b));
}

static const struct query *query_of(const struct context *context, uint32_t use) {
    return use == NO_QUERY ? NULL : context->resolved->queries[use].query;
}

const struct value *across_cell(struct context *context, const struct table_data *data, const struct instance *instance,
                                size_t part) {
    const struct table *table = data->table;
    const struct rows *rows = data->bands[instance->band].rows;
    if (!data->cells || !rows || instance->row == NO_ROW || part >= data->across->count)
        return NULL;
    const struct value *row = &rows->cells[instance->row * rows->columns];
    const struct value *column = &data->across->cells[part * data->across->columns];
    for (size_t i = 0; i < data->cells->count; i++) {
        const struct value *cell = &data->cells->cells[i * data->cells->columns];
        bool found = true;
        for (size_t j = 0; j < table->cells_by_count && found; j++) {
            struct str name = table->cells_by[j];
            const struct value *wanted = column_value(query_of(context, table->bands[instance->band].each), row, name);
            if (!wanted)
                wanted = column_value(query_of(context, table->across), column, name);
            found = same_value(context, column_value(query_of(context, table->cells_query), cell, name), wanted);
        }
        if (found)
            return cell;
    }
    return NULL;
}
