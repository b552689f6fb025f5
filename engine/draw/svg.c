/* svg.c: libxml2's tree of a seal is read. Each element becomes one shape; its paint is inherited from above.
 *
 * An unknown element, an attribute that would change the look, a value that can't be read: the first of them ends
 * the reading, since the rest would be a seal with something missing. */
#include "draw/svg_internal.h"

#include <math.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/length.h"

struct shape {
    struct path_step *steps;
    uint32_t count;
    bool fill, stroke, even_odd;
    int32_t thickness;
    struct colour fill_colour, stroke_colour;
};

struct svg {
    struct shape *shapes;
    size_t count, capacity;
    int32_t width, height; /* the longer is SVG_UNIT */
};

struct svg_reader {
    struct arena *arena;
    struct svg *svg;
    struct svg_trouble *trouble;
    size_t steps;
};

static struct str text_of(const xmlChar *text) {
    return text == NULL ? STR_NONE : str_from((const char *)text);
}

/* Sets the trouble; gives back false, for the caller to give back. */
static bool tell(struct svg_reader *reader, enum svg_fault fault, const xmlNode *node, struct str what,
                 struct str value) {
    *reader->trouble = (struct svg_trouble){fault, node != NULL ? (int32_t)xmlGetLineNo((xmlNode *)(uintptr_t)node) : 1,
                                            str_copy(reader->arena, what), str_copy(reader->arena, value)};
    return false;
}

/* --- elements ----------------------------------------------------------------------------------------------------- */

enum element { ELEMENT_SVG, ELEMENT_GROUP, ELEMENT_PATH, ELEMENT_CIRCLE, ELEMENT_POLYGON, ELEMENT_OTHER };
#define OWN_LIMIT 4
/* With the attributes that are theirs alone, by their index in `own`. */
static const struct {
    const char *name;
    const char *own[OWN_LIMIT];
} elements[] = {
    [ELEMENT_SVG] = {"svg", {"viewBox", "width", "height"}},
    [ELEMENT_GROUP] = {"g", {NULL}},
    [ELEMENT_PATH] = {"path", {"d"}},
    [ELEMENT_CIRCLE] = {"circle", {"cx", "cy", "r"}},
    [ELEMENT_POLYGON] = {"polygon", {"points"}},
};
/* They tell about the file and draw nothing. */
static const char *const harmless[] = {"id", "class", "version", "baseProfile", "x", "y", "enable-background"};

static enum element element_of(struct str name) {
    enum element element = ELEMENT_SVG;
    while (element < ELEMENT_OTHER && !str_is(name, elements[element].name)) {
        element++;
    }
    return element;
}

static bool is_harmless(struct str name) {
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
        if (str_is(name, harmless[i])) {
            return true;
        }
    }
    return false;
}

static bool take_own(enum element element, struct str name, struct str value, struct str own[OWN_LIMIT]) {
    for (size_t i = 0; i < OWN_LIMIT && elements[element].own[i] != NULL; i++) {
        if (str_is(name, elements[element].own[i])) {
            own[i] = value;
            return true;
        }
    }
    return false;
}

/* Attributes with a foreign prefix (inkscape:label) are for their editor. */
static bool take_attributes(struct svg_reader *reader, xmlNode *node, enum element element, struct svg_look *look,
                            struct str own[OWN_LIMIT]) {
    for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next) {
        const struct str name = text_of(attribute->name);
        if (attribute->ns != NULL || is_harmless(name)) {
            continue;
        }
        xmlChar *content = xmlNodeListGetString(node->doc, attribute->children, 1);
        const struct str value = str_trim(str_copy(reader->arena, text_of(content)));
        xmlFree(content);
        struct svg_property wrong = {name, value, true};
        bool ok = true;
        if (str_is(name, "style")) {
            ok = svg_style(look, value, &wrong);
        } else if (str_is(name, "transform") && element != ELEMENT_SVG) {
            ok = svg_transform(value, &look->matrix);
        } else if (!take_own(element, name, value, own)) {
            ok = svg_look_take(look, &wrong);
        }
        if (!ok) {
            return tell(reader, wrong.known ? SVG_VALUE : SVG_PROPERTY, node, wrong.name, wrong.value);
        }
    }
    return true;
}

