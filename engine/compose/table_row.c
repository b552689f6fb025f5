/* table_row.c: one row of a table is set: each cell's text is shaped and broken for the width of its columns. */
#include "compose/segment.h"

/* The data rows that counters cover where this instance stands: in heads and feet those of the first band that repeats, in a band's own
 * rows and groups its own. */
static struct tally tally_of(const struct setting *setting, const struct instance *instance, struct page_span page) {
    const struct table_data *data = setting->data;
    const struct rows *own = data->bands[instance->band].rows;
    const struct rows *rows = own != NULL                      ? own
                              : data->counted_band == NO_INDEX ? NULL
                                                               : data->bands[data->counted_band].rows;
    const size_t count = rows != NULL ? rows->count : 0;
    bool on_row = own != NULL && instance->row != NO_ROW;
    const bool counted = on_row && data->table->bands[instance->band].each != NO_QUERY; /* in a row: up to it */
    if (counted && instance->band != data->counted_band) {
        page.from = table_rows_before(data, instance->band, setting->first_row);
    }
    struct tally tally = {.rows = rows};
    tally.from[SPAN_ROW] = on_row ? instance->row : 0;
    tally.to[SPAN_ROW] = on_row ? instance->row + 1 : 0;
    tally.from[SPAN_GROUP] = instance->group_from;
    tally.to[SPAN_GROUP] = instance->group_to;
    tally.from[SPAN_PAGE] = page.from;
    tally.to[SPAN_PAGE] = counted ? instance->row + 1 : page.to;
    tally.to[SPAN_BEFORE] = page.from;
    tally.to[SPAN_RUNNING] = on_row ? instance->row + 1 : page.to;
    tally.to[SPAN_ALL] = count;
    tally.ordinal[SPAN_ROW] = tally.ordinal[SPAN_ALL] = tally.ordinal[SPAN_RUNNING] = on_row ? instance->row + 1 : 0;
    tally.ordinal[SPAN_GROUP] = on_row ? instance->row - instance->group_from + 1 : 0;
    tally.ordinal[SPAN_PAGE] = on_row ? instance->row - page.from + 1 : 0;
    return tally;
}

/* --- settings --------------------------------------------------------------------------------------------------------- */

struct setting setting_create(const struct item *item, const struct table_data *data, const struct table_set *set,
                              struct arena *arena, struct note_list *notes, struct findings *found) {
    struct setting setting = {.item = item, .data = data, .set = set, .scope = *item->scope};
    setting.scope.arena = arena;
    setting.scope.notes = notes;
    setting.scope.found = found;
    return setting;
}

struct setting setting_aside(const struct setting *setting, struct note_list *notes, struct findings *found) {
    struct setting aside = *setting;
    *found = (struct findings){.arena = setting->scope.arena};
    aside.scope.notes = notes;
    aside.scope.found = found;
    return aside;
}

/* The row of the `cells` query. Where one query gives both the columns and their cells, a head speaks of the column. */
static const struct value *across_row(const struct setting *setting, const struct instance *instance, size_t nth) {
    const struct context *context = setting->scope.context;
    const struct table_data *data = setting->data;
    const struct table *table = data->table;
    const struct query_use *uses = context->layout->query_uses;
    bool same = table->cells_query != NO_QUERY && uses[table->across].query == uses[table->cells_query].query;
    if (same && instance->row == NO_ROW) {
        return &data->across->cells[nth * data->across->columns];
    }
    return across_cell(context, data, instance, nth);
}

/* What is around a cell: around the item, and the data row on top. */
static struct scope scope_of_cell(const struct setting *setting, const struct instance *instance, size_t nth,
                                  const struct tally *tally) {
    const struct table_data *data = setting->data;
    struct scope scope = setting->scope;
    scope.nth_column = nth;
    scope.tally = tally;
    if (data->across != NULL) {
        bool known = nth < data->across->count;
        scope_push(&scope, known ? &data->across->cells[nth * data->across->columns] : NULL);
        scope_push(&scope, known ? across_row(setting, instance, nth) : NULL);
    }
    const struct rows *rows = data->bands[instance->band].rows;
    if (rows != NULL && instance->row != NO_ROW) {
        scope_push(&scope, &rows->cells[instance->row * rows->columns]);
    }
    return scope;
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
    size_t nth, last = column;
    if (instance->kind == INSTANCE_EMPTY) {
        return data->column_count - 1;
    }
    while (last + 1 < data->column_count) {
        const struct cell *next = drawn_cell(context, data, instance->drawn, last + 1, &nth);
        if (next == NULL || next->join != JOIN_LEFT) {
            break;
        }
        last++;
    }
    return last;
}

