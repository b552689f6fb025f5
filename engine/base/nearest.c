/* nearest.c: optimal string alignment (Damerau-Levenshtein with non-overlapping swaps), with three rows of its
 * table.
 *
 *     current[j] = the least steps from the first i characters of a to the first j of b
 *                = least of  previous[j-1] + (0 when alike, else 1)    replace
 *                            previous[j] + 1, current[j-1] + 1         drop, add
 *                            before[j-2] + 1                           swap, when both pairs are each other reversed */
#include "base/nearest.h"

#include "base/buffer.h"
#include "base/utf8.h"

/* Nobody types longer words by hand. */
enum { LONGEST = 64 };

struct word {
    uint32_t code_points[LONGEST];
    size_t count;
};

/* Capitals, - and _ are as near as can be to small letters and spaces. */
static uint32_t folded(uint32_t c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == '_' || c == '-' ? ' ' : c;
}

/* False when the word is too long to compare. */
static bool word_read(struct word *word, struct str s) {
    word->count = 0;
    for (size_t offset = 0; offset < s.n;) {
        if (word->count == LONGEST) {
            return false;
        }
        word->code_points[word->count++] = folded(utf8_next(s, &offset));
    }
    return true;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t distance(const struct word *a, const struct word *b) {
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *previous = rows[1], *current = rows[2];
    for (size_t j = 0; j <= b->count; j++) {
        previous[j] = j;
    }
    for (size_t i = 1; i <= a->count; i++) {
        current[0] = i;
        for (size_t j = 1; j <= b->count; j++) {
            bool same = a->code_points[i - 1] == b->code_points[j - 1];
            const size_t steps = least(previous[j - 1] + (same ? 0 : 1), least(previous[j], current[j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && a->code_points[i - 1] == b->code_points[j - 2] &&
                           a->code_points[i - 2] == b->code_points[j - 1];
            current[j] = swapped ? least(steps, before[j - 2] + 1) : steps;
        }
        size_t *oldest = before;
        before = previous;
        previous = current;
        current = oldest;
    }
    return previous[b->count];
}

/* class, classes: one is the other with an ending. */
static bool is_ending(const struct word *a, const struct word *b) {
    enum { SHORTEST = 4, ENDING = 3 };
    const struct word *shorter = a->count < b->count ? a : b, *longer = shorter == a ? b : a;
    if (shorter->count < SHORTEST || longer->count - shorter->count > ENDING) {
        return false;
    }
    for (size_t i = 0; i < shorter->count; i++) {
        if (a->code_points[i] != b->code_points[i]) {
            return false;
        }
    }
    return true;
}

size_t nearest(struct str word, const struct str *candidates, size_t count) {
    struct word wanted, candidate;
    if (!word_read(&wanted, word)) {
        return count;
    }
    const size_t allowed = wanted.count >= 6 ? wanted.count / 3 : 1;
    size_t best = count, best_distance = allowed + 1;
    for (size_t i = 0; i < count; i++) {
        if (!word_read(&candidate, candidates[i])) {
            continue;
        }
        const size_t apart = distance(&wanted, &candidate);
        const size_t steps = apart > allowed && is_ending(&wanted, &candidate) ? allowed : apart;
        if (steps < best_distance) {
            best = i;
            best_distance = steps;
        }
    }
    return best;
}

struct str nearest_name(struct str word, const struct str *candidates, size_t count) {
    const size_t near = nearest(word, candidates, count);
    return near < count ? candidates[near] : STR_NONE;
}

struct str nearest_or_all(struct arena *arena, struct str word, const struct str *candidates, size_t count) {
    const struct str near = nearest_name(word, candidates, count);
    return near.n > 0 ? near : names_joined(arena, candidates, count, SIZE_MAX);
}

struct str names_joined(struct arena *arena, const struct str *names, size_t count, size_t most) {
    if (count == 0) {
        return STR_NONE;
    }
    struct buffer list = {0};
    for (size_t i = 0; i < count && i < most; i++) {
        buffer_add(&list, i > 0 ? STR(", ") : STR(""));
        buffer_add(&list, names[i]);
    }
    buffer_add(&list, count > most ? STR(", …") : STR(""));
    const struct str joined = str_copy(arena, buffer_str(&list));
    buffer_release(&list);
    return joined;
}
