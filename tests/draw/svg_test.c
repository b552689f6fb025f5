/* svg_test.c: seals as SVG: svg.tests, a table of pictures and what becomes of them; then files that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/length.h"
#include "draw/svg.h"
#include "page/sinks.h"

static const char *const FAULTS[] = {
    [SVG_FINE] = "fine",         [SVG_NOT_XML] = "not-xml", [SVG_NO_SVG] = "no-svg",   [SVG_ELEMENT] = "element",
    [SVG_PROPERTY] = "property", [SVG_VALUE] = "value",     [SVG_NO_SIZE] = "no-size", [SVG_TOO_LARGE] = "too-large"};

/* In a box of 1000 pt a unit of the viewBox is a point. Lines of the group's marks, as the dump writes them. */
static struct str drawn(struct arena *arena, const struct svg *svg) {
    struct document *document = document_create_in(arena);
    struct canvas canvas = canvas_of_page(document, document_add_page(document, PT(1000), PT(1000)));
    draw_svg(&canvas, (struct box){0, 0, PT(1000), PT(1000)}, svg);
    struct buffer dump = {0}, lines = {0};
    document_dump(document, &dump);
    for (struct str rest = buffer_str(&dump); rest.n > 0;) {
        const struct str line = str_trim(str_split(rest, '\n', &rest));
        if (str_starts(line, STR("path "))) {
            buffer_printf(&lines, "%.*s\n", STR_ARG(line));
        }
    }
    const struct str copy = lines.count > 0 ? str_copy(arena, buffer_str(&lines)) : STR("nothing\n");
    buffer_release(&dump);
    buffer_release(&lines);
    return copy;
}

static struct str outcome(struct arena *arena, struct str bytes) {
    struct svg_trouble trouble;
    const struct svg *svg = svg_read_in(arena, bytes, &trouble);
    if (svg != NULL) {
        assert_int_equal(trouble.fault, SVG_FINE);
        return drawn(arena, svg);
    }
    const char *before = trouble.value.n > 0 ? " " : "";
    return str_printf(arena, "%s %d %.*s%s%.*s\n", FAULTS[trouble.fault], (int)trouble.line, STR_ARG(trouble.what),
                      before, STR_ARG(trouble.value));
}

/* "\n" as it is written, in the table. */
static struct str with_newlines(struct arena *arena, struct str text) {
    char *copy = arena_copy(arena, text.p, text.n);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        const bool newline = copy[i] == '\\' && i + 1 < text.n && copy[i + 1] == 'n';
        copy[n++] = newline ? '\n' : copy[i];
        i += newline;
    }
    return (struct str){copy, n};
}

struct test_case {
    struct str name, content, wanted;
};

static size_t check_case(struct arena *arena, const struct test_case *c) {
    const struct str content = with_newlines(arena, c->content);
    const struct str picture = str_printf(
        arena, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 1000\">\n%.*s</svg>", STR_ARG(content));
    const struct str got = outcome(arena, picture);
    if (str_eq(got, c->wanted)) {
        return 0;
    }
    printf("%.*s: %.*s\n  wanted %.*s  got    %.*s", STR_ARG(c->name), STR_ARG(c->content), STR_ARG(c->wanted),
           STR_ARG(got));
    return 1;
}

static void pictures_of_the_table(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct str table = STR_NONE;
    size_t failed = 0, count = 0, headings = 0;
    assert_int_equal(file_read(arena, "tests/draw/svg.tests", 0, &table), 0);
    struct test_case open = {0};
    for (struct str rest = str_join(arena, table, STR("\n== ")); rest.n > 0;) {
        const struct str line = str_split(rest, '\n', &rest);
        if (str_starts(line, STR("=="))) {
            headings++;
            if (open.content.n > 0) {
                failed += check_case(arena, &open);
                count++;
            }
            const struct str name = str_trim(str_slice(line, 2, line.n));
            open = (struct test_case){.name = name.n > 0 ? name : open.name};
        } else if (str_starts(line, STR("=> "))) {
            open.wanted = str_printf(arena, "%.*s%.*s\n", STR_ARG(open.wanted), STR_ARG(str_slice(line, 3, line.n)));
        } else if (str_starts(line, STR("<"))) {
            open.content = line;
        }
    }
    assert_int_equal(failed, 0);
    assert_int_equal(count + 1, headings); /* the last only ends the table */
    arena_destroy(arena);
}

#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" "

