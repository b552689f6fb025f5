/* tab_table.c: a table's instances become the cells of a tab.
 *
 *     head, body, and of the page's foot what doesn't speak of the page
 *
 * A cell's words are those of the page: the same scope, counters and filters (table_row.c). Only what is set on a page is not: empty
 * rows, and the blanks that align names. */
#include "base/buffer.h"
#include "base/utf8.h"
#include "compose/tab_internal.h"
#include "compose/segment.h"
#include "text/narrative.h"

/* --- words ----------------------------------------------------------------------------------------------------------- */

/* What only sets a line: joiners, narrow blanks inside of numbers, tabs. */
static void add_plain(struct buffer *out, struct str text) {
    for (size_t at = 0; at < text.n;) {
        const size_t from = at;
        const uint32_t c = utf8_next(text, &at);
        if (c == '\t') {
            buffer_add(out, STR("　"));
        } else if (c != 0x202F && c != 0x2060) {
            buffer_append(out, text.p + from, at - from);
        }
    }
}

static struct str taken(struct arena *arena, struct buffer *buffer) {
    const struct str text = blanks_trim(str_copy(arena, buffer_str(buffer)));
    buffer_release(buffer);
    return text;
}

/* Paragraphs of {text|rich}. */
static void add_rich(const struct scope *scope, const struct template_line *line, struct str xhtml,
                     struct buffer *out) {
    const struct narrative_styles styles = {.body = scope_style(scope, line->style)};
    const struct narrative narrative = text_narrative(scope->arena, xhtml, styles);
    for (size_t i = 0; i < narrative.count; i++) {
        const struct narrative_paragraph *paragraph = &narrative.paragraphs[i];
        if (i > 0) {
            buffer_byte(out, '\n');
        }
        for (size_t j = 0; j < paragraph->count; j++) {
            add_plain(out, paragraph->spans[j].text);
        }
    }
}

static bool is_rich(const struct scope *scope, const struct template_line *line, struct str *xhtml) {
    if (line->count != 1 || line->pieces[0].kind != PIECE_VALUE) {
        return false;
    }
    const struct value_ref *ref = &scope->context->layout->values[line->pieces[0].value];
    const struct value *value = scope_value(scope, line->pieces[0].value);
    *xhtml = value->text;
    return ref->filter_count > 0 && ref->filters[ref->filter_count - 1].filter->prints == PRINTS_RICH &&
           value->kind == VALUE_TEXT && value->text.n > 0;
}

struct str tab_line(const struct scope *scope, const struct template_line *line) {
    struct buffer out = {0};
    struct str xhtml;
    if (is_rich(scope, line, &xhtml)) {
        add_rich(scope, line, xhtml, &out);
        return taken(scope->arena, &out);
    }
    const struct spans spans = expand_line(scope, line);
    for (size_t i = 0; i < spans.count; i++) {
        if (spans.items[i].field == FIELD_NONE) {
            add_plain(&out, spans.items[i].text);
        }
    }
    return taken(scope->arena, &out);
}

static struct str words_of(const struct scope *scope, const struct template *text) {
    struct buffer out = {0};
    for (size_t i = 0; i < text->count; i++) {
        const struct str line = tab_line(scope, &text->lines[i]);
        if (i > 0) {
            buffer_byte(&out, '\n');
        }
        buffer_add(&out, line);
    }
    return taken(scope->arena, &out);
}

/* --- which rows ------------------------------------------------------------------------------------------------------ */

static bool speaks_of_page(const struct piece *piece) {
    if (piece->kind == PIECE_COUNTER && piece->counter->kind != COUNTER_NUMBER) {
        return piece->counter->span == SPAN_PAGE || piece->counter->span == SPAN_BEFORE;
    }
    return piece->kind == PIECE_PAGE || piece->kind == PIECE_PAGES;
}

static bool row_speaks_of_page(const struct drawn_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        for (size_t j = 0; j < row->cells[i].text.count; j++) {
            const struct template_line *line = &row->cells[i].text.lines[j];
            for (size_t k = 0; k < line->count; k++) {
                if (speaks_of_page(&line->pieces[k])) {
                    return true;
                }
            }
        }
    }
    return false;
}

