/* tab_dump.c: tabs as text. */
#include "base/buffer.h"
#include "compose/tab.h"

static void add_quoted(struct buffer *out, struct str text) {
    buffer_byte(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n') {
            buffer_add(out, STR("\\n"));
        } else {
            if (text.p[i] == '"' || text.p[i] == '\\') {
                buffer_byte(out, '\\');
            }
            buffer_byte(out, text.p[i]);
        }
    }
    buffer_byte(out, '"');
}

static void add_lines(struct buffer *out, const char *word, const struct str *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "  %s ", word);
        add_quoted(out, lines[i]);
        buffer_byte(out, '\n');
    }
}

static void add_cell(struct buffer *out, const struct tab_cell *cell) {
    static const char *const kinds[] = {[TAB_WORDS] = "words", [TAB_NUMBER] = "number", [TAB_DAY] = "day"};
    static const char *const aligns[] = {[TAB_LEFT] = " left", [TAB_CENTRE] = "", [TAB_RIGHT] = " right"};
    buffer_printf(out, "    %zu,%zu ", cell->row, cell->column);
    if (cell->rows > 1 || cell->columns > 1) {
        buffer_printf(out, "%zux%zu ", cell->rows, cell->columns);
    }
    buffer_printf(out, "%s ", kinds[cell->kind]);
    add_quoted(out, cell->text);
    if (cell->kind != TAB_WORDS) {
        buffer_printf(out, " %.*s %.*s", STR_ARG(cell->value), STR_ARG(cell->format));
    }
    buffer_printf(out, "%s%s%s%s\n", aligns[cell->align], cell->head ? " head" : "", cell->bold ? " bold" : "",
                  cell->shaded ? " shaded" : "");
}

void tabs_dump(const struct tabs *tabs, struct buffer *out) {
    for (size_t i = 0; i < tabs->count; i++) {
        const struct tab *tab = &tabs->items[i];
        buffer_add(out, STR("  sheet "));
        add_quoted(out, tab->name);
        buffer_printf(out, " %zux%zu head %zu%s\n", tab->rows, tab->columns, tab->head_rows,
                      tab->ruled ? "" : " plain");
        add_lines(out, "above", tab->above, tab->above_count);
        for (size_t k = 0; k < tab->count; k++) {
            add_cell(out, &tab->cells[k]);
        }
        add_lines(out, "below", tab->below, tab->below_count);
    }
}
