/* drawn.c: rows as they are drawn.
 *
 *     姓名     | {name!} | 性别 | {gender} | .bare {photo|image}
 *     身份证号 | {id}    | <    | <        | ^
 *
 * First the rows are cut into cells, then spans are computed: each cell that joins belongs to the cell that the one at its left or
 * above belongs to, and all cells of one owner must fill a rectangle. A cell with {days…} stands for as many columns as its row
 * lacks. */
#include "layout/drawn_meant.h"

#include <string.h>

#include "base/length.h"
#include "base/utf8.h"

struct drawing {
    struct builder *builder;
    struct node *node;
    struct drawn_text text;
    struct str role;
    struct drawn_rows out;
    size_t capacity;
    bool told; /* something was told that leaves the rows without a shape */
};

static bool is_prefix_cell(const struct builder *builder, const struct cell *cell) {
    for (size_t i = 0; i < cell->text.count; i++) {
        for (size_t j = 0; j < cell->text.lines[i].count; j++) {
            const struct piece *piece = &cell->text.lines[i].pieces[j];
            if (piece->kind == PIECE_VALUE && builder->layout->values[piece->value].kind == REF_PREFIX) {
                return true;
            }
        }
    }
    return false;
}

/* --- cells -------------------------------------------------------------------------------------------------------- */

static bool starts_with_style(struct str text, const char *style) {
    const struct str name = str_from(style);
    size_t dot = 0;
    while (dot < text.n && text.p[dot] == '.') {
        const size_t length = name_length(text, dot + 1);
        if (length == 0) {
            return false;
        }
        if (str_eq(str_slice(text, dot + 1, dot + 1 + length), name)) {
            return true;
        }
        dot += 1 + length;
    }
    return false;
}

/* `.diagonal 月份`, `.diagonal 月份/姓名`: one word has nothing that a line could part it from. */
static void tell_undivided(const struct drawing *d, const struct cell *cell) {
    const struct template_line *line = cell->text.count > 0 ? &cell->text.lines[0] : NULL;
    const bool slash = line != NULL && line->count > 0 &&
                       str_find(line->pieces[0].text, STR(" / ")) < line->pieces[0].text.n; /* told */
    if (cell->diagonal == 1 && line->count > 0 && !slash) {
        TELL_PLAIN(d->builder->reader, L168, line->pieces[0].place);
    }
}

static void read_cell(struct drawing *d, size_t from, size_t to, struct cell *cell) {
    const struct str text = str_slice(d->node->text, from, to);
    size_t blank = 0;
    while (blank < text.n && text.p[blank] == ' ') {
        blank++;
    }
    const struct str trimmed = str_trim(text);
    cell->place = node_place(d->node, from + blank, trimmed.n > 0 ? (int32_t)utf8_count(trimmed) : 1);
    cell->join = str_is(trimmed, "<") ? JOIN_LEFT : str_is(trimmed, "^") ? JOIN_UP : JOIN_NONE;
    cell->column_span = cell->row_span = 1;
    drawn_tell_cell(&d->text, from + blank, trimmed);
    if (cell->join != JOIN_NONE) {
        cell->style = builder_style_use(d->builder, STR("value"), NULL, NULL, 0, cell->place);
        return;
    }
    template_read_cell(d->builder, d->node, from, to, d->role, &cell->text);
    cell->style = cell->text.lines[0].style;
    cell->vertical = starts_with_style(trimmed, "vertical") || builder_is_vertical(d->builder, cell->style);
    cell->diagonal = starts_with_style(trimmed, "diagonal") ? (int32_t)cell->text.count : 0;
    tell_undivided(d, cell);
}

static bool digits_only(struct str text) {
    int64_t number = 0;
    return str_to_int(text, &number) && number > 0;
}

/* [30mm] before a row. Gives back the offset behind. */
static size_t read_height(struct drawing *d, size_t at, size_t end, int32_t *height_mp) {
    const struct str rest = str_slice(d->node->text, at, end);
    size_t close = str_find_byte(rest, ']');
    bool digit = rest.n > 1 && rest.p[0] == '[' && ((rest.p[1] >= '0' && rest.p[1] <= '9') || rest.p[1] == '\xEF');
    if (!digit || close == rest.n) {
        return at;
    }
    struct str length = str_trim(half_width(d->builder->arena, str_slice(rest, 1, close)));
    if (!length_parse(length, 0, height_mp) || *height_mp < 0) {
        TELL(d->builder->reader, L314, node_place(d->node, at, (int32_t)close + 1), length,
             digits_only(length) ? str_join(d->builder->arena, length, STR("mm")) : STR("30mm"));
        *height_mp = 0;
    }
    return at + close + 1;
}

