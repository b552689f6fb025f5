/* chart_test.c: charts. Goldens show what a chart looks like; the rules below hold for every chart, over many shapes of data:
 *
 * 1. Nothing leaves the box.          2. No label touches another.
 * 3. No label touches a bar.          4. Every name and value is there, or nothing is drawn at all. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/length.h"
#include "support.h"

#define SEEN_LIMIT 512

/* --- what was drawn, as boxes on the page ------------------------------------------------------------------------- */

struct seen {
    struct box labels[SEEN_LIMIT], bars[SEEN_LIMIT];
    size_t label_count, bar_count;
};

static struct box through(const struct matrix *m, int32_t x_mp, int32_t y_mp, struct box box) {
    const int64_t x0 = ((int64_t)m->a * box.x_mp + (int64_t)m->c * box.y_mp) / MATRIX_ONE + m->e_mp + x_mp;
    const int64_t y0 = ((int64_t)m->b * box.x_mp + (int64_t)m->d * box.y_mp) / MATRIX_ONE + m->f_mp + y_mp;
    const int64_t dx = ((int64_t)m->a * box.width_mp + (int64_t)m->c * box.height_mp) / MATRIX_ONE;
    const int64_t dy = ((int64_t)m->b * box.width_mp + (int64_t)m->d * box.height_mp) / MATRIX_ONE;
    return (struct box){(int32_t)(dx < 0 ? x0 + dx : x0), (int32_t)(dy < 0 ? y0 + dy : y0),
                        (int32_t)(dx < 0 ? -dx : dx), (int32_t)(dy < 0 ? -dy : dy)};
}

/* Ink rather than the em box: digits and names reach from 0.8 em above the baseline to 0.1 em below it. */
static struct box ink_of(const struct mark *mark) {
    const int32_t size_mp = mark->glyphs.size_mp;
    return (struct box){mark->x_mp, mark->y_mp - size_mp * 8 / 10, mark->glyphs.width_mp, size_mp * 9 / 10};
}

static void see(struct seen *seen, const struct marks *marks, const struct matrix *matrix, int32_t x_mp, int32_t y_mp) {
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->kind == MARK_GLYPHS) {
            assert_true(seen->label_count < SEEN_LIMIT);
            seen->labels[seen->label_count++] = through(matrix, x_mp, y_mp, ink_of(mark));
        } else if (mark->kind == MARK_FILL) {
            const struct box box = {mark->x_mp, mark->y_mp, mark->fill.width_mp, mark->fill.height_mp};
            assert_true(seen->bar_count < SEEN_LIMIT);
            seen->bars[seen->bar_count++] = through(matrix, x_mp, y_mp, box);
        } else if (mark->kind == MARK_GROUP && mark->group.clip == NULL) {
            see(seen, &mark->group.marks, &mark->group.matrix, x_mp + mark->x_mp, y_mp + mark->y_mp);
        }
    }
}

static bool overlap(struct box a, struct box b) {
    return a.x_mp < b.x_mp + b.width_mp && b.x_mp < a.x_mp + a.width_mp && a.y_mp < b.y_mp + b.height_mp &&
           b.y_mp < a.y_mp + a.height_mp;
}

static bool inside(struct box a, struct box b) {
    return a.x_mp >= b.x_mp && a.y_mp >= b.y_mp && a.x_mp + a.width_mp <= b.x_mp + b.width_mp &&
           a.y_mp + a.height_mp <= b.y_mp + b.height_mp;
}

/* Points of a line are fills that its values stand close to, so bars are looked at where there are some. */
static void assert_rules(const struct easel *easel, struct box box, bool has_bars) {
    static struct seen seen;
    const struct matrix identity = MATRIX_IDENTITY;
    seen = (struct seen){0};
    see(&seen, easel->canvas.marks, &identity, 0, 0);
    for (size_t i = 0; i < seen.label_count; i++) {
        assert_true(inside(seen.labels[i], box));
        for (size_t k = i + 1; k < seen.label_count; k++) {
            assert_false(overlap(seen.labels[i], seen.labels[k]));
        }
        for (size_t k = 0; has_bars && k < seen.bar_count; k++) {
            assert_false(overlap(seen.labels[i], seen.bars[k]));
        }
    }
    for (size_t k = 0; k < seen.bar_count; k++) {
        assert_true(inside(seen.bars[k], box));
    }
}

