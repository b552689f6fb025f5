/* elements.c: the effect of each element of the XHTML subset on paragraphs and spans. The stack of open elements is
 * all the state that matters. */
#include "text/elements.h"

static const struct {
    const char *name;
    enum element element;
} elements[] = {
    {"p", ELEMENT_BLOCK},       {"div", ELEMENT_BLOCK},    {"br", ELEMENT_BREAK},         {"b", ELEMENT_BOLD},
    {"strong", ELEMENT_BOLD},   {"i", ELEMENT_ITALIC},     {"em", ELEMENT_ITALIC},        {"u", ELEMENT_UNDERLINE},
    {"ul", ELEMENT_BULLETS},    {"ol", ELEMENT_NUMBERS},   {"li", ELEMENT_ITEM},          {"table", ELEMENT_TABLE},
    {"thead", ELEMENT_INLINE},  {"tbody", ELEMENT_INLINE}, {"tr", ELEMENT_ROW},           {"th", ELEMENT_HEAD_CELL},
    {"td", ELEMENT_CELL},       {"ruby", ELEMENT_RUBY},    {"rb", ELEMENT_INLINE},        {"rt", ELEMENT_RUBY_TEXT},
    {"rp", ELEMENT_RUBY_FENCE}, {"span", ELEMENT_INLINE},  {"narrative", ELEMENT_INLINE},
};

static enum element element_of(struct str name) {
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
        if (str_is(name, elements[i].name)) {
            return elements[i].element;
        }
    }
    return ELEMENT_UNKNOWN;
}

void narrator_find(struct narrator *w, enum narrative_fault fault, struct str what) {
    struct narrative *out = w->out;
    for (size_t i = 0; i < out->finding_count; i++) {
        if (out->findings[i].fault == fault && str_eq(out->findings[i].what, what)) {
            return;
        }
    }
    ARENA_GROW(w->arena, out->findings, out->finding_count, out->finding_capacity);
    out->findings[out->finding_count++] = (struct narrative_finding){fault, str_copy(w->arena, what)};
}

/* --- paragraphs and spans ----------------------------------------------------------------------------------------- */

/* An item hangs: its bullet or number stands in the two em before its text. */
static const struct text_style *item_style(struct narrator *w, int level) {
    struct text_style *style = arena_copy(w->arena, w->styles.body, sizeof *style);
    style->left_mp += 2 * level * style->size_mp;
    style->indent_mp = -2 * style->size_mp;
    return style;
}

static const struct text_style *row_style(struct narrator *w) {
    struct text_style *style = arena_copy(w->arena, w->styles.body, sizeof *style);
    style->indent_mp = 0;
    style->left_mp = style->right_mp = 0;
    style->align = ALIGN_LEFT;
    return style;
}

static const struct text_style *paragraph_style(struct narrator *w) {
    switch (w->kind) {
    case NARRATIVE_ITEM:
        return item_style(w, w->stack[w->depth].level);
    case NARRATIVE_ROW:
        return row_style(w);
    case NARRATIVE_PARAGRAPH:
        break;
    }
    return w->styles.body;
}

void narrator_end_paragraph(struct narrator *w) {
    w->open = NULL;
    w->space = false;
    w->kind = NARRATIVE_PARAGRAPH;
}

static void open_paragraph(struct narrator *w) {
    struct narrative *out = w->out;
    if (w->open != NULL) {
        return;
    }
    ARENA_GROW(w->arena, out->paragraphs, out->count, out->capacity);
    w->open = &out->paragraphs[out->count++];
    *w->open = (struct narrative_paragraph){.kind = w->kind, .style = paragraph_style(w)};
}

void narrator_add_span(struct narrator *w, struct str text, struct str ruby) {
    open_paragraph(w);
    ARENA_GROW(w->arena, w->open->spans, w->open->count, w->open->capacity);
    w->open->spans[w->open->count++] =
        (struct text_span){.text = text, .style = w->stack[w->depth].style, .ruby = ruby};
}

static bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* White space collapses to one space, and to none at a paragraph's ends; a line's end of the source between two
 * Chinese characters is dropped. */