/* Without cells, and told, when the line is no row. */
static struct drawn_row read_row(struct drawing *d, size_t at, size_t end) {
    struct drawn_row row = {0};
    size_t capacity = 0;
    while (at < end && d->node->text.p[at] == ' ') {
        at++;
    }
    row.place = node_place(d->node, at, 1);
    if (drawn_tell_row(&d->text, at, end)) {
        d->told = true;
        return row;
    }
    at = read_height(d, at, end, &row.least_height_mp);
    for (;;) {
        const size_t to = template_part_end(d->node->text, at, end, PART_CELL);
        ARENA_GROW(d->builder->arena, row.cells, row.count, capacity);
        read_cell(d, at, to, &row.cells[row.count++]);
        if (to >= end) {
            break;
        }
        at = to + 1;
    }
    return row;
}

static bool is_blank(struct str text) {
    return str_trim(text).n == 0;
}

/* Rows that were not written behind | have lost their ends of line. */
static bool rows_are_whole(const struct drawing *d) {
    const struct node *node = d->node;
    if (traps_scalar(d->builder->reader, node)) {
        return false;
    }
    if (node->style != SCALAR_LITERAL && node->end_line > node->place.line && node->style != SCALAR_DOUBLE_QUOTED) {
        TELL(d->builder->reader, L320, node->place, d->text.key);
        return false;
    }
    return true;
}

/* A row as a spreadsheet copies it: tabs, and no bar. */
static bool tell_tabs_between_cells(struct drawing *d) {
    const struct str text = d->node->text;
    for (size_t at = 0; at < text.n;) {
        const size_t end = template_part_end(text, at, text.n, PART_ROW);
        const struct str row = str_slice(text, at, end);
        const size_t tab = str_find_byte(row, '\t');
        if (tab < row.n && template_part_end(text, at, end, PART_CELL) == end) {
            TELL_PLAIN(d->builder->reader, L336, node_place(d->node, at + tab, 1));
            return true;
        }
        at = end + 1;
    }
    return false;
}

static bool read_rows(struct drawing *d) {
    const struct str text = d->node->text;
    if (!rows_are_whole(d)) {
        return false;
    }
    if (tell_tabs_between_cells(d) || signs_tell_joins(d->builder->reader, d->node)) {
        return false;
    }
    signs_tell_tab(d->builder->reader, d->node);
    for (size_t at = 0; at < text.n;) {
        const size_t end = template_part_end(text, at, text.n, PART_ROW);
        if (!is_blank(str_slice(text, at, end))) {
            const struct drawn_row row = read_row(d, at, end);
            ARENA_GROW(d->builder->arena, d->out.rows, d->out.count, d->capacity);
            d->out.rows[d->out.count++] = row;
        }
        at = end + 1;
    }
    return d->out.count > 0;
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

/* 序号 & 姓名 & 性别, 序号，姓名，性别, and blanks: another sign between as many cells as there are columns. */
static bool tell_other_sign(const struct drawing *d, struct str text, size_t columns) {
    static const char *const signs[] = {"&",  ",",        "，",   "、",  ";",  "；", "/",
                                        "／", "\xC2\xA0", "    ", "   ", "  ", "　", " "};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const struct str sign = str_from(signs[i]);
        const size_t first = str_find(text, sign);
        size_t count = 0;
        for (size_t at = first; at < text.n; count++) {
            at += sign.n;
            while (sign.p[0] == ' ' && at < text.n && text.p[at] == ' ') {
                at++;
            }
            at += str_find(str_slice(text, at, text.n), sign);
        }
        if (count + 1 == columns) {
            TELL(d->builder->reader, L302, node_place(d->node, (size_t)(text.p + first - d->node->text.p), 1), sign);
            return true;
        }
    }
    return false;
}

