/* mask_test.c: the masks as functions (mask.tests, a case a line), and what must hold for any text. */
#include "support.h"

#include <locale.h>

#include "base/utf8.h"
#include "data/mask.h"

static struct str replace(struct arena *arena, struct str s, const char *from, const char *to) {
    struct buffer out = {0};
    const struct str what = str_from(from);
    for (size_t at; (at = str_find(s, what)) < s.n; s = str_slice(s, at + what.n, s.n)) {
        buffer_add(&out, str_slice(s, 0, at));
        buffer_add(&out, str_from(to));
    }
    buffer_add(&out, s);
    const struct str copy = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return copy;
}

static struct str field(struct arena *arena, struct str s) {
    s = replace(arena, str_trim(s), "␠", " ");
    return replace(arena, replace(arena, s, "␤", "\n"), "␀", "\xE2\x80\x8B");
}

static void table(void **state) {
    struct arena *arena = arena_create();
    struct str text;
    size_t cases = 0, wrong = 0;
    (void)state;
    assert_int_equal(file_read(arena, "tests/data/mask.tests", 0, &text), 0);
    while (text.n > 0) {
        struct str line = str_split(text, '\n', &text), rest = line;
        if (line.n == 0 || line.p[0] == '#') {
            continue;
        }
        enum mask mask;
        assert_true(mask_from_name(str_trim(str_split(rest, ';', &rest)), &mask));
        const struct str value = field(arena, str_split(rest, ';', &rest)), expected = field(arena, rest);
        struct str actual = mask_apply(arena, mask, value);
        if (!str_eq(actual, expected)) {
            print_error("%.*s gives “%.*s”\n", STR_ARG(line), STR_ARG(actual));
            wrong++;
        }
        cases++;
    }
    assert_int_equal(wrong, 0);
    assert_true(cases > 70);
    arena_destroy(arena);
}

/* The longest row of digits in a text, whatever stands between them. */
static size_t most_digits(struct str s) {
    size_t most = 0, count = 0;
    for (size_t i = 0; i < s.n;) {
        const uint32_t c = utf8_next(s, &i);
        count = numeral_value(c) >= 0 ? count + 1 : numeral_gap(c) != GAP_NONE ? count : 0;
        most = count > most ? count : most;
    }
    return most;
}

/* A phone, broken by blanks at any places, never keeps its digits. */
static void any_gaps(void **state) {
    struct arena *arena = arena_create();
    const char phone[] = "15412345678";
    (void)state;
    for (unsigned gaps = 0; gaps < 1u << 10; gaps++) {
        struct buffer text = {0};
        for (unsigned i = 0; i < 11; i++) {
            buffer_byte(&text, phone[i]);
            if (i < 10 && (gaps >> i & 1) != 0) {
                buffer_add(&text, i % 2 == 0 ? STR(" ") : STR("－"));
            }
        }
        struct str masked = mask_apply(arena, MASK_TEXT, buffer_str(&text));
        assert_true(most_digits(masked) < 11);
        assert_int_equal(utf8_count(masked), utf8_count(buffer_str(&text)));
        buffer_release(&text);
        arena_reset(arena);
    }
    arena_destroy(arena);
}

/* Bytes that are no UTF-8, and texts of a megabyte. */
static void hostile(void **state) {
    struct arena *arena = arena_create();
    struct buffer text = {0};
    (void)state;
    for (int mask = MASK_FULL; mask <= MASK_NOTHING; mask++) {
        mask_apply(arena, (enum mask)mask,
                   STR("\xFF\xEF\xBC"
                       "1\xEF\xBC\x91\xE7\x8E"));
    }
    while (text.count < 1 << 20) {
        buffer_add(&text, STR("1 23-456 "));
    }
    for (int mask = MASK_FULL; mask <= MASK_NOTHING; mask++) {
        mask_apply(arena, (enum mask)mask, buffer_str(&text));
    }
    buffer_release(&text);
    arena_destroy(arena);
}

static void names(void **state) {
    enum mask mask;
    enum reader reader;
    (void)state;
    for (int i = MASK_FULL; i <= MASK_NOTHING; i++) {
        assert_true(mask_from_name(mask_name((enum mask)i), &mask));
        assert_int_equal(mask, i);
    }
    for (int i = 0; i < READER_COUNT; i++) {
        assert_true(reader_from_name(reader_name((enum reader)i), &reader));
        assert_int_equal(reader, i);
    }
    assert_false(mask_from_name(STR("none"), &mask));
    assert_false(reader_from_name(STR("anybody"), &reader));
}

static void values(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where it is there: a decimal comma must not come out */
    const struct {
        double real;
        const char *text;
    } reals[] = {{3, "3"},       {-3, "-3"},      {0.5, "0.5"},
                 {0.1, "0.1"},   {1e21, "1e+21"}, {123456789012, "123456789012"},
                 {1e-7, "1e-07"}};
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        struct value value = {.kind = VALUE_REAL, .real = reals[i].real};
        assert_str(value_text(arena, &value), reals[i].text);
    }
    assert_str(value_text(arena, &(struct value){.kind = VALUE_INTEGER, .integer = INT64_MIN}), "-9223372036854775808");
    assert_str(value_text(arena, &(struct value){.kind = VALUE_NULL}), "");
    assert_str(value_text(arena, &(struct value){.kind = VALUE_BLOB, .text = STR("a\xFF")}), "a\xEF\xBF\xBD");
    assert_false(value_is_true(&(struct value){.kind = VALUE_NULL}));
    assert_false(value_is_true(&(struct value){.kind = VALUE_INTEGER, .integer = 0}));
    assert_true(value_is_true(&(struct value){.kind = VALUE_INTEGER, .integer = -1}));
    assert_false(value_is_true(&(struct value){.kind = VALUE_REAL, .real = 0.0}));
    assert_true(value_is_true(&(struct value){.kind = VALUE_REAL, .real = 0.1}));
    assert_false(value_is_true(&(struct value){.kind = VALUE_TEXT, .text = STR("0")}));
    assert_false(value_is_true(&(struct value){.kind = VALUE_TEXT, .text = STR("")}));
    assert_true(value_is_true(&(struct value){.kind = VALUE_TEXT, .text = STR("无")}));
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table), cmocka_unit_test(any_gaps), cmocka_unit_test(hostile),
        cmocka_unit_test(names), cmocka_unit_test(values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
