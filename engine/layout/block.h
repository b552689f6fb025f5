/* block.h: what a layout is made of: texts with placeholders, styles, kinds of pages, drawn tables, blocks.
 *
 * Part of the tree of layout.h, which includes it; nobody else needs to. Numbers are indices in the layout's lists, as it says there. */
#ifndef LAYOUT_BLOCK_H
#define LAYOUT_BLOCK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"
#include "filter/filter.h"

/* --- text with placeholders --------------------------------------------------------------------------------------- */

/* A filter in a placeholder, behind its |. */
struct filter_call {
    const struct filter *filter; /* of filter/'s table */
    struct str argument;         /* the word behind its name; STR_NONE: none */
    struct place place;          /* of its name */
};

enum value_kind_ref {
    REF_VALUE,
    REF_PREFIX,     /* {days…}: all columns that begin so */
    REF_PAGE_FIRST, /* {first query.column}, in headers and footers: of the rows that the page shows */
    REF_PAGE_LAST
};
/* What follows from a value that is not known: —; 缺 and a note; 缺 and an incomplete document. */
enum need { NEED_NONE, NEED_WANTED, NEED_REQUIRED };
/* {column}, {query.column}, {column?}, {column!}, {column|filter argument|filter} */
struct value_ref {
    struct place place; /* of the name inside the braces */
    enum value_kind_ref kind;
    struct str query, column; /* query STR_NONE: innermost row that has it, then given names (page, pages, as_of, …) */
    enum need need;
    struct str
        label; /* as the form calls it: the words before it, else the cell at its left or above; STR_NONE: nothing does */
    bool by_key;                 /* a key names it (group, index …), without braces */
    struct filter_call *filters; /* in the order in which they are applied */
    size_t filter_count;
};

enum counter_kind { COUNTER_NUMBER /* {#} */, COUNTER_COUNT, COUNTER_SUM };
enum counter_span { SPAN_ROW, SPAN_GROUP, SPAN_PAGE, SPAN_BEFORE, SPAN_RUNNING, SPAN_ALL };
#define SPAN_COUNT (SPAN_ALL + 1)
/* {#}, {#count}, {#sum column}, with a span: what a table counts. */
struct counter {
    struct place place;
    enum counter_kind kind;
    enum counter_span span;      /* of {#}: SPAN_GROUP counts anew in each group, SPAN_ALL (default) through the band */
    struct str column;           /* of SUM */
    uint32_t value;              /* of SUM: number of the value_ref that fetches the column */
    struct filter_call *filters; /* applied to the number that comes out */
    size_t filter_count;
};

enum piece_kind {
    PIECE_TEXT,
    PIECE_VALUE,
    PIECE_COUNTER,
    PIECE_PAGE,    /* {page} */
    PIECE_PAGES,   /* {pages} */
    PIECE_SECTION, /* {section 2} */
    PIECE_NOTE     /* [* words]: a numbered note */
};
#define NO_STYLE UINT32_MAX
struct template_line;
/* A stretch of a line: words, or a placeholder. */
struct piece {
    enum piece_kind kind;
    struct place place;         /* of its first character, or of its { */
    struct str text;            /* PIECE_TEXT, escapes resolved */
    uint32_t value;             /* PIECE_VALUE: index in layout->values; PIECE_SECTION: level, from 1 */
    struct counter *counter;    /* PIECE_COUNTER */
    struct template_line *note; /* PIECE_NOTE: its words, in the style footnote */
    bool above;     /* [^yǎn 䶮]: stands above the next piece, in half its size; PIECE_TEXT or PIECE_VALUE */
    uint32_t style; /* [.bold words]: index in layout->style_uses; NO_STYLE: the line's own */
};
/* A line of a text, with the style that it was given by .name before its words. */
struct template_line {
    struct place place;
    uint32_t style; /* index in layout->style_uses */
    struct piece *pieces;
    size_t count;
};
/* A text with placeholders. No lines: it wasn't given. */
struct template {
    struct place place;
    struct template_line *lines; /* lines of a text block (each a paragraph), or what // parts in a cell */
    size_t count;
    bool constant; /* no value, counter or page in it: a label */
};

