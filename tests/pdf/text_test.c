/* Text in PDFs: fonts, where glyphs stand, what is copied. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "support.h"

static void all_fonts_are_embedded_subset_and_mapped(void **state) {
    struct desk *desk = *state;
    set_text(&desk->canvas, face(desk, "Noto Serif CJK SC"), PT(12), PT(70), PT(100), "留守儿童 Abc 123");
    set_text(&desk->canvas, face(desk, "Noto Sans CJK SC:bold"), PT(22), PT(70), PT(140), "档案");
    set_text(&desk->canvas, face(desk, "LXGW WenKai"), PT(10.5), PT(70), PT(180), "班主任评语。");
    write_document(desk);
    assert_accepted(desk);
    const struct str fonts = told(desk, "pdffonts %s");
    assert_holds(fonts, "+NotoSerifCJKsc-Regular        CID Type 0C       Identity-H       yes yes yes");
    assert_holds(fonts, "+NotoSansCJKsc-Bold            CID Type 0C       Identity-H       yes yes yes");
    assert_holds(fonts, "+LXGWWenKai-Regular            CID TrueType      Identity-H       yes yes yes");
    assert_true(desk->out.count < 30000);
}

/* Fonts joined by us and fonts cut by HarfBuzz draw the same dots. */
static void a_compact_document_is_smaller_and_looks_the_same(void **state) {
    struct desk *desk = *state;
    static const char *const names[] = {"Noto Serif CJK SC", "Noto Serif CJK SC:bold", "Noto Sans CJK SC",
                                        "Noto Sans CJK SC:bold", "LXGW WenKai"};
    static const char *const programs[] = {"pdftoppm -r 100 -gray %s | md5sum",
                                           "mutool draw -q -r 100 -o - -F pgm %s 2>/dev/null | md5sum"};
    for (int i = 0; i < 5; i++) {
        for (int32_t line = 0; line < 6; line++) {
            struct buffer text = {0};
            for (uint32_t c = 0; c < 30; c++) {
                char bytes[4];
                buffer_append(&text, bytes, utf8_encode(0x4E00 + 7 * c + 211 * (uint32_t)line, bytes));
            }
            buffer_add(&text, STR("Abg, (5)"));
            set_text(&desk->canvas, face(desk, names[i]), PT(12), PT(70), PT(80 + 100 * i + 16 * line),
                     str_c(desk->arena, buffer_str(&text)));
            buffer_release(&text);
        }
    }
    write_document(desk);
    assert_accepted(desk);
    size_t size = desk->out.count;
    struct str seen[] = {told(desk, programs[0]), told(desk, programs[1])};
    write_as(desk, true);
    assert_accepted(desk);
    assert_true(desk->out.count < size && size < desk->out.count * 115 / 100);
    for (int i = 0; i < 2; i++) {
        assert_true(str_eq(told(desk, programs[i]), seen[i]));
    }
}

static void text_is_copied_as_it_was_written(void **state) {
    struct desk *desk = *state;
    static const char *const lines[] = {"𬱖䶮𠮷禤（王）“好”·ABC-123", "身份证号 3301…1234；电话：138****0000"};
    const struct face *faces[] = {face(desk, "Noto Serif CJK SC"), face(desk, "LXGW WenKai")};
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 2; k++) {
            set_text(&desk->canvas, faces[k], PT(12), PT(70), PT(100 + 40 * i + 20 * k), lines[i]);
        }
    }
    write_document(desk);
    for (int i = 0; i < 2; i++) {
        assert_holds(told(desk, "pdftotext %s -"), lines[i]);
    }
    for (int i = 0; i < 2; i++) {
        assert_holds(told(desk, "mutool draw -q -F txt %s 2>/dev/null"), lines[i]);
    }
}

/* One glyph for two characters; two glyphs for one; one glyph for a character that another run uses it for too. */
static void glyphs_and_characters_need_not_pair_off(void **state) {
    struct desk *desk = *state;
    const struct face *serif = face(desk, "Noto Serif CJK SC");
    struct mark *dash = set_text(&desk->canvas, serif, PT(12), PT(70), PT(100), "前—后");
    dash->glyphs.text = STR("前——后");
    dash->glyphs.glyphs[2].cluster = 9;
    struct mark *parts = set_text(&desk->canvas, serif, PT(12), PT(70), PT(120), "甲乙丙丁");
    parts->glyphs.text = STR("申戊丁");
    parts->glyphs.glyphs[1].cluster = 0; /* 甲 and 乙 together show 申 */
    parts->glyphs.glyphs[2].cluster = 3;
    parts->glyphs.glyphs[3].cluster = 6;
    set_text(&desk->canvas, serif, PT(12), PT(70), PT(140), "丙等"); /* 丙 meant 戊 above */
    write_document(desk);
    assert_accepted(desk);
    const struct str text = told(desk, "pdftotext %s -");
    assert_holds(text, "前——后\n");
    assert_holds(text, "申戊丁\n");
    assert_holds(text, "丙等\n");
}

