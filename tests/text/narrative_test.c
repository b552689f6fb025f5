/* narrative_test.c: XHTML in a field (narrative.tests, a case a line), hostile values, pinyin, decimal points, words from the right. */
#include "support.h"

#include "base/buffer.h"
#include "base/file.h"
#include "text/emit.h"
#include "text/narrative.h"

static struct text_style body, bold, italic;

static struct narrative read_value(struct str xhtml) {
    body = plain_style();
    bold = italic = body;
    bold.colour.red = 1;
    italic.colour.red = 2;
    return text_narrative(arena, xhtml, (struct narrative_styles){&body, &bold, &italic});
}

/* A span as it is written in narrative.tests: 字 plain, *字* bold, /字/ italic, _字_ underlined, 字^pinyin^. */
static void write_span(struct buffer *out, const struct text_span *span) {
    static const char *const marks[] = {"", "*", "/"};
    const char *mark = marks[span->style->colour.red];
    const char *line = span->style->decoration & DECORATE_UNDERLINE ? "_" : "";
    buffer_printf(out, "%s%s%.*s%s%s", line, mark, STR_ARG(span->text), mark, line);
    if (span->ruby.n) {
        buffer_printf(out, "^%.*s^", STR_ARG(span->ruby));
    }
}

/* Paragraphs parted by |, an item's begins with the level of its indent, a row's with =; findings behind !. */
static struct str written(const struct narrative *narrative) {
    static const char *const faults[] = {"unknown", "broken", "forbidden", "deep"};
    struct buffer out = {0};
    for (size_t i = 0; i < narrative->count; i++) {
        const struct narrative_paragraph *paragraph = &narrative->paragraphs[i];
        buffer_add(&out, i ? STR("|") : STR(""));
        if (paragraph->kind == NARRATIVE_ITEM) {
            buffer_printf(&out, "%d", (int)(paragraph->style->left_mp / EM / 2));
        }
        if (paragraph->kind == NARRATIVE_ROW) {
            buffer_add(&out, STR("="));
        }
        for (size_t k = 0; k < paragraph->count; k++) {
            write_span(&out, &paragraph->spans[k]);
        }
    }
    for (size_t i = 0; i < narrative->finding_count; i++) {
        const struct narrative_finding *finding = &narrative->findings[i];
        buffer_printf(&out, " !%s", faults[finding->fault]);
        if (finding->fault == NARRATIVE_UNKNOWN || finding->fault == NARRATIVE_FORBIDDEN) {
            buffer_printf(&out, " %.*s", STR_ARG(finding->what));
        }
    }
    const struct str copy = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return copy;
}

static struct str visible(struct str text) {
    struct buffer out = {0};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n' || text.p[i] == '\t') {
            buffer_add(&out, text.p[i] == '\n' ? STR("␤") : STR("⇥"));
        } else {
            buffer_add(&out, str_slice(text, i, i + 1));
        }
    }
    const struct str copy = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return copy;
}

static void values_become_paragraphs(void **state) {
    struct str text;
    size_t cases = 0, wrong = 0;
    (void)state;
    assert_int_equal(file_read(arena, "tests/text/narrative.tests", 0, &text), 0);
    for (int number = 1; text.n; number++) {
        const struct str line = str_split(text, '\n', &text);
        if (str_trim(line).n == 0 || line.p[0] == '#') {
            continue;
        }
        const size_t arrow = str_find(line, STR(" => "));
        struct narrative narrative = read_value(str_slice(line, 0, arrow));
        struct str actual = visible(written(&narrative));
        struct str expected = str_slice(line, arrow + 4, line.n);
        if (!str_eq(actual, expected)) {
            print_error("tests/text/narrative.tests:%d: %.*s\n    not %.*s\n", number, STR_ARG(actual),
                        STR_ARG(expected));
            wrong++;
        }
        cases++;
    }
    assert_true(cases > 20);
    assert_int_equal(wrong, 0);
}

static struct str repeated(const char *part, size_t times) {
    struct buffer out = {0};
    for (size_t i = 0; i < times; i++) {
        buffer_add(&out, str_from(part));
    }
    const struct str copy = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return copy;
}