/* A list of names as a layout writes it. */
struct names {
    struct str *items;
    struct place *places; /* of each, for messages */
    size_t count;
};

/* --- styles, fonts, pages ----------------------------------------------------------------------------------------- */

/* STYLE_FONT, STYLE_SIZE …: the keys of a style but `like`, in the order of keys.def. */
enum style_key {
#define STYLE_KEY(id, ...) STYLE_##id,
#include "layout/keys.def"
    STYLE_KEY_COUNT
};
enum length_unit {
    UNIT_MP /* absolute: number is mp */,
    UNIT_EM /* number in 1/1000 em */,
    UNIT_FACTOR /* 1/1000, of leading */
};
/* A key of a style, as one style gives it. */
struct style_value {
    bool set; /* the style gives it; else what it is laid over decides */
    struct place place;
    struct str text; /* as written; names of fonts are read from it */
    int32_t
        number[4]; /* lengths; padding has four (top, right, bottom, left), others one; yes/no is 1/0; colour 0xRRGGBB;
                        * a choice is its place in the row, from 0 */
    enum length_unit unit[4]; /* of number[] by the same index */
};
/* A named style as the files give it; what isn't set in it comes from `like`. */
struct style_spec {
    bool of_heading; /* a heading has it */
    struct str name;
    struct place place;
    struct str like; /* STR_NONE */
    struct style_value values[STYLE_KEY_COUNT];
};
/* Names of styles laid over each other: the first is the role's (body, label, value, header, footer …), each further one
 * overrides what it sets. Cycles and unknown names were told. */
struct style_use {
    struct place place;
    struct str *names;
    size_t count;
};
/* A name for a chain of faces: the first that has a character prints it. */
struct font_spec {
    struct str name; /* 宋体 */
    struct place place;
    struct str *faces;    /* as face_find takes them */
    struct place *places; /* of each face */
    size_t count;
    struct str folder; /* that relative paths start from: the theme's */
};

/* Rows of one to three cells, for headers and footers: left, centre, right. */
enum stamp_side { STAMP_ANY, STAMP_ODD, STAMP_EVEN, STAMP_FIRST, STAMP_LAST, STAMP_BLANK };
#define STAMP_SIDES (STAMP_BLANK + 1)
struct drawn_row;
struct page_kind {
    struct str name; /* "" is the document's own */
    struct place place;
    int32_t width_mp, height_mp; /* trimmed, turned as written */
    int32_t head_mp, fore_edge_mp, foot_mp, binding_edge_mp;
    bool binds;   /* binding edge alternates when the document is duplex */
    bool turned;  /* turn: the lines run upwards on an upright sheet, as on a landscape page bound with portrait ones */
    bool closing; /* 版记: stands on an even page, and last of a folded booklet */
    struct str then;                  /* the kind of the pages that follow by themselves; STR_NONE: this one */
    uint32_t then_index;              /* in layout->pages, of `then` */
    int32_t grid_columns, grid_lines; /* 0: none */
    struct drawn_row *header[STAMP_SIDES],
        *footer[STAMP_SIDES]; /* NULL: none; ANY serves where a side but BLANK has none */
    size_t header_rows[STAMP_SIDES], footer_rows[STAMP_SIDES]; /* by side; 0 where there is none */
    int32_t header_gap_mp, footer_gap_mp;                      /* from the type area to the stamp */
    int32_t header_rule_mp, footer_rule_mp;                    /* thickness of a rule between them; 0: none */
};

/* --- drawn tables ------------------------------------------------------------------------------------------------- */

