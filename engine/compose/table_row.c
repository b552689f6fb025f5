/* table_row.c: one row of a table is set: each cell's text is shaped and broken for the width of its columns. */
#include "compose/table.h"

/* The data rows that counters cover where this instance stands: in heads and feet those of the first band that repeats, in a band's own
 * rows and groups its own. */
static struct tally tally_of(const struct table_data *data, const struct item *item, const struct instance *instance,
                             size_t page_from, size_t page_to) {
    const struct rows *own = data->bands[instance->band].rows;
    const struct rows *rows = own != NULL                      ? own
                              : data->counted_band == SIZE_MAX ? NULL
                                                               : data->bands[data->counted_band].rows;
    const size_t count = rows != NULL ? rows->count : 0;
    bool on_row = own != NULL && instance->row != NO_ROW;
    const bool counted = on_row && data->table->bands[instance->band].each != NO_QUERY; /* in a row: up to it */
    if (counted && instance->band != data->counted_band) {
        page_from = table_rows_before(data, instance->band, data->piece_row);
    }
    struct tally tally = {.rows = rows, .row = instance->row, .depth = item->stack.depth};
    tally.from[SPAN_ROW] = on_row ? instance->row : 0;
    tally.to[SPAN_ROW] = on_row ? instance->row + 1 : 0;
    tally.from[SPAN_GROUP] = instance->group_from;
    tally.to[SPAN_GROUP] = instance->group_to;
    tally.from[SPAN_PAGE] = page_from;
    tally.to[SPAN_PAGE] = counted ? instance->row + 1 : page_to;
    tally.to[SPAN_BEFORE] = page_from;
    tally.to[SPAN_RUNNING] = on_row ? instance->row + 1 : page_to;
    tally.to[SPAN_ALL] = count;
    tally.ordinal[SPAN_ROW] = tally.ordinal[SPAN_ALL] = tally.ordinal[SPAN_RUNNING] = on_row ? instance->row + 1 : 0;
    tally.ordinal[SPAN_GROUP] = on_row ? instance->row - instance->group_from + 1 : 0;
    tally.ordinal[SPAN_PAGE] = on_row ? instance->row - page_from + 1 : 0;
    return tally;
}

/* Puts the rows around an instance in force: those of the item, and the data row on top. */
struct around {
    struct row_stack stack;
    const struct tally *outer;
    struct arena *words;
    size_t part;
    struct tally tally;
};

/* The row of the `cells` query. Where one query gives both the columns and their cells, a head speaks of the column. */
static const struct value *across_row(struct context *context, const struct table_data *data,
                                      const struct instance *instance, size_t part) {
    const struct table *table = data->table;
    const struct query_use *uses = context->layout->query_uses;
    bool same = table->cells_query != NO_QUERY && uses[table->across].query == uses[table->cells_query].query;
    if (same && instance->row == NO_ROW) {
        return &data->across->cells[part * data->across->columns];
    }
    return across_cell(context, data, instance, part);
}

static void enter(struct context *context, struct table_data *data, const struct item *item,
                  const struct instance *instance, size_t part, size_t page_from, size_t page_to,
                  struct around *around) {
    around->stack = context->stack;
    around->outer = context->tally;
    around->words = context->words;
    around->part = context->part;
    context->part = part;
    context->words = context->page_arena;
    around->tally = tally_of(data, item, instance, page_from, page_to);
    context->stack = item->stack;
    context->tally = &around->tally;
    if (data->across != NULL) {
        bool known = part < data->across->count;
        context_push(context, known ? &data->across->cells[part * data->across->columns] : NULL);
        context_push(context, known ? across_row(context, data, instance, part) : NULL);
    }
    const struct rows *rows = data->bands[instance->band].rows;
    if (rows != NULL && instance->row != NO_ROW) {
        context_push(context, &rows->cells[instance->row * rows->columns]);
    }
}

static void leave(struct context *context, const struct around *around) {
    context->stack = around->stack;
    context->tally = around->outer;
    context->words = around->words;
    context->part = around->part;
}

/* --- one cell --------------------------------------------------------------------------------------------------------
 */

