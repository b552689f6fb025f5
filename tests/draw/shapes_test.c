/* shapes_test.c: pictures, frames, crop marks, QR codes, seal places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/length.h"
#include "image/image.h"
#include "support.h"

/* --- pictures ----------------------------------------------------------------------------------------------------- */

struct point {
    int64_t x, y;
};

/* Where a point of the stored picture (in 1/1000 of its size) comes to lie on the page. */
static struct point place_of(const struct marks *marks, int64_t x, int64_t y) {
    const struct mark *mark = &marks->items[0];
    if (mark->kind == MARK_IMAGE) {
        return (struct point){mark->x_mp + mark->image.width_mp * x / 1000,
                              mark->y_mp + mark->image.height_mp * y / 1000};
    }
    assert_int_equal(mark->kind, MARK_GROUP);
    const struct point p = place_of(&mark->group.marks, x, y);
    const struct matrix m = mark->group.matrix;
    return (struct point){(m.a * p.x + m.c * p.y) / MATRIX_ONE + m.e_mp + mark->x_mp,
                          (m.b * p.x + m.d * p.y) / MATRIX_ONE + m.f_mp + mark->y_mp};
}

/* EXIF 2.3, "Orientation": what the 0th row and the 0th column of the stored picture are when it is seen. */
static void turns_bring_every_corner_where_exif_says(void **state) {
    (void)state;
    static const struct {
        int32_t turn;
        bool row_at_right_or_bottom, column_at_right_or_bottom, sideways;
    } cases[] = {
        {1, false, false, false}, {2, false, true, false}, {3, true, true, false}, {4, true, false, false},
        {5, false, false, true},  {6, true, false, true},  {7, true, true, true},  {8, false, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct easel easel;
        easel_init(&easel, PT(200), PT(200));
        const bool sideways = cases[i].sideways;
        const struct box box = {PT(10), PT(20), sideways ? PT(60) : PT(40), sideways ? PT(40) : PT(60)};
        assert_int_equal(draw_image_fill(&easel.canvas, box, NULL, 400, 600, cases[i].turn), 720);
        const struct point row = place_of(easel.canvas.marks, 500, 0); /* middle of the 0th row */
        const struct point column = place_of(easel.canvas.marks, 0, 500);
        const int64_t near_x = box.x_mp;
        const int64_t far_x = box.x_mp + box.width_mp;
        const int64_t near_y = box.y_mp;
        const int64_t far_y = box.y_mp + box.height_mp;
        const bool row_far = cases[i].row_at_right_or_bottom;
        const bool column_far = cases[i].column_at_right_or_bottom;
        if (sideways) {
            assert_int_equal(row.x, row_far ? far_x : near_x);
            assert_int_equal(column.y, column_far ? far_y : near_y);
        } else {
            assert_int_equal(row.y, row_far ? far_y : near_y);
            assert_int_equal(column.x, column_far ? far_x : near_x);
        }
        easel_release(&easel);
    }
}

/* The national 学籍照片 (26 × 32 mm, 358 × 441) in a 2寸 frame of 35 × 49 mm. */
static void photo_fills_its_frame_unstretched(void **state) {
    (void)state;
    static const struct image photo = {.format = IMAGE_JPEG, .width_px = 358, .height_px = 441, .components = 3};
    struct easel easel;
    easel_init(&easel, MM(80), MM(60));
    const int32_t filled =
        draw_image_fill(&easel.canvas, (struct box){MM(2), MM(2), MM(35), MM(49)}, &photo, 358, 441, 1);
    assert_int_equal(filled, 228);
    const int32_t fitted =
        draw_image_fit(&easel.canvas, (struct box){MM(40), MM(2), MM(35), MM(49)}, &photo, 358, 441, 1);
    assert_int_equal(fitted, 259);
    draw_image_fill(&easel.canvas, (struct box){MM(2), MM(2), MM(35), MM(49)}, &photo, 441, 358, 6);
    easel_assert_golden(&easel, "photo");
    easel_release(&easel);
}

static void picture_of_nothing_draws_nothing(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, PT(100), PT(100));
    assert_int_equal(draw_image_fill(&easel.canvas, (struct box){0, 0, PT(10), PT(10)}, NULL, 0, 10, 1), 0);
    assert_int_equal(draw_image_fit(&easel.canvas, (struct box){0, 0, 0, PT(10)}, NULL, 10, 10, 1), 0);
    assert_int_equal(easel.canvas.marks->count, 0);
    easel_release(&easel);
}

/* --- frames, marks, seals ----------------------------------------------------------------------------------------- */

