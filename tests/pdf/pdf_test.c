/* Documents built by hand, written, and read again by other people's programs. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/length.h"
#include "base/utf8.h"
#include "image/image.h"
#include "pdf/pdf.h"

enum { MOST_GLYPHS = 400 };

/* What every test begins with. */
struct desk {
    struct arena *arena;
    struct fonts *fonts;
    struct pdf_writer *writer;
    struct document *document;
    struct canvas canvas; /* of the first page, A4 */
    struct diags diags;
    struct buffer out;
    char folder[32], path[64];
};

static int set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    *state = desk;
    desk->arena = arena_create();
    desk->fonts = fonts_create();
    desk->writer = pdf_writer_create();
    desk->document = document_create_in(desk->arena);
    desk->canvas = canvas_of_page(desk->document, document_add_page(desk->document, MM(210), MM(297)));
    diags_init(&desk->diags, desk->arena);
    strcpy(desk->folder, "/tmp/pdf-test-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(desk->path, sizeof desk->path, "%s/x.pdf", desk->folder);
    return 0;
}

static int tear_down(void **state) {
    struct desk *desk = *state;
    unlink(desk->path);
    rmdir(desk->folder);
    buffer_release(&desk->out);
    pdf_writer_destroy(desk->writer);
    fonts_destroy(desk->fonts);
    arena_destroy(desk->arena);
    free(desk);
    return 0;
}

static const struct face *face(struct desk *desk, const char *name) {
    const struct face *found = face_find(desk->fonts, str_from(name), NULL, NULL);
    assert_non_null(found);
    return found;
}

/* A run with a glyph for each character. */
static struct mark *set_text(struct canvas *canvas, const struct face *in, int32_t size_mp, int32_t x_mp, int32_t y_mp,
                             const char *text) {
    struct mark *mark = canvas_add(canvas, MARK_GLYPHS, x_mp, y_mp);
    struct mark_glyphs *run = &mark->glyphs;
    *run = (struct mark_glyphs){.face = in, .size_mp = size_mp, .stretch = 1000, .text = str_from(text)};
    run->glyphs = ARENA_ARRAY(canvas->arena, struct glyph, MOST_GLYPHS);
    for (size_t at = 0; at < run->text.n;) {
        const size_t cluster = at;
        uint16_t id = face_glyph(in, utf8_next(run->text, &at), 0);
        assert_int_not_equal(id, 0);
        run->glyphs[run->count++] = (struct glyph){id, (uint16_t)cluster, run->width_mp, 0};
        run->width_mp += mp_scale(face_advance(in, id), size_mp, 1000);
    }
    return mark;
}

static void write_as(struct desk *desk, bool compact) {
    struct pdf_options options = {.date = STR("2026-11-25"), .creator = STR("dossier"), .compact = compact};
    if (!pdf_write(desk->writer, desk->document, &options, &desk->out, &desk->diags)) {
        fail_msg("refused: %s", diag_name(desk->diags.items[0].code));
    }
    assert_int_equal(file_write(desk->path, desk->out.bytes, desk->out.count, false), 0);
}

static void write_document(struct desk *desk) {
    write_as(desk, false);
}

/* What a command prints about the file; %s stands for its path. */
static struct str told(struct desk *desk, const char *command) {
    struct buffer out = {0};
    char *line;
    assert_true(asprintf(&line, command, desk->path) > 0);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    for (int c; (c = fgetc(pipe)) != EOF;) {
        buffer_byte(&out, (char)c);
    }
    int status = pclose(pipe);
    struct str text = str_copy(desk->arena, buffer_str(&out));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("%s: %.*s", line, STR_ARG(text));
    }
    buffer_release(&out);
    free(line);
    return text;
}

static void assert_holds(struct str text, const char *part) {
    if (str_find(text, str_from(part)) == text.n) {
        fail_msg("no “%s” in: %.*s", part, STR_ARG(text));
    }
}

static void assert_accepted(struct desk *desk) {
    told(desk, "qpdf --check %s 2>&1");
    assert_int_equal(told(desk, "pdftoppm -r 20 %s 2>&1 >/dev/null").n, 0);
}

