/* manual_test.c: layouts/README.md is held against the program: its tables of keys and filters are those of the program, and each
 * of its YAML examples reads without a mistake. DOSSIER_ACCEPT=1 writes the tables anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "layout/layout.h"
#include "layout/schema.h"

#define MANUAL "layouts/README.md"

static struct str manual(struct arena *arena) {
    struct str text = STR_NONE;
    assert_int_equal(file_read(arena, MANUAL, 0, &text), 0);
    return text;
}

/* What stands between `<!-- NAME -->` and `<!-- end of NAME -->` is what the program writes. */
static void part_is_written(const char *name, void (*write)(struct buffer *out)) {
    struct arena *arena = arena_create();
    struct str text = manual(arena), begin = str_printf(arena, "<!-- %s -->\n\n", name);
    size_t from = str_find(text, begin) + begin.n, to = str_find(text, str_printf(arena, "<!-- end of %s -->", name));
    assert_true(from <= to && to < text.n);
    struct buffer part = {0}, whole = {0};
    write(&part);
    if (getenv("DOSSIER_ACCEPT") != NULL) {
        buffer_add(&whole, str_slice(text, 0, from));
        buffer_add(&whole, buffer_str(&part));
        buffer_add(&whole, str_slice(text, to, text.n));
        assert_int_equal(file_write(MANUAL, whole.bytes, whole.count, false), 0);
    } else {
        assert_true(str_eq(str_slice(text, from, to), buffer_str(&part)));
    }
    buffer_release(&part);
    buffer_release(&whole);
    arena_destroy(arena);
}

static void keys(void **state) {
    (void)state;
    part_is_written("keys", schema_manual);
}

static void filters(void **state) {
    (void)state;
    part_is_written("filters", schema_manual_filters);
}

/* --- examples ----------------------------------------------------------------------------------------------------- */

/* What an example needs to be a whole layout; it may name these queries. */
static const char preamble[] = "document: {title: t, file: t/t.pdf}\n"
                               "queries: {children: SELECT 1, family: SELECT 1, talks: SELECT 1, exams: SELECT 1, "
                               "subjects: SELECT 1, marks: SELECT 1, daily: SELECT 1, totals: SELECT 1}\n";

static void write_example(struct arena *arena, struct str path, struct str example, size_t line) {
    struct buffer file = {0};
    struct str all = str_join(arena, STR("\n"), example);
    bool has_document = str_find(all, STR("\ndocument:")) < all.n, is_list = str_starts(example, STR("- "));
    if (!has_document) {
        buffer_add(&file, str_from(preamble));
        buffer_add(&file, is_list ? STR("body:\n") : STR(""));
    }
    buffer_add(&file, example);
    if (!has_document && !is_list && str_find(all, STR("\nbody:")) == all.n) {
        buffer_add(&file, STR("body: []\n"));
    }
    buffer_printf(&file, "# %zu\n", line);
    assert_int_equal(file_write(str_c(arena, path), file.bytes, file.count, false), 0);
    buffer_release(&file);
}

/* Number of errors, each told with the example's line in the manual. */
static int read_example(struct arena *arena, struct str example, size_t line) {
    char folder[] = "/tmp/layout-manual-XXXXXX";
    assert_non_null(mkdtemp(folder));
    bool privacy = str_starts(example, STR("columns:"));
    struct str path = str_printf(arena, "%s/%s.yaml", folder, privacy ? "privacy" : "t");
    struct str theme = str_printf(arena, "%s/theme.yaml", folder), shared = STR_NONE;
    assert_int_equal(file_read(arena, "layouts/theme.yaml", 0, &shared), 0);
    assert_int_equal(file_write(str_c(arena, theme), shared.p, shared.n, false), 0);
    if (privacy) {
        assert_int_equal(file_write(str_c(arena, path), example.p, example.n, false), 0);
    } else {
        write_example(arena, path, example, line);
    }
    struct diags diags;
    diags_init(&diags, arena);
    struct layout_set *set = layouts_read(folder, NULL, 0, &diags);
    int wrong = 0;
    for (size_t i = 0; i < diags.count; i++) {
        if (diag_severity(diags.items[i].code) == SEVERITY_ERROR) {
            struct str said =
                diag_format(arena, &diags.items[i], LANGUAGE_ENGLISH, layouts_source(set, diags.items[i].place.file));
            print_error("example in line %zu:\n%.*s\n", line, STR_ARG(said));
            wrong++;
        }
    }
    layouts_destroy(set);
    unlink(str_c(arena, path));
    unlink(str_c(arena, theme));
    rmdir(folder);
    return wrong;
}

static void examples(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct str rest = manual(arena);
    const struct str fence = STR("```yaml\n"), end = STR("```\n");
    size_t line = 1, count = 0;
    int wrong = 0;
    for (bool inside = false; rest.n > 0; line++) {
        if (!inside && str_starts(rest, fence)) {
            struct str example = str_slice(rest, fence.n, rest.n);
            wrong += read_example(arena, str_slice(example, 0, str_find(example, str_join(arena, STR("\n"), end)) + 1),
                                  line);
            count++;
            inside = true;
        } else if (str_starts(rest, STR("```"))) {
            inside = !inside;
        }
        str_split(rest, '\n', &rest);
    }
    assert_true(count >= 10);
    assert_int_equal(wrong, 0);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(keys), cmocka_unit_test(filters), cmocka_unit_test(examples)};
    return cmocka_run_group_tests_name("layout manual", tests, NULL, NULL);
}
