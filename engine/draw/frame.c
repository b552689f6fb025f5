/* frame.c: frames and crop marks. */
#include "draw/draw.h"

#include "base/length.h"

#define CROP_THICKNESS_MP PT(0.25)

static void add_rule(struct canvas *canvas, int32_t x_mp, int32_t y_mp, int32_t dx_mp, int32_t dy_mp,
                     int32_t thickness_mp, enum line_style style, struct colour colour) {
    struct mark *mark = canvas_add(canvas, MARK_RULE, x_mp, y_mp);
    mark->rule = (struct mark_rule){dx_mp, dy_mp, thickness_mp, style, colour};
}

/* The middle of a rule is half its thickness inside the box; horizontal rules take the corners. */
static void simple_frame(struct canvas *canvas, struct box box, int32_t thickness_mp, enum line_style style,
                         struct colour colour) {
    const int32_t half_mp = thickness_mp / 2;
    const int32_t right_mp = box.x_mp + box.width_mp - (thickness_mp - half_mp);
    const int32_t bottom_mp = box.y_mp + box.height_mp - (thickness_mp - half_mp);
    const int32_t down_mp = box.height_mp - 2 * thickness_mp;
    add_rule(canvas, box.x_mp, box.y_mp + half_mp, box.width_mp, 0, thickness_mp, style, colour);
    add_rule(canvas, box.x_mp, bottom_mp, box.width_mp, 0, thickness_mp, style, colour);
    add_rule(canvas, box.x_mp + half_mp, box.y_mp + thickness_mp, 0, down_mp, thickness_mp, style, colour);
    add_rule(canvas, right_mp, box.y_mp + thickness_mp, 0, down_mp, thickness_mp, style, colour);
}

static struct box inset(struct box box, int32_t by_mp) {
    return (struct box){box.x_mp + by_mp, box.y_mp + by_mp, box.width_mp - 2 * by_mp, box.height_mp - 2 * by_mp};
}

void draw_frame(struct canvas *canvas, struct box box, int32_t thickness_mp, enum line_style style,
                struct colour colour) {
    if (box.width_mp <= 2 * thickness_mp || box.height_mp <= 2 * thickness_mp) {
        canvas_fill(canvas, box, colour); /* no inside is left */
        return;
    }
    if (style != LINE_DOUBLE) {
        simple_frame(canvas, box, thickness_mp, style, colour);
        return;
    }
    /* Two frames: the lines of four double rules would cross at the corners. */
    const int32_t third_mp = thickness_mp / 3;
    simple_frame(canvas, box, third_mp, LINE_SOLID, colour);
    simple_frame(canvas, inset(box, 2 * third_mp), third_mp, LINE_SOLID, colour);
}

void draw_crop_marks(struct canvas *canvas, struct box trim, int32_t offset_mp, int32_t length_mp) {
    for (int corner = 0; corner < 4; corner++) {
        const bool right = corner % 2 == 1;
        const bool bottom = corner >= 2;
        const int32_t x_mp = trim.x_mp + (right ? trim.width_mp : 0);
        const int32_t y_mp = trim.y_mp + (bottom ? trim.height_mp : 0);
        const int32_t x_sign = right ? 1 : -1;
        const int32_t y_sign = bottom ? 1 : -1;
        canvas_rule(canvas, x_mp + x_sign * offset_mp, y_mp, x_sign * length_mp, 0, CROP_THICKNESS_MP);
        canvas_rule(canvas, x_mp, y_mp + y_sign * offset_mp, 0, y_sign * length_mp, CROP_THICKNESS_MP);
    }
}
