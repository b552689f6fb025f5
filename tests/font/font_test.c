/* Faces found by name: damage, coverage, metrics. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

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
    int error = 0;
    struct face *face = face_find(fonts, str_from(name), NULL, &error);
    assert_int_equal(error, 0);
    return face;
}

static void check_name(const char *name, const char *postscript) {
    struct face *face = find(name);
    struct str got = face != NULL ? face_name(face) : STR("nothing");
    if (!str_is(got, postscript)) {
        fail_msg("“%s” gave %.*s", name, STR_ARG(got));
    }
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
    int error = 0;
    assert_null(face_find(fonts, str_printf(arena, "%.*s#99", STR_ARG(face_path(face))), NULL, &error));
    assert_int_equal(error, EBADMSG);
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
    int error = 0;
    char *path = write_file(bytes, count);
    struct fonts *own = fonts_create();
    struct face *face = face_find(own, str_from(path), NULL, &error);
    assert_true(face || error);
    if (face != NULL) {
        struct glyph_set used = {0};
        struct font_program program = {0};
        struct buffer plain = {0};
        for (uint32_t c = 0x4E00; c < 0x4E40; c++) {
            glyph_set_add(&used, face_glyph(face, c, 0));
        }
        font_join(face, &used, &(struct glyph_copies){0}, &program);
        font_cut(face, &used, &program, &plain);
        buffer_release(&plain);
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
        for (size_t count = 12; count < HEAD; count *= 3) {
            try_damaged(bytes, count);
        }
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
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < sizeof rare / sizeof *rare; k++) {
            struct face *face = find(names[i]);
            uint16_t glyph = face_glyph(face, rare[k], 0);
            assert_int_not_equal(glyph, 0);
            assert_int_equal(face_advance(face, glyph), 1000);
        }
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
    for (uint32_t c = 0x3000; c < 0xA000 && !only_second; c++) {
        if (!face_covers(faces[0], c) && face_covers(faces[1], c)) {
            only_second = c;
        }
    }
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(families_are_found_under_every_name_and_weight, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_stands_in_for_a_family_that_is_not_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_path_and_a_name_give_the_same_face, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rare_characters_have_glyphs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_face_of_a_chain_that_has_a_character_prints_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metrics_are_the_designs, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
