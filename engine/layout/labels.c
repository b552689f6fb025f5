/* labels.c: what a form calls a value: who reads that “phone” is missing looks for 联系电话 on the paper.
 *
 * It is the words that stand before the placeholder in its line, else the cell of words at its left, else that of the head above it. */
#include "base/utf8.h"
#include "layout/builder.h"

enum { LONGEST = 16 /* characters: more is a sentence, not a name */ };

static bool is_edge(uint32_t c) {
    return c <= ' ' || c == 0x3000 || c == 0xFF1A || c == ':' || c == 0xFF08 || c == '(' || c == 0xFF09 || c == ')' ||
           c == 0x3002 || c == 0xFF0C || c == 0xFF1B || c == 0x25A1;
}

/* The last words of a text that no blank or mark parts, without what stands at their end. */
static struct str last_words(struct str text) {
    size_t from = 0, to = 0;
    bool parted = true;
    for (size_t at = 0; at < text.n;) {
        const size_t before = at;
        const bool edge = is_edge(utf8_next(text, &at));
        if (!edge && parted) {
            from = before;
        }
        to = edge ? to : at;
        parted = edge;
    }
    const struct str words = str_slice(text, from, to);
    return utf8_count(words) <= LONGEST ? words : STR_NONE;
}

/* All of a cell whose lines are words alone. */
static struct str words_of(struct arena *arena, const struct template *text) {
    struct str all = STR_NONE;
    for (size_t i = 0; i < text->count; i++) {
        for (size_t j = 0; j < text->lines[i].count; j++) {
            const struct piece *piece = &text->lines[i].pieces[j];
            if (piece->kind == PIECE_NOTE) {
                continue;
            }
            if (piece->kind != PIECE_TEXT) {
                return STR_NONE;
            }
            all = str_join(arena, all, piece->text);
        }
    }
    all = str_trim(all);
    return utf8_count(all) <= LONGEST ? all : STR_NONE;
}

static void label_value(struct builder *builder, const struct piece *piece, struct str label) {
    if (piece->kind == PIECE_VALUE && builder->layout->values[piece->value].label.n == 0) {
        builder->layout->values[piece->value].label = label;
    }
}

void labels_of_text(struct builder *builder, const struct template *text) {
    for (size_t i = 0; i < text->count; i++) {
        for (size_t j = 1; j < text->lines[i].count; j++) {
            const struct piece *before = &text->lines[i].pieces[j - 1];
            if (before->kind == PIECE_TEXT) {
                label_value(builder, &text->lines[i].pieces[j], last_words(before->text));
            }
        }
    }
}

static void label_cell(struct builder *builder, const struct cell *cell, struct str label) {
    for (size_t i = 0; i < cell->text.count; i++) {
        for (size_t j = 0; j < cell->text.lines[i].count; j++) {
            label_value(builder, &cell->text.lines[i].pieces[j], label);
        }
    }
}

void labels_of_rows(struct builder *builder, const struct drawn_row *rows, size_t count, const struct drawn_row *head) {
    for (size_t r = 0; r < count; r++) {
        struct str left = STR_NONE;
        for (size_t i = 0; i < rows[r].count; i++) {
            const struct cell *cell = &rows[r].cells[i];
            labels_of_text(builder, &cell->text);
            if (head != NULL) {
                label_cell(builder, cell, i < head->count ? words_of(builder->arena, &head->cells[i].text) : STR_NONE);
                continue;
            }
            const struct str words = words_of(builder->arena, &cell->text);
            left = words.n > 0 ? words : left;
            label_cell(builder, cell, left);
        }
    }
}
