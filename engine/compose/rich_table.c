/* rich_table.c: a table that somebody wrote into a text, ruled.
 *
 * Its columns are as wide as their text; where that is more than the room, wide ones are made narrower. A row stays whole unless it is higher than
 * a page; then all its cells go on at the same line. A first row of headings repeats on each page. */
#include "compose/kinds.h"
#include "compose/tags.h"

enum { RULE_MP = 500 };

struct rich_table {
    size_t rows, columns;
    struct paragraph **cells; /* row by row; NULL: none begins there */
    uint32_t *owner;          /* of each place: where the cell begins that stands over it */
    const struct text_style *style;
    bool has_head;
    uint32_t *row_tags, *cell_tags; /* numbers of elements (tags.h), given as they are committed; 0: not yet */
};

/* The table, set for a width. */
struct rich_set {
    const struct rich_table *table;
    struct lines *lines; /* of each cell */
    int32_t *x_mp;       /* of the columns' left rules, and of the last right one */
};

/* A row, or some lines of it, on a page. */
struct slice {
    size_t row, from, to;
    int32_t height_mp;
};
struct slices {
    const struct rich_set *set;
    struct slice *items;
    size_t count, capacity;
    int32_t height_mp;
};

static int32_t padding_x(const struct rich_table *table) {
    return table->style->size_mp / 2;
}

static int32_t padding_y(const struct rich_table *table) {
    return table->style->size_mp / 4;
}

/* --- the grid --- */

enum { GRID_COLUMNS_MAX = 256 };

/* Goes over the cells as HTML lays them: each into the first column that no cell from above stands over. With a table it is filled in, and
 * its columns are known. Gives the number of columns. */
static size_t lay_grid(const struct rich_paragraph *rows, size_t count, struct rich_table *table) {
    int32_t left[GRID_COLUMNS_MAX + 1] = {0}; /* rows that a cell from above still takes of each column */
    uint32_t owner[GRID_COLUMNS_MAX + 1] = {0};
    size_t columns = 0;
    for (size_t row = 0; row < count; row++) {
        size_t at = 0;
        for (size_t i = 0; i < rows[row].cell_count; i++) {
            while (at < GRID_COLUMNS_MAX && left[at] > 0) {
                at++;
            }
            const size_t first = at;
            for (int32_t k = 0; k < rows[row].spans[i].columns && at < GRID_COLUMNS_MAX && left[at] == 0; k++, at++) {
                left[at] = rows[row].spans[i].rows;
                owner[at] = table != NULL ? (uint32_t)(row * table->columns + first) : 0;
            }
            if (table != NULL && first < at) {
                table->cells[row * table->columns + first] = rows[row].cells[i];
            }
            columns = at > columns || first == at ? at + (first == at) : columns;
        }
        for (size_t k = 0; k < GRID_COLUMNS_MAX; k++) {
            columns = left[k] > 0 && k + 1 > columns ? k + 1 : columns;
            if (table != NULL && k < table->columns) {
                table->owner[row * table->columns + k] = left[k] > 0 ? owner[k] : (uint32_t)(row * table->columns + k);
            }
            left[k] -= left[k] > 0;
        }
    }
    return columns;
}

size_t rich_table_columns(const struct rich_paragraph *rows, size_t count) {
    return lay_grid(rows, count, NULL);
}

/* Columns that the cell which begins at a place stands over. */
static size_t columns_of(const struct rich_table *table, size_t row, size_t column) {
    size_t to = column + 1;
    const uint32_t self = (uint32_t)(row * table->columns + column);
    while (to < table->columns && table->owner[row * table->columns + to] == self) {
        to++;
    }
    return to - column;
}

/* --- widths --------------------------------------------------------------------------------------------------------- */

/* As wide as its widest cell on one line. */
static int32_t wished_width(const struct rich_table *table, size_t column) {
    int32_t widest = 0;
    for (size_t row = 0; row < table->rows; row++) {
        const struct paragraph *cell = table->cells[row * table->columns + column];
        const int32_t width = cell != NULL && columns_of(table, row, column) == 1 ? paragraph_natural_width(cell) : 0;
        widest = width > widest ? width : widest;
    }
    const int64_t whole = (int64_t)widest + 2 * padding_x(table);
    return whole < INT32_MAX / 4 ? (int32_t)whole : INT32_MAX / 4;
}