/* Files that are no picture, or one of no size. */
static void files_that_are_no_picture(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *wanted;
    } cases[] = {
        {"", "not-xml 1"},
        {"\x89PNG\r\n\x1A\n", "not-xml 1"},
        {SVG "viewBox='0 0 1 1'>\n<g>\n</svg>", "not-xml 3"},
        {"<html/>", "no-svg 1 html"},
        {"<svg xmlns='http://example.org/'/>", "no-svg 1 svg"},
        {SVG "/>", "no-size 1"},
        {SVG "width='10'/>", "no-size 1"},
        {SVG "viewBox='0 0 0 10'/>", "no-size 1"},
        {SVG "viewBox='0 0 10'/>", "value 1 viewBox 0 0 10"},
        {SVG "width='10mm' height='100%'/>", "no-size 1"},
        {SVG "viewBox='0 0 1 1'><svg/></svg>", "element 1 svg"},
        {SVG "viewBox='0 0 1 1' preserveAspectRatio='none'/>", "property 1 preserveAspectRatio none"},
        {"<!DOCTYPE svg [<!ENTITY x 'y'>]>" SVG "viewBox='0 0 1 1'>&x;</svg>", "element 1 !ENTITY"},
        {"<!DOCTYPE svg SYSTEM '/etc/passwd'>" SVG "viewBox='0 0 1 1'><g>&x;</g></svg>", "element 1 x"},
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct str got = outcome(arena, str_from(cases[i].bytes));
        if (!str_starts(got, str_from(cases[i].wanted))) {
            fail_msg("%s: wanted %s, got %.*s", cases[i].bytes, cases[i].wanted, STR_ARG(got));
        }
    }
    arena_destroy(arena);
}

/* Editors write a DOCTYPE that names SVG, sizes in mm, and no namespace; none of it is looked for on a network. */
static void headers_of_editors(void **state) {
    (void)state;
    static const char *const files[] = {
        "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "
        "'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>" SVG "viewBox='0 0 10 10'><path d='M0 0h1'/></svg>",
        "\xEF\xBB\xBF" SVG "width='10mm' height='10mm'><path d='M0 0h3.7795276'/></svg>",
        "<svg viewBox='-5 -5 10 10'><path d='M-5-5h1'/></svg>",
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const struct str got = outcome(arena, str_from(files[i]));
        assert_string_equal(str_c(arena, got), "path 0.00,0.00 fill=#000000 M0.00,0.00 L100.00,0.00\n");
    }
    arena_destroy(arena);
}

/* Whole and in the middle, whatever the box. */
static void pictures_are_never_stretched(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct svg_trouble trouble;
    const struct svg *svg = svg_read_in(arena, STR(SVG "viewBox='0 0 200 100'><path d='M0 0h1'/></svg>"), &trouble);
    struct document *document = document_create_in(arena);
    struct canvas canvas = canvas_of_page(document, document_add_page(document, PT(100), PT(100)));
    draw_svg(&canvas, (struct box){PT(10), PT(10), PT(40), PT(40)}, svg);
    draw_svg(&canvas, (struct box){PT(10), PT(10), PT(80), PT(20)}, svg);
    const struct mark *high = &canvas.marks->items[0], *wide = &canvas.marks->items[1];
    assert_int_equal(high->x_mp, PT(10));
    assert_int_equal(high->y_mp, PT(20));
    assert_int_equal(wide->x_mp, PT(30));
    assert_int_equal(wide->y_mp, PT(10));
    assert_int_equal(high->group.matrix.a, wide->group.matrix.a);
    assert_int_equal(high->group.matrix.a, high->group.matrix.d);
    arena_destroy(arena);
}

static void drawings_without_end(void **state) {
    (void)state;
    struct arena *arena = arena_create();
    struct buffer bytes = {0};
    buffer_printf(&bytes, "%s", SVG "viewBox='0 0 10 10'><path d='M0 0");
    for (size_t i = 0; i < 120000; i++) {
        buffer_add(&bytes, STR("h0"));
    }
    buffer_add(&bytes, STR("'/></svg>"));
    assert_true(str_starts(outcome(arena, buffer_str(&bytes)), STR("too-large 1")));
    buffer_clear(&bytes);
    buffer_add(&bytes, STR(SVG "viewBox='0 0 10 10'>"));
    for (size_t i = 0; i < 5000; i++) {
        buffer_add(&bytes, STR("<g>"));
    }
    assert_true(str_starts(outcome(arena, buffer_str(&bytes)), STR("not-xml 1")));
    buffer_clear(&bytes);
    while (bytes.count <= SVG_MOST_BYTES) {
        buffer_add(&bytes, STR("<!-- a seal that is nothing but words -->"));
    }
    assert_true(str_starts(outcome(arena, buffer_str(&bytes)), STR("too-large 1")));
    buffer_release(&bytes);
    arena_destroy(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_of_the_table), cmocka_unit_test(files_that_are_no_picture),
        cmocka_unit_test(headers_of_editors),    cmocka_unit_test(pictures_are_never_stretched),
        cmocka_unit_test(drawings_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
