/* known.c: looking for what is known.
 *
 * Among digits of neighbouring cells and of following lines nearly anything looks like a phone somewhere; so there it isn't the
 * pattern that counts but the number itself. A page is parts: the digits of a piece that stand together. From each part on three
 * ways are gone, and what was passed is looked up wherever it is as long as a number:
 *
 *     text     signs between the parts of a piece; the next piece of the same paragraph or cell, also in its next line
 *     row      the next piece of the line, however far, behind a rule too: boxes, cells side by side
 *     column   the nearest piece below: boxes one above the other, a number broken in a narrow cell
 *
 * Only whole parts are joined, so that tables of counts hardly ever make a number by chance. */
#include "page/known.h"

#include <stdlib.h>

#include "base/utf8.h"

#define NONE UINT32_MAX
enum { LONGEST = 18, PREFIX = 3 };

struct part {
    uint32_t from, count; /* in `digits` of the walk */
    uint32_t piece;       /* its order on the page */
    bool first, last;     /* in its piece, but for signs */
    bool joined;          /* to the part before it, by signs alone */
};

struct known_walk {
    const struct scan_known *known;
    struct arena *arena;
    const struct pieces *pieces;
    char *digits;
    size_t digit_count, digit_capacity;
    struct part *parts;
    size_t part_count, part_capacity;
    const struct piece *sorted; /* those with digits */
    size_t sorted_count;
    uint32_t *first_part; /* of a piece by its order; NONE. No array: there is one text and no page */
    uint32_t *place;      /* of a piece by its order: where in `sorted` */
    enum number_kind found;
};

/* --- parts -------------------------------------------------------------------------------------------------------- */

static void add_digit(struct known_walk *walk, char digit) {
    ARENA_GROW(walk->arena, walk->digits, walk->digit_count, walk->digit_capacity);
    walk->digits[walk->digit_count++] = digit;
    walk->parts[walk->part_count - 1].count++;
}

static void begin_part(struct known_walk *walk, uint32_t piece, bool first, bool joined) {
    ARENA_GROW(walk->arena, walk->parts, walk->part_count, walk->part_capacity);
    walk->parts[walk->part_count++] =
        (struct part){.from = (uint32_t)walk->digit_count, .piece = piece, .first = first, .joined = joined};
}

static void read_parts(struct known_walk *walk, struct str text, uint32_t piece) {
    const size_t before = walk->part_count;
    bool only_signs = true, in_part = false;
    for (size_t offset = 0; offset < text.n;) {
        const uint32_t c = utf8_next(text, &offset);
        const int value = numeral_value(c);
        bool x = numeral_is_x(c) && (in_part || text.n == offset);
        if (value >= 0 || x) {
            if (!in_part) {
                begin_part(walk, piece, only_signs && walk->part_count == before,
                           only_signs && walk->part_count > before);
            }
            add_digit(walk, x ? 'X' : (char)('0' + value));
            in_part = only_signs = true;
        } else if (numeral_gap(c) != GAP_INVISIBLE) {
            in_part = false;
            only_signs = only_signs && numeral_gap(c) != GAP_NONE;
        }
    }
    if (walk->part_count > before) {
        walk->parts[walk->part_count - 1].last = only_signs;
    }
}

/* --- looking up --------------------------------------------------------------------------------------------------- */

static bool is_length(size_t count) {
    return count == 11 || count == 18 || count == 10 || count == 12 || count == 15;
}

static void look_up(struct known_walk *walk, const char *digits, size_t count) {
    const uint64_t key = is_length(count) ? number_key(digits, count) : 0;
    if (key == 0 || walk->found != NUMBER_NONE || !number_set_has(walk->known->hidden, key)) {
        return;
    }
    if (walk->known->shown == NULL || !walk->known->shown(walk->known->context, key)) {
        walk->found = count > 12 ? NUMBER_ID : NUMBER_PHONE;
    }
}

/* 8613812345678 in one: wherever in it. */
static void look_inside(struct known_walk *walk, const struct part *part) {
    const char *digits = walk->digits + part->from;
    for (size_t at = 0; at + 10 < part->count; at++) {
        look_up(walk, digits + at, 11);
        if (at + LONGEST <= part->count) {
            look_up(walk, digits + at, LONGEST);
        }
    }
}

/* --- neighbours --------------------------------------------------------------------------------------------------- */

static bool is_gap_alone(struct str text) {
    enum { SHORT = 8 };
    for (size_t offset = 0; text.n <= SHORT && offset < text.n;) {
        if (numeral_gap(utf8_next(text, &offset)) == GAP_NONE) {
            return false;
        }
    }
    return text.n <= SHORT;
}

static int32_t end_mp(const struct piece *piece) {
    return piece->along_mp + piece->width_mp;
}

/* Nearly all pieces stand in other lines: they go first. */
bool piece_text_between(const struct pieces *pieces, const struct piece *a, const struct piece *b) {
    const int32_t from_mp = end_mp(a), to_mp = b->along_mp, top_mp = a->across_mp - a->size_mp / 4,
                  bottom_mp = a->across_mp + a->size_mp / 4;
    for (size_t i = 0; i < pieces->count && from_mp < to_mp; i++) {
        const struct piece *other = &pieces->items[i];
        if (other->across_mp < top_mp || other->across_mp > bottom_mp) {
            continue;
        }
        const int32_t middle_mp = other->along_mp + other->width_mp / 2;
        if (middle_mp > from_mp && middle_mp < to_mp && piece_same_line(a, other) && !numerals_any(other->text) &&
            !is_gap_alone(other->text)) {
            return true;
        }
    }
    return false;
}

