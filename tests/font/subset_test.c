/* Fonts of documents: joined from what was coded before, or cut by HarfBuzz; inflated by zlib, drawn by HarfBuzz.
 *
 * CHECK_FONTS=1 takes every glyph of the shipped faces and 1,000 documents; otherwise one glyph in 50, and 30 documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "font/face.h"
#include "support.h"

static const char *const families[] = {"Noto Serif CJK SC", "Noto Serif CJK SC:bold", "Noto Sans CJK SC",
                                       "Noto Sans CJK SC:bold", "LXGW WenKai"};
enum { FAMILIES = sizeof families / sizeof *families };

static struct fonts *fonts;
static struct arena *arena;
static bool thorough;

static int set_up(void **state) {
    (void)state;
    fonts = fonts_create();
    arena = arena_create();
    thorough = getenv("CHECK_FONTS") != NULL;
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    fonts_destroy(fonts);
    arena_destroy(arena);
    return 0;
}

static struct face *find(const char *name) {
    struct face *face = face_find(fonts, str_from(name), NULL, NULL);
    assert_non_null(face);
    return face;
}

/* --- same in, same out */

static struct hash hash_of_subset(enum way way, const struct face *face, const struct glyph_set *used) {
    struct font_program made = {0};
    struct buffer plain = {0};
    assert_true(way == JOINED ? font_join(face, used, &(struct glyph_copies){0}, &made)
                              : font_cut(face, used, &made, &plain));
    struct hash parts[3] = {hash_bytes(made.stream.bytes, made.stream.count), hash_bytes(plain.bytes, plain.count),
                            hash_bytes(made.cid_to_gid.bytes, made.cid_to_gid.count)};
    buffer_release(&plain);
    font_program_release(&made);
    return hash_bytes(parts, sizeof parts);
}

/* Whatever was made before. */
static void check_same_bytes(enum way way, const char *name) {
    struct hash hashes[2];
    for (int i = 0; i < 2; i++) {
        struct fonts *own = fonts_create();
        struct face *face = face_find(own, str_from(name), NULL, NULL);
        struct glyph_set used = {0}, other = {0};
        add_range(&used, face, 0x4E00, 300, 7);
        add_range(&used, face, 0x21, 90, 1);
        add_range(&other, face, 0x5000, 100, 11);
        if (i == 1) {
            hash_of_subset(way, face, &other);
        }
        hashes[i] = hash_of_subset(way, face, &used);
        assert_true(hash_eq(hashes[i], hash_of_subset(way, face, &used)));
        fonts_destroy(own);
    }
    assert_true(hash_eq(hashes[0], hashes[1]));
}

static void the_same_glyphs_give_the_same_bytes(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        check_same_bytes((enum way)i, "Noto Serif CJK SC");
        check_same_bytes((enum way)i, "LXGW WenKai");
    }
}

/* --- what is drawn */

static void check_outlines(enum way way, const char *name) {
    struct face *face = find(name);
    struct glyph_set used = {0};
    struct plain_font program;
    add_range(&used, face, 0x4E00, 400, 50);
    add_range(&used, face, 0x21, 94, 1);
    add_range(&used, face, 0x3001, 30, 1);
    used.bits[0] &= ~UINT64_C(1); /* .notdef, where a character is missing: a cut leaves it blank */
    plain_font_make(way, face, &used, &program);
    assert_draws(face, &used, &program);
    plain_font_release(&program);
}

static void both_ways_draw_what_the_face_draws(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < FAMILIES; k++) {
            check_outlines((enum way)i, families[k]);
        }
    }
}

/* As many at a time as a document may have. */
static void every_glyph_is_drawn_as_by_its_face(void **state) {
    enum { AT_A_TIME = 2000 };
    (void)state;
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct face *face = find(families[i]);
        size_t count = face_glyph_count(face), in_set = 0;
        struct glyph_set used = {0};
        struct plain_font program;
        for (size_t glyph = 0; glyph < count; glyph++) {
            if (thorough || glyph % 50 == 0 || face_outline(face, (uint16_t)glyph)->composite) {
                glyph_set_add(&used, (uint16_t)glyph);
                in_set++;
            }
            if (in_set < AT_A_TIME && glyph + 1 < count) {
                continue;
            }
            plain_font_make(JOINED, face, &used, &program);
            assert_draws(face, &used, &program);
            plain_font_release(&program);
            memset(&used, 0, sizeof used);
            in_set = 0;
        }
    }
}

/* The font's bytes are the head's and those of the outlines, in their order. */
static void assert_intended(const struct face *face, const struct glyph_set *used, const struct buffer *got) {
    struct assembly assembly;
    struct arena *own = arena_create();
    assert_true(assembly_make(face, used, &(struct glyph_copies){0}, own, &assembly));
    struct buffer want = {0};
    buffer_add(&want, buffer_str(&assembly.head));
    for (size_t i = 0; i < assembly.coded_count; i++) {
        buffer_add(&want, assembly.coded[i]->bytes);
    }
    for (size_t i = 0; i < assembly.zeros; i++) {
        buffer_byte(&want, 0);
    }
    assert_true(str_eq(buffer_str(&want), buffer_str(got)));
    buffer_release(&want);
    assembly_release(&assembly);
    arena_destroy(own);
}

static void check_alone(const struct face *face, uint16_t glyph) {
    struct glyph_set used = {0};
    struct plain_font program;
    glyph_set_add(&used, glyph);
    plain_font_make(JOINED, face, &used, &program);
    assert_intended(face, &used, &program.bytes);
    plain_font_release(&program);
}

