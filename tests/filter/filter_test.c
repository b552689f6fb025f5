/* filter_test.c: every filter by the examples of its own row, amounts in capitals, and values that no filter may guess at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "filter/filter.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct arena *arena;

static int begin(void **state) {
    (void)state;
    arena = arena_create();
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

static bool write_value(const char *filter, const char *argument, const char *input, struct str *out) {
    const struct filter *row = filter_find(str_from(filter));
    if (row == NULL) {
        fail_msg("no filter is named %s", filter);
    }
    return row->apply(arena, str_from(input), str_from(argument), out);
}

static void assert_written(const char *filter, const char *argument, const char *input, const char *output) {
    struct str out = STR_NONE;
    if (!write_value(filter, argument, input, &out)) {
        fail_msg("%s|%s %s is refused", input, filter, argument);
    }
    if (!str_is(out, output)) {
        fail_msg("%s|%s %s gives %.*s, not %s", input, filter, argument, STR_ARG(out), output);
    }
}

static void every_filter_does_what_its_examples_say(void **state) {
    (void)state;
    for (size_t i = 0; filter_at(i) != NULL; i++) {
        const struct filter *filter = filter_at(i);
        assert_non_null(filter->examples[0].input);
        assert_ptr_equal(filter_find(str_from(filter->name)), filter);
        assert_true(strlen(filter->help) > 0);
        for (const struct filter_example *e = filter->examples; e->input != NULL; e++) {
            assert_written(filter->name, e->argument, e->input, e->output);
            if (filter->check != NULL && e->argument[0]) {
                assert_true(filter->check(str_from(e->argument)));
            }
        }
    }
}

/* Lines of tests/filter/NAME.tests: fields parted by ; and blanks, # begins a comment. Calls check for each. */
static void for_each_line(const char *path, size_t fields, void (*check)(char **fields)) {
    struct str text;
    size_t cases = 0;
    assert_int_equal(file_read(arena, path, 0, &text), 0);
    while (text.n) {
        struct str line = str_split(text, '\n', &text);
        char *parts[4] = {0};
        if (str_trim(line).n == 0 || line.p[0] == '#') {
            continue;
        }
        for (size_t i = 0; i < fields; i++) {
            parts[i] = str_c(arena, str_trim(str_split(line, ';', &line)));
        }
        check(parts);
        cases++;
    }
    assert_true(cases > 10);
}

static void check_capital(char **fields) {
    assert_written("capital", "", fields[0], fields[1]);
}

static void amounts_in_capitals(void **state) {
    (void)state;
    for_each_line("tests/filter/capital.tests", 2, check_capital);
}

static void check_written(char **fields) {
    assert_written(fields[0], fields[1], fields[2], fields[3]);
}

static void values_are_written(void **state) {
    (void)state;
    for_each_line("tests/filter/written.tests", 4, check_written);
}

static void check_refused(char **fields) {
    struct str out;
    if (write_value(fields[0], fields[1], fields[2], &out)) {
        fail_msg("%s|%s %s is guessed to be %.*s", fields[2], fields[0], fields[1], STR_ARG(out));
    }
}

static void what_is_of_another_kind_is_refused(void **state) {
    (void)state;
    for_each_line("tests/filter/refused.tests", 3, check_refused);
}

/* 999 of 1,000 and its like: no share but the whole is ever written as the whole. */
static void only_the_whole_is_100_percent(void **state) {
    (void)state;
    for (int64_t whole = 1; whole < 3000; whole += 7) {
        for (int64_t part = whole - 3; part <= whole + 3; part++) {
            struct str out;
            struct str ratio = str_printf(arena, "%lld/%lld", (long long)part, (long long)whole);
            assert_true(write_value("percent", "", str_c(arena, ratio), &out));
            assert_int_equal(str_starts(out, STR("100")) && str_find_byte(out, '.') == out.n, part == whole);
            assert_false(str_is(out, "100.0%"));
        }
    }
}

static void sections_are_numbered_in_chinese(void **state) {
    static const struct {
        int64_t n;
        const char *han;
    } cases[] = {{1, "一"},          {10, "十"},      {11, "十一"},          {20, "二十"},
                 {21, "二十一"},     {100, "一百"},   {101, "一百零一"},     {110, "一百一十"},
                 {1001, "一千零一"}, {10000, "一万"}, {10100, "一万零一百"}, {99999, "九万九千九百九十九"}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_true(str_is(filter_han_number(arena, cases[i].n), cases[i].han));
    }
}

/* Any amount reads back: the capitals hold each digit of the figure, in order. */
static void capitals_keep_every_digit(void **state) {
    static const char *const digits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
    static const int64_t amounts[] = {1, 99, 1234567, 100000001, 1000000000000, 98765432109876543, INT64_MAX};
    (void)state;
    for (size_t i = 0; i < COUNT(amounts); i++) {
        struct str text = filter_capital_amount(arena, amounts[i]);
        const struct str figure = str_int(arena, amounts[i]);
        for (size_t k = 0; k < figure.n; k++) {
            if (figure.p[k] == '0') {
                continue;
            }
            const struct str digit = str_from(digits[figure.p[k] - '0']);
            size_t at = str_find(text, digit);
            assert_true(at < text.n);
            text = str_slice(text, at + digit.n, text.n);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_filter_does_what_its_examples_say),
        cmocka_unit_test(amounts_in_capitals),
        cmocka_unit_test(values_are_written),
        cmocka_unit_test(what_is_of_another_kind_is_refused),
        cmocka_unit_test(only_the_whole_is_100_percent),
        cmocka_unit_test(sections_are_numbered_in_chinese),
        cmocka_unit_test(capitals_keep_every_digit),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
