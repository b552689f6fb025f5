/* page.h: the display list, the heart of the house.
 *
 * A document is pages, a page is a size and an array of marks. compose makes it, bindery turns it into other pages, a sink
 * walks it: the text dump, the hash, the scan for numbers that must not leave, the PDF. Nothing in it refers back to layouts or rows.
 *
 * Units: 1/1000 pt (_mp) in int32_t. Origin: the top left corner of the trimmed page, x to the right, y downwards; a glyph
 * run's y is its baseline. Everything lives in the document's arena.
 *
 * A new kind of mark: add it to enum mark_kind and the union; -Wswitch-enum then stops the build until every sink has it. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "font/font.h"

struct colour {
    uint8_t red, green, blue; /* equal parts print as DeviceGray */
};
#define COLOUR_BLACK ((struct colour){0, 0, 0})
#define COLOUR_WHITE ((struct colour){255, 255, 255})
/* From and to 0xRRGGBB. */
static inline struct colour colour_from_rgb(int32_t rgb) {
    return (struct colour){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb};
}
static inline int32_t colour_rgb(struct colour colour) {
    return colour.red << 16 | colour.green << 8 | colour.blue;
}

struct box {
    int32_t x_mp, y_mp, width_mp, height_mp;
};

/* preprinted: stays out when the sheet already bears it (套打). */
enum layer { LAYER_VARIABLE, LAYER_PREPRINTED };

enum mark_kind {
    MARK_GLYPHS, /* a run of glyphs of one face, size and colour */
    MARK_RULE,   /* a straight line: what a printer calls a rule */
    MARK_FILL,   /* a filled rectangle */
    MARK_PATH,   /* lines and curves, stroked or filled */
    MARK_IMAGE,  /* a picture in a rectangle */
    MARK_LINK,   /* a rectangle that leads to an anchor or a URI */
    MARK_ANCHOR, /* a named spot; with a level it is a bookmark too */
    MARK_FIELD,  /* a number known later */
    MARK_GROUP   /* marks under a matrix and a clip */
};

/* 12 bytes. `cluster`: offset in bytes in the run's text of the first character that this glyph shows. x, y: from the run's origin. */
struct glyph {
    uint16_t id; /* glyph index in the face's file, not a CID */
    uint16_t cluster;
    int32_t x_mp, y_mp;
};

struct mark_glyphs {
    const struct face *face;
    int32_t size_mp;
    uint16_t stretch; /* horizontal scale in 1/1000; 1000 is as drawn, 850 a squeezed name */
    uint16_t count;
    struct colour colour;
    struct str text; /* at most 65,535 bytes */
    struct glyph *glyphs;
    int32_t width_mp; /* of the run as set, for links and underlines */
};

enum line_style { LINE_SOLID, LINE_DASHED, LINE_DOTTED, LINE_DOUBLE };

struct mark_rule {
    int32_t dx_mp, dy_mp; /* the other end, from the mark's position, which is amid the line's thickness */
    int32_t thickness_mp;
    enum line_style style; /* LINE_DOUBLE: thickness is of the whole, each line a third */
    struct colour colour;
};

struct mark_fill {
    int32_t width_mp, height_mp;
    struct colour colour;
};

enum path_verb { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };
struct path_step {
    enum path_verb verb;
    int32_t x_mp[3], y_mp[3]; /* MOVE and LINE use the first, CURVE (cubic) all three; from the mark's position */
};
struct mark_path {
    struct path_step *steps;
    uint32_t count;
    bool fill, stroke;
    bool even_odd; /* what is inside: by the even-odd rule, else by the nonzero one */
    int32_t thickness_mp;
    struct colour fill_colour, stroke_colour;
    int32_t dash_mp; /* 0: solid */
};

/* A picture as its file has it; image/ makes it and owns the bytes, which outlive the document. */
struct image;
struct mark_image {
    const struct image *image;
    int32_t width_mp, height_mp; /* the whole picture is drawn into this; cropping is a group's clip */
};

struct mark_link {
    int32_t width_mp, height_mp;
    struct str anchor; /* or STR_NONE */
    struct str uri;
};

struct mark_anchor {
    struct str name;  /* unique in the document */
    struct str title; /* of the bookmark */
    uint8_t level;    /* 1 … 6: a bookmark; 0: none */
    uint32_t order;   /* of bookmarks where pages don't follow each other as they are read: smaller first; else 0 */
};

