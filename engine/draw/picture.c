/* picture.c: a picture in a box, upright by its EXIF turn, never distorted.
 *
 * The turn is a group's matrix from the picture as stored to the picture as seen, so the file's bytes stay as they
 * are:
 *
 *     1 as stored   2 mirrored        3 upside down      4 mirrored upside down
 *     5 transposed  6 quarter right   7 transversed      8 quarter left
 *
 * A group's clip crops. */
#include "draw/draw.h"

#include "base/length.h"

/* The matrix of a turn: x' = ax·x + cx·y + …, plus the far edge where the sign is negative. */
struct turn {
    int8_t a, b, c, d;
};
static const struct turn TURNS[] = {
    {1, 0, 0, 1},                                               /* unknown: as stored */
    {1, 0, 0, 1}, {-1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, -1}, /* 1 … 4 */
    {0, 1, 1, 0}, {0, 1, -1, 0}, {0, -1, -1, 0}, {0, -1, 1, 0}, /* 5 … 8 */
};

static bool is_sideways(int32_t turn) {
    return turn >= 5 && turn <= 8;
}

/* From a stored picture of width × height to the upright one, whose corner stays at 0, 0. */
static struct matrix matrix_of(int32_t turn, int32_t width_mp, int32_t height_mp) {
    const struct turn t = TURNS[turn >= 1 && turn <= 8 ? turn : 0];
    const int32_t e_mp = (t.a < 0 ? width_mp : 0) + (t.c < 0 ? height_mp : 0);
    const int32_t f_mp = (t.b < 0 ? width_mp : 0) + (t.d < 0 ? height_mp : 0);
    return (struct matrix){t.a * MATRIX_ONE, t.b * MATRIX_ONE, t.c * MATRIX_ONE, t.d * MATRIX_ONE, e_mp, f_mp};
}

static void add_image(struct canvas *canvas, int32_t x_mp, int32_t y_mp, const struct image *image, int32_t width_mp,
                      int32_t height_mp) {
    struct mark *mark = canvas_add(canvas, MARK_IMAGE, x_mp, y_mp);
    mark->image = (struct mark_image){image, width_mp, height_mp};
}

/* Draws the upright picture of width × height at x, y. */
static void add_upright(struct canvas *canvas, int32_t x_mp, int32_t y_mp, int32_t width_mp, int32_t height_mp,
                        const struct image *image, int32_t turn) {
    if (turn < 2 || turn > 8) {
        add_image(canvas, x_mp, y_mp, image, width_mp, height_mp);
        return;
    }
    const int32_t stored_width_mp = is_sideways(turn) ? height_mp : width_mp;
    const int32_t stored_height_mp = is_sideways(turn) ? width_mp : height_mp;
    const struct matrix matrix = matrix_of(turn, stored_width_mp, stored_height_mp);
    struct canvas inside = canvas_group(canvas, x_mp, y_mp, matrix, NULL);
    add_image(&inside, 0, 0, image, stored_width_mp, stored_height_mp);
}

struct size {
    int32_t width_mp, height_mp;
};

/* The size of the upright picture when it fills the box or, `whole`, fits into it. */
static struct size scaled(struct box box, int32_t width_px, int32_t height_px, bool whole) {
    const bool wider = (int64_t)width_px * box.height_mp > (int64_t)height_px * box.width_mp;
    if (wider == whole) {
        return (struct size){box.width_mp, mp_scale(box.width_mp, height_px, width_px)};
    }
    return (struct size){mp_scale(box.height_mp, width_px, height_px), box.height_mp};
}

static int32_t draw_image(struct canvas *canvas, struct box box, const struct image *image, int32_t width_px,
                          int32_t height_px, int32_t turn, bool whole) {
    if (width_px <= 0 || height_px <= 0 || box.width_mp <= 0 || box.height_mp <= 0) {
        return 0;
    }
    const int32_t upright_width_px = is_sideways(turn) ? height_px : width_px;
    const int32_t upright_height_px = is_sideways(turn) ? width_px : height_px;
    const struct size size = scaled(box, upright_width_px, upright_height_px, whole);
    const int32_t x_mp = (box.width_mp - size.width_mp) / 2;
    const int32_t y_mp = (box.height_mp - size.height_mp) / 2;
    const bool crops = size.width_mp > box.width_mp || size.height_mp > box.height_mp;
    if (crops) {
        const struct box clip = {0, 0, box.width_mp, box.height_mp};
        struct canvas inside = canvas_group(canvas, box.x_mp, box.y_mp, MATRIX_IDENTITY, &clip);
        add_upright(&inside, x_mp, y_mp, size.width_mp, size.height_mp, image, turn);
    } else {
        add_upright(canvas, box.x_mp + x_mp, box.y_mp + y_mp, size.width_mp, size.height_mp, image, turn);
    }
    return size.width_mp > 0 ? (int32_t)((int64_t)upright_width_px * 72 * MP_PER_PT / size.width_mp) : 0;
}

int32_t draw_image_fill(struct canvas *canvas, struct box box, const struct image *image, int32_t width_px,
                        int32_t height_px, int32_t turn) {
    return draw_image(canvas, box, image, width_px, height_px, turn, false);
}

int32_t draw_image_fit(struct canvas *canvas, struct box box, const struct image *image, int32_t width_px,
                       int32_t height_px, int32_t turn) {
    return draw_image(canvas, box, image, width_px, height_px, turn, true);
}