/* --- data --------------------------------------------------------------------------------------------------------- */

static const char *const SCHOOLS[] = {"中心小学",
                                      "石溪完小",
                                      "白果村小",
                                      "大坪教学点",
                                      "枫香中学",
                                      "镇幼儿园",
                                      "茅坡完小",
                                      "龙塘完小",
                                      "新场完小",
                                      "三岔完小",
                                      "石溪镇中心小学附属幼儿园",
                                      "水口完小",
                                      "沙坝完小",
                                      "杉木完小",
                                      "长岭完小",
                                      "马鞍完小",
                                      "高桥完小",
                                      "云门完小",
                                      "青山完小",
                                      "团结完小"};

static void fill_points(struct easel *easel, struct chart_point *points, size_t count, const char *const *names,
                        bool compares) {
    for (size_t i = 0; i < count; i++) {
        points[i] = (struct chart_point){
            .label = names != NULL ? str_from(names[i % 20]) : str_printf(easel->arena, "%zu月", i + 1),
            .value = (double)((i * 7919 + 13) % 101),
            .compare = compares ? (double)((i * 104729 + 7) % 101) : (double)NAN,
            .known = true,
        };
    }
}

static struct chart chart_over(const struct easel *easel, enum chart_kind kind, const struct chart_point *points,
                               size_t count) {
    return (struct chart){.kind = kind,
                          .title = STR("各校“六个一”完成率"),
                          .unit = STR("%"),
                          .value_name = STR("本月"),
                          .compare_name = STR("上月"),
                          .points = points,
                          .count = count,
                          .label_style = &easel->style};
}

/* --- the rules, over many shapes ---------------------------------------------------------------------------------- */

static void rules_hold_for_bars_of_every_number(void **state) {
    (void)state;
    struct chart_point points[20];
    const int32_t heights[] = {MM(36), MM(55), MM(70), MM(110)};
    size_t drawn = 0;
    for (size_t count = 1; count <= 20; count++) {
        for (size_t variant = 0; variant < 16; variant++) {
            struct easel easel;
            easel_init(&easel, MM(210), MM(200));
            const struct box box = {MM(28), MM(37), MM(156), heights[variant % 4]};
            fill_points(&easel, points, count, (variant & 4) != 0 ? SCHOOLS : NULL, (variant & 8) != 0);
            const struct chart chart = chart_over(&easel, CHART_BARS, points, count);
            if (draw_chart(easel.engine, &easel.canvas, box, &chart)) {
                drawn++;
                assert_rules(&easel, box, true);
            } else {
                assert_int_equal(easel.canvas.marks->count, 0);
            }
            easel_release(&easel);
        }
    }
    assert_true(drawn > 290); /* of 320: a chart that refuses too much would pass every rule */
}

static void rules_hold_for_lines_of_every_number(void **state) {
    (void)state;
    struct chart_point points[31];
    for (size_t count = 1; count <= 31; count++) {
        for (size_t variant = 0; variant < 4; variant++) {
            struct easel easel;
            easel_init(&easel, MM(210), MM(200));
            const struct box box = {MM(28), MM(37), MM(156), MM(55)};
            fill_points(&easel, points, count, NULL, (variant & 1) != 0);
            points[count / 2].known = (variant & 2) == 0;
            const struct chart chart = chart_over(&easel, CHART_LINE, points, count);
            assert_true(draw_chart(easel.engine, &easel.canvas, box, &chart));
            assert_rules(&easel, box, false);
            easel_release(&easel);
        }
    }
}

