/* TrueType outlines made here byte by byte: what is taken, what is refused, and fonts that only HarfBuzz may cut. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <hb.h>

#include "font/glyf.h"
#include "pdf/pdf.h"
#include "support.h"

static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_create();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_destroy(arena);
    return 0;
}

/* Bytes as hexadecimal digits; blanks are for the eye. */
static struct str bytes_of(const char *digits) {
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

/* A triangle: flags 37 say that x and y are a byte each, positive. */
#define BOX      "0000 0000 0064 0064"
#define TRIANGLE "0001" BOX "0002 0000 373737 0A0B0C 010203"

static const struct {
    const char *what, *description, *want;
    bool composite;
} cases[] = {
    {"a blank", "", "", false},
    {"a blank with a box", "0000" BOX, "", false},
    {"a triangle", TRIANGLE "00", TRIANGLE "00", false},
    {"what is filled up behind it goes", TRIANGLE "00 0000", TRIANGLE "00", false},
    {"instructions", "0001" BOX "0002 0003 B00102 373737 0A0B0C 010203", TRIANGLE "00", false},
    {"a flag for three points", "0001" BOX "0002 0000 3F02 0A0B0C 010203", "0001" BOX "0002 0000 3F02 0A0B0C 010203",
     false},
    {"words, and the same x", "0001" BOX "0001 0000 10 31 0005", "0001" BOX "0001 0000 10 31 0005", false},
    {"a component", "FFFF" BOX "0002 0005 0102", "FFFF" BOX "0002 0005 0102", true},
    {"with instructions", "FFFF" BOX "0102 0005 0102 0001 B0", "FFFF" BOX "0002 0005 0102", true},
    {"two, with words, a scale and a matrix", "FFFF" BOX "002B 0005 00010002 4000 0081 0006 00010002 4000000000004000",
     "FFFF" BOX "002B 0005 00010002 4000 0081 0006 00010002 4000000000004000", true},
    /* refused */
    {"half a header", "0001 0000", NULL, false},
    {"no points", "0001" BOX, NULL, false},
    {"no flags", "0001" BOX "0002 0000", NULL, false},
    {"coordinates that are cut off", "0001" BOX "0002 0000 373737 0A0B0C 0102", NULL, false},
    {"a flag for too many points", "0001" BOX "0002 0000 3F03 0A0B0C0D 01020304", NULL, false},
    {"a flag that is cut off", "0001" BOX "0002 0000 3F", NULL, false},
    {"instructions beyond the end", "0001" BOX "0002 00FF 373737 0A0B0C 010203", NULL, false},
    {"contours that go back", "0002" BOX "0002 0001 0000 373737 0A0B0C 010203", NULL, false},
    {"half a component", "FFFF" BOX "0002 0005 01", NULL, true},
    {"a component that promises more", "FFFF" BOX "0022 0005 0102", NULL, true},
};

static void descriptions_are_taken_or_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct str description = bytes_of(cases[i].description);
        char *exact = malloc(description.n + 1), loca[8] = {0}; /* so that a sanitizer sees a read beyond it */
        memcpy(exact, description.p, description.n);
        loca[7] = (char)description.n;
        struct glyf glyf = {
            .glyf = {exact, description.n}, .loca = {loca, sizeof loca}, .long_loca = true, .glyph_count = 1};
        struct buffer out = {0};
        bool composite, good = glyf_outline(&glyf, 0, &out, &composite);
        if (good != (cases[i].want != NULL)) {
            fail_msg("%s: %s", cases[i].what, good ? "taken" : "refused");
        }
        if (good && !str_eq(buffer_str(&out), bytes_of(cases[i].want))) {
            fail_msg("%s: not as wanted", cases[i].what);
        }
        if (good && composite != cases[i].composite) {
            fail_msg("%s: %s", cases[i].what, composite ? "composite" : "not composite");
        }
        loca[7]++;
        assert_false(glyf_outline(&glyf, 0, &out, &composite)); /* beyond the table */
        assert_false(glyf_outline(&glyf, 1, &out, &composite)); /* no such glyph */
        buffer_release(&out);
        free(exact);
    }
}

static void components_are_found(void **state) {
    (void)state;
    struct str outline = bytes_of("FFFF" BOX "0022 0005 0102 0002 0006 0102");
    size_t at = 0, place = 0;
    assert_true(glyf_next_component(outline, &at, &place));
    assert_int_equal(place, 12);
    assert_true(glyf_next_component(outline, &at, &place));
    assert_int_equal(place, 18);
    assert_false(glyf_next_component(outline, &at, &place));
}

/* --- whole fonts */

