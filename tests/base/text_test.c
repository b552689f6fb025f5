/* text_test.c: strings, UTF-8, bytes, buffers, near-miss names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/bytes.h"
#include "base/nearest.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void assert_str(struct str actual, const char *expected) {
    assert_int_equal(actual.n, strlen(expected));
    if (actual.n > 0) {
        assert_memory_equal(actual.p, expected, actual.n);
    }
}

/* --- str */

static void views_are_cut_without_copying(void **state) {
    struct str rest = STR("a|b||c");
    (void)state;
    assert_str(str_split(rest, '|', &rest), "a");
    assert_str(str_split(rest, '|', &rest), "b");
    assert_str(str_split(rest, '|', &rest), "");
    assert_str(str_split(rest, '|', &rest), "c");
    assert_null(rest.p);
    assert_str(str_trim(STR(" \t a b\r\n")), "a b");
    assert_str(str_trim(STR("   ")), "");
    assert_str(str_slice(STR("abc"), 1, 9), "bc");
    assert_str(str_slice(STR("abc"), 7, 9), "");
    assert_str(str_slice(STR_NONE, 0, 1), "");
}

static void strings_are_found_and_compared(void **state) {
    (void)state;
    assert_int_equal(str_find(STR("aabaac"), STR("aac")), 3);
    assert_int_equal(str_find(STR("aab"), STR("aabb")), 3);
    assert_int_equal(str_find(STR("aab"), STR("c")), 3);
    assert_int_equal(str_find(STR_NONE, STR("c")), 0);
    assert_int_equal(str_find_byte(STR("abc"), 'c'), 2);
    assert_true(str_starts(STR("留守"), STR("留")));
    assert_false(str_starts(STR("留"), STR("留守")));
    assert_true(str_ends(STR("a.yaml"), STR(".yaml")));
    assert_true(str_eq(STR_NONE, STR("")));
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
    assert_true(str_compare(STR("一"), STR("b")) > 0);
}

static void numbers_are_read_whole_or_not_at_all(void **state) {
    static const char *const wrong[] = {"", "-", "+", "1a", " 1", "1 ", "1.0", "9223372036854775808", "一"};
    int64_t n = 7;
    (void)state;
    assert_true(str_to_int(STR("-9223372036854775808"), &n) && n == INT64_MIN);
    assert_true(str_to_int(STR("9223372036854775807"), &n) && n == INT64_MAX);
    assert_true(str_to_int(STR("+0801"), &n) && n == 801);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_false(str_to_int(str_from(wrong[i]), &n));
    }
}

static void copies_live_in_the_arena(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    assert_string_equal(str_c(arena, (struct str){"ab\0cd", 5}), "ab");
    assert_string_equal(str_c(arena, STR_NONE), "");
    assert_str(str_join(arena, STR("留"), STR("守")), "留守");
    assert_str(str_printf(arena, "%s-%03d", "x", 7), "x-007");
    for (int width = 254; width < 259; width++) { /* about the length that is formatted once */
        struct str wide = str_printf(arena, "%*d", width, 7);
        assert_int_equal(wide.n, width);
        assert_int_equal(wide.p[width - 1], '7');
    }
    assert_str(str_int(arena, INT64_MIN), "-9223372036854775808");
    assert_null(str_copy(arena, STR_NONE).p);
    arena_destroy(arena);
}

/* --- utf8 */

static void every_code_point_goes_out_and_comes_back(void **state) {
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char bytes[4];
        if (c == 0xD800) {
            c = 0xE000;
        }
        struct str s = {bytes, utf8_encode(c, bytes)};
        size_t offset = 0;
        assert_true(utf8_next(s, &offset) == c && offset == s.n);
        assert_true(utf8_previous(s, &offset) == c && offset == 0);
    }
}

