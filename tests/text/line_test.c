/* line_test.c: how a line is set: widths of marks (width.tests, a case a line), faces, justification, leaders, names, labels. */
#include "support.h"

#include "base/file.h"

static struct str all_text(const struct page *page) {
    struct str all = STR("");
    for (size_t i = 0; i < page->marks.count; i++) {
        if (page->marks.items[i].kind == MARK_GLYPHS) {
            all = str_join(arena, all, page->marks.items[i].glyphs.text);
        }
    }
    return all;
}

/* Set in `width`, on a page. */
static struct page *set_text(const char *text, const struct text_style *style, int32_t width_mp, struct lines *lines) {
    struct paragraph *p = shape_one(str_from(text), style);
    size_t placed;
    *lines = text_break(engine, arena, p, width_mp, FIT_NORMAL);
    struct page *page = emit_page(document_create_in(arena), lines, &placed);
    assert_int_equal(placed, utf8_count(p->text));
    return page;
}

static const struct mark *mark_of_kind(const struct page *page, enum mark_kind kind, size_t nth) {
    for (size_t i = 0; i < page->marks.count; i++) {
        if (page->marks.items[i].kind == kind && nth-- == 0) {
            return &page->marks.items[i];
        }
    }
    fail_msg("the page has too few marks of kind %d", (int)kind);
    return NULL;
}

/* Where the glyph of the n-th character of the page's first run stands. */
static int32_t glyph_x(const struct page *page, size_t n) {
    const struct mark *run = mark_of_kind(page, MARK_GLYPHS, 0);
    assert_true(n < run->glyphs.count);
    return run->x_mp + run->glyphs.glyphs[n].x_mp;
}

static void widths_are_those_of_the_table(void **state) {
    struct str text;
    size_t wrong = 0, cases = 0;
    (void)state;
    assert_int_equal(file_read(arena, "tests/text/width.tests", 0, &text), 0);
    for (int number = 1; text.n; number++) {
        struct str rest = str_split(text, '\n', &text);
        if (str_trim(rest).n == 0 || rest.p[0] == '#') {
            continue;
        }
        struct text_style style = plain_style();
        const struct str name = str_trim(str_split(rest, ';', &rest));
        if (str_is(name, "kai")) {
            style.chain = (struct font_chain){kai_chain, 2};
        }
        if (str_is(name, "indent")) {
            style.indent_mp = 2 * EM;
        }
        struct str input = str_trim(str_split(rest, ';', &rest));
        int64_t expected = 0;
        assert_true(str_to_int(str_trim(rest), &expected));
        const int32_t width = paragraph_natural_width(shape_one(input, &style));
        if (width != expected * EM / 100) {
            print_error("tests/text/width.tests:%d: %.*s is %d wide\n", number, STR_ARG(input), width * 100 / EM);
            wrong++;
        }
        cases++;
    }
    assert_true(cases > 30);
    assert_int_equal(wrong, 0);
}

static void gaps_stand_between_chinese_and_latin(void **state) {
    struct text_style style = plain_style();
    (void)state;
    int32_t latin = text_width(engine, arena, STR("561"), &style);
    assert_int_equal(text_width(engine, arena, STR("共561人"), &style), latin + 2 * EM + EM / 2);
    /* a typed space is that gap */
    assert_int_equal(text_width(engine, arena, STR("共 561 人"), &style), latin + 2 * EM + EM / 2);
    /* none beside marks and at the edges */
    assert_int_equal(text_width(engine, arena, STR("共，561。人"), &style), latin + 4 * EM);
    assert_int_equal(text_width(engine, arena, STR("561人"), &style), latin + EM + EM / 4);
}

static void a_dash_of_two_em_is_one_glyph(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    const struct mark *run = mark_of_kind(set_text("——", &style, 20 * EM, &lines), MARK_GLYPHS, 0);
    assert_int_equal(run->glyphs.count, 1);
    assert_int_equal(run->glyphs.width_mp, 2 * EM);
    assert_true(str_is(run->glyphs.text, "——"));
}

