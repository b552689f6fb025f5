/* numbers.c: personal numbers in free text.
 *
 * Most texts hold none, so the first look takes one character every seven bytes: a number is at least as long. Where
 * that character may stand in a number, its surroundings are read.
 *
 * A chain is what a person may read as the digits of one number: groups of digits with few signs between two. Every
 * sequence of whole groups of a chain is a window; when the digits of a window, joined, fit the pattern of an ID or
 * a phone, their middle is hidden:
 *
 *     signs between the groups       hidden
 *     nothing, blanks, - ( ) ·       however it is divided
 *     also , 、 / : + . 转           where it is divided as people divide a number (not 13、5、8、12 and not a sum of 元)
 *
 * O and o, l and I are read as 0 and 1 in a word of nothing but these and digits (1O987654321, not IO nor K01261).
 * That is a pass of its own, so that in the other they divide numbers like any letter.
 *
 * A date is whole: a number neither begins nor ends within it, and only an ID holds one.
 * Matches may overlap and all count: a wrong guess hides too much, never too little.
 * Only digits are replaced: separators stay where they are. */
#include "data/numbers_internal.h"

static void chain_write(struct buffer *out, const struct number_chain *chain) {
    size_t written = chain->from;
    const struct digit *d = digits_of(chain);
    for (size_t i = 0; i < digit_count(chain); i++) {
        if (!d[i].hidden) {
            continue;
        }
        buffer_add(out, str_slice(chain->text, written, d[i].offset));
        buffer_byte(out, '*');
        written = d[i].offset + d[i].bytes;
    }
    buffer_add(out, str_slice(chain->text, written, chain->to));
}

/* --- the first look ----------------------------------------------------------------------------------------------- */

/* The character that holds the byte at `at`; *from and *to are its ends. */
static uint32_t character_at(struct str text, size_t at, size_t *from, size_t *to) {
    size_t begin = at;
    while (begin > 0 && at - begin < 3 && ((unsigned char)text.p[begin] & 0xC0) == 0x80) {
        begin--;
    }
    *from = *to = begin;
    const uint32_t c = utf8_next(text, to);
    if (*to > at) {
        return c;
    }
    *from = *to = at; /* no UTF-8: the byte alone */
    return utf8_next(text, to);
}

static bool may_belong(uint32_t c) {
    return numeral_belongs(c) || number_look_alike(c) >= 0;
}

static int value_of(uint32_t c) {
    return number_look_alike(c) >= 0 ? number_look_alike(c) : numeral_value(c);
}

/* Stretches from one character of a number to the first and the last around it; gives back the count of digits. */
static size_t stretch(struct str text, size_t begin, size_t *from, size_t *to, uint32_t c) {
    size_t digits = value_of(c) >= 0;
    while (*from > begin) {
        size_t before = *from;
        c = utf8_previous(text, &before);
        if (!may_belong(c)) {
            break;
        }
        *from = before;
        digits += value_of(c) >= 0;
    }
    while (*to < text.n) {
        size_t behind = *to;
        c = utf8_next(text, &behind);
        if (!may_belong(c) && !numeral_is_x(c)) {
            break;
        }
        *to = behind;
        digits += value_of(c) >= 0;
    }
    return digits;
}

/* Could a mobile phone or a landline begin with these digits? */
static bool may_be_phone(const char *value, size_t left) {
    if (left >= PHONE_LENGTH && value[0] == '1' && value[1] >= '3') {
        return true;
    }
    const size_t area = left >= LANDLINE_SHORTEST && value[0] == '0' ? number_area_digits(value) : 0;
    return area > 0 && left >= area + LOCAL_SHORTEST && value[area] >= '2';
}

/* May so many digits hold a number? A local one has seven in a row; dates and archive numbers don't. */
static bool is_worthwhile(struct str part) {
    enum { ENOUGH = OLD_ID_LENGTH };
    char value[ENOUGH];
    size_t count = 0, row = 0;
    for (size_t i = 0; i < part.n;) {
        const int digit = value_of(utf8_next(part, &i));
        row = digit >= 0 ? row + 1 : 0;
        if (digit >= 0) {
            value[count++] = (char)('0' + digit);
        }
        if (row >= LOCAL_SHORTEST || count == ENOUGH) {
            return true;
        }
    }
    for (size_t i = 0; i + LANDLINE_SHORTEST <= count; i++) {
        if (may_be_phone(value + i, count - i)) {
            return true;
        }
    }
    return false;
}

/* The next stretch with enough digits for a number; false when there is none. */
static bool next_stretch(struct str text, size_t begin, size_t *from, size_t *to) {
    for (size_t at = begin + LOCAL_SHORTEST - 1; at < text.n; at += LOCAL_SHORTEST) {
        const uint32_t c = character_at(text, at, from, to);
        if (!may_belong(c)) {
            continue;
        }
        if (stretch(text, begin, from, to, c) >= LOCAL_SHORTEST && is_worthwhile(str_slice(text, *from, *to))) {
            return true;
        }
        at = *to; /* no digit; all before it was seen */
    }
    return false;
}

bool numbers_suspected(struct str text) {
    size_t from, to;
    return next_stretch(text, 0, &from, &to);
}

static void hide_between(struct number_chain *chain, struct buffer *out, enum numbers which, size_t from, size_t to) {
    size_t written = from;
    while (number_chain_read(chain, written, to)) {
        buffer_add(out, str_slice(chain->text, written, chain->from));
        number_chain_hide(chain, which);
        chain_write(out, chain);
        written = chain->to;
    }
    buffer_add(out, str_slice(chain->text, written, to));
}

static bool has_look_alikes(struct str part) {
    for (size_t i = 0; i < part.n;) {
        if (number_look_alike(utf8_next(part, &i)) >= 0) {
            return true;
        }
    }
    return false;
}

/* The text with numbers hidden that are written with letters. */
static struct str without_look_alikes(struct number_chain *chain, struct str text, struct buffer *again) {
    buffer_clear(again);
    chain->letters = true;
    hide_between(chain, again, NUMBERS_PERSONAL, 0, text.n);
    chain->letters = false;
    return chain->text = buffer_str(again);
}

bool numbers_hide(struct buffer *out, struct str text, enum numbers which, struct masking *masking) {
    size_t written = 0, from = 0, to = text.n;
    struct number_chain chain = {
        .digits = &masking->digits, .groups = &masking->groups, .text = text, .hidden = &masking->hidden};
    if (which == NUMBERS_ALL) {
        hide_between(&chain, out, which, 0, text.n);
        return chain.found;
    }
    if (has_look_alikes(text)) {
        text = without_look_alikes(&chain, text, &masking->again);
    }
    while (next_stretch(text, written, &from, &to)) {
        buffer_add(out, str_slice(text, written, from));
        hide_between(&chain, out, which, from, to);
        written = to;
    }
    buffer_add(out, str_slice(text, written, text.n));
    return chain.found;
}
