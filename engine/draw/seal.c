/* seal.c: the place for a seal. On the real paper it stays free: a printed ring beside the real seal looks like a
 * mistake. */
#include "draw/draw.h"

#include "base/length.h"

#define RING_THICKNESS_MP PT(0.5)
#define RING_DASH_MP      PT(3)
/* Handle of a quarter circle as one cubic curve, in 1/1000 of the radius. */
#define CIRCLE_HANDLE 552

static const struct colour RING = {120, 120, 120};

/* A point of the circle and its two handles, in 1/1000 of the radius. */
struct quarter {
    int32_t x[3], y[3];
};
static const struct quarter QUARTERS[4] = {
    {{1000, CIRCLE_HANDLE, 0}, {CIRCLE_HANDLE, 1000, 1000}},
    {{-CIRCLE_HANDLE, -1000, -1000}, {1000, CIRCLE_HANDLE, 0}},
    {{-1000, -CIRCLE_HANDLE, 0}, {-CIRCLE_HANDLE, -1000, -1000}},
    {{CIRCLE_HANDLE, 1000, 1000}, {-1000, -CIRCLE_HANDLE, 0}},
};

static void add_circle(struct canvas *canvas, int32_t x_mp, int32_t y_mp, int32_t radius_mp) {
    struct path_step *steps = ARENA_ARRAY(canvas->arena, struct path_step, 6);
    steps[0] = (struct path_step){.verb = PATH_MOVE, .x_mp = {radius_mp}};
    for (size_t q = 0; q < 4; q++) {
        steps[q + 1].verb = PATH_CURVE;
        for (size_t i = 0; i < 3; i++) {
            steps[q + 1].x_mp[i] = mp_scale(radius_mp, QUARTERS[q].x[i], 1000);
            steps[q + 1].y_mp[i] = mp_scale(radius_mp, QUARTERS[q].y[i], 1000);
        }
    }
    steps[5].verb = PATH_CLOSE;
    struct mark *mark = canvas_add(canvas, MARK_PATH, x_mp, y_mp);
    mark->path = (struct mark_path){.steps = steps,
                                    .count = 6,
                                    .stroke = true,
                                    .thickness_mp = RING_THICKNESS_MP,
                                    .stroke_colour = RING,
                                    .dash_mp = RING_DASH_MP};
}

void draw_seal_place(struct text_engine *engine, struct canvas *canvas, struct box box, bool proof,
                     const struct text_style *style) {
    if (!proof) {
        return;
    }
    const int32_t size_mp = box.width_mp < box.height_mp ? box.width_mp : box.height_mp;
    const int32_t x_mp = box.x_mp + box.width_mp / 2;
    const int32_t y_mp = box.y_mp + box.height_mp / 2;
    add_circle(canvas, x_mp, y_mp, size_mp / 2 - RING_THICKNESS_MP / 2);
    /* In the upper part: the issuer's name and the date are in the middle and below. */
    const int32_t baseline_mp = y_mp - size_mp / 4 - style->leading_mp / 2 + text_baseline(style);
    text_label(engine, canvas, STR("章"), style, x_mp, baseline_mp, ALIGN_CENTRE);
}