static void shared_marks_come_from_the_song_face(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    style.chain = (struct font_chain){kai_chain, 2};
    struct page *page = set_text("努尔·“买”", &style, 20 * EM, &lines);
    assert_ptr_equal(mark_of_kind(page, MARK_GLYPHS, 0)->glyphs.face, kai);
    assert_ptr_equal(mark_of_kind(page, MARK_GLYPHS, 1)->glyphs.face, song);
    assert_true(str_is(mark_of_kind(page, MARK_GLYPHS, 1)->glyphs.text, "·“"));
    assert_ptr_equal(mark_of_kind(page, MARK_GLYPHS, 2)->glyphs.face, kai);
}

static void an_apostrophe_is_narrow(void **state) {
    struct text_style style = plain_style();
    (void)state;
    assert_true(text_width(engine, arena, STR("don’t"), &style) <
                text_width(engine, arena, STR("dont"), &style) + EM / 2);
}

static void what_no_face_has_is_told_and_prints_geta(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    struct page *page = set_text("甲ไ乙ไ丙\xEE\x80\x80", &style, 20 * EM, &lines);
    const struct missing *missing = paragraph_missing(lines.paragraph);
    assert_int_equal(missing->count, 2);
    assert_int_equal(missing->code_points[0], 0x0E44);
    assert_int_equal(missing->code_points[1], 0xE000);
    const struct mark *run = mark_of_kind(page, MARK_GLYPHS, 0);
    assert_int_equal(run->glyphs.glyphs[1].id, face_glyph(song, 0x3013, 0));
    assert_true(str_starts(run->glyphs.text, STR("甲ไ乙"))); /* copied out, it is what the record says */
}

static void what_cannot_be_seen_is_not_printed(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    struct page *page = set_text("\uFEFF甲\u200B乙\u200D\x01丙\r", &style, 20 * EM, &lines);
    assert_true(str_is(all_text(page), "甲乙丙"));
    assert_int_equal(mark_of_kind(page, MARK_GLYPHS, 0)->glyphs.glyphs[2].cluster, 6);
    assert_int_equal(paragraph_missing(lines.paragraph)->count, 0);
    page = set_text("甲\xFF乙", &style, 20 * EM, &lines); /* invalid UTF-8 is shown, not skipped */
    assert_true(str_is(all_text(page), "甲\uFFFD乙"));
}

static void a_selector_belongs_to_its_character(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    struct page *page = set_text("葛\U000E0100城", &style, 20 * EM, &lines);
    assert_int_equal(mark_of_kind(page, MARK_GLYPHS, 0)->glyphs.count, 2);
    assert_int_equal(lines.widest_mp, 2 * EM);
}

/* --- justification -------------------------------------------------------------------------------------------------- */

static void the_last_line_is_ragged(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    set_text("留守儿童成长档案", &style, 5 * EM + EM / 2, &lines);
    assert_int_equal(lines.items[0].delta_mp, EM / 2);
    assert_int_equal(lines.items[1].delta_mp, 0);
    style.align = ALIGN_DISTRIBUTE;
    struct page *page = set_text("张三丰", &style, 5 * EM, &lines);
    assert_int_equal(glyph_x(page, 1), 2 * EM);
    assert_int_equal(glyph_x(page, 2), 4 * EM);
}

static void alignments(void **state) {
    static const struct {
        enum text_align align;
        int32_t x;
    } cases[] = {{ALIGN_JUSTIFY, 0}, {ALIGN_LEFT, 0}, {ALIGN_CENTRE, 4 * EM}, {ALIGN_RIGHT, 8 * EM}};
    struct lines lines;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text_style style = plain_style();
        style.align = cases[i].align;
        assert_int_equal(glyph_x(set_text("姓名", &style, 10 * EM, &lines), 0), cases[i].x);
    }
}

