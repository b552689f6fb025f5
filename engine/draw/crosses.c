/* crosses.c: the sheet by which a printer's error is measured.
 *
 *     1 +   0         10        20    + 2     rulers are inside the crosses, beside the lines from the first to the
 *           ┬┬┬┬┬┬┬┬┬┬┬┬┬┬┬┬┬┬┬┬┬              second and from the first to the third; their 0 is at the first
 *        0 ├
 *          ├
 *     3 +  ├                          + 4 */
#include "draw/draw.h"

#include "base/length.h"

#define ARM_MP           MM(5)
#define RADIUS_MP        MM(2)
#define LINE_MP          PT(0.25)
#define LABEL_GAP_MP     MM(3)
#define RULER_GAP_MP     MM(8) /* from the crosses to the ruler's line */
#define NUMBER_ACROSS_MP MM(6) /* from the line to the middle of a number */
#define DOWN_FROM_MM     16    /* start of the vertical ruler: below the numbers of the other */
#define NUMBER_DOWN_MP   MM(4)

/* Length of the tick at a millimetre. */
static int32_t tick_mp(int32_t mm) {
    return mm % 10 == 0 ? MM(3.5) : mm % 5 == 0 ? MM(2.5) : MM(1.5);
}

static int32_t mm_mp(int32_t mm) {
    return mp_from_um((int64_t)mm * 1000);
}

static void put_number(struct text_engine *engine, struct canvas *canvas, int32_t number,
                       const struct text_style *style, int32_t x_mp, int32_t middle_mp) {
    const int32_t baseline_mp = middle_mp - style->leading_mp / 2 + text_baseline(style);
    text_label(engine, canvas, str_int(canvas->arena, number), style, x_mp, baseline_mp, ALIGN_CENTRE);
}

static void draw_cross(struct canvas *canvas, int32_t x_mp, int32_t y_mp) {
    canvas_rule(canvas, x_mp - ARM_MP, y_mp, 2 * ARM_MP, 0, LINE_MP);
    canvas_rule(canvas, x_mp, y_mp - ARM_MP, 0, 2 * ARM_MP, LINE_MP);
    const struct box square = {x_mp - RADIUS_MP, y_mp - RADIUS_MP, 2 * RADIUS_MP, 2 * RADIUS_MP};
    draw_frame(canvas, square, LINE_MP, LINE_SOLID, COLOUR_BLACK);
}

/* The number is outside, where there is no ruler. */
static void draw_corner(struct text_engine *engine, struct canvas *canvas, struct box box, int32_t corner,
                        const struct text_style *style) {
    const bool right = corner % 2 == 1;
    const bool bottom = corner >= 2;
    const int32_t x_mp = box.x_mp + (right ? box.width_mp : 0);
    const int32_t y_mp = box.y_mp + (bottom ? box.height_mp : 0);
    const int32_t away_mp = ARM_MP + LABEL_GAP_MP;
    draw_cross(canvas, x_mp, y_mp);
    put_number(engine, canvas, corner + 1, style, right ? x_mp + away_mp : x_mp - away_mp, y_mp);
}

static void draw_ruler_across(struct text_engine *engine, struct canvas *canvas, struct box box,
                              const struct text_style *style) {
    const int32_t line_mp = box.y_mp + RULER_GAP_MP;
    canvas_rule(canvas, box.x_mp, line_mp, box.width_mp, 0, LINE_MP);
    for (int32_t mm = 0; mm_mp(mm) <= box.width_mp; mm++) {
        const int32_t x_mp = box.x_mp + mm_mp(mm);
        canvas_rule(canvas, x_mp, line_mp, 0, tick_mp(mm), LINE_MP);
        if (mm % 10 == 0) {
            put_number(engine, canvas, mm, style, x_mp, line_mp + NUMBER_ACROSS_MP);
        }
    }
}

static void draw_ruler_down(struct text_engine *engine, struct canvas *canvas, struct box box,
                            const struct text_style *style) {
    const int32_t line_mp = box.x_mp + RULER_GAP_MP;
    canvas_rule(canvas, line_mp, box.y_mp + MM(DOWN_FROM_MM), 0, box.height_mp - MM(DOWN_FROM_MM), LINE_MP);
    for (int32_t mm = DOWN_FROM_MM; mm_mp(mm) <= box.height_mp; mm++) {
        const int32_t y_mp = box.y_mp + mm_mp(mm);
        canvas_rule(canvas, line_mp, y_mp, -tick_mp(mm), 0, LINE_MP);
        if (mm % 10 == 0) {
            put_number(engine, canvas, mm, style, line_mp + NUMBER_DOWN_MP, y_mp);
        }
    }
}

void draw_crosses(struct text_engine *engine, struct canvas *canvas, struct box box, const struct text_style *style) {
    for (int32_t corner = 0; corner < 4; corner++) {
        draw_corner(engine, canvas, box, corner, style);
    }
    draw_ruler_across(engine, canvas, box, style);
    draw_ruler_down(engine, canvas, box, style);
}
