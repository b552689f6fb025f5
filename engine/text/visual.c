/* visual.c: visual order: right-to-left words in a left-to-right line.
 *
 * The glyphs of such a word are in visual order already (word.c). Several words in a row, with the spaces and marks
 * between them, are read from the right, so the units of that sequence are reversed: words, numbers, and each mark
 * by itself. This is the bidirectional algorithm for a Chinese paragraph without embeddings (UAX 9: levels 0, 1 and
 * 2).
 *
 *     text       A ا ب 12 ج B         visual order     A ج 12 ب ا B
 *
 * 1. The order is a permutation: the units of a sequence fill it from its end to its beginning. */
#include "text/emit.h"

#include <assert.h>

static bool is_backwards(const struct paragraph *p, uint32_t i) {
    return atom_is(&p->atoms[i], ATOM_BACKWARDS);
}

/* May stand between two right-to-left words of one sequence. */
static bool is_between(const struct atom *atom) {
    return (atom->flags & (ATOM_SPACE | ATOM_HIDDEN)) || atom->kind == CLASS_POINT || atom->kind == CLASS_DIGIT ||
           atom->kind == CLASS_HYPHEN;
}

/* The end of the sequence that begins with the right-to-left atom `from`: behind its last such word. */
static uint32_t sequence_end(const struct paragraph *p, uint32_t from, uint32_t end) {
    uint32_t last = from + 1;
    for (uint32_t i = from; i < end && (is_backwards(p, i) || is_between(&p->atoms[i])); i++) {
        if (is_backwards(p, i)) {
            last = i + 1;
        }
    }
    return last;
}

static uint32_t unit_end(const struct paragraph *p, uint32_t from, uint32_t end) {
    uint32_t at = from + 1;
    if (is_backwards(p, from)) {
        while (at < end && is_backwards(p, at) && atom_is(&p->atoms[at], ATOM_CONTINUES)) {
            at++;
        }
    } else if (p->atoms[from].kind == CLASS_DIGIT) {
        while (at < end && p->atoms[at].kind == CLASS_DIGIT) {
            at++;
        }
    }
    return at;
}

const uint32_t *text_visual_order(struct arena *arena, const struct paragraph *p, uint32_t first, uint32_t last) {
    if (!p->has_backwards) {
        return NULL;
    }
    uint32_t *order = ARENA_ARRAY(arena, uint32_t, last - first + 1);
    for (uint32_t i = first; i <= last;) {
        const uint32_t end = is_backwards(p, i) ? sequence_end(p, i, last + 1) : i + 1;
        uint32_t place = end - first;
        for (uint32_t from = i, to; from < end; from = to) {
            to = unit_end(p, from, end);
            place -= to - from;
            for (uint32_t k = from; k < to; k++) {
                order[place + k - from] = k;
            }
        }
        assert(place == i - first); /* invariant 1 */
        i = end;
    }
    return order;
}
