/* table_draw.c: a segment of a table is drawn: fills, then text, then rules.
 *
 * A rule stands wherever two places of the grid have different owners, and around the segment: so merged cells need no
 * rule of their own, and a table that goes on has its bottom rule on every page. Neighbouring segments of equal
 * thickness are one mark. */
#include "compose/pages.h"
#include "compose/pictures.h"
#include "compose/segment.h"
#include "compose/tags.h"

struct grid {
    const struct item *item;
    struct table_tagging *tagging;
    const struct segment *segment;
    const struct table *table;
    const struct table_set *set;
    const int32_t *y_mp; /* tops of the rows and, last, the bottom */
    int32_t x_mp;
    size_t columns;
};

static uint32_t owner_at(const struct grid *grid, size_t row, size_t column) {
    return grid->segment->owner[row * grid->columns + column];
}

/* The box of the cell that begins at a place, over all places that it owns. */
static struct box cell_box(const struct grid *grid, size_t row, size_t column) {
    const uint32_t self = (uint32_t)(row * grid->columns + column);
    size_t bottom = row, right = column;
    while (bottom + 1 < grid->segment->count && owner_at(grid, bottom + 1, column) == self) {
        bottom++;
    }
    while (right + 1 < grid->columns && owner_at(grid, row, right + 1) == self) {
        right++;
    }
    const int32_t *x = grid->set->x_mp;
    return (struct box){
        .x_mp = grid->x_mp + x[column],
        .y_mp = grid->y_mp[row],
        .width_mp = x[right] + grid->set->column_mp[right] - x[column],
        .height_mp = grid->y_mp[bottom + 1] - grid->y_mp[row],
    };
}

static struct box inner_box(const struct set_cell *cell, struct box box) {
    const int32_t *padding = cell->style->padding_mp;
    return (struct box){box.x_mp + padding[3], box.y_mp + padding[0], box.width_mp - padding[1] - padding[3],
                        box.height_mp - padding[0] - padding[2]};
}

/* Room before and behind the decimal points of a column, over the rows of this segment. */
static struct decimal column_points(const struct grid *grid, size_t column) {
    struct decimal widest = {0};
    for (size_t row = 0; row < grid->segment->count; row++) {
        const struct set_cell *cell = &grid->segment->rows[row].cells[column];
        if (cell->cell == NULL || !cell->point.is_number) {
            continue;
        }
        widest.before_mp = cell->point.before_mp > widest.before_mp ? cell->point.before_mp : widest.before_mp;
        widest.behind_mp = cell->point.behind_mp > widest.behind_mp ? cell->point.behind_mp : widest.behind_mp;
    }
    return widest;
}

/* The column's numbers as a block in the middle of their cells; what is no number in the middle by itself. */
static struct box point_box(const struct grid *grid, size_t column, const struct set_cell *cell, struct box box) {
    if (!cell->point.is_number) {
        box.x_mp += (box.width_mp - cell->lines[0].widest_mp) / 2;
        return box;
    }
    const struct decimal widest = column_points(grid, column);
    const int32_t spare = box.width_mp - widest.before_mp - widest.behind_mp;
    box.x_mp += spare / 2 + widest.before_mp - cell->point.before_mp;
    return box;
}

/* Where the text begins. Pinyin above the first line counts for nothing in the middle, so that the characters stand level
 * with those of the cells beside. */
static int32_t text_top(const struct set_cell *cell, const struct set_row *row, struct box box) {
    const int32_t spare = box.height_mp - text_height(cell, cell->from, cell->to);
    if (spare <= 0 || row->broken_above || row->broken_below || cell->style->valign == 0) {
        return box.y_mp;
    }
    if (cell->style->valign != 1) {
        return box.y_mp + spare;
    }
    const int32_t raise = cell->lines_count ? text_lines_raise(&cell->lines[0]) : 0;
    return box.y_mp + (spare > raise ? (spare - raise) / 2 : 0);
}