static const struct text_style *cell_style(const struct scope *scope, const struct cell *cell) {
    return scope_style(scope, cell->style);
}

static void add_lines(struct set_cell *set, struct lines lines, size_t characters) {
    set->lines[set->lines_count++] = lines;
    set->line_total += lines.count;
    set->content_mp += lines.height_mp;
    set->characters += characters;
}

/* Lines of {text|rich}: as many as it has paragraphs. */
static void set_rich(const struct scope *scope, const struct rich_paragraph *rich, size_t count, int32_t width_mp,
                     struct set_cell *set, size_t *capacity) {
    for (size_t i = 0; i < count; i++) {
        ARENA_GROW(scope->arena, set->lines, set->lines_count, *capacity);
        add_lines(
            set,
            text_break(scope->context->composer->tools.text, scope->arena, rich[i].paragraph, width_mp, FIT_NORMAL),
            paragraph_characters(rich[i].paragraph));
    }
}

static void set_text(const struct scope *scope, const struct template *text, int32_t width_mp, struct set_cell *set) {
    size_t capacity = text->count;
    set->lines = ARENA_ARRAY(scope->arena, struct lines, text->count);
    const struct text_style *first = scope_style(scope, text->lines[0].style);
    for (size_t i = 0; i < text->count; i++) {
        struct rich_paragraph *rich;
        size_t count;
        if (expand_rich(scope, scope->arena, &text->lines[i], &rich, &count)) {
            set_rich(scope, rich, count, width_mp, set, &capacity);
            continue;
        }
        const struct lines lines = lines_of(scope, scope->arena, &text->lines[i], width_mp);
        ARENA_GROW(scope->arena, set->lines, set->lines_count, capacity);
        add_lines(set, lines, paragraph_characters(lines.paragraph));
    }
    if (first->decimal && set->line_total == 1) {
        set->point = paragraph_decimal(set->lines[0].paragraph);
        set->decimal = true;
    }
}

/* Where the cells' query has no row: one —, however many lines the cell has. */
static bool lacks_cell(const struct setting *setting, const struct cell *cell, const struct instance *instance,
                       size_t nth) {
    const struct context *context = setting->scope.context;
    const struct table_data *data = setting->data;
    return data->cells != NULL && stands_for_many(context, data, cell) && data->bands[instance->band].rows != NULL &&
           across_cell(context, data, instance, nth) == NULL;
}

static void set_missing(const struct scope *scope, const struct cell *cell, int32_t width_mp, struct set_cell *set) {
    const struct template_line *line = &cell->text.lines[0];
    struct paragraph *paragraph =
        shape_text(scope, scope->arena, line->place, STR("—"), scope_style(scope, line->style));
    set->lines = ARENA_ARRAY(scope->arena, struct lines, 1);
    add_lines(set, text_break(scope->context->composer->tools.text, scope->arena, paragraph, width_mp, FIT_NORMAL),
              paragraph_characters(paragraph));
}

static void set_vertical(const struct scope *scope, const struct cell *cell, struct set_cell *set) {
    struct paragraph *paragraph = shape_line(scope, scope->arena, &cell->text.lines[0]);
    set->vertical = paragraph;
    set->content_mp = text_vertical_height(paragraph);
    set->characters = paragraph_characters(paragraph);
}

/* What stands in the picture's place where there is none. */
static void set_instead(const struct scope *scope, const struct template *text, int32_t width_mp,
                        struct set_cell *set) {
    set->lines_count = text->count - 1;
    set->lines = ARENA_ARRAY(scope->arena, struct lines, set->lines_count);
    for (size_t i = 0; i < set->lines_count; i++) {
        set->lines[i] = lines_of(scope, scope->arena, &text->lines[i + 1], width_mp);
    }
}