static void rules_hold_for_extreme_values(void **state) {
    (void)state;
    static const double cases[][4] = {
        {0, 0, 0, 0},          {5, 5, 5, 5},           {-3, 4, -1, 0},   {1e9, 1, 0, 2},
        {0.1, 0.2, 0.04, 0.3}, {99.96, 100, 99.94, 3}, {-8, -2, -5, -1},
    };
    const enum chart_kind kinds[] = {CHART_BARS, CHART_LINE, CHART_SHARE};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t k = 0; k < 3; k++) {
            struct easel easel;
            easel_init(&easel, MM(210), MM(200));
            struct chart_point points[4];
            fill_points(&easel, points, 4, SCHOOLS, false);
            for (size_t p = 0; p < 4; p++) {
                points[p].value = cases[i][p];
            }
            const struct box box = {MM(28), MM(37), MM(120), MM(55)};
            const struct chart chart = chart_over(&easel, kinds[k], points, 4);
            assert_true(draw_chart(easel.engine, &easel.canvas, box, &chart));
            assert_rules(&easel, box, kinds[k] != CHART_LINE);
            easel_release(&easel);
        }
    }
}

static void too_small_a_box_is_told_and_left_empty(void **state) {
    (void)state;
    const enum chart_kind kinds[] = {CHART_BARS, CHART_GROUPED, CHART_LINE, CHART_SHARE, CHART_MULTIPLES};
    for (size_t k = 0; k < 5; k++) {
        struct easel easel;
        easel_init(&easel, MM(210), MM(200));
        struct chart_point points[12];
        fill_points(&easel, points, 12, SCHOOLS, false);
        const struct chart chart = chart_over(&easel, kinds[k], points, 12);
        assert_false(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(30), MM(12)}, &chart));
        assert_int_equal(easel.canvas.marks->count, 0);
        assert_false(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, 0, 0}, &chart));
        easel_release(&easel);
    }
}

/* --- what they look like ------------------------------------------------------------------------------------------ */

static void bars_with_last_month(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(160), MM(60));
    struct chart_point points[4];
    fill_points(&easel, points, 4, SCHOOLS, true);
    points[0].value = 100;
    points[0].value_text = STR("100%");
    points[1].known = false;
    points[2].value = 0;
    points[3].compare = (double)NAN;
    const struct chart chart = chart_over(&easel, CHART_BARS, points, 4);
    assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(160), MM(60)}, &chart));
    easel_assert_golden(&easel, "bars");
    easel_release(&easel);
}

static void long_names_lie_beside_their_bars(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(160), MM(90));
    struct chart_point points[12];
    fill_points(&easel, points, 12, SCHOOLS, false);
    struct chart chart = chart_over(&easel, CHART_BARS, points, 12);
    chart.unit = STR("人");
    assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(160), MM(90)}, &chart));
    easel_assert_golden(&easel, "rows");
    easel_release(&easel);
}

static void line_breaks_where_a_value_is_unknown(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(160), MM(55));
    struct chart_point points[6];
    static const double values[] = {96.5, 98, 97.2, 97.2, 0, 99.9};
    fill_points(&easel, points, 6, NULL, false);
    for (size_t i = 0; i < 6; i++) {
        points[i].value = values[i];
    }
    points[4].known = false;
    const struct chart chart = chart_over(&easel, CHART_LINE, points, 6);
    assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(160), MM(55)}, &chart));
    easel_assert_golden(&easel, "line");
    easel_release(&easel);
}

/* A value goes to the side that last month's line leaves free. */
static void values_keep_clear_of_the_second_line(void **state) {
    (void)state;
    static const double values[] = {95, 98.7, 97.4, 96.1, 95.9};
    static const double before[] = {94, 95.7, 97.4, 94.1, 96};
    struct easel easel;
    easel_init(&easel, MM(160), MM(55));
    struct chart_point points[5];
    fill_points(&easel, points, 5, NULL, true);
    for (size_t i = 0; i < 5; i++) {
        points[i].value = values[i];
        points[i].compare = before[i];
    }
    const struct chart chart = chart_over(&easel, CHART_LINE, points, 5);
    assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(160), MM(55)}, &chart));
    easel_assert_golden(&easel, "two-lines");
    easel_release(&easel);
}