static void tell_ragged(struct drawing *d, const struct drawn_row *row, size_t columns, struct str text) {
    if (drawn_tell_ragged(&d->text, text, row->count, columns)) {
        return;
    }
    static const char *const bars[] = {"｜", "│", "┃", "︱", "丨", "¦"};
    for (size_t i = 0; i < sizeof bars / sizeof bars[0]; i++) {
        const size_t bar = str_find(text, str_from(bars[i]));
        if (bar < text.n) {
            TELL(d->builder->reader, L302, node_place(d->node, (size_t)(text.p + bar - d->node->text.p), 1),
                 str_from(bars[i]));
            return;
        }
    }
    if (str_ends(text, STR("、")) || str_ends(text, STR("＼"))) {
        TELL(d->builder->reader, L106, node_place(d->node, (size_t)(text.p + text.n - 3 - d->node->text.p), 1),
             str_slice(text, text.n - 3, text.n), STR("\\"));
        return;
    }
    const bool left = text.p[0] == '|', right = text.p[text.n - 1] == '|';
    if ((left || right) && row->count == columns + left + right) {
        if (!d->builder->bars_told) {
            TELL_PLAIN(d->builder->reader, L337, row->place);
        }
        d->builder->bars_told = true;
        return;
    }
    const bool command = text.n > 2 && text.p[0] == '\\' && (text.p[1] | 0x20) >= 'a' && (text.p[1] | 0x20) <= 'z';
    if (command || str_find(text, STR("colspan=")) < text.n || str_find(text, STR("rowspan=")) < text.n) {
        return; /* told as words that print */
    }
    if (row->count == 1 && columns > 2 && tell_other_sign(d, text, columns)) {
        return;
    }
    size_t shown = 0;
    for (size_t i = 0; i < 60 && shown < text.n; i++) {
        utf8_next(text, &shown);
    }
    struct builder *builder = d->builder;
    ARENA_GROW(builder->arena, builder->ragged, builder->ragged_count, builder->ragged_capacity);
    builder->ragged[builder->ragged_count++] =
        (struct ragged){row->place, row->count, columns, str_slice(text, 0, shown)};
}

/* The cell with {name…} stands for the columns that the row lacks. False when the row fits in no way. */
static bool row_fits(struct drawing *d, struct drawn_row *row, size_t columns) {
    struct cell *run = NULL;
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].join == JOIN_NONE && is_prefix_cell(d->builder, &row->cells[i])) {
            if (run != NULL) {
                TELL(d->builder->reader, L318, row->cells[i].place, STR("…"));
                d->told = true;
                return true;
            }
            run = &row->cells[i];
        }
    }
    if (run == NULL || row->count > columns) {
        return row->count == columns;
    }
    run->column_span = (uint32_t)(columns - row->count + 1);
    return true;
}

static bool rows_fit(struct drawing *d, size_t *columns) {
    const struct str text = d->node->text;
    size_t row = 0;
    for (size_t i = 0; *columns == 0 && i < d->out.count; i++) {
        *columns = d->out.rows[i].count;
        d->builder->measure = (struct ragged){d->out.rows[i].place, *columns, *columns, STR_NONE};
    }
    for (size_t at = 0; at < text.n;) {
        const size_t end = template_part_end(text, at, text.n, PART_ROW);
        if (!is_blank(str_slice(text, at, end))) {
            if (d->out.rows[row].count > 0 && !row_fits(d, &d->out.rows[row], *columns)) {
                tell_ragged(d, &d->out.rows[row], *columns, str_trim(str_slice(text, at, end)));
                d->told = true;
                if (d->builder->ragged_count == 0) {
                    return false; /* a sign that was told has broken the other rows too */
                }
            }
            row++;
            d->builder->row_count++;
        }
        at = end + 1;
    }
    return !d->told;
}

/* --- joins -------------------------------------------------------------------------------------------------------- */

#define ABOVE UINT32_MAX /* owner in a band above; its column is added, so that neighbours stay apart */

struct grid {
    size_t columns;
    uint32_t *owners;    /* row-major: row × columns + column of the cell that each belongs to */
    struct cell **cells; /* the cell written at each; NULL where a run ({name…}) goes on */
};

static bool tell_no_neighbour(struct drawing *d, const struct cell *cell) {
    bool left = cell->join == JOIN_LEFT;
    TELL(d->builder->reader, L303, cell->place, left ? BOTH("left", "左边") : BOTH("top", "上边"),
         left ? STR("<") : STR("^"));
    return false;
}

/* Columns of a run ({name…}) have the run's cell for owner. */
static bool find_owners(struct drawing *d, struct grid *grid, bool above) {
    for (size_t r = 0; r < d->out.count; r++) {
        const struct drawn_row *row = &d->out.rows[r];
        size_t column = 0;
        for (size_t i = 0; i < row->count; i++) {
            struct cell *cell = &row->cells[i];
            const uint32_t own = (uint32_t)(r * grid->columns + column);
            if ((cell->join == JOIN_LEFT && column == 0) || (cell->join == JOIN_UP && r == 0 && !above)) {
                return tell_no_neighbour(d, cell);
            }
            const uint32_t owner = cell->join == JOIN_NONE   ? own
                                   : cell->join == JOIN_LEFT ? grid->owners[own - 1]
                                   : r > 0                   ? grid->owners[own - grid->columns]
                                                             : ABOVE - (uint32_t)column;
            const size_t width = cell->join == JOIN_NONE ? cell->column_span : 1;
            grid->cells[own] = cell;
            for (size_t k = 0; k < width; k++) {
                grid->owners[own + k] = owner;
            }
            column += width;
        }
    }
    return true;
}

