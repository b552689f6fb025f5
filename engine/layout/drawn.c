/* drawn.c: rows as they are drawn.
 *
 *     姓名     | {name!} | 性别 | {gender} | .bare {photo|image}
 *     身份证号 | {id}    | <    | <        | ^
 *
 * First the rows are cut into cells, then spans are computed: each cell that joins belongs to the cell that the one at its left or
 * above belongs to, and all cells of one owner must fill a rectangle. A cell with {days…} stands for as many columns as its row
 * lacks. */
#include "layout/builder.h"

#include <string.h>

#include "base/length.h"
#include "base/utf8.h"

struct drawing {
    struct builder *builder;
    struct node *node;
    struct str key; /* as messages call it */
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

/* What an input method types for < and ^, and what was hardly meant to print as all of a cell. */
static void tell_false_join(struct drawing *d, struct place place, struct str cell) {
    static const struct {
        const char *typed, *meant;
    } joins[] = {
        {"＜", "<"}, {"《", "<"}, {"〈", "<"}, {"←", "<"}, {"＾", "^"}, {"……", "^"}, {"↑", "^"}, {"〃", "^"},
    };
    for (size_t i = 0; i < sizeof joins / sizeof joins[0]; i++) {
        if (str_is(cell, joins[i].typed)) {
            TELL(d->builder->reader, L106, place, cell, str_from(joins[i].meant));
        }
    }
    if (str_is(cell, ">") || str_is(cell, "→") || str_is(cell, "》")) {
        TELL(d->builder->reader, L334, place, cell);
    }
}

static bool is_height(struct drawing *d, struct str text) {
    int32_t height_mp = 0;
    return length_parse(str_trim(half_width(d->builder->arena, text)), 0, &height_mp);
}

/* [20mm] in a cell, where it is no height of the row. */
static void tell_false_height(struct drawing *d, size_t at, struct str cell) {
    for (size_t open = str_find_byte(cell, '['); open < cell.n;) {
        const struct str rest = str_slice(cell, open, cell.n);
        const size_t close = str_find_byte(rest, ']');
        if (close < rest.n && is_height(d, str_slice(rest, 1, close))) {
            TELL(d->builder->reader, L335, node_place(d->node, at + open, (int32_t)close + 1),
                 str_slice(rest, 0, close + 1));
            return;
        }
        open += 1 + str_find_byte(str_slice(rest, 1, rest.n), '[');
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
    tell_false_join(d, cell->place, trimmed);
    tell_false_height(d, from + blank, trimmed);
    if (cell->join != JOIN_NONE) {
        cell->style = builder_style_use(d->builder, STR("value"), NULL, NULL, 0, cell->place);
        return;
    }
    template_read_cell(d->builder, d->node, from, to, d->role, &cell->text);
    cell->style = cell->text.lines[0].style;
    cell->vertical = starts_with_style(trimmed, "vertical") || builder_is_vertical(d->builder, cell->style);
    cell->diagonal = starts_with_style(trimmed, "diagonal") ? (int32_t)cell->text.count : 0;
}

/* ［30mm］, 【30mm】, (30mm), （30mm） before a row: brackets that nobody means. */
static void tell_false_brackets(struct drawing *d, size_t at, size_t end) {
    static const struct {
        const char *open, *close;
    } brackets[] = {{"［", "］"}, {"【", "】"}, {"(", ")"}, {"（", "）"}, {"<", ">"}};
    const struct str rest = str_slice(d->node->text, at, end);
    for (size_t i = 0; i < sizeof brackets / sizeof brackets[0]; i++) {
        const size_t from = str_from(brackets[i].open).n, to = str_find(rest, str_from(brackets[i].close));
        if (str_starts(rest, str_from(brackets[i].open)) && to < rest.n && is_height(d, str_slice(rest, from, to))) {
            const struct str all = str_slice(rest, 0, to + str_from(brackets[i].close).n);
            TELL(d->builder->reader, L314, node_place(d->node, at, (int32_t)utf8_count(all)), all,
                 str_slice(rest, from, to));
        }
    }
}

/* `20mm 家庭住址` at a row's beginning. */
static void tell_bare_height(struct drawing *d, size_t at, size_t end) {
    struct str rest = str_slice(d->node->text, at, end);
    const struct str word = next_word(&rest), behind = str_trim(rest);
    const bool unit = str_ends(word, STR("mm")) || str_ends(word, STR("cm"));
    if (unit && word.p[0] >= '0' && word.p[0] <= '9' && is_height(d, word) && behind.n > 0 && behind.p[0] != '|') {
        TELL(d->builder->reader, L328, node_place(d->node, at, (int32_t)word.n), word,
             diag_both(
                 d->builder->arena,
                 str_printf(d->builder->arena, "a row's height stands in brackets before it: [%.*s]", STR_ARG(word)),
                 str_printf(d->builder->arena, "行高写在行首的方括号里：[%.*s]", STR_ARG(word))));
    }
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

/* |---|---|, as Markdown rules a head. */
static void tell_rule(struct drawing *d, size_t at, struct str row) {
    size_t dashes = 0;
    for (size_t i = 0; i < row.n; i++) {
        if (strchr("-|: ", row.p[i]) == NULL) {
            return;
        }
        dashes += row.p[i] == '-';
    }
    if (dashes >= 3) {
        TELL_PLAIN(d->builder->reader, L340, node_place(d->node, at, (int32_t)row.n));
    }
}

static void read_row(struct drawing *d, size_t at, size_t end) {
    struct drawn_row row = {0};
    size_t capacity = 0;
    while (at < end && d->node->text.p[at] == ' ') {
        at++;
    }
    row.place = node_place(d->node, at, 1);
    tell_rule(d, at, str_slice(d->node->text, at, end));
    tell_false_brackets(d, at, end);
    tell_bare_height(d, at, end);
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
    ARENA_GROW(d->builder->arena, d->out.rows, d->out.count, d->capacity);
    d->out.rows[d->out.count++] = row;
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
        TELL(d->builder->reader, L320, node->place, d->key);
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
        if (tab < row.n && str_find_byte(row, '|') == row.n) {
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
            read_row(d, at, end);
        }
        at = end + 1;
    }
    return d->out.count > 0;
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static void tell_ragged(struct drawing *d, const struct drawn_row *row, size_t columns, struct str text) {
    const size_t bar = str_find(text, STR("｜"));
    if (bar < text.n) {
        TELL_PLAIN(d->builder->reader, L302, node_place(d->node, (size_t)(text.p + bar - d->node->text.p), 1));
        return;
    }
    if (str_ends(text, STR("、")) || str_ends(text, STR("＼"))) {
        TELL(d->builder->reader, L106, node_place(d->node, (size_t)(text.p + text.n - 3 - d->node->text.p), 1),
             str_slice(text, text.n - 3, text.n), STR("\\"));
        return;
    }
    const bool left = text.p[0] == '|', right = text.p[text.n - 1] == '|';
    if ((left || right) && row->count == columns + left + right) {
        TELL_PLAIN(d->builder->reader, L337, row->place);
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
    if (*columns == 0) {
        *columns = d->out.rows[0].count;
    }
    for (size_t at = 0; at < text.n;) {
        const size_t end = template_part_end(text, at, text.n, PART_ROW);
        if (!is_blank(str_slice(text, at, end))) {
            if (!row_fits(d, &d->out.rows[row], *columns)) {
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
    struct drawing d = {.builder = builder, .node = setting->node, .key = setting->name, .role = role};
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
    struct drawing d = {.builder = builder, .node = setting->node, .key = setting->name, .role = role};
    builder->in_stamp = true;
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
