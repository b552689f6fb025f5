/* page.h: the display list, the heart of the house.
 *
 * A document is pages, a page is a size and an array of marks. compose makes it, bindery turns it into other
 * documents, a sink reads it: text dump, hash, scan for numbers that must not leave, PDF. Nothing in it refers back
 * to layouts or rows.
 *
 *     struct document *document = document_create_in(arena);
 *     struct page *page = document_add_page(document, width_mp, height_mp);
 *     struct canvas canvas = canvas_of_page(document, page);
 *     canvas_rule(&canvas, x_mp, y_mp, dx_mp, 0, PT(0.5));
 *     document_fill_fields(document, 1u << FIELD_PAGE | …);
 *     document_walk(document, &sink);
 *
 * Units: 1/1000 pt (_mp) in int32_t. Origin: the top left corner of the trimmed page, x to the right, y downwards;
 * the y of a glyph run is its baseline. Everything lives in the document's arena and is never freed singly; nothing
 * here fails.
 *
 * A new kind of mark: add it to enum mark_kind and the union; -Wswitch-enum then stops the build until every sink
 * has it. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "font/font.h"

/* RGB; equal parts print as DeviceGray. */
struct colour {
    uint8_t red, green, blue; /* 0 to 255 */
};
/* The two colours that nearly all marks have. */
#define COLOUR_BLACK ((struct colour){0, 0, 0})
#define COLOUR_WHITE ((struct colour){255, 255, 255})
/* From and to 0xRRGGBB. */
static inline struct colour colour_from_rgb(int32_t rgb) {
    return (struct colour){(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb};
}
static inline int32_t colour_rgb(struct colour colour) {
    return colour.red << 16 | colour.green << 8 | colour.blue;
}

/* A rectangle by its top left corner. */
struct box {
    int32_t x_mp, y_mp, width_mp, height_mp;
};

/* LAYER_PREPRINTED: left out when the sheet bears it already (套打). */
enum layer { LAYER_VARIABLE, LAYER_PREPRINTED };

/* The kinds of marks; the members of struct mark's union have the same names. */
enum mark_kind {
    MARK_GLYPHS, /* a run of glyphs of one face, size and colour */
    MARK_RULE,   /* a straight line: what a printer calls a rule */
    MARK_FILL,   /* a filled rectangle */
    MARK_PATH,   /* lines and curves, stroked or filled */
    MARK_IMAGE,  /* a picture in a rectangle */
    MARK_LINK,   /* a rectangle that leads to an anchor or a URI */
    MARK_ANCHOR, /* a named spot; with a level it is a bookmark too */
    MARK_FIELD,  /* a number that is known when all pages are */
    MARK_GROUP   /* marks under a matrix and a clip */
};

/* A glyph of a run, 12 bytes: x_mp and y_mp are its place from the run's origin; `cluster` is the offset, in bytes
 * of the run's text, of the first character that it shows. */
struct glyph {
    uint16_t id; /* glyph index in the face's file, not a CID */
    uint16_t cluster;
    int32_t x_mp, y_mp; /* y downwards, as on the page */
};

/* A glyph run, with the text that it shows: PDF's ToUnicode, the scan and the dump read that. */
struct mark_glyphs {
    const struct face *face; /* of font/, which owns it */
    int32_t size_mp;         /* of the em */
    uint16_t stretch;        /* horizontal scale in 1/1000; 1000: as drawn, 850: a condensed name */
    uint16_t count;
    struct colour colour;
    struct str text;      /* at most 65,535 bytes */
    struct glyph *glyphs; /* in drawing order, which in right-to-left words isn't that of the text */
    int32_t width_mp;     /* of the run as set, for links and underlines */
    /* The gaps between Chinese and Latin, which nobody typed: the glyphs before them, ascending; what stands behind the
     * last glyph when the run ends with one is gap_mp wide. */
    const uint16_t *gaps;
    uint16_t gap_count;
    int32_t gap_mp;
    /* What it reads as, where that isn't `text`: a word parted at a line's end stands whole on the first line, and as "" on the
     * next; the `text` of its first part ends in SOFT_HYPHEN. NULL: `text`. */
    const struct str *reads;
};
/* U+00AD: a hyphen that is no character of the text. */
#define SOFT_HYPHEN "\xC2\xAD"
/* What a person, a scan or a search reads of a run. */
static inline struct str glyphs_read(const struct mark_glyphs *run) {
    return run->reads != NULL ? *run->reads : run->text;
}

/* Dashes and dots are drawn by the sinks, in proportion to the thickness. */
enum line_style { LINE_SOLID, LINE_DASHED, LINE_DOTTED, LINE_DOUBLE };

/* A line from the mark's position, which is in the middle of its thickness. */
struct mark_rule {
    int32_t dx_mp, dy_mp; /* the other end, from the mark's position */
    int32_t thickness_mp;
    enum line_style style; /* LINE_DOUBLE: thickness is that of the whole, each line a third */
    struct colour colour;
};

/* A filled rectangle; the mark's position is its top left corner. */
struct mark_fill {
    int32_t width_mp, height_mp;
    struct colour colour;
};

/* A path as PDF has it: subpaths of lines and cubic Bézier curves. */
enum path_verb { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };
/* One step; points count from the mark's position. */
struct path_step {
    enum path_verb verb;
    int32_t x_mp[3], y_mp[3]; /* MOVE and LINE use the first, CURVE (cubic) all three; from the mark's position */
};
/* Filled, stroked, or both: first filled, then stroked. */
struct mark_path {
    struct path_step *steps;
    uint32_t count;
    bool fill, stroke;
    bool even_odd; /* the inside: by the even-odd rule, else by the nonzero winding rule */
    int32_t thickness_mp;
    struct colour fill_colour, stroke_colour;
    int32_t dash_mp; /* 0: solid */
};

struct image;
/* A picture. image/ owns it, and it outlives the document. */
struct mark_image {
    const struct image *image;
    int32_t width_mp, height_mp; /* the whole picture fills this; a group's clip crops */
};

/* A rectangle that leads to an anchor of the document, or to a URI; the other is STR_NONE. */
struct mark_link {
    int32_t width_mp, height_mp;
    struct str anchor;
    struct str uri;
};

/* A named place, the target of links and of FIELD_PAGE_OF_ANCHOR. */
struct mark_anchor {
    struct str name;  /* unique in the document */
    struct str title; /* of the bookmark, when it has a level */
    uint8_t level;    /* 1 … 6: a bookmark; 0: none */
    uint32_t order;   /* of bookmarks, when pages aren't in reading order: smaller first; else 0 */
};

/* What a field stands for; FIELD_NONE prints nothing. FIELD_CODE: a square for the code of a row, which draw_codes fills. */
enum field_kind { FIELD_NONE, FIELD_PAGE, FIELD_PAGES, FIELD_PAGE_OF_ANCHOR, FIELD_CODE };
/* Alignment of the number in the place that is kept free. */
enum field_align { FIELD_LEFT, FIELD_CENTRE, FIELD_RIGHT };
/* The ten digits in the field's face: glyphs, and advances in 1/1000 pt. */
struct field_digits {
    uint16_t glyph[10];
    int32_t advance_mp[10];
};
/* A field: a place kept free for a number. It carries the glyphs of the ten digits, so that it can be filled without
 * text/. */
struct mark_field {
    enum field_kind kind;
    struct str anchor; /* for FIELD_PAGE_OF_ANCHOR */
    const struct face *face;
    int32_t size_mp;
    struct colour colour;
    int32_t width_mp; /* of the place: that of the widest number expected; of a code's square */
    enum field_align align;
    bool in_line;   /* its neighbours of the same element and line move up to it: `align` is the line's */
    int32_t gap_mp; /* as of a run's end */
    uint32_t row;   /* FIELD_CODE: whose, of the rows that the document is made of */
    const struct field_digits *digits;
};

/* An array of marks in drawing order: later ones lie above. */
struct marks {
    struct mark *items; /* moves when one is added */
    size_t count, capacity;
};

/* An affine map as in PDF: x' = a·x + c·y + e, y' = b·x + d·y + f; a to d in 1/65536. */
struct matrix {
    int32_t a, b, c, d;
    int32_t e_mp, f_mp;
};
/* 1 as a factor of a matrix, and the map that changes nothing. */
#define MATRIX_ONE      65536
#define MATRIX_IDENTITY ((struct matrix){MATRIX_ONE, 0, 0, MATRIX_ONE, 0, 0})

/* Marks under a matrix and a clip: a turned text, a card on a sheet. */
struct mark_group {
    struct matrix matrix;   /* maps the marks inside; then they move by the mark's position */
    const struct box *clip; /* in the coordinates inside; NULL: none */
    const struct str
        *says;   /* the text that the marks inside tell without glyphs, as a QR code does; it is scanned. NULL: none */
    bool checks; /* it is a paper's checking code: what / and : part in it are numbers of their own */
    struct marks marks;
};

/* A mark, 1 of 9 kinds. */
struct mark {
    enum mark_kind kind;
    enum layer layer;
    uint32_t element; /* its paragraph, heading or cell, from 1; 0: none. For the scan, and elements.h */
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

/* A page. Its address is stable; bindery moves pages between documents. */
struct page {
    int32_t width_mp, height_mp; /* trimmed */
    struct marks marks;          /* in drawing order */
    struct str label;            /* the page number that a PDF viewer shows; STR_NONE: the ordinal */
    int32_t number;              /* printed by FIELD_PAGE, from 1; 0: the page isn't counted */
    int32_t rotate;              /* 0, 90, 180, 270 clockwise, for the screen only */
    bool closing;                /* belongs on the last side of a folded booklet: blank pages go before it */
};

struct elements;
/* A document, of one PDF. */
struct document {
    struct arena *arena;
    struct elements *elements; /* what its marks are parts of (elements.h); NULL: it isn't to be tagged */
    struct page **pages;       /* in the order of the file */
    size_t count, capacity;
    struct str title, author, subject, keywords; /* of the info dictionary */
    bool duplex;
    bool turns_short; /* duplex: over the short edge, else over the long one */
    bool bookmarks_open;
    bool opens_as_book; /* a viewer shows two pages side by side, the odd ones on the right */
};

/* An empty document in the arena, which is also that of all that is added to it. */
struct document *document_create_in(struct arena *arena);
/* An empty page behind the last; its number is its ordinal until the caller sets another. */
struct page *document_add_page(struct document *document, int32_t width_mp, int32_t height_mp);

/* Where marks go. It is cheap: copy it to change layer, element or target. */
struct canvas {
    struct arena *arena;
    struct marks *marks;
    enum layer layer;
    uint32_t element;
};
/* Marks of the variable layer, of no element. */
struct canvas canvas_of_page(struct document *document, struct page *page);
/* A new mark with kind, layer, element and position set and all else 0, for the caller to fill. Borrowed, until the
 * next mark is added beside it. */
struct mark *canvas_add(struct canvas *canvas, enum mark_kind kind, int32_t x_mp, int32_t y_mp);
/* Adds a group and gives back a canvas for its inside; *clip is copied (NULL: none). Finish the group before
 * anything is added beside it: the canvas points into the group's mark, which moves when its siblings' array grows. */
struct canvas canvas_group(struct canvas *canvas, int32_t x_mp, int32_t y_mp, struct matrix matrix,
                           const struct box *clip);
/* Adds a solid black rule; a filled rectangle. */
void canvas_rule(struct canvas *canvas, int32_t x_mp, int32_t y_mp, int32_t dx_mp, int32_t dy_mp, int32_t thickness_mp);
/* A filled rectangle, without an outline. */
void canvas_fill(struct canvas *canvas, struct box box, struct colour colour);

/* Turns every FIELD of a kind whose bit is in `kinds` (1u << FIELD_PAGE …) into a glyph run: the page from
 * page->number, the pages from the greatest number, the page of an anchor from where it is. On an uncounted page
 * FIELD_PAGE becomes FIELD_NONE. An anchor that isn't there prints ？; gives back how many of those. */
size_t document_fill_fields(struct document *document, unsigned kinds);

/* A visitor of the display list: a struct that begins with this one, passed to each call. Any callback may be NULL. */
struct sink {
    void (*page_begin)(struct sink *sink, const struct page *page, size_t index);
    void (*mark)(struct sink *sink, const struct mark *mark);
    void (*group_begin)(struct sink *sink, const struct mark *group);
    void (*group_end)(struct sink *sink, const struct mark *group);
    void (*page_end)(struct sink *sink, const struct page *page, size_t index);
};
/* Calls the sink for all pages and marks in drawing order; marks in a group come between group_begin and group_end. */
void document_walk(const struct document *document, struct sink *sink);

/* Drops all marks of a layer, and groups that are empty then. */
void document_drop_layer(struct document *document, enum layer layer);

#endif
