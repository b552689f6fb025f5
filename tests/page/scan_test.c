/* scan_test.c: numbers that must not leave, in every form that a page may show them, and those that only look so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/length.h"
#include "base/utf8.h"
#include "page/sinks.h"
#include "paper.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* With the right check digit. */
#define ID "110105194912310038"

static const char *scan(struct paper *paper) {
    struct scan_hit hit;
    struct arena *arena = arena_create();
    bool found = document_scan(paper->document, arena, NULL, &hit);
    arena_destroy(arena);
    if (!found) {
        return "";
    }
    return hit.kind == NUMBER_ID ? "ID" : hit.kind == NUMBER_PHONE ? "phone" : "?";
}

static void a_number_in_one_run(void **state) {
    static const char *const cases[][2] = {
        {ID, "ID"},
        {"证件号码：" ID "。", "ID"},
        {"11010519491231002X", "ID"}, /* the example of GB 11643 */
        {"110105194912310039", "ID"}, /* a typing error is still a child's number */
        {"11010519491231002x", "ID"},
        {"G" ID, "ID"}, /* 学籍号 */
        {"１１０１０５１９４９１２３１００２Ｘ", "ID"},
        {"110105 19491231 0038", "ID"},
        {"110105 1949 12 31 0038", "ID"},
        {"1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 3 8", "ID"},
        {"110105-1949-12-31-0038", "ID"},
        {"110105-19491231-0038", "ID"},
        {"110 105 19491231 0038", "ID"}, /* the region in halves */
        {"1101 0519 4912 3100 38", "ID"},
        {"1101 0519 4912 310038", "ID"},
        {"110 105 194 912 310 038", "ID"},
        {"11 01 05 19 49 12 31 00 38", "ID"},
        {"11 0105 1949 1231 0038", "ID"},
        {"1101051 94912310038", "ID"}, /* parted once or twice anywhere */
        {"1 1010519491231003 8", "ID"},
        {"１１０１０５　１９４９　１２　３１　００３８", "ID"},
        {"110105\u200B1949\u200B1231\u200C00\u206038", "ID"},
        {"1\u200D3812\uFEFF345678", "phone"},
        {"1\u00AD38 1234 5678", "phone"},
        {ID "13812345678", "ID"},
        {"13812345678", "phone"},
        {"电话13812345678（母）", "phone"},
        {"138 1234 5678", "phone"},
        {"138-1234-5678", "phone"},
        {"138－1234－5678", "phone"},
        {"138\u00A01234\u20135678", "phone"},
        {"138·1234·5678", "phone"},
        {"1381234 5678", "phone"},
        {"１３８１２３４５６７８", "phone"},
        {"+86 138 1234 5678", "phone"},
        {"+8613812345678", "phone"},
        {"008613812345678", "phone"},
        {"2026 138 1234 5678", "phone"},
        {"1 3 8 1 2 3 4 5 6 7 8", "phone"},
        {"家长13812345678/13912345678", "phone"},
        /* of every script, and parted by a list's signs */
        {"一三八一二三四五六七八", "phone"},
        {"壹叁捌壹贰叁肆伍陆柒捌", "phone"},
        {"①③⑧①②③④⑤⑥⑦⑧", "phone"},
        {"¹³⁸¹²³⁴⁵⁶⁷⁸", "phone"},
        {"١٣٨١٢٣٤٥٦٧٨", "phone"},
        {"𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "phone"},
        {"②13812345678", "phone"},
        {"138/1234/5678", "phone"},
        {"138转1234转5678", "phone"},
        {"138～1234＋5678", "phone"},
        {"138\u20051234\u200e5678", "phone"},
        {"110105/19491231/0038", "ID"},
        {"150、1800、2300元", ""},
        {"¥150、1800、2300", ""},
        {"150+1800+2300=4250", ""},
        {"13,812,345,678", ""},
        {"1、3、8、1、2、3、4、5、6、7、8", ""},
        {"二〇二六年十一月二十三日一二三四五", ""},
        /* and what isn't one */
        {"138****5678", ""},
        {"110105********0038", ""},
        {"110105194913310038", ""},     /* no thirteenth month */
        {"110105 1949 12 31 0039", ""}, /* in small groups, and the check digit is wrong */
        {"12345678901", ""},            /* no mobile begins so */
        {"1381234567", ""},
        {"138123456789", ""},
        {"0851-27991234", ""},
        {"2026-11-23 15:30", ""},
        {"15 320 710 43 2", ""}, /* a row of counts */
        /* 18 digits with a date at the place of birth and the right check digit, but parted as no ID is: dates and counts */
        {"1 10 105 1949-12-31 0038", ""},
        {"110 105 1949-12-31 00 38", ""},
        {"1 1010 5 1949-12-31 00 38", ""},
        {"11010 5 1949 12 31 0 038", ""},
        {"1 2025-09-01 2025-09-25 3 4", ""},
        {"138,1234,5678", "phone"},
        {"1,381,234 5,678", ""},
        {"2026202711230001234", ""},
        {"第138页 1234 5678", ""},
        {"99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999", ""},
        {"", ""},
        {"\xFF\xFE", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct paper paper = paper_create();
        paper_set(&paper.canvas, PT(10), PT(20), cases[i][0]);
        if (strcmp(scan(&paper), cases[i][1]) != 0) {
            fail_msg("“%s” should give “%s” but gives “%s”", cases[i][0], cases[i][1], scan(&paper));
        }
        paper_destroy(&paper);
    }
}

/* Runs of one line, each placed `gap` after the end of the one before. */
static const char *scan_runs(const char *const *texts, size_t count, int32_t gap_mp, bool ruled) {
    struct paper paper = paper_create();
    int32_t x_mp = PT(10);
    for (size_t i = 0; i < count; i++) {
        /* From the right to the left, and not quite level, as other parts of a page might place them. */
        const int32_t width_mp = paper_set(&paper.canvas, x_mp, PT(20) + (int32_t)(i % 2), texts[i])->glyphs.width_mp;
        x_mp += width_mp + gap_mp;
        if (ruled) {
            canvas_rule(&paper.canvas, x_mp - gap_mp / 2, PT(5), 0, PT(20), PT(0.5));
        }
    }
    struct marks *marks = &paper.page->marks;
    for (size_t i = 0; i < marks->count / 2; i++) {
        const struct mark swapped = marks->items[i];
        marks->items[i] = marks->items[marks->count - 1 - i];
        marks->items[marks->count - 1 - i] = swapped;
    }
    const char *what = scan(&paper);
    paper_destroy(&paper);
    return what;
}

static void a_number_in_several_runs(void **state) {
    static const char *const phone[] = {"138", "1234", "5678"}, *const cut[] = {"电话1", "3812345", "678。"};
    static const char *const between[] = {"138", "年", "12345678"};
    (void)state;
    assert_string_equal(scan_runs(cut, 3, 0, false), "phone");
    assert_string_equal(scan_runs(phone, 3, PT(1), false), "phone");
    assert_string_equal(scan_runs(phone, 3, PT(8), false), "phone");
    assert_string_equal(scan_runs(phone, 3, PT(30), false), ""); /* columns */
    assert_string_equal(scan_runs(phone, 3, PT(8), true), "");   /* cells */
    assert_string_equal(scan_runs(between, 3, 0, false), "");
}

static void an_id_in_boxes(void **state) {
    static const char *const boxes[] = {"1", "1", "0", "1", "0", "5", "1", "9", "4",
                                        "9", "1", "2", "3", "1", "0", "0", "3", "8"};
    static const char *const with_x[] = {"1", "１", "0", "1", "0", "5", "1", "9", "4",
                                         "9", "1",  "2", "3", "1", "0", "0", "2", "X"};
    static const char *const counts[] = {"1", "3", "8", "1", "2", "3", "4", "5", "6", "7", "8"};
    (void)state;
    assert_string_equal(scan_runs(boxes, 18, PT(15), true), "ID");
    assert_string_equal(scan_runs(boxes, 18, PT(15), false), "ID");
    assert_string_equal(scan_runs(counts, 11, PT(15), true), ""); /* a row of counts by class */
    assert_string_equal(scan_runs(with_x, 18, PT(15), true), "ID");
    assert_string_equal(scan_runs(with_x, 17, PT(15), true), "");
}

static void boxes_are_forgotten_behind_them(void **state) {
    static const char *const runs[] = {"1", "5", "第", "13812345678"};
    (void)state;
    assert_string_equal(scan_runs(runs, 2, PT(15), true), "");
    assert_string_equal(scan_runs(runs, 4, PT(15), true), "phone");
}

static void a_number_broken_over_lines(void **state) {
    struct paper paper = paper_create();
    (void)state;
    paper_set(&paper.canvas, PT(10), PT(20), "1101051949");
    paper_set(&paper.canvas, PT(10), PT(34), "12310038");
    assert_string_equal(scan(&paper), "ID");
    canvas_rule(&paper.canvas, PT(5), PT(24), PT(100), 0, PT(0.5));
    assert_string_equal(scan(&paper), ""); /* two cells, one above the other */
    paper_destroy(&paper);

    paper = paper_create(); /* and in groups */
    paper_set(&paper.canvas, PT(10), PT(20), "电话 138 12");
    paper_set(&paper.canvas, PT(10), PT(34), "34 5678（母）");
    assert_string_equal(scan(&paper), "phone");
    paper_destroy(&paper);
    paper = paper_create();
    paper_set(&paper.canvas, PT(10), PT(20), "证件110105 1949");
    paper_set(&paper.canvas, PT(10), PT(34), "1231 0038");
    assert_string_equal(scan(&paper), "ID");
    paper_destroy(&paper);
    paper = paper_create(); /* a column of dates */
    for (int32_t i = 0; i < 4; i++) {
        paper_set(&paper.canvas, PT(10), PT(20 + 14 * i), i % 2 == 0 ? "2025-09-01" : "2010-12-31");
    }
    assert_string_equal(scan(&paper), "");
    paper_destroy(&paper);

    paper = paper_create();
    paper_set(&paper.canvas, PT(10), PT(20), "13812345");
    paper_set(&paper.canvas, PT(60), PT(34), "678");
    assert_string_equal(scan(&paper), "");
    paper_set(&paper.canvas, PT(10), PT(34), "678（母）");
    assert_string_equal(scan(&paper), "phone");
    paper_destroy(&paper);
}

static void a_turned_number(void **state) {
    struct paper paper = paper_create();
    (void)state;
    paper_set(&paper.canvas, PT(10), PT(20), "138");
    const struct matrix quarter = {0, -MATRIX_ONE, MATRIX_ONE, 0, 0, 0};
    struct canvas outer = canvas_group(&paper.canvas, PT(50), PT(500), quarter, NULL);
    struct canvas inner = canvas_group(&outer, PT(3), PT(4), MATRIX_IDENTITY, NULL);
    paper_set(&inner, PT(20), 0, "5678");
    assert_string_equal(scan(&paper), "");
    paper_set(&outer, PT(3) - PT(15), PT(4) + 1, "1381234");
    assert_string_equal(scan(&paper), "phone");
    paper_destroy(&paper);
}

static void a_number_that_is_not_set_but_written(void **state) {
    struct paper paper = paper_create();
    (void)state;
    canvas_add(&paper.canvas, MARK_LINK, 0, 0)->link.uri = STR("tel:13812345678");
    assert_string_equal(scan(&paper), "phone");
    paper_destroy(&paper);
    paper = paper_create();
    canvas_add(&paper.canvas, MARK_ANCHOR, 0, 0)->anchor = (struct mark_anchor){STR("a"), STR("张三 " ID), 1, 0};
    assert_string_equal(scan(&paper), "ID");
    paper_destroy(&paper);
    paper = paper_create();
    paper.document->subject = STR(ID);
    assert_string_equal(scan(&paper), "ID");
    paper_destroy(&paper);
}

/* In a checking code / and : part numbers of their own; a phone within one of them is one, and so it is in any other code. */
static void a_number_in_a_code(void **state) {
    static const struct {
        const char *says;
        bool checks;
        const char *found;
    } cases[] = {{"ARCHIVE/LS01-2025-0130:2026-2027-1/1/ABCDEFGH", true, ""},
                 {"ARCHIVE/LS01-2025-0130:2026-2027-1/1/ABCDEFGH", false, "phone"},
                 {"CARD/13812345678/1/ABCDEFGH", true, "phone"},
                 {"CARD/" ID ":1/1/ABCDEFGH", true, "ID"}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct paper paper = paper_create();
        const struct str says = str_from(cases[i].says);
        canvas_group(&paper.canvas, 0, 0, MATRIX_IDENTITY, NULL);
        struct mark *code = &paper.canvas.marks->items[paper.canvas.marks->count - 1];
        code->group.says = &says;
        code->group.checks = cases[i].checks;
        assert_string_equal(scan(&paper), cases[i].found);
        paper_destroy(&paper);
    }
}

static void the_page_is_told_and_never_the_number(void **state) {
    struct paper paper = paper_create();
    struct scan_hit hit;
    (void)state;
    paper_set(&paper.canvas, PT(10), PT(20), "561人");
    paper_turn(&paper);
    paper_set(&paper.canvas, PT(10), PT(20), "13812345678");
    assert_true(document_scan(paper.document, paper.arena, NULL, &hit));
    assert_int_equal(hit.page, 1);
    assert_int_equal(hit.kind, NUMBER_PHONE);
    paper_destroy(&paper);
}

static bool shows_all(void *context, uint64_t key) {
    (void)context;
    return key != 0;
}

/* Cells, so far apart, in rows of so many columns, with rules between; what is known is a phone, an ID and two landlines. */
static const char *scan_known(const char *const *texts, size_t count, size_t columns, int32_t apart_mp, bool shown) {
    struct paper paper = paper_create();
    struct number_set hidden = {0};
    struct scan_hit hit = {0};
    static const char *const numbers[] = {"15412345678", ID, "085122123456", "08522123456"};
    for (size_t i = 0; i < COUNT(numbers); i++) {
        number_set_add(&hidden, number_key(numbers[i], strlen(numbers[i])));
    }
    struct scan_known known = {.hidden = &hidden, .shown = shown ? shows_all : NULL};
    for (size_t i = 0; i < count; i++) {
        const int32_t x_mp = PT(10) + apart_mp * (int32_t)(i % columns),
                      y_mp = PT(20) + PT(25) * (int32_t)(i / columns);
        paper_set(&paper.canvas, x_mp, y_mp, texts[i]);
        canvas_rule(&paper.canvas, x_mp - PT(3), y_mp - PT(15), 0, PT(25), PT(0.5));
        canvas_rule(&paper.canvas, x_mp - PT(3), y_mp + PT(8), apart_mp, 0, PT(0.5));
    }
    bool found = document_scan(paper.document, paper.arena, &known, &hit);
    number_set_release(&hidden);
    const char *what = !found ? "" : hit.kind == NUMBER_ID ? "ID" : "phone";
    paper_destroy(&paper);
    return what;
}

static void a_known_number(void **state) {
    static const char *const cells[] = {"154", "1234", "5678"}, *const two[] = {"电话：154", "12345678（母）"};
    static const char *const id[] = {"110105", "19491231", "0038"}, *const line[] = {"0851", "22123456"};
    static const char *const boxes[] = {"1", "5", "4", "1", "2", "3", "4", "5", "6", "7", "8"};
    static const char *const between[] = {"154", "年", "12345678"}, *const behind[] = {"154人", "12345678"};
    static const char *const counts[] = {"182", "0", "215", "61", "55", "1", "54", "1234", "567", "9"};
    static const char *const inside[] = {"99154", "12345678"}, *const one[] = {"86154123456780"};
    static const char *const country[] = {"8608522123456"}, *const letter[] = {"G110105194912310038"};
    (void)state;
    for (size_t columns = 1; columns <= 11; columns += 10) { /* beside each other, and above */
        assert_string_equal(scan_known(cells, 3, columns, PT(60), false), "phone");
        assert_string_equal(scan_known(two, 2, columns, PT(120), false), "phone");
        assert_string_equal(scan_known(id, 3, columns, PT(90), false), "ID");
        assert_string_equal(scan_known(line, 2, columns, PT(90), false), "phone");
        assert_string_equal(scan_known(boxes, 11, columns, PT(20), false), "phone");
        assert_string_equal(scan_known(boxes, 11, columns, PT(20), true), "");
        assert_string_equal(scan_known(boxes, 10, columns, PT(20), false), "");
        assert_string_equal(scan_known(behind, 2, columns, PT(60), false), "");
        assert_string_equal(scan_known(inside, 2, columns, PT(60), false), ""); /* whole groups alone */
        assert_string_equal(scan_known(counts, 10, columns == 1 ? 5 : 10, PT(30), false), "");
    }
    assert_string_equal(scan_known(between, 3, 3, PT(60), false), "");
    assert_string_equal(scan_known(one, 1, 1, PT(60), false), "phone");
    assert_string_equal(scan_known(country, 1, 1, PT(60), false), "phone");
    assert_string_equal(scan_known(letter, 1, 1, PT(60), false), "ID");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_in_one_run),
        cmocka_unit_test(a_number_in_several_runs),
        cmocka_unit_test(an_id_in_boxes),
        cmocka_unit_test(boxes_are_forgotten_behind_them),
        cmocka_unit_test(a_number_broken_over_lines),
        cmocka_unit_test(a_turned_number),
        cmocka_unit_test(a_number_that_is_not_set_but_written),
        cmocka_unit_test(a_number_in_a_code),
        cmocka_unit_test(a_known_number),
        cmocka_unit_test(the_page_is_told_and_never_the_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
