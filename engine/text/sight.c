/* sight.c: right-to-left words in a left-to-right line.
 *
 * The glyphs of such a word stand in the order of sight already (word.c). Several in a row, with the spaces and marks
 * between them, are read from the right, so the pieces of that stretch are turned round: words, numbers, and each mark by
 * itself. This is the bidirectional algorithm for a Chinese paragraph without embeddings (UAX 9: levels 0, 1 and 2). */
#include "text/emit.h"

static bool is_backwards(const struct paragraph *p, uint32_t i) {
    return atom_is(&p->atoms[i], ATOM_BACKWARDS);
}

/* What may lie between two right-to-left words of one stretch. */
static bool is_between(const struct atom *atom) {
    return (atom->flags & (ATOM_SPACE | ATOM_HIDDEN)) || atom->kind == CLASS_POINT || atom->kind == CLASS_DIGIT ||
           atom->kind == CLASS_HYPHEN;
}

/* Where the stretch that begins with the right-to-left atom `from` ends: behind its last such word. */
static uint32_t stretch_end(const struct paragraph *p, uint32_t from, uint32_t end) {
    uint32_t last = from + 1;
    for (uint32_t i = from; i < end && (is_backwards(p, i) || is_between(&p->atoms[i])); i++) {
        if (is_backwards(p, i)) {
            last = i + 1;
        }
    }
    return last;
}

static uint32_t piece_end(const struct paragraph *p, uint32_t from, uint32_t end) {
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

const uint32_t *text_order_of_sight(struct arena *arena, const struct paragraph *p, uint32_t first, uint32_t last) {
    if (!p->has_backwards) {
        return NULL;
    }
    uint32_t *order = ARENA_ARRAY(arena, uint32_t, last - first + 1);
    for (uint32_t i = first; i <= last;) {
        const uint32_t end = is_backwards(p, i) ? stretch_end(p, i, last + 1) : i + 1;
        uint32_t place = end - first;
        for (uint32_t from = i, to; from < end; from = to) {
            to = piece_end(p, from, end);
            place -= to - from;
            for (uint32_t k = from; k < to; k++) {
                order[place + k - from] = k;
            }
        }
        i = end;
    }
    return order;
}
