/* svg_path.c: path data (SVG 1.1, 8.3) becomes moves, lines and cubic curves.
 *
 * The letter of a command may be left out when it is the one before; behind M it is then L. A quadratic curve is a
 * cubic one whose handles are two thirds of the way to its own; an arc is cut into curves of at most a quarter
 * (appendix F.6).
 *
 * 1. A pen has at most SVG_MOST_STEPS steps, all within ±FAR: what is more or further makes the path fail. */
#include "draw/svg_internal.h"

#include <assert.h>
#include <math.h>

#define PI     3.14159265358979323846
#define FAR    100000000.0        /* nothing further out is on the paper */
#define CIRCLE 0.5522847498307936 /* handle of a quarter circle, for a radius of 1 */

/* --- the pen ------------------------------------------------------------------------------------------------------ */

static void emit(struct svg_pen *pen, enum path_verb verb, const struct point *points, size_t count) {
    struct path_step step = {.verb = verb};
    if (pen->count >= SVG_MOST_STEPS) {
        pen->too_many = true;
    }
    for (size_t i = 0; i < count; i++) {
        const struct affine *m = &pen->matrix;
        const double x = m->a * points[i].x + m->c * points[i].y + m->e;
        const double y = m->b * points[i].x + m->d * points[i].y + m->f;
        if (!(x > -FAR && x < FAR && y > -FAR && y < FAR)) { /* written so that NaN is too far */
            pen->too_far = true;
            return;
        }
        step.x_mp[i] = (int32_t)lround(x);
        step.y_mp[i] = (int32_t)lround(y);
    }
    if (!pen->too_many) {
        ARENA_GROW(pen->arena, pen->steps, pen->count, pen->capacity);
        pen->steps[pen->count++] = step;
        assert(pen->count <= SVG_MOST_STEPS); /* invariant 1 */
    }
}

void svg_move(struct svg_pen *pen, struct point to) {
    emit(pen, PATH_MOVE, &to, 1);
}

void svg_line(struct svg_pen *pen, struct point to) {
    emit(pen, PATH_LINE, &to, 1);
}

static void add_curve(struct svg_pen *pen, struct point c1, struct point c2, struct point to) {
    emit(pen, PATH_CURVE, (const struct point[]){c1, c2, to}, 3);
}

void svg_close(struct svg_pen *pen) {
    emit(pen, PATH_CLOSE, NULL, 0);
}

void svg_circle(struct svg_pen *pen, struct point centre, double radius) {
    static const struct point corners[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 0}};
    svg_move(pen, (struct point){centre.x + radius, centre.y});
    for (size_t i = 0; i < 4; i++) {
        const struct point from = corners[i], to = corners[i + 1];
        const double handle = radius * CIRCLE;
        add_curve(
            pen, (struct point){centre.x + radius * from.x + handle * to.x, centre.y + radius * from.y + handle * to.y},
            (struct point){centre.x + radius * to.x + handle * from.x, centre.y + radius * to.y + handle * from.y},
            (struct point){centre.x + radius * to.x, centre.y + radius * to.y});
    }
    svg_close(pen);
}

/* --- commands ----------------------------------------------------------------------------------------------------- */

/* Path data being read. */
struct path_reader {
    struct svg_pen *pen;
    struct str *rest;
    struct point at, start;
    struct point handle; /* of the last curve, for S and T; else `at` */
    char before;         /* the last command, in capitals */
    bool relative;
};

static struct point mirrored(struct point about, struct point of) {
    return (struct point){2 * about.x - of.x, 2 * about.y - of.y};
}

static bool take_point(struct path_reader *reader, struct point *out) {
    if (!svg_number(reader->rest, &out->x) || !svg_number(reader->rest, &out->y)) {
        return false;
    }
    if (reader->relative) {
        out->x += reader->at.x;
        out->y += reader->at.y;
    }
    return true;
}

static bool move(struct path_reader *reader) {
    struct point to;
    const bool ok = take_point(reader, &to);
    if (ok) {
        svg_move(reader->pen, to);
        reader->at = reader->start = reader->handle = to;
    }
    return ok;
}

static void line_to(struct path_reader *reader, struct point to) {
    svg_line(reader->pen, to);
    reader->at = reader->handle = to;
}

