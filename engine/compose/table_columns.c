/* table_columns.c: columns that come from data, and columns over several pages.
 *
 * In a cross table one drawn cell stands for a column for each row of the `across` query. Around such a cell stand two
 * rows more: that of the column, and that of the `cells` query in which all columns named behind `by` agree with the
 * row and the column.
 *
 * A table with `wide: split` becomes as many tables as its columns need pages; each repeats the first columns. */
#include "compose/table.h"

static bool refers_to(const struct context *context, uint32_t value, uint32_t depth) {
    const struct resolved_value *resolved = &context->resolved->values[value];
    return resolved->source == SOURCE_ROW && (resolved->depth == depth || resolved->depth == depth + 1);
}

bool stands_for_many(const struct context *context, const struct table_data *data, const struct cell *cell) {
    for (size_t i = 0; i < cell->text.count; i++) {
        for (size_t j = 0; j < cell->text.lines[i].count; j++) {
            const struct piece *piece = &cell->text.lines[i].pieces[j];
            if (piece->kind != PIECE_VALUE) {
                continue;
            }
            if (context->layout->values[piece->value].kind == REF_PREFIX) {
                return true;
            }
            if (data->across != NULL && refers_to(context, piece->value, data->depth)) {
                return true;
            }
        }
    }
    return false;
}

/* The drawn column that stands for many, by the first row that has such a cell. */
static size_t find_column(const struct context *context, const struct table_data *data) {
    for (size_t i = 0; i < data->table->band_count; i++) {
        const struct band *band = &data->table->bands[i];
        for (size_t row = 0; row < band->row_count; row++) {
            for (size_t column = 0; column < band->rows[row].count; column++) {
                if (stands_for_many(context, data, &band->rows[row].cells[column])) {
                    return column;
                }
            }
        }
    }
    return data->table->column_count - 1;
}

/* Where the rows of a query use have the columns behind `by`. */
static const uint32_t *by_of(const struct context *context, uint32_t use) {
    return context->resolved->queries[use].columns;
}

/* NULL where the row hasn't the column. */
static const struct value *by_value(const uint32_t *by, const struct value *row, size_t i) {
    return by[i] == NO_COLUMN ? NULL : &row[by[i]];
}

/* What a row of the `cells` query is found by: the texts of the columns behind `by`, a NULL unlike any text. */
static struct str add_key(const struct context *context, struct str key, const struct value *value) {
    bool known = value != NULL && value->kind != VALUE_NULL;
    struct str text = known ? value_text(context->page_arena, value) : value != NULL ? STR("\x01") : STR("\x02");
    return str_printf(context->page_arena, "%.*s%zu:%.*s", STR_ARG(key), text.n, STR_ARG(text));
}

/* What of a key is a name that somebody reads. */
static struct str key_shown(const struct context *context, const struct table_data *data, const struct value *row) {
    const struct table *table = data->table;
    struct str shown = STR_NONE;
    for (size_t i = 0; i < table->cells_by_count; i++) {
        const struct value *value = by_value(by_of(context, table->cells_query), row, i);
        const struct str text =
            value != NULL && value->kind != VALUE_NULL ? value_text(context->arena, value) : STR("—");
        shown = shown.n > 0 ? str_printf(context->arena, "%.*s / %.*s", STR_ARG(shown), STR_ARG(text)) : text;
    }
    return shown;
}

/* Every cell of a large cross table looks its row up, so the rows are indexed once; of equal ones the first counts. */
static void index_cells(const struct scope *scope, struct table_data *data) {
    const struct context *context = scope->context;
    const struct table *table = data->table;
    data->cell_rows = ARENA_NEW(context->arena, struct strmap);
    strmap_init(data->cell_rows, context->arena);
    for (size_t i = 0; i < data->cells->count; i++) {
        const struct value *row = &data->cells->cells[i * data->cells->columns];
        struct str key = STR_NONE;
        bool found = false;
        for (size_t j = 0; j < table->cells_by_count; j++) {
            key = add_key(context, key, by_value(by_of(context, table->cells_query), row, j));
        }
        uint32_t *slot = strmap_put(data->cell_rows, str_copy(context->arena, key), &found);
        if (!found) {
            *slot = (uint32_t)i;
        } else {
            findings_add(scope->found, DIAG_C540, table->across_place, key_shown(context, data, row), STR_NONE);
        }
    }
}