static bool starts_here(const struct table_data *data, const struct cell *cell, const struct instance *instance,
                        size_t column) {
    return cell->join == JOIN_NONE && !is_merged(data, instance, column);
}

/* Right edge of the cell that starts in a column: those at its right that join it are its own. */
static size_t last_column(const struct context *context, const struct table_data *data, const struct instance *instance,
                          size_t column) {
    size_t part, last = column;
    if (instance->kind == INSTANCE_EMPTY) {
        return data->column_count - 1;
    }
    while (last + 1 < data->column_count) {
        const struct cell *next = drawn_cell(context, data, instance->drawn, last + 1, &part);
        if (next == NULL || next->join != JOIN_LEFT) {
            break;
        }
        last++;
    }
    return last;
}

static const struct text_style *cell_style(struct context *context, const struct cell *cell) {
    return context_style(context, cell->style);
}

static void add_lines(struct set_cell *set, struct lines lines, size_t characters) {
    set->lines[set->lines_count++] = lines;
    set->line_total += lines.count;
    set->content_mp += lines.height_mp;
    set->characters += characters;
}

/* Lines of {text|rich}: as many as it has paragraphs. */
static void set_rich(struct context *context, const struct rich_paragraph *rich, size_t count, int32_t width_mp,
                     struct set_cell *set, size_t *capacity) {
    for (size_t i = 0; i < count; i++) {
        ARENA_GROW(context->page_arena, set->lines, set->lines_count, *capacity);
        add_lines(
            set,
            text_break(context->composer->tools.text, context->page_arena, rich[i].paragraph, width_mp, FIT_NORMAL),
            paragraph_characters(rich[i].paragraph));
    }
}

static void set_text(struct context *context, const struct template *text, int32_t width_mp, struct set_cell *set) {
    size_t capacity = text->count;
    set->lines = ARENA_ARRAY(context->page_arena, struct lines, text->count);
    const struct text_style *first = context_style(context, text->lines[0].style);
    for (size_t i = 0; i < text->count; i++) {
        struct rich_paragraph *rich;
        size_t count;
        if (context_rich(context, context->page_arena, &text->lines[i], &rich, &count)) {
            set_rich(context, rich, count, width_mp, set, &capacity);
            continue;
        }
        const struct lines lines = context_lines(context, context->page_arena, &text->lines[i], width_mp);
        ARENA_GROW(context->page_arena, set->lines, set->lines_count, capacity);
        add_lines(set, lines, paragraph_characters(lines.paragraph));
    }
    if (first->decimal && set->line_total == 1) {
        set->point = paragraph_decimal(set->lines[0].paragraph);
        set->decimal = true;
    }
}

/* Where the cells' query has no row: one —, however many lines the cell has. */
static bool lacks_cell(struct context *context, const struct table_data *data, const struct cell *cell,
                       const struct instance *instance, size_t part) {
    return data->cells != NULL && stands_for_many(context, data, cell) && data->bands[instance->band].rows != NULL &&
           across_cell(context, data, instance, part) == NULL;
}

static void set_missing(struct context *context, const struct cell *cell, int32_t width_mp, struct set_cell *set) {
    const struct text_style *style = context_style(context, cell->text.lines[0].style);
    struct paragraph *paragraph = context_shape_text(context, context->page_arena, STR("—"), style);
    set->lines = ARENA_ARRAY(context->page_arena, struct lines, 1);
    add_lines(set, text_break(context->composer->tools.text, context->page_arena, paragraph, width_mp, FIT_NORMAL),
              paragraph_characters(paragraph));
}

static void set_vertical(struct context *context, const struct cell *cell, struct set_cell *set) {
    struct paragraph *paragraph = context_shape(context, context->page_arena, &cell->text.lines[0]);
    set->vertical = paragraph;
    set->content_mp = text_vertical_height(paragraph);
    set->characters = paragraph_characters(paragraph);
}