/* Whatever stands in a field: it ends, soon, and its text is printed. */
static void hostile_values_are_printed(void **state) {
    static const char *const laughs =
        "<!DOCTYPE p [<!ENTITY a \"哈哈\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><p>&c;</p>";
    static const char *const fetched = "<!DOCTYPE p SYSTEM \"file:///etc/passwd\"><p>甲</p>";
    (void)state;
    struct narrative narrative = read_value(str_from(laughs));
    assert_int_equal(narrative.findings[0].fault, NARRATIVE_FORBIDDEN);
    assert_true(narrative.count > 0);
    narrative = read_value(str_from(fetched));
    assert_true(str_is(written(&narrative), "甲 !forbidden DOCTYPE"));
    narrative = read_value(str_join(arena, repeated("<b>", 100), STR("甲")));
    assert_int_equal(narrative.findings[narrative.finding_count - 1].fault, NARRATIVE_BROKEN);
    narrative = read_value(str_join(arena, str_join(arena, repeated("<b>", 100), STR("甲")), repeated("</b>", 100)));
    assert_true(str_is(written(&narrative), "*甲* !deep"));
    narrative = read_value(repeated("<", 200000));
    assert_int_equal(narrative.paragraphs[0].spans[0].text.n, 200000);
    narrative = read_value(repeated("<x>甲</x>", 20000));
    assert_int_equal(narrative.finding_count, 1);
    narrative = read_value(repeated("<p>甲</p>", 20000));
    assert_int_equal(narrative.count, 20000);
}

/* --- pinyin --------------------------------------------------------------------------------------------------------- */

static struct page *set_ruby(const char *before, const char *base, const char *pinyin, const char *behind,
                             int32_t width_mp, struct lines *lines) {
    static struct text_style style;
    style = plain_style();
    struct text_span spans[] = {{.text = str_from(before), .style = &style},
                                {.text = str_from(base), .style = &style, .ruby = str_from(pinyin)},
                                {.text = str_from(behind), .style = &style}};
    struct paragraph *p = text_shape(engine, arena, spans, 3, &style);
    size_t placed;
    *lines = text_break(engine, arena, p, width_mp, FIT_NORMAL);
    return emit_page(document_create_in(arena), lines, &placed);
}

static const struct mark *run_of_text(const struct page *page, const char *text) {
    for (size_t i = 0; i < page->marks.count; i++) {
        if (page->marks.items[i].kind == MARK_GLYPHS && str_is(page->marks.items[i].glyphs.text, text)) {
            return &page->marks.items[i];
        }
    }
    fail_msg("the page has no run “%s”", text);
    return NULL;
}

static void pinyin_stands_above_the_middle(void **state) {
    struct lines lines;
    (void)state;
    struct page *page = set_ruby("甲", "禤", "xu", "乙", 20 * EM, &lines);
    const struct mark *run = run_of_text(page, "xu");
    assert_int_equal(run->glyphs.size_mp, EM / 2);
    assert_in_range(run->x_mp + run->glyphs.width_mp / 2, EM * 3 / 2 - 2, EM * 3 / 2 + 2);
    assert_int_equal(lines.widest_mp, 3 * EM);
}

/* A quarter em over each neighbour, then they are pushed away. */
static void wide_pinyin_reaches_over_neighbours_by_a_quarter(void **state) {
    struct lines lines;
    (void)state;
    struct page *page = set_ruby("甲", "禤", "zhuang", "乙", 20 * EM, &lines);
    const struct mark *run = run_of_text(page, "zhuang");
    int32_t over = run->glyphs.width_mp - EM / 2 - EM;
    assert_true(over > 0);
    assert_in_range(lines.widest_mp, 3 * EM + over - 2, 3 * EM + over + 2);
    assert_in_range(run->x_mp, EM - EM / 4 - 2, EM - EM / 4 + 2);
    /* at the line's ends it stays within */
    page = set_ruby("", "禤", "zhuang", "", 20 * EM, &lines);
    run = run_of_text(page, "zhuang");
    assert_true(run->x_mp >= 0 && right_edge(run) <= lines.widest_mp);
}

