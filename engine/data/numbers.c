/* numbers.c: personal numbers that stand in free text.
 *
 * Most texts hold none, so that the first look takes a character every seven bytes: a number is at least as long. Where that one
 * may stand in a number, what is around it is read.
 *
 * A run is what a person may read as numbers in a row: groups of digits, few signs between two. Within a run every sequence of
 * whole groups is a window; where its digits, joined, fit the pattern of an ID or a phone, their middle is hidden:
 *
 *     between the groups             hidden
 *     nothing, blanks, - ( ) ·       however it is parted
 *     also , 、 / : + . 转           where it is parted as people part a number (not 13、5、8、12 and not a sum of 元)
 *
 * O and o, l and I are read as 0 and 1 in a word of nothing but these and digits (1O987654321, not IO nor K01261), in a pass of its
 * own, so that they part numbers as ever in the other. A number has few of them.
 *
 * A date is whole: a number neither begins nor ends within it, and only an ID has one inside. Matches may overlap and all count:
 * a wrong guess then hides too much, never too little. Separators stay where they are. */
#include "data/numbers_parts.h"

static void run_write(struct buffer *out, const struct number_run *run) {
    size_t written = run->from;
    const struct digit *d = digits_of(run);
    for (size_t i = 0; i < digit_count(run); i++) {
        if (!d[i].hidden) {
            continue;
        }
        buffer_add(out, str_slice(run->text, written, d[i].offset));
        buffer_byte(out, '*');
        written = d[i].offset + d[i].bytes;
    }
    buffer_add(out, str_slice(run->text, written, run->to));
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

/* From the first to the last character around one of a number's that may stand in it too; gives back how many are digits. */
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

/* Could there be a number in what has so many digits? A local one has seven in a row; a date and a dossier's number fall out. */
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

/* The next part of the text with enough digits for a number; false when there is none. */
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

static void hide_between(struct number_run *run, struct buffer *out, enum numbers which, size_t from, size_t to) {
    size_t written = from;
    while (number_run_read(run, written, to)) {
        buffer_add(out, str_slice(run->text, written, run->from));
        number_run_hide(run, which);
        run_write(out, run);
        written = run->to;
    }
    buffer_add(out, str_slice(run->text, written, to));
}

static bool has_look_alikes(struct str part) {
    for (size_t i = 0; i < part.n;) {
        if (number_look_alike(utf8_next(part, &i)) >= 0) {
            return true;
        }
    }
    return false;
}

/* What a reader sees of numbers that are written with letters, and all else as it is. */
static struct str without_look_alikes(struct number_run *run, struct str text, struct buffer *again) {
    buffer_clear(again);
    run->letters = true;
    hide_between(run, again, NUMBERS_PERSONAL, 0, text.n);
    run->letters = false;
    return run->text = buffer_str(again);
}

bool numbers_hide(struct buffer *out, struct str text, enum numbers which, struct masking *masking) {
    size_t written = 0, from = 0, to = text.n;
    struct number_run run = {
        .digits = &masking->digits, .groups = &masking->groups, .text = text, .hidden = &masking->hidden};
    if (which == NUMBERS_ALL) {
        hide_between(&run, out, which, 0, text.n);
        return run.found;
    }
    if (has_look_alikes(text)) {
        text = without_look_alikes(&run, text, &masking->again);
    }
    while (next_stretch(text, written, &from, &to)) {
        buffer_add(out, str_slice(text, written, from));
        hide_between(&run, out, which, from, to);
        written = to;
    }
    buffer_add(out, str_slice(text, written, text.n));
    return run.found;
}