static size_t span_right(const struct grid *grid, size_t at, uint32_t owner) {
    size_t column = at % grid->columns, width = 0;
    while (column + width < grid->columns && grid->owners[at + width] == owner) {
        width++;
    }
    return width;
}

/* Extent of the cell at `at` to the right and downwards; *cells counts what it owns in that rectangle. */
static void extent_of(const struct drawing *d, const struct grid *grid, size_t at, size_t *width, size_t *height) {
    const uint32_t owner = (uint32_t)at;
    *width = span_right(grid, at, owner);
    *height = 1;
    while (at / grid->columns + *height < d->out.count &&
           span_right(grid, at + *height * grid->columns, owner) == *width) {
        ++*height;
    }
}

static void mark_covered(const struct grid *grid, size_t at, size_t width, size_t height, bool *covered) {
    for (size_t r = 0; r < height; r++) {
        for (size_t c = 0; c < width; c++) {
            covered[at + r * grid->columns + c] = true;
        }
    }
}

/* Each owner covers its rectangle; a joined cell that no rectangle covers is told. */
static void compute_spans(struct drawing *d, const struct grid *grid) {
    size_t total = d->out.count * grid->columns;
    bool *covered = ARENA_ARRAY(d->builder->arena, bool, total);
    for (size_t at = 0; at < total; at++) {
        if (grid->owners[at] != at || covered[at]) {
            continue;
        }
        size_t width, height;
        extent_of(d, grid, at, &width, &height);
        mark_covered(grid, at, width, height, covered);
        grid->cells[at]->column_span = (uint32_t)width;
        grid->cells[at]->row_span = (uint32_t)height;
    }
    for (size_t at = 0; at < total; at++) {
        if (!covered[at] && grid->owners[at] < total && grid->cells[at] != NULL) {
            TELL_PLAIN(d->builder->reader, L304, grid->cells[at]->place);
            return;
        }
    }
}

static void join_cells(struct drawing *d, size_t columns, bool above) {
    struct grid grid = {.columns = columns};
    grid.owners = ARENA_ARRAY(d->builder->arena, uint32_t, d->out.count * columns);
    grid.cells = ARENA_ARRAY(d->builder->arena, struct cell *, d->out.count * columns);
    if (find_owners(d, &grid, above)) {
        compute_spans(d, &grid);
    }
}

struct drawn_rows drawn_read(struct builder *builder, const struct setting *setting, struct str role, size_t *columns,
                             bool above) {
    struct drawing d = {
        .builder = builder, .node = setting->node, .text = {builder, setting->node, setting->name}, .role = role};
    builder->takes_notes = builder->in_rows = true;
    bool any = setting->node != NULL && setting->node->kind == NODE_SCALAR && read_rows(&d);
    builder->takes_notes = builder->in_rows = false;
    if (!any) {
        return (struct drawn_rows){0};
    }
    if (rows_fit(&d, columns)) {
        join_cells(&d, *columns, above);
    }
    return d.out;
}

/* ` ｜ ` between the cells of a header: one without blanks around it may be text. */
static void tell_wide_bars(struct drawing *d) {
    const size_t bar = str_find(d->node->text, STR(" ｜ "));
    if (bar < d->node->text.n) {
        signs_tell(d->builder->reader, d->node, bar, d->node->text.n);
    }
}

struct drawn_rows drawn_read_stamp(struct builder *builder, const struct setting *setting, struct str role) {
    struct drawing d = {
        .builder = builder, .node = setting->node, .text = {builder, setting->node, setting->name}, .role = role};
    builder->in_stamp = true;
    drawn_tell_none(&d.text);
    bool any = setting->node != NULL && setting->node->kind == NODE_SCALAR && read_rows(&d);
    builder->in_stamp = false;
    if (!any) {
        return (struct drawn_rows){0};
    }
    labels_of_rows(builder, d.out.rows, d.out.count, NULL);
    for (size_t i = 0; i < d.out.count; i++) {
        const struct drawn_row *row = &d.out.rows[i];
        tell_wide_bars(&d);
        if (row->count > 3) {
            TELL(builder->reader, L313, row->place, str_int(builder->arena, (int64_t)row->count));
        }
        for (size_t j = 0; j < row->count; j++) {
            if (row->cells[j].join != JOIN_NONE) {
                TELL(builder->reader, L316, row->cells[j].place, row->cells[j].join == JOIN_LEFT ? STR("<") : STR("^"));
            }
        }
    }
    return d.out;
}