static void pinyins_keep_a_quarter_em_apart(void **state) {
    struct text_style style = plain_style();
    (void)state;
    struct text_span spans[] = {{.text = STR("禤"), .style = &style, .ruby = STR("zhuang")},
                                {.text = STR("禤"), .style = &style, .ruby = STR("shuang")}};
    struct paragraph *p = text_shape(engine, arena, spans, 2, &style);
    struct lines lines = text_break(engine, arena, p, 20 * EM, FIT_NORMAL);
    size_t placed;
    struct page *page = emit_page(document_create_in(arena), &lines, &placed);
    int32_t gap = run_of_text(page, "shuang")->x_mp - right_edge(run_of_text(page, "zhuang"));
    assert_true(gap >= EM / 4 - 4);
    assert_int_equal(placed, 2); /* pinyin is no text of the record */
}

static void a_base_is_never_parted(void **state) {
    struct lines lines;
    (void)state;
    set_ruby("甲乙丙丁", "戊己", "wuji", "庚辛", 5 * EM, &lines);
    assert_int_equal(lines.items[0].end, 4);
}

/* --- decimal points --------------------------------------------------------------------------------------------------- */

static void decimal_points_are_found(void **state) {
    struct text_style style = plain_style();
    (void)state;
    int32_t whole = text_width(engine, arena, STR("47"), &style);
    struct decimal decimal = paragraph_decimal(shape_one(STR("47.3%"), &style));
    assert_true(decimal.is_number);
    assert_int_equal(decimal.before_mp, whole);
    assert_int_equal(decimal.behind_mp, text_width(engine, arena, STR("47.3%"), &style) - whole);
    assert_int_equal(paragraph_decimal(shape_one(STR("47"), &style)).before_mp, whole);
    assert_int_equal(paragraph_decimal(shape_one(STR("47人"), &style)).before_mp, whole);
    assert_int_equal(paragraph_decimal(shape_one(STR("¥1,247.00"), &style)).before_mp,
                     text_width(engine, arena, STR("¥1,247"), &style));
    assert_false(paragraph_decimal(shape_one(STR("—"), &style)).is_number);
}

/* --- words from the right --------------------------------------------------------------------------------------------- */

/* What stands where, for atoms written as a string: A B C letters of right-to-left words (an upper case letter begins one),
 * a small letter of a Latin word, a digit, a space. */
static struct str seen(const char *text) {
    struct paragraph p = {.count = strlen(text), .has_backwards = true};
    p.atoms = ARENA_ARRAY(arena, struct atom, p.count);
    for (size_t i = 0; i < p.count; i++) {
        struct atom *atom = &p.atoms[i];
        bool hebrew = text[i] >= 'A' && text[i] <= 'Z';
        bool goes_on = text[i] == '+';
        atom->kind = text[i] == ' ' ? CLASS_SPACE : text[i] >= '0' && text[i] <= '9' ? CLASS_DIGIT : CLASS_LATIN;
        atom->flags = text[i] == ' ' ? ATOM_SPACE : hebrew ? ATOM_BACKWARDS : 0;
        if (goes_on) {
            atom->flags = ATOM_BACKWARDS | ATOM_CONTINUES;
        }
    }
    const uint32_t *order = text_visual_order(arena, &p, 0, (uint32_t)p.count - 1);
    char *out = arena_alloc(arena, p.count + 1);
    for (size_t i = 0; i < p.count; i++) {
        out[i] = text[order[i]];
    }
    return str_from(out);
}

static void words_from_the_right_change_places(void **state) {
    (void)state;
    assert_true(str_is(seen("ab A++ B+ C cd"), "ab C B+ A++ cd"));
    assert_true(str_is(seen("A+ 12 B+"), "B+ 12 A+"));
    assert_true(str_is(seen("a A+ b B c"), "a A+ b B c"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_become_paragraphs),
        cmocka_unit_test(hostile_values_are_printed),
        cmocka_unit_test(pinyin_stands_above_the_middle),
        cmocka_unit_test(wide_pinyin_reaches_over_neighbours_by_a_quarter),
        cmocka_unit_test(pinyins_keep_a_quarter_em_apart),
        cmocka_unit_test(a_base_is_never_parted),
        cmocka_unit_test(decimal_points_are_found),
        cmocka_unit_test(words_from_the_right_change_places),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