/* --- shapes ------------------------------------------------------------------------------------------------------- */

/* An attribute by its index in `own`, and the part of it that can't be read. */
struct wrong {
    size_t own;
    struct str value;
};

static bool draw_path(struct svg_pen *pen, const struct str own[OWN_LIMIT], struct wrong *wrong) {
    wrong->value = own[0];
    return svg_path(pen, &wrong->value);
}

static bool draw_circle(struct svg_pen *pen, const struct str own[OWN_LIMIT], struct wrong *wrong) {
    double numbers[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        *wrong = (struct wrong){i, own[i]};
        if (own[i].n > 0 && !svg_length(own[i], &numbers[i])) {
            return false;
        }
    }
    if (numbers[2] > 0) {
        svg_circle(pen, (struct point){numbers[0], numbers[1]}, numbers[2]);
    }
    return numbers[2] >= 0;
}

static bool draw_polygon(struct svg_pen *pen, const struct str own[OWN_LIMIT], struct wrong *wrong) {
    struct str rest = own[0];
    bool any = false;
    for (svg_skip_space(&rest); rest.n > 0; svg_skip_space(&rest), any = true) {
        struct point to;
        wrong->value = rest;
        if (!svg_number(&rest, &to.x) || !svg_number(&rest, &to.y)) {
            return false;
        }
        (any ? svg_line : svg_move)(pen, to);
    }
    if (any) {
        svg_close(pen);
    }
    return true;
}

/* Under a matrix that stretches, a line is wider in one direction than in the other: there is no such stroke. */
static bool stretches(const struct affine *m) {
    const double across = sqrt(m->a * m->a + m->b * m->b);
    const double down = sqrt(m->c * m->c + m->d * m->d);
    const double slant = m->a * m->c + m->b * m->d;
    const double tolerance = 0.01 * fmax(across, down);
    return fabs(across - down) > tolerance || fabs(slant) > tolerance * fmax(across, down);
}

static int32_t thickness_of(const struct svg_look *look) {
    const double width =
        look->stroke_width * sqrt(fabs(look->matrix.a * look->matrix.d - look->matrix.b * look->matrix.c));
    return width < SVG_UNIT ? (int32_t)lround(width) : SVG_UNIT;
}

static void add_shape(struct svg_reader *reader, const struct svg_look *look, const struct svg_pen *pen) {
    struct svg *svg = reader->svg;
    if (pen->count == 0 || (!look->fill && !look->stroke)) {
        return;
    }
    ARENA_GROW(reader->arena, svg->shapes, svg->count, svg->capacity);
    svg->shapes[svg->count++] = (struct shape){
        .steps = pen->steps,
        .count = pen->count,
        .fill = look->fill,
        .stroke = look->stroke,
        .even_odd = look->even_odd,
        .thickness = thickness_of(look),
        .fill_colour = look->fill_colour,
        .stroke_colour = look->stroke_colour,
    };
}

/* A few characters of a wrong value, so that one finds the place. */
static struct str excerpt(struct str value) {
    enum { LONGEST = 24 };
    return str_slice(value, 0, value.n < LONGEST ? value.n : LONGEST);
}

