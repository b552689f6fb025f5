/* days_test.c: what a day, a month, a moment is and what can only mean one (days.tests, a case a line). */
#include "support.h"

#include "data/days.h"

static struct str field(struct arena *arena, struct str s) {
    static const struct str blank = STR_INIT("␠");
    s = str_trim(s);
    struct str out = STR("");
    for (size_t at; (at = str_find(s, blank)) < s.n; s = str_slice(s, at + blank.n, s.n)) {
        out = str_join(arena, str_join(arena, out, str_slice(s, 0, at)), STR(" "));
    }
    return str_join(arena, out, s);
}

static enum time_form form_of(struct str name) {
    return str_is(name, "day") ? TIME_DAY : str_is(name, "month") ? TIME_MONTH : TIME_MOMENT;
}

static struct str described(struct arena *arena, enum time_form form, struct str text) {
    char room[TIME_ROOM];
    const struct str read = time_read(form, text, room);
    if (time_is(form, text)) {
        assert_true(str_eq(read, text)); /* what is right is read as it is */
        return STR("=");
    }
    if (read.n > 0) {
        assert_true(time_is(form, read));
        return str_copy(arena, read);
    }
    const struct str serial = time_of_serial(text, room);
    return serial.n > 0 ? str_join(arena, STR("serial "), serial) : STR("-");
}

static void table(void **state) {
    struct arena *arena = arena_create();
    struct str text;
    size_t cases = 0;
    (void)state;
    assert_int_equal(file_read(arena, "tests/data/days.tests", 0, &text), 0);
    while (text.n > 0) {
        struct str line = str_split(text, '\n', &text), rest = line;
        if (line.n == 0 || line.p[0] == '#') {
            continue;
        }
        const enum time_form form = form_of(str_trim(str_split(rest, ';', &rest)));
        const struct str value = field(arena, str_split(rest, ';', &rest));
        const struct str actual = described(arena, form, value);
        if (!str_eq(actual, str_trim(rest))) {
            fail_msg("%.*s gives “%.*s”", STR_ARG(line), STR_ARG(actual));
        }
        cases++;
    }
    assert_true(cases > 100);
    arena_destroy(arena);
}

/* Every day from 1920 to 2099 follows the one before it, as a spreadsheet counts them. */
static void serials(void **state) {
    char before[TIME_ROOM] = "1919-12-31";
    (void)state;
    for (int serial = 7306; serial <= 73050; serial++) {
        char number[8], room[TIME_ROOM];
        const int count = snprintf(number, sizeof number, "%d", serial);
        const struct str day = time_of_serial((struct str){number, (size_t)count}, room);
        assert_true(time_is(TIME_DAY, day));
        assert_true(str_compare(str_from(before), day) < 0);
        memcpy(before, room, sizeof before);
    }
    assert_string_equal(before, "2099-12-31"); /* 65,745 steps, none of them larger than one day */
}

static void blanks(void **state) {
    (void)state;
    assert_true(str_is(blanks_trim(STR("　 批准\xC2\xA0\xE2\x80\x8B\t")), "批准"));
    assert_true(str_is(blanks_trim(STR("批 准")), "批 准"));
    assert_int_equal(blanks_trim(STR(" 　")).n, 0);
    assert_int_equal(blanks_trim(STR("")).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(table), cmocka_unit_test(serials), cmocka_unit_test(blanks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