static struct set_cell set_content(struct context *context, const struct table_data *data,
                                   const struct instance *instance, const struct template *text,
                                   const struct cell *cell, size_t part, int32_t width_mp) {
    bool blank = instance->kind == INSTANCE_PAD;
    struct set_cell set = {.cell = cell, .style = cell_style(context, cell)};
    const int32_t inner = width_mp - set.style->padding_mp[1] - set.style->padding_mp[3];
    uint32_t picture;
    if (blank || text->count == 0) {
        set.content_mp = 0;
    } else if (template_picture(context, text, &picture)) {
        set.picture = context_value(context, picture);
    } else if (lacks_cell(context, data, cell, instance, part)) {
        set_missing(context, cell, inner, &set);
    } else if (cell->vertical || set.style->vertical) {
        set_vertical(context, cell, &set);
    } else {
        set_text(context, text, inner > 1 ? inner : 1, &set);
    }
    set.to = (uint32_t)set.line_total;
    set.least_mp = set.content_mp + set.style->padding_mp[0] + set.style->padding_mp[2];
    return set;
}

/* Extent of a cell in mp: from its first column's left edge to its last column's right edge. */
static int32_t extent(const struct table_data *data, size_t first, size_t last) {
    return data->x_mp[last] + data->column_mp[last] - data->x_mp[first];
}

struct set_cell set_table_cell(struct context *context, struct table_data *data, const struct item *item,
                               const struct instance *instance, size_t column, size_t page_from, size_t page_to) {
    size_t part;
    const struct cell *cell = drawn_cell(context, data, instance->drawn, column, &part);
    struct around around;
    enter(context, data, item, instance, part, page_from, page_to, &around);
    bool empty = instance->kind == INSTANCE_EMPTY;
    const struct template *text = empty ? &data->table->bands[instance->band].empty : &cell->text;
    const int32_t width = extent(data, column, last_column(context, data, instance, column));
    const struct set_cell set = set_content(context, data, instance, text, cell, part, width);
    leave(context, &around);
    return set;
}

int32_t text_height(const struct set_cell *cell, uint32_t from, uint32_t to) {
    int32_t height = 0;
    uint32_t at = 0;
    for (size_t i = 0; i < cell->lines_count; i++) {
        const struct lines *lines = &cell->lines[i];
        const uint32_t count = (uint32_t)lines->count;
        uint32_t low = from > at ? from - at : 0, high = to > at ? to - at : 0;
        high = high < count ? high : count;
        if (low < high) {
            height += text_lines_height(lines, low, high);
        }
        at += count;
    }
    return height;
}

/* The cells that start in a row, one a column. */
static struct set_cell *set_cells(struct context *context, struct table_data *data, const struct item *item,
                                  const struct instance *instance, size_t page_from, size_t page_to) {
    size_t part;
    struct set_cell *cells = ARENA_ARRAY(context->page_arena, struct set_cell, data->column_count);
    for (size_t column = 0; column < data->column_count; column++) {
        const struct cell *cell = drawn_cell(context, data, instance->drawn, column, &part);
        bool empty = instance->kind == INSTANCE_EMPTY;
        if (cell != NULL && (empty ? column == 0 : starts_here(data, cell, instance, column))) {
            cells[column] = set_table_cell(context, data, item, instance, column, page_from, page_to);
        }
    }
    return cells;
}

/* The notes of a row that goes on stand on the page where it begins; their marks have the same numbers on the next. */
static struct note_list notes_begun(struct context *context, size_t count) {
    struct note_list list = {.count = count, .capacity = count, .of_table = true};
    list.items = ARENA_ARRAY(context->page_arena, struct note, count);
    return list;
}

/* A row that goes on over many pages is set once for all of them: setting it anew on each takes the square of its length. */
static const struct set_cell *kept_cells(struct context *context, struct table_data *data, const struct item *item,
                                         const struct instance *instance, size_t page_from, size_t page_to,
                                         size_t notes) {
    if (data->kept_for != instance || data->kept_width_mp != data->width_mp || data->kept_notes != notes) {
        struct arena *page_arena = context->page_arena;
        struct note_list begun = notes_begun(context, notes), *noting = context->noting;
        struct findings known = {.arena = context->page_arena}, *found = context->found; /* on its first page */
        context->noting = &begun;
        context->found = &known;
        context->page_arena = context->row_arena;
        data->kept = set_cells(context, data, item, instance, page_from, page_to);
        context->page_arena = page_arena;
        context->noting = noting;
        context->found = found;
        data->kept_notes = notes;
        data->kept_for = instance;
        data->kept_width_mp = data->width_mp;
    }
    return data->kept;
}