#define NO_COLOUR (-1)
enum join { JOIN_NONE, JOIN_LEFT /* < */, JOIN_UP /* ^ */ };
struct cell {
    struct place place;
    enum join join;
    struct template text;
    uint32_t style;                 /* of the cell (padding, fill, valign); its lines have their own */
    bool vertical;                  /* its characters stand below each other */
    int32_t diagonal;               /* 斜线表头: number of parts, 0 none */
    uint32_t column_span, row_span; /* of a cell that joins nothing, within its band's rows; >= 1 */
};
/* A row of cells as it is drawn between bars; one of a band's stands once for each row of its query. */
struct drawn_row {
    struct place place;
    int32_t least_height_mp; /* [30mm]; 0: the table's */
    struct cell *cells;      /* one a column, joined ones included; a {days…} cell stands for many */
    size_t count;
};
enum width_kind { WIDTH_FIXED, WIDTH_FRACTION, WIDTH_AUTO };
/* How wide a column is: a length, a share of what is left, or as its cells need it. */
struct column_width {
    enum width_kind kind;
    int32_t number; /* mp, or 1/1000 fr */
    struct place place;
};

enum band_kind {
    BAND_HEAD /* repeats on each page */,
    BAND_PAGE_HEAD /* on all pages but the first */,
    BAND_BODY,
    BAND_PAGE_FOOT,
    BAND_FOOT
};
#define NO_QUERY UINT32_MAX
/* Rows of a table that belong together. */
struct band {
    enum band_kind kind;
    struct place place;
    uint32_t each;                                    /* index in layout->query_uses; NO_QUERY: stands once */
    uint32_t when, unless;                            /* index in layout->conditions; NO_QUERY: none */
    struct str group;                                 /* column; STR_NONE: no groups */
    uint32_t group_value;                             /* its value_ref */
    struct drawn_row *rows, *group_head, *group_foot; /* group_head and group_foot: around each group */
    size_t row_count, group_head_count, group_foot_count;
    int32_t pad;         /* at least so many rows, empty ones ruled */
    int32_t pad_to_foot; /* 0 or 1 */
    uint32_t *merge;     /* columns (from 0) whose equal neighbours become one cell */
    size_t merge_count;
    struct template empty; /* instead of no rows; lines 0: nothing */
};
struct table {
    struct column_width *widths; /* one a drawn column */
    size_t column_count;
    struct band *bands; /* from the head down */
    size_t band_count;
    struct template continued; /* 续表 */
    int32_t line_mp, outer_line_mp, row_mp /* least height */, gap_mp;
    bool head_repeats;      /* BAND_HEAD stands on each page; else on the first alone */
    bool split_wide;        /* wide: split */
    int32_t repeat_columns; /* at the left, that stand again in each strip of a split table */
    int32_t keep_rows;      /* on either side of a page's end; 1 and more */
    int32_t zebra;          /* 0xRRGGBB, or NO_COLOUR */
    bool shares_alike;      /* no widths are given */
    bool has_run;           /* a cell is {days…} */
    uint32_t across;        /* query use whose rows become columns; NO_QUERY */
    uint32_t cells_query;   /* query use */
    struct place across_place;
    struct str *cells_by;          /* columns that find the cell */
    struct place *cells_by_places; /* of each */
    size_t cells_by_count;
};

/* --- blocks ------------------------------------------------------------------------------------------------------- */

/* BLOCK_TEXT, BLOCK_HEADING …, in the order of keys.def. USE is a group too, of blocks that others share. */
enum block_kind {
#define BLOCK(id, ...) BLOCK_##id,
#include "layout/keys.def"
    BLOCK_GROUP /* a body alone */
};
#define BLOCK_KINDS (BLOCK_GROUP + 1)

/* `when: column` or `when: query`: which of the two is found when resolved. */
struct condition {
    struct place place;
    struct str name;
};

/* Words of choice, decoded where they are read, each in the order of its row in keys.def; of a folded sheet the edges stand the
 * other way round. */
enum chart_look { LOOK_BARS, LOOK_GROUPED, LOOK_LINE, LOOK_SHARE, LOOK_MULTIPLES };
enum stroke { STROKE_SOLID, STROKE_DOUBLE, STROKE_DASHED, STROKE_DOTTED };
enum turning { TURNING_NONE, TURNING_LONG_EDGE, TURNING_SHORT_EDGE }; /* of the paper, for the backs */