static struct str collapse(struct narrator *w, struct str text) {
    char *bytes = arena_alloc(w->arena, text.n + 1);
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (is_white(text.p[i])) {
            bool newline = false;
            for (; i < text.n && is_white(text.p[i]); i++) {
                newline = newline || text.p[i] == '\n';
            }
            bool chinese = i < text.n && (uint8_t)text.p[i] >= 0x80 && count > 0 && (uint8_t)bytes[count - 1] >= 0x80;
            w->space = !(newline && chinese);
            if (i-- == text.n) {
                break;
            }
            continue;
        }
        if (w->space && (count > 0 || (w->open != NULL && w->open->count > 0))) {
            bytes[count++] = ' ';
        }
        w->space = false;
        bytes[count++] = text.p[i];
    }
    return (struct str){bytes, count};
}

static enum element around(const struct narrator *w, enum element element) {
    for (int i = w->depth; i >= 0; i--) {
        if (w->stack[i].element == element) {
            return element;
        }
    }
    return ELEMENT_UNKNOWN;
}

void narrator_text(struct narrator *w, struct str text) {
    bool in_ruby = around(w, ELEMENT_RUBY) == ELEMENT_RUBY;
    if (around(w, ELEMENT_RUBY_FENCE) == ELEMENT_RUBY_FENCE) {
        return;
    }
    if (around(w, ELEMENT_RUBY_TEXT) == ELEMENT_RUBY_TEXT && in_ruby) {
        const struct str above = str_trim(text);
        if (w->base.n > 0 && above.n > 0) {
            narrator_add_span(w, w->base, str_copy(w->arena, above));
        }
        w->base = above.n > 0 ? STR_NONE : w->base;
        return;
    }
    const struct str plain = collapse(w, text);
    if (plain.n == 0) {
        return;
    }
    if (in_ruby) {
        w->base = str_join(w->arena, w->base, plain);
    } else {
        narrator_add_span(w, plain, STR_NONE);
    }
}

/* A ruby base without ruby text is plain text. */
static void flush_base(struct narrator *w) {
    if (w->base.n > 0) {
        narrator_add_span(w, w->base, STR_NONE);
    }
    w->base = STR_NONE;
}

/* --- elements ----------------------------------------------------------------------------------------------------- */

static const struct text_style *with_face(struct narrator *w, const struct text_style *style,
                                          const struct text_style *face) {
    if (face == NULL) {
        return style;
    }
    struct text_style *changed = arena_copy(w->arena, style, sizeof *changed);
    changed->chain = face->chain;
    changed->colour = face->colour;
    return changed;
}

static const struct text_style *underlined(struct narrator *w, const struct text_style *style) {
    struct text_style *changed = arena_copy(w->arena, style, sizeof *changed);
    changed->decoration |= DECORATE_UNDERLINE;
    return changed;
}

/* Is the innermost open element inside a cell? */
static bool is_in_cell(const struct narrator *w) {
    for (int i = w->depth - 1; i >= 0; i--) {
        if (w->stack[i].element == ELEMENT_CELL || w->stack[i].element == ELEMENT_HEAD_CELL) {
            return true;
        }
    }
    return false;
}

/* Does the next text begin a line of the open row's last cell? */
static bool begins_line_of_cell(const struct narrative_paragraph *row) {
    return row->cell_count == 0 || row->count == row->cells[row->cell_count - 1].first ||
           str_is(row->spans[row->count - 1].text, "\n");
}

/* A block within a cell begins a line of it. */
static void begin_line_of_cell(struct narrator *w) {
    w->space = false;
    if (w->open != NULL && !begins_line_of_cell(w->open)) {
        narrator_add_span(w, STR("\n"), STR_NONE);
    }
}

static void begin_item(struct narrator *w) {
    struct frame *list = &w->stack[w->depth > 0 ? w->depth - 1 : 0];
    if (is_in_cell(w)) {
        begin_line_of_cell(w);
    } else {
        narrator_end_paragraph(w);
        w->kind = NARRATIVE_ITEM;
    }
    struct str mark = STR("•");
    if (list->list == ELEMENT_NUMBERS) {
        mark = str_printf(w->arena, "%d.", ++list->number);
    }
    narrator_add_span(w, str_join(w->arena, mark, STR("\t")), STR_NONE);
}

static void begin_row(struct narrator *w) {
    if (is_in_cell(w)) {
        begin_line_of_cell(w);
        return;
    }
    narrator_end_paragraph(w);
    w->kind = NARRATIVE_ROW;
}

