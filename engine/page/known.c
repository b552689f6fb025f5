/* known.c: a search for numbers that are known.
 *
 * Among digits of neighbouring cells and following lines nearly anything looks like a phone somewhere; there the
 * pattern says nothing, and the number itself is looked up. The digits of a fragment that stand together are a
 * group. From each group the search goes three ways, and looks up the digits it has passed whenever they are as many
 * as a number's:
 *
 *     text     the next group of the fragment, behind signs; the next fragment of the same paragraph or cell
 *     row      the next fragment of the line, however far, behind a rule too: boxes, cells side by side
 *     column   the nearest fragment below: boxes one above the other, a number broken in a narrow cell
 *
 * Whole groups are joined, never their beginnings or ends, so tables of counts hardly ever make a number by
 * chance.
 * A way ends when no known number begins with its digits. */
#include "page/known.h"

#include <stdlib.h>

#include "base/utf8.h"

#define NONE UINT32_MAX
enum { LONGEST = 18, PREFIX = 3 };

/* Digits of a fragment that stand together. */
struct digit_group {
    uint32_t from, count; /* in `digits` of the search */
    uint32_t fragment;    /* its order on the page */
    bool first, last;     /* in its fragment, signs aside */
    bool joined;          /* to the group before it, by signs alone */
};

struct known_search {
    const struct scan_known *known;
    struct arena *arena;
    const struct fragments *fragments;
    char *digits;
    size_t digit_count, digit_capacity;
    struct digit_group *groups;
    size_t group_count, group_capacity;
    const struct fragment *sorted; /* those with digits */
    size_t sorted_count;
    uint32_t *first_group; /* of a fragment by its order; NONE: it has no digits. NULL: one text, no page */
    uint32_t *place;       /* of a fragment by its order: its index in `sorted` */
    enum number_kind found;
};

/* --- groups ------------------------------------------------------------------------------------------------------- */

static void add_digit(struct known_search *search, char digit) {
    ARENA_GROW(search->arena, search->digits, search->digit_count, search->digit_capacity);
    search->digits[search->digit_count++] = digit;
    search->groups[search->group_count - 1].count++;
}

static void begin_group(struct known_search *search, uint32_t fragment, bool first, bool joined) {
    ARENA_GROW(search->arena, search->groups, search->group_count, search->group_capacity);
    search->groups[search->group_count++] = (struct digit_group){
        .from = (uint32_t)search->digit_count, .fragment = fragment, .first = first, .joined = joined};
}

static void read_groups(struct known_search *search, struct str text, uint32_t fragment) {
    const size_t before = search->group_count;
    bool only_signs = true, in_part = false;
    for (size_t offset = 0; offset < text.n;) {
        const uint32_t c = utf8_next(text, &offset);
        const int value = numeral_value(c);
        bool x = numeral_is_x(c) && (in_part || text.n == offset);
        if (value >= 0 || x) {
            if (!in_part) {
                begin_group(search, fragment, only_signs && search->group_count == before,
                            only_signs && search->group_count > before);
            }
            add_digit(search, x ? 'X' : (char)('0' + value));
            in_part = only_signs = true;
        } else if (numeral_gap(c) != GAP_INVISIBLE) {
            in_part = false;
            only_signs = only_signs && numeral_gap(c) != GAP_NONE;
        }
    }
    if (search->group_count > before) {
        search->groups[search->group_count - 1].last = only_signs;
    }
}

/* --- looking up --------------------------------------------------------------------------------------------------- */

static bool is_length(size_t count) {
    return count == 11 || count == 18 || count == 10 || count == 12 || count == 15;
}

static void look_up(struct known_search *search, const char *digits, size_t count) {
    const uint64_t key = is_length(count) ? number_key(digits, count) : 0;
    if (key == 0 || search->found != NUMBER_NONE) {
        return;
    }
    if (search->known->looked_up != NULL) {
        search->known->looked_up(search->known->context, key);
    }
    if (!number_set_has(search->known->hidden, key)) {
        return;
    }
    if (search->known->shown == NULL || !search->known->shown(search->known->context, key)) {
        search->found = count > 12 ? NUMBER_ID : NUMBER_PHONE;
    }
}

