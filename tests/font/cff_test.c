/* CFF tables of each kind, made here byte by byte, read, written small and read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "font/cff.h"

enum { GLYPHS = 6, FDS = 2 };

struct kind {
    bool cid_keyed;
    int charset_format, fd_select_format;
};
static const struct kind kinds[] = {{false, 0, 0}, {true, 0, 0}, {true, 1, 3}, {true, 2, 3}};

/* CIDs 0, 10, 11, 12, 500, 501; the font DICTs of the glyphs are 0 0 0 1 1 0. */
static const uint16_t cids[GLYPHS] = {0, 10, 11, 12, 500, 501};
static const uint8_t fds[GLYPHS] = {0, 0, 0, 1, 1, 0};

static void put(struct buffer *out, uint32_t value, int bytes) {
    while (bytes-- > 0) {
        buffer_byte(out, (char)(value >> 8 * bytes));
    }
}

static void put_index(struct buffer *out, const struct str *items, size_t count) {
    uint32_t offset = 1;
    put(out, (uint32_t)count, 2);
    if (count == 0) {
        return;
    }
    put(out, 2, 1);
    put(out, offset, 2);
    for (size_t i = 0; i < count; i++) {
        put(out, offset += (uint32_t)items[i].n, 2);
    }
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, items[i]);
    }
}

static void put_entry(struct buffer *out, uint32_t value, uint32_t op) {
    put(out, 29, 1);
    put(out, value, 4);
    put(out, op, op > 255 ? 2 : 1);
}

static struct str outline(struct arena *arena, int glyph) {
    return str_printf(arena, "%c\x8C\x15\x0E", 140 + glyph); /* glyph + 1, 1, rmoveto, endchar */
}

static void put_charset(struct buffer *out, int format) {
    put(out, (uint32_t)format, 1);
    if (format == 0) {
        for (int i = 1; i < GLYPHS; i++) {
            put(out, cids[i], 2);
        }
        return;
    }
    put(out, 10, 2);
    put(out, 2, format);
    put(out, 500, 2);
    put(out, 1, format);
}

static void put_fd_select(struct buffer *out, int format) {
    put(out, (uint32_t)format, 1);
    if (format == 0) {
        buffer_append(out, fds, GLYPHS);
        return;
    }
    static const char ranges[] = {0, 3, 0, 0, 0, 0, 3, 1, 0, 5, 0, 0, GLYPHS};
    buffer_append(out, ranges, sizeof ranges);
}

/* Offsets of the parts; made twice, since they stand in the top DICT that is in front of them. */
struct places {
    uint32_t charset, select, strings, array, privates;
};

static void put_table(struct arena *arena, struct buffer *out, struct kind kind, struct places *at) {
    struct buffer top = {0}, dicts[FDS] = {{0}};
    struct str outlines[GLYPHS], strings[] = {STR("Adobe"), STR("Other"), STR("Kana"), STR("Han")};
    struct str name = STR("Test"), dict_items[FDS];
    buffer_append(out, "\1\0\4\2", 4);
    put_index(out, &name, 1);
    if (kind.cid_keyed) {
        buffer_append(&top, "\xF8\x1B\xF8\x1C\x8B\x0C\x1E", 7); /* 391 392 0 ROS */
    }
    buffer_append(&top, "\x8B\x8C\x1E\xA1\x4F\x8D\x05", 7); /* 0 1 (a real) 2 FontBBox */
    put_entry(&top, at->strings, 17);
    if (kind.cid_keyed) {
        put_entry(&top, at->charset, 15);
        put_entry(&top, at->select, 0x0C25);
        put_entry(&top, at->array, 0x0C24);
    } else {
        put(&top, 139 + 4, 1);
        put_entry(&top, at->privates, 18);
    }
    struct str top_item = buffer_str(&top);
    put_index(out, &top_item, 1);
    put_index(out, strings, 4);
    put_index(out, NULL, 0);
    at->charset = (uint32_t)out->count;
    put_charset(out, kind.charset_format);
    at->select = (uint32_t)out->count;
    put_fd_select(out, kind.fd_select_format);
    at->strings = (uint32_t)out->count;
    for (int i = 0; i < GLYPHS; i++) {
        outlines[i] = outline(arena, i);
    }
    put_index(out, outlines, GLYPHS);
    for (uint32_t i = 0; i < FDS; i++) {
        put_entry(&dicts[i], 393 + i, 0x0C26);
        put(&dicts[i], 139 + 4, 1);
        put_entry(&dicts[i], at->privates + 4 * i, 18);
        dict_items[i] = buffer_str(&dicts[i]);
    }
    at->array = (uint32_t)out->count;
    put_index(out, dict_items, FDS);
    at->privates = (uint32_t)out->count;
    buffer_append(out, "\x90\x14\x91\x15", 4); /* 5 defaultWidthX 6 nominalWidthX */
    buffer_append(out, "\x92\x0B\x93\x15", 4); /* 7 StdVW 8 nominalWidthX */
    buffer_release(&top);
    for (int i = 0; i < FDS; i++) {
        buffer_release(&dicts[i]);
    }
}