/* The cell of a row that is {days…}; NULL: none. */
static const struct cell *prefix_cell(const struct context *context, const struct drawn_row *row, size_t *index,
                                      const struct piece **prefix) {
    for (size_t i = 0; i < row->count; i++) {
        for (size_t j = 0; j < row->cells[i].text.count; j++) {
            for (size_t k = 0; k < row->cells[i].text.lines[j].count; k++) {
                const struct piece *piece = &row->cells[i].text.lines[j].pieces[k];
                if (piece->kind != PIECE_VALUE || context->layout->values[piece->value].kind != REF_PREFIX) {
                    continue;
                }
                *index = i;
                *prefix = piece;
                return &row->cells[i];
            }
        }
    }
    return NULL;
}

/* Without widths a table has a column for each that {days…} stands for; where there are widths they must have room for all. */
static void prefix_columns(const struct scope *scope, struct table_data *data) {
    const struct context *context = scope->context;
    const struct table *table = data->table;
    for (size_t i = 0; table->has_run && i < table->band_count; i++) {
        for (size_t r = 0; r < table->bands[i].row_count; r++) {
            const struct drawn_row *row = &table->bands[i].rows[r];
            const struct piece *prefix = NULL;
            size_t index = 0;
            const struct cell *cell = prefix_cell(context, row, &index, &prefix);
            const size_t many = cell != NULL ? context->resolved->values[prefix->value].column_count : 0;
            const size_t room = cell != NULL ? data->column_count - row->count + 1 : 0;
            if (many <= room) {
                continue;
            }
            if (table->shares_alike && row->count == table->column_count && data->column_count == table->column_count) {
                data->across_column = index;
                data->column_count = data->full_count = row->count - 1 + many;
                data->widths = ARENA_ARRAY(context->row_arena, struct column_width, data->column_count);
                for (size_t k = 0; k < data->column_count; k++) {
                    data->widths[k] = table->widths[0];
                }
                continue;
            }
            const struct str name = context->layout->values[prefix->value].column;
            const struct str numbers = str_printf(context->arena, "%zu", many);
            findings_add(scope->found, DIAG_C538, cell->place, name, numbers);
        }
    }
}

void table_columns(const struct scope *scope, struct table_data *data) {
    const struct context *context = scope->context;
    const struct table *table = data->table;
    data->column_count = data->full_count = table->column_count;
    data->widths = table->widths;
    data->depth = scope->stack.depth;
    if (table->across == NO_QUERY) {
        prefix_columns(scope, data);
        return;
    }
    data->across = scope_rows_kept(scope, table->across);
    data->cells = table->cells_query == NO_QUERY ? NULL : scope_rows_kept(scope, table->cells_query);
    if (data->cells != NULL) {
        index_cells(scope, data);
    }
    data->across_column = find_column(context, data);
    const size_t many = data->across->count > 0 ? data->across->count : 1;
    data->column_count = data->full_count = table->column_count - 1 + many;
    data->widths = ARENA_ARRAY(context->arena, struct column_width, data->column_count);
    for (size_t i = 0; i < data->column_count; i++) {
        const size_t drawn = i < data->across_column          ? i
                             : i < data->across_column + many ? data->across_column
                                                              : i - many + 1;
        data->widths[i] = table->widths[drawn];
    }
}

/* --- rows of `cells` that no cell asks for --- */