static void invalid_bytes_are_told_one_by_one(void **state) {
    static const struct {
        const char *bytes, *repaired;
        size_t first_invalid, count;
    } cases[] = {
        {"a\xFF"
         "b",
         "a\uFFFDb", 1, 3},
        {"\xC0\xAF", "\uFFFD\uFFFD", 0, 2},                     /* overlong / */
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 0, 3},           /* a surrogate */
        {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 0, 4}, /* above U+10FFFF */
        {"好\xE5\xA5", "好\uFFFD\uFFFD", 3, 3},                 /* cut off */
        {"\x80好", "\uFFFD好", 0, 2},
    };
    struct arena *arena = arena_create();
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str s = str_from(cases[i].bytes);
        assert_int_equal(utf8_first_invalid(s), cases[i].first_invalid);
        assert_int_equal(utf8_count(s), cases[i].count);
        assert_str(utf8_repair(arena, s), cases[i].repaired);
        assert_str(utf8_for_xml(arena, s), cases[i].repaired);
    }
    assert_str(utf8_for_xml(arena, STR("好\xEF\xBF\xBE\xEF\xBF\xBF\x01\xEF\xBF")), "好\uFFFD\uFFFD\x01\uFFFD\uFFFD");
    struct str valid = STR("𬱖䶮𠮷");
    assert_ptr_equal(utf8_repair(arena, valid).p, valid.p);
    assert_ptr_equal(utf8_for_xml(arena, valid).p, valid.p);
    arena_destroy(arena);
}

/* Every piece of a text with sequences of each length, begun and ended where a piece of eight bytes isn't. */
static void valid_text_is_counted_alike(void **state) {
    struct str text = STR("a好𬱖é，1234567890𠮷䶮bcαβγ中文字符2026年");
    (void)state;
    for (size_t from = 0; from < text.n; utf8_next(text, &from)) {
        for (size_t to = from; to < text.n; utf8_next(text, &to)) {
            assert_int_equal(utf8_count_valid(str_slice(text, from, to)), utf8_count(str_slice(text, from, to)));
        }
    }
}

static void going_back_takes_the_same_steps(void **state) {
    struct str s = STR("a\xFF好\xE5𠮷");
    const uint32_t backwards[] = {0x20BB7, UTF8_REPLACEMENT, 0x597D, UTF8_REPLACEMENT, 'a'};
    size_t offset = s.n;
    (void)state;
    for (size_t i = 0; i < COUNT(backwards); i++) {
        assert_int_equal(utf8_previous(s, &offset), backwards[i]);
    }
    assert_int_equal(offset, 0);
}

static void han_is_told_from_the_rest(void **state) {
    (void)state;
    assert_true(utf8_is_han(0x4E00) && utf8_is_han(0x3007) && utf8_is_han(0x2CC56) && utf8_is_han(0x4DAE));
    assert_false(utf8_is_han('a') || utf8_is_han(0x3001) || utf8_is_han(0xFF21));
}

/* --- buffer */

static void numbers_are_written_without_printf(void **state) {
    static const struct {
        int64_t n;
        const char *whole, *thousandths;
    } cases[] = {
        {0, "0", "0"},
        {1, "1", ".001"},
        {-30, "-30", "-.03"},
        {500, "500", ".5"},
        {1000, "1000", "1"},
        {12500, "12500", "12.5"},
        {-1001, "-1001", "-1.001"},
        {100, "100", ".1"},
        {INT64_MIN, "-9223372036854775808", "-9223372036854775.808"},
    };
    struct arena *arena = arena_create();
    struct buffer buffer = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_str(str_int(arena, cases[i].n), cases[i].whole);
        buffer_clear(&buffer);
        buffer_int(&buffer, cases[i].n);
        assert_str(buffer_str(&buffer), cases[i].whole);
        buffer_clear(&buffer);
        buffer_milli(&buffer, cases[i].n);
        assert_str(buffer_str(&buffer), cases[i].thousandths);
    }
    buffer_release(&buffer);
    arena_destroy(arena);
}

