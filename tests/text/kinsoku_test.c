/* kinsoku_test.c: where lines end (kinsoku.tests, a case a line), and what must hold for any paragraph. */
#include "support.h"

#include <stdlib.h>

#include "base/file.h"

static const struct str title_words[] = {{"留守儿童", 12}, {"农村留守儿童", 18}, {"关爱保护", 12}};

/* `style` is words: indent, strict, left, centre, grid, kai, best, first, sense, listed, parted. */
static struct text_style style_from(struct str words) {
    struct text_style style = plain_style();
    while (words.n) {
        struct str word = str_split(words, ' ', &words);
        if (str_is(word, "indent")) {
            style.indent_mp = 2 * EM;
        } else if (str_is(word, "strict")) {
            style.strict = true;
        } else if (str_is(word, "left")) {
            style.align = ALIGN_LEFT;
        } else if (str_is(word, "centre")) {
            style.align = ALIGN_CENTRE;
        } else if (str_is(word, "grid")) {
            style.grid_mp = EM * 105 / 100;
        } else if (str_is(word, "best")) {
            style.lines = LINES_BEST;
        } else if (str_is(word, "first")) {
            style.lines = LINES_FIRST;
        } else if (str_is(word, "sense")) {
            style.lines = LINES_SENSE;
        } else if (str_is(word, "listed")) {
            style.words = title_words, style.word_count = 3;
        } else if (str_is(word, "parted")) {
            style.hyphenation = true;
        } else if (str_is(word, "kai")) {
            style.chain = (struct font_chain){kai_chain, 2};
        } else if (!str_is(word, "body")) {
            fail_msg("no style is named %.*s", STR_ARG(word));
        }
    }
    return style;
}

/* ␤ a forced break, ␠ a space at the end of a case, ⇥ a tab, ␀ a zero width space. */
static struct str unescape(struct str s) {
    static const struct {
        struct str from, to;
    } signs[] = {{STR_INIT("␤"), STR_INIT("\n")},
                 {STR_INIT("␠"), STR_INIT(" ")},
                 {STR_INIT("⇥"), STR_INIT("\t")},
                 {STR_INIT("␀"), STR_INIT("\u200B")}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t at;
        while ((at = str_find(s, signs[i].from)) < s.n) {
            const struct str tail = str_slice(s, at + signs[i].from.n, s.n);
            s = str_join(arena, str_join(arena, str_slice(s, 0, at), signs[i].to), tail);
        }
    }
    return s;
}

static struct str lines_joined(const struct lines *lines) {
    struct str all = STR("");
    for (size_t i = 0; i < lines->count; i++) {
        all = i ? str_join(arena, all, STR("|")) : all;
        struct str text = line_text(lines, i);
        while (str_ends(text, STR("\n")) || str_ends(text, STR(" "))) {
            text.n--;
        }
        all = str_join(arena, all, text);
        all = lines->items[i].parts ? str_join(arena, all, STR("-")) : all;
    }
    return all;
}

static void lines_end_where_they_should(void **state) {
    struct str text;
    size_t cases = 0, wrong = 0;
    (void)state;
    assert_int_equal(file_read(arena, "tests/text/kinsoku.tests", 0, &text), 0);
    for (int number = 1; text.n; number++) {
        struct str rest = str_split(text, '\n', &text);
        if (str_trim(rest).n == 0 || rest.p[0] == '#') {
            continue;
        }
        char *width = str_c(arena, str_trim(str_split(rest, ';', &rest)));
        struct text_style style = style_from(str_trim(str_split(rest, ';', &rest)));
        const struct str input = unescape(str_trim(str_split(rest, ';', &rest)));
        struct str expected = unescape(str_trim(rest));
        struct paragraph *p = shape_one(input, &style);
        struct lines lines = text_break(engine, arena, p, (int32_t)(strtod(width, NULL) * EM), FIT_NORMAL);
        struct str actual = lines_joined(&lines);
        if (!str_eq(actual, expected)) {
            print_error("tests/text/kinsoku.tests:%d: %.*s\n    not %.*s\n", number, STR_ARG(actual),
                        STR_ARG(expected));
            wrong++;
        }
        cases++;
    }
    assert_true(cases > 30);
    assert_int_equal(wrong, 0);
}

/* --- properties ----------------------------------------------------------------------------------------------------- */

static uint64_t seed;

static unsigned random_below(unsigned n) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % n;
}