int32_t widest_allowed(const int32_t *wishes, size_t count, int32_t room_mp) {
    int32_t level = room_mp / (int32_t)count;
    for (size_t round = 0; round <= count; round++) { /* each round makes one column more a narrow one */
        int32_t left = room_mp;
        size_t wide = 0;
        for (size_t i = 0; i < count; i++) {
            wide += wishes[i] > level;
            left -= wishes[i] > level ? 0 : wishes[i];
        }
        if (wide == 0 || left / (int32_t)wide == level) {
            break;
        }
        level = left / (int32_t)wide;
    }
    return level;
}

/* The last of the columns that a wide cell stands over takes what it lacks. */
static void widen_for_spans(const struct rich_table *table, int32_t *wishes) {
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        const size_t column = i % table->columns,
                     span = table->cells[i] != NULL ? columns_of(table, i / table->columns, column) : 1;
        if (span == 1) {
            continue;
        }
        int64_t lacks = (int64_t)paragraph_natural_width(table->cells[i]) + 2 * padding_x(table);
        for (size_t k = 0; k < span; k++) {
            lacks -= wishes[column + k];
        }
        const int64_t wish = wishes[column + span - 1] + (lacks > 0 ? lacks : 0);
        wishes[column + span - 1] = wish < INT32_MAX / 4 ? (int32_t)wish : INT32_MAX / 4;
    }
}

static void set_columns(const struct context *context, const struct rich_table *table, int32_t room_mp, int32_t *x_mp) {
    int32_t *wishes = ARENA_ARRAY(context->page_arena, int32_t, table->columns);
    for (size_t i = 0; i < table->columns; i++) {
        wishes[i] = wished_width(table, i);
    }
    widen_for_spans(table, wishes);
    const int32_t level = widest_allowed(wishes, table->columns, room_mp);
    for (size_t i = 0; i < table->columns; i++) {
        x_mp[i + 1] = x_mp[i] + (wishes[i] < level ? wishes[i] : level);
    }
}

static void break_cells(const struct context *context, struct rich_set *set) {
    const struct rich_table *table = set->table;
    for (size_t i = 0; i < table->rows * table->columns; i++) {
        const size_t column = i % table->columns,
                     span = table->cells[i] != NULL ? columns_of(table, i / table->columns, column) : 1;
        const int32_t inner = set->x_mp[column + span] - set->x_mp[column] - 2 * padding_x(table);
        if (table->cells[i] != NULL) {
            set->lines[i] = text_break(context->composer->tools.text, context->arena, table->cells[i],
                                       inner > 1 ? inner : 1, FIT_NORMAL);
        }
    }
}

static const struct rich_set *set_for(const struct context *context, const struct item *item, int32_t room_mp) {
    const struct rich_table *table = item->data;
    const struct rich_set *found = measure_find(item->measure, room_mp);
    if (found != NULL) {
        return found;
    }
    struct rich_set *set = ARENA_NEW(context->arena, struct rich_set);
    set->table = table;
    set->lines = ARENA_ARRAY(context->arena, struct lines, table->rows * table->columns);
    set->x_mp = ARENA_ARRAY(context->arena, int32_t, table->columns + 1);
    set_columns(context, table, room_mp, set->x_mp);
    break_cells(context, set);
    measure_keep(item->measure, room_mp, set);
    return set;
}

/* --- rows ----------------------------------------------------------------------------------------------------------- */

static size_t row_lines(const struct rich_set *set, size_t row) {
    size_t most = 1;
    for (size_t i = 0; i < set->table->columns; i++) {
        const size_t count = set->lines[row * set->table->columns + i].count;
        most = count > most ? count : most;
    }
    return most;
}

static int32_t row_height(const struct rich_set *set, size_t row, size_t from, size_t to) {
    int32_t height = set->table->style->leading_mp;
    for (size_t i = 0; i < set->table->columns; i++) {
        const struct lines *lines = &set->lines[row * set->table->columns + i];
        const size_t end = to < lines->count ? to : lines->count;
        const int32_t own = from < end ? text_lines_height(lines, from, end) : 0;
        height = own > height ? own : height;
    }
    return height + 2 * padding_y(set->table);
}