/* Word spaces stretch to half an em before anything else does. */
static void stretching_begins_with_all_gaps_alike(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    const int32_t line = text_width(engine, arena, STR("ab cd"), &style) + EM / 4;
    /* four gaps; up to a twentieth of an em each they share alike */
    struct page *page = set_text("ab cd甲乙丙丁戊己", &style, line + 3 * EM + EM / 10, &lines);
    assert_int_equal(lines.items[0].delta_mp, EM / 10);
    assert_int_equal(glyph_x(page, 5), line + EM / 20);
    assert_int_equal(glyph_x(page, 7), line + 2 * EM + EM / 10);
    /* what is beyond goes to the word space and the gap: 乙 and 丙 have their twentieth, no more */
    page = set_text("ab cd甲乙丙丁戊己", &style, line + 3 * EM + EM / 4, &lines);
    assert_int_equal(lines.items[0].delta_mp, EM / 4);
    assert_int_equal(glyph_x(page, 5), line + EM / 4 - EM / 10);
    assert_int_equal(glyph_x(page, 7), line + 2 * EM + EM / 4);
}

/* Brackets give before ，and the gap, 。last. */
static void squeezing_goes_class_after_class(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    /* natural: 甲。乙，丙（丁）戊己， = 10.5 em at a line's end; room for 10.25: only the brackets give */
    struct page *page = set_text("甲。乙，丙（丁）戊己，庚辛壬", &style, 10 * EM + EM / 4, &lines);
    assert_int_equal(lines.items[0].delta_mp, -EM / 4);
    assert_int_equal(glyph_x(page, 2), 2 * EM);
    assert_int_equal(glyph_x(page, 4), 4 * EM);
    assert_int_equal(glyph_x(page, 6), 6 * EM - EM / 8);
    assert_int_equal(glyph_x(page, 8), 8 * EM - EM / 4);
}

static void nothing_is_added_inside_words_and_dashes(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    style.align = ALIGN_DISTRIBUTE;
    struct page *page = set_text("甲2026——乙", &style, 12 * EM, &lines);
    int32_t digit = text_width(engine, arena, STR("2026"), &style) / 4;
    assert_in_range(glyph_x(page, 4) - glyph_x(page, 1), 3 * digit - 4, 3 * digit + 4);
}

/* GB/T 9704: every Chinese character at a multiple of the pitch, whatever stands between. */
static void the_grid_holds(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    int32_t pitch = EM * 105 / 100;
    (void)state;
    style.grid_mp = pitch;
    style.align = ALIGN_LEFT;
    struct page *page = set_text("全镇2026年共561人，其中A级3.5%的", &style, 28 * pitch, &lines);
    const struct mark *run = mark_of_kind(page, MARK_GLYPHS, 0);
    for (size_t i = 0; i < run->glyphs.count; i++) {
        size_t at = run->glyphs.glyphs[i].cluster;
        if (class_of(utf8_next(run->glyphs.text, &at)) == CLASS_HAN) {
            assert_int_equal((run->glyphs.glyphs[i].x_mp - (pitch - EM) / 2) % pitch, 0);
        }
    }
}

/* --- fields, leaders, names, labels ----------------------------------------------------------------------------------- */

static void leaders_lead_to_a_number_set_flush_right(void **state) {
    struct text_style style = plain_style();
    size_t placed;
    (void)state;
    style.align = ALIGN_LEFT;
    struct text_span spans[] = {
        {.text = STR("一、基本情况\t"), .style = &style},
        {.text = STR("99"), .style = &style, .field = FIELD_PAGE_OF_ANCHOR, .anchor = STR("a")}};
    struct paragraph *p = text_shape(engine, arena, spans, 2, &style);
    struct lines lines = text_break(engine, arena, p, 20 * EM, FIT_NORMAL);
    assert_int_equal(lines.count, 1);
    struct page *page = emit_page(document_create_in(arena), &lines, &placed);
    const struct mark *field = mark_of_kind(page, MARK_FIELD, 0);
    assert_int_equal(field->x_mp + field->field.width_mp, 20 * EM);
    assert_int_equal(field->field.align, FIELD_RIGHT);
    const struct mark *dots = mark_of_kind(page, MARK_GLYPHS, 1);
    assert_true(str_starts(dots->glyphs.text, STR("····")));
    assert_true(dots->x_mp > 6 * EM && right_edge(dots) < field->x_mp);
    assert_int_equal(dots->x_mp % (EM / 2), 0);
}