/* --- fonts and text */

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

/* Neighbours of all widths, those that are the default among them: who reads the font's list of them finds each glyph in its place. */
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

/* --- the same document gives the same bytes */

static void bytes_depend_on_the_document_alone(void **state) {
    struct desk *desk = *state;
    struct buffer first = {0};
    set_text(&desk->canvas, face(desk, "Noto Serif CJK SC"), PT(12), PT(70), PT(100), "留守儿童档案");
    set_text(&desk->canvas, face(desk, "LXGW WenKai"), PT(12), PT(70), PT(130), "留守儿童");
    write_document(desk);
    buffer_add(&first, buffer_str(&desk->out));
    struct document *mine = desk->document;

    desk->document = document_create_in(desk->arena);
    struct canvas other = canvas_of_page(desk->document, document_add_page(desk->document, MM(148), MM(210)));
    set_text(&other, face(desk, "LXGW WenKai"), PT(12), PT(70), PT(130), "关爱服务 8");
    write_document(desk);
    desk->document = mine;
    write_document(desk);
    assert_true(str_eq(buffer_str(&first), buffer_str(&desk->out)));

    pdf_writer_destroy(desk->writer);
    desk->writer = pdf_writer_create();
    write_document(desk);
    assert_true(str_eq(buffer_str(&first), buffer_str(&desk->out)));
    buffer_release(&first);
}

/* --- drawing */

/* The page as grey pixels, one a point. */
struct raster {
    int width, height;
    const uint8_t *pixels;
};

static struct raster render(struct desk *desk) {
    struct str pgm = told(desk, "pdftoppm -r 72 -gray -aa no -aaVector no -singlefile %s");
    struct raster raster;
    int most, head;
    assert_int_equal(sscanf(str_c(desk->arena, pgm), "P5 %d %d %d%n", &raster.width, &raster.height, &most, &head), 3);
    raster.pixels = (const uint8_t *)pgm.p + head + 1;
    return raster;
}

static int grey_at(const struct raster *raster, int x, int y) {
    return raster->pixels[y * raster->width + x];
}

static void marks_are_drawn_in_their_places(void **state) {
    struct desk *desk = *state;
    canvas_fill(&desk->canvas, (struct box){PT(100), PT(50), PT(40), PT(20)}, (struct colour){0x80, 0x80, 0x80});
    canvas_fill(&desk->canvas, (struct box){PT(240), PT(70), PT(-40), PT(-20)}, COLOUR_BLACK);
    canvas_rule(&desk->canvas, PT(100), PT(100), PT(200), 0, PT(4));
    canvas_rule(&desk->canvas, PT(100), PT(120), PT(200), 0, PT(9));
    desk->canvas.marks->items[3].rule.style = LINE_DOUBLE;
    struct path_step steps[] = {
        {PATH_MOVE, {0}, {0}}, {PATH_LINE, {PT(30)}, {0}}, {PATH_LINE, {PT(30)}, {PT(30)}}, {PATH_CLOSE, {0}, {0}}};
    canvas_add(&desk->canvas, MARK_PATH, PT(100), PT(150))->path =
        (struct mark_path){.steps = steps, .count = 4, .fill = true, .fill_colour = COLOUR_BLACK};
    write_document(desk);
    assert_accepted(desk);
    struct raster page = render(desk);
    assert_int_equal(page.width, 596);
    assert_int_equal(grey_at(&page, 95, 60), 255);
    assert_int_equal(grey_at(&page, 120, 60), 128);
    assert_int_equal(grey_at(&page, 120, 75), 255);
    assert_int_equal(grey_at(&page, 220, 60), 0);
    assert_int_equal(grey_at(&page, 200, 100), 0);
    assert_int_equal(grey_at(&page, 200, 95), 255);
    assert_int_equal(grey_at(&page, 200, 117), 0);
    assert_int_equal(grey_at(&page, 200, 120), 255);
    assert_int_equal(grey_at(&page, 200, 123), 0);
    assert_int_equal(grey_at(&page, 125, 155), 0);
    assert_int_equal(grey_at(&page, 105, 175), 255);
}

