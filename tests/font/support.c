#include "support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <hb-ot.h>
#include <zlib.h>

static void inflate_stream(const struct buffer *stream, size_t most, struct buffer *out) {
    uLongf size = most;
    Bytef *room = (Bytef *)buffer_reserve(out, most);
    assert_int_equal(uncompress(room, &size, (const Bytef *)stream->bytes, stream->count), Z_OK);
    out->count = size;
}

static void make(enum way way, const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                 struct plain_font *out) {
    enum { MAP = 2 * 65536 };
    struct font_program made = {0};
    *out = (struct plain_font){0};
    assert_true(way == JOINED ? font_join(face, used, copies, &made) : font_cut(face, used, &made, &out->bytes));
    if (way == JOINED) {
        inflate_stream(&made.stream, made.raw_count, &out->bytes);
    }
    assert_int_equal(out->bytes.count, made.raw_count);
    if (made.kind == FONT_TRUETYPE) {
        inflate_stream(&made.cid_to_gid, MAP, &out->map);
    }
    out->kind = made.kind;
    font_program_release(&made);
}

void plain_font_make(enum way way, const struct face *face, const struct glyph_set *used, struct plain_font *out) {
    make(way, face, used, &(struct glyph_copies){0}, out);
}

void plain_font_copied(const struct face *face, const struct glyph_set *used, const struct glyph_copies *copies,
                       struct plain_font *out) {
    make(JOINED, face, used, copies, out);
    struct font_program made = {0};
    struct buffer plain = {0};
    assert_true(font_join_plain(face, used, copies, &made, &plain));
    assert_true(str_eq(buffer_str(&plain), buffer_str(&out->bytes)));
    buffer_release(&plain);
    font_program_release(&made);
}

void plain_font_release(struct plain_font *font) {
    buffer_release(&font->bytes);
    buffer_release(&font->map);
}

/* --- drawing */

static void add(void *out, char verb, const float *points, size_t count) {
    buffer_byte(out, verb);
    buffer_append(out, points, count * sizeof *points);
}

static void on_move(hb_draw_funcs_t *funcs, void *out, hb_draw_state_t *at, float x, float y, void *data) {
    (void)funcs, (void)at, (void)data;
    add(out, 'm', (const float[]){x, y}, 2);
}

static void on_line(hb_draw_funcs_t *funcs, void *out, hb_draw_state_t *at, float x, float y, void *data) {
    (void)funcs, (void)at, (void)data;
    add(out, 'l', (const float[]){x, y}, 2);
}

static void on_curve(hb_draw_funcs_t *funcs, void *out, hb_draw_state_t *at, float x1, float y1, float x2, float y2,
                     float x, float y, void *data) {
    (void)funcs, (void)at, (void)data;
    add(out, 'c', (const float[]){x1, y1, x2, y2, x, y}, 6);
}

struct str drawn(struct arena *arena, hb_font_t *font, hb_codepoint_t glyph) {
    struct buffer out = {0};
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, on_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, on_curve, NULL, NULL);
    hb_font_get_glyph_shape(font, glyph, funcs, &out);
    const struct str steps = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    hb_draw_funcs_destroy(funcs);
    return steps;
}

/* --- fonts */

/* How many outlines a CFF of ours or HarfBuzz's has: maxp, which it lacks, must say so. Its top DICT holds their offset as a 5-byte
 * number or a shorter one in front of the operator 17. */
static size_t count_cff(const char *bytes, size_t count) {
    for (size_t at = 4; at + 5 < count; at++) {
        const uint8_t *p = (const uint8_t *)bytes + at;
        size_t offset = 0;
        if (p[0] == 29 && p[5] == 17) {
            offset = (size_t)p[1] << 24 | (size_t)p[2] << 16 | (size_t)p[3] << 8 | p[4];
        } else if (p[0] == 28 && p[3] == 17) {
            offset = (size_t)p[1] << 8 | p[2];
        }
        if (offset > 0 && offset + 2 < count) {
            return (size_t)((uint8_t)bytes[offset] << 8 | (uint8_t)bytes[offset + 1]);
        }
    }
    fail_msg("no outlines in the CFF");
    return 0;
}

/* A bare CFF gets the tables that HarfBuzz needs beside it from the whole face; maxp with its own count of glyphs. */
static hb_face_t *face_of_cff(const struct face *face, hb_blob_t *cff, size_t glyph_count) {
    static const hb_tag_t lent[] = {HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x')};
    const char maxp[] = {0, 0, 0x50, 0, (char)(glyph_count >> 8), (char)glyph_count};
    hb_face_t *made = hb_face_builder_create();
    hb_face_builder_add_table(made, HB_TAG('C', 'F', 'F', ' '), cff);
    for (size_t i = 0; i < sizeof lent / sizeof *lent; i++) {
        hb_blob_t *table = hb_face_reference_table(hb_font_get_face(face_hb_font(face)), lent[i]);
        hb_face_builder_add_table(made, lent[i], table);
        hb_blob_destroy(table);
    }
    hb_blob_t *blob = hb_blob_create(maxp, sizeof maxp, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    hb_face_builder_add_table(made, HB_TAG('m', 'a', 'x', 'p'), blob);
    hb_blob_destroy(blob);
    blob = hb_face_reference_blob(made);
    hb_face_destroy(made);
    made = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    return made;
}

hb_font_t *font_of_plain(const struct face *face, const struct plain_font *plain) {
    const struct buffer *bytes = &plain->bytes;
    hb_blob_t *blob = hb_blob_create(bytes->bytes, (unsigned)bytes->count, HB_MEMORY_MODE_READONLY, NULL, NULL);
    bool bare = plain->kind == FONT_CFF_CID;
    hb_face_t *made = bare ? face_of_cff(face, blob, count_cff(bytes->bytes, bytes->count)) : hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(made);
    hb_blob_destroy(blob);
    hb_face_destroy(made);
    hb_font_set_scale(font, 1000, 1000);
    return font;
}

void assert_draws(const struct face *face, const struct glyph_set *used, const struct plain_font *plain) {
    struct arena *arena = arena_create();
    hb_font_t *font = font_of_plain(face, plain);
    const struct buffer *map = &plain->map;
    hb_codepoint_t place = glyph_set_has(used, 0) ? 0 : 1; /* of a CFF's glyphs, which keep their order */
    for (int32_t glyph = -1; glyph_set_next(used, &glyph); place++) {
        const size_t cid = face_cid(face, (uint16_t)glyph);
        hb_codepoint_t there = place;
        if (plain->kind == FONT_TRUETYPE) {
            there = (hb_codepoint_t)((uint8_t)map->bytes[2 * cid] << 8 | (uint8_t)map->bytes[2 * cid + 1]);
        }
        const struct str want = drawn(arena, face_hb_font(face), (hb_codepoint_t)glyph),
                         got = drawn(arena, font, there);
        if (!str_eq(want, got)) {
            fail_msg("%.*s draws glyph %d differently", STR_ARG(face_name(face)), glyph);
        }
    }
    hb_font_destroy(font);
    arena_destroy(arena);
}

void add_range(struct glyph_set *set, const struct face *face, uint32_t first, uint32_t count, uint32_t step) {
    for (uint32_t i = 0; i < count; i++) {
        glyph_set_add(set, face_glyph(face, first + i * step, 0));
    }
}

size_t face_glyph_count(const struct face *face) {
    return hb_face_get_glyph_count(hb_font_get_face(face_hb_font(face)));
}
