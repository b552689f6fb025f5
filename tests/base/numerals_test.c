/* numerals_test.c: digits of every script are those of Unicode; the quick ways to them miss none; the set keeps what it is given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/numerals.h"
#include "base/utf8.h"

static void unicode_digits(void **state) {
    (void)state;
    size_t plain = 0, signs = 0;
    for (UChar32 c = 0; c < 0x110000; c++) {
        int digit = u_charDigitValue(c);
        bool sign = u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) == U_NT_DIGIT;
        if (digit < 0 && !sign) {
            continue;
        }
        assert_int_equal(numeral_value((uint32_t)c), digit >= 0 ? digit : (int)u_getNumericValue(c));
        assert_int_equal(numeral_kind((uint32_t)c), sign ? NUMERAL_SIGN : NUMERAL_PLAIN);
        assert_true(numeral_belongs((uint32_t)c));
        assert_int_equal(numeral_gap((uint32_t)c), GAP_NONE);
        plain += digit >= 0;
        signs += sign;
    }
    assert_true(plain > 600 && signs > 100);
}

static void han_digits(void **state) {
    static const char *const rows[] = {"〇零",       "一壹幺弌㈠㊀〡", "二贰貳弍㈡㊁〢", "三叁參叄弎㈢㊂〣",
                                       "四肆㈣㊃〤", "五伍㈤㊄〥",     "六陆陸㈥㊅〦",   "七柒㈦㊆〧",
                                       "八捌㈧㊇〨", "九玖㈨㊈〩"};
    (void)state;
    for (int value = 0; value < 10; value++) {
        const struct str row = str_from(rows[value]);
        for (size_t i = 0; i < row.n;) {
            uint32_t c = utf8_next(row, &i);
            assert_int_equal(numeral_value(c), value);
            assert_int_equal(numeral_kind(c), NUMERAL_HAN);
            assert_true(numeral_belongs(c));
        }
    }
    struct str none = STR("十百千万亿两半甲乙号组村年月日。！？aOl");
    for (size_t i = 0; i < none.n;) {
        assert_false(numeral_belongs(utf8_next(none, &i)));
    }
}

static void gaps(void **state) {
    static const char *const rows[] = {
        [GAP_INVISIBLE] = "\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF\u00AD\u202A\uFE0F\u20E3",
        [GAP_TIGHT] = " \t\n\r\u00A0\u2002\u2003\u2005\u2007\u2009\u202F\u3000-‐‑‒–—―−－_·()（）[]",
        [GAP_LIST] = ".,/\\:;+~|、，．／：；＋～〜转轉",
    };
    (void)state;
    for (enum numeral_gap gap = GAP_INVISIBLE; gap <= GAP_LIST; gap++) {
        const struct str row = str_from(rows[gap]);
        for (size_t i = 0; i < row.n;) {
            uint32_t c = utf8_next(row, &i);
            if (numeral_gap(c) != gap || !numeral_belongs(c) || numeral_value(c) >= 0) {
                fail_msg("U+%04X is a gap of kind %d", c, numeral_gap(c));
            }
        }
    }
    assert_int_equal(numeral_gap('*'), GAP_NONE); /* 138****5678 is no number any more */
}

/* What the blocks that are looked at first leave out is nothing. */
static void belongs(void **state) {
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (numeral_belongs(c) != (numeral_value(c) >= 0 || numeral_gap(c) != GAP_NONE)) {
            fail_msg("U+%04X", c);
        }
    }
}

static void units(void **state) {
    (void)state;
    assert_true(numeral_unit_at(STR("150元"), 3));
    assert_true(numeral_unit_at(STR("150 人"), 3));
    assert_true(numeral_unit_at(STR("150%"), 3));
    assert_false(numeral_unit_at(STR("150"), 3));
    assert_false(numeral_unit_at(STR("150分机8"), 3));
    assert_false(numeral_unit_at(STR("150（母亲）"), 3));
}

static void set(void **state) {
    struct number_set numbers = {0};
    (void)state;
    assert_false(number_set_has(&numbers, 1));
    for (uint64_t i = 1; i <= 10000; i++) {
        number_set_add(&numbers, i * 977);
    }
    number_set_add(&numbers, 977);
    assert_int_equal(numbers.count, 10000);
    for (uint64_t i = 1; i <= 10000; i++) {
        assert_true(number_set_has(&numbers, i * 977));
        assert_false(number_set_has(&numbers, i * 977 + 1));
    }
    number_set_release(&numbers);
    assert_true(number_key("0851", 4) != number_key("851", 3));
    assert_true(number_key("520399201603080030", 18) != number_key("52039920160308003X", 18));
    assert_true(number_key("99999999999999999X", 18) > number_key("999999999999999999", 18));
    assert_true(number_key("", 0) != 0);
}

/* Whoever goes on from three digits alone must lose no number. */
static void first_digits(void **state) {
    static const char *const numbers[] = {"13800138000", "08512345678", "520399201603080030", "52039920160308003X",
                                          "010203040506070"};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct number_set set = {0};
        number_set_add(&set, number_key(numbers[i], strlen(numbers[i])));
        for (int n = 0; n < 1000; n++) {
            char digits[16];
            snprintf(digits, sizeof digits, "%03d", n);
            assert_int_equal(number_set_may_begin(&set, digits), strncmp(digits, numbers[i], 3) == 0);
        }
        assert_false(number_set_may_begin(&set, "12X"));
        assert_false(number_set_may_begin(&set, "X12"));
        number_set_release(&set);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unicode_digits), cmocka_unit_test(han_digits), cmocka_unit_test(gaps),
        cmocka_unit_test(belongs),        cmocka_unit_test(units),      cmocka_unit_test(set),
        cmocka_unit_test(first_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
