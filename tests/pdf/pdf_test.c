/* Documents built by hand, written, and read again by other people's programs: bytes, drawing, navigation. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "image/image.h"
#include "support.h"

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
