/* numerals.c: classes of characters in two steps, and a set of numbers.
 *
 * Nearly every character asked about is ASCII or a Han ideograph of prose. ASCII has a table; the ideographs have
 * one of the blocks of 256 that hold a Han digit, so most are answered by one look. All else is searched or asked of
 * ICU.
 *
 * The set is a hash table with open addressing: 1. its capacity is 0 or a power of two; 2. it is at most half full. */
#include "base/numerals.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/uchar.h>

#include "base/memory.h"
#include "base/utf8.h"

/* U+3400 to U+9FFF by blocks of 256: an index into han_values; 0: the block has neither a Han digit nor 转 or 轉. */
static const unsigned char han_blocks[0x100] = {
    [0x4E] = 1, [0x4F] = 2,  [0x51] = 3,  [0x53] = 4,  [0x56] = 5,  [0x58] = 6,  [0x5E] = 7,  [0x5F] = 8,
    [0x63] = 9, [0x67] = 10, [0x73] = 11, [0x80] = 12, [0x8C] = 13, [0x8D] = 14, [0x8F] = 15, [0x96] = 16,
};

/* By block and low byte: the digit's value plus one. */
static const unsigned char han_values[17][0x100] = {
    [1] = {[0x00] /* 一 */ = 2,
           [0x8C] /* 二 */ = 3,
           [0x09] /* 三 */ = 4,
           [0x94] /* 五 */ = 6,
           [0x03] /* 七 */ = 8,
           [0x5D] /* 九 */ = 10},
    [2] = {[0x0D] /* 伍 */ = 6},
    [3] = {[0x6D] /* 六 */ = 7, [0x6B] /* 八 */ = 9},
    [4] = {[0xC1] /* 叁 */ = 4, [0xC3] /* 參 */ = 4, [0xC4] /* 叄 */ = 4},
    [5] = {[0xDB] /* 四 */ = 5},
    [6] = {[0xF9] /* 壹 */ = 2},
    [7] = {[0x7A] /* 幺 */ = 2},
    [8] = {[0x0C] /* 弌 */ = 2, [0x0D] /* 弍 */ = 3, [0x0E] /* 弎 */ = 4},
    [9] = {[0x4C] /* 捌 */ = 9},
    [10] = {[0xD2] /* 柒 */ = 8},
    [11] = {[0x96] /* 玖 */ = 10},
    [12] = {[0x86] /* 肆 */ = 5},
    [13] = {[0xB3] /* 貳 */ = 3},
    [14] = {[0x30] /* 贰 */ = 3},
    [16] = {[0xF6] /* 零 */ = 1, [0x46] /* 陆 */ = 7, [0x78] /* 陸 */ = 7},
};

static bool in_han_block(uint32_t c) {
    return han_blocks[c >> 8] != 0;
}

static int han_value(uint32_t c) {
    return han_values[han_blocks[c >> 8]][c & 0xFF] - 1;
}

/* Signs of Han digits: 〇, Suzhou numerals, in brackets, circled, and radicals that look like them. */
static int han_sign_value(uint32_t c) {
    if (c == 0x3007) {
        return 0;
    }
    if (c >= 0x3021 && c <= 0x3029) {
        return (int)(c - 0x3020);
    }
    if (c >= 0x3220 && c <= 0x3228) {
        return (int)(c - 0x321F);
    }
    if (c >= 0x3280 && c <= 0x3288) {
        return (int)(c - 0x327F);
    }
    return c == 0x2F00 ? 1 : c == 0x2F06 ? 2 : c == 0x2F0B ? 8 : -1;
}

static int other_value(uint32_t c) {
    const int digit = u_charDigitValue((UChar32)c);
    if (digit >= 0) {
        return digit;
    }
    if (u_getIntPropertyValue((UChar32)c, UCHAR_NUMERIC_TYPE) != U_NT_DIGIT) {
        return -1;
    }
    return (int)u_getNumericValue((UChar32)c);
}

static inline int value_of(uint32_t c) {
    if (c < 0x80) {
        return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
    }
    if (c >= 0x3400 && c < 0xA000) {
        return han_value(c);
    }
    if (c >= 0xFF10 && c <= 0xFF19) {
        return (int)(c - 0xFF10);
    }
    if (c >= 0x2E80 && c < 0x3400) {
        return han_sign_value(c);
    }
    return other_value(c);
}

int numeral_value(uint32_t c) {
    return value_of(c);
}

bool numeral_is_x(uint32_t c) {
    return c == 'X' || c == 'x' || c == 0xFF38 || c == 0xFF58;
}

enum numeral_kind numeral_kind(uint32_t c) {
    if (c < 0x80 || (c >= 0xFF10 && c <= 0xFF19)) {
        return NUMERAL_PLAIN;
    }
    if (c >= 0x2E80 && c < 0xA000) {
        return NUMERAL_HAN;
    }
    return u_charDigitValue((UChar32)c) >= 0 ? NUMERAL_PLAIN : NUMERAL_SIGN;
}