/* How many lines of a row, from one on, have room: one at least. */
static size_t lines_that_fit(const struct rich_set *set, size_t row, size_t from, int32_t height_mp) {
    size_t low = from + 1, high = row_lines(set, row);
    while (low < high) {
        const size_t middle = (low + high + 1) / 2;
        if (row_height(set, row, from, middle) <= height_mp) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

static void add_slice(const struct context *context, struct slices *slices, struct slice slice) {
    ARENA_GROW(context->page_arena, slices->items, slices->count, slices->capacity);
    slices->items[slices->count++] = slice;
    slices->height_mp += slice.height_mp;
}

/* The head above what goes on, unless it would take half of the page. */
static void repeat_head(const struct context *context, const struct rich_set *set, struct progress from,
                        struct room room, struct slices *slices) {
    if (!set->table->has_head || from.row == 0) {
        return;
    }
    const int32_t height = row_height(set, 0, 0, row_lines(set, 0));
    if (height < room.height_mp / 2) {
        add_slice(context, slices, (struct slice){0, 0, row_lines(set, 0), height});
    }
}

static struct fit place_rich_table(const struct context *context, const struct item *item, struct progress from,
                                   struct room room) {
    const struct rich_set *set = set_for(context, item, room.width_mp);
    struct slices *slices = ARENA_NEW(context->page_arena, struct slices);
    slices->set = set;
    repeat_head(context, set, from, room, slices);
    size_t repeated = slices->count, row = from.row;
    size_t line = from.lines != NULL ? from.lines[0] : 0;
    for (; row < set->table->rows; row++, line = 0) {
        size_t end = row_lines(set, row);
        const int32_t height = row_height(set, row, line, end);
        const int32_t left = room.height_mp - slices->height_mp;
        if (height > left && !(room.fresh && slices->count == repeated)) {
            break;
        }
        if (height > left) {
            end = lines_that_fit(set, row, line, left);
        }
        add_slice(context, slices, (struct slice){row, line, end, row_height(set, row, line, end)});
        if (end < row_lines(set, row)) {
            uint32_t *lines = ARENA_NEW(context->arena, uint32_t);
            *lines = (uint32_t)end;
            return (struct fit){FITS_IN_PART, slices->height_mp, .next = {.row = row, .lines = lines}, .plan = slices};
        }
    }
    bool head_alone = set->table->has_head && from.row == 0 && row == 1 && !room.fresh;
    const enum fit_kind kind = row == set->table->rows                   ? FITS
                               : slices->count > repeated && !head_alone ? FITS_IN_PART
                                                                         : FITS_NOT;
    return (struct fit){kind, slices->height_mp, .next = {.row = row}, .plan = slices};
}

/* --- on the page ---------------------------------------------------------------------------------------------------- */

static void emit_cell(struct context *context, struct canvas *canvas, const struct rich_set *set,
                      const struct slice *slice, size_t column, struct box box) {
    const struct lines *lines = &set->lines[slice->row * set->table->columns + column];
    if (set->table->cells[slice->row * set->table->columns + column] == NULL) {
        return;
    }
    const size_t from = slice->from < lines->count ? slice->from : lines->count;
    const size_t to = slice->to < lines->count ? slice->to : lines->count;
    if (slice->from == 0) {
        count_given(context, lines->paragraph);
    }
    emit_lines(context, canvas, lines, from, to, box.x_mp + set->x_mp[column] + padding_x(set->table),
               box.y_mp + padding_y(set->table));
}

static uint32_t owner_at(const struct rich_set *set, const struct slice *slice, size_t column) {
    return set->table->owner[slice->row * set->table->columns + column];
}

/* Below a slice, where no cell goes on into the next one. */
static void draw_below(struct canvas *canvas, const struct rich_set *set, const struct slices *slices, size_t i,
                       struct box box) {
    for (size_t from = 0, to; from < set->table->columns; from = to + 1) {
        for (to = from; to < set->table->columns; to++) {
            if (i + 1 < slices->count &&
                owner_at(set, &slices->items[i], to) == owner_at(set, &slices->items[i + 1], to)) {
                break;
            }
        }
        if (to > from) {
            canvas_rule(canvas, box.x_mp + set->x_mp[from], box.y_mp, set->x_mp[to] - set->x_mp[from], 0, RULE_MP);
        }
    }
}

/* Left of a column, where no cell stands over both sides. */
static void draw_left(struct canvas *canvas, const struct rich_set *set, const struct slices *slices, size_t column,
                      struct box box, int32_t top_mp) {
    int32_t from = top_mp, to = top_mp;
    for (size_t i = 0; i < slices->count; i++) {
        const struct slice *slice = &slices->items[i];
        const bool inside = column > 0 && column < set->table->columns &&
                            owner_at(set, slice, column - 1) == owner_at(set, slice, column);
        if (inside && to > from) {
            canvas_rule(canvas, box.x_mp + set->x_mp[column], from, 0, to - from, RULE_MP);
        }
        to += slice->height_mp;
        from = inside ? to : from;
    }
    if (to > from) {
        canvas_rule(canvas, box.x_mp + set->x_mp[column], from, 0, to - from, RULE_MP);
    }
}

/* The row's element; 0: the head again, or there is no tree. */
static uint32_t tag_row(struct context *context, const struct item *item, const struct rich_table *table,
                        const struct slice *slice, bool again) {
    struct canvas unused = {0};
    uint32_t *tag = &table->row_tags[slice->row];
    if (*tag == 0 && !again) {
        *tag = tag_below(context, &unused, item->element, ELEMENT_ROW);
    }
    return again ? 0 : *tag;
}

static void tag_cell(struct context *context, struct canvas *canvas, const struct rich_table *table, uint32_t row_tag,
                     size_t row, size_t column) {
    const size_t place = row * table->columns + column;
    uint32_t *tag = &table->cell_tags[place];
    const bool head = table->has_head && row == 0;
    if (row_tag == 0 || table->owner[place] != place) {
        tag_nothing(context, canvas);
    } else if (*tag != 0) {
        tag_goes_on(context, canvas, *tag);
    } else {
        *tag = tag_below(context, canvas, row_tag, head ? ELEMENT_HEAD_CELL : ELEMENT_CELL);
        struct element *element = tag_of(context, *tag);
        element->scope = head ? SCOPE_OF_COLUMN : SCOPE_NONE;
        element->columns = (uint32_t)columns_of(table, row, column);
        while (place + element->rows * table->columns < table->rows * table->columns &&
               table->owner[place + element->rows * table->columns] == place) {
            element->rows++;
        }
    }
}

static void commit_rich_table(struct context *context, const struct item *item, struct progress from,
                              const struct fit *fit, struct canvas *canvas, struct box box) {
    const struct slices *slices = fit->plan;
    const struct rich_set *set = slices->set;
    const int32_t top = box.y_mp, right = set->x_mp[set->table->columns];
    struct canvas inside = *canvas;
    tag_item(context, item, ELEMENT_TABLE);
    canvas_rule(canvas, box.x_mp, top, right, 0, RULE_MP);
    for (size_t i = 0; i < slices->count; i++) {
        const bool again = i == 0 && from.row > 0 && slices->items[0].row == 0;
        const uint32_t row_tag = tag_row(context, item, set->table, &slices->items[i], again);
        for (size_t column = 0; column < set->table->columns; column++) {
            tag_cell(context, &inside, set->table, row_tag, slices->items[i].row, column);
            emit_cell(context, &inside, set, &slices->items[i], column, box);
        }
        box.y_mp += slices->items[i].height_mp;
        draw_below(canvas, set, slices, i, box);
    }
    for (size_t column = 0; column <= set->table->columns; column++) {
        draw_left(canvas, set, slices, column, box, top);
    }
}

static const struct item_kind rich_table_kind = {"table", place_rich_table, commit_rich_table};

void add_rich_table(struct context *context, const struct scope *scope, struct items *out, const struct block *block,
                    const struct rich_paragraph *rows, size_t count) {
    struct rich_table *table = ARENA_NEW(context->arena, struct rich_table);
    table->rows = count;
    table->style = rows[0].style;
    table->has_head = rows[0].head && count > 1;
    table->columns = lay_grid(rows, count, NULL);
    table->cells = ARENA_ARRAY(context->arena, struct paragraph *, count * table->columns);
    table->owner = ARENA_ARRAY(context->arena, uint32_t, count * table->columns);
    table->row_tags = ARENA_ARRAY(context->arena, uint32_t, count);
    table->cell_tags = ARENA_ARRAY(context->arena, uint32_t, count * table->columns);
    lay_grid(rows, count, table);
    struct item *item = items_add(context, scope, out, &rich_table_kind, block);
    item->data = table;
    item->before_mp = item->after_mp = table->style->size_mp / 2;
}
