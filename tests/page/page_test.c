/* page_test.c: making, filling, walking, dumping and hashing a display list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/length.h"
#include "image/image.h"
#include "page/sinks.h"
#include "paper.h"

#define FACE "Noto Serif CJK SC"

static void assert_dump(const struct document *document, const char *expected) {
    struct buffer out = {0};
    document_dump(document, &out);
    buffer_byte(&out, '\0');
    assert_string_equal(out.bytes, expected);
    buffer_release(&out);
}

static void one_of_each(struct paper *paper) {
    static const struct image image = {.format = IMAGE_JPEG, .width_px = 358, .height_px = 441};
    static struct path_step steps[] = {
        {PATH_MOVE, {0}, {0}}, {PATH_CURVE, {1000, 2000, 3000}, {0, 1000, 1500}}, {PATH_CLOSE, {0}, {0}}};
    struct canvas *canvas = &paper->canvas;
    paper_set(canvas, PT(70.87), PT(85.04), "a\"\\\n留守");
    canvas_rule(canvas, PT(70.87), PT(100), PT(453.54), 0, PT(0.5));
    canvas->layer = LAYER_PREPRINTED;
    canvas_fill(canvas, (struct box){PT(1), PT(2), PT(20), PT(10)}, (struct colour){0xe0, 0xe0, 0xe0});
    canvas->layer = LAYER_VARIABLE;
    canvas_add(canvas, MARK_PATH, PT(10), PT(10))->path =
        (struct mark_path){.steps = steps, .count = 3, .stroke = true, .thickness_mp = 500};
    canvas_add(canvas, MARK_IMAGE, 0, 0)->image = (struct mark_image){&image, MM(35), MM(49)};
    canvas_add(canvas, MARK_LINK, 0, 0)->link = (struct mark_link){PT(100), PT(12), STR("family"), STR_NONE};
    canvas_add(canvas, MARK_LINK, 0, 0)->link = (struct mark_link){PT(100), PT(12), STR_NONE, STR("https://a.cn/")};
    canvas_add(canvas, MARK_ANCHOR, 0, 0)->anchor = (struct mark_anchor){STR("family"), STR("家庭"), 1, 0};
    canvas_add(canvas, MARK_FIELD, 0, 0)->field =
        (struct mark_field){.kind = FIELD_PAGE_OF_ANCHOR, .anchor = STR("family"), .width_mp = PT(18)};
    struct box clip = {0, 0, PT(99.21), PT(138.9)};
    const struct matrix quarter = {0, MATRIX_ONE, -MATRIX_ONE, 0, 0, 0};
    struct canvas inside = canvas_group(canvas, PT(5), PT(-5), quarter, &clip);
    paper_set(&inside, 0, PT(10), "x");
}

static void a_dump_shows_every_kind_of_mark(void **state) {
    struct paper paper = paper_create();
    (void)state;
    one_of_each(&paper);
    paper_turn(&paper);
    paper.page->number = 0;
    paper.page->label = STR("封面");
    assert_dump(paper.document, "page 1 595.28x841.89\n"
                                "  glyphs 70.87,85.04 - 10.00 \"a\\\"\\\\\\x0a留守\" w=40.00\n"
                                "  rule 70.87,100.00 +453.54,+0.00 0.50\n"
                                "  ~fill 1.00,2.00 20.00x10.00 #e0e0e0\n"
                                "  path 10.00,10.00 stroke=0.50 M0.00,0.00 C1.00,0.00 2.00,1.00 3.00,1.50 Z\n"
                                "  image 0.00,0.00 99.21x138.90 jpeg 358x441\n"
                                "  link 0.00,0.00 100.00x12.00 #family\n"
                                "  link 0.00,0.00 100.00x12.00 https://a.cn/\n"
                                "  anchor 0.00,0.00 \"family\" level=1 \"家庭\"\n"
                                "  field 0.00,0.00 page-of-anchor \"family\" w=18.00\n"
                                "  group 5.00,-5.00 matrix=0,1,-1,0 clip=0.00,0.00,99.21,138.90\n"
                                "    glyphs 0.00,10.00 - 10.00 \"x\" w=5.00\n"
                                "page 2 595.28x841.89 number=0 label=\"封面\"\n");
    paper_destroy(&paper);
}

static void a_dump_tells_gaps_between_glyphs(void **state) {
    struct fonts *fonts = fonts_create();
    struct paper paper = paper_create();
    int error = 0;
    (void)state;
    const struct face *face = face_find(fonts, STR(FACE), NULL, &error);
    assert_non_null(face);
    struct mark_glyphs *run = &paper_set(&paper.canvas, 0, 0, "张三李四")->glyphs;
    run->face = face;
    for (uint16_t i = 0; i < run->count; i++) {
        run->glyphs[i].id = face_glyph(face, 0x5F20, 0);
    }
    run->glyphs[1].x_mp += 5000;
    run->glyphs[2].x_mp += 5000 + 20; /* rounding */
    run->glyphs[3].x_mp += 4000;
    assert_dump(paper.document, "page 1 595.28x841.89\n"
                                "  glyphs 0.00,0.00 NotoSerifCJKsc-Regular 10.00 \"张|三李¦四\" w=40.00\n");
    paper_destroy(&paper);
    fonts_destroy(fonts);
}

