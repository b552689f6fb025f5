/* hatch.c: fills that tell series apart in black and white, even on a photocopy of a photocopy: 30% grey is light on toner, and
 * where a copier drops it the lines stay, in a direction that no other series has alone. */
#include "draw/chart.h"

#include "base/length.h"

#define OUTLINE_MP PT(0.5)
#define LINE_MP    PT(0.5)
#define PITCH_MP   PT(3)

enum direction { UP = 1, DOWN = 2, ACROSS = 4 }; /* of hatching lines; may be combined */
struct hatch {
    bool grey;
    unsigned lines;
};
static const struct hatch HATCHES[HATCH_COUNT] = {
    {true, UP}, {false, 0}, {false, DOWN}, {false, UP | DOWN}, {false, ACROSS}, {false, ACROSS | UP},
};
static const struct colour GREY = {179, 179, 179}; /* 30% */

struct strokes {
    struct path_step *steps;
    uint32_t count;
};

static void add_line(struct strokes *strokes, int32_t x0_mp, int32_t y0_mp, int32_t x1_mp, int32_t y1_mp) {
    strokes->steps[strokes->count++] = (struct path_step){.verb = PATH_MOVE, .x_mp = {x0_mp}, .y_mp = {y0_mp}};
    strokes->steps[strokes->count++] = (struct path_step){.verb = PATH_LINE, .x_mp = {x1_mp}, .y_mp = {y1_mp}};
}

/* Parallel lines over the box, a pitch apart; clipped by its group. */
static void add_family(struct canvas *inside, struct box box, enum direction direction) {
    const int32_t reach_mp = direction == ACROSS ? box.height_mp : box.width_mp + box.height_mp;
    const int32_t pitch_mp = direction == ACROSS ? PITCH_MP : mp_scale(PITCH_MP, 1414, 1000);
    const size_t count = (size_t)(reach_mp / pitch_mp + 1);
    struct strokes strokes = {ARENA_ARRAY(inside->arena, struct path_step, 2 * count), 0};
    for (int32_t at_mp = pitch_mp / 2; at_mp < reach_mp; at_mp += pitch_mp) {
        if (direction == ACROSS) {
            add_line(&strokes, 0, at_mp, box.width_mp, at_mp);
        } else if (direction == UP) {
            add_line(&strokes, at_mp - box.height_mp, box.height_mp, at_mp, 0);
        } else {
            add_line(&strokes, at_mp - box.height_mp, 0, at_mp, box.height_mp);
        }
    }
    struct mark *mark = canvas_add(inside, MARK_PATH, 0, 0);
    mark->path =
        (struct mark_path){.steps = strokes.steps, .count = strokes.count, .stroke = true, .thickness_mp = LINE_MP};
}

void hatch_fill(struct canvas *canvas, struct box box, size_t series) {
    const struct hatch *hatch = &HATCHES[series % HATCH_COUNT];
    if (box.width_mp <= 0 || box.height_mp <= 0) {
        return;
    }
    canvas_fill(canvas, box, hatch->grey ? GREY : COLOUR_WHITE);
    if (hatch->lines != 0) {
        const struct box clip = {0, 0, box.width_mp, box.height_mp};
        struct canvas inside = canvas_group(canvas, box.x_mp, box.y_mp, MATRIX_IDENTITY, &clip);
        for (enum direction direction = UP; direction <= ACROSS; direction *= 2) {
            if ((hatch->lines & direction) != 0) {
                add_family(&inside, box, direction);
            }
        }
    }
    draw_frame(canvas, box, OUTLINE_MP, LINE_SOLID, COLOUR_BLACK);
}
