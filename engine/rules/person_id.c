/* person_id.c: GB 11643: six digits of a region, eight of a birth day, three of a sequence (odd: male), and a check
 * character by ISO 7064 MOD 11-2. */
#include "rules/judge.h"

#include <stdio.h>

#include "base/numerals.h"
#include "base/utf8.h"
#include "data/days.h"

enum { ID_LENGTH = 18, OLD_LENGTH = 15, BIRTH_AT = 6, SEX_AT = 16 };

/* What was typed, as plain digits. */
struct typed {
    char digits[ID_LENGTH + 1];
    size_t count;
    bool plain;   /* as it must be written */
    bool strange; /* has other characters */
};

static void take(struct typed *typed, uint32_t c, bool plain) {
    const int value = numeral_kind(c) == NUMERAL_PLAIN ? numeral_value(c) : -1;
    const bool x = numeral_is_x(c);
    typed->strange |= value < 0 && !x;
    typed->plain &= plain && c != 'x' && c < 0x80;
    if (typed->count < ID_LENGTH) {
        typed->digits[typed->count] = x ? 'X' : (char)('0' + (value < 0 ? 0 : value));
    }
    typed->count++;
}

static struct typed read_id(struct str id) {
    struct typed typed = {.plain = true};
    for (size_t at = 0; at < id.n;) {
        const uint32_t c = utf8_next(id, &at);
        if (numeral_gap(c) == GAP_INVISIBLE || c == ' ' || c == 0x3000 || c == '\t') {
            typed.plain = false;
        } else {
            take(&typed, c, true);
        }
    }
    for (size_t i = 0; i + 1 < typed.count && i < ID_LENGTH; i++) {
        typed.strange |= typed.digits[i] == 'X';
    }
    return typed;
}

static char check_character(const char *digits) {
    static const int weights[ID_LENGTH - 1] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < ID_LENGTH - 1; i++) {
        sum += weights[i] * (digits[i] - '0');
    }
    return "10X98765432"[sum % 11];
}

static bool is_readable(const struct typed *typed) {
    return typed->count == ID_LENGTH && !typed->strange;
}

/* "2014-11-03" */
static struct str birth_of(const struct typed *typed, char room[static 11]) {
    const char *d = typed->digits + BIRTH_AT;
    snprintf(room, 11, "%.4s-%.2s-%.2s", d, d + 4, d + 6);
    return (struct str){room, 10};
}

const char *id_fault(struct str id) {
    char room[11];
    const struct typed typed = read_id(id);
    if (typed.strange) {
        return "characters";
    }
    if (typed.count != ID_LENGTH) {
        return typed.count == OLD_LENGTH ? "old" : "length";
    }
    if (!time_is(TIME_DAY, birth_of(&typed, room))) {
        return "date";
    }
    if (check_character(typed.digits) != typed.digits[ID_LENGTH - 1]) {
        return "checksum";
    }
    return typed.plain ? NULL : "form";
}

void id_right(struct str id, struct buffer *out) {
    const struct typed typed = read_id(id);
    if (is_readable(&typed)) {
        buffer_append(out, typed.digits, ID_LENGTH - 1);
        buffer_byte(out, check_character(typed.digits));
    }
}

void id_birth(struct str id, struct buffer *out) {
    char room[11];
    const struct typed typed = read_id(id);
    if (is_readable(&typed) && time_is(TIME_DAY, birth_of(&typed, room))) {
        buffer_append(out, room, 10);
    }
}

void id_sex(struct str id, struct buffer *out) {
    const struct typed typed = read_id(id);
    if (is_readable(&typed)) {
        buffer_add(out, (typed.digits[SEX_AT] - '0') % 2 == 1 ? STR("男") : STR("女"));
    }
}

static bool same_digits(const struct typed *a, const struct typed *b) {
    return a->count == b->count && memcmp(a->digits, b->digits, ID_LENGTH) == 0;
}

/* Of G and J: the check digit, and of G the ID's own digits. */
static const char *checked_fault(char letter, const struct typed *typed, struct str id) {
    const struct typed of_id = read_id(id);
    if (letter == 'G' && id.n > 0) {
        return same_digits(typed, &of_id) ? NULL : "differs";
    }
    return check_character(typed->digits) == typed->digits[ID_LENGTH - 1] ? NULL : "checksum";
}

const char *school_no_fault(struct str number, struct str id) {
    if (number.n == 0) {
        return "length";
    }
    const char letter = number.p[0];
    if (letter != 'G' && letter != 'J' && letter != 'L') {
        return number.n == ID_LENGTH + 1 ? "letter" : "length";
    }
    const struct typed typed = read_id(str_slice(number, 1, number.n));
    if (typed.count != ID_LENGTH) {
        return "length";
    }
    if (typed.strange || !typed.plain) {
        return "characters";
    }
    if (letter != 'G' && id.n > 0) {
        return "provisional";
    }
    return letter == 'L' ? NULL : checked_fault(letter, &typed, id);
}

/* Luhn: every second digit from the right doubled, its own digits added. */
const char *card_fault(struct str number) {
    enum { LEAST = 16, MOST = 19 };
    int sum = 0;
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] < '0' || number.p[i] > '9') {
            return "characters";
        }
        const int digit = (number.p[i] - '0') * ((number.n - i) % 2 == 0 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return number.n < LEAST || number.n > MOST ? "length" : sum % 10 == 0 ? NULL : "checksum";
}