static void groups_turn_and_clip(void **state) {
    struct desk *desk = *state;
    /* A quarter turn clockwise about (300, 200), with a clip 50 wide. */
    const struct matrix quarter = {0, MATRIX_ONE, -MATRIX_ONE, 0, 0, 0};
    struct box clip = {0, 0, PT(50), PT(100)};
    struct canvas inside = canvas_group(&desk->canvas, PT(300), PT(200), quarter, &clip);
    canvas_fill(&inside, (struct box){PT(10), PT(20), PT(80), PT(10)}, COLOUR_BLACK);
    const struct matrix half = {MATRIX_ONE / 2, 0, 0, MATRIX_ONE / 2, PT(5), 0};
    struct canvas deeper = canvas_group(&inside, 0, PT(40), half, NULL);
    canvas_fill(&deeper, (struct box){0, 0, PT(20), PT(20)}, COLOUR_BLACK);
    canvas_fill(&desk->canvas, (struct box){PT(10), PT(10), PT(10), PT(10)}, (struct colour){0x40, 0x40, 0x40});
    write_document(desk);
    assert_accepted(desk);
    struct raster page = render(desk);
    assert_int_equal(grey_at(&page, 275, 230), 0);   /* (30, 25) inside */
    assert_int_equal(grey_at(&page, 275, 205), 255); /* (5, 25) */
    assert_int_equal(grey_at(&page, 275, 260), 255); /* (60, 25): clipped */
    assert_int_equal(grey_at(&page, 255, 210), 0);   /* (10, 45): (10, 10) in the deeper one */
    assert_int_equal(grey_at(&page, 245, 210), 255);
    assert_int_equal(grey_at(&page, 15, 15), 0x40);
}

static void a_picture_is_one_object_however_often_it_is_drawn(void **state) {
    struct desk *desk = *state;
    static const char rows[] = {0,         0, 0, (char)200, (char)200, (char)200,
                                (char)255, 0, 0, (char)255, (char)255, (char)255};
    struct image image = {.format = IMAGE_RAW, .width_px = 2, .height_px = 2, .components = 3, .turn = 1};
    image.bytes = (struct str){rows, sizeof rows};
    image.hash = hash_bytes(rows, sizeof rows);
    for (int i = 0; i < 3; i++) {
        canvas_add(&desk->canvas, MARK_IMAGE, PT(100), PT(100 + 60 * i))->image =
            (struct mark_image){&image, PT(40), PT(40)};
    }
    write_document(desk);
    assert_accepted(desk);
    const struct str list = told(desk, "pdfimages -list %s | awk 'NR > 2 {print $3, $4, $5, $6, $9}' | sort | uniq -c");
    assert_holds(list, "3 image 2 2 rgb image");
    assert_int_equal(str_find(list, STR("smask")), list.n);
    struct raster page = render(desk);
    assert_int_equal(grey_at(&page, 110, 110), 0);
    assert_int_equal(grey_at(&page, 130, 110), 200);
    assert_int_equal(grey_at(&page, 130, 130), 255);
}

static struct image *grey_picture(struct desk *desk, int32_t side_px, uint8_t grey) {
    struct image *image = ARENA_NEW(desk->arena, struct image);
    const size_t count = (size_t)side_px * (size_t)side_px;
    char *rows = arena_alloc(desk->arena, count);
    memset(rows, grey, count);
    *image = (struct image){.format = IMAGE_RAW, .width_px = side_px, .height_px = side_px, .components = 1, .turn = 1};
    image->bytes = (struct str){rows, count};
    image->hash = hash_bytes(rows, count);
    return image;
}

