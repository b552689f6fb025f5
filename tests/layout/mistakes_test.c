/* mistakes_test.c: what is told of a layout, and where. The cases stand in mistakes.tests:
 *
 *     == what the case is about
 *     the text of t.yaml; \xHH is a byte
 *     -- other.yaml                    a further file, and its text
 *     => L201 3:5                      what is told, in any order; of another file: L201 other.yaml 3:5
 *
 * A case without a `document` gets a plain one behind its text, and a case without a `body` an empty one, so that it need
 * only hold what it is about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "layout/layout.h"

#define CASES "tests/layout/mistakes.tests"
enum { FILES = 4, TOLD = 16 };

struct test_case {
    struct str name;
    struct str files[FILES];
    struct buffer texts[FILES];
    size_t file_count;
    struct str told[TOLD];
    size_t told_count;
};

static int hex(char c) {
    const char *digits = "0123456789abcdef", *digit = c != '\0' ? strchr(digits, c) : NULL;
    return digit != NULL ? (int)(digit - digits) : -1;
}

static void add_line(struct buffer *out, struct str line) {
    for (size_t i = 0; i < line.n; i++) {
        bool byte = line.p[i] == '\\' && i + 3 < line.n && line.p[i + 1] == 'x' && hex(line.p[i + 2]) >= 0;
        buffer_byte(out, byte ? (char)(hex(line.p[i + 2]) * 16 + hex(line.p[i + 3])) : line.p[i]);
        i += byte ? 3 : 0;
    }
    buffer_byte(out, '\n');
}

static bool has_key(const struct buffer *text, const char *key) {
    const struct str all = buffer_str(text);
    return str_starts(all, str_from(key + 1)) || str_find(all, str_from(key)) < all.n;
}

static void complete(struct buffer *text) {
    if (!has_key(text, "\ndocument:")) {
        buffer_add(text, STR("document: {title: t, file: t/t.pdf}\n"));
        if (!has_key(text, "\nbody:")) {
            buffer_add(text, STR("body: []\n"));
        }
    }
}

/* --- running a case ----------------------------------------------------------------------------------------------- */

static struct str told_text(struct arena *arena, const struct diag *diag) {
    struct str file = diag->place.file;
    while (str_find_byte(file, '/') < file.n) {
        file = str_slice(file, str_find_byte(file, '/') + 1, file.n);
    }
    return str_printf(arena, "%s %.*s%s%d:%d", diag_name(diag->code), str_is(file, "t.yaml") ? 0 : (int)file.n, file.p,
                      str_is(file, "t.yaml") ? "" : " ", diag->place.line, diag->place.column);
}

static bool is_expected(struct test_case *test, struct str text) {
    for (size_t i = 0; i < test->told_count; i++) {
        if (str_eq(test->told[i], text)) {
            test->told[i] = STR("");
            return true;
        }
    }
    return false;
}

/* Number of differences, each printed. */
static int compare(struct arena *arena, struct test_case *test, const struct diags *diags) {
    int wrong = 0;
    for (size_t i = 0; i < diags->count; i++) {
        struct str text = told_text(arena, &diags->items[i]);
        if (!is_expected(test, text)) {
            struct str sentence = diag_text(arena, &diags->items[i], LANGUAGE_ENGLISH);
            print_error("%.*s: told %.*s (%.*s)\n", STR_ARG(test->name), STR_ARG(text), STR_ARG(sentence));
            wrong++;
        }
    }
    for (size_t i = 0; i < test->told_count; i++) {
        if (test->told[i].n > 0) {
            print_error("%.*s: not told %.*s\n", STR_ARG(test->name), STR_ARG(test->told[i]));
            wrong++;
        }
    }
    return wrong;
}

static bool any_error(const struct diags *diags, struct str path) {
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (diag_severity(diag->code) == SEVERITY_ERROR && str_eq(diag->place.file, path)) {
            return true;
        }
    }
    return false;
}

/* A layout whose own file has an error is broken; where nothing is wrong none is. */
static int compare_broken(const struct test_case *test, const struct layout_set *set, const struct diags *diags) {
    int wrong = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct layout *layout = set->layouts[i];
        bool own = any_error(diags, layout->path), none = !diags_any(diags, SEVERITY_ERROR);
        if ((own && !layout->broken) || (none && layout->broken)) {
            print_error("%.*s: %.*s is %s\n", STR_ARG(test->name), STR_ARG(layout->name),
                        own ? "not broken" : "broken");
            wrong++;
        }
    }
    return wrong;
}

static int run_case(struct test_case *test) {
    struct arena *arena = arena_create();
    char folder[] = "/tmp/layout-mistakes-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < test->file_count; i++) {
        if (i == 0) {
            complete(&test->texts[i]);
        }
        struct str path = str_printf(arena, "%s/%.*s", folder, STR_ARG(test->files[i]));
        assert_int_equal(file_write(str_c(arena, path), test->texts[i].bytes, test->texts[i].count, false), 0);
    }
    struct diags diags;
    diags_init(&diags, arena);
    struct layout_set *set = layouts_read(folder, NULL, 0, &diags);
    int wrong = compare(arena, test, &diags);
    wrong += compare_broken(test, set, &diags);
    layouts_destroy(set);
    for (size_t i = 0; i < test->file_count; i++) {
        unlink(str_c(arena, str_printf(arena, "%s/%.*s", folder, STR_ARG(test->files[i]))));
        buffer_release(&test->texts[i]);
    }
    rmdir(folder);
    arena_destroy(arena);
    return wrong;
}

static void begin_file(struct test_case *test, struct str name) {
    assert_true(test->file_count < FILES);
    test->files[test->file_count] = name;
    buffer_init(&test->texts[test->file_count]);
    test->file_count++;
}

static void all_cases(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct str rest = STR_NONE;
    assert_int_equal(file_read(arena, CASES, 0, &rest), 0);
    struct test_case test = {0};
    int wrong = 0, count = 0;
    while (rest.n > 0) {
        const struct str line = str_split(rest, '\n', &rest);
        if (str_starts(line, STR("== "))) {
            wrong += count > 0 ? run_case(&test) : 0;
            test = (struct test_case){.name = str_slice(line, 3, line.n)};
            begin_file(&test, STR("t.yaml"));
            count++;
        } else if (str_starts(line, STR("-- "))) {
            begin_file(&test, str_slice(line, 3, line.n));
        } else if (str_starts(line, STR("=> "))) {
            assert_true(test.told_count < TOLD);
            test.told[test.told_count++] = str_trim(str_slice(line, 3, line.n));
        } else if (count > 0 && test.told_count == 0) {
            add_line(&test.texts[test.file_count - 1], line);
        }
    }
    wrong += run_case(&test);
    arena_destroy(arena);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_cases)};
    return cmocka_run_group_tests_name("layout mistakes", tests, NULL, NULL);
}
