/* Outlines with subroutines and hints, made here byte by byte, flattened: what comes out, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "font/cff.h"

enum { MOST = 1 << 12 };

/* Bytes as hexadecimal digits; blanks are for the eye. */
static struct str bytes_of(struct arena *arena, const char *digits) {
    char *bytes = arena_alloc(arena, strlen(digits)), pair[3] = {0};
    size_t count = 0;
    for (; *digits; digits++) {
        if (*digits != ' ') {
            pair[0] = digits[0];
            pair[1] = *++digits;
            bytes[count++] = (char)strtol(pair, NULL, 16);
        }
    }
    return (struct str){bytes, count};
}

/* An INDEX of these, up to the first NULL. */
static struct cff_index index_of(struct arena *arena, const char *const *items, size_t most) {
    char *table = arena_alloc(arena, MOST);
    struct cff_index index = {.offset_bytes = 2};
    while (index.count < most && items[index.count] != NULL) {
        index.count++;
    }
    size_t end = index.data = 2 * (index.count + 1) - 1;
    for (size_t i = 0; i <= index.count; i++) {
        table[2 * i] = (char)((end + 1 - index.data) >> 8);
        table[2 * i + 1] = (char)(end + 1 - index.data);
        if (i == index.count) {
            break;
        }
        const struct str item = bytes_of(arena, items[i]);
        memcpy(table + end + 1, item.p, item.n);
        end += item.n;
    }
    index.table = (struct str){table, end + 1};
    index.end = end + 1;
    return index;
}

/* 8B is 0, 8C is 1; 20 is -107, the first subroutine of few; 0A calls a local one, 1D a global one; 15 rmoveto, 16 hmoveto,
 * 05 rlineto, 0E endchar. */
static const struct {
    const char *what, *outline, *local[2], *global[2], *want;
} cases[] = {
    {"nothing to do", "8C8C15 8C8C05 0E", {0}, {0}, "8C8C15 8C8C05 0E"},
    {"a local subroutine", "8C8C15 200A 0E", {"8C8C05 0B"}, {0}, "8C8C15 8C8C05 0E"},
    {"a global subroutine", "8C8C15 201D 0E", {0}, {"8C8C05 0B"}, "8C8C15 8C8C05 0E"},
    {"operands for a subroutine", "8C 20 0A 0E", {"8D 15 0B"}, {0}, "8C8D15 0E"},
    {"an end in a subroutine", "8C8C15 200A", {"0E"}, {0}, "8C8C15 0E"},
    {"one that calls another", "200A 0E", {"8C8C15 201D 0B"}, {"8C8C05 0B"}, "8C8C15 8C8C05 0E"},
    {"a width in front of a move", "8F 8C8C15 0E", {0}, {0}, "8F 8C8C15 0E"},
    {"a width in front of hints", "8F 8C8C 01 8C8C 03 8C8C15 0E", {0}, {0}, "8F 8C8C15 0E"},
    {"hints without a width", "8C8C 01 8C8C15 0E", {0}, {0}, "8C8C15 0E"},
    {"a mask of two stems", "8C8C 12 8C8C 13 C0 8C 16 0E", {0}, {0}, "8C 16 0E"},
    {"a mask whose byte looks like an operator", "8C8C8C8C 12 13 0E 8C 16 0E", {0}, {0}, "8C 16 0E"},
    {"a mask of nine stems has two bytes",
     "8C8C8C8C8C8C8C8C 8C8C8C8C8C8C8C8C 8C8C 12 13 0E0E 8C 16 0E",
     {0},
     {0},
     "8C 16 0E"},
    {"a width in front of a mask", "8F 8C8C 13 80 8C8C15 0E", {0}, {0}, "8F 8C8C15 0E"},
    {"hints in a subroutine", "8F 200A 8C8C15 0E", {"8C8C 01 0B"}, {0}, "8F 8C8C15 0E"},
    {"a width alone", "8F 0E", {0}, {0}, "8F 0E"},
    {"numbers of every size", "1C0100 F701 15 FB01 FF00018000 05 0E", {0}, {0}, "1C0100 F701 15 FB01 FF00018000 05 0E"},
    {"a flex", "8C8C15 8C8C8C8C8C8C8C 0C22 0E", {0}, {0}, "8C8C15 8C8C8C8C8C8C8C 0C22 0E"},
    /* refused */
    {"two glyphs put together (seac)", "8C8C8D8E 0E", {0}, {0}, NULL},
    {"and with a width", "8F8C8C8D8E 0E", {0}, {0}, NULL},
    {"calculation", "8C8C 0C0A 8C 15 0E", {0}, {0}, NULL},
    {"no end", "8C8C15", {0}, {0}, NULL},
    {"nothing", "", {0}, {0}, NULL},
    {"a number that is cut off", "8C8C15 1C01", {0}, {0}, NULL},
    {"a mask that is cut off", "8C8C 12 13", {0}, {0}, NULL},
    {"a subroutine that isn't there", "210A 0E", {"0B"}, {0}, NULL},
    {"none at all", "200A 0E", {0}, {0}, NULL},
    {"a call of nothing", "0A 0E", {"0B"}, {0}, NULL},
    {"one that calls itself", "200A 0E", {"200A 0B"}, {0}, NULL},
    {"a return from the outline", "8C8C15 0B 0E", {0}, {0}, NULL},
    {"too many operands",
     "8C8C8C8C8C8C8C8C8C8C 8C8C8C8C8C8C8C8C8C8C 8C8C8C8C8C8C8C8C8C8C 8C8C8C8C8C8C8C8C8C8C 8C8C8C8C8C8C8C8C8C8C 05 0E",
     {0},
     {0},
     NULL},
    {"an operator that isn't one", "8C8C15 02 0E", {0}, {0}, NULL},
};

