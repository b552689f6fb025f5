/* layout_test.c: the trees of the example layouts (tests/layout/examples, each beside its golden NAME.tree), places in SQL, and
 * files that are made to hurt. DOSSIER_ACCEPT=1 writes the goldens anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "layout/layout.h"

#define EXAMPLES "tests/layout/examples"

static void trees(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    struct layout_set *set = layouts_read(EXAMPLES, NULL, 0, &diags);
    assert_non_null(set);
    assert_int_equal(diags.count, 0);
    for (size_t i = 0; i < set->count; i++) {
        struct buffer tree = {0};
        struct str golden = STR_NONE;
        char *path = str_c(arena, str_printf(arena, EXAMPLES "/%.*s.tree", STR_ARG(set->layouts[i]->name)));
        layout_dump(set->layouts[i], &tree);
        if (getenv("DOSSIER_ACCEPT") != NULL) {
            assert_int_equal(file_write(path, tree.bytes, tree.count, false), 0);
        }
        assert_int_equal(file_read(arena, path, 0, &golden), 0);
        buffer_byte(&tree, '\0');
        assert_string_equal(tree.bytes, str_c(arena, golden));
        buffer_release(&tree);
    }
    layouts_destroy(set);
    arena_destroy(arena);
}

/* --- texts in a folder of their own ------------------------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    struct diags diags;
    struct layout_set *set;
};

static struct reading read_text(struct str text, const struct str *names, size_t name_count) {
    struct reading reading = {.arena = arena_create()};
    char folder[] = "/tmp/layout-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *path = str_c(reading.arena, str_printf(reading.arena, "%s/t.yaml", folder));
    assert_int_equal(file_write(path, text.p, text.n, false), 0);
    diags_init(&reading.diags, reading.arena);
    reading.set = layouts_read(folder, names, name_count, &reading.diags);
    unlink(path);
    rmdir(folder);
    assert_non_null(reading.set);
    return reading;
}

static void reading_end(struct reading *reading) {
    layouts_destroy(reading->set);
    arena_destroy(reading->arena);
}

static void places_in_sql(void **state) {
    (void)state;
    struct reading r = read_text(STR("document: {title: t, file: t/t.pdf}\n"
                                     "queries:\n"
                                     "  a: |\n"
                                     "    SELECT 名, x\n"
                                     "      FROM t\n"
                                     "  b: \"SELECT \\u4e00,\n"
                                     "      y\"\n"
                                     "body: []\n"),
                                 NULL, 0);
    const struct layout *layout = r.set->layouts[0];
    struct place comma = named_query_place(&layout->queries[0], strlen("SELECT 名"));
    assert_int_equal(comma.line, 4);
    assert_int_equal(comma.column, 13);
    struct place from = named_query_place(&layout->queries[0], strlen("SELECT 名, x\n  "));
    assert_int_equal(from.line, 5);
    assert_int_equal(from.column, 7);
    struct place folded = named_query_place(&layout->queries[1], strlen("SELECT 一, "));
    assert_int_equal(folded.line, 7);
    assert_int_equal(folded.column, 7);
    assert_int_equal(layout->queries[0].line_count, 2);
    assert_int_equal(layout->queries[0].lines[1].line, 5);
    assert_int_equal(layout->queries[0].lines[1].column, 5);
    reading_end(&r);
}

static void names_narrow(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct diags diags;
    diags_init(&diags, arena);
    const struct str names[] = {STR_INIT("card")};
    struct layout_set *set = layouts_read(EXAMPLES "/", names, 1, &diags);
    assert_int_equal(set->count, 1);
    assert_non_null(layouts_find(set, STR("card")));
    assert_null(layouts_find(set, STR("archive")));
    assert_int_equal(set->application_id, 0x4C534554);
    assert_int_equal(set->user_version, 1);
    assert_true(set->calendar.semester.sql.n > 0);
    assert_true(layouts_source(set, STR(EXAMPLES "/card.yaml")).n > 0);
    assert_null(layouts_source(set, STR("nothing")).p);
    layouts_destroy(set);
    assert_null(layouts_read("tests/layout/no-such-folder", NULL, 0, &diags));
    assert_int_equal(diags.items[diags.count - 1].code, DIAG_B101);
    arena_destroy(arena);
}

/* --- files that hurt: told, and in linear time -------------------------------------------------------------------- */

static double seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static void hurts(struct buffer *text, enum diag_code code) {
    double start = seconds();
    struct reading r = read_text(buffer_str(text), NULL, 0);
    bool told = code == DIAG_CODE_COUNT && r.diags.count == 0;
    for (size_t i = 0; i < r.diags.count; i++) {
        told = told || r.diags.items[i].code == code;
    }
    assert_true(told);
    assert_true(r.diags.count <= 2);
    assert_true(seconds() - start < 20); /* also under valgrind; a quadratic one takes hours */
    reading_end(&r);
    buffer_release(text);
}

static void repeat(struct buffer *text, const char *part, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_add(text, str_from(part));
    }
}

static struct buffer begin(const char *start) {
    struct buffer text = {0};
    repeat(&text, "document: {title: t, file: t/t.pdf}\n", 1);
    repeat(&text, start, 1);
    return text;
}

static void nesting(void **state) {
    (void)state;
    struct buffer brackets = begin("body: ");
    repeat(&brackets, "[", 1 << 20);
    hurts(&brackets, DIAG_L112);
    struct buffer dashes = begin("body:\n");
    repeat(&dashes, "- ", 1 << 19);
    hurts(&dashes, DIAG_L112);
}

static void large_file(void **state) {
    (void)state;
    struct buffer text = begin("#");
    repeat(&text, "0123456789abcdef", (1 << 18) + 1);
    hurts(&text, DIAG_L113);
}

static void large_texts(void **state) {
    (void)state;
    struct buffer line = begin("body:\n- text: |\n    ");
    repeat(&line, "字{name}[.x y]", 1 << 14);
    repeat(&line, "\nstyles: {x: {}}\n", 1);
    hurts(&line, DIAG_CODE_COUNT);
    struct buffer quoted = begin("body:\n- text: \"");
    repeat(&quoted, "{name} \\u4e00\n\n  ", 1 << 14);
    repeat(&quoted, "\"\n", 1);
    hurts(&quoted, DIAG_CODE_COUNT);
    struct buffer spaces = begin("body:\n- text: \"");
    repeat(&spaces, "        ", 1 << 15);
    repeat(&spaces, "{name}\"\n", 1);
    hurts(&spaces, DIAG_CODE_COUNT);
}

static void large_table(void **state) {
    (void)state;
    struct buffer text = begin("body:\n- table:\n    rows: |\n");
    for (size_t row = 0; row < 2000; row++) {
        repeat(&text, "      a | {b}", 1);
        repeat(&text, row > 0 ? " | ^ | <" : " | c | <", 8);
        repeat(&text, "\n", 1);
    }
    hurts(&text, DIAG_CODE_COUNT);
}

static void many_braces(void **state) {
    (void)state;
    struct buffer text = begin("body:\n- text: |\n    ");
    repeat(&text, "{", 1 << 18);
    repeat(&text, "\n", 1);
    hurts(&text, DIAG_L305);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),       cmocka_unit_test(places_in_sql), cmocka_unit_test(names_narrow),
        cmocka_unit_test(nesting),     cmocka_unit_test(large_file),    cmocka_unit_test(large_texts),
        cmocka_unit_test(large_table), cmocka_unit_test(many_braces),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