static struct mark *add_field(struct canvas *canvas, enum field_kind kind, enum field_align align) {
    struct mark *mark = canvas_add(canvas, MARK_FIELD, PT(100), 0);
    mark->field = (struct mark_field){
        .kind = kind, .anchor = STR("family"), .size_mp = PT(10), .width_mp = PT(18), .align = align};
    struct field_digits *digits = ARENA_NEW(canvas->arena, struct field_digits);
    for (uint16_t digit = 0; digit < 10; digit++) {
        digits->glyph[digit] = digit;
        digits->advance_mp[digit] = PT(5);
    }
    mark->field.digits = digits;
    return mark;
}

static void fields_become_numbers_when_they_are_known(void **state) {
    struct paper paper = paper_create();
    (void)state;
    paper.page->number = 0; /* a cover */
    add_field(&paper.canvas, FIELD_PAGE, FIELD_LEFT);
    paper_turn(&paper);
    paper.page->number = 1;
    add_field(&paper.canvas, FIELD_PAGE, FIELD_LEFT);
    add_field(&paper.canvas, FIELD_PAGES, FIELD_CENTRE);
    struct canvas inside = canvas_group(&paper.canvas, 0, 0, MATRIX_IDENTITY, NULL);
    add_field(&inside, FIELD_PAGE_OF_ANCHOR, FIELD_RIGHT);
    paper_turn(&paper);
    paper.page->number = 12;
    inside = canvas_group(&paper.canvas, 0, 0, MATRIX_IDENTITY, NULL);
    canvas_add(&inside, MARK_ANCHOR, 0, 0)->anchor.name = STR("family");
    assert_int_equal(document_fill_fields(paper.document, 1u << FIELD_PAGE | 1u << FIELD_PAGE_OF_ANCHOR), 0);
    assert_int_equal(paper.document->pages[1]->marks.items[1].kind, MARK_FIELD); /* not asked for yet */
    assert_int_equal(document_fill_fields(paper.document, 1u << FIELD_PAGES), 0);
    assert_dump(paper.document, "page 1 595.28x841.89 number=0\n"
                                "page 2 595.28x841.89 number=1\n"
                                "  glyphs 100.00,0.00 - 10.00 \"1\" w=5.00\n"
                                "  glyphs 104.00,0.00 - 10.00 \"12\" w=10.00\n"
                                "  group 0.00,0.00 matrix=1,0,0,1\n"
                                "    glyphs 108.00,0.00 - 10.00 \"12\" w=10.00\n"
                                "page 3 595.28x841.89 number=12\n"
                                "  group 0.00,0.00 matrix=1,0,0,1\n"
                                "    anchor 0.00,0.00 \"family\"\n");
    paper_destroy(&paper);
}

static void an_anchor_that_is_not_there_is_told(void **state) {
    struct fonts *fonts = fonts_create();
    struct paper paper = paper_create();
    int error = 0;
    (void)state;
    add_field(&paper.canvas, FIELD_PAGE_OF_ANCHOR, FIELD_RIGHT)->field.face = face_find(fonts, STR(FACE), NULL, &error);
    assert_int_equal(document_fill_fields(paper.document, 1u << FIELD_PAGE_OF_ANCHOR), 1);
    assert_dump(paper.document, "page 1 595.28x841.89\n"
                                "  glyphs 108.00,0.00 NotoSerifCJKsc-Regular 10.00 \"？\" w=10.00\n");
    paper_destroy(&paper);
    fonts_destroy(fonts);
}

