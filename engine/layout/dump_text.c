/* dump_text.c: words, texts and drawn rows of the dump. */
#include "layout/dump.h"

#include <inttypes.h>

#include "base/length.h"

void dump_begin(struct dump *dump, const char *what) {
    for (int i = 0; i < dump->depth; i++) {
        buffer_add(dump->out, STR("  "));
    }
    buffer_add(dump->out, str_from(what));
}

void dump_end(struct dump *dump) {
    buffer_byte(dump->out, '\n');
}

void dump_word(struct dump *dump, struct str text) {
    buffer_byte(dump->out, ' ');
    buffer_add(dump->out, text);
}

void dump_named(struct dump *dump, const char *name, struct str text) {
    if (text.n > 0) {
        buffer_printf(dump->out, " %s %.*s", name, STR_ARG(text));
    }
}

void dump_number(struct dump *dump, int64_t n) {
    buffer_byte(dump->out, ' ');
    buffer_int(dump->out, n);
}

/* Hundredths of a millimetre. */
void dump_length(struct dump *dump, int32_t mp) {
    const int64_t um = mp_to_um(mp), hundredths = (um + (um < 0 ? -5 : 5)) / 10;
    buffer_printf(dump->out, " %s%" PRId64, hundredths < 0 ? "-" : "",
                  (hundredths < 0 ? -hundredths : hundredths) / 100);
    const int64_t rest = (hundredths < 0 ? -hundredths : hundredths) % 100;
    if (rest != 0) {
        buffer_printf(dump->out, rest % 10 == 0 ? ".%" PRId64 : ".%02" PRId64, rest % 10 == 0 ? rest / 10 : rest);
    }
}

void dump_named_length(struct dump *dump, const char *name, int32_t mp) {
    if (mp != 0) {
        buffer_printf(dump->out, " %s", name);
        dump_length(dump, mp);
    }
}

void dump_flag(struct dump *dump, const char *name, bool on) {
    if (on) {
        dump_word(dump, str_from(name));
    }
}

void dump_query(struct dump *dump, const char *name, uint32_t use) {
    if (use != NO_QUERY) {
        dump_named(dump, name, dump->layout->queries[dump->layout->query_uses[use].query].name);
    }
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

static void style_names(struct dump *dump, uint32_t use) {
    const struct style_use *style_use = &dump->layout->style_uses[use];
    for (size_t i = 0; i < style_use->count; i++) {
        buffer_add(dump->out, i > 0 ? STR(".") : STR(""));
        buffer_add(dump->out, style_use->names[i]);
    }
}

void dump_style(struct dump *dump, uint32_t use) {
    if (use != NO_STYLE) {
        buffer_byte(dump->out, ' ');
        style_names(dump, use);
    }
}

static void filters(struct dump *dump, const struct filter_call *calls, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_printf(dump->out, "|%s", calls[i].filter != NULL ? calls[i].filter->name : "?");
        if (calls[i].argument.n > 0) {
            dump_word(dump, calls[i].argument);
        }
    }
}

static void value(struct dump *dump, const struct value_ref *ref) {
    static const char *const pages[] = {[REF_PAGE_FIRST] = "first ", [REF_PAGE_LAST] = "last "};
    if (ref->kind == REF_PAGE_FIRST || ref->kind == REF_PAGE_LAST) {
        buffer_add(dump->out, str_from(pages[ref->kind]));
    }
    if (ref->query.n > 0) {
        buffer_add(dump->out, ref->query);
        buffer_byte(dump->out, '.');
    }
    buffer_add(dump->out, ref->column);
    buffer_add(dump->out, ref->kind == REF_PREFIX ? STR("…") : STR(""));
    buffer_add(dump->out, ref->need == NEED_REQUIRED ? STR("!") : ref->need == NEED_WANTED ? STR("?") : STR(""));
    filters(dump, ref->filters, ref->filter_count);
}