static bool line(struct path_reader *reader) {
    struct point to;
    const bool ok = take_point(reader, &to);
    if (ok) {
        line_to(reader, to);
    }
    return ok;
}

static bool horizontal(struct path_reader *reader) {
    double x = 0;
    const bool ok = svg_number(reader->rest, &x);
    if (ok) {
        line_to(reader, (struct point){reader->relative ? reader->at.x + x : x, reader->at.y});
    }
    return ok;
}

static bool vertical(struct path_reader *reader) {
    double y = 0;
    const bool ok = svg_number(reader->rest, &y);
    if (ok) {
        line_to(reader, (struct point){reader->at.x, reader->relative ? reader->at.y + y : y});
    }
    return ok;
}

static void curve_to(struct path_reader *reader, struct point c1, struct point c2, struct point to) {
    add_curve(reader->pen, c1, c2, to);
    reader->handle = c2;
    reader->at = to;
}

static bool curve(struct path_reader *reader) {
    struct point c1, c2, to;
    const bool ok = take_point(reader, &c1) && take_point(reader, &c2) && take_point(reader, &to);
    if (ok) {
        curve_to(reader, c1, c2, to);
    }
    return ok;
}

static bool smooth_curve(struct path_reader *reader) {
    struct point c2, to;
    const bool follows = reader->before == 'C' || reader->before == 'S';
    const struct point c1 = follows ? mirrored(reader->at, reader->handle) : reader->at;
    const bool ok = take_point(reader, &c2) && take_point(reader, &to);
    if (ok) {
        curve_to(reader, c1, c2, to);
    }
    return ok;
}

static struct point two_thirds(struct point from, struct point to) {
    return (struct point){from.x + (to.x - from.x) * 2 / 3, from.y + (to.y - from.y) * 2 / 3};
}

static void quadratic_to(struct path_reader *reader, struct point control, struct point to) {
    add_curve(reader->pen, two_thirds(reader->at, control), two_thirds(to, control), to);
    reader->handle = control;
    reader->at = to;
}

static bool quadratic(struct path_reader *reader) {
    struct point control, to;
    const bool ok = take_point(reader, &control) && take_point(reader, &to);
    if (ok) {
        quadratic_to(reader, control, to);
    }
    return ok;
}

static bool smooth_quadratic(struct path_reader *reader) {
    struct point to;
    const bool follows = reader->before == 'Q' || reader->before == 'T';
    const struct point control = follows ? mirrored(reader->at, reader->handle) : reader->at;
    const bool ok = take_point(reader, &to);
    if (ok) {
        quadratic_to(reader, control, to);
    }
    return ok;
}

/* --- arcs --------------------------------------------------------------------------------------------------------- */

struct arc {
    double rx, ry, turn; /* turn: angle of the ellipse's axes */
    bool large, sweep;
    struct point centre;
    double from, by; /* angles */
};

static double angle_of(double x, double y) {
    return atan2(y, x);
}

/* F.6.5 and F.6.6: centre and angles from the two ends; radii that are too small grow. */
static void find_centre(struct arc *arc, struct point p, struct point q) {
    const double c = cos(arc->turn), s = sin(arc->turn);
    const double hx = (p.x - q.x) / 2, hy = (p.y - q.y) / 2;
    const double x = c * hx + s * hy, y = -s * hx + c * hy;
    const double grow = x * x / (arc->rx * arc->rx) + y * y / (arc->ry * arc->ry);
    if (grow > 1) {
        arc->rx *= sqrt(grow);
        arc->ry *= sqrt(grow);
    }
    const double rx2 = arc->rx * arc->rx, ry2 = arc->ry * arc->ry;
    const double below = rx2 * y * y + ry2 * x * x, above = rx2 * ry2 - below;
    const double factor = (arc->large == arc->sweep ? -1 : 1) * (above > 0 ? sqrt(above / below) : 0);
    const double cx = factor * arc->rx * y / arc->ry, cy = -factor * arc->ry * x / arc->rx;
    arc->centre = (struct point){c * cx - s * cy + (p.x + q.x) / 2, s * cx + c * cy + (p.y + q.y) / 2};
    arc->from = angle_of((x - cx) / arc->rx, (y - cy) / arc->ry);
    arc->by = angle_of((-x - cx) / arc->rx, (-y - cy) / arc->ry) - arc->from;
    if (arc->sweep && arc->by < 0) {
        arc->by += 2 * PI;
    }
    if (!arc->sweep && arc->by > 0) {
        arc->by -= 2 * PI;
    }
}