static void outlines_are_flattened_or_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_create();
        struct cff_fd fd = {.subroutines = index_of(arena, cases[i].local, 2)};
        struct cff cff = {.glyph_count = 1,
                          .fds = &fd,
                          .fd_count = 1,
                          .char_strings = index_of(arena, &cases[i].outline, 1),
                          .subroutines = index_of(arena, cases[i].global, 2)};
        struct buffer out = {0};
        bool good = cff_flatten(&cff, 0, &out);
        if (good != (cases[i].want != NULL)) {
            fail_msg("%s: %s", cases[i].what, good ? "taken" : "refused");
        }
        if (good && !str_eq(buffer_str(&out), bytes_of(arena, cases[i].want))) {
            fail_msg("%s: not as wanted", cases[i].what);
        }
        assert_false(cff_flatten(&cff, 1, &out));
        buffer_release(&out);
        arena_destroy(arena);
    }
}

/* 1C is a number of two bytes; 8B 8C 8D are 0 1 2, FF a fraction. The private DICT has 500 as default and 600 as nominal width. */
static const struct {
    const char *what, *outline, *want;
} widened[] = {
    {"no width yet", "8C8C15 8C8C05 0E", "1C0019 8C8C15 8C8C05 0E"},
    {"a width of one byte", "8D8C8C15 8C8C05 0E", "1C007F 8C8C15 8C8C05 0E"},
    {"a width of two bytes", "F7008C8C15 0E", "1C00E9 8C8C15 0E"},
    {"a width of three bytes", "1C02008C16 0E", "1C027D 8C16 0E"},
    {"a blank", "0E", "1C0019 0E"},
    {"a blank with a width", "8D0E", "1C007F 0E"},
    {"a fraction", "FF00010000 8C16 0E", NULL},
    {"too wide", "1C7FF0 8C16 0E", NULL},
    {"it draws without a move", "8C8C05 0E", NULL},
    {"too many operands", "8C8C8C8C15 0E", NULL},
    {"no operator", "8C8C", NULL},
    {"nothing", "", NULL},
};

static void a_width_is_changed_and_nothing_else(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct cff_fd fd = {.default_width = 500, .nominal_width = 600};
    const struct cff cff = {.glyph_count = 1, .fds = &fd, .fd_count = 1};
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof widened / sizeof *widened; i++) {
        const struct str outline = bytes_of(arena, widened[i].outline);
        size_t head;
        const bool good = cff_widen(&cff, 0, outline, 125, &out, &head);
        if (good != (widened[i].want != NULL) ||
            (good && !str_eq(buffer_str(&out), bytes_of(arena, widened[i].want)))) {
            fail_msg("%s: %s", widened[i].what, good ? "not as wanted" : "refused");
        }
        assert_true(!good ||
                    (head == 3 && out.count - head <= outline.n &&
                     memcmp(out.bytes + head, outline.p + outline.n - (out.count - head), out.count - head) == 0));
        fd.broken_widths = true;
        assert_false(cff_widen(&cff, 0, outline, 125, &out, &head));
        fd.broken_widths = false;
    }
    buffer_release(&out);
    arena_destroy(arena);
}

/* Each subroutine calls the next often, and the last does what `last` says: a few bytes that would go on for hours. */
static void check_bomb(const char *last) {
    enum { DEPTH = 9, CALLS = 60 };
    struct arena *arena = arena_create();
    const char *items[DEPTH], *outline = "200A 0E";
    for (int i = 0; i + 1 < DEPTH; i++) {
        char *calls = arena_alloc(arena, 4 * CALLS + 3);
        for (int k = 0; k < CALLS; k++) {
            snprintf(calls + 4 * k, 5, "%02X0A", 0x21 + i);
        }
        memcpy(calls + 4 * CALLS, "0B", 3);
        items[i] = calls;
    }
    items[DEPTH - 1] = last;
    struct cff_fd fd = {.subroutines = index_of(arena, items, DEPTH)};
    struct cff cff = {.glyph_count = 1, .fds = &fd, .fd_count = 1, .char_strings = index_of(arena, &outline, 1)};
    struct buffer out = {0};
    assert_false(cff_flatten(&cff, 0, &out));
    buffer_release(&out);
    arena_destroy(arena);
}

static void bombs_are_refused(void **state) {
    (void)state;
    check_bomb("0B");
    check_bomb("8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 8C8C05 0B");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlines_are_flattened_or_refused),
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(a_width_is_changed_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
