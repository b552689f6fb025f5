/* Faces found by name, and subsets that draw what the face draws. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <hb-ot.h>
#include <hb.h>
#include <libdeflate.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "font/font.h"

static struct fonts *fonts;
static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    fonts = fonts_create();
    arena = arena_create();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    fonts_destroy(fonts);
    arena_destroy(arena);
    return 0;
}

static struct face *find(const char *name) {
    bool damaged = true;
    struct face *face = face_find(fonts, str_from(name), NULL, &damaged);
    assert_false(damaged);
    return face;
}

static void check_name(const char *name, const char *postscript) {
    struct face *face = find(name);
    struct str got = face ? face_name(face) : STR("nothing");
    if (!str_is(got, postscript))
        fail_msg("“%s” gave %.*s", name, STR_ARG(got));
}

/* --- by name */

static void families_are_found_under_every_name_and_weight(void **state) {
    (void)state;
    check_name("Noto Serif CJK SC", "NotoSerifCJKsc-Regular");
    check_name("Noto Serif CJK SC:bold", "NotoSerifCJKsc-Bold");
    check_name("Noto Sans CJK SC", "NotoSansCJKsc-Regular");
    check_name("LXGW WenKai", "LXGWWenKai-Regular");
    check_name("霞鹜文楷", "LXGWWenKai-Regular");
    check_name("霞鹜文楷:light", "LXGWWenKai-Light");
}

static void nothing_stands_in_for_a_family_that_is_not_there(void **state) {
    (void)state;
    assert_null(find("FangSong_GB2312"));
    assert_null(find("serif"));
    assert_null(find("LXGW WenKai:black"));
    assert_null(find("LXGW WenKai:fett"));
    assert_null(find(""));
    assert_null(find("fonts/none.ttf"));
    struct str near = face_nearest_family(fonts, arena, STR("Noto Serif CJKSC"));
    assert_true(str_starts(near, STR("Noto Serif CJK SC")));
    assert_int_equal(face_nearest_family(fonts, arena, STR("Zzzzzzzzzzzzzzzzzzzzzzz")).n, 0);
}

static void a_path_and_a_name_give_the_same_face(void **state) {
    (void)state;
    struct face *face = find("Noto Serif CJK SC");
    struct str path = str_printf(arena, "%.*s#2", STR_ARG(face_path(face)));
    assert_ptr_equal(find(str_c(arena, path)), face);
    assert_ptr_equal(find("Noto Serif CJK SC"), face);
    assert_int_equal(fonts_count(fonts), 1);
    assert_ptr_equal(fonts_face(fonts, face_index(face)), face);
    bool damaged = false;
    assert_null(face_find(fonts, str_printf(arena, "%.*s#99", STR_ARG(face_path(face))), NULL, &damaged));
    assert_true(damaged);
}

/* --- damage */

static char *write_file(const void *bytes, size_t count) {
    static char path[] = "/tmp/font-test-XXXXXX.ttf";
    strcpy(path, "/tmp/font-test-XXXXXX.ttf");
    int file = mkstemps(path, 4);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, count), count);
    close(file);
    return path;
}

static char *read_head(struct str path, size_t count) {
    char *bytes = calloc(1, count);
    FILE *file = fopen(str_c(arena, path), "rb");
    assert_non_null(file);
    assert_int_equal(fread(bytes, 1, count, file), count);
    fclose(file);
    return bytes;
}

/* Opening may fail, or cutting may; nothing may be read where nothing is. */
static void try_damaged(const void *bytes, size_t count) {
    bool damaged = false;
    char *path = write_file(bytes, count);
    struct fonts *own = fonts_create();
    struct face *face = face_find(own, str_from(path), NULL, &damaged);
    assert_true(face || damaged);
    if (face) {
        struct glyph_set used = {0};
        struct font_program program;
        for (uint32_t c = 0x4E00; c < 0x4E40; c++)
            glyph_set_add(&used, face_glyph(face, c, 0));
        if (font_join(face, &used, &program))
            font_program_release(&program);
        if (font_cut(face, &used, &program))
            font_program_release(&program);
    }
    fonts_destroy(own);
    unlink(path);
}

static void damaged_files_are_refused(void **state) {
    (void)state;
    static const char *const names[] = {"LXGW WenKai", "Noto Serif CJK SC"};
    try_damaged("no font", 7);
    try_damaged("", 0);
    for (size_t i = 0; i < 2; i++) {
        enum { HEAD = 1 << 20 };
        char *bytes = read_head(face_path(find(names[i])), HEAD);
        for (size_t count = 12; count < HEAD; count *= 3)
            try_damaged(bytes, count);
        for (size_t k = 0; k < 40; k++) {
            bytes[k * 37 % 2000] ^= (char)(k * 7 + 1);
            try_damaged(bytes, HEAD);
        }
        free(bytes);
    }
}