/* Sorted. Dashes, blanks, brackets, points; commas and their like. */
static const struct gap_range {
    uint32_t first, last;
    enum numeral_gap gap;
} gap_ranges[] = {
    {0xA0, 0xA0, GAP_TIGHT},
    {0xAD, 0xAD, GAP_INVISIBLE},
    {0xB7, 0xB7, GAP_TIGHT},
    {0x300, 0x36F, GAP_INVISIBLE},
    {0x61C, 0x61C, GAP_INVISIBLE},
    {0x66B, 0x66C, GAP_LIST},
    {0x1680, 0x1680, GAP_TIGHT},
    {0x180E, 0x180E, GAP_INVISIBLE},
    {0x2000, 0x200A, GAP_TIGHT},
    {0x200B, 0x200F, GAP_INVISIBLE},
    {0x2010, 0x2015, GAP_TIGHT},
    {0x2022, 0x2022, GAP_TIGHT},
    {0x2024, 0x2027, GAP_TIGHT},
    {0x2028, 0x2029, GAP_TIGHT},
    {0x202A, 0x202E, GAP_INVISIBLE},
    {0x202F, 0x202F, GAP_TIGHT},
    {0x2044, 0x2044, GAP_LIST},
    {0x205F, 0x205F, GAP_TIGHT},
    {0x2060, 0x206F, GAP_INVISIBLE},
    {0x20D0, 0x20FF, GAP_INVISIBLE},
    {0x2190, 0x2193, GAP_LIST},
    {0x2212, 0x2212, GAP_TIGHT},
    {0x2215, 0x2215, GAP_LIST},
    {0x2219, 0x2219, GAP_TIGHT},
    {0x2236, 0x2236, GAP_LIST},
    {0x223C, 0x223C, GAP_LIST},
    {0x22C5, 0x22C5, GAP_TIGHT},
    {0x2500, 0x2503, GAP_TIGHT},
    {0x2E3A, 0x2E3B, GAP_TIGHT},
    {0x3000, 0x3000, GAP_TIGHT},
    {0x3001, 0x3001, GAP_LIST},
    {0x3008, 0x3011, GAP_TIGHT},
    {0x3014, 0x301B, GAP_TIGHT},
    {0x301C, 0x301C, GAP_LIST},
    {0x30FB, 0x30FC, GAP_TIGHT},
    {0x8F49, 0x8F49, GAP_LIST} /* 轉 */,
    {0x8F6C, 0x8F6C, GAP_LIST} /* 转 */,
    {0xFE00, 0xFE0F, GAP_INVISIBLE},
    {0xFE31, 0xFE33, GAP_TIGHT},
    {0xFE50, 0xFE51, GAP_LIST},
    {0xFE55, 0xFE55, GAP_LIST},
    {0xFE58, 0xFE58, GAP_TIGHT},
    {0xFE63, 0xFE63, GAP_TIGHT},
    {0xFEFF, 0xFEFF, GAP_INVISIBLE},
    {0xFF08, 0xFF09, GAP_TIGHT},
    {0xFF0B, 0xFF0C, GAP_LIST},
    {0xFF0D, 0xFF0D, GAP_TIGHT},
    {0xFF0E, 0xFF0F, GAP_LIST},
    {0xFF1A, 0xFF1B, GAP_LIST},
    {0xFF3B, 0xFF3B, GAP_TIGHT},
    {0xFF3D, 0xFF3D, GAP_TIGHT},
    {0xFF3F, 0xFF3F, GAP_TIGHT},
    {0xFF5C, 0xFF5C, GAP_LIST},
    {0xFF5E, 0xFF5E, GAP_LIST},
    {0xFF61, 0xFF61, GAP_LIST},
    {0xFF64, 0xFF65, GAP_LIST},
};

