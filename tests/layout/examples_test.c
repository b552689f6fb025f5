/* examples_test.c: the examples of messages about layouts (base/examples.def) are tried: the wrong one gives its message, the
 * right one doesn't. Those that show a command, a remark in brackets or privacy.yaml are for people only. */
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

static bool has_key(struct str text, const char *key) {
    return str_starts(text, str_from(key + 1)) || str_find(text, str_from(key)) < text.n;
}

/* A layout of its own: what an example doesn't say is plain. */
static void write_layout(struct arena *arena, struct str path, const char *example) {
    struct buffer file = {0};
    const struct str text = str_from(example);
    const bool whole = has_key(text, "\ndocument:");
    buffer_add(&file, whole ? STR_NONE : STR("document: {title: t, file: t/t.pdf}\n"));
    buffer_add(&file, text);
    buffer_add(&file, STR("\n"));
    buffer_add(&file, whole || has_key(text, "\nbody:") ? STR_NONE : STR("body: []\n"));
    assert_int_equal(file_write(str_c(arena, path), file.bytes, file.count, false), 0);
    buffer_release(&file);
}

static bool gives(struct arena *arena, const char *example, enum diag_code code) {
    char folder[] = "/tmp/layout-example-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const struct str path = str_printf(arena, "%s/t.yaml", folder);
    write_layout(arena, path, example);
    struct diags diags;
    diags_init(&diags, arena);
    struct layout_set *set = layouts_read(folder, NULL, 0, &diags);
    bool found = false;
    for (size_t i = 0; i < diags.count; i++) {
        found = found || diags.items[i].code == code;
    }
    layouts_destroy(set);
    unlink(str_c(arena, path));
    rmdir(folder);
    return found;
}

static void examples_give_their_message(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    size_t tried = 0;
    size_t wrong = 0;
    for (enum diag_code code = 0; code < DIAG_CODE_COUNT; code++) {
        const struct diag_example example = diag_example(code);
        if (diag_name(code)[0] != 'L' || example.wrong[0] == '(' || example.wrong[0] == '$') {
            continue;
        }
        tried++;
        if (!gives(arena, example.wrong, code)) {
            print_error("%s isn't given by its example\n", diag_name(code));
            wrong++;
        }
        if (gives(arena, example.right, code)) {
            print_error("%s is given by what is right\n", diag_name(code));
            wrong++;
        }
    }
    assert_true(tried > 60);
    assert_int_equal(wrong, 0);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(examples_give_their_message)};
    return cmocka_run_group_tests_name("layout examples", tests, NULL, NULL);
}