static struct str make_table(struct arena *arena, struct kind kind) {
    struct places places = {0};
    struct buffer out = {0};
    for (int round = 0; round < 2; round++) {
        buffer_clear(&out);
        put_table(arena, &out, kind, &places);
    }
    const struct str table = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return table;
}

static uint16_t cid_of(const struct cff *cff, uint16_t glyph) {
    return cff->cids != NULL ? cff->cids[glyph] : glyph;
}

/* Glyphs 0, 2, 4 and 5 alone. */
static void check_small(struct arena *arena, const struct cff *cff, struct kind kind) {
    static const uint16_t kept[] = {0, 2, 4, 5};
    struct buffer outlines[4] = {{0}};
    struct cff_item items[4];
    struct buffer out = {0};
    struct cff small;
    for (int i = 0; i < 4; i++) {
        assert_true(cff_flatten(cff, kept[i], &outlines[i]));
        assert_true(str_eq(buffer_str(&outlines[i]), outline(arena, kept[i])));
        items[i] = (struct cff_item){kept[i], cid_of(cff, kept[i]), outlines[i].count};
    }
    cff_write_head(cff, items, 4, &out);
    for (int i = 0; i < 4; i++) {
        buffer_add(&out, buffer_str(&outlines[i]));
    }
    assert_true(cff_read_in(arena, buffer_str(&out), 4, &small));
    assert_true(small.cid_keyed);
    assert_true(str_is(small.name, "Test"));
    assert_true(str_eq(small.bounds, cff->bounds));
    assert_int_equal(small.fd_count, kind.cid_keyed ? 2 : 1);
    for (uint16_t i = 0; i < 4; i++) {
        assert_int_equal(cid_of(&small, i), kind.cid_keyed ? cids[kept[i]] : kept[i]);
        assert_int_equal(small.fd_of[i], kind.cid_keyed ? fds[kept[i]] : 0);
        assert_true(str_eq(cff_index_item(&small.char_strings, i), buffer_str(&outlines[i])));
        buffer_release(&outlines[i]);
    }
    assert_true(str_eq(small.fds[0].widths, cff->fds[0].widths));
    assert_true(str_is(small.fds[0].name, kind.cid_keyed ? "Kana" : "Test"));
    buffer_release(&out);
}

static void every_kind_is_read_and_written(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct arena *arena = arena_create();
        struct str table = make_table(arena, kinds[k]);
        struct cff cff;
        assert_true(cff_read_in(arena, table, GLYPHS, &cff));
        assert_int_equal(cff.cid_keyed, kinds[k].cid_keyed);
        assert_true(str_is(cff.name, "Test"));
        assert_int_equal(cff.bounds.n, 7);
        for (uint16_t i = 0; i < GLYPHS; i++) {
            assert_int_equal(cid_of(&cff, i), kinds[k].cid_keyed ? cids[i] : i);
            assert_int_equal(cff.fd_of ? cff.fd_of[i] : 0, kinds[k].cid_keyed ? fds[i] : 0);
        }
        assert_true(str_eq(cff.fds[0].widths, STR("\x90\x14\x91\x15")));
        if (kinds[k].cid_keyed) {
            assert_true(str_eq(cff.fds[1].widths, STR("\x93\x15"))); /* StdVW is a hint */
        }
        check_small(arena, &cff, kinds[k]);
        assert_false(cff_read_in(arena, table, GLYPHS + 1, &cff));
        arena_destroy(arena);
    }
}

/* In a block of exactly its size, so that a sanitizer sees a read beyond it. */
static void read_exactly(struct str bytes) {
    struct arena *arena = arena_create();
    struct cff cff;
    char *exact = malloc(bytes.n ? bytes.n : 1);
    memcpy(exact, bytes.p, bytes.n);
    const struct str table = {exact, bytes.n};
    struct buffer room = {0};
    if (cff_read_in(arena, table, GLYPHS, &cff)) {
        for (size_t i = 0; i < GLYPHS; i++) {
            cff_flatten(&cff, i, &room);
        }
    }
    buffer_release(&room);
    free(exact);
    arena_destroy(arena);
}

static void damage_stays_within_bounds(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const struct str table = make_table(arena, kinds[k]);
        for (size_t n = 0; n < table.n; n++) {
            read_exactly(str_slice(table, 0, n));
        }
        for (size_t at = 0; at < table.n; at++) {
            for (int value = 0; value < 256; value += 15) {
                char *changed = arena_copy(arena, table.p, table.n);
                changed[at] = (char)value;
                read_exactly((struct str){changed, table.n});
            }
        }
    }
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_read_and_written),
        cmocka_unit_test(damage_stays_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