/* 300 dots an inch where it is printed largest, in a group half as large; one a little finer stays as it is. */
static void a_picture_has_the_pixels_that_print_shows(void **state) {
    struct desk *desk = *state;
    const struct matrix half = {MATRIX_ONE / 2, 0, 0, MATRIX_ONE / 2, 0, 0};
    struct image *fine = grey_picture(desk, 1000, 10), *twice = grey_picture(desk, 1001, 20);
    struct image *halved = grey_picture(desk, 1002, 30), *right = grey_picture(desk, 370, 40);
    canvas_add(&desk->canvas, MARK_IMAGE, PT(10), PT(10))->image = (struct mark_image){fine, PT(72), PT(72)};
    canvas_add(&desk->canvas, MARK_IMAGE, PT(100), PT(10))->image = (struct mark_image){twice, PT(72), PT(72)};
    canvas_add(&desk->canvas, MARK_IMAGE, PT(200), PT(10))->image = (struct mark_image){twice, PT(144), PT(144)};
    canvas_add(&desk->canvas, MARK_IMAGE, PT(400), PT(10))->image = (struct mark_image){right, PT(72), PT(72)};
    struct canvas inside = canvas_group(&desk->canvas, PT(10), PT(200), half, NULL);
    canvas_add(&inside, MARK_IMAGE, 0, 0)->image = (struct mark_image){halved, PT(72), PT(72)};
    write_document(desk);
    assert_accepted(desk);
    assert_true(str_is(told(desk, "pdfimages -list %s | awk 'NR > 2 {print $4, $5, $13}'"),
                       "300 300 300\n600 600 600\n600 600 300\n370 370 370\n150 150 300\n"));
    const struct raster page = render(desk);
    assert_int_equal(grey_at(&page, 40, 40), 10);
    assert_int_equal(grey_at(&page, 20, 210), 30);
    struct buffer first = {0};
    buffer_add(&first, buffer_str(&desk->out));
    write_document(desk); /* the shrunk ones are kept */
    assert_true(str_eq(buffer_str(&first), buffer_str(&desk->out)));
    buffer_release(&first);
}

/* --- navigation */

static void links_bookmarks_and_labels_lead_to_their_places(void **state) {
    struct desk *desk = *state;
    struct page *second = document_add_page(desk->document, MM(210), MM(297));
    struct canvas there = canvas_of_page(desk->document, second);
    desk->document->pages[0]->label = STR("封面");
    second->label = STR("1");
    desk->document->bookmarks_open = true;
    canvas_add(&desk->canvas, MARK_ANCHOR, PT(70), PT(80))->anchor =
        (struct mark_anchor){STR("a"), STR("一、基本情况"), 1, 0};
    canvas_add(&desk->canvas, MARK_ANCHOR, PT(70), PT(90))->anchor =
        (struct mark_anchor){STR("b"), STR("(二) 𬱖"), 2, 0};
    canvas_add(&there, MARK_ANCHOR, PT(70), PT(100))->anchor = (struct mark_anchor){STR("c"), STR("二、家庭"), 1, 0};
    canvas_add(&desk->canvas, MARK_LINK, PT(70), PT(100))->link =
        (struct mark_link){PT(50), PT(12), STR("c"), STR_NONE};
    canvas_add(&desk->canvas, MARK_LINK, PT(70), PT(200))->link =
        (struct mark_link){PT(50), PT(12), STR_NONE, STR("https://a.cn/(x)")};
    write_document(desk);
    assert_accepted(desk);
    const struct str outline = told(desk, "mutool show %s outline 2>/dev/null");
    assert_holds(outline, "\"一、基本情况\"");
    assert_holds(outline, "\t\t\"(二) 𬱖\"");
    assert_holds(outline, "\t\"二、家庭\"\t#page=2");
    assert_holds(told(desk, "pdfinfo -url %s"), "https://a.cn/(x)");
    assert_holds(told(desk, "qpdf --json %s"), "\"/GoTo\"");
    assert_holds(buffer_str(&desk->out), "/XYZ 70 741.89 null]");
    assert_holds(buffer_str(&desk->out), "/PageLabels<</Nums[0<</P<FEFF5C019762>>>1<</S/D/St 1>>]>>");
    assert_int_equal(desk->diags.count, 0);
}