static bool foot_speaks_of_page(const struct table_data *data) {
    bool speaks = false;
    for (size_t i = 0; i < data->page_foot_count; i++) {
        speaks |= row_speaks_of_page(data->page_foot[i].drawn);
    }
    return speaks;
}

/* The instances that the tab has rows of, one behind the other: the body's must stay neighbours (cell_goes_on). */
struct row_list {
    const struct instance **rows;
    size_t count, head;
};

static struct row_list rows_shown(struct context *context, const struct table_data *data) {
    const size_t all = data->head_count + data->body_count + data->page_foot_count;
    struct row_list shown = {.rows = ARENA_ARRAY(context->row_arena, const struct instance *, all)};
    for (size_t i = 0; i < data->head_count; i++) {
        shown.rows[shown.count++] = &data->head[i];
    }
    shown.head = shown.count;
    for (size_t i = 0; i < data->body_count; i++) {
        if (data->body[i].kind != INSTANCE_PAD) {
            shown.rows[shown.count++] = &data->body[i];
        }
    }
    for (size_t i = 0; i < data->page_foot_count && !foot_speaks_of_page(data); i++) {
        shown.rows[shown.count++] = &data->page_foot[i];
    }
    return shown;
}

/* --- cells ----------------------------------------------------------------------------------------------------------- */

struct tabling {
    struct setting setting;
    struct row_list shown;
    struct page_span all; /* the rows of the whole table, as if on one page */
    uint32_t *owner;      /* by place: row * columns + column of its cell */
    struct tab_cell *cells;
    size_t count, capacity;
};

static enum tab_align align_of(const struct text_style *style) {
    return style->align == ALIGN_CENTRE ? TAB_CENTRE : style->align == ALIGN_RIGHT ? TAB_RIGHT : TAB_LEFT;
}

static bool is_bold(const struct context *context, const struct text_style *style) {
    const struct text_style *bold = context->resolved->bold;
    return bold != NULL && bold->chain.count > 0 && style->chain.count > 0 &&
           bold->chain.faces[0] == style->chain.faces[0];
}

static void set_words(const struct cell_says *says, struct tab_cell *cell) {
    const struct scope *scope = &says->scope;
    uint32_t picture;
    if (says->text == NULL || says->text->count == 0 || template_picture(scope->context, says->text, &picture)) {
        return;
    }
    if (says->lacks) {
        cell->text = STR("—");
        return;
    }
    cell->text = words_of(scope, says->text);
    tab_value(scope, says->text, cell);
}

static void add_cell(struct tabling *tabling, size_t row, size_t column) {
    const struct setting *setting = &tabling->setting;
    struct cell_says says;
    ARENA_GROW(setting->scope.arena, tabling->cells, tabling->count, tabling->capacity);
    struct tab_cell *cell = &tabling->cells[tabling->count++];
    *cell = (struct tab_cell){.row = row, .column = column, .rows = 1, .columns = 1, .head = row < tabling->shown.head};
    table_cell_says(setting, tabling->shown.rows[row], column, tabling->all, &says);
    set_words(&says, cell);
    const bool words = says.text != NULL && says.text->count > 0;
    const struct text_style *style = scope_style(&says.scope, words ? says.text->lines[0].style : says.cell->style);
    cell->align = align_of(style);
    cell->bold = is_bold(setting->scope.context, style);
    cell->shaded = scope_style(&says.scope, says.cell->style)->has_fill;
}

/* The place whose cell covers this one; itself where a cell starts, or none stands. */
static uint32_t owner_of(const struct tabling *tabling, size_t row, size_t column) {
    const struct table_data *data = tabling->setting.data;
    const struct context *context = tabling->setting.scope.context;
    const struct instance *instance = tabling->shown.rows[row];
    const size_t columns = data->column_count, self = row * columns + column;
    size_t nth;
    const struct cell *cell = drawn_cell(context, data, instance->drawn, column, &nth);
    if (instance->kind == INSTANCE_EMPTY) {
        return (uint32_t)(row * columns);
    }
    if (cell != NULL && row > 0 && table_cell_continues(data, cell, instance, column)) {
        return tabling->owner[self - columns];
    }
    return cell != NULL && column > 0 && cell->join == JOIN_LEFT ? tabling->owner[self - 1] : (uint32_t)self;
}

