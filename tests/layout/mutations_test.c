/* mutations_test.c: example layouts with random damage. Whatever stands in a file, the reader comes to an end, each message
 * has a place in the file, and a layout that isn't broken can be dumped. LAYOUT_MUTATIONS=100000 for a longer run; LAYOUT_SEED
 * for another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"
#include "layout/builder.h"
#include "layout/columns.h"
#include "layout/privacy.h"

static const char *const examples[] = {"archive", "card", "certificate", "common", "register", "theme", "volume"};
enum { EXAMPLES = sizeof examples / sizeof examples[0], ROUNDS = 1500 };

static const char *const parts[] = {"{",  "}",    "|",  "\\", "\n",   "  ",     "：",    "　",   "<",   "^",
                                    "[",  "]",    "'",  "\"", "#",    "- ",     ": ",    "!",    "&a",  "*a",
                                    "\t", "\xff", "//", "…",  "[.a ", "{#sum ", "\n\n",  "\\\n", "|\n", ">\n",
                                    "｜", "“",    "?",  "%",  "\r\n", "{a}",    ".x.y ", "400*", "\0"};

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static size_t below(uint64_t *state, size_t limit) {
    return limit > 0 ? (size_t)(next_random(state) % limit) : 0;
}

static struct str mutate(struct arena *arena, uint64_t *state, struct str text) {
    size_t from = below(state, text.n + 1), to = from + below(state, 12);
    const char *part = parts[below(state, sizeof parts / sizeof parts[0])];
    switch (below(state, 4)) {
    case 0: /* something else in its place */
        return str_join(arena, str_join(arena, str_slice(text, 0, from), str_from(part)), str_slice(text, to, text.n));
    case 1: /* something more */
        return str_join(arena, str_join(arena, str_slice(text, 0, from), str_from(part)),
                        str_slice(text, from, text.n));
    case 2: /* something less */
        return str_join(arena, str_slice(text, 0, from), str_slice(text, to, text.n));
    default: /* a piece from elsewhere */
        to = below(state, text.n);
        return str_join(arena, str_join(arena, str_slice(text, 0, from), str_slice(text, to, to + 40)),
                        str_slice(text, from, text.n));
    }
}

static void places_are_inside(const struct diags *diags, const struct source *source) {
    for (size_t i = 0; i < diags->count; i++) {
        struct place place = diags->items[i].place;
        assert_true(place.line >= 1 && place.column >= 1);
        assert_true((size_t)place.line <= source->line_count);
        size_t from = source->lines[place.line - 1];
        size_t to = (size_t)place.line < source->line_count ? source->lines[place.line] : source->bytes.n;
        assert_true((size_t)place.column <= utf8_count(str_slice(source->bytes, from, to)) + 1);
    }
}

static void read_once(struct arena *arena, struct str text) {
    struct diags diags;
    diags_init(&diags, arena);
    struct reader reader = {.arena = arena, .diags = &diags};
    strmap_init(&reader.told, arena);
    struct source *source = source_from_bytes(&reader, STR("t.yaml"), STR("."), STR("t.yaml"), text);
    struct layout *layout = layout_build(&reader, &source, 1, false);
    places_are_inside(&diags, source);
    if (!layout->broken) {
        struct buffer tree = {0};
        layout_dump(layout, &tree);
        buffer_release(&tree);
    }
    struct privacy_spec privacy = {0};
    privacy_read(&reader, source, &privacy);
    struct columns_spec columns = {0};
    columns_read(&reader, source, &columns);
}

static uint64_t number_from(const char *name, uint64_t otherwise) {
    const char *text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static void mutations(void **state) {
    (void)state;
    struct arena *files = arena_create(), *arena = arena_create();
    struct str texts[EXAMPLES];
    for (size_t i = 0; i < EXAMPLES; i++) {
        char *path = str_c(files, str_printf(files, "tests/layout/examples/%s.yaml", examples[i]));
        assert_int_equal(file_read(files, path, 0, &texts[i]), 0);
    }
    uint64_t seed = number_from("LAYOUT_SEED", 20261125), rounds = number_from("LAYOUT_MUTATIONS", ROUNDS);
    for (uint64_t round = 0; round < rounds; round++) {
        struct str text = texts[below(&seed, EXAMPLES)];
        for (size_t i = below(&seed, 6); i + 1 > 0 && i < 6; i--) {
            text = mutate(arena, &seed, text);
        }
        read_once(arena, text);
        arena_reset(arena);
    }
    arena_destroy(arena);
    arena_destroy(files);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(mutations)};
    return cmocka_run_group_tests_name("layout mutations", tests, NULL, NULL);
}