/* What the rows of a query give of a cell's key: those of its `by` columns that the query has, or hasn't. */
static struct str some_of_key(const struct context *context, const struct table *table, const uint32_t *by,
                              const struct value *row, const uint32_t *has, bool wanted) {
    struct str key = STR_NONE;
    for (size_t i = 0; i < table->cells_by_count; i++) {
        if ((has[i] != NO_COLUMN) == wanted) {
            key = add_key(context, key, by_value(by, row, i));
        }
    }
    return key;
}

static void add_keys(const struct context *context, const struct table *table, const uint32_t *by,
                     const struct rows *rows, const uint32_t *has, bool wanted, struct strmap *keys) {
    for (size_t i = 0; i < rows->count; i++) {
        bool found;
        strmap_put(keys, some_of_key(context, table, by, &rows->cells[i * rows->columns], has, wanted), &found);
    }
}

void table_check_cells(const struct scope *scope, const struct table_data *data) {
    const struct context *context = scope->context;
    const struct table *table = data->table;
    size_t band = 0, lost = 0;
    while (band < table->band_count && data->bands[band].rows == NULL) {
        band++;
    }
    if (data->cells == NULL || band == table->band_count || table->band_count > 3) {
        return;
    }
    const uint32_t *own = by_of(context, table->bands[band].each), *columns = by_of(context, table->across);
    const uint32_t *cells = by_of(context, table->cells_query);
    struct strmap of_rows, of_columns;
    struct str first = STR_NONE;
    const struct arena_mark mark = arena_mark(context->page_arena);
    strmap_init(&of_rows, context->page_arena);
    strmap_init(&of_columns, context->page_arena);
    add_keys(context, table, own, data->bands[band].rows, own, true, &of_rows);
    add_keys(context, table, columns, data->across, own, false, &of_columns);
    for (size_t i = 0; i < data->cells->count; i++) {
        const struct value *row = &data->cells->cells[i * data->cells->columns];
        if (strmap_get(&of_rows, some_of_key(context, table, cells, row, own, true)) != NULL &&
            strmap_get(&of_columns, some_of_key(context, table, cells, row, own, false)) != NULL) {
            continue;
        }
        first = lost++ == 0 ? key_shown(context, data, row) : first;
    }
    arena_release(context->page_arena, mark);
    if (lost > 0) {
        findings_add(scope->found, DIAG_C546, table->across_place, first, str_int(context->arena, (int64_t)lost));
    }
}

const struct value *across_cell(const struct context *context, const struct table_data *data,
                                const struct instance *instance, size_t nth) {
    const struct table *table = data->table;
    const struct rows *rows = data->bands[instance->band].rows;
    if (data->cells == NULL || rows == NULL || instance->row == NO_ROW || nth >= data->across->count) {
        return NULL;
    }
    const struct value *row = &rows->cells[instance->row * rows->columns];
    const struct value *column = &data->across->cells[nth * data->across->columns];
    struct str key = STR_NONE;
    for (size_t i = 0; i < table->cells_by_count; i++) {
        const struct value *wanted = by_value(by_of(context, table->bands[instance->band].each), row, i);
        if (wanted == NULL) {
            wanted = by_value(by_of(context, table->across), column, i);
        }
        key = add_key(context, key, wanted);
    }
    const uint32_t *found = strmap_get(data->cell_rows, key);
    return found != NULL ? &data->cells->cells[*found * data->cells->columns] : NULL;
}

/* --- which cell stands where --- */

static const struct cell joined_cell = {.join = JOIN_LEFT, .column_span = 1, .row_span = 1};

/* The cell at one of all columns. */
static const struct cell *full_cell(const struct context *context, const struct table_data *data,
                                    const struct drawn_row *row, size_t column, size_t *nth) {
    size_t extra = data->full_count > row->count ? data->full_count - row->count : 0, wide = data->across_column;
    for (size_t i = 0; extra > 0 && i < row->count; i++) {
        if (stands_for_many(context, data, &row->cells[i])) {
            wide = i;
            break;
        }
    }
    *nth = 0;
    if (extra == 0 || column < wide) {
        return column < row->count ? &row->cells[column] : NULL;
    }
    if (column > wide + extra) {
        return &row->cells[column - extra];
    }
    *nth = column - wide;
    if (*nth > 0 && !stands_for_many(context, data, &row->cells[wide])) {
        return &joined_cell; /* a plain cell below many columns is as wide as all of them */
    }
    return &row->cells[wide];
}