static void emit_text(struct context *context, struct canvas *canvas, const struct set_cell *cell,
                      const struct set_row *row, struct box box) {
    int32_t y = text_top(cell, row, box);
    uint32_t at = 0;
    for (size_t i = 0; i < cell->lines_count; i++) {
        const struct lines *lines = &cell->lines[i];
        const uint32_t count = (uint32_t)lines->count;
        uint32_t low = cell->from > at ? cell->from - at : 0, high = cell->to > at ? cell->to - at : 0;
        high = high < count ? high : count;
        if (low < high) {
            emit_lines(context, canvas, lines, low, high, box.x_mp, y);
            y += text_lines_height(lines, low, high);
        }
        at += count;
    }
}

/* 斜线表头: a rule from corner to corner, the last line below it at the left, the first above it at the right. */
static void draw_diagonal(struct context *context, struct canvas *canvas, const struct grid *grid,
                          const struct set_cell *cell, struct box box) {
    canvas_rule(canvas, box.x_mp, box.y_mp, box.width_mp, box.height_mp, grid->table->line_mp);
    const struct box inner = inner_box(cell, box);
    for (size_t i = 0; i < cell->lines_count; i++) {
        const struct lines *lines = &cell->lines[i];
        bool below = i + 1 == cell->lines_count;
        const int32_t x = below ? inner.x_mp - (inner.width_mp - lines->widest_mp) / 2
                                : inner.x_mp + (inner.width_mp - lines->widest_mp) / 2;
        const int32_t y = below ? inner.y_mp + inner.height_mp - lines->height_mp : inner.y_mp;
        emit_lines(context, canvas, lines, 0, lines->count, x, y);
    }
}

/* A picture in a row of data is nobody's of the document. */
static void tag_cell_picture(struct context *context, struct canvas *canvas, const struct item *item,
                             const struct set_row *row, const struct set_cell *cell) {
    uint32_t value = UINT32_MAX;
    const uint32_t figure = tag_below(context, canvas, canvas->element, ELEMENT_FIGURE);
    if (figure == 0 || !template_picture(context, &cell->cell->text, &value)) {
        return;
    }
    struct scope scope = *item->scope;
    if (row->instance->row != NO_ROW) {
        scope_push(&scope, NULL);
    }
    tag_says(context, figure, tag_picture_words(&scope, value));
}

static void draw_cell(struct context *context, struct canvas *canvas, const struct grid *grid,
                      const struct set_row *row, size_t column, struct box box) {
    const struct set_cell *cell = &row->cells[column];
    const struct box inner = inner_box(cell, box);
    if (!row->broken_above || cell->again) {
        context->made.counts.characters_given += cell->characters;
    }
    if (cell->picture != NULL) {
        tag_cell_picture(context, canvas, grid->item, row, cell);
        if (!context_picture(context, canvas, inner, cell->picture, cell->cell->place, false)) {
            context_no_picture(context, canvas, inner, cell->lines, cell->lines_count);
        }
    } else if (cell->vertical != NULL) {
        context->made.counts.characters_placed +=
            text_emit_vertical(context->composer->tools.text, canvas, cell->vertical, inner);
    } else if (cell->cell->diagonal > 0) {
        draw_diagonal(context, canvas, grid, cell, box);
    } else {
        emit_text(context, canvas, cell, row, cell->decimal ? point_box(grid, column, cell, inner) : inner);
    }
}

/* A cell over rows of both colours has none. */
static bool spans_rows(const struct grid *grid, size_t row, size_t column) {
    return row + 1 < grid->segment->count && owner_at(grid, row + 1, column) == owner_at(grid, row, column);
}

static void fill_cells(struct canvas *canvas, const struct grid *grid) {
    for (size_t row = 0; row < grid->segment->count; row++) {
        for (size_t column = 0; column < grid->columns; column++) {
            const struct set_row *set = &grid->segment->rows[row];
            const struct set_cell *cell = &set->cells[column];
            if (owner_at(grid, row, column) != row * grid->columns + column) {
                continue;
            }
            if (cell->cell != NULL && cell->style->has_fill) {
                canvas_fill(canvas, cell_box(grid, row, column), cell->style->fill);
            } else if (set->instance->shaded && !spans_rows(grid, row, column)) {
                canvas_fill(canvas, cell_box(grid, row, column), colour_from_rgb(grid->table->zebra));
            }
        }
    }
}