/* A cover and its contents before the first page that is counted, a blank one between: i, ii, 1, —, 2. */
static void pages_before_the_first_are_roman(void **state) {
    struct desk *desk = *state;
    static const char *const labels[] = {"—", "—", "1", "—", "2", "3"};
    for (size_t i = 1; i < sizeof labels / sizeof *labels; i++) {
        document_add_page(desk->document, MM(210), MM(297));
    }
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        desk->document->pages[i]->label = str_from(labels[i]);
    }
    desk->document->opens_as_book = true;
    write_document(desk);
    assert_accepted(desk);
    assert_holds(buffer_str(&desk->out), "/Nums[0<</S/r>>2<</S/D/St 1>>3<</P<FEFF2014>>>4<</S/D/St 2>>]");
    assert_holds(buffer_str(&desk->out), "/PageLayout/TwoColumnRight");
}

/* As on the back of a folded sheet: a page in its half, on a side that is upside down. */
static void a_link_in_groups_lies_where_its_words_are(void **state) {
    struct desk *desk = *state;
    const struct matrix half_turn = {-MATRIX_ONE, 0, 0, -MATRIX_ONE, 0, 0};
    desk->document->pages[0]->width_mp = PT(600);
    desk->document->pages[0]->height_mp = PT(800);
    struct canvas turned = canvas_group(&desk->canvas, PT(600), PT(800), half_turn, NULL);
    struct canvas moved = canvas_group(&turned, PT(100), PT(50), MATRIX_IDENTITY, NULL);
    canvas_add(&moved, MARK_LINK, PT(10), PT(20))->link =
        (struct mark_link){PT(50), PT(12), STR_NONE, STR("https://a.cn/")};
    write_document(desk);
    assert_holds(buffer_str(&desk->out), "/Rect[440 70 490 82]");
}

static void a_link_to_nowhere_is_told(void **state) {
    struct desk *desk = *state;
    canvas_add(&desk->canvas, MARK_LINK, PT(70), PT(100))->link =
        (struct mark_link){PT(50), PT(12), STR("nowhere"), STR_NONE};
    write_document(desk);
    assert_int_equal(desk->diags.count, 1);
    assert_string_equal(diag_name(desk->diags.items[0].code), "P603");
    assert_true(str_is(desk->diags.items[0].args[0], "nowhere"));
}

static void title_author_and_day_are_told(void **state) {
    struct desk *desk = *state;
    desk->document->title = STR("留守儿童档案 𬱖");
    desk->document->author = STR("青石镇中心小学");
    desk->document->duplex = true;
    write_document(desk);
    const struct str info = told(desk, "TZ=UTC pdfinfo %s");
    assert_holds(info, "留守儿童档案 𬱖\n");
    assert_holds(info, "青石镇中心小学\n");
    assert_holds(info, "Wed Nov 25 00:00:00 2026");
    assert_holds(info, "PDF version:     1.4");
    assert_holds(info, "595.276 x 841.89 pts");
    assert_holds(buffer_str(&desk->out), "/Duplex/DuplexFlipLongEdge");
    assert_holds(buffer_str(&desk->out), "/ID[<");
}

/* --- what the library refuses */

static void a_refused_document_is_told_and_the_next_one_made(void **state) {
    struct desk *desk = *state;
    struct pdf_options options = {0};
    set_text(&desk->canvas, face(desk, "Noto Serif CJK SC"), PT(12), PT(70), PT(100), "好");
    desk->document->pages[0]->width_mp = PT(1);
    assert_false(pdf_write(desk->writer, desk->document, &options, &desk->out, &desk->diags));
    assert_int_equal(desk->out.count, 0);
    assert_string_equal(diag_name(desk->diags.items[0].code), "P601");
    assert_holds(desk->diags.items[0].args[0], "smaller than 3 pt");
    desk->document->pages[0]->width_mp = PT(100);
    write_document(desk);
    assert_accepted(desk);
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
        TEST(bytes_depend_on_the_document_alone),
        TEST(marks_are_drawn_in_their_places),
        TEST(groups_turn_and_clip),
        TEST(a_picture_is_one_object_however_often_it_is_drawn),
        TEST(a_picture_has_the_pixels_that_print_shows),
        TEST(links_bookmarks_and_labels_lead_to_their_places),
        TEST(pages_before_the_first_are_roman),
        TEST(a_link_in_groups_lies_where_its_words_are),
        TEST(a_link_to_nowhere_is_told),
        TEST(title_author_and_day_are_told),
        TEST(a_refused_document_is_told_and_the_next_one_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