/* scope: the cell's. lacks: the cells' query has no row for it. */
static struct set_cell set_content(const struct scope *scope, const struct template *text, const struct cell *cell,
                                   bool lacks, int32_t width_mp) {
    struct set_cell set = {.cell = cell, .style = cell_style(scope, cell)};
    const int32_t inner = width_mp - set.style->padding_mp[1] - set.style->padding_mp[3];
    uint32_t picture;
    if (text == NULL || text->count == 0) {
        set.content_mp = 0;
    } else if (template_picture(scope->context, text, &picture)) {
        set.picture = scope_value(scope, picture);
        set_instead(scope, text, inner, &set);
    } else if (lacks) {
        set_missing(scope, cell, inner, &set);
    } else if (cell->vertical || set.style->vertical) {
        set_vertical(scope, cell, &set);
    } else {
        set_text(scope, text, inner > 1 ? inner : 1, &set);
    }
    set.to = (uint32_t)set.line_total;
    set.least_mp = set.content_mp + set.style->padding_mp[0] + set.style->padding_mp[2];
    return set;
}

/* Extent of a cell in mp: from its first column's left edge to its last column's right edge. */
static int32_t extent(const struct table_set *set, size_t first, size_t last) {
    return set->x_mp[last] + set->column_mp[last] - set->x_mp[first];
}

/* NULL: none, it is a row to be filled in by hand. */
static const struct template *text_of(const struct table_data *data, const struct instance *instance,
                                      const struct cell *cell) {
    switch ((enum instance_kind)instance->kind) {
    case INSTANCE_PAD:
        return NULL;
    case INSTANCE_EMPTY:
        return &data->table->bands[instance->band].empty;
    case INSTANCE_ROW:
        break;
    }
    return &cell->text;
}

void table_cell_says(const struct setting *setting, const struct instance *instance, size_t column,
                     struct page_span page, struct cell_says *out) {
    const struct table_data *data = setting->data;
    size_t nth;
    out->cell = drawn_cell(setting->scope.context, data, instance->drawn, column, &nth);
    out->tally = tally_of(setting, instance, page);
    out->scope = scope_of_cell(setting, instance, nth, &out->tally);
    out->text = text_of(data, instance, out->cell);
    out->lacks = lacks_cell(setting, out->cell, instance, nth);
}

bool table_cell_starts(const struct context *context, const struct table_data *data, const struct instance *instance,
                       size_t column) {
    size_t nth;
    const struct cell *cell = drawn_cell(context, data, instance->drawn, column, &nth);
    if (cell == NULL) {
        return false;
    }
    return instance->kind == INSTANCE_EMPTY ? column == 0 : starts_here(data, cell, instance, column);
}

