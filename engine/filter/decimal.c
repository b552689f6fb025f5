/* decimal.c: a whole number of digits and the place of the point. The numbers are those of decimal.h. */
#include "filter/decimal.h"

#include <assert.h>

#include "filter/filter.h"

enum { DIGITS_MAX = 18, SCALE_MAX = 40 };
#define DIGITS_LIMIT UINT64_C(1000000000000000000)

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* e-05 at `at`, to the end. */
static bool read_exponent(struct str s, size_t at, int32_t *exponent) {
    int64_t value;
    if (at == s.n) {
        *exponent = 0;
        return true;
    }
    if ((s.p[at] != 'e' && s.p[at] != 'E') || !str_to_int(str_slice(s, at + 1, s.n), &value) || value < -20 ||
        value > 20) {
        return false;
    }
    *exponent = (int32_t)value;
    return true;
}

/* Moves the point by the exponent: 1.5e3 is 1500. */
static bool apply_exponent(struct decimal *d, int32_t exponent) {
    d->scale -= exponent;
    for (; d->scale < 0; d->scale++) {
        if (d->digits >= DIGITS_LIMIT / 10) {
            return false;
        }
        d->digits *= 10;
    }
    return d->scale <= SCALE_MAX;
}

bool decimal_read(struct str text, struct decimal *out) {
    const struct str s = str_trim(text);
    size_t at = s.n && (s.p[0] == '-' || s.p[0] == '+');
    struct decimal d = {.negative = at && s.p[0] == '-'};
    size_t count = 0;
    bool point = false;
    for (; at < s.n && (is_digit(s.p[at]) || (s.p[at] == '.' && !point)); at++) {
        if (s.p[at] == '.') {
            point = true;
            continue;
        }
        if (d.digits >= DIGITS_LIMIT / 10) {
            return false;
        }
        d.digits = d.digits * 10 + (uint64_t)(s.p[at] - '0');
        d.scale += point;
        count++;
    }
    int32_t exponent;
    if (!count || d.scale > SCALE_MAX || !read_exponent(s, at, &exponent) || !apply_exponent(&d, exponent)) {
        return false;
    }
    *out = d;
    return true;
}

struct decimal decimal_round(struct decimal d, int32_t places) {
    bool up = false;
    for (; d.scale > places; d.scale--) {
        up = d.digits % 10 >= 5;
        d.digits /= 10;
    }
    d.digits += up;
    for (; d.scale < places && d.digits < DIGITS_LIMIT / 10; d.scale++) {
        d.digits *= 10;
    }
    return d;
}

struct decimal decimal_shorten(struct decimal d) {
    for (; d.scale > 0 && d.digits % 10 == 0; d.scale--) {
        d.digits /= 10;
    }
    return d;
}

struct str decimal_write(struct arena *arena, struct decimal d) {
    assert(d.digits < DIGITS_LIMIT);              /* invariant 1 */
    assert(d.scale >= 0 && d.scale <= SCALE_MAX); /* invariant 2 */
    char text[64];
    size_t at = sizeof text;
    uint64_t rest = d.digits;
    for (int32_t place = 0; rest > 0 || place <= d.scale; place++) {
        if (place == d.scale && place > 0) {
            text[--at] = '.';
        }
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (d.negative && d.digits) {
        text[--at] = '-';
    }
    return str_copy(arena, (struct str){text + at, sizeof text - at});
}

bool filter_read_number(struct str text, int64_t *digits, int32_t *scale) {
    struct decimal d;
    if (!decimal_read(text, &d)) {
        return false;
    }
    *digits = d.negative ? -(int64_t)d.digits : (int64_t)d.digits;
    *scale = d.scale;
    return true;
}

struct str filter_write_number(struct arena *arena, int64_t digits, int32_t scale) {
    const bool negative = digits < 0;
    const uint64_t size = negative ? (uint64_t)0 - (uint64_t)digits : (uint64_t)digits;
    return decimal_write(arena, (struct decimal){.negative = negative, .digits = size, .scale = scale});
}