/* Pieces as they occur in school records, and things that nobody would type. */
static struct str random_text(size_t pieces) {
    static const char *const words[] = {"的",
                                        "留守儿童",
                                        "全镇",
                                        "一",
                                        "在校生",
                                        "，",
                                        "。",
                                        "、",
                                        "；",
                                        "：",
                                        "？",
                                        "！",
                                        "“",
                                        "”",
                                        "（",
                                        "）",
                                        "《",
                                        "》",
                                        "【",
                                        "】",
                                        "——",
                                        "……",
                                        "·",
                                        "—",
                                        "～",
                                        "-",
                                        "/",
                                        "2026",
                                        "47.3%",
                                        "561",
                                        "℃",
                                        "¥130",
                                        "￥",
                                        "office",
                                        "AV",
                                        "don’t",
                                        "贵C·12345",
                                        "15412345678",
                                        " ",
                                        "\u3000",
                                        "Q&A",
                                        "3.14",
                                        "(a)",
                                        "[",
                                        "]",
                                        "\"",
                                        "'",
                                        "年",
                                        "！！",
                                        "？！",
                                        "————",
                                        "𬱖",
                                        "①",
                                        "\u200B",
                                        "\u2060",
                                        "e\u0301",
                                        "http://a.cn/b?c=1",
                                        "ไทย",
                                        "a-b",
                                        "-5",
                                        "+3",
                                        "％",
                                        "№",
                                        "\n",
                                        "…………",
                                        "x@a.cn",
                                        "--",
                                        "138 5123 4567"};
    struct buffer text = {0};
    for (size_t i = 0; i < pieces; i++) {
        buffer_add(&text, str_from(words[random_below(sizeof words / sizeof words[0])]));
    }
    const struct str copy = str_copy(arena, buffer_str(&text));
    buffer_release(&text);
    return copy;
}

static void assert_all_text_is_there(const struct lines *lines) {
    size_t at = 0;
    for (size_t i = 0; i < lines->count; i++) {
        assert_int_equal(paragraph_offset(lines->paragraph, lines->items[i].first), at);
        at += line_text(lines, i).n;
    }
    assert_int_equal(at, lines->paragraph->text.n);
}

/* The first and the last character of each line may stand there. */
static void assert_ends_are_allowed(const struct lines *lines) {
    const struct paragraph *p = lines->paragraph;
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const struct line *line = &lines->items[i];
        uint32_t last = text_line_last(p, line);
        if (line->last || last == line->end) {
            continue;
        }
        assert_true(class_ends_line((enum char_class)p->atoms[last].kind));
        if (!atom_is(&p->atoms[last], ATOM_SOFT)) { /* the signs of an address may begin a line */
            assert_true(class_begins_line((enum char_class)p->atoms[lines->items[i + 1].first].kind));
        }
    }
}

/* Nothing reaches over the right edge, and justified lines reach it. */
static void assert_lines_fit(const struct lines *lines, const struct page *page) {
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        const int32_t baseline =
            text_baseline(lines->paragraph->style) + (int32_t)i * lines->paragraph->style->leading_mp;
        int32_t right = 0;
        for (size_t k = 0; k < page->marks.count; k++) {
            if (page->marks.items[k].y_mp == baseline && right_edge(&page->marks.items[k]) > right) {
                right = right_edge(&page->marks.items[k]);
            }
        }
        struct str text = line_text(lines, i);
        if (!lines->overflows && right > lines->width_mp) {
            fail_msg("line “%.*s” ends at %d of %d", STR_ARG(text), right, lines->width_mp);
        }
        if (!lines->overflows && line->delta_mp != 0 && right != lines->width_mp) {
            fail_msg("line “%.*s” is justified to %d of %d", STR_ARG(text), right, lines->width_mp);
        }
    }
}

static void assert_no_line_is_wrong(const struct text_style *style, struct str text, int32_t width_mp) {
    struct paragraph *p = shape_one(text, style);
    struct lines lines = text_break(engine, arena, p, width_mp, FIT_NORMAL);
    struct document *document = document_create_in(arena);
    size_t placed;
    struct page *page = emit_page(document, &lines, &placed);
    assert_int_equal(placed, paragraph_characters(p));
    assert_int_equal(placed, utf8_count(text));
    assert_all_text_is_there(&lines);
    assert_lines_fit(&lines, page);
    if (!lines.overflows) {
        assert_ends_are_allowed(&lines);
    }
}

