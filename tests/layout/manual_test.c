/* manual_test.c: the tables of keys and filters in layouts/README.md are those of the program. DOSSIER_ACCEPT=1 writes them anew.
 * Its examples are printed by tests/manual/examples.test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(keys), cmocka_unit_test(filters)};
    return cmocka_run_group_tests_name("layout manual", tests, NULL, NULL);
}