static void add_row(struct tabling *tabling, size_t row) {
    const struct table_data *data = tabling->setting.data;
    for (size_t column = 0; column < data->column_count; column++) {
        const size_t self = row * data->column_count + column;
        tabling->owner[self] = owner_of(tabling, row, column);
        if (tabling->owner[self] == self &&
            table_cell_starts(tabling->setting.scope.context, data, tabling->shown.rows[row], column)) {
            add_cell(tabling, row, column);
        }
    }
}

static bool row_is_owned(const struct tabling *tabling, size_t row, const struct tab_cell *cell, uint32_t owner) {
    const size_t columns = tabling->setting.data->column_count;
    for (size_t column = cell->column; column < cell->column + cell->columns; column++) {
        if (row == tabling->shown.count || tabling->owner[row * columns + column] != owner) {
            return false;
        }
    }
    return true;
}

static void find_spans(struct tabling *tabling) {
    const size_t columns = tabling->setting.data->column_count;
    for (size_t i = 0; i < tabling->count; i++) {
        struct tab_cell *cell = &tabling->cells[i];
        const uint32_t owner = (uint32_t)(cell->row * columns + cell->column);
        while (cell->column + cell->columns < columns && tabling->owner[owner + cell->columns] == owner) {
            cell->columns++;
        }
        while (row_is_owned(tabling, cell->row + cell->rows, cell, owner)) {
            cell->rows++;
        }
    }
}

/* --- the table ------------------------------------------------------------------------------------------------------- */

static const int32_t *widths_of(struct context *context, const struct table_data *data) {
    int32_t *widths = ARENA_ARRAY(context->arena, int32_t, data->column_count);
    for (size_t i = 0; i < data->column_count; i++) {
        widths[i] = data->widths[i].kind == WIDTH_FIXED ? data->widths[i].number : 0;
    }
    return widths;
}

static size_t rows_counted(const struct table_data *data) {
    return data->counted_band == NO_INDEX ? 0 : data->bands[data->counted_band].rows->count;
}

bool tab_is_table(const struct table *table) {
    bool asks = table->line_mp > 0 || table->outer_line_mp > 0 || table->across != NO_QUERY;
    for (size_t i = 0; i < table->band_count; i++) {
        asks |= table->bands[i].each != NO_QUERY || table->bands[i].kind == BAND_HEAD;
    }
    return asks;
}

void tab_table(struct context *context, const struct scope *scope, const struct table *table, struct tab *out,
               struct tab_lines *notes) {
    struct note_list list = {.of_table = true};
    struct tabling tabling = {.setting = {.data = table_with_rows(context, scope, table), .scope = *scope}};
    const struct table_data *data = tabling.setting.data;
    tabling.setting.scope.arena = context->arena;
    tabling.setting.scope.notes = &list;
    tabling.shown = rows_shown(context, data);
    tabling.all.to = rows_counted(data);
    tabling.owner = ARENA_ARRAY(context->row_arena, uint32_t, tabling.shown.count * data->column_count);
    for (size_t row = 0; row < tabling.shown.count; row++) {
        add_row(&tabling, row);
    }
    find_spans(&tabling);
    for (size_t i = 0; i < list.count; i++) {
        tab_lines_add(context->arena, notes,
                      str_join(context->arena, note_mark(context->arena, i + 1), list.items[i].text));
    }
    out->head_rows = tabling.shown.head;
    out->rows = tabling.shown.count;
    out->columns = data->column_count;
    out->width_mp = widths_of(context, data);
    out->ruled = table->line_mp > 0 || table->outer_line_mp > 0;
    out->cells = tabling.cells;
    out->count = tabling.count;
}