static void frames_lie_inside_their_box(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, PT(100), PT(100));
    draw_frame(&easel.canvas, (struct box){PT(10), PT(10), PT(80), PT(40)}, PT(1), LINE_SOLID, COLOUR_BLACK);
    draw_frame(&easel.canvas, (struct box){PT(10), PT(55), PT(80), PT(40)}, PT(3), LINE_DOUBLE,
               (struct colour){200, 0, 0});
    draw_frame(&easel.canvas, (struct box){PT(1), PT(1), PT(2), PT(2)}, PT(3), LINE_SOLID, COLOUR_BLACK);
    draw_crop_marks(&easel.canvas, (struct box){PT(10), PT(10), PT(80), PT(80)}, PT(2), PT(6));
    easel_assert_golden(&easel, "frames");
    easel_release(&easel);
}

static void seal_place_stays_free_but_in_a_proof(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(60), MM(60));
    const struct box box = {MM(9), MM(9), MM(42), MM(42)};
    draw_seal_place(easel.engine, &easel.canvas, box, false, &easel.style);
    assert_int_equal(easel.canvas.marks->count, 0);
    draw_seal_place(easel.engine, &easel.canvas, box, true, &easel.style);
    easel_assert_golden(&easel, "seal");
    easel_release(&easel);
}

/* --- QR codes ----------------------------------------------------------------------------------------------------- */

/* Version 1 has 21 modules; with the quiet zone 29. All marks are dark fills of whole modules, none over another, in one
 * group that stands inside the quiet zone and tells what they say. */
static void qr_stays_on_its_grid(void **state) {
    (void)state;
    struct easel easel;
    easel_init(&easel, MM(30), MM(30));
    assert_true(draw_qr(&easel.canvas, (struct box){MM(5), MM(5), MM(20), MM(20)}, STR("K2026000123")));
    const int32_t module = MM(20) / 29;
    const int32_t left = MM(5) + (MM(20) - 21 * module) / 2;
    assert_int_equal(easel.canvas.marks->count, 1);
    const struct mark *code = &easel.canvas.marks->items[0];
    assert_int_equal(code->x_mp, left);
    assert_int_equal(code->y_mp, left);
    assert_int_equal(code->group.matrix.a, (int64_t)module * MATRIX_ONE / PT(1));
    assert_int_equal(code->group.matrix.d, code->group.matrix.a);
    assert_true(str_is(*code->group.says, "K2026000123"));
    bool dark[21][21] = {{false}};
    int32_t count = 0;
    for (size_t i = 0; i < code->group.marks.count; i++) {
        const struct mark *mark = &code->group.marks.items[i];
        assert_int_equal(mark->kind, MARK_FILL);
        assert_int_equal(mark->x_mp % PT(1) + mark->y_mp % PT(1), 0);
        assert_int_equal(mark->fill.width_mp % PT(1) + mark->fill.height_mp % PT(1), 0);
        assert_true(mark->x_mp >= 0 && mark->x_mp + mark->fill.width_mp <= PT(21));
        assert_true(mark->y_mp >= 0 && mark->y_mp + mark->fill.height_mp <= PT(21));
        for (int32_t y = mark->y_mp / PT(1); y < (mark->y_mp + mark->fill.height_mp) / PT(1); y++) {
            for (int32_t x = mark->x_mp / PT(1); x < (mark->x_mp + mark->fill.width_mp) / PT(1); x++) {
                assert_false(dark[y][x]);
                dark[y][x] = true;
                count++;
            }
        }
    }
    assert_in_range(count, 21 * 21 * 2 / 5, 21 * 21 * 3 / 5);
    easel_release(&easel);
}

static void qr_takes_chinese_and_refuses_too_much(void **state) {
    (void)state;
    static char much[5000];
    for (size_t i = 0; i < sizeof much; i++) {
        much[i] = 'x';
    }
    struct easel easel;
    easel_init(&easel, MM(30), MM(30));
    const struct box box = {0, 0, MM(30), MM(30)};
    assert_false(draw_qr(&easel.canvas, box, STR_NONE));
    assert_false(draw_qr(&easel.canvas, box, (struct str){much, 3000}));
    assert_false(draw_qr(&easel.canvas, box, (struct str){much, sizeof much}));
    assert_int_equal(easel.canvas.marks->count, 0);
    assert_true(draw_qr(&easel.canvas, box, STR("石溪镇中心小学 𬱖")));
    easel_assert_golden(&easel, "qr-chinese");
    easel_release(&easel);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_bring_every_corner_where_exif_says), cmocka_unit_test(photo_fills_its_frame_unstretched),
        cmocka_unit_test(picture_of_nothing_draws_nothing),         cmocka_unit_test(frames_lie_inside_their_box),
        cmocka_unit_test(seal_place_stays_free_but_in_a_proof),     cmocka_unit_test(qr_stays_on_its_grid),
        cmocka_unit_test(qr_takes_chinese_and_refuses_too_much),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
