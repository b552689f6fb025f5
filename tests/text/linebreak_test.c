/* linebreak_test.c: breaks compared with Unicode's own test cases (UAX 14, LineBreakTest.txt of Debian's unicode-data).
 *
 * Only cases whose characters all occur in Chinese text are looked at; it is skipped where the file isn't installed. Where the engine differs, the two classes that meet
 * must stand in linebreak-differences.txt with the rule that explains it, and what stands there must still differ. */
#include "support.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"

#define CASES       "/usr/share/unicode/auxiliary/LineBreakTest.txt"
#define DIFFERENCES "tests/text/linebreak-differences.txt"

static const char *const names[CLASS_COUNT] = {
    [CLASS_HAN] = "han",
    [CLASS_WIDE] = "wide",
    [CLASS_OPEN] = "open",
    [CLASS_CLOSE] = "close",
    [CLASS_COMMA] = "comma",
    [CLASS_STOP] = "stop",
    [CLASS_EXCLAIM] = "exclaim",
    [CLASS_MIDDOT] = "middot",
    [CLASS_DASH] = "dash",
    [CLASS_ELLIPSIS] = "ellipsis",
    [CLASS_CONNECTOR] = "connector",
    [CLASS_HYPHEN] = "hyphen",
    [CLASS_SOLIDUS] = "solidus",
    [CLASS_PREFIX] = "prefix",
    [CLASS_WIDE_PREFIX] = "wide-prefix",
    [CLASS_POSTFIX] = "postfix",
    [CLASS_WIDE_POSTFIX] = "wide-postfix",
    [CLASS_SIGN] = "sign",
    [CLASS_LATIN] = "latin",
    [CLASS_DIGIT] = "digit",
    [CLASS_POINT] = "point",
    [CLASS_WEST_OPEN] = "west-open",
    [CLASS_WEST_CLOSE] = "west-close",
    [CLASS_SPACE] = "space",
    [CLASS_GAP] = "space",
    [CLASS_UNIT_SPACE] = "unit-space",
    [CLASS_WIDE_SPACE] = "wide-space",
    [CLASS_GLUE] = "glue",
    [CLASS_TAB] = "tab",
    [CLASS_NEWLINE] = "newline",
    [CLASS_CUT] = "cut",
};

/* Of Chinese text: letters, digits and signs of ASCII, Chinese characters and marks. Unicode's cases have ⌚ for an
 * ideograph. */
static bool occurs(uint32_t code_point) {
    static const uint32_t ranges[][2] = {
        {0x20, 0x7E},     {0xA0, 0xA0},     {0xB0, 0xB0},     {0xB7, 0xB7},     {0x200B, 0x200B}, {0x2010, 0x2014},
        {0x2018, 0x201D}, {0x2026, 0x2026}, {0x2030, 0x2030}, {0x2060, 0x2060}, {0x2103, 0x2103}, {0x2116, 0x2116},
        {0x231A, 0x231A}, {0x2329, 0x232A}, {0x3000, 0x3020}, {0x4E00, 0x9FFF}, {0xFF01, 0xFF60}, {0xFFE5, 0xFFE5}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code_point >= ranges[i][0] && code_point <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

/* A case: its text, and where Unicode ends a line. */
struct sample {
    struct str text;
    bool breaks[256]; /* at a byte */
};

/* "× 0023 ÷ 4E00 ÷ # …" */
static bool read_sample(struct str line, struct sample *sample) {
    struct buffer text = {0};
    bool usable = line.n > 0 && line.p[0] != '#';
    memset(sample, 0, sizeof *sample);
    line = str_slice(line, 0, str_find_byte(line, '#'));
    while (usable && line.n) {
        const struct str word = str_trim(str_split(line, ' ', &line));
        if (str_is(word, "÷")) {
            sample->breaks[text.count] = true;
        }
        if (word.n == 0 || str_is(word, "÷") || str_is(word, "×")) {
            continue;
        }
        const uint32_t code_point = (uint32_t)strtoul(str_c(arena, word), NULL, 16);
        char bytes[4];
        usable = occurs(code_point) && text.count < 250;
        if (usable) {
            buffer_add(&text, (struct str){bytes, utf8_encode(code_point, bytes)});
        }
    }
    sample->text = str_copy(arena, buffer_str(&text));
    buffer_release(&text);
    return usable;
}

/* Lines of "first second ÷ or × of Unicode: rule", where the rule is one of clreq, of a standard or of the house. */
struct difference {
    struct str pair;
    bool seen;
};
static struct difference differences[200];
static size_t difference_count;

static bool names_its_rule(struct str reason) {
    bool named =
        str_starts(reason, STR("clreq")) || str_starts(reason, STR("GB/T")) || str_starts(reason, STR("house"));
    return named && reason.n > 20;
}

static void read_differences(void) {
    struct str text;
    assert_int_equal(file_read(arena, DIFFERENCES, 0, &text), 0);
    while (text.n) {
        const struct str line = str_split(text, '\n', &text);
        if (line.n == 0 || line.p[0] == '#') {
            continue;
        }
        struct str reason;
        const struct str pair = str_trim(str_split(line, ':', &reason));
        assert_true(names_its_rule(str_trim(reason)));
        assert_true(difference_count < sizeof differences / sizeof differences[0]);
        differences[difference_count++] = (struct difference){pair, false};
    }
}

static bool is_explained(struct str pair) {
    for (size_t i = 0; i < difference_count; i++) {
        if (!str_eq(differences[i].pair, pair)) {
            continue;
        }
        differences[i].seen = true;
        return true;
    }
    return false;
}

/* How many breaks of a case are neither Unicode's nor explained. */
static size_t compare(const struct sample *sample, size_t *places) {
    struct text_style style = plain_style();
    struct paragraph *p = shape_one(sample->text, &style);
    size_t unexplained = 0;
    for (size_t i = 0; i + 1 < p->count; i++) {
        bool ours = p->atoms[i].flags & (ATOM_BREAK | ATOM_FORCED);
        bool theirs = sample->breaks[p->atoms[i + 1].offset];
        ++*places;
        if (ours == theirs) {
            continue;
        }
        struct str pair =
            str_printf(arena, "%s %s %s", names[p->atoms[i].kind], names[p->atoms[i + 1].kind], theirs ? "÷" : "×");
        if (is_explained(pair)) {
            continue;
        }
        print_error("%.*s, as in “%.*s”\n", STR_ARG(pair), STR_ARG(sample->text));
        unexplained++;
    }
    return unexplained;
}

static void breaks_are_those_of_unicode_or_explained(void **state) {
    struct str text;
    size_t cases = 0, places = 0, unexplained = 0;
    (void)state;
    if (access(CASES, R_OK) != 0) {
        skip();
    }
    read_differences();
    assert_int_equal(file_read(arena, CASES, 0, &text), 0);
    while (text.n) {
        struct sample sample;
        if (!read_sample(str_split(text, '\n', &text), &sample)) {
            continue;
        }
        unexplained += compare(&sample, &places);
        cases++;
    }
    print_message("%zu cases, %zu places\n", cases, places);
    assert_true(cases > 300);
    assert_int_equal(unexplained, 0);
    for (size_t i = 0; i < difference_count; i++) {
        if (!differences[i].seen) {
            fail_msg("%s lists “%.*s”, which doesn't differ", DIFFERENCES, STR_ARG(differences[i].pair));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(breaks_are_those_of_unicode_or_explained)};
    return cmocka_run_group_tests(tests, begin, end);
}