static bool is_near(int32_t a_mp, int32_t b_mp, int32_t size_mp) {
    return labs((long)a_mp - b_mp) <= size_mp / 2;
}

/* In a column, or the next line of a text: at the same left or right edge or middle, or left of a first line's indent. */
static bool goes_on_below(const struct piece *above, const struct piece *below) {
    const int32_t size_mp = above->size_mp, indent_mp = above->along_mp - below->along_mp;
    return (indent_mp >= 0 && indent_mp <= size_mp * 2 + size_mp / 4) ||
           is_near(above->along_mp, below->along_mp, size_mp) || is_near(end_mp(above), end_mp(below), size_mp) ||
           is_near(above->along_mp + above->width_mp / 2, below->along_mp + below->width_mp / 2, size_mp);
}

static uint32_t piece_below(const struct known_walk *walk, size_t index) {
    enum { LINES = 6 }; /* of its size, as far as boxes of a form are apart */
    const struct piece *digits = walk->sorted, *above = &digits[index];
    for (size_t i = index + 1; i < walk->sorted_count && digits[i].direction == above->direction; i++) {
        const int32_t leading_mp = digits[i].across_mp - above->across_mp;
        if (leading_mp > above->size_mp * LINES) {
            return NONE;
        }
        if (leading_mp > above->size_mp / 2 && goes_on_below(above, &digits[i])) {
            return digits[i].order;
        }
    }
    return NONE;
}

static uint32_t piece_right(const struct known_walk *walk, size_t index) {
    const struct piece *piece = &walk->sorted[index], *next = piece + 1;
    const bool same_line = index + 1 < walk->sorted_count && piece_same_line(piece, next);
    return same_line && !piece_text_between(walk->pieces, piece, next) ? next->order : NONE;
}

/* --- the ways ----------------------------------------------------------------------------------------------------- */

/* The next piece of the same paragraph or cell. */
static uint32_t next_in_text(const struct known_walk *walk, uint32_t piece) {
    const struct piece *items = walk->pieces->items;
    const uint32_t element = items[piece].element;
    for (uint32_t i = piece + 1; element != 0 && i < walk->pieces->count && items[i].element == element; i++) {
        if (!is_gap_alone(items[i].text)) {
            return i;
        }
    }
    return NONE;
}

enum way { WAY_TEXT, WAY_ROW, WAY_COLUMN };

static uint32_t next_piece(const struct known_walk *walk, uint32_t piece, enum way way) {
    if (way == WAY_TEXT) {
        return next_in_text(walk, piece);
    }
    return way == WAY_ROW ? piece_right(walk, walk->place[piece]) : piece_below(walk, walk->place[piece]);
}

/* The part that goes on; NONE when something else stands between. */
static uint32_t next_part(const struct known_walk *walk, uint32_t index, enum way way) {
    const struct part *part = &walk->parts[index];
    if (index + 1 < walk->part_count && part[1].piece == part->piece) {
        return part[1].joined ? index + 1 : NONE;
    }
    const uint32_t piece = part->last && walk->first_part != NULL ? next_piece(walk, part->piece, way) : NONE;
    const uint32_t next = piece == NONE ? NONE : walk->first_part[piece];
    return next != NONE && walk->parts[next].first ? next : NONE;
}

static void go(struct known_walk *walk, uint32_t index, enum way way) {
    char digits[LONGEST];
    size_t count = 0;
    for (uint32_t next = index; next != NONE && walk->found == NUMBER_NONE; next = next_part(walk, next, way)) {
        const struct part *part = &walk->parts[next];
        if (count + part->count > LONGEST || (count > 0 && digits[count - 1] == 'X')) {
            return;
        }
        for (uint32_t i = 0; i < part->count; i++) {
            digits[count++] = walk->digits[part->from + i];
        }
        if (count >= PREFIX && !number_set_may_begin(walk->known->hidden, digits)) {
            return;
        }
        look_up(walk, digits, count);
    }
}

static void go_all_ways(struct known_walk *walk) {
    for (uint32_t i = 0; i < walk->part_count && walk->found == NUMBER_NONE; i++) {
        look_inside(walk, &walk->parts[i]);
        go(walk, i, WAY_TEXT);
        for (enum way way = WAY_ROW; walk->first_part != NULL && way <= WAY_COLUMN; way++) {
            go(walk, i, way);
        }
    }
}

/* --- a page, a text ----------------------------------------------------------------------------------------------- */

enum number_kind known_on_page(const struct scan_known *known, struct arena *arena, const struct pieces *pieces,
                               const struct piece *digits, size_t count) {
    struct known_walk walk = {
        .known = known, .arena = arena, .pieces = pieces, .sorted = digits, .sorted_count = count};
    if (known == NULL || known->hidden->count == 0) {
        return NUMBER_NONE;
    }
    walk.first_part = ARENA_ARRAY(arena, uint32_t, pieces->count);
    walk.place = ARENA_ARRAY(arena, uint32_t, pieces->count);
    for (size_t i = 0; i < pieces->count; i++) {
        walk.first_part[i] = NONE;
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t next = (uint32_t)walk.part_count;
        read_parts(&walk, digits[i].text, digits[i].order);
        walk.place[digits[i].order] = (uint32_t)i;
        walk.first_part[digits[i].order] = walk.part_count > next ? next : NONE;
    }
    go_all_ways(&walk);
    return walk.found;
}

enum number_kind known_in_text(const struct scan_known *known, struct arena *arena, struct str text) {
    struct known_walk walk = {.known = known, .arena = arena};
    if (known == NULL || known->hidden->count == 0 || !numerals_any(text)) {
        return NUMBER_NONE;
    }
    read_parts(&walk, text, 0);
    go_all_ways(&walk);
    return walk.found;
}
