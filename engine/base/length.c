/* length.c: units, type sizes and paper sizes are tables; all arithmetic is in whole numbers.
 *
 * A decimal is read as digits over a power of ten and scaled by its unit's fraction in one rounding, so 85.60mm is
 * the same number whatever the compiler or locale. */
#include "base/length.h"

#include <string.h>

/* ISO C has no 128-bit integer; gcc and clang both do. */
__extension__ typedef __int128 wide;

/* 10 m */
enum { LIMIT_MP = 28346457, DECIMALS_LIMIT = 9 };

static wide divide_rounded(wide a, wide b) {
    const wide half = b / 2;
    return a < 0 ? -((-a + half) / b) : (a + half) / b;
}

static int32_t saturate(wide value) {
    if (value > INT32_MAX) {
        return INT32_MAX;
    }
    if (value < INT32_MIN) {
        return INT32_MIN;
    }
    return (int32_t)value;
}

int32_t mp_from_um(int64_t micrometres) {
    return saturate(divide_rounded((wide)micrometres * 360, 127));
}

int64_t mp_to_um(int32_t mp) {
    return (int64_t)divide_rounded((wide)mp * 127, 360);
}

/* Nearly always the product fits into 64 bits, whose division is several times faster; this is called for every glyph. */
int32_t mp_scale(int32_t a, int64_t b, int64_t c) {
    const int64_t safe = INT64_MAX / 4;
    int64_t product;
    if (c >= safe || __builtin_mul_overflow((int64_t)a, b, &product) || product > safe || product < -safe) {
        return saturate(divide_rounded((wide)a * b, c));
    }
    const int64_t quotient = product < 0 ? -((-product + c / 2) / c) : (product + c / 2) / c;
    return saturate(quotient);
}

/* 1 unit = numerator / denominator mp */
struct unit {
    struct str name;
    int32_t numerator, denominator;
};

static const struct unit units[] = {
    {STR_INIT("mm"), 360000, 127},
    {STR_INIT("cm"), 3600000, 127},
    {STR_INIT("in"), 72000, 1},
    {STR_INIT("pt"), 1000, 1},
};

static bool unit_find(struct str name, int32_t em_mp, struct unit *out) {
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_eq(units[i].name, name)) {
            *out = units[i];
            return true;
        }
    }
    if (!str_is(name, "em") || em_mp <= 0) {
        return false;
    }
    *out = (struct unit){name, em_mp, 1};
    return true;
}

struct decimal {
    int64_t digits, power; /* digits / power */
};

/* Reads the sign and digits at the beginning of s; *rest is behind them. */
static bool decimal_read(struct str s, struct decimal *out, struct str *rest) {
    bool negative = s.n > 0 && s.p[0] == '-';
    bool signed_ = negative || (s.n > 0 && s.p[0] == '+');
    struct decimal decimal = {0, 1};
    size_t at = signed_ ? 1 : 0, digit_count = 0, point = s.n;
    for (; at < s.n; at++) {
        const char c = s.p[at];
        if (c == '.' && point == s.n) {
            point = at;
            continue;
        }
        if (c < '0' || c > '9') {
            break;
        }
        if (point < s.n && at - point > DECIMALS_LIMIT) {
            return false;
        }
        decimal.digits = decimal.digits * 10 + (c - '0');
        decimal.power *= point < s.n ? 10 : 1;
        if (decimal.digits > INT64_MAX / 100) {
            return false;
        }
        digit_count++;
    }
    if (digit_count == 0 || (point < s.n && point + 1 == at)) {
        return false;
    }
    if (negative) {
        decimal.digits = -decimal.digits;
    }
    *out = decimal;
    *rest = str_slice(s, at, s.n);
    return true;
}

bool length_parse(struct str s, int32_t em_mp, int32_t *out_mp) {
    const int32_t named = length_type_size(s);
    if (named > 0) {
        *out_mp = named;
        return true;
    }
    struct decimal decimal;
    struct str name;
    if (!decimal_read(s, &decimal, &name)) {
        return false;
    }
    if (name.n == 0) {
        *out_mp = 0;
        return decimal.digits == 0;
    }
    while (name.n > 0 && name.p[0] == ' ') {
        name = str_slice(name, 1, name.n);
    }
    struct unit unit;
    if (!unit_find(name, em_mp, &unit)) {
        return false;
    }
    const wide mp = divide_rounded((wide)decimal.digits * unit.numerator, (wide)decimal.power * unit.denominator);
    if (mp > LIMIT_MP || mp < -LIMIT_MP) {
        return false;
    }
    *out_mp = (int32_t)mp;
    return true;
}

static const struct {
    struct str name;
    int32_t size_mp;
} type_sizes[] = {
    {STR_INIT("初号"), 42000}, {STR_INIT("小初"), 36000}, {STR_INIT("一号"), 26000}, {STR_INIT("小一"), 24000},
    {STR_INIT("二号"), 22000}, {STR_INIT("小二"), 18000}, {STR_INIT("三号"), 16000}, {STR_INIT("小三"), 15000},
    {STR_INIT("四号"), 14000}, {STR_INIT("小四"), 12000}, {STR_INIT("五号"), 10500}, {STR_INIT("小五"), 9000},
    {STR_INIT("六号"), 7500},  {STR_INIT("小六"), 6500},  {STR_INIT("七号"), 5500},  {STR_INIT("八号"), 5000},
};

int32_t length_type_size(struct str name) {
    for (size_t i = 0; i < sizeof type_sizes / sizeof type_sizes[0]; i++) {
        if (str_eq(type_sizes[i].name, name)) {
            return type_sizes[i].size_mp;
        }
    }
    return 0;
}

struct str length_size_name(size_t index, int32_t *size_mp) {
    if (index >= sizeof type_sizes / sizeof type_sizes[0]) {
        return STR_NONE;
    }
    *size_mp = type_sizes[index].size_mp;
    return type_sizes[index].name;
}

/* ISO 216 (A, B), GB/T 788 trimmed (8开, 16开), ISO/IEC 7810 (ID-1). */
static const struct {
    struct str name;
    int32_t width_um, height_um;
} papers[] = {
    {STR_INIT("A3"), 297000, 420000},  {STR_INIT("A4"), 210000, 297000},  {STR_INIT("A5"), 148000, 210000},
    {STR_INIT("A6"), 105000, 148000},  {STR_INIT("B5"), 176000, 250000},  {STR_INIT("8K"), 260000, 380000},
    {STR_INIT("8开"), 260000, 380000}, {STR_INIT("16K"), 185000, 260000}, {STR_INIT("16开"), 185000, 260000},
    {STR_INIT("DL"), 220000, 110000},  {STR_INIT("ID-1"), 85600, 53980},
};

bool length_paper(struct str name, int32_t *width_mp, int32_t *height_mp) {
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        if (str_eq(papers[i].name, name)) {
            *width_mp = mp_from_um(papers[i].width_um);
            *height_mp = mp_from_um(papers[i].height_um);
            return true;
        }
    }
    return false;
}

struct str length_paper_name(size_t index) {
    return index < sizeof papers / sizeof papers[0] ? papers[index].name : STR_NONE;
}
