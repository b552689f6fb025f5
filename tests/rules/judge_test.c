/* judge_test.c: what the checks say of numbers, names and days (judge.tests, a case a line), and when two texts count as
 * one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"
#include "rules/judge.h"

/* ␠ becomes a blank, {200B} that character. */
static struct str unescaped(struct str text, struct buffer *out) {
    static const struct str blank = STR_INIT("␠");
    buffer_clear(out);
    for (size_t at = 0; at < text.n;) {
        char bytes[4];
        const struct str rest = str_slice(text, at, text.n);
        if (str_starts(rest, blank)) {
            buffer_byte(out, ' ');
            at += blank.n;
        } else if (rest.p[0] == '{') {
            const uint32_t c = (uint32_t)strtoul(rest.p + 1, NULL, 16);
            buffer_append(out, bytes, utf8_encode(c, bytes));
            at += str_find_byte(rest, '}') + 1;
        } else {
            buffer_byte(out, text.p[at++]);
        }
    }
    return buffer_str(out);
}

static void nothing_right(struct str text, struct buffer *out) {
    (void)text, (void)out;
}

static const struct judge {
    const char *name;
    const char *(*fault)(struct str);
    void (*right)(struct str, struct buffer *);
} judges[] = {
    {"id", id_fault, id_right},       {"phone", phone_fault, phone_right}, {"plate", plate_fault, nothing_right},
    {"name", name_fault, name_right}, {"day", day_fault, day_right},       {"card", card_fault, nothing_right}};

static const struct judge *judge_of(struct str name) {
    for (size_t i = 0; i < sizeof judges / sizeof *judges; i++) {
        if (str_is(name, judges[i].name)) {
            return &judges[i];
        }
    }
    fail_msg("there is no “%.*s”", STR_ARG(name));
    return NULL;
}

static struct str word(const char *fault) {
    return fault == NULL ? STR("=") : str_from(fault);
}

static struct str field(struct str *rest) {
    return str_trim(str_split(*rest, ';', rest));
}

static void hold(struct str line, struct str wanted, struct str actual) {
    if (!str_eq(wanted, actual)) {
        fail_msg("%.*s gives “%.*s”", STR_ARG(line), STR_ARG(actual));
    }
}

static void try_line(struct str line) {
    struct buffer value = {0};
    struct buffer right = {0};
    struct str rest = line;
    const struct str what = field(&rest);
    const struct str text = unescaped(field(&rest), &value);
    if (str_is(what, "schoolno")) {
        const struct str id = field(&rest);
        hold(line, field(&rest), word(school_no_fault(text, id)));
    } else {
        const struct judge *judge = judge_of(what);
        hold(line, field(&rest), word(judge->fault(text)));
        judge->right(text, &right);
        const bool told = right.count > 0 && !str_eq(buffer_str(&right), text);
        const struct str wanted = rest.p == NULL ? STR("-") : field(&rest);
        if (!str_eq(wanted, text)) { /* “-”, or another than stands there */
            hold(line, wanted, told ? buffer_str(&right) : STR("-"));
        }
    }
    buffer_release(&value);
    buffer_release(&right);
}

static void table(void **state) {
    struct arena *arena = arena_create();
    struct str text;
    size_t cases = 0;
    (void)state;
    assert_int_equal(file_read(arena, "tests/rules/judge.tests", 0, &text), 0);
    while (text.n > 0) {
        const struct str line = str_split(text, '\n', &text);
        if (line.n > 0 && line.p[0] != '#') {
            try_line(line);
            cases++;
        }
    }
    assert_true(cases > 100);
    arena_destroy(arena);
}

/* The birth day and the sex that an ID number says. */
static void parts(void **state) {
    struct buffer out = {0};
    (void)state;
    id_birth(STR("52039920160308003X"), &out);
    assert_true(str_is(buffer_str(&out), "2016-03-08"));
    buffer_clear(&out);
    id_sex(STR("52039920160308003X"), &out);
    assert_true(str_is(buffer_str(&out), "男"));
    buffer_clear(&out);
    id_sex(STR("520399201507202148"), &out);
    assert_true(str_is(buffer_str(&out), "女"));
    buffer_clear(&out);
    id_birth(STR("520399201406310016"), &out);
    assert_int_equal(out.count, 0);
    buffer_release(&out);
}

/* A text that was copied is one with another name, other digits, other punctuation; a short one is nobody's. */
static void copies(void **state) {
    const struct str ming = STR("9月3日与王小明谈心，了解近期学习情况，鼓励其继续努力，注意交通安全。");
    const struct str fang = STR("10月13日与李芳谈心,了解近期学习情况，鼓励其继续努力，注意交通安全！");
    const struct str other = STR("9月3日与王小明谈心，了解近期生活情况，鼓励其继续努力，注意交通安全。");
    (void)state;
    assert_true(text_print(ming, STR("王小明")) == text_print(fang, STR("李芳")));
    assert_true(text_print(ming, STR("王小明")) != text_print(ming, STR("李芳")));
    assert_true(text_print(ming, STR("王小明")) != text_print(other, STR("王小明")));
    assert_true(text_print(STR("情绪稳定，一切正常。"), STR("王小明")) == 0);
    assert_true(text_print(STR("\xC8\xF5\xFF"), STR_NONE) == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(table), cmocka_unit_test(parts), cmocka_unit_test(copies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