struct block_list {
    struct block *items;
    size_t count;
};

/* Each kind's own: what its keys say. A kind of plain keys is filled by its rows in keys.def. */
/* `contents`: a list of headings and their pages. */
struct contents_block {
    int32_t levels; /* of headings that are listed, from 1 on */
};
struct image_block {
    struct template path, empty; /* path: below the folder of photos */
    int32_t width_mp, height_mp; /* of its place; width 0: all that there is */
    bool whole;                  /* all of it is shown; else it is cropped to fill */
    enum { IMAGE_LEFT, IMAGE_CENTRE, IMAGE_RIGHT } align;
};
struct qr_block {
    struct template text; /* what the code says */
    int32_t size_mp;      /* of its square, with the quiet zone */
};
struct chart_block {
    enum chart_look look;
    uint32_t of;                                           /* query use: whose rows are drawn */
    struct str x, y, compare, series, text;                /* columns of that query; STR_NONE: not given */
    struct place places[5];                                /* of these, in this order */
    struct template title, unit, value_name, compare_name; /* of its own words, and what the values are called */
    int32_t heights_mp[2];                                 /* least and most; the second 0: only one is given */
    int32_t bar_width_mp;                                  /* 0: as wide as there is room, within reason */
    uint32_t style;                                        /* style use, of its labels */
    int32_t scale[2];                                      /* from and to; 0 0: as the values want it */
};
struct rule_block {
    int32_t thickness_mp; /* of the whole stroke, as in the next */
    enum stroke stroke;
    int32_t colour; /* 0xRRGGBB, as in the next */
};
struct frame_block {
    int32_t inset_mp, thickness_mp; /* from the paper's edge, or from `at` */
    enum stroke stroke;
    int32_t colour;
};
struct seal_spec {
    int32_t size_mp;       /* 0: none */
    struct template image; /* lines 0: the place stays free */
};
struct signature_block {
    struct template name, date; /* each line of `name` an issuer */
    struct seal_spec seal;
};
struct columns_block {
    int32_t count, gap_mp; /* how many, and between them */
    bool balanced;         /* equally long where they end */
};

/* A block, with the keys that all kinds take; its own kind's are in the union, by the same name. */
struct block {
    enum block_kind kind;
    struct place place;
    uint32_t when, unless; /* index in layout->conditions; NO_QUERY: none */
    bool has_at;           /* fixed on the page; does not move the flow */
    int32_t at_mp[4];      /* x, y, width, height; width 0: leaves x at the right, too; height 0: all that is needed */
    int32_t fit_min_mp;    /* fit: shrink SIZE; 0: what doesn't fit is told */
    enum { AT_TOP, AT_MIDDLE, AT_BOTTOM } at_valign; /* in the height of `at` */
    struct block_list body;                          /* the blocks inside, of the kinds that hold some */
    union {
        struct {
            struct template text;
        } text; /* each line a paragraph */
        struct {
            struct template text;
            int32_t level;
        } heading;
        struct {
            struct template title;
            bool numbered, new_page;
        } section;
        struct contents_block contents;
        struct table *table;
        struct image_block image;
        struct qr_block qr;
        struct chart_block chart;
        struct rule_block rule;
        struct {
            int32_t height_mp;
        } space;
        struct frame_block frame;
        struct seal_spec seal;
        struct signature_block signature;
        struct {
            int32_t inset_mp;
        } crosses;
        struct columns_block columns;
        struct {
            struct str kind;
            uint32_t kind_index; /* in layout->pages, of PAGE_KIND */
            enum { PAGE_BREAK, PAGE_RECTO, PAGE_VERSO, PAGE_KIND } what;
        } page;
        struct {
            uint32_t query;
        } each;
        struct {
            struct template text;
        } footnote;
    };
};

#endif
