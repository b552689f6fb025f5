/* catalogue_test.c: every embedded check is whole: a code of its own, a place, texts and remedies in both languages, one
 * SELECT. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/rules.h"

static void whole(const struct rule *rule) {
    const struct str parts[] = {rule->place,
                                rule->label,
                                rule->text[LANGUAGE_ENGLISH],
                                rule->text[LANGUAGE_CHINESE],
                                rule->remedy[LANGUAGE_ENGLISH],
                                rule->remedy[LANGUAGE_CHINESE]};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].n == 0) {
            fail_msg("%.*s lacks part %zu", STR_ARG(rule->code), i);
        }
    }
    assert_true(str_find_byte(rule->place, '.') < rule->place.n);
    assert_true(str_starts(rule->sql, STR("SELECT ")) || str_starts(rule->sql, STR("WITH ")));
    assert_true(rule->text[LANGUAGE_ENGLISH].p[rule->text[LANGUAGE_ENGLISH].n - 1] != '.');
}

static void every_check(void **state) {
    struct arena *arena = arena_create();
    size_t count = 0;
    const struct rule *rules = rules_all(arena, &count);
    (void)state;
    assert_true(count > 60);
    for (size_t i = 0; i < count; i++) {
        whole(&rules[i]);
        assert_true(i == 0 || str_compare(rules[i - 1].code, rules[i].code) < 0);
    }
    arena_destroy(arena);
}

static void found_by_code(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    assert_true(str_is(rules_find(arena, STR("k101"))->place, "student.id_card"));
    assert_null(rules_find(arena, STR("K999")));
    assert_null(rules_find(arena, STR("K10")));
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_check), cmocka_unit_test(found_by_code)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