/* A radical and its ideograph share a glyph: whichever comes first, 人 is found in readers that know no ActualText. */
static void a_radical_is_copied_as_what_people_type(void **state) {
    struct desk *desk = *state;
    const struct face *serif = face(desk, "Noto Serif CJK SC");
    set_text(&desk->canvas, serif, PT(12), PT(70), PT(100), "⼈⽅口");
    set_text(&desk->canvas, serif, PT(12), PT(70), PT(120), "人方⼝");
    write_document(desk);
    assert_accepted(desk);
    assert_holds(told(desk, "mutool draw -q -F txt -o - %s"), "人方口\n\n人方口\n");
    const struct str text = told(desk, "pdftotext %s -");
    assert_holds(text, "⼈⽅口\n");
    assert_holds(text, "人方⼝\n");
}

/* Where poppler finds a word's left edge, in thousandths of a point. */
static long left_of(struct desk *desk, const char *word) {
    const struct str boxes = told(desk, "pdftotext -bbox %s -");
    char *line = strstr(str_c(desk->arena, boxes), str_c(desk->arena, str_printf(desk->arena, ">%s<", word)));
    assert_non_null(line);
    while (strncmp(line, "xMin=\"", 6) != 0) {
        line--;
    }
    return strtol(line + 6, NULL, 10) * 1000 + strtol(strchr(line, '.') + 1, NULL, 10) / 1000;
}

static void glyphs_stand_where_they_were_placed(void **state) {
    struct desk *desk = *state;
    struct mark *run =
        set_text(&desk->canvas, face(desk, "Noto Serif CJK SC"), PT(10.5), PT(70), PT(100), "一二三四五六七八九十 末");
    for (int i = 0; i < run->glyphs.count; i++) {
        run->glyphs.glyphs[i].x_mp += i * 337 + (i == 11 ? 20000 : 0); /* a justified line, then a gap */
    }
    struct mark *narrow = set_text(&desk->canvas, face(desk, "Noto Serif CJK SC"), PT(10), PT(70), PT(130), "欧阳 瘦");
    narrow->glyphs.stretch = 850;
    for (int i = 0; i < narrow->glyphs.count; i++) {
        narrow->glyphs.glyphs[i].x_mp = narrow->glyphs.glyphs[i].x_mp * 850 / 1000;
    }
    write_document(desk);
    assert_holds(told(desk, "qpdf --stream-data=uncompress %s -"), "\n.337 Tc\n"); /* not one by one */
    assert_in_range(left_of(desk, "末") + 3 - (70000 + run->glyphs.glyphs[11].x_mp), 0, 6);
    assert_in_range(left_of(desk, "瘦") + 3 - (70000 + narrow->glyphs.glyphs[3].x_mp), 0, 6);
}

/* Gaps too small to be seen one by one, all unlike: MuPDF finds each glyph within a hundredth of a point all the same. */
static void small_gaps_add_up_to_no_error(void **state) {
    enum { WITHIN_MP = 10 };
    struct desk *desk = *state;
    struct mark *run =
        set_text(&desk->canvas, face(desk, "Noto Serif CJK SC"), PT(10.5), PT(70), PT(100), "一二三四五六七八九十百千");
    for (int i = 0, gap_mp = 0; i < run->glyphs.count; gap_mp += 11 + i * 7 % 19, i++) {
        run->glyphs.glyphs[i].x_mp += gap_mp;
    }
    write_document(desk);
    char *at = str_c(desk->arena, told(desk, "mutool trace %s"));
    for (int i = 0; i < run->glyphs.count; i++) {
        at = strstr(at, "<g unicode=");
        assert_non_null(at);
        at = strstr(at, " x=\"") + 4;
        assert_in_range((long)(strtod(at, NULL) * 1000 + 0.5) - 70000 - run->glyphs.glyphs[i].x_mp + WITHIN_MP, 0,
                        2 * WITHIN_MP);
    }
}

/* So many characters from `first` on, drawn by these glyphs, each an advance and a quarter em from the one before: with gaps behind all that the
 * typesetter put there, or without. */
static struct str set_apart(struct desk *desk, const struct face *in, uint32_t first, const uint16_t *glyphs, int count,
                            int32_t y_mp, bool gaps) {
    struct buffer text = {0};
    struct mark *mark = canvas_add(&desk->canvas, MARK_GLYPHS, PT(30), y_mp);
    struct mark_glyphs *run = &mark->glyphs;
    uint16_t *all = ARENA_ARRAY(desk->arena, uint16_t, (size_t)count);
    *run = (struct mark_glyphs){.face = in, .size_mp = PT(1.2), .stretch = 1000, .gaps = all};
    run->glyphs = ARENA_ARRAY(desk->arena, struct glyph, (size_t)count);
    for (int i = 0; i < count; i++) {
        run->glyphs[run->count++] = (struct glyph){glyphs[i], (uint16_t)text.count, run->width_mp, 0};
        run->width_mp += mp_scale(face_advance(in, glyphs[i]) + (gaps ? 250 : 0), run->size_mp, 1000);
        char bytes[4];
        buffer_append(&text, bytes, utf8_encode(first + (uint32_t)i, bytes));
        all[i] = (uint16_t)i;
    }
    run->gap_count = (uint16_t)(gaps ? count : 0);
    run->gap_mp = run->size_mp / 4;
    run->text = str_copy(desk->arena, buffer_str(&text));
    buffer_release(&text);
    return run->text;
}