static void no_paragraph_breaks_a_rule(void **state) {
    static const enum text_align aligns[] = {ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_DISTRIBUTE};
    (void)state;
    seed = 7;
    for (int round = 0; round < 6000; round++) {
        const struct arena_mark mark = arena_mark(arena);
        struct text_style style = plain_style();
        style.align = aligns[random_below(5)];
        style.indent_mp = random_below(2) ? 2 * EM : 0;
        style.strict = random_below(4) == 0;
        style.lines = (enum text_lines)random_below(4);
        style.grid_mp = random_below(5) == 0 ? EM * 105 / 100 : 0;
        style.letter_space_mp = random_below(6) == 0 ? 700 : 0;
        if (random_below(4) == 0) {
            style.chain = (struct font_chain){kai_chain, 2};
        }
        const int32_t width = (int32_t)(EM * (1 + random_below(40)) + random_below(EM));
        assert_no_line_is_wrong(&style, random_text(1 + random_below(60)), width);
        arena_release(arena, mark);
    }
}

/* Prose of whole sentences in a usual measure never overflows. */
static void prose_never_overflows(void **state) {
    static const char *const sentences[] = {
        "本学期全校共有留守儿童561人，占在校生的47.3%。", "班主任说：“要多打电话（每周一次），多家访。”",
        "家长在广东省东莞市务工——已三年未归……", "孩子喜欢《西游记》、《三国演义》等书；成绩为98.5分！"};
    (void)state;
    seed = 11;
    for (int round = 0; round < 500; round++) {
        const struct arena_mark mark = arena_mark(arena);
        struct text_style style = plain_style();
        struct str text = STR("");
        style.indent_mp = 2 * EM;
        for (unsigned i = 0; i < 8; i++) {
            text = str_join(arena, text, str_from(sentences[random_below(4)]));
        }
        struct paragraph *p = shape_one(text, &style);
        struct lines lines = text_break(engine, arena, p, (int32_t)(EM * (10 + random_below(30))), FIT_NORMAL);
        assert_false(lines.overflows);
        assert_ends_are_allowed(&lines);
        arena_release(arena, mark);
    }
}

static struct buffer dump_of(struct text_engine *with, struct str text) {
    struct text_style style = plain_style();
    struct text_span span = {.text = text, .style = &style};
    struct paragraph *p = text_shape(with, arena, &span, 1, &style);
    struct lines lines = text_break(with, arena, p, 17 * EM, FIT_NORMAL);
    struct document *document = document_create_in(arena);
    struct buffer dump = {0};
    size_t placed;
    emit_page(document, &lines, &placed);
    document_dump(document, &dump);
    return dump;
}

/* What the caches hold doesn't show: a fresh engine gives the same page. */
static void caches_change_nothing(void **state) {
    (void)state;
    seed = 13;
    for (int round = 0; round < 20; round++) {
        struct text_engine *fresh = text_engine_create();
        const struct str text = random_text(80);
        struct buffer warm = dump_of(engine, text);
        struct buffer cold = dump_of(fresh, text);
        assert_true(str_eq(buffer_str(&warm), buffer_str(&cold)));
        buffer_release(&warm);
        buffer_release(&cold);
        text_engine_destroy(fresh);
    }
}

/* A million characters without a place to break, and as many with: linear, and all are placed. */
static void long_texts_stay_linear(void **state) {
    static const char *const fillers[] = {"a", "，", "字", "—", "7", "（"};
    (void)state;
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
        const struct arena_mark mark = arena_mark(arena);
        struct buffer text = {0};
        for (int n = 0; n < 200000; n++) {
            buffer_add(&text, str_from(fillers[i]));
        }
        struct text_style style = plain_style();
        assert_no_line_is_wrong(&style, buffer_str(&text), 30 * EM);
        struct paragraph *p = shape_one(buffer_str(&text), &style);
        assert_true(paragraph_natural_width(p) > 0 && paragraph_minimum_width(p) > 0);
        assert_true(text_vertical_height(p) > 0);
        style.min_size_mp = EM / 2;
        struct lines lines = text_break(engine, arena, p, 2 * EM, FIT_NAME);
        assert_true(lines.count > 1 && lines.height_mp > 0);
        buffer_release(&text);
        arena_release(arena, mark);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_where_they_should), cmocka_unit_test(no_paragraph_breaks_a_rule),
        cmocka_unit_test(prose_never_overflows),       cmocka_unit_test(caches_change_nothing),
        cmocka_unit_test(long_texts_stay_linear),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