static void count_rows(struct context *context, const struct table_data *data, const struct set_row *row) {
    const struct instance *instance = row->instance;
    const struct band *band = &data->table->bands[instance->band];
    bool first = instance->kind == INSTANCE_ROW && instance->row != NO_ROW && band->row_count > 0 &&
                 instance->drawn == &band->rows[0];
    if (first && band->each != NO_QUERY && !row->broken_above) {
        context->made.counts.rows_placed++;
    }
}

/* The data row that a row of the table shows, for running heads. */
static void show_row(struct context *context, const struct table_data *data, const struct instance *instance) {
    const struct rows *rows = data->bands[instance->band].rows;
    const uint32_t each = data->table->bands[instance->band].each;
    if (rows != NULL && instance->row != NO_ROW && each != NO_QUERY) {
        running_add_row(context, context->layout->query_uses[each].query, &rows->cells[instance->row * rows->columns]);
    }
}

static void draw_cells(struct context *context, struct canvas *canvas, const struct grid *grid) {
    for (size_t row = 0; row < grid->segment->count; row++) {
        const struct set_row *set = &grid->segment->rows[row];
        count_rows(context, grid->segment->data, set);
        if (context->resolved->asks_for_rows) {
            show_row(context, grid->segment->data, set->instance);
        }
        table_tag_row(context, grid->tagging, row);
        for (size_t column = 0; column < grid->columns; column++) {
            bool begins =
                set->cells[column].cell != NULL && owner_at(grid, row, column) == row * grid->columns + column;
            canvas->element = begins ? ++context->made.element : grid->item->element;
            table_tag_place(context, grid->tagging, column, canvas);
            if (begins) {
                draw_cell(context, canvas, grid, set, column, cell_box(grid, row, column));
            }
        }
    }
    canvas->element = grid->item->element;
}

/* --- rules -----------------------------------------------------------------------------------------------------------
 */

static bool rule_above(const struct grid *grid, size_t row, size_t column) {
    return row == 0 || row == grid->segment->count || owner_at(grid, row - 1, column) != owner_at(grid, row, column);
}

static bool rule_left(const struct grid *grid, size_t row, size_t column) {
    return column == 0 || column == grid->columns || owner_at(grid, row, column - 1) != owner_at(grid, row, column);
}

static int32_t thickness_of(const struct table *table, size_t index, size_t last) {
    return index == 0 || index == last ? table->outer_line_mp : table->line_mp;
}

static void draw_horizontal(struct canvas *canvas, const struct grid *grid, size_t row) {
    const int32_t thickness = thickness_of(grid->table, row, grid->segment->count);
    const int32_t *x = grid->set->x_mp;
    for (size_t from = 0; thickness > 0 && from < grid->columns;) {
        size_t to = from;
        while (to < grid->columns && rule_above(grid, row, to)) {
            to++;
        }
        if (to > from) {
            canvas_rule(canvas, grid->x_mp + x[from], grid->y_mp[row], x[to] - x[from], 0, thickness);
        }
        from = to + 1;
    }
}

static void draw_vertical(struct canvas *canvas, const struct grid *grid, size_t column) {
    const int32_t thickness = thickness_of(grid->table, column, grid->columns);
    for (size_t from = 0; thickness > 0 && from < grid->segment->count;) {
        size_t to = from;
        while (to < grid->segment->count && rule_left(grid, to, column)) {
            to++;
        }
        if (to > from) {
            canvas_rule(canvas, grid->x_mp + grid->set->x_mp[column], grid->y_mp[from], 0,
                        grid->y_mp[to] - grid->y_mp[from], thickness);
        }
        from = to + 1;
    }
}

/* Columns with a gap between them have no rule in common: each cell has a frame. */
static void draw_frames(struct canvas *canvas, const struct grid *grid) {
    const int32_t thickness = grid->table->line_mp;
    for (size_t row = 0; thickness > 0 && row < grid->segment->count; row++) {
        for (size_t column = 0; column < grid->columns; column++) {
            if (owner_at(grid, row, column) != row * grid->columns + column) {
                continue;
            }
            const struct box box = cell_box(grid, row, column);
            canvas_rule(canvas, box.x_mp, box.y_mp, box.width_mp, 0, thickness);
            canvas_rule(canvas, box.x_mp, box.y_mp + box.height_mp, box.width_mp, 0, thickness);
            canvas_rule(canvas, box.x_mp, box.y_mp, 0, box.height_mp, thickness);
            canvas_rule(canvas, box.x_mp + box.width_mp, box.y_mp, 0, box.height_mp, thickness);
        }
    }
}