static void add_separator(struct narrator *w) {
    narrator_add_span(w, STR("\u3000"), STR_NONE);
    w->open->spans[w->open->count - 1].style = w->styles.body;
}

/* Text of a row before its first cell belongs to that cell. */
static void add_cell(struct narrator *w, bool head, struct narrative_cell cell) {
    open_paragraph(w);
    struct narrative_paragraph *row = w->open;
    if (row->cell_count > 0) {
        add_separator(w);
    }
    ARENA_GROW(w->arena, row->cells, row->cell_count, row->cell_capacity);
    row->head = head && (row->cell_count == 0 || row->head);
    cell.first = row->cell_count ? row->count : 0;
    row->cells[row->cell_count++] = cell;
    row->table = w->table;
}

/* A cell within a cell is more text of its line; a cell without a row is text. */
static void begin_cell(struct narrator *w, bool head, struct narrative_cell cell) {
    w->space = false;
    if (is_in_cell(w)) {
        if (w->open != NULL && !begins_line_of_cell(w->open)) {
            add_separator(w);
        }
    } else if (w->kind == NARRATIVE_ROW) {
        add_cell(w, head, cell);
    }
}

/* The state inside an element of this name that opens here. */
static struct frame frame_of(struct narrator *w, struct str name) {
    struct frame frame = w->stack[w->depth];
    frame.element = element_of(name);
    if (frame.element == ELEMENT_UNKNOWN) {
        narrator_find(w, NARRATIVE_UNKNOWN, name);
    }
    if (frame.element == ELEMENT_BOLD || frame.element == ELEMENT_HEAD_CELL) {
        frame.style = with_face(w, frame.style, w->styles.bold);
    }
    if (frame.element == ELEMENT_ITALIC) {
        frame.style = with_face(w, frame.style, w->styles.italic);
    }
    if (frame.element == ELEMENT_UNDERLINE) {
        frame.style = underlined(w, frame.style);
    }
    if (frame.element == ELEMENT_BULLETS || frame.element == ELEMENT_NUMBERS) {
        frame.level++;
        frame.list = frame.element;
        frame.number = 0;
    }
    return frame;
}

void narrator_begin(struct narrator *w, struct str name, int32_t columns, int32_t rows) {
    const struct frame frame = frame_of(w, name);
    w->stack[++w->depth] = frame;
    switch (frame.element) {
    case ELEMENT_TABLE:
        if (!is_in_cell(w)) {
            w->table++;
            narrator_end_paragraph(w);
        }
        break;
    case ELEMENT_BLOCK:
    case ELEMENT_BULLETS:
    case ELEMENT_NUMBERS:
        if (is_in_cell(w)) {
            begin_line_of_cell(w);
        } else if (w->open == NULL || w->open->kind == NARRATIVE_PARAGRAPH) {
            narrator_end_paragraph(w);
        }
        break;
    case ELEMENT_ROW:
        begin_row(w);
        break;
    case ELEMENT_ITEM:
        begin_item(w);
        break;
    case ELEMENT_CELL:
    case ELEMENT_HEAD_CELL:
        begin_cell(w, frame.element == ELEMENT_HEAD_CELL, (struct narrative_cell){.columns = columns, .rows = rows});
        break;
    case ELEMENT_BREAK:
        narrator_add_span(w, STR("\n"), STR_NONE);
        w->space = false;
        break;
    case ELEMENT_RUBY:
        w->base = STR_NONE;
        break;
    case ELEMENT_UNKNOWN:
    case ELEMENT_INLINE:
    case ELEMENT_BOLD:
    case ELEMENT_ITALIC:
    case ELEMENT_UNDERLINE:
    case ELEMENT_RUBY_TEXT:
    case ELEMENT_RUBY_FENCE:
        break;
    }
}

void narrator_end(struct narrator *w) {
    const enum element element = w->stack[w->depth].element;
    if (element == ELEMENT_RUBY) {
        flush_base(w);
    }
    bool in_item = around(w, ELEMENT_ITEM) == ELEMENT_ITEM;
    bool ends = element == ELEMENT_ITEM || element == ELEMENT_ROW || (element == ELEMENT_BLOCK && !in_item);
    if (ends && !is_in_cell(w)) {
        narrator_end_paragraph(w);
    }
    if (w->depth > 0) {
        w->depth--;
    }
}