static bool writes(const struct marks *marks, const char *text) {
    for (size_t i = 0; i < marks->count; i++) {
        if (marks->items[i].kind == MARK_GLYPHS && str_is(marks->items[i].glyphs.text, text)) {
            return true;
        }
    }
    return false;
}

/* One decimal, half up; 100% only when it is, and nothing that rounds up to it. */
static void only_all_of_it_is_100_percent(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{100, "100%"}, {99.96, "99.9%"}, {99.94, "99.9%"}, {18, "18.0%"}, {0.05, "0.1%"}, {0, "0%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct easel easel;
        easel_init(&easel, MM(160), MM(55));
        struct chart_point point;
        fill_points(&easel, &point, 1, NULL, false);
        point.value = cases[i].value;
        const struct chart chart = chart_over(&easel, CHART_BARS, &point, 1);
        assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(160), MM(55)}, &chart));
        assert_true(writes(easel.canvas.marks, cases[i].text));
        easel_release(&easel);
    }
}

static void one_point_and_none(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(160), MM(55));
    struct chart_point point;
    fill_points(&easel, &point, 1, NULL, false);
    const struct box box = {0, 0, MM(160), MM(55)};
    struct chart chart = chart_over(&easel, CHART_LINE, &point, 1);
    assert_true(draw_chart(easel.engine, &easel.canvas, box, &chart));
    chart.kind = CHART_BARS;
    assert_true(draw_chart(easel.engine, &easel.canvas, box, &chart));
    chart.count = 0;
    chart.title = chart.unit = STR_NONE;
    assert_true(draw_chart(easel.engine, &easel.canvas, box, &chart));
    easel_assert_golden(&easel, "one-point");
    easel_release(&easel);
}

static void shares_bear_number_and_percentage(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(160), MM(36));
    static const char *const kinds[] = {"双亲外出", "一方外出另一方无监护能力", "单亲外出", "单亲", "未登记"};
    static const double values[] = {325, 68, 101, 67, 0};
    struct chart_point points[5];
    fill_points(&easel, points, 5, NULL, false);
    for (size_t i = 0; i < 5; i++) {
        points[i].label = str_from(kinds[i]);
        points[i].value = values[i];
    }
    struct chart chart = chart_over(&easel, CHART_SHARE, points, 5);
    chart.unit = STR("人");
    chart.title = STR("留守类型构成");
    assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(160), MM(36)}, &chart));
    easel_assert_golden(&easel, "share");
    easel_release(&easel);
}

static void groups_and_small_multiples(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(160), MM(130));
    struct chart_point points[9];
    fill_points(&easel, points, 9, NULL, false);
    for (size_t i = 0; i < 9; i++) {
        points[i].label = str_printf(easel.arena, "%zu月", 9 + i % 3);
        points[i].series = str_from(SCHOOLS[i / 3]);
        points[i].known = i != 4;
    }
    struct chart chart = chart_over(&easel, CHART_GROUPED, points, 9);
    assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, 0, MM(160), MM(60)}, &chart));
    chart.kind = CHART_MULTIPLES;
    assert_true(draw_chart(easel.engine, &easel.canvas, (struct box){0, MM(65), MM(160), MM(60)}, &chart));
    assert_rules(&easel, (struct box){0, 0, MM(160), MM(130)}, true);
    easel_assert_golden(&easel, "groups");
    easel_release(&easel);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_hold_for_bars_of_every_number),
        cmocka_unit_test(rules_hold_for_lines_of_every_number),
        cmocka_unit_test(rules_hold_for_extreme_values),
        cmocka_unit_test(too_small_a_box_is_told_and_left_empty),
        cmocka_unit_test(bars_with_last_month),
        cmocka_unit_test(long_names_lie_beside_their_bars),
        cmocka_unit_test(line_breaks_where_a_value_is_unknown),
        cmocka_unit_test(values_keep_clear_of_the_second_line),
        cmocka_unit_test(only_all_of_it_is_100_percent),
        cmocka_unit_test(one_point_and_none),
        cmocka_unit_test(shares_bear_number_and_percentage),
        cmocka_unit_test(groups_and_small_multiples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