static bool draw_shape(struct svg_reader *reader, const xmlNode *node, enum element element,
                       const struct svg_look *look, const struct str own[OWN_LIMIT]) {
    static bool (*const draws[])(struct svg_pen *, const struct str *, struct wrong *) = {
        [ELEMENT_PATH] = draw_path, [ELEMENT_CIRCLE] = draw_circle, [ELEMENT_POLYGON] = draw_polygon};
    struct svg_pen pen = {.arena = reader->arena, .matrix = look->matrix};
    struct wrong wrong = {0};
    if (!draws[element](&pen, own, &wrong) || pen.too_far) {
        const struct str value = pen.too_far ? own[0] : wrong.value;
        return tell(reader, SVG_VALUE, node, str_from(elements[element].own[wrong.own]), excerpt(value));
    }
    if (look->stroke && look->pen.n > 0) {
        return tell(reader, SVG_PROPERTY, node, look->pen, STR_NONE);
    }
    if (look->stroke && stretches(&look->matrix)) {
        return tell(reader, SVG_PROPERTY, node, STR("stroke + transform"), STR_NONE);
    }
    reader->steps += pen.count;
    if (pen.too_many || reader->steps > SVG_MOST_STEPS) {
        return tell(reader, SVG_TOO_LARGE, node, STR_NONE, STR_NONE);
    }
    add_shape(reader, look, &pen);
    return true;
}

/* --- the tree ----------------------------------------------------------------------------------------------------- */

static bool is_ours(const xmlNode *node) {
    return node->ns == NULL || str_is(text_of(node->ns->href), "http://www.w3.org/2000/svg");
}

/* Metadata, and definitions of nothing. */
static bool draws_nothing(xmlNode *node) {
    static const char *const names[] = {"title", "desc", "metadata"};
    const struct str name = text_of(node->name);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(name, names[i])) {
            return true;
        }
    }
    return !is_ours(node) || (str_is(name, "defs") && xmlChildElementCount(node) == 0);
}

static bool read_children(struct svg_reader *reader, const xmlNode *parent, const struct svg_look *look);

static bool read_element(struct svg_reader *reader, xmlNode *node, const struct svg_look *outer) {
    const enum element element = element_of(text_of(node->name));
    struct svg_look look = *outer;
    struct str own[OWN_LIMIT] = {0};
    if (element == ELEMENT_OTHER || element == ELEMENT_SVG) {
        return tell(reader, SVG_ELEMENT, node, text_of(node->name), STR_NONE);
    }
    if (!take_attributes(reader, node, element, &look, own)) {
        return false;
    }
    return element == ELEMENT_GROUP ? read_children(reader, node, &look)
                                    : draw_shape(reader, node, element, &look, own);
}

/* The parser limits the depth of elements. */
static bool read_children(struct svg_reader *reader, const xmlNode *parent, const struct svg_look *look) {
    for (xmlNode *node = parent->children; node != NULL; node = node->next) {
        if (node->type == XML_ENTITY_REF_NODE || node->type == XML_CDATA_SECTION_NODE) {
            return tell(reader, SVG_ELEMENT, node, text_of(node->name), STR_NONE);
        }
        if (node->type == XML_ELEMENT_NODE && !draws_nothing(node) && !read_element(reader, node, look)) {
            return false;
        }
    }
    return true;
}

/* From the picture's own units into the square, by viewBox, else by width and height. */
static bool take_size(struct svg_reader *reader, const xmlNode *root, const struct str own[OWN_LIMIT],
                      struct svg_look *look) {
    double box[4] = {0};
    const bool has_box = own[0].n > 0;
    if (has_box && !svg_numbers(own[0], box, 4)) {
        return tell(reader, SVG_VALUE, root, STR("viewBox"), own[0]);
    }
    if (!has_box && (!svg_length(own[1], &box[2]) || !svg_length(own[2], &box[3]))) {
        return tell(reader, SVG_NO_SIZE, root, STR_NONE, STR_NONE);
    }
    const double longer = fmax(box[2], box[3]);
    if (!(box[2] > 0 && box[3] > 0 && longer < 1e9)) {
        return tell(reader, SVG_NO_SIZE, root, STR_NONE, STR_NONE);
    }
    const double scale = SVG_UNIT / longer;
    look->matrix = (struct affine){scale, 0, 0, scale, -box[0] * scale, -box[1] * scale};
    reader->svg->width = (int32_t)lround(box[2] * scale);
    reader->svg->height = (int32_t)lround(box[3] * scale);
    return true;
}