/* A cell that others join from below is not measured with its own row alone. */
struct set_row set_table_row(struct context *context, struct table_data *data, const struct item *item,
                             const struct instance *instance, size_t page_from, size_t page_to, const uint32_t *from) {
    const size_t columns = data->column_count;
    struct set_row row = {.instance = instance, .broken_above = from != NULL};
    row.notes_before = context->noting != NULL ? context->noting->count : 0;
    row.found_before = context->found != NULL ? context->found->count : 0;
    row.cells = from != NULL ? arena_copy(context->page_arena,
                                          kept_cells(context, data, item, instance, page_from, page_to, from[columns]),
                                          columns * sizeof *row.cells)
                             : set_cells(context, data, item, instance, page_from, page_to);
    row.height_mp = instance->drawn->least_height_mp ? instance->drawn->least_height_mp : data->table->row_mp;
    for (size_t column = 0; column < columns; column++) {
        struct set_cell *set = &row.cells[column];
        if (set->cell == NULL) {
            continue;
        }
        set->again = from != NULL && from[column] == LINES_AGAIN;
        if (from != NULL && from[column] > 0 && !set->again) {
            set->from = from[column];
            set->least_mp =
                text_height(set, set->from, set->to) + set->style->padding_mp[0] + set->style->padding_mp[2];
        }
        bool alone = set->cell->row_span <= 1 && !cell_goes_on(context, data, instance, column);
        if (alone && set->least_mp > row.height_mp) {
            row.height_mp = set->least_mp;
        }
    }
    return row;
}

int32_t table_notes_height(struct context *context, const struct table_data *data, struct note_list *notes,
                           size_t from) {
    int32_t height = notes->count > from && from == 0 ? NOTE_GAP_MP : 0;
    if (notes->apart) {
        return 0;
    }
    struct arena *words = context->words;
    context->words = context->page_arena;
    for (size_t i = from; i < notes->count; i++) {
        height += note_lines(context, &notes->items[i], data->width_mp)->height_mp;
    }
    context->words = words;
    return height;
}

void measure_table_cell(struct context *context, struct table_data *data, const struct item *item,
                        const struct instance *instance, size_t column, int32_t *natural_mp, int32_t *least_mp) {
    size_t part, other;
    const struct cell *cell = drawn_cell(context, data, instance->drawn, column, &part);
    const struct cell *next =
        column + 1 < data->column_count ? drawn_cell(context, data, instance->drawn, column + 1, &other) : NULL;
    if (cell == NULL || cell->join != JOIN_NONE || (next != NULL && next->join == JOIN_LEFT) ||
        instance->kind != INSTANCE_ROW) {
        return;
    }
    uint32_t picture;
    if (template_picture(context, &cell->text, &picture)) {
        return;
    }
    struct around around;
    const struct arena_mark mark = arena_mark(context->page_arena);
    struct note_list unprinted = {.of_table = true};                                 /* their marks take room too */
    struct findings known = {.arena = context->page_arena}, *found = context->found; /* when the row is set */
    context->noting = &unprinted;
    context->found = &known;
    enter(context, data, item, instance, part, 0, 0, &around);
    const struct text_style *style = cell_style(context, cell);
    const int32_t padding = style->padding_mp[1] + style->padding_mp[3];
    for (size_t i = 0; i < cell->text.count; i++) {
        struct paragraph *paragraph = context_shape(context, context->page_arena, &cell->text.lines[i]);
        const int32_t natural = paragraph_natural_width(paragraph) + padding,
                      least = paragraph_minimum_width(paragraph) + padding;
        *natural_mp = natural > *natural_mp ? natural : *natural_mp;
        *least_mp = least > *least_mp ? least : *least_mp;
    }
    leave(context, &around);
    context->noting = NULL;
    context->found = found;
    arena_release(context->page_arena, mark);
}
