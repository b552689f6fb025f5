/* numbers_chain.c: chains of digits are read from text, and dates in them are marked.
 *
 *     电话 0851-2212 3456、13812345678           text
 *          └0851┘-└2212┘ └3456┘、└13812345678┘    one chain of four groups; gaps: - blank 、
 *
 * A chain ends at a character that stands in no number, behind SIGNS_MOST signs, or behind BLANKS_MOST blanks. */
#include "data/numbers_internal.h"

enum {
    SIGNS_MOST = 3, /* between two groups */
    BLANKS_MOST = 24,
    BLANKS_NEAR = 3 /* more blanks count as a list's sign */
};

/* --- reading a chain ---------------------------------------------------------------------------------------------- */

struct gap {
    size_t signs, blanks;
    uint32_t sign;
    enum numeral_gap kind;
};

static bool is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* False when no number goes on behind so much. */
static bool gap_add(struct gap *gap, uint32_t c) {
    const enum numeral_gap kind = numeral_gap(c);
    if (kind == GAP_NONE) {
        return false;
    }
    gap->kind = kind > gap->kind ? kind : gap->kind;
    if (kind == GAP_INVISIBLE || is_blank(c)) {
        if (++gap->blanks > BLANKS_NEAR) {
            gap->kind = GAP_LIST;
        }
        return gap->blanks <= BLANKS_MOST;
    }
    gap->sign = gap->signs == 0 ? c : 0;
    return ++gap->signs <= SIGNS_MOST;
}

int number_look_alike(uint32_t c) {
    if (c == 'O' || c == 'o' || c == 0xFF2F || c == 0xFF4F) {
        return 0;
    }
    return c == 'l' || c == 'I' || c == 0xFF4C || c == 0xFF29 ? 1 : -1;
}

static bool is_latin(uint32_t c) {
    const uint32_t plain = c >= 0xFF21 && c <= 0xFF5A ? c - 0xFF21 + 'A' : c;
    return (plain >= 'A' && plain <= 'Z') || (plain >= 'a' && plain <= 'z') || (c >= 0xC0 && c <= 0x24F);
}

static bool in_word(uint32_t c) {
    return is_latin(c) || (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* Does the letter at `offset` stand in a word of digits and letters like them? A word longer than any number is
 * none, and isn't read to its end for each of its letters. */
static bool stands_for_digit(struct str text, size_t offset) {
    enum { WORD_LONGEST = 64 };
    size_t from = offset, count = 0;
    bool digits = false;
    for (size_t before = from; before > 0; from = before) {
        if (!in_word(utf8_previous(text, &before))) {
            break;
        }
        if (++count > WORD_LONGEST) {
            return false;
        }
    }
    count = 0;
    for (size_t to = from; to < text.n;) {
        const size_t at = to;
        const uint32_t c = utf8_next(text, &to);
        if (!in_word(c)) {
            return digits;
        }
        if (++count > WORD_LONGEST || (is_latin(c) && number_look_alike(c) < 0 && !(numeral_is_x(c) && at > offset))) {
            return false;
        }
        digits = digits || numeral_value(c) >= 0;
    }
    return digits;
}

static void add_group(struct number_chain *chain, const struct gap *gap, enum numeral_kind kind) {
    struct group group = {.first = (uint32_t)digit_count(chain),
                          .kind = kind,
                          .gap = gap->kind,
                          .sign = gap->signs == 0 && gap->blanks > 0 ? ' ' : gap->sign};
    buffer_append(chain->groups, &group, sizeof group);
}

static void add_digit(struct number_chain *chain, const struct gap *gap, size_t offset, size_t end, int value,
                      uint32_t c) {
    const bool letter = number_look_alike(c) >= 0;
    const enum numeral_kind kind = value < 0 || letter ? NUMERAL_PLAIN : numeral_kind(c);
    struct digit digit = {
        .offset = offset, .bytes = end - offset, .value = value < 0 ? 'X' : (char)('0' + value), .letter = letter};
    if (group_count(chain) == 0 || gap->kind != GAP_NONE ||
        (value >= 0 && groups_of(chain)[group_count(chain) - 1].kind != kind)) {
        add_group(chain, gap, kind);
    }
    groups_of(chain)[group_count(chain) - 1].count++;
    buffer_append(chain->digits, &digit, sizeof digit);
    chain->to = end;
}

bool number_chain_read(struct number_chain *chain, size_t offset, size_t to) {
    struct gap gap = {0};
    buffer_clear(chain->digits);
    buffer_clear(chain->groups);
    while (offset < to) {
        const size_t from = offset;
        const uint32_t c = utf8_next(chain->text, &offset);
        int value = numeral_value(c);
        if (chain->letters && number_look_alike(c) >= 0 && stands_for_digit(chain->text, from)) {
            value = number_look_alike(c);
        }
        const size_t length = digit_count(chain);
        if (value >= 0 || (numeral_is_x(c) && length >= ID_LENGTH - 1)) {
            chain->from = length == 0 ? from : chain->from;
            add_digit(chain, &gap, from, offset, value, c);
            gap = (struct gap){0};
        } else if (length > 0 && !gap_add(&gap, c)) {
            return true;
        }
    }
    return digit_count(chain) > 0;
}

/* --- dates -------------------------------------------------------------------------------------------------------- */

static int number_of(const struct number_chain *chain, const struct group *group) {
    int number = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        number = number * 10 + digits_of(chain)[group->first + i].value - '0';
    }
    return number;
}

static bool is_date_number(const struct number_chain *chain, const struct group *group, int most) {
    const int number = group->count <= 2 ? number_of(chain, group) : 0;
    return number >= 1 && number <= most;
}

/* 2026-11-23: one sign twice, and other signs before and behind: 520399-2016-03-08-0030 is an ID. */
static bool is_date(const struct number_chain *chain, size_t at) {
    const struct group *g = groups_of(chain) + at;
    const uint32_t sign = at + 2 < group_count(chain) ? g[1].sign : 0;
    if (sign == 0 || sign == ' ' || sign != g[2].sign || g[0].count != 4) {
        return false;
    }
    bool goes_on = (at > 0 && g[0].sign == sign) || (at + 3 < group_count(chain) && g[3].sign == sign);
    const int year = number_of(chain, g);
    return !goes_on && year >= 1900 && year < 2100 && is_date_number(chain, g + 1, 12) &&
           is_date_number(chain, g + 2, 31);
}

void number_chain_mark_dates(const struct number_chain *chain) {
    for (size_t i = 0; i + 2 < group_count(chain); i++) {
        for (int number = 0; is_date(chain, i) && number < 3; number++) {
            groups_of(chain)[i + (size_t)number].date = number + 1;
        }
    }
}