static void a_buffer_grows(void **state) {
    struct buffer buffer = {0};
    (void)state;
    for (int i = 0; i < 10000; i++) {
        buffer_add(&buffer, STR("好"));
        buffer_byte(&buffer, ',');
        buffer_printf(&buffer, "%d", i % 10);
    }
    assert_int_equal(buffer.count, 50000);
    assert_memory_equal(buffer.bytes + 49995, "好,9", 5);
    buffer_add(&buffer, STR_NONE);
    assert_int_equal(buffer.count, 50000);
    buffer_release(&buffer);
    assert_null(buffer.bytes);
}

/* --- nearest */

static void a_near_name_is_found(void **state) {
    static const struct str names[] = {STR_INIT("phone"), STR_INIT("place"), STR_INIT("name"), STR_INIT("签字"),
                                       STR_INIT("height")};
    static const struct {
        const char *word;
        size_t index;
    } cases[] = {
        {"phnoe", 0},   {"plcae", 1}, {"nam", 2},    {"签名", 3}, {"heihgt", 4},
        {"hieghts", 4}, {"x", 5},     {"colour", 5}, {"", 5},     {"phonephonephone", 5},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(nearest(str_from(cases[i].word), names, COUNT(names)), cases[i].index);
    }
}

static void a_number_that_is_cut_off_is_none(void **state) {
    const struct str bytes = STR("\x01\x80\xFF\x02");
    char stored[4];
    (void)state;
    assert_int_equal(bytes_u16(bytes, 1), 0x80FF);
    assert_int_equal(bytes_u32(bytes, 0), 0x0180FF02);
    assert_int_equal(bytes_number(bytes, 1, 3), 0x80FF02);
    assert_int_equal(bytes_number(bytes, 4, 0), 0);
    assert_int_equal(bytes_u16(bytes, 3), 0);
    assert_int_equal(bytes_u32(bytes, 1), 0);
    assert_int_equal(bytes_u16(bytes, SIZE_MAX), 0);
    bytes_store(stored, 0x0180FF02, 4);
    assert_memory_equal(stored, bytes.p, 4);
}

static void where_no_name_is_near_all_are_listed(void **state) {
    static const struct str names[] = {STR_INIT("phone"), STR_INIT("place"), STR_INIT("name")};
    (void)state;
    struct arena *arena = arena_create();
    assert_true(str_is(nearest_name(STR("phnoe"), names, COUNT(names)), "phone"));
    assert_int_equal(nearest_name(STR("x"), names, COUNT(names)).n, 0);
    assert_true(str_is(nearest_or_all(arena, STR("plcae"), names, COUNT(names)), "place"));
    assert_true(str_is(nearest_or_all(arena, STR("x"), names, COUNT(names)), "phone, place, name"));
    assert_true(str_is(names_joined(arena, names, COUNT(names), COUNT(names)), "phone, place, name"));
    assert_true(str_is(names_joined(arena, names, COUNT(names), 2), "phone, place, …"));
    assert_int_equal(names_joined(arena, names, 0, 2).n, 0);
    arena_destroy(arena);
}

static void a_very_long_word_is_like_nothing(void **state) {
    char word[1000];
    struct str candidate = {word, sizeof word};
    (void)state;
    memset(word, 'x', sizeof word);
    assert_int_equal(nearest(candidate, &candidate, 1), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_are_cut_without_copying),
        cmocka_unit_test(strings_are_found_and_compared),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(copies_live_in_the_arena),
        cmocka_unit_test(every_code_point_goes_out_and_comes_back),
        cmocka_unit_test(invalid_bytes_are_told_one_by_one),
        cmocka_unit_test(valid_text_is_counted_alike),
        cmocka_unit_test(going_back_takes_the_same_steps),
        cmocka_unit_test(han_is_told_from_the_rest),
        cmocka_unit_test(numbers_are_written_without_printf),
        cmocka_unit_test(a_buffer_grows),
        cmocka_unit_test(a_near_name_is_found),
        cmocka_unit_test(a_number_that_is_cut_off_is_none),
        cmocka_unit_test(where_no_name_is_near_all_are_listed),
        cmocka_unit_test(a_very_long_word_is_like_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
