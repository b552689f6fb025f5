/* svg_parts.h: what the files of the SVG reader share. Private to draw/.
 *
 * Coordinates are doubles in the user's units until a step is emitted: then they are whole numbers in a square of SVG_UNIT. */
#ifndef DRAW_SVG_PARTS_H
#define DRAW_SVG_PARTS_H

#include "draw/svg.h"

#define SVG_UNIT       1000000 /* the longer side of the picture */
#define SVG_MOST_STEPS 100000

/* x' = a·x + c·y + e, y' = b·x + d·y + f */
struct affine {
    double a, b, c, d, e, f;
};
struct point {
    double x, y;
};

/* --- svg_values.c: the small grammars. *rest moves behind what was read; false leaves it anywhere. ------------------- */

/* A number, with what may stand before it: white space and a comma. */
bool svg_number(struct str *rest, double *out);
/* One digit 0 or 1, as arcs have them: it needs nothing behind it. */
bool svg_flag(struct str *rest, bool *out);
void svg_skip_space(struct str *rest);
/* All of `text` is so many numbers. */
bool svg_numbers(struct str text, double *out, size_t count);
/* 12, 12px, 12mm … in px. */
bool svg_length(struct str text, double *out);
/* none, #c00, #c00000, rgb(192, 0, 0), red. */
bool svg_paint(struct str text, bool *paints, struct colour *colour);
/* translate(…) scale(…) rotate(…) skewX(…) skewY(…) matrix(…), laid onto *matrix. */
bool svg_transform(struct str text, struct affine *matrix);

/* --- svg_look.c: what holds inside an element ----------------------------------------------------------------------- */

struct svg_look {
    struct affine matrix;
    bool fill, stroke, even_odd;
    struct colour fill_colour, stroke_colour;
    double stroke_width;
    struct str pen; /* the property of a line that isn't drawn so; STR_NONE: none */
};
struct svg_property {
    struct str name, value;
    bool known; /* it is one of those that are read: then its value is wrong */
};
/* False, with `known`, where it can't be taken. */
bool svg_look_take(struct svg_look *look, struct svg_property *given);
/* The properties of a style attribute; false with the one that can't be taken. */
bool svg_style(struct svg_look *look, struct str style, struct svg_property *wrong);

/* --- steps ---------------------------------------------------------------------------------------------------------- */

/* Where steps go; after a failure nothing is added. */
struct svg_pen {
    struct arena *arena;
    struct affine matrix;
    struct path_step *steps;
    uint32_t count;
    size_t capacity;
    bool too_many, too_far;
};
void svg_move(struct svg_pen *pen, struct point to);
void svg_line(struct svg_pen *pen, struct point to);
void svg_close(struct svg_pen *pen);
void svg_circle(struct svg_pen *pen, struct point centre, double radius);

/* svg_path.c: path data. False where it isn't one; *rest is then where it stopped. */
bool svg_path(struct svg_pen *pen, struct str *rest);

#endif
