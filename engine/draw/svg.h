/* svg.h: a seal as an SVG of paths, circles and polygons.
 *
 * Supported (SVG 1.1): the elements svg, g, path, circle and polygon; fill, stroke, stroke-width and fill-rule, as
 * attributes or in `style`, inherited; transform; path data by 8.3 (M L H V C S Q T A Z, absolute and relative).
 * Elements that draw nothing are ignored: title, desc, metadata, empty defs, and an editor's own. Anything else is a
 * fault, since a seal with a part missing isn't one. No network, no entities, no DTD. */
#ifndef DRAW_SVG_H
#define DRAW_SVG_H

#include "page/page.h"

/* The caller reads no more of a file. */
#define SVG_MOST_BYTES (1u << 20)

/* Why a file can't be used, and the meaning of what and value. */
enum svg_fault {
    SVG_FINE,
    SVG_NOT_XML,  /* what: the parser's message */
    SVG_NO_SVG,   /* what: the root element's name */
    SVG_ELEMENT,  /* what: the name of an unsupported element */
    SVG_PROPERTY, /* what: the name of an unsupported attribute or property */
    SVG_VALUE,    /* what: the name, value: the unreadable value */
    SVG_NO_SIZE,  /* neither viewBox nor width and height */
    SVG_TOO_LARGE /* more than 100,000 steps */
};
/* The first fault, with its line; strings live in the arena. */
struct svg_trouble {
    enum svg_fault fault;
    int32_t line;
    struct str what, value;
};

/* A drawing; immutable, may be drawn any number of times. */
struct svg;
/* Reads the bytes of a file into the arena. NULL, with *trouble. */
const struct svg *svg_read_in(struct arena *arena, struct str bytes, struct svg_trouble *trouble);
/* Draws it whole, as large as the box allows, in its middle. */
void draw_svg(struct canvas *canvas, struct box box, const struct svg *svg);

#endif
