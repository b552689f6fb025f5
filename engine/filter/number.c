/* number.c: figures. Rounding is exact and half up. "100%" is a promise: it stands for exactly the whole, and 0% for
 * nothing. */
#include "filter/decimal.h"
#include "filter/writers.h"

__extension__ typedef unsigned __int128 wide;

bool filter_check_decimals(struct str argument) {
    return argument.n == 1 && argument.p[0] >= '0' && argument.p[0] <= '9';
}

bool filter_fixed(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct decimal d;
    if (!filter_check_decimals(argument) || !decimal_read(value, &d)) {
        return false;
    }
    *out = decimal_write(arena, decimal_round(d, argument.p[0] - '0'));
    return true;
}

/* --- percent ------------------------------------------------------------------------------------------------------ */

bool filter_check_whole(struct str argument) {
    struct decimal whole;
    return argument.n == 0 || (decimal_read(argument, &whole) && whole.digits > 0 && !whole.negative);
}

/* Numerator and denominator with one scale; false when the digits don't fit. */
static bool align_scales(struct decimal *a, struct decimal *b) {
    *a = decimal_shorten(*a);
    *b = decimal_shorten(*b);
    const int32_t scale = a->scale > b->scale ? a->scale : b->scale;
    *a = decimal_round(*a, scale);
    *b = decimal_round(*b, scale);
    return a->scale == b->scale;
}

/* Tenths of a percent, half up; never rounded to 100% from either side. */
static uint64_t permille(uint64_t part, uint64_t whole) {
    uint64_t tenths = (uint64_t)(((wide)part * 2000 + whole) / ((wide)whole * 2));
    if (tenths == 1000 && part != whole) {
        tenths = part < whole ? 999 : 1001;
    }
    return tenths;
}

static bool read_ratio(struct str value, struct str argument, struct decimal *part, struct decimal *whole) {
    struct str denominator;
    const struct str numerator = str_split(value, '/', &denominator);
    if (denominator.p != NULL) {
        return argument.n == 0 && decimal_read(numerator, part) && decimal_read(denominator, whole);
    }
    return decimal_read(value, part) && decimal_read(argument.n ? argument : STR("1"), whole);
}

bool filter_percent(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct decimal part, whole;
    if (!read_ratio(value, argument, &part, &whole) || whole.negative) {
        return false;
    }
    if (whole.digits == 0) { /* a share of nothing is neither 0% nor 100% */
        *out = STR("—");
        return true;
    }
    /* Places beyond 18 digits change no tenth of a percent: they are cut from both alike. */
    while (!align_scales(&part, &whole)) {
        if (part.scale == 0 && whole.scale == 0) {
            return false;
        }
        part = decimal_round(part, part.scale > 0 ? part.scale - 1 : 0);
        whole = decimal_round(whole, whole.scale > 0 ? whole.scale - 1 : 0);
    }
    const uint64_t tenths = permille(part.digits, whole.digits);
    const struct decimal percent = {.negative = part.negative, .digits = tenths, .scale = 1};
    bool bare = part.digits == whole.digits || part.digits == 0;
    const struct str figure = decimal_write(arena, bare ? decimal_shorten(percent) : percent);
    *out = str_join(arena, figure, STR("%"));
    return true;
}

/* --- grouped and Chinese figures ---------------------------------------------------------------------------------- */

bool filter_thousands(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct decimal d;
    (void)argument;
    if (!decimal_read(value, &d)) {
        return false;
    }
    const struct str plain = decimal_write(arena, d);
    const size_t sign = plain.n && plain.p[0] == '-';
    const size_t whole = str_find_byte(plain, '.');
    char *text = arena_alloc(arena, plain.n + plain.n / 3 + 1);
    size_t count = 0;
    for (size_t i = 0; i < plain.n; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0) {
            text[count++] = ',';
        }
        text[count++] = plain.p[i];
    }
    *out = (struct str){text, count};
    return true;
}

static const struct str han_digits[] = {
    STR_INIT("〇"), STR_INIT("一"), STR_INIT("二"), STR_INIT("三"), STR_INIT("四"),
    STR_INIT("五"), STR_INIT("六"), STR_INIT("七"), STR_INIT("八"), STR_INIT("九"),
};

bool filter_han_digits(struct arena *arena, struct str value, struct str argument, struct str *out) {
    const struct str s = str_trim(value);
    struct str text = STR("");
    (void)argument;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
        text = str_join(arena, text, han_digits[s.p[i] - '0']);
    }
    *out = text;
    return s.n > 0;
}

struct str filter_han_number(struct arena *arena, int64_t n) {
    static const struct str units[] = {STR_INIT(""), STR_INIT("十"), STR_INIT("百"), STR_INIT("千"), STR_INIT("万")};
    if (n < 1 || n > 99999) {
        return str_int(arena, n);
    }
    struct str text = STR("");
    bool gap = false;
    int64_t place_value = 10000;
    for (int place = 4; place >= 0; place--, place_value /= 10) {
        const int64_t digit = n / place_value % 10;
        if (digit == 0) {
            gap = text.n > 0;
            continue;
        }
        if (gap) {
            text = str_join(arena, text, STR("零"));
        }
        gap = false;
        /* 十二, not 一十二, at the head of the number. */
        if (!(place == 1 && digit == 1 && text.n == 0)) {
            text = str_join(arena, text, han_digits[digit]);
        }
        text = str_join(arena, text, units[place]);
    }
    return text;
}

bool filter_han(struct arena *arena, struct str value, struct str argument, struct str *out) {
    int64_t n;
    (void)argument;
    if (!str_to_int(str_trim(value), &n) || n < 0 || n > 99999) {
        return false;
    }
    *out = n == 0 ? STR("零") : filter_han_number(arena, n);
    return true;
}

/* --- figures that the database holds in smaller units ------------------------------------------------------------- */

/* Reads a whole number, in units of 10^-places. */
static bool in_smaller_unit(struct str value, int32_t places, struct decimal *out) {
    int64_t n;
    if (!str_to_int(str_trim(value), &n) || !decimal_read(value, out)) {
        return false;
    }
    out->scale = places;
    return true;
}

bool filter_tenths(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct decimal d;
    (void)argument;
    if (!in_smaller_unit(value, 1, &d)) {
        return false;
    }
    *out = decimal_write(arena, d);
    return true;
}

bool filter_score(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct decimal d;
    (void)argument;
    if (!in_smaller_unit(value, 1, &d)) {
        return false;
    }
    *out = decimal_write(arena, decimal_shorten(d));
    return true;
}

bool filter_hundredths(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct decimal d;
    (void)argument;
    if (!in_smaller_unit(value, 2, &d)) {
        return false;
    }
    *out = decimal_write(arena, d);
    return true;
}

bool filter_kilograms(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct decimal d;
    (void)argument;
    if (!in_smaller_unit(value, 3, &d)) {
        return false;
    }
    *out = decimal_write(arena, decimal_shorten(d));
    return true;
}
