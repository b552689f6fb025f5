/* diag_test.c: the catalogue, collecting, and how a message reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/diag.h"

static void assert_str(struct str actual, const char *expected) {
    assert_int_equal(actual.n, strlen(expected));
    assert_memory_equal(actual.p, expected, actual.n);
}

static bool ends_in_full_stop(const char *text) {
    const struct str s = str_from(text);
    return (str_ends(s, STR(".")) && !str_ends(s, STR(".."))) || str_ends(s, STR("。"));
}

/* Placeholders of a text as bits; a translation must use the same. */
static unsigned placeholders(const char *text) {
    unsigned used = 0;
    for (const char *p = text; (p = strchr(p, '{')) != NULL; p++) {
        if (p[1] >= '0' && p[1] <= '3' && p[2] == '}') {
            used |= 1u << (p[1] - '0');
        }
    }
    return used;
}

static void the_catalogue_is_whole(void **state) {
    static const struct {
        const char *name, *texts[4];
    } entries[] = {
#define DIAG(code, severity, english, chinese, hint_english, hint_chinese)                                             \
    {#code, {english, chinese, hint_english, hint_chinese}},
#include "base/diag.def"
#undef DIAG
    };
    (void)state;
    for (size_t i = 0; i < DIAG_CODE_COUNT; i++) {
        const char *const *texts = entries[i].texts;
        enum diag_code code;
        assert_true(diag_from_name(str_from(entries[i].name), &code) && code == i);
        for (size_t j = 0; j < 4; j++) {
            if (ends_in_full_stop(texts[j])) {
                fail_msg("%s ends in a full stop: %s", entries[i].name, texts[j]);
            }
        }
        if (texts[0][0] == '\0' || texts[1][0] == '\0' || (texts[2][0] == '\0') != (texts[3][0] == '\0')) {
            fail_msg("%s lacks a text in one language", entries[i].name);
        }
        if (diag_example(code).wrong == NULL || diag_example(code).right[0] == '\0') {
            fail_msg("%s lacks an example in examples.def", entries[i].name);
        }
        if (placeholders(texts[0]) != placeholders(texts[1])) {
            fail_msg("%s says different things in English and Chinese", entries[i].name);
        }
    }
}

static void codes_are_found_in_any_case(void **state) {
    enum diag_code code;
    (void)state;
    assert_true(diag_from_name(STR("b102"), &code) && code == DIAG_B102);
    assert_string_equal(diag_name(code), "B102");
    assert_false(diag_from_name(STR("B10"), &code));
}

static void a_message_shows_its_line(void **state) {
    struct arena *arena = arena_create();
    struct diags diags;
    (void)state;
    diags_init(&diags, arena);
    const struct place place = {.file = STR("card.yaml"), .line = 2, .column = 7, .width = 4};
    struct diag *diag = DIAG_ADD(&diags, B101, place, STR("a\nb"), STR("没有"));
    diag->also = (struct place){.line = 1, .column = 3};
    const struct str source = STR("name: x\r\n  标题: {chld}\r\n");
    assert_str(diag_format(arena, diag, LANGUAGE_ENGLISH, source), "card.yaml:2:7: error B101: can't read “a b”: 没有\n"
                                                                   "      标题: {chld}\n"
                                                                   "            ^~~~\n"
                                                                   "  hint: check the path and its permissions\n"
                                                                   "  see card.yaml:1:3\n");
    assert_str(diag_format(arena, diag, LANGUAGE_CHINESE, STR_NONE), "card.yaml:2:7: 错误 B101：无法读取“a b”：没有\n"
                                                                     "  建议：请检查路径及权限\n"
                                                                     "  另见 card.yaml:1:3\n");
    arena_destroy(arena);
}

/* On a terminal a Chinese character takes two columns, also beyond the BMP, a quotation mark one, a combining mark none. */
static void a_caret_stands_below_its_character(void **state) {
    static const struct {
        const char *line;
        int32_t column, width;
        const char *caret;
    } cases[] = {
        {"ab", 2, 1, " ^"},       {"中文b", 3, 1, "    ^"}, {"𠮷𬱖b", 3, 1, "    ^"},  {"“中”b", 4, 1, "    ^"},
        {"e\u0301b", 3, 1, " ^"}, {"中文b", 1, 3, "^~~~~"}, {"：，b", 3, 1, "    ^"}, {"\t中b", 3, 1, "\t  ^"},
        {"中文", 3, 1, "    ^"},  {"　中", 2, 2, "  ^~"},
    };
    struct arena *arena = arena_create();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct diags diags;
        diags_init(&diags, arena);
        const struct place place = {.file = STR("t"), .line = 1, .column = cases[i].column, .width = cases[i].width};
        struct diag *diag = DIAG_ADD(&diags, L236, place, STR_NONE);
        const struct str text = diag_format(arena, diag, LANGUAGE_CHINESE, str_from(cases[i].line));
        const struct str shown = str_printf(arena, "\n    %s\n    %s\n", cases[i].line, cases[i].caret);
        if (str_find(text, shown) == text.n) {
            fail_msg("%s, column %d: %.*s", cases[i].line, (int)cases[i].column, STR_ARG(text));
        }
    }
    arena_destroy(arena);
}

static void a_finding_names_its_record(void **state) {
    struct arena *arena = arena_create();
    struct diags diags;
    (void)state;
    diags_init(&diags, arena);
    const struct place place = {.record = STR("0561"), .field = STR("family/phone")};
    struct diag *diag = DIAG_ADD(&diags, B102, place, STR("x"), STR("y"));
    struct str text = diag_format(arena, diag, LANGUAGE_ENGLISH, STR_NONE);
    assert_true(str_starts(text, STR("0561 family/phone: error B102: can't write “x”: y\n")));
    arena_destroy(arena);
}

static void beyond_the_limit_is_only_counted(void **state) {
    struct arena *arena = arena_create();
    struct diags diags;
    (void)state;
    diags_init(&diags, arena);
    diags.limit = 3;
    assert_false(diags_any(&diags, SEVERITY_ERROR));
    for (int i = 0; i < 100; i++) {
        DIAG_ADD(&diags, B101, PLACE_NONE, STR("x"))->also.line = 1;
    }
    assert_int_equal(diags.count, 3);
    assert_int_equal(diags.by_severity[SEVERITY_ERROR], 100);
    assert_true(diags_any(&diags, SEVERITY_ERROR));
    arena_destroy(arena);
}

static void strings_are_copied(void **state) {
    struct arena *arena = arena_create();
    struct diags diags;
    char name[] = "before";
    (void)state;
    diags_init(&diags, arena);
    struct diag *diag = DIAG_ADD(&diags, B101, (struct place){.file = str_from(name)}, str_from(name));
    memcpy(name, "after!", 6);
    assert_str(diag->place.file, "before");
    assert_str(diag->args[0], "before");
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_is_whole),
        cmocka_unit_test(codes_are_found_in_any_case),
        cmocka_unit_test(a_message_shows_its_line),
        cmocka_unit_test(a_finding_names_its_record),
        cmocka_unit_test(a_caret_stands_below_its_character),
        cmocka_unit_test(beyond_the_limit_is_only_counted),
        cmocka_unit_test(strings_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