static bool read_root(struct svg_reader *reader, xmlNode *root) {
    struct svg_look look = {.matrix = {1, 0, 0, 1, 0, 0}, .fill = true, .stroke_width = 1};
    struct str own[OWN_LIMIT] = {0};
    if (root == NULL || !is_ours(root) || element_of(text_of(root->name)) != ELEMENT_SVG) {
        return tell(reader, SVG_NO_SVG, root, root != NULL ? text_of(root->name) : STR_NONE, STR_NONE);
    }
    return take_attributes(reader, root, ELEMENT_SVG, &look, own) && take_size(reader, root, own, &look) &&
           read_children(reader, root, &look);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* Entities are refused before the parser sees them; a DOCTYPE that only names SVG isn't loaded. */
static bool has_entities(struct str bytes) {
    return str_find(bytes, STR("<!ENTITY")) < bytes.n;
}

static bool tell_error(struct svg_reader *reader, xmlParserCtxt *parser) {
    const xmlError *error = xmlCtxtGetLastError(parser);
    const struct str message = error != NULL && error->message != NULL ? str_from(error->message) : STR_NONE;
    *reader->trouble = (struct svg_trouble){.fault = SVG_NOT_XML,
                                            .line = error != NULL && error->line > 0 ? (int32_t)error->line : 1,
                                            .what = str_copy(reader->arena, str_trim(message))};
    return false;
}

static bool read_tree(struct svg_reader *reader, xmlParserCtxt *parser, struct str bytes) {
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
    xmlDoc *tree = xmlCtxtReadMemory(parser, bytes.p, (int)bytes.n, NULL, NULL, options);
    if (tree == NULL) {
        return tell_error(reader, parser);
    }
    const bool ok = read_root(reader, xmlDocGetRootElement(tree));
    xmlFreeDoc(tree);
    return ok;
}

const struct svg *svg_read_in(struct arena *arena, struct str bytes, struct svg_trouble *trouble) {
    struct svg_reader reader = {.arena = arena, .svg = ARENA_NEW(arena, struct svg), .trouble = trouble};
    *trouble = (struct svg_trouble){0};
    if (bytes.n > SVG_MOST_BYTES) {
        tell(&reader, SVG_TOO_LARGE, NULL, STR_NONE, STR_NONE);
        return NULL;
    }
    if (has_entities(bytes)) {
        tell(&reader, SVG_ELEMENT, NULL, STR("!ENTITY"), STR_NONE);
        return NULL;
    }
    xmlParserCtxt *parser = xmlNewParserCtxt();
    const bool ok = parser != NULL && read_tree(&reader, parser, bytes);
    xmlFreeParserCtxt(parser);
    return ok ? reader.svg : NULL;
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

void draw_svg(struct canvas *canvas, struct box box, const struct svg *svg) {
    const bool by_width = (int64_t)svg->width * box.height_mp >= (int64_t)svg->height * box.width_mp;
    const int32_t width_mp = by_width ? box.width_mp : mp_scale(box.height_mp, svg->width, svg->height);
    const int32_t height_mp = by_width ? mp_scale(box.width_mp, svg->height, svg->width) : box.height_mp;
    const int32_t scale = mp_scale(MATRIX_ONE, by_width ? width_mp : height_mp, by_width ? svg->width : svg->height);
    const struct matrix matrix = {scale, 0, 0, scale, 0, 0};
    const struct box clip = {0, 0, svg->width, svg->height};
    struct canvas inside = canvas_group(canvas, box.x_mp + (box.width_mp - width_mp) / 2,
                                        box.y_mp + (box.height_mp - height_mp) / 2, matrix, &clip);
    for (size_t i = 0; i < svg->count; i++) {
        const struct shape *shape = &svg->shapes[i];
        canvas_add(&inside, MARK_PATH, 0, 0)->path = (struct mark_path){
            .steps = shape->steps,
            .count = shape->count,
            .fill = shape->fill,
            .stroke = shape->stroke,
            .even_odd = shape->even_odd,
            .thickness_mp = shape->thickness,
            .fill_colour = shape->fill_colour,
            .stroke_colour = shape->stroke_colour,
        };
    }
}
