/* svg.h: a seal as an SVG of paths, circles and polygons.
 *
 * What is read: the elements svg, g, path, circle and polygon; fill, stroke, stroke-width and fill-rule, as attributes or in
 * `style`, inherited; transform; path data by SVG 1.1, 8.3 (M L H V C S Q T A Z, absolute and relative). What draws nothing is
 * passed over: title, desc, metadata, empty defs, and what editors add under names of their own. Anything else is a fault, since
 * a seal with a part missing is none. No network, no entities, no DTD. */
#ifndef DRAW_SVG_H
#define DRAW_SVG_H

#include "page/page.h"

#define SVG_MOST_BYTES (1u << 20)

enum svg_fault {
    SVG_FINE,
    SVG_NOT_XML,  /* what: what the parser says */
    SVG_NO_SVG,   /* what: the root element's name */
    SVG_ELEMENT,  /* what: the name of an element that isn't read */
    SVG_PROPERTY, /* what: the name of an attribute or property that isn't read */
    SVG_VALUE,    /* what: the name, value: what can't be read there */
    SVG_NO_SIZE,  /* neither viewBox nor width and height */
    SVG_TOO_LARGE /* more than 100,000 steps */
};
struct svg_trouble {
    enum svg_fault fault;
    int32_t line;
    struct str what, value;
};

struct svg; /* immutable; may be drawn again and again */
/* In the arena, what is told of trouble too. NULL with *trouble. */
const struct svg *svg_read_in(struct arena *arena, struct str bytes, struct svg_trouble *trouble);
/* Whole, as large as the box allows, in its middle. */
void draw_svg(struct canvas *canvas, struct box box, const struct svg *svg);

#endif