/* --- glyphs */

static void rare_characters_have_glyphs(void **state) {
    (void)state;
    static const char *const names[] = {"Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai"};
    static const uint32_t rare[] = {0x2CC56 /* 𬱖 */, 0x4DAE /* 䶮 */, 0x20BB7 /* 𠮷 */, 0x79A4 /* 禤 */,
                                    0x3007 /* 〇 */};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < sizeof rare / sizeof *rare; k++) {
            struct face *face = find(names[i]);
            uint16_t glyph = face_glyph(face, rare[k], 0);
            assert_int_not_equal(glyph, 0);
            assert_int_equal(face_advance(face, glyph), 1000);
        }
    assert_false(face_covers(find("Noto Serif CJK SC"), 0x10FFFD));
    assert_int_equal(face_glyph(find("Noto Serif CJK SC"), 0x110000, 0), 0);
    assert_int_equal(face_glyph(find("Noto Serif CJK SC"), 0x4E00, 0xE0100),
                     face_glyph(find("Noto Serif CJK SC"), 0x4E00, 0));
}

static void the_first_face_of_a_chain_that_has_a_character_prints_it(void **state) {
    (void)state;
    const struct face *faces[] = {find("LXGW WenKai"), find("Noto Serif CJK SC")};
    struct font_chain chain = {faces, 2};
    assert_ptr_equal(chain_face(&chain, 0x4E00), faces[0]);
    assert_null(chain_face(&chain, 0x10FFFD));
    uint32_t only_second = 0;
    for (uint32_t c = 0x3000; c < 0xA000 && !only_second; c++)
        if (!face_covers(faces[0], c) && face_covers(faces[1], c))
            only_second = c;
    assert_int_not_equal(only_second, 0);
    assert_ptr_equal(chain_face(&chain, only_second), faces[1]);
}

static void metrics_are_the_designs(void **state) {
    (void)state;
    const struct face_metrics *m = face_metrics(find("Noto Serif CJK SC"));
    assert_int_equal(m->ascent, 880);
    assert_int_equal(m->descent, 120);
    assert_int_equal(m->cap_height, 729);
    assert_true(m->serif);
    assert_false(m->fixed_pitch);
    assert_true(m->underline_position > 0 && m->underline_thickness > 0);
    assert_false(face_metrics(find("Noto Sans CJK SC"))->serif);
}

/* --- subsets */

static void add_range(struct glyph_set *set, const struct face *face, uint32_t first, uint32_t count, uint32_t step) {
    for (uint32_t i = 0; i < count; i++)
        glyph_set_add(set, face_glyph(face, first + i * step, 0));
}

typedef bool way(const struct face *face, const struct glyph_set *used, struct font_program *out);
static way *const ways[] = {font_join, font_cut};

static struct hash hash_of_subset(way *make, const struct face *face, const struct glyph_set *used) {
    struct font_program program;
    assert_true(make(face, used, &program));
    struct hash parts[2] = {hash_bytes(program.bytes.bytes, program.bytes.count),
                            hash_bytes(program.cid_to_gid.bytes, program.cid_to_gid.count)};
    font_program_release(&program);
    return hash_bytes(parts, sizeof parts);
}

/* Whatever was made before. */
static void check_same_bytes(way *make, const char *name) {
    struct hash hashes[2];
    for (int i = 0; i < 2; i++) {
        struct fonts *own = fonts_create();
        struct face *face = face_find(own, str_from(name), NULL, NULL);
        struct glyph_set used = {0}, other = {0};
        add_range(&used, face, 0x4E00, 300, 7);
        add_range(&used, face, 0x21, 90, 1);
        add_range(&other, face, 0x5000, 100, 11);
        if (i == 1)
            hash_of_subset(make, face, &other);
        hashes[i] = hash_of_subset(make, face, &used);
        assert_true(hash_eq(hashes[i], hash_of_subset(make, face, &used)));
        fonts_destroy(own);
    }
    assert_true(hash_eq(hashes[0], hashes[1]));
}

static void the_same_glyphs_give_the_same_bytes(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        check_same_bytes(ways[i], "Noto Serif CJK SC");
        check_same_bytes(ways[i], "LXGW WenKai");
    }
}

/* An outline as text. */
static void on_move(hb_draw_funcs_t *funcs, void *out, hb_draw_state_t *at, float x, float y, void *data) {
    (void)funcs, (void)at, (void)data;
    buffer_printf(out, "m%.1f,%.1f", (double)x, (double)y);
}

static void on_line(hb_draw_funcs_t *funcs, void *out, hb_draw_state_t *at, float x, float y, void *data) {
    (void)funcs, (void)at, (void)data;
    buffer_printf(out, "l%.1f,%.1f", (double)x, (double)y);
}