const struct cell *drawn_cell(const struct context *context, const struct table_data *data, const struct drawn_row *row,
                              size_t column, size_t *nth) {
    if (data->map == NULL) {
        return full_cell(context, data, row, column, nth);
    }
    size_t full = data->map[column];
    const struct cell *cell = full_cell(context, data, row, full, nth);
    bool apart = column > 0 && data->map[column - 1] + 1 != full;
    while (apart && cell != NULL && cell->join == JOIN_LEFT &&
           full > 0) { /* what it joins is on another page: its label is repeated */
        cell = full_cell(context, data, row, --full, nth);
    }
    return cell;
}

bool is_merged(const struct table_data *data, const struct instance *instance, size_t column) {
    const size_t full = data->map != NULL ? data->map[column] : column;
    return full < 64 && (instance->merges >> full & 1);
}

/* --- columns over several pages --- */

static int32_t fixed_width(const struct table_data *data, size_t column) {
    return data->widths[column].kind == WIDTH_FIXED ? data->widths[column].number : 0;
}

/* Columns from `first` on that fit beside the repeated ones; one at least. */
static size_t columns_that_fit(const struct table_data *data, size_t first, int32_t left_mp) {
    size_t count = 0;
    while (first + count < data->full_count && (count == 0 || fixed_width(data, first + count) <= left_mp)) {
        left_mp -= fixed_width(data, first + count++);
    }
    return count;
}

static struct table_data strip_of(const struct context *context, const struct table_data *data, size_t repeat,
                                  size_t first, size_t count) {
    struct table_data strip = *data;
    size_t *map = ARENA_ARRAY(context->arena, size_t, repeat + count);
    strip.column_count = repeat + count;
    strip.widths = ARENA_ARRAY(context->arena, struct column_width, strip.column_count);
    for (size_t i = 0; i < strip.column_count; i++) {
        map[i] = i < repeat ? i : first + i - repeat;
        strip.widths[i] = data->widths[map[i]];
    }
    strip.map = map;
    strip.told = ARENA_NEW(context->arena, struct table_told);
    return strip;
}

size_t table_split(const struct context *context, const struct table_data *data, int32_t width_mp,
                   struct table_data **strips) {
    int64_t all = 0;
    for (size_t i = 0; i < data->full_count; i++) {
        all += fixed_width(data, i);
    }
    const size_t repeat = (size_t)data->table->repeat_columns;
    *strips = NULL;
    if (!data->table->split_wide || all <= width_mp || repeat >= data->full_count) {
        return 1;
    }
    int32_t left = width_mp;
    for (size_t i = 0; i < repeat; i++) {
        left -= fixed_width(data, i);
    }
    size_t count = 0, capacity = 0;
    for (size_t first = repeat, fit; first < data->full_count; first += fit) {
        fit = columns_that_fit(data, first, left);
        ARENA_GROW(context->arena, *strips, count, capacity);
        (*strips)[count++] = strip_of(context, data, repeat, first, fit);
    }
    return count;
}

bool cell_goes_on(const struct context *context, const struct table_data *data, const struct instance *instance,
                  size_t column) {
    bool in_body = instance >= data->body && instance < data->body + data->body_count;
    if (!in_body || instance + 1 == data->body + data->body_count) {
        return false;
    }
    if (is_merged(data, instance + 1, column)) {
        return true;
    }
    if (!instance->with_next || instance[1].kind == INSTANCE_EMPTY) {
        return false;
    }
    size_t nth;
    const struct cell *below = drawn_cell(context, data, instance[1].drawn, column, &nth);
    return below != NULL && below->join == JOIN_UP;
}