/* More copies than a face has CIDs to spare: some take those of glyphs that are drawn later. */
static void glyphs_before_gaps_are_wider_copies(void **state) {
    struct desk *desk = *state;
    static const char *const names[] = {"Noto Serif CJK SC", "LXGW WenKai"};
    enum { COPIES = 300, LAST = 230 };
    struct buffer want = {0};
    for (int i = 0; i < 2; i++) {
        const struct face *in = face(desk, names[i]);
        uint16_t glyphs[COPIES];
        for (int k = 0; k < COPIES; k++) {
            glyphs[k] = face_glyph(in, 0x4E00 + (uint32_t)k, 0);
        }
        buffer_add(&want, set_apart(desk, in, 0x4E00, glyphs, COPIES, PT(100 + 200 * i), true));
        buffer_byte(&want, '\n');
        for (int k = 0; k < LAST; k++) {
            glyphs[k] = (uint16_t)(face_last_cid(in) - LAST + k);
        }
        buffer_add(&want, set_apart(desk, in, 0xE000, glyphs, LAST, PT(200 + 200 * i), false));
        buffer_byte(&want, '\n');
    }
    for (int compact = 0; compact < 2; compact++) {
        write_as(desk, compact);
        assert_accepted(desk);
        assert_holds(told(desk, "pdftotext -raw %s -"), str_c(desk->arena, buffer_str(&want)));
    }
    const struct str seen = told(desk, "pdftoppm -r 300 -gray %s | sha256sum");
    for (size_t i = 0; i < desk->document->pages[0]->marks.count; i++) {
        desk->document->pages[0]->marks.items[i].glyphs.gap_count = 0;
    }
    write_document(desk);
    assert_true(str_eq(told(desk, "pdftoppm -r 300 -gray %s | sha256sum"), seen));
    assert_true(str_find(told(desk, "pdftotext -raw %s -"), buffer_str(&want)) == told(desk, "pdftotext -raw %s -").n);
    buffer_release(&want);
}

/* Neighbours of all widths, those that are the default among them: who reads the font's list of them finds each glyph in its place. */
static void widths_are_those_of_the_face(void **state) {
    enum { LINES = 6, IN_A_LINE = 100, WITHIN_MP = 10 };
    struct desk *desk = *state;
    const struct face *faces[] = {face(desk, "Noto Serif CJK SC"), face(desk, "LXGW WenKai")};
    for (int i = 0; i < 2 * LINES; i++) {
        struct mark *mark = set_text(&desk->canvas, faces[i % 2], PT(4), PT(20), PT(20 + 10 * i), "一");
        struct mark_glyphs *run = &mark->glyphs;
        run->glyphs = ARENA_ARRAY(desk->arena, struct glyph, IN_A_LINE);
        for (run->count = 0; run->count < IN_A_LINE; run->count++) {
            run->glyphs[run->count] =
                (struct glyph){(uint16_t)(1 + i / 2 * IN_A_LINE + run->count), 0, PT(5) * run->count, 0};
        }
    }
    write_document(desk);
    char *at = str_c(desk->arena, told(desk, "mutool trace %s"));
    int defaults_between = 0;
    for (int i = 0; i < 2 * LINES * IN_A_LINE; i++) {
        const uint16_t id = (uint16_t)(1 + i / (2 * IN_A_LINE) * IN_A_LINE + i % IN_A_LINE);
        const struct face *in = faces[i / IN_A_LINE % 2];
        at = strstr(at, "<g unicode=");
        assert_non_null(at);
        at = strstr(at, " x=\"") + 4;
        assert_in_range((long)(strtod(at, NULL) * 1000 + 0.5) - PT(20) - PT(5) * (i % IN_A_LINE) + WITHIN_MP, 0,
                        2 * WITHIN_MP);
        defaults_between += face_advance(in, id) == 1000 && face_advance(in, (uint16_t)(id - 1)) != 1000 &&
                            face_advance(in, (uint16_t)(id + 1)) != 1000;
    }
    assert_in_range(defaults_between, 5, 2 * LINES * IN_A_LINE);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(all_fonts_are_embedded_subset_and_mapped),
        TEST(a_compact_document_is_smaller_and_looks_the_same),
        TEST(text_is_copied_as_it_was_written),
        TEST(glyphs_and_characters_need_not_pair_off),
        TEST(a_radical_is_copied_as_what_people_type),
        TEST(glyphs_stand_where_they_were_placed),
        TEST(small_gaps_add_up_to_no_error),
        TEST(glyphs_before_gaps_are_wider_copies),
        TEST(widths_are_those_of_the_face),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