/* A point of the unit circle, mapped to the ellipse. */
static struct point on_ellipse(const struct arc *arc, double x, double y) {
    const double c = cos(arc->turn), s = sin(arc->turn);
    return (struct point){arc->centre.x + c * arc->rx * x - s * arc->ry * y,
                          arc->centre.y + s * arc->rx * x + c * arc->ry * y};
}

static void draw_arc(struct path_reader *reader, const struct arc *arc, struct point end) {
    const int pieces = fabs(arc->by) <= 2 * PI ? (int)ceil(fabs(arc->by) / (PI / 2) - 1e-9) : 0;
    const double each = arc->by / (pieces > 0 ? pieces : 1);
    const double handle = tan(each / 4) * 4 / 3;
    for (int i = 0; i < pieces; i++) {
        const double a = arc->from + i * each, b = a + each;
        const struct point to = i + 1 == pieces ? end : on_ellipse(arc, cos(b), sin(b));
        curve_to(reader, on_ellipse(arc, cos(a) - handle * sin(a), sin(a) + handle * cos(a)),
                 on_ellipse(arc, cos(b) + handle * sin(b), sin(b) - handle * cos(b)), to);
    }
}

static bool take_arc(struct path_reader *reader) {
    struct arc arc = {0};
    struct point to;
    if (!svg_number(reader->rest, &arc.rx) || !svg_number(reader->rest, &arc.ry) ||
        !svg_number(reader->rest, &arc.turn) || !svg_flag(reader->rest, &arc.large) ||
        !svg_flag(reader->rest, &arc.sweep) || !take_point(reader, &to)) {
        return false;
    }
    arc.rx = fabs(arc.rx);
    arc.ry = fabs(arc.ry);
    arc.turn = fmod(arc.turn, 360) * PI / 180;
    if (to.x == reader->at.x && to.y == reader->at.y) {
        return true; /* of no length */
    }
    if (arc.rx == 0 || arc.ry == 0) {
        line_to(reader, to);
        return true;
    }
    find_centre(&arc, reader->at, to);
    draw_arc(reader, &arc, to);
    reader->at = reader->handle = to;
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static bool close(struct path_reader *reader) {
    svg_close(reader->pen);
    reader->at = reader->handle = reader->start;
    return true;
}

static const struct command {
    char letter;
    bool (*take)(struct path_reader *reader);
    char next; /* the command when no letter follows; 0: a letter must */
} commands[] = {
    {'M', move, 'L'},     {'L', line, 'L'},         {'H', horizontal, 'H'}, {'V', vertical, 'V'},
    {'C', curve, 'C'},    {'S', smooth_curve, 'S'}, {'Q', quadratic, 'Q'},  {'T', smooth_quadratic, 'T'},
    {'A', take_arc, 'A'}, {'Z', close, 0},
};

static const struct command *command_of(char letter) {
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (commands[i].letter == letter) {
            return &commands[i];
        }
    }
    return NULL;
}

/* The next command: its letter, or the last one again. */
static const struct command *next_command(struct path_reader *reader, const struct command *before) {
    const char c = reader->rest->p[0];
    const bool small = c >= 'a' && c <= 'z';
    const struct command *command = command_of((char)(small ? c - ('a' - 'A') : c));
    if (command != NULL) {
        reader->relative = small;
        *reader->rest = str_slice(*reader->rest, 1, reader->rest->n);
        return command;
    }
    return before != NULL && before->next != 0 ? command_of(before->next) : NULL;
}

bool svg_path(struct svg_pen *pen, struct str *rest) {
    struct path_reader reader = {.pen = pen, .rest = rest};
    const struct command *command = NULL;
    for (svg_skip_space(rest); rest->n > 0; svg_skip_space(rest)) {
        const bool is_first = command == NULL;
        command = next_command(&reader, command);
        if (command == NULL || (is_first && command->letter != 'M') || !command->take(&reader)) {
            return false;
        }
        reader.before = command->letter;
    }
    return true;
}