static enum numeral_gap other_gap(uint32_t c) {
    size_t low = 0, high = sizeof gap_ranges / sizeof *gap_ranges;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (c > gap_ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool inside = low < sizeof gap_ranges / sizeof *gap_ranges && c >= gap_ranges[low].first;
    return inside ? gap_ranges[low].gap : GAP_NONE;
}

enum numeral_gap numeral_gap(uint32_t c) {
    static const unsigned char ascii[0x80] = {
        [' '] = GAP_TIGHT, ['\t'] = GAP_TIGHT, ['\n'] = GAP_TIGHT, ['\r'] = GAP_TIGHT, ['-'] = GAP_TIGHT,
        ['('] = GAP_TIGHT, [')'] = GAP_TIGHT,  ['['] = GAP_TIGHT,  [']'] = GAP_TIGHT,  ['_'] = GAP_TIGHT,
        ['.'] = GAP_LIST,  [','] = GAP_LIST,   ['/'] = GAP_LIST,   ['\\'] = GAP_LIST,  [':'] = GAP_LIST,
        [';'] = GAP_LIST,  ['+'] = GAP_LIST,   ['~'] = GAP_LIST,   ['|'] = GAP_LIST,   ['\''] = GAP_LIST,
    };
    if (c < 0x80) {
        return (enum numeral_gap)ascii[c];
    }
    if (c >= 0x3400 && c < 0xA000 && c != 0x8F49 && c != 0x8F6C) {
        return GAP_NONE;
    }
    return other_gap(c);
}

bool numeral_belongs(uint32_t c) {
    if (c >= 0x3400 && c < 0xA000 && !in_han_block(c)) {
        return false;
    }
    return numeral_value(c) >= 0 || numeral_gap(c) != GAP_NONE;
}

bool numerals_any(struct str text) {
    enum { HAN_IN_A_ROW = 3 };
    size_t row = 0;
    for (size_t i = 0; i < text.n;) {
        const unsigned char byte = (unsigned char)text.p[i];
        const uint32_t c = byte < 0x80 ? (i++, byte) : utf8_next(text, &i);
        if (value_of(c) < 0) {
            row = 0;
        } else if (numeral_kind(c) != NUMERAL_HAN || ++row == HAN_IN_A_ROW) {
            return true;
        }
    }
    return false;
}

bool numeral_is_currency(uint32_t c) {
    return c == 0xA5 || c == 0xFFE5 || c == '$' || c == 0xFF04;
}

bool numeral_unit_at(struct str text, size_t offset) {
    static const struct str units[] = {
        STR_INIT("元"), STR_INIT("万"), STR_INIT("分"), STR_INIT("人"), STR_INIT("名"), STR_INIT("户"), STR_INIT("次"),
        STR_INIT("个"), STR_INIT("岁"), STR_INIT("斤"), STR_INIT("克"), STR_INIT("米"), STR_INIT("块"), STR_INIT("角"),
        STR_INIT("本"), STR_INIT("套"), STR_INIT("份"), STR_INIT("件"), STR_INIT("天"), STR_INIT("周"), STR_INIT("期"),
        STR_INIT("届"), STR_INIT("条"), STR_INIT("页"), STR_INIT("张"), STR_INIT("篇"), STR_INIT("封"), STR_INIT("节"),
        STR_INIT("课"), STR_INIT("题"), STR_INIT("班"), STR_INIT("年"), STR_INIT("%"),  STR_INIT("％"), STR_INIT("‰"),
        STR_INIT("="),  STR_INIT("＝"), STR_INIT("cm"), STR_INIT("kg"),
    };
    struct str rest = str_slice(text, offset, text.n);
    while (rest.n > 0 && rest.p[0] == ' ') {
        rest = str_slice(rest, 1, rest.n);
    }
    if (str_starts(rest, STR("分机"))) {
        return false;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_starts(rest, units[i])) {
            return true;
        }
    }
    return false;
}

/* A 1 in front keeps leading zeros; the last digit is in base 11 for its X, the others are decimal, so 18 digits
 * fit. */
uint64_t number_key(const char *digits, size_t count) {
    uint64_t key = 1;
    for (size_t i = 0; i + 1 < count; i++) {
        key = key * 10 + (uint64_t)(digits[i] - '0');
    }
    return key * 11 + (count == 0 ? 0 : digits[count - 1] == 'X' ? 10 : (uint64_t)(digits[count - 1] - '0'));
}

void number_set_release(struct number_set *set) {
    free(set->slots);
    *set = (struct number_set){0};
}

static size_t slot_of(const struct number_set *set, uint64_t key) {
    size_t slot = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (set->capacity - 1);
    while (set->slots[slot] != 0 && set->slots[slot] != key) {
        slot = (slot + 1) & (set->capacity - 1);
    }
    return slot;
}

static void grow(struct number_set *set) {
    struct number_set larger = {.capacity = set->capacity == 0 ? 64 : set->capacity * 2};
    larger.slots = memory_zeroed(memory_product(larger.capacity, sizeof *larger.slots));
    for (size_t i = 0; i < set->capacity; i++) {
        if (set->slots[i] != 0) {
            larger.slots[slot_of(&larger, set->slots[i])] = set->slots[i];
        }
    }
    free(set->slots);
    set->slots = larger.slots;
    set->capacity = larger.capacity;
}

/* The three digits behind the leading 1 of a key without its last digit. */
static size_t first_digits(uint64_t key) {
    uint64_t digits = key / 11;
    while (digits >= 10000) {
        digits /= 10;
    }
    return (size_t)(digits % 1000);
}

void number_set_add(struct number_set *set, uint64_t key) {
    set->begins[first_digits(key)] = true;
    if (2 * (set->count + 1) > set->capacity) {
        grow(set);
    }
    const size_t slot = slot_of(set, key);
    set->count += set->slots[slot] == 0;
    set->slots[slot] = key;
    assert(2 * set->count <= set->capacity && (set->capacity & (set->capacity - 1)) == 0); /* invariants 1 and 2 */
}

bool number_set_has(const struct number_set *set, uint64_t key) {
    return set->count > 0 && set->slots[slot_of(set, key)] == key;
}

bool number_set_may_begin(const struct number_set *set, const char *digits) {
    size_t first = 0;
    for (int i = 0; i < 3; i++) {
        if (digits[i] == 'X') { /* the last digit of an ID alone */
            return false;
        }
        first = 10 * first + (size_t)(digits[i] - '0');
    }
    return set->begins[first];
}