static void add_table(hb_face_t *face, hb_tag_t tag, struct str bytes) {
    hb_blob_t *blob = hb_blob_create(bytes.p, (unsigned)bytes.n, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    hb_face_builder_add_table(face, tag, blob);
    hb_blob_destroy(blob);
}

/* A font of these glyphs in a file, opened; each is 500 wide. */
static struct face *face_of(struct fonts *fonts, const char *const *glyphs, size_t count, const char *maxp_version) {
    struct buffer glyf = {0}, loca = {0}, hmtx = {0};
    buffer_append(&loca, "\0\0\0\0", 4);
    for (size_t i = 0; i < count; i++) {
        buffer_add(&glyf, bytes_of(glyphs[i]));
        buffer_append(&loca, (const char[]){0, 0, (char)(glyf.count >> 8), (char)glyf.count}, 4);
        buffer_append(&hmtx, "\x01\xF4\0\0", 4);
    }
    hb_face_t *made = hb_face_builder_create();
    add_table(made, HB_TAG('g', 'l', 'y', 'f'), buffer_str(&glyf));
    add_table(made, HB_TAG('l', 'o', 'c', 'a'), buffer_str(&loca));
    add_table(made, HB_TAG('h', 'm', 't', 'x'), buffer_str(&hmtx));
    add_table(made, HB_TAG('h', 'e', 'a', 'd'),
              bytes_of("00010000 00010000 00000000 5F0F3CF5 0000 03E8 0000000000000000 0000000000000000 0000 0000 0064"
                       "0064 0000 0008 0002 0001 0000"));
    add_table(made, HB_TAG('h', 'h', 'e', 'a'),
              bytes_of(str_c(arena, str_printf(arena,
                                               "00010000 0370 FF88 0000 01F4 0000 0000 0064 0001 0000 0000"
                                               "0000000000000000 0000 %04zX",
                                               count))));
    add_table(made, HB_TAG('m', 'a', 'x', 'p'),
              bytes_of(str_c(arena, str_printf(arena,
                                               "%s %04zX 0010 0002 0010 0002 0002 0000 0000 0000 0000 0000 0000"
                                               "0002 0002",
                                               maxp_version, count))));
    hb_blob_t *blob = hb_face_reference_blob(made);
    unsigned size;
    const char *bytes = hb_blob_get_data(blob, &size);
    char path[] = "/tmp/glyf-test-XXXXXX.ttf";
    int file = mkstemps(path, 4);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size), size);
    close(file);
    int error = 0;
    struct face *face = face_find(fonts, str_from(path), NULL, &error);
    assert_int_equal(error, 0);
    unlink(path);
    hb_blob_destroy(blob);
    hb_face_destroy(made);
    buffer_release(&glyf);
    buffer_release(&loca);
    buffer_release(&hmtx);
    return face;
}

/* .notdef, a triangle, a glyph of it twice, one of that and of glyph 4, and a triangle. */
static const char *const composites[] = {TRIANGLE "00", TRIANGLE "00", "FFFF" BOX "0022 0001 0A0A 0002 0001 1E1E",
                                         "FFFF" BOX "0022 0002 0505 0102 0004 1E1E 0001 B000", TRIANGLE "00"};

static void components_come_along_with_new_numbers(void **state) {
    (void)state;
    struct fonts *fonts = fonts_create();
    struct face *face = face_of(fonts, composites, 5, "00010000");
    for (uint16_t glyph = 0; glyph < 5; glyph++) {
        struct glyph_set used = {0};
        struct plain_font program;
        glyph_set_add(&used, glyph);
        plain_font_make(JOINED, face, &used, &program);
        assert_draws(face, &used, &program);
        plain_font_release(&program);
    }
    fonts_destroy(fonts);
}

/* A document that draws its first glyph is made. */
static void assert_prints(const struct face *face) {
    struct arena *own = arena_create();
    struct document *document = document_create_in(own);
    struct canvas canvas = canvas_of_page(document, document_add_page(document, 100000, 100000));
    struct mark *mark = canvas_add(&canvas, MARK_GLYPHS, 10000, 10000);
    struct glyph glyph = {.id = 1};
    mark->glyphs = (struct mark_glyphs){
        .face = face, .size_mp = 12000, .stretch = 1000, .text = STR("x"), .glyphs = &glyph, .count = 1};
    struct pdf_writer *writer = pdf_writer_create();
    struct buffer bytes = {0};
    struct diags diags;
    diags_init(&diags, own);
    assert_true(pdf_write(writer, document, &(struct pdf_options){0}, &bytes, &diags));
    assert_true(str_find(buffer_str(&bytes), STR("/FontFile2")) < bytes.count);
    buffer_release(&bytes);
    pdf_writer_destroy(writer);
    arena_destroy(own);
}

/* Nothing that we join; `cut` by HarfBuzz, or refused. */
static void check_not_joined(const char *const *glyphs, size_t count, const char *maxp_version, bool cut) {
    struct fonts *fonts = fonts_create();
    struct face *face = face_of(fonts, glyphs, count, maxp_version);
    struct glyph_set used = {0};
    struct buffer plain = {0};
    struct font_program program = {0};
    for (uint16_t glyph = 1; glyph < count; glyph++) {
        glyph_set_add(&used, glyph);
    }
    assert_false(font_join(face, &used, &(struct glyph_copies){0}, &program));
    assert_int_equal(font_cut(face, &used, &program, &plain), cut);
    font_program_release(&program);
    buffer_release(&plain);
    if (cut) {
        assert_prints(face);
    }
    fonts_destroy(fonts);
}

/* HarfBuzz would make blanks of damaged glyphs: a name without one of its characters. */
static void glyphs_that_do_not_add_up_are_refused(void **state) {
    (void)state;
    static const char *const circle[] = {TRIANGLE "00", "FFFF" BOX "0002 0002 0A0A", "FFFF" BOX "0002 0001 0A0A"};
    static const char *const nowhere[] = {TRIANGLE "00", "FFFF" BOX "0002 0077 0A0A"};
    static const char *const damaged[] = {TRIANGLE "00", "0001" BOX "0002 0000 373737 0A0B0C 01"};
    check_not_joined(circle, 3, "00010000", false);
    check_not_joined(nowhere, 2, "00010000", false);
    check_not_joined(damaged, 2, "00010000", false);
}

static void unusual_faces_are_left_to_harfbuzz(void **state) {
    (void)state;
    check_not_joined(composites, 5, "00005000", true); /* a maxp without what TrueType needs */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(descriptions_are_taken_or_refused),      TEST(components_are_found),
        TEST(components_come_along_with_new_numbers), TEST(glyphs_that_do_not_add_up_are_refused),
        TEST(unusual_faces_are_left_to_harfbuzz),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