/* A tab without a number behind it goes to the next stop, two em apart. */
static void tabs_go_to_stops(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    struct page *page = set_text("甲乙丙\t丁", &style, 20 * EM, &lines);
    assert_int_equal(mark_of_kind(page, MARK_GLYPHS, 1)->x_mp, 4 * EM);
}

static void a_long_name_is_squeezed_then_smaller_then_wrapped(void **state) {
    static const struct {
        const char *name;
        int32_t width;
        size_t lines;
        int32_t size;
        uint16_t least_stretch;
    } cases[] = {
        {"欧阳修远", 4 * EM, 1, EM, 1000},
        {"欧阳修远", 4 * EM * 9 / 10, 1, EM, 899},
        {"阿依努尔买买提", 5 * EM, 1, 10000, 850},
        {"阿依努尔买买提吐尔逊江", 5 * EM, 2, 8000, 1000},
    };
    struct text_style style = plain_style();
    (void)state;
    style.min_size_mp = 8000;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct paragraph *p = shape_one(str_from(cases[i].name), &style);
        struct lines lines = text_break(engine, arena, p, cases[i].width, FIT_NAME);
        size_t placed;
        struct page *page = emit_page(document_create_in(arena), &lines, &placed);
        const struct mark *run = mark_of_kind(page, MARK_GLYPHS, 0);
        assert_int_equal(lines.count, cases[i].lines);
        assert_int_equal(run->glyphs.size_mp, cases[i].size);
        assert_true(run->glyphs.stretch >= cases[i].least_stretch);
        assert_true(right_edge(run) <= cases[i].width);
        assert_int_equal(placed, utf8_count(str_from(cases[i].name)));
    }
}

static void labels_stand_at_their_point(void **state) {
    struct text_style style = plain_style();
    struct document *document = document_create_in(arena);
    struct page *page = document_add_page(document, 100 * EM, 100 * EM);
    struct canvas canvas = canvas_of_page(document, page);
    (void)state;
    style.indent_mp = 2 * EM; /* of paragraphs, not of labels */
    assert_int_equal(text_label(engine, &canvas, STR("甲乙"), &style, 50 * EM, 9 * EM, ALIGN_LEFT), 2 * EM);
    text_label(engine, &canvas, STR("甲乙"), &style, 50 * EM, 9 * EM, ALIGN_CENTRE);
    text_label(engine, &canvas, STR("甲乙"), &style, 50 * EM, 9 * EM, ALIGN_RIGHT);
    assert_int_equal(page->marks.items[0].x_mp, 50 * EM);
    assert_int_equal(page->marks.items[1].x_mp, 49 * EM);
    assert_int_equal(page->marks.items[2].x_mp, 48 * EM);
    assert_int_equal(page->marks.items[2].y_mp, 9 * EM);
}

static void underlines_lie_below_descenders(void **state) {
    struct text_style style = plain_style();
    struct lines lines;
    (void)state;
    style.decoration = DECORATE_UNDERLINE;
    struct page *page = set_text("甲gy乙", &style, 20 * EM, &lines);
    const struct mark *rule = mark_of_kind(page, MARK_RULE, 0);
    assert_int_equal(rule->rule.dx_mp, lines.widest_mp);
    assert_true(rule->y_mp - rule->rule.thickness_mp / 2 > text_baseline(&style) + EM * 24 / 100);
    style.decoration = DECORATE_DOTS;
    page = set_text("甲，乙。", &style, 20 * EM, &lines);
    assert_int_equal(page->marks.count, 3); /* a run and two dots: none under marks */
}

static void a_rise_lifts_the_run(void **state) {
    struct text_style style = plain_style();
    struct text_style above = style;
    size_t placed;
    (void)state;
    above.rise_mp = 4000;
    above.size_mp = 7000;
    struct text_span spans[] = {{.text = STR("甲"), .style = &style}, {.text = STR("2"), .style = &above}};
    struct paragraph *p = text_shape(engine, arena, spans, 2, &style);
    struct lines lines = text_break(engine, arena, p, 20 * EM, FIT_NORMAL);
    struct page *page = emit_page(document_create_in(arena), &lines, &placed);
    assert_int_equal(page->marks.items[0].y_mp - page->marks.items[1].y_mp, 4000);
}