static void on_curve(hb_draw_funcs_t *funcs, void *out, hb_draw_state_t *at, float x1, float y1, float x2, float y2,
                     float x, float y, void *data) {
    (void)funcs, (void)at, (void)data;
    buffer_printf(out, "c%.1f,%.1f,%.1f,%.1f,%.1f,%.1f", (double)x1, (double)y1, (double)x2, (double)y2, (double)x,
                  (double)y);
}

static struct str draw(hb_font_t *font, hb_codepoint_t glyph) {
    struct buffer out = {0};
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, on_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, on_curve, NULL, NULL);
    hb_font_get_glyph_shape(font, glyph, funcs, &out);
    struct str text = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    hb_draw_funcs_destroy(funcs);
    return text;
}

/* Its bytes as a reader sees them. */
static void inflate(struct font_program *program) {
    size_t size;
    char *bytes = malloc(program->raw_count);
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(decompressor, program->bytes.bytes, program->bytes.count, bytes,
                                                program->raw_count, &size),
                     LIBDEFLATE_SUCCESS);
    assert_int_equal(size, program->raw_count);
    libdeflate_free_decompressor(decompressor);
    buffer_clear(&program->bytes);
    buffer_append(&program->bytes, bytes, size);
    program->deflated = false;
    free(bytes);
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

static hb_font_t *font_of_program(const struct face *face, const struct font_program *program, size_t glyph_count) {
    hb_blob_t *bytes =
        hb_blob_create(program->bytes.bytes, (unsigned)program->bytes.count, HB_MEMORY_MODE_READONLY, NULL, NULL);
    bool bare = program->kind == FONT_CFF_CID;
    hb_face_t *made = bare ? face_of_cff(face, bytes, glyph_count) : hb_face_create(bytes, 0);
    hb_font_t *font = hb_font_create(made);
    hb_blob_destroy(bytes);
    hb_face_destroy(made);
    hb_font_set_scale(font, 1000, 1000);
    return font;
}

static void check_outlines(way *make, const char *name) {
    struct face *face = find(name);
    struct glyph_set used = {0};
    struct font_program program;
    add_range(&used, face, 0x4E00, 400, 50);
    add_range(&used, face, 0x21, 94, 1);
    add_range(&used, face, 0x3001, 30, 1);
    assert_true(make(face, &used, &program));
    if (program.deflated)
        inflate(&program);
    size_t place = 0, drawn = 0, count = 1;
    for (int32_t glyph = 0; glyph_set_next(&used, &glyph);)
        count++;
    hb_font_t *font = font_of_program(face, &program, count);
    for (int32_t glyph = 0; glyph_set_next(&used, &glyph);) {
        place++; /* of a CFF's glyphs, which keep their order */
        size_t cid = face_cid(face, (uint16_t)glyph);
        hb_codepoint_t there = (hb_codepoint_t)place;
        if (program.cid_to_gid.count > 2 * cid)
            there = (hb_codepoint_t)((uint8_t)program.cid_to_gid.bytes[2 * cid] << 8 |
                                     (uint8_t)program.cid_to_gid.bytes[2 * cid + 1]);
        struct str want = draw(face_hb_font(face), (hb_codepoint_t)glyph), got = draw(font, there);
        drawn += got.n > 0;
        if (!str_eq(want, got))
            fail_msg("%s glyph %d: %.*s instead of %.*s", name, glyph, STR_ARG(got), STR_ARG(want));
    }
    assert_true(drawn > 400);
    hb_font_destroy(font);
    font_program_release(&program);
}

static void a_subset_draws_what_the_face_draws(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        check_outlines(ways[i], "Noto Serif CJK SC");
        check_outlines(ways[i], "Noto Sans CJK SC:bold");
        check_outlines(ways[i], "LXGW WenKai");
    }
}

static void an_empty_set_is_a_font_of_notdef(void **state) {
    (void)state;
    static const char *const names[] = {"Noto Serif CJK SC", "LXGW WenKai"};
    for (size_t i = 0; i < 4; i++) {
        struct glyph_set used = {0};
        struct font_program program;
        assert_true(ways[i / 2](find(names[i % 2]), &used, &program));
        assert_true(program.bytes.count > 0 && program.bytes.count < 4000);
        font_program_release(&program);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(families_are_found_under_every_name_and_weight, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_stands_in_for_a_family_that_is_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_path_and_a_name_give_the_same_face, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rare_characters_have_glyphs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_face_of_a_chain_that_has_a_character_prints_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metrics_are_the_designs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_glyphs_give_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_subset_draws_what_the_face_draws, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_set_is_a_font_of_notdef, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