static void draw_rules(struct canvas *canvas, const struct grid *grid) {
    if (grid->segment->count == 0) {
        return;
    }
    if (grid->table->gap_mp > 0) {
        draw_frames(canvas, grid);
        return;
    }
    for (size_t row = 0; row <= grid->segment->count; row++) {
        draw_horizontal(canvas, grid, row);
    }
    for (size_t column = 0; column <= grid->columns; column++) {
        draw_vertical(canvas, grid, column);
    }
}

static void draw_notes(struct context *context, struct canvas *canvas, const struct grid *grid, int32_t x_mp,
                       int32_t y_mp) {
    const struct segment *segment = grid->segment;
    const struct note_list *notes = &segment->notes;
    y_mp += NOTE_GAP_MP;
    for (size_t i = 0; i < notes->count; i++) {
        const struct note *note = &notes->items[i];
        count_given(context, note->paragraph);
        if (notes->apart) { /* the page emits them */
            continue;
        }
        const struct lines *lines = note_lines(context, context->page_arena, note, segment->set->width_mp);
        table_tag_note(context, grid->tagging, note, canvas);
        emit_lines(context, canvas, lines, 0, lines->count, x_mp, y_mp);
        y_mp += lines->height_mp;
    }
}

static void tell_once(struct context *context, bool *told, enum diag_code code, struct place place) {
    if (!*told) {
        context_tell(context, code, place, STR_NONE, STR_NONE);
    }
    *told = true;
}

static void tell_crowding(struct context *context, const struct table_data *data) {
    static const struct str names[CROWDING_COUNT] = {[CROWDING_HEAD] = BOTH_INIT("head", "表头"),
                                                     [CROWDING_PAGE_FOOT] = BOTH_INIT("page foot", "页末行"),
                                                     [CROWDING_PAGE_HEAD] = BOTH_INIT("page head", "续页表头")};
    for (size_t i = 0; i < CROWDING_COUNT; i++) {
        if (data->crowding[i] != NULL && !data->told->crowding[i]) {
            context_tell(context, DIAG_C536, data->crowding[i]->place, names[i], STR_NONE);
            data->told->crowding[i] = true;
        }
    }
}

/* What was done with the table to make it fit; once for all of its segments, but a row that is cut is lost each time. */
static void tell_segment(struct context *context, const struct item *item, const struct segment *segment) {
    const struct place place = item->block->place;
    struct table_told *told = segment->data->told;
    if (segment->set->narrow) {
        tell_once(context, &told->narrow, DIAG_C523, place);
    }
    if (segment->broken) {
        tell_once(context, &told->broken, DIAG_C524, place);
    }
    if (segment->cut) {
        context_tell(context, DIAG_C507, place, BOTH("row", "表格行"), STR_NONE);
    }
    tell_crowding(context, segment->data);
}

void table_commit(struct context *context, const struct item *item, struct progress from, const struct fit *fit,
                  struct canvas *canvas, struct box box) {
    (void)from;
    const struct segment *segment = fit->plan;
    const struct lines *continued = segment->continued;
    tell_segment(context, item, segment);
    if (continued != NULL) {
        count_given(context, continued->paragraph);
        emit_lines(context, canvas, continued, 0, continued->count, box.x_mp, box.y_mp);
    }
    int32_t *y = ARENA_ARRAY(context->page_arena, int32_t, segment->count + 1);
    y[0] = box.y_mp + segment->continued_mp;
    for (size_t row = 0; row < segment->count; row++) {
        y[row + 1] = y[row] + segment->rows[row].height_mp;
    }
    struct table_tagging tagging = table_tag_begin(context, item, segment);
    const struct grid grid = {item,         &tagging, segment,  segment->data->table,
                              segment->set, y,        box.x_mp, segment->data->column_count};
    fill_cells(canvas, &grid);
    draw_cells(context, canvas, &grid);
    draw_rules(canvas, &grid);
    draw_notes(context, canvas, &grid, box.x_mp, y[segment->count]);
}