static void counter(struct dump *dump, const struct counter *counter) {
    static const char *const kinds[] = {"#", "#count", "#sum"};
    static const char *const spans[] = {"row", "group", "page", "before", "running", "all"};
    buffer_add(dump->out, str_from(kinds[counter->kind]));
    if (counter->kind == COUNTER_SUM) {
        dump_word(dump, counter->column);
    }
    dump_word(dump, str_from(spans[counter->span]));
    filters(dump, counter->filters, counter->filter_count);
}

static void pieces(struct dump *dump, const struct template_line *line);

static void piece(struct dump *dump, const struct piece *piece) {
    if (piece->above) {
        buffer_byte(dump->out, '^');
    }
    if (piece->style != NO_STYLE) {
        buffer_byte(dump->out, '[');
        style_names(dump, piece->style);
        buffer_byte(dump->out, ' ');
    }
    switch (piece->kind) {
    case PIECE_TEXT:
        buffer_printf(dump->out, "“%.*s”", STR_ARG(piece->text));
        break;
    case PIECE_VALUE:
        buffer_byte(dump->out, '{');
        value(dump, &dump->layout->values[piece->value]);
        buffer_byte(dump->out, '}');
        break;
    case PIECE_COUNTER:
        buffer_byte(dump->out, '{');
        counter(dump, piece->counter);
        buffer_byte(dump->out, '}');
        break;
    case PIECE_PAGE:
        buffer_add(dump->out, STR("{page}"));
        break;
    case PIECE_PAGES:
        buffer_add(dump->out, STR("{pages}"));
        break;
    case PIECE_SECTION:
        buffer_printf(dump->out, "{section %u}", piece->value);
        break;
    case PIECE_NOTE:
        buffer_add(dump->out, STR("[*"));
        pieces(dump, piece->note);
        buffer_byte(dump->out, ']');
        break;
    }
    if (piece->style != NO_STYLE) {
        buffer_byte(dump->out, ']');
    }
}

static void pieces(struct dump *dump, const struct template_line *line) {
    for (size_t i = 0; i < line->count; i++) {
        buffer_byte(dump->out, ' ');
        piece(dump, &line->pieces[i]);
    }
}

void dump_lines(struct dump *dump, const struct template *text) {
    dump->depth++;
    for (size_t i = 0; i < text->count; i++) {
        dump_begin(dump, "line");
        dump_style(dump, text->lines[i].style);
        buffer_byte(dump->out, ':');
        pieces(dump, &text->lines[i]);
        dump_end(dump);
    }
    dump->depth--;
}

void dump_text(struct dump *dump, const char *what, const struct template *text) {
    if (text->count > 0) {
        dump_begin(dump, what);
        dump_end(dump);
        dump_lines(dump, text);
    }
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static void cell(struct dump *dump, const struct cell *cell) {
    static const char *const joins[] = {"", " <", " ^"};
    dump_begin(dump, "cell");
    buffer_printf(dump->out, " %d:%d%s", cell->place.line, cell->place.column, joins[cell->join]);
    if (cell->join == JOIN_NONE) {
        dump_style(dump, cell->style);
        if (cell->column_span > 1 || cell->row_span > 1) {
            buffer_printf(dump->out, " %u×%u", cell->column_span, cell->row_span);
        }
        dump_flag(dump, "vertical", cell->vertical);
        if (cell->diagonal > 0) {
            buffer_printf(dump->out, " diagonal %d", cell->diagonal);
        }
    }
    dump_end(dump);
    dump_lines(dump, &cell->text);
}

void dump_rows(struct dump *dump, const char *what, const struct drawn_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        dump_begin(dump, what);
        dump_named_length(dump, "at least", rows[i].least_height_mp);
        dump_end(dump);
        dump->depth++;
        for (size_t j = 0; j < rows[i].count; j++) {
            cell(dump, &rows[i].cells[j]);
        }
        dump->depth--;
    }
}