struct set_cell set_table_cell(const struct setting *setting, const struct instance *instance, size_t column,
                               struct page_span page) {
    struct cell_says says;
    table_cell_says(setting, instance, column, page, &says);
    const int32_t width =
        extent(setting->set, column, last_column(setting->scope.context, setting->data, instance, column));
    return set_content(&says.scope, says.text, says.cell, says.lacks, width);
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

/* --- one row ---------------------------------------------------------------------------------------------------------- */

/* The cells that start in a row, one a column. */
static struct set_cell *set_cells(const struct setting *setting, const struct instance *instance,
                                  struct page_span page) {
    const struct table_data *data = setting->data;
    struct set_cell *cells = ARENA_ARRAY(setting->scope.arena, struct set_cell, data->column_count);
    for (size_t column = 0; column < data->column_count; column++) {
        if (table_cell_starts(setting->scope.context, data, instance, column)) {
            cells[column] = set_table_cell(setting, instance, column, page);
        }
    }
    return cells;
}

/* A row that goes on over many pages is set once for all of them: setting it anew on each takes the square of its length. It is found
 * in the item's measure. */
struct kept_row {
    const struct instance *instance;
    const struct table_set *set;
    size_t notes; /* before its own, on the page where it begins */
    const struct set_cell *cells;
};

/* The notes of a row that goes on stand on the page where it begins; their marks have the same numbers on the next. */
static struct note_list notes_begun(struct arena *arena, size_t count) {
    struct note_list list = {.count = count, .capacity = count, .of_table = true};
    list.items = ARENA_ARRAY(arena, struct note, count);
    return list;
}

static const struct set_cell *kept_cells(const struct setting *setting, const struct instance *instance,
                                         struct page_span page, size_t notes) {
    struct measure *measure = setting->item->measure;
    const struct kept_row *kept = measure->row;
    if (kept != NULL && kept->instance == instance && kept->set == setting->set && kept->notes == notes) {
        return kept->cells;
    }
    struct arena *arena = setting->scope.context->row_arena;
    struct note_list begun = notes_begun(arena, notes);
    struct findings known; /* on its first page */
    struct setting aside = setting_aside(setting, &begun, &known);
    aside.scope.arena = arena;
    struct kept_row row = {instance, setting->set, notes, set_cells(&aside, instance, page)};
    measure->row = arena_copy(arena, &row, sizeof row);
    return row.cells;
}

/* A cell that others join from below is not measured with its own row alone. */
struct set_row set_table_row(const struct setting *setting, const struct instance *instance, struct page_span page,
                             const uint32_t *from) {
    const struct table_data *data = setting->data;
    const size_t columns = data->column_count;
    struct set_row row = {.instance = instance, .broken_above = from != NULL};
    row.notes_before = setting->scope.notes->count;
    row.found_before = setting->scope.found->count;
    row.cells = from != NULL ? arena_copy(setting->scope.arena, kept_cells(setting, instance, page, from[columns]),
                                          columns * sizeof *row.cells)
                             : set_cells(setting, instance, page);
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
        bool alone = set->cell->row_span <= 1 && !cell_goes_on(setting->scope.context, data, instance, column);
        if (alone && set->least_mp > row.height_mp) {
            row.height_mp = set->least_mp;
        }
    }
    return row;
}

int32_t table_notes_height(const struct setting *setting, const struct note_list *notes, size_t from) {
    int32_t height = notes->count > from && from == 0 ? NOTE_GAP_MP : 0;
    if (notes->apart) {
        return 0;
    }
    for (size_t i = from; i < notes->count; i++) {
        const struct scope *scope = &setting->scope;
        height += note_lines(scope->context, scope->arena, &notes->items[i], setting->set->width_mp)->height_mp;
    }
    return height;
}

/* A cell that is joined to another says nothing of its column's width. */
static bool says_width(const struct setting *setting, const struct instance *instance, size_t column,
                       const struct cell *cell) {
    const struct context *context = setting->scope.context;
    const struct table_data *data = setting->data;
    size_t nth;
    uint32_t picture;
    const struct cell *next =
        column + 1 < data->column_count ? drawn_cell(context, data, instance->drawn, column + 1, &nth) : NULL;
    return cell != NULL && cell->join == JOIN_NONE && (next == NULL || next->join != JOIN_LEFT) &&
           instance->kind == INSTANCE_ROW && !template_picture(context, &cell->text, &picture);
}

void measure_table_cell(const struct setting *setting, const struct instance *instance, size_t column,
                        int32_t *natural_mp, int32_t *least_mp) {
    struct arena *arena = setting->scope.arena;
    size_t nth;
    const struct cell *cell = drawn_cell(setting->scope.context, setting->data, instance->drawn, column, &nth);
    if (!says_width(setting, instance, column, cell)) {
        return;
    }
    const struct arena_mark mark = arena_mark(arena);
    struct note_list unprinted = {.of_table = true}; /* their marks take room too */
    struct findings known;                           /* when the row is set */
    const struct setting aside = setting_aside(setting, &unprinted, &known);
    const struct tally tally = tally_of(&aside, instance, (struct page_span){0});
    const struct scope scope = scope_of_cell(&aside, instance, nth, &tally);
    const struct text_style *style = cell_style(&scope, cell);
    const int32_t padding = style->padding_mp[1] + style->padding_mp[3];
    for (size_t i = 0; i < cell->text.count; i++) {
        const struct paragraph *paragraph = shape_line(&scope, arena, &cell->text.lines[i]);
        const int32_t natural = paragraph_natural_width(paragraph) + padding,
                      least = paragraph_minimum_width(paragraph) + padding;
        *natural_mp = natural > *natural_mp ? natural : *natural_mp;
        *least_mp = least > *least_mp ? least : *least_mp;
    }
    arena_release(arena, mark);
}
