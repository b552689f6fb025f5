/* gaps_test.c: how wide the gap between Chinese and Latin comes out in justified text, over 1,640 characters of talk records
 * (talks.txt) at 12 pt in measures of 20, 30 and 40 characters. It prints the table that TYPOGRAPHY's figures are read from. */
#include "support.h"

#include <math.h>

#include "base/file.h"
#include "text/lines.h"

/* What was measured in the lines of one measure, in points; lines that a twentieth of an em a gap can't fill are counted apart. */
struct gauge {
    size_t lines, beyond, squeezed, gaps;
    double sum, squares, widest, widest_beyond, chinese, comma, comma_due;
};

static double points(int32_t mp) {
    return (double)mp / 1000;
}

static double greater(double a, double b) {
    return a > b ? a : b;
}

/* Squeezed because a mark may not begin the next line, or a last line would be one character long (孤字)? */
static bool is_due(const struct lines *lines, size_t i, int32_t room_mp) {
    const struct line *line = &lines->items[i];
    const struct paragraph *p = lines->paragraph;
    uint32_t edge = line->end;
    struct cursor c = cursor_at(p, line->first, line->keeps_opening);
    for (uint32_t k = line->first; k < line->end; k++) {
        cursor_step(&c, k);
        edge = c.ink_mp > room_mp && edge == line->end ? k : edge;
    }
    return cursor_meets_prohibition(&c, edge) || (line->end == p->count && text_weigh(p, edge, line->end) == 1);
}

static void gauge_gap(struct gauge *g, double width, bool beyond) {
    if (beyond) {
        g->widest_beyond = greater(g->widest_beyond, width);
        return;
    }
    g->gaps++;
    g->sum += width;
    g->squares += width * width;
    g->widest = greater(g->widest, width);
}

/* By how much justification could stretch the line unseen. */
static int32_t even_room(const struct paragraph *p, const struct line *line, uint32_t last) {
    int32_t room = 0;
    for (uint32_t i = line->first; i < last; i++) {
        room += text_even_room(p, &p->atoms[i]);
    }
    return room;
}

static void gauge_line(struct gauge *g, const struct lines *lines, size_t index) {
    const struct paragraph *p = lines->paragraph;
    const struct line *line = &lines->items[index];
    const uint32_t last = text_line_last(p, line);
    const int32_t room_mp = lines->width_mp - line->indent_mp;
    struct adjustment plan = text_adjust_line(p, line);
    const bool beyond = line->delta_mp > even_room(p, line, last);
    const bool due = line->delta_mp < 0 && is_due(lines, index, room_mp);
    g->lines++;
    g->beyond += beyond;
    g->squeezed += line->delta_mp < 0;
    assert_int_equal(line->width_mp + line->delta_mp, room_mp); /* flush */
    for (uint32_t i = line->first; i <= last; i++) {
        const struct atom atom = text_line_atom(p, line, i, last);
        const struct change change = text_adjust_atom(&plan, p, &atom, i == last);
        if (i < last && (atom.kind == CLASS_GAP || atom.gap_mp > 0)) {
            gauge_gap(g, points((atom.kind == CLASS_GAP ? atom.advance_mp : atom.gap_mp) + change.behind_mp), beyond);
        } else if (i < last && atom.kind == CLASS_HAN && p->atoms[i + 1].kind == CLASS_HAN && !beyond) {
            g->chinese = greater(g->chinese, points(change.behind_mp));
        } else if (i < last && atom.kind == CLASS_COMMA && atom.advance_mp == EM) {
            double *least = due ? &g->comma_due : &g->comma;
            const double width = points(atom.advance_mp + change.behind_mp);
            *least = width < *least ? width : *least;
        }
    }
}

static struct gauge gauge_measure(struct str text, int32_t ems) {
    struct gauge g = {.comma = 12, .comma_due = 12};
    struct text_style style = plain_style();
    style.indent_mp = 2 * EM;
    while (text.n > 0) {
        const struct str paragraph = str_split(text, '\n', &text);
        const struct lines lines = text_break(engine, arena, shape_one(paragraph, &style), ems * EM, FIT_NORMAL);
        for (size_t i = 0; i < lines.count; i++) {
            if (!lines.items[i].last) {
                gauge_line(&g, &lines, i);
            }
        }
    }
    return g;
}

static void the_gap_stays_near_a_quarter_em(void **state) {
    struct str text;
    (void)state;
    assert_int_equal(file_read(arena, "tests/text/talks.txt", 0, &text), 0);
    print_message("measure  lines  beyond  squeezed  gap: mean    sd   most  (beyond)  Chinese  comma  (due)\n");
    for (int32_t ems = 20; ems <= 40; ems += 10) {
        const struct gauge g = gauge_measure(text, ems);
        const double mean = g.sum / (double)g.gaps;
        const double deviation = sqrt(greater(0, g.squares / (double)g.gaps - mean * mean));
        print_message("%4d em %6zu %7zu %9zu %10.2f %5.2f %6.2f %9.2f %8.2f %6.2f %6.2f\n", ems, g.lines, g.beyond,
                      g.squeezed, mean, deviation, g.widest, g.widest_beyond, g.chinese, g.comma, g.comma_due);
        assert_true(mean >= 2.9 && mean <= 3.2);
        assert_true(deviation <= 0.3);
        assert_true(g.widest <= 3.9);
        assert_true(g.chinese <= 0.6);
        assert_true(g.comma >= 9);
        assert_true(g.beyond <= (ems == 20 ? 9 : ems == 30 ? 2 : 0));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_gap_stays_near_a_quarter_em)};
    return cmocka_run_group_tests(tests, begin, end);
}