enum field_kind { FIELD_NONE, FIELD_PAGE, FIELD_PAGES, FIELD_PAGE_OF_ANCHOR };
enum field_align { FIELD_LEFT, FIELD_CENTRE, FIELD_RIGHT };
struct field_digits {
    uint16_t glyph[10];
    int32_t advance_mp[10];
};
struct mark_field {
    enum field_kind kind;
    struct str anchor; /* for FIELD_PAGE_OF_ANCHOR */
    const struct face *face;
    int32_t size_mp;
    struct colour colour;
    int32_t width_mp; /* kept free: the widest number expected */
    enum field_align align;
    const struct field_digits *digits;
};

struct marks {
    struct mark *items;
    size_t count, capacity;
};

/* x' = a·x + c·y + e, y' = b·x + d·y + f, a to d in 1/65536. */
struct matrix {
    int32_t a, b, c, d;
    int32_t e_mp, f_mp;
};
#define MATRIX_ONE      65536
#define MATRIX_IDENTITY ((struct matrix){MATRIX_ONE, 0, 0, MATRIX_ONE, 0, 0})

struct mark_group {
    struct matrix matrix;   /* applied to the marks inside, then moved by the mark's position */
    const struct box *clip; /* in the coordinates inside; NULL: none */
    const struct str
        *says; /* what the marks inside tell without being text, as a QR code does: scanned; NULL: nothing */
    struct marks marks;
};

struct mark {
    enum mark_kind kind;
    enum layer layer;
    uint32_t element; /* logical element it belongs to (heading, cell), 0: none; for tagged PDF */
    int32_t x_mp, y_mp;
    union {
        struct mark_glyphs glyphs;
        struct mark_rule rule;
        struct mark_fill fill;
        struct mark_path path;
        struct mark_image image;
        struct mark_link link;
        struct mark_anchor anchor;
        struct mark_field field;
        struct mark_group group;
    };
};

struct page {
    int32_t width_mp, height_mp;
    struct marks marks;
    struct str label; /* what a reader shows as page number; STR_NONE: the ordinal */
    int32_t number;   /* that FIELD_PAGE prints, from 1; 0: the page isn't counted */
    int32_t rotate;   /* 0, 90, 180, 270 clockwise, for the screen only */
    bool closing; /* belongs on the last side of the last sheet: what a folded booklet is filled with goes before it */
};

struct document {
    struct arena *arena;
    struct page **pages;
    size_t count, capacity;
    struct str title, author, subject, keywords; /* of the info dictionary */
    bool duplex;
    bool turns_short; /* duplex: the paper is turned over its short edge, else over the long one */
    bool bookmarks_open;
};

struct document *document_create_in(struct arena *arena);
/* An empty page behind the last; its number is its ordinal until the caller sets another. */
struct page *document_add_page(struct document *document, int32_t width_mp, int32_t height_mp);

/* Where marks go. A canvas is cheap: copy it to change layer, element or target. */
struct canvas {
    struct arena *arena;
    struct marks *marks;
    enum layer layer;
    uint32_t element;
};
struct canvas canvas_of_page(struct document *document, struct page *page);
/* A new mark with kind, layer, element and position set, everything else 0. Borrowed; valid until the next one is added. */
struct mark *canvas_add(struct canvas *canvas, enum mark_kind kind, int32_t x_mp, int32_t y_mp);
/* Adds a group and gives a canvas for what stands inside it. Finish the group before anything is added beside it: the canvas
 * points into the group's mark, which moves when its siblings' array grows. */
struct canvas canvas_group(struct canvas *canvas, int32_t x_mp, int32_t y_mp, struct matrix matrix,
                           const struct box *clip);
void canvas_rule(struct canvas *canvas, int32_t x_mp, int32_t y_mp, int32_t dx_mp, int32_t dy_mp, int32_t thickness_mp);
void canvas_fill(struct canvas *canvas, struct box box, struct colour colour);

/* Turns every FIELD into a glyph run: page from page->number, pages from the greatest number, the page of an
 * anchor from where it is found. On an uncounted page (number 0) page prints nothing: such a field becomes FIELD_NONE.
 * Kinds whose bit is not in `kinds` (1u << FIELD_PAGE …) stay. An anchor that isn't there prints ？; gives back how many. */
size_t document_fill_fields(struct document *document, unsigned kinds);

/* What walks a document. Any callback may be NULL. Marks in groups are visited between group_begin and group_end. */
struct sink {
    void (*page_begin)(struct sink *sink, const struct page *page, size_t index);
    void (*mark)(struct sink *sink, const struct mark *mark);
    void (*group_begin)(struct sink *sink, const struct mark *group);
    void (*group_end)(struct sink *sink, const struct mark *group);
    void (*page_end)(struct sink *sink, const struct page *page, size_t index);
};
void document_walk(const struct document *document, struct sink *sink);

/* Drops all marks of the preprinted layer: what is left goes onto preprinted stock. */
void document_drop_layer(struct document *document, enum layer layer);

#endif