/* 8613812345678 in one group: at any place in it. */
static void look_inside(struct known_search *search, const struct digit_group *group) {
    const char *digits = search->digits + group->from;
    for (size_t at = 0; at + 10 < group->count; at++) {
        look_up(search, digits + at, 11);
        if (at + LONGEST <= group->count) {
            look_up(search, digits + at, LONGEST);
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

static int32_t end_mp(const struct fragment *fragment) {
    return fragment->along_mp + fragment->width_mp;
}

/* Nearly all fragments stand in other lines: that is tested first. */
bool fragment_text_between(const struct fragments *fragments, const struct fragment *a, const struct fragment *b) {
    const int32_t from_mp = end_mp(a), to_mp = b->along_mp, top_mp = a->across_mp - a->size_mp / 4,
                  bottom_mp = a->across_mp + a->size_mp / 4;
    for (size_t i = 0; i < fragments->count && from_mp < to_mp; i++) {
        const struct fragment *other = &fragments->items[i];
        if (other->across_mp < top_mp || other->across_mp > bottom_mp) {
            continue;
        }
        const int32_t middle_mp = other->along_mp + other->width_mp / 2;
        if (middle_mp > from_mp && middle_mp < to_mp && fragment_same_line(a, other) && !numerals_any(other->text) &&
            !is_gap_alone(other->text)) {
            return true;
        }
    }
    return false;
}

static bool is_near(int32_t a_mp, int32_t b_mp, int32_t size_mp) {
    return labs((long)a_mp - b_mp) <= size_mp / 2;
}

/* In a column, or the next line of a text: same left or right edge or middle, or left of a first line's indent. */
static bool goes_on_below(const struct fragment *above, const struct fragment *below) {
    const int32_t size_mp = above->size_mp, indent_mp = above->along_mp - below->along_mp;
    return (indent_mp >= 0 && indent_mp <= size_mp * 2 + size_mp / 4) ||
           is_near(above->along_mp, below->along_mp, size_mp) || is_near(end_mp(above), end_mp(below), size_mp) ||
           is_near(above->along_mp + above->width_mp / 2, below->along_mp + below->width_mp / 2, size_mp);
}

static uint32_t fragment_below(const struct known_search *search, size_t index) {
    enum { LINES = 6 }; /* how far boxes of a form are apart, in type sizes */
    const struct fragment *digits = search->sorted, *above = &digits[index];
    for (size_t i = index + 1; i < search->sorted_count && digits[i].direction == above->direction; i++) {
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

/* The next of the line; whether other text stands between them is asked when it matters (is_parted). */
static uint32_t fragment_right(const struct known_search *search, size_t index) {
    const struct fragment *fragment = &search->sorted[index], *next = fragment + 1;
    const bool same_line = index + 1 < search->sorted_count && fragment_same_line(fragment, next);
    return same_line ? next->order : NONE;
}

/* --- the ways ----------------------------------------------------------------------------------------------------- */

/* The next fragment of the same paragraph or cell. */
static uint32_t next_in_text(const struct known_search *search, uint32_t fragment) {
    const struct fragment *items = search->fragments->items;
    const uint32_t element = items[fragment].element;
    for (uint32_t i = fragment + 1; element != 0 && i < search->fragments->count && items[i].element == element; i++) {
        if (!is_gap_alone(items[i].text)) {
            return i;
        }
    }
    return NONE;
}

enum way { WAY_TEXT, WAY_ROW, WAY_COLUMN };

static uint32_t next_fragment(const struct known_search *search, uint32_t fragment, enum way way) {
    if (way == WAY_TEXT) {
        return next_in_text(search, fragment);
    }
    return way == WAY_ROW ? fragment_right(search, search->place[fragment])
                          : fragment_below(search, search->place[fragment]);
}

/* The group to go on with; NONE when something else stands between. */
static uint32_t next_group(const struct known_search *search, uint32_t index, enum way way) {
    const struct digit_group *group = &search->groups[index];
    if (index + 1 < search->group_count && group[1].fragment == group->fragment) {
        return group[1].joined ? index + 1 : NONE;
    }
    const uint32_t fragment =
        group->last && search->first_group != NULL ? next_fragment(search, group->fragment, way) : NONE;
    const uint32_t next = fragment == NONE ? NONE : search->first_group[fragment];
    return next != NONE && search->groups[next].first ? next : NONE;
}

static bool is_parted(const struct known_search *search, uint32_t index, uint32_t next, enum way way) {
    const uint32_t from = search->groups[index].fragment, to = search->groups[next].fragment;
    return way == WAY_ROW && from != to &&
           fragment_text_between(search->fragments, &search->sorted[search->place[from]],
                                 &search->sorted[search->place[to]]);
}

static void go(struct known_search *search, uint32_t index, enum way way) {
    char digits[LONGEST];
    size_t count = 0;
    for (uint32_t last = index, next = index; next != NONE && search->found == NUMBER_NONE;
         last = next, next = next_group(search, next, way)) {
        const struct digit_group *group = &search->groups[next];
        if (count + group->count > LONGEST || (count > 0 && digits[count - 1] == 'X')) {
            return;
        }
        for (uint32_t i = 0; i < group->count; i++) {
            digits[count++] = search->digits[group->from + i];
        }
        if ((count >= PREFIX && !number_set_may_begin(search->known->hidden, digits)) ||
            is_parted(search, last, next, way)) {
            return;
        }
        look_up(search, digits, count);
    }
}

static void go_all_ways(struct known_search *search) {
    for (uint32_t i = 0; i < search->group_count && search->found == NUMBER_NONE; i++) {
        look_inside(search, &search->groups[i]);
        go(search, i, WAY_TEXT);
        for (enum way way = WAY_ROW; search->first_group != NULL && way <= WAY_COLUMN; way++) {
            go(search, i, way);
        }
    }
}

/* --- a page, a text ----------------------------------------------------------------------------------------------- */

enum number_kind known_on_page(const struct scan_known *known, struct arena *arena, const struct fragments *fragments,
                               const struct fragment *digits, size_t count) {
    struct known_search search = {
        .known = known, .arena = arena, .fragments = fragments, .sorted = digits, .sorted_count = count};
    if (known == NULL || known->hidden->count == 0) {
        return NUMBER_NONE;
    }
    search.first_group = ARENA_ARRAY(arena, uint32_t, fragments->count);
    search.place = ARENA_ARRAY(arena, uint32_t, fragments->count);
    for (size_t i = 0; i < fragments->count; i++) {
        search.first_group[i] = NONE;
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t next = (uint32_t)search.group_count;
        read_groups(&search, digits[i].text, digits[i].order);
        search.place[digits[i].order] = (uint32_t)i;
        search.first_group[digits[i].order] = search.group_count > next ? next : NONE;
    }
    go_all_ways(&search);
    return search.found;
}

enum number_kind known_in_text(const struct scan_known *known, struct arena *arena, struct str text) {
    struct known_search search = {.known = known, .arena = arena};
    if (known == NULL || known->hidden->count == 0 || !numerals_any(text)) {
        return NUMBER_NONE;
    }
    read_groups(&search, text, 0);
    go_all_ways(&search);
    return search.found;
}
