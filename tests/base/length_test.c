/* length_test.c: lengths on paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/length.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void a_length_is_read_with_its_unit(void **state) {
    static const struct {
        const char *text;
        int32_t mp;
    } cases[] = {
        {"25mm", 70866}, {"2.5cm", 70866},      {"12pt", 12000},     {"0.5 pt", 500},
        {"1in", 72000},  {"小四", 12000},       {"五号", 10500},     {"2em", 24000},
        {"0", 0},        {"-3mm", -8504},       {"85.60mm", 242646}, {".5mm", 1417},
        {"+1pt", 1000},  {"10000mm", 28346457}, {"210mm", 595276},   {"0.001pt", 1},
        {"0.0004pt", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int32_t mp = -1;
        assert_true(length_parse(str_from(cases[i].text), 12000, &mp));
        assert_int_equal(mp, cases[i].mp);
    }
}

static void what_is_no_length_is_refused(void **state) {
    static const char *const cases[] = {
        "",
        "1",
        "mm",
        "1.",
        "1.mm",
        "1..2mm",
        "--1mm",
        "1 1mm",
        "25 m m",
        "1e3mm",
        "2５mm",
        "10001mm",
        "1px",
        "1mm ",
        " 1mm",
        "0x1mm",
        "99999999999999999999mm",
        "nanpt",
        "大四",
        "0.12345678901mm",
    };
    int32_t mp;
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_false(length_parse(str_from(cases[i]), 12000, &mp));
    }
    assert_false(length_parse(STR("2em"), 0, &mp)); /* no em here */
}

static void constants_agree_with_what_is_read(void **state) {
    int32_t mp;
    (void)state;
    assert_true(length_parse(STR("25mm"), 0, &mp) && mp == MM(25));
    assert_true(length_parse(STR("-0.7mm"), 0, &mp) && mp == MM(-0.7));
    assert_true(length_parse(STR("10.5pt"), 0, &mp) && mp == PT(10.5));
}

static void scaling_rounds_half_away_from_zero(void **state) {
    (void)state;
    assert_int_equal(mp_scale(5, 1, 2), 3);
    assert_int_equal(mp_scale(-5, 1, 2), -3);
    assert_int_equal(mp_scale(INT32_MAX, INT64_MAX, INT64_MAX), INT32_MAX);
    assert_int_equal(mp_scale(INT32_MIN, INT64_MAX, INT64_MAX), INT32_MIN);
    assert_int_equal(mp_scale(1000, 1000000000, 1), INT32_MAX); /* stops at the end */
    assert_int_equal(mp_from_um(25400), 72000);
    assert_int_equal(mp_to_um(72000), 25400);
    for (int32_t um = -300000; um <= 300000; um += 100) {
        assert_int_equal(mp_to_um(mp_from_um(um)), um);
    }
}

static void sizes_have_names(void **state) {
    int32_t size_mp, width_mp, height_mp;
    size_t count = 0;
    (void)state;
    for (struct str name; (name = length_size_name(count, &size_mp)).n > 0; count++) {
        assert_int_equal(length_type_size(name), size_mp);
    }
    assert_int_equal(count, 16);
    assert_int_equal(length_type_size(STR("12pt")), 0);
    for (count = 0; length_paper_name(count).n > 0; count++) {
        assert_true(length_paper(length_paper_name(count), &width_mp, &height_mp));
    }
    assert_true(length_paper(STR("16开"), &width_mp, &height_mp) && width_mp == MM(185) && height_mp == MM(260));
    assert_true(length_paper(STR("ID-1"), &width_mp, &height_mp) && width_mp == MM(85.6) && height_mp == MM(53.98));
    assert_false(length_paper(STR("A7x"), &width_mp, &height_mp));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_length_is_read_with_its_unit),
        cmocka_unit_test(what_is_no_length_is_refused),
        cmocka_unit_test(constants_agree_with_what_is_read),
        cmocka_unit_test(scaling_rounds_half_away_from_zero),
        cmocka_unit_test(sizes_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