/* --- vertical lines --------------------------------------------------------------------------------------------------- */

static struct page *set_vertically(const char *text, struct box box) {
    struct text_style style = plain_style();
    struct document *document = document_create_in(arena);
    struct page *page = document_add_page(document, 100 * EM, 100 * EM);
    struct canvas canvas = canvas_of_page(document, page);
    struct text_style *kept = arena_copy(arena, &style, sizeof style);
    struct paragraph *p = shape_one(str_from(text), kept);
    assert_int_equal(text_emit_vertical(engine, &canvas, p, box), utf8_count(str_from(text)));
    return page;
}

static void vertical_labels_stand_in_the_middle(void **state) {
    (void)state;
    struct page *page = set_vertically("家庭成员", (struct box){0, 0, 3 * EM, 10 * EM});
    assert_int_equal(page->marks.count, 4);
    assert_int_equal(page->marks.items[0].x_mp, EM);
    assert_int_equal(page->marks.items[0].y_mp, 3 * EM + EM * 88 / 100);
    assert_int_equal(page->marks.items[3].y_mp, 6 * EM + EM * 88 / 100);
    /* too high for its box: a second column, to the left */
    page = set_vertically("家庭成员", (struct box){0, 0, 6 * EM, 2 * EM});
    assert_true(page->marks.items[2].x_mp < page->marks.items[0].x_mp);
    assert_int_equal(page->marks.items[2].y_mp, page->marks.items[0].y_mp);
}

static void numbers_stand_side_by_side_or_lie(void **state) {
    (void)state;
    struct page *page = set_vertically("第12卷2026年", (struct box){0, 0, 3 * EM, 0});
    const struct mark *beside = mark_of_kind(page, MARK_GLYPHS, 1);
    assert_int_equal(beside->glyphs.count, 2);
    assert_true(beside->glyphs.width_mp <= EM);
    const struct mark *group = mark_of_kind(page, MARK_GROUP, 0);
    assert_int_equal(group->group.marks.count, 1);
    assert_true(str_is(group->group.marks.items[0].glyphs.text, "2026"));
}

static void quotes_become_corner_brackets(void **state) {
    (void)state;
    struct page *page = set_vertically("“甲”", (struct box){0, 0, 3 * EM, 0});
    assert_int_not_equal(page->marks.items[0].glyphs.glyphs[0].id, face_glyph(song, 0x201C, 0));
    assert_true(str_is(page->marks.items[0].glyphs.text, "“")); /* copied out, it is what was typed */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_the_table),
        cmocka_unit_test(gaps_stand_between_chinese_and_latin),
        cmocka_unit_test(a_dash_of_two_em_is_one_glyph),
        cmocka_unit_test(shared_marks_come_from_the_song_face),
        cmocka_unit_test(an_apostrophe_is_narrow),
        cmocka_unit_test(what_no_face_has_is_told_and_prints_geta),
        cmocka_unit_test(what_cannot_be_seen_is_not_printed),
        cmocka_unit_test(a_selector_belongs_to_its_character),
        cmocka_unit_test(the_last_line_is_ragged),
        cmocka_unit_test(alignments),
        cmocka_unit_test(stretching_begins_with_all_gaps_alike),
        cmocka_unit_test(squeezing_goes_class_after_class),
        cmocka_unit_test(nothing_is_added_inside_words_and_dashes),
        cmocka_unit_test(the_grid_holds),
        cmocka_unit_test(leaders_lead_to_a_number_set_flush_right),
        cmocka_unit_test(tabs_go_to_stops),
        cmocka_unit_test(a_long_name_is_squeezed_then_smaller_then_wrapped),
        cmocka_unit_test(labels_stand_at_their_point),
        cmocka_unit_test(underlines_lie_below_descenders),
        cmocka_unit_test(a_rise_lifts_the_run),
        cmocka_unit_test(vertical_labels_stand_in_the_middle),
        cmocka_unit_test(numbers_stand_side_by_side_or_lie),
        cmocka_unit_test(quotes_become_corner_brackets),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