static void every_glyph_alone_inflates_to_what_is_meant(void **state) {
    (void)state;
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct face *face = find(families[i]);
        for (size_t glyph = 0; glyph < face_glyph_count(face); glyph += thorough ? 1 : 50) {
            check_alone(face, (uint16_t)glyph);
        }
    }
}

static void random_documents_inflate_to_what_is_meant(void **state) {
    (void)state;
    uint64_t seed = 6;
    for (size_t i = 0; i < (thorough ? 1000 : 30); i++) {
        const struct face *face = find(families[i % FAMILIES]);
        struct glyph_set used = {0};
        struct plain_font program;
        const size_t glyphs = 1 + (seed >> 33) % 1000;
        for (size_t k = 0; k < glyphs; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            glyph_set_add(&used, (uint16_t)((seed >> 33) % face_glyph_count(face)));
        }
        plain_font_make(JOINED, face, &used, &program);
        assert_intended(face, &used, &program.bytes);
        plain_font_release(&program);
    }
}

static void an_empty_set_is_a_font_of_notdef(void **state) {
    (void)state;
    static const char *const names[] = {"Noto Serif CJK SC", "LXGW WenKai"};
    for (size_t i = 0; i < 4; i++) {
        struct glyph_set used = {0};
        struct plain_font program;
        plain_font_make((enum way)(i / 2), find(names[i % 2]), &used, &program);
        assert_true(program.bytes.count > 0 && program.bytes.count < 4000);
        plain_font_release(&program);
    }
}

/* --- copies */

static hb_codepoint_t place_of(const struct plain_font *program, size_t cid, size_t otherwise) {
    const uint8_t *map = (const uint8_t *)program->map.bytes;
    return (hb_codepoint_t)(program->kind == FONT_CFF_CID ? otherwise : (size_t)map[2 * cid] << 8 | map[2 * cid + 1]);
}

/* Each glyph and two copies of it, a composite one too; one whose CID is another's has no place of its own. */
static void copies_are_drawn_alike_and_are_wider(void **state) {
    (void)state;
    enum { GLYPHS = 300, FIRST_CID = 60000 };
    for (size_t i = 0; i < FAMILIES; i++) {
        const struct face *face = find(families[i]);
        struct glyph_copy copies[3 * GLYPHS];
        struct glyph_set used = {0};
        struct plain_font program;
        size_t count = 0;
        for (uint16_t k = 0; k < GLYPHS; k++) {
            const uint16_t glyph = (uint16_t)(50 + 7 * k);
            const bool renamed = k % 5 == 4;
            if (!renamed) {
                glyph_set_add(&used, glyph);
            }
            for (uint32_t wider = renamed ? 0 : 125; wider <= 250; wider += 125) {
                copies[count] = (struct glyph_copy){glyph, (uint16_t)(FIRST_CID + count), wider};
                count++;
            }
        }
        plain_font_copied(face, &used, &(struct glyph_copies){copies, count}, &program);
        hb_font_t *font = font_of_plain(face, &program);
        for (size_t k = 0, place = 0; k < count; k++) {
            place += copies[k].wider == 125 && (k == 0 || copies[k - 1].glyph != copies[k].glyph) ? 2 : 1;
            const hb_codepoint_t there = place_of(&program, copies[k].cid, place);
            assert_true(str_eq(drawn(arena, font, there), drawn(arena, face_hb_font(face), copies[k].glyph)));
            if (program.kind == FONT_TRUETYPE) {
                const int32_t advance = face_advance(face, copies[k].glyph) + (int32_t)copies[k].wider;
                assert_int_equal(hb_font_get_glyph_h_advance(font, there), advance);
            }
        }
        hb_font_destroy(font);
        plain_font_release(&program);
    }
}

/* --- checksums of a TrueType font */

static uint32_t number_at(const struct buffer *font, size_t at) {
    const uint8_t *p = (const uint8_t *)font->bytes + at;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t sum_of(const struct buffer *font, size_t from, size_t size) {
    uint32_t sum = 0;
    for (size_t at = from; at < from + size; at += 4) {
        sum += number_at(font, at);
    }
    return sum;
}

static void check_sums(const struct face *face, uint32_t characters) {
    struct glyph_set used = {0};
    struct plain_font program;
    add_range(&used, face, 0x4E00, characters, 3);
    glyph_set_add(&used, 106); /* a composite one */
    plain_font_make(JOINED, face, &used, &program);
    const struct buffer *font = &program.bytes;
    assert_int_equal(font->count % 4, 0);
    assert_int_equal(sum_of(font, 0, font->count), 0xB1B0AFBA);
    for (size_t table = 12; table < 12 + 16 * 6; table += 16) {
        uint32_t sum = number_at(font, table + 4), from = number_at(font, table + 8),
                 size = number_at(font, table + 12);
        if (memcmp(font->bytes + table, "head", 4) == 0) {
            sum += number_at(font, from + 8);
        }
        assert_true(from % 4 == 0 && from + size <= font->count);
        assert_int_equal(sum_of(font, from, size), sum);
    }
    plain_font_release(&program);
}

/* Both kinds of loca. */
static void checksums_add_up(void **state) {
    (void)state;
    assert_true(face_outline(find("LXGW WenKai"), 106)->composite);
    check_sums(find("LXGW WenKai"), 20);
    check_sums(find("LXGW WenKai"), 900);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_glyphs_give_the_same_bytes),       TEST(both_ways_draw_what_the_face_draws),
        TEST(every_glyph_is_drawn_as_by_its_face),       TEST(every_glyph_alone_inflates_to_what_is_meant),
        TEST(random_documents_inflate_to_what_is_meant), TEST(an_empty_set_is_a_font_of_notdef),
        TEST(copies_are_drawn_alike_and_are_wider),      TEST(checksums_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
