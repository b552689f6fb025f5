/* svg_path.c: path data (SVG 1.1, 8.3) becomes moves, lines and cubic curves.
 *
 * A command's letter may be left out where it is the one before; behind M it is then L. A quadratic curve is a cubic one whose
 * handles lie two thirds of the way to its own; an arc is cut into pieces of at most a quarter (appendix F.6). */
#include "draw/svg_parts.h"

#include <math.h>

#define PI     3.14159265358979323846
#define FAR    100000000.0        /* beyond it nothing is on the paper */
#define CIRCLE 0.5522847498307936 /* handle of a quarter circle, of its radius */

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
        if (!(x > -FAR && x < FAR && y > -FAR && y < FAR)) { /* so that NaN is too far as well */
            pen->too_far = true;
            return;
        }
        step.x_mp[i] = (int32_t)lround(x);
        step.y_mp[i] = (int32_t)lround(y);
    }
    if (!pen->too_many) {
        ARENA_GROW(pen->arena, pen->steps, pen->count, pen->capacity);
        pen->steps[pen->count++] = step;
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

struct walk {
    struct svg_pen *pen;
    struct str *rest;
    struct point at, start;
    struct point handle; /* of the curve before, for S and T; else `at` */
    char before;         /* its command, in capitals */
    bool relative;
};

static struct point mirrored(struct point about, struct point of) {
    return (struct point){2 * about.x - of.x, 2 * about.y - of.y};
}

static bool take_point(struct walk *walk, struct point *out) {
    if (!svg_number(walk->rest, &out->x) || !svg_number(walk->rest, &out->y)) {
        return false;
    }
    if (walk->relative) {
        out->x += walk->at.x;
        out->y += walk->at.y;
    }
    return true;
}

static bool move(struct walk *walk) {
    struct point to;
    const bool ok = take_point(walk, &to);
    if (ok) {
        svg_move(walk->pen, to);
        walk->at = walk->start = walk->handle = to;
    }
    return ok;
}

static void line_to(struct walk *walk, struct point to) {
    svg_line(walk->pen, to);
    walk->at = walk->handle = to;
}

static bool line(struct walk *walk) {
    struct point to;
    const bool ok = take_point(walk, &to);
    if (ok) {
        line_to(walk, to);
    }
    return ok;
}

static bool horizontal(struct walk *walk) {
    double x = 0;
    const bool ok = svg_number(walk->rest, &x);
    if (ok) {
        line_to(walk, (struct point){walk->relative ? walk->at.x + x : x, walk->at.y});
    }
    return ok;
}

static bool vertical(struct walk *walk) {
    double y = 0;
    const bool ok = svg_number(walk->rest, &y);
    if (ok) {
        line_to(walk, (struct point){walk->at.x, walk->relative ? walk->at.y + y : y});
    }
    return ok;
}

static void curve_to(struct walk *walk, struct point c1, struct point c2, struct point to) {
    add_curve(walk->pen, c1, c2, to);
    walk->handle = c2;
    walk->at = to;
}

static bool curve(struct walk *walk) {
    struct point c1, c2, to;
    const bool ok = take_point(walk, &c1) && take_point(walk, &c2) && take_point(walk, &to);
    if (ok) {
        curve_to(walk, c1, c2, to);
    }
    return ok;
}

static bool smooth_curve(struct walk *walk) {
    struct point c2, to;
    const bool follows = walk->before == 'C' || walk->before == 'S';
    const struct point c1 = follows ? mirrored(walk->at, walk->handle) : walk->at;
    const bool ok = take_point(walk, &c2) && take_point(walk, &to);
    if (ok) {
        curve_to(walk, c1, c2, to);
    }
    return ok;
}

static struct point two_thirds(struct point from, struct point to) {
    return (struct point){from.x + (to.x - from.x) * 2 / 3, from.y + (to.y - from.y) * 2 / 3};
}

static void quadratic_to(struct walk *walk, struct point control, struct point to) {
    add_curve(walk->pen, two_thirds(walk->at, control), two_thirds(to, control), to);
    walk->handle = control;
    walk->at = to;
}

static bool quadratic(struct walk *walk) {
    struct point control, to;
    const bool ok = take_point(walk, &control) && take_point(walk, &to);
    if (ok) {
        quadratic_to(walk, control, to);
    }
    return ok;
}

static bool smooth_quadratic(struct walk *walk) {
    struct point to;
    const bool follows = walk->before == 'Q' || walk->before == 'T';
    const struct point control = follows ? mirrored(walk->at, walk->handle) : walk->at;
    const bool ok = take_point(walk, &to);
    if (ok) {
        quadratic_to(walk, control, to);
    }
    return ok;
}

/* --- arcs --------------------------------------------------------------------------------------------------------- */

struct arc {
    double rx, ry, turn; /* turn of the ellipse's axes */
    bool large, sweep;
    struct point centre;
    double from, by; /* angles */
};

static double angle_of(double x, double y) {
    return atan2(y, x);
}

/* F.6.5 and F.6.6: the centre and the angles from the two ends; radii that are too small grow. */
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

/* A point of the unit circle, as it lies on the ellipse. */
static struct point on_ellipse(const struct arc *arc, double x, double y) {
    const double c = cos(arc->turn), s = sin(arc->turn);
    return (struct point){arc->centre.x + c * arc->rx * x - s * arc->ry * y,
                          arc->centre.y + s * arc->rx * x + c * arc->ry * y};
}

static void draw_arc(struct walk *walk, const struct arc *arc, struct point end) {
    const int pieces = fabs(arc->by) <= 2 * PI ? (int)ceil(fabs(arc->by) / (PI / 2) - 1e-9) : 0;
    const double each = arc->by / (pieces > 0 ? pieces : 1);
    const double handle = tan(each / 4) * 4 / 3;
    for (int i = 0; i < pieces; i++) {
        const double a = arc->from + i * each, b = a + each;
        const struct point to = i + 1 == pieces ? end : on_ellipse(arc, cos(b), sin(b));
        curve_to(walk, on_ellipse(arc, cos(a) - handle * sin(a), sin(a) + handle * cos(a)),
                 on_ellipse(arc, cos(b) + handle * sin(b), sin(b) - handle * cos(b)), to);
    }
}

static bool take_arc(struct walk *walk) {
    struct arc arc = {0};
    struct point to;
    if (!svg_number(walk->rest, &arc.rx) || !svg_number(walk->rest, &arc.ry) || !svg_number(walk->rest, &arc.turn) ||
        !svg_flag(walk->rest, &arc.large) || !svg_flag(walk->rest, &arc.sweep) || !take_point(walk, &to)) {
        return false;
    }
    arc.rx = fabs(arc.rx);
    arc.ry = fabs(arc.ry);
    arc.turn = fmod(arc.turn, 360) * PI / 180;
    if (to.x == walk->at.x && to.y == walk->at.y) {
        return true; /* no arc at all */
    }
    if (arc.rx == 0 || arc.ry == 0) {
        line_to(walk, to);
        return true;
    }
    find_centre(&arc, walk->at, to);
    draw_arc(walk, &arc, to);
    walk->at = walk->handle = to;
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static bool close(struct walk *walk) {
    svg_close(walk->pen);
    walk->at = walk->handle = walk->start;
    return true;
}

static const struct command {
    char letter;
    bool (*take)(struct walk *walk);
    char next; /* what stands where no letter does; 0: nothing may */
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

/* The command that comes: its letter, or the one before once more. */
static const struct command *next_command(struct walk *walk, const struct command *before) {
    const char c = walk->rest->p[0];
    const bool small = c >= 'a' && c <= 'z';
    const struct command *command = command_of((char)(small ? c - ('a' - 'A') : c));
    if (command != NULL) {
        walk->relative = small;
        *walk->rest = str_slice(*walk->rest, 1, walk->rest->n);
        return command;
    }
    return before != NULL && before->next != 0 ? command_of(before->next) : NULL;
}

bool svg_path(struct svg_pen *pen, struct str *rest) {
    struct walk walk = {.pen = pen, .rest = rest};
    const struct command *command = NULL;
    for (svg_skip_space(rest); rest->n > 0; svg_skip_space(rest)) {
        const bool is_first = command == NULL;
        command = next_command(&walk, command);
        if (command == NULL || (is_first && command->letter != 'M') || !command->take(&walk)) {
            return false;
        }
        walk.before = command->letter;
    }
    return true;
}