static void the_preprinted_layer_goes_and_groups_with_it(void **state) {
    struct paper paper = paper_create();
    (void)state;
    struct canvas *canvas = &paper.canvas;
    canvas->layer = LAYER_PREPRINTED;
    canvas_rule(canvas, 0, 0, PT(1), 0, PT(1));
    canvas->layer = LAYER_VARIABLE;
    struct canvas inside = canvas_group(canvas, 0, 0, MATRIX_IDENTITY, NULL);
    inside.layer = LAYER_PREPRINTED;
    canvas_rule(&inside, 0, 0, PT(1), 0, PT(1));
    inside = canvas_group(canvas, 0, 0, MATRIX_IDENTITY, NULL);
    inside.layer = LAYER_PREPRINTED;
    canvas_rule(&inside, 0, 0, PT(1), 0, PT(1));
    inside.layer = LAYER_VARIABLE;
    paper_set(&inside, 0, 0, "x");
    document_drop_layer(paper.document, LAYER_PREPRINTED);
    assert_dump(paper.document, "page 1 595.28x841.89\n"
                                "  group 0.00,0.00 matrix=1,0,0,1\n"
                                "    glyphs 0.00,0.00 - 10.00 \"x\" w=5.00\n");
    paper_destroy(&paper);
}

/* Changes one thing in a document of one_of_each; false when there is nothing left to change. */
static bool change(struct paper *paper, int which) {
    struct mark *marks = paper->page->marks.items;
    switch (which) {
    case 0:
        marks[0].x_mp++;
        return true;
    case 1:
        marks[0].glyphs.text = STR("a\"\\\n留宁");
        return true;
    case 2:
        marks[0].glyphs.glyphs[3].x_mp++;
        return true;
    case 3:
        marks[1].rule.style = LINE_DOTTED;
        return true;
    case 4:
        marks[2].layer = LAYER_VARIABLE;
        return true;
    case 5:
        marks[5].link = (struct mark_link){PT(100), PT(12), STR_NONE, STR("family")};
        return true;
    case 6:
        marks[9].group.matrix.e_mp = 1;
        return true;
    case 7:
        marks[9].group.marks.count = 0;
        return true;
    case 8:
        paper->page->rotate = 90;
        return true;
    case 9:
        paper->document->title = STR("x");
        return true;
    case 10:
        paper_turn(paper);
        return true;
    case 11: /* the same marks, but the last stands beside the group */
        marks[9].group.marks.count = 0;
        *canvas_add(&paper->canvas, MARK_GLYPHS, 0, 0) = paper->page->marks.items[9].group.marks.items[0];
        return true;
    default:
        return false;
    }
}

static void equal_documents_and_only_those_have_equal_hashes(void **state) {
    struct hash hashes[32];
    int count = 0;
    bool changed = true;
    (void)state;
    for (int which = -1; changed; which++) {
        struct paper paper = paper_create();
        one_of_each(&paper);
        changed = which < 0 || change(&paper, which);
        hashes[count++] = document_hash(paper.document);
        paper_destroy(&paper);
    }
    assert_true(hash_eq(hashes[0], hashes[count - 1])); /* the last was made alike, at another address */
    for (int i = 0; i < count - 1; i++) {
        for (int j = 0; j < i; j++) {
            assert_false(hash_eq(hashes[i], hashes[j]));
        }
    }
}

static void text_is_read_line_by_line(void **state) {
    struct paper paper = paper_create();
    struct buffer out = {0};
    (void)state;
    paper_set(&paper.canvas, PT(100), PT(20.5), "第二格");
    paper_set(&paper.canvas, PT(10), PT(40), "下一行");
    paper_set(&paper.canvas, PT(10), PT(20), "第一");
    paper_set(&paper.canvas, PT(30), PT(20), "格");
    const struct matrix quarter = {0, -MATRIX_ONE, MATRIX_ONE, 0, 0, 0};
    struct canvas turned = canvas_group(&paper.canvas, PT(5), PT(200), quarter, NULL);
    paper_set(&turned, 0, PT(14), "下一行");
    paper_set(&turned, PT(20), 0, "侧");
    paper_set(&turned, 0, 0, "在书");
    paper_turn(&paper);
    paper_set(&paper.canvas, 0, 0, "第二页");
    document_text(paper.document, &out);
    buffer_byte(&out, '\0');
    assert_string_equal(out.bytes, "第一格 第二格\n下一行\n在书侧\n下一行\n第二页\n");
    buffer_release(&out);
    paper_destroy(&paper);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dump_shows_every_kind_of_mark),
        cmocka_unit_test(a_dump_tells_gaps_between_glyphs),
        cmocka_unit_test(fields_become_numbers_when_they_are_known),
        cmocka_unit_test(an_anchor_that_is_not_there_is_told),
        cmocka_unit_test(the_preprinted_layer_goes_and_groups_with_it),
        cmocka_unit_test(equal_documents_and_only_those_have_equal_hashes),
        cmocka_unit_test(text_is_read_line_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
