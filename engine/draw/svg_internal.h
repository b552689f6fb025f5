/* svg_internal.h: shared by the files of the SVG reader. Private to draw/.
 *
 *     svg.c elements ─► svg_look.c properties ─► svg_path.c path data ─► steps of a MARK_PATH
 *                       svg_values.c: numbers, lengths, colours, transforms
 *
 * Coordinates are doubles in the user's units until a step is added: then they are whole numbers in a square of
 * SVG_UNIT. */
#ifndef DRAW_SVG_INTERNAL_H
#define DRAW_SVG_INTERNAL_H

#include "draw/svg.h"

#define SVG_UNIT       1000000 /* the longer side of the picture */
#define SVG_MOST_STEPS 100000

/* A transform: x' = a·x + c·y + e, y' = b·x + d·y + f. */
struct affine {
    double a, b, c, d, e, f;
};
struct point {
    double x, y;
};

/* --- svg_values.c: *rest moves behind the value; when false is given back, it may be anywhere --------------------- */

/* Reads a number, and white space and a comma before it. */
bool svg_number(struct str *rest, double *out);
/* Reads one digit, 0 or 1, as arcs have them; nothing need separate it from the next. */
bool svg_flag(struct str *rest, bool *out);
/* Skips white space. */
void svg_skip_space(struct str *rest);
/* Reads all of `text` as so many numbers. */
bool svg_numbers(struct str text, double *out, size_t count);
/* Reads 12, 12px, 12mm …, in px. */
bool svg_length(struct str text, double *out);
/* Reads none, #c00, #c00000, rgb(192, 0, 0), red. */
bool svg_paint(struct str text, bool *paints, struct colour *colour);
/* Reads translate(…) scale(…) rotate(…) skewX(…) skewY(…) matrix(…), and multiplies *matrix by it. */
bool svg_transform(struct str text, struct affine *matrix);

/* --- svg_look.c: properties --------------------------------------------------------------------------------------- */

/* The properties in force inside an element, those inherited included. */
struct svg_look {
    struct affine matrix;
    bool fill, stroke, even_odd;
    struct colour fill_colour, stroke_colour;
    double stroke_width;
    struct str pen; /* a stroke property that can't be drawn as given; STR_NONE: none */
};
/* A property, or the attribute of its name. */
struct svg_property {
    struct str name, value;
    bool known; /* it is supported: then its value is wrong */
};
/* Takes a property into the look. False, with `known` set, when it can't be drawn as given. */
bool svg_look_take(struct svg_look *look, struct svg_property *given);
/* Takes all properties of a style attribute; false, with the first that can't be drawn. */
bool svg_style(struct svg_look *look, struct str style, struct svg_property *wrong);

/* --- steps -------------------------------------------------------------------------------------------------------- */

/* Receives the steps of a path. After a failure (too_many, too_far) nothing is added. */
struct svg_pen {
    struct arena *arena;
    struct affine matrix;
    struct path_step *steps; /* whole numbers in a square of SVG_UNIT */
    uint32_t count;
    size_t capacity;
    bool too_many, too_far; /* the failure */
};
/* Adds a step under the pen's matrix. This one begins a part of the path. */
void svg_move(struct svg_pen *pen, struct point to);
/* A straight line to the point. */
void svg_line(struct svg_pen *pen, struct point to);
/* Back to where the part began. */
void svg_close(struct svg_pen *pen);
/* A whole part: four curves of Bézier, from its right-most point on, clockwise as y goes downwards. */
void svg_circle(struct svg_pen *pen, struct point centre, double radius);

/* svg_path.c: adds the steps of path data. False: a syntax error, at *rest. */
bool svg_path(struct svg_pen *pen, struct str *rest);

#endif
