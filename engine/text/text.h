/* text.h: characters and a style become lines of placed glyphs.
 *
 * Two steps: text_shape (once a paragraph: itemise by face, shape, find the breaks and the widths of marks) and text_break
 * (for a width; may be asked again and again). text_emit puts lines on a canvas. The rules are those of clreq and
 * GB/T 15834: see the head of break.c and space.c. Not for vertical lines: those are set by text_emit_vertical. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/arena.h"
#include "base/diag.h"
#include "font/font.h"
#include "page/page.h"

enum text_align { ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_DISTRIBUTE /* 分散对齐 */ };
enum text_decoration { DECORATE_NONE = 0, DECORATE_UNDERLINE = 1, DECORATE_DOTS = 2 /* 着重号 */, DECORATE_STRIKE = 4 };

/* How a paragraph's lines are chosen: one after the other; all at once, so that gaps are even; at sense, for titles, which
 * are parted between words in the form of a 梯形 or 菱形. LINES_AUTO: at once for justified text in a short measure. */
enum text_lines { LINES_AUTO, LINES_FIRST, LINES_BEST, LINES_SENSE };

/* How characters and their paragraph look. Lengths are absolute here; resolve has computed em and factors. */
struct text_style {
    struct font_chain chain;
    int32_t size_mp;
    int32_t leading_mp;        /* distance of baselines */
    int32_t indent_mp;         /* of the first line; negative hangs */
    int32_t left_mp, right_mp; /* indents of all lines */
    int32_t space_before_mp, space_after_mp;
    int32_t letter_space_mp; /* added behind every character */
    enum text_align align;
    bool decimal; /* in a column of a table numbers stand with their decimal points under each other */
    enum text_lines lines;
    struct colour colour;
    unsigned decoration;
    int32_t rise_mp; /* superscript */
    int32_t grid_mp; /* GB/T 9704: pitch of a Chinese character; 0: none */
    bool vertical;
    bool strict;  /* —— and …… don't begin a line */
    bool leaders; /* '\t' fills with dots; it does so in any style where a field follows it in the line */
    bool keep_with_next;
    uint8_t bookmark;                          /* level; 0: none */
    uint8_t min_lines_before, min_lines_after; /* orphans and widows; 2 by default */
    int32_t min_size_mp;                       /* fitting of names: not below this; 0: size_mp, so no shrinking */
    int32_t padding_mp[4];                     /* of a cell: top, right, bottom, left */
    uint8_t valign;                            /* of a cell: 0 top, 1 middle, 2 bottom */
    bool has_fill;
    struct colour fill;      /* of a cell */
    const struct str *words; /* that a title isn't parted in, where the dictionary doesn't know them: 留守儿童 */
    size_t word_count;
    struct str name; /* the style's, for messages */
};

struct text_span {
    struct str text; /* '\n' ends a line by force, '\t' goes to the next tab stop or, with leaders, to the right edge */
    const struct text_style *style;
    enum field_kind
        field;         /* FIELD_NONE, or a number known later; `text` is then a sample as wide as it may get ("999") */
    struct str anchor; /* of FIELD_PAGE_OF_ANCHOR */
    struct str
        ruby; /* pinyin above the text, in half its size; its line is higher where the leading is less than 1.5 */
};

/* What a run of the program needs once. */
struct text_engine;
struct text_engine *text_engine_create(void);
void text_engine_destroy(struct text_engine *engine);

struct paragraph; /* in an arena; immutable */
/* Characters that no face of the chain has, in order of appearance; each prints 〓. */
struct missing {
    uint32_t *code_points;
    size_t count;
};
/* style: the paragraph's (align, leading, indent). */
struct paragraph *text_shape(struct text_engine *engine, struct arena *arena, const struct text_span *spans,
                             size_t count, const struct text_style *style);
const struct missing *paragraph_missing(const struct paragraph *paragraph);
/* What the paragraph holds that is hardly meant: words of a right-to-left script, each set in its own direction within
 * the line; the first control character or mark of direction, which prints nothing (0: none); and a quotation mark whose
 * other half is lacking (0: none). */
bool paragraph_has_backwards(const struct paragraph *paragraph);
uint32_t paragraph_control(const struct paragraph *paragraph);
uint32_t paragraph_unpaired(const struct paragraph *paragraph);
size_t paragraph_characters(const struct paragraph *paragraph);
/* Width of the text set on one line without justification (longest of forced lines), and the widest unbreakable piece:
 * for `auto` columns. */
int32_t paragraph_natural_width(const struct paragraph *paragraph);
int32_t paragraph_minimum_width(const struct paragraph *paragraph);

/* Numbers in a column stand with their decimal points under each other: set each `before_mp` left of that line. The point
 * of 561 is behind its last digit; what holds no digit isn't a number, and has its width in behind_mp. Set on one line. */
struct decimal {
    bool is_number;
    int32_t before_mp, behind_mp;
};
struct decimal paragraph_decimal(const struct paragraph *paragraph);

struct line; /* opaque */
struct lines {
    const struct paragraph *paragraph;
    struct line *items;
    size_t count;
    int32_t width_mp;
    int32_t height_mp; /* count × leading, and the room that pinyin needs */
    int32_t widest_mp; /* of a line as set, indents included */
    bool has_raised;   /* pinyin stands above some of them: they aren't all equally high */
    bool
        overflows; /* a piece that can't be broken is wider than the line: it was broken between characters all the same */
};
/* Height of the lines [from, to). */
int32_t text_lines_height(const struct lines *lines, size_t from, size_t to);
/* Of that, what the first line has above its leading for pinyin. */
int32_t text_lines_raise(const struct lines *lines);
/* How many lines from `from` on have room in a height. */
size_t text_lines_within(const struct lines *lines, size_t from, int32_t height_mp);
enum text_fit {
    FIT_NORMAL,
    FIT_NAME /* one line if it can be: squeezed to 85%, then smaller in steps of 0.5 pt down to min_size, then wrapped */
};
struct lines text_break(struct text_engine *engine, struct arena *arena, const struct paragraph *paragraph,
                        int32_t width_mp, enum text_fit fit);

/* The line that shows the character at an offset in bytes of the paragraph's text. */
size_t lines_find(const struct lines *lines, size_t offset);

/* Emits lines [from, to) with the top of line `from` at y. Each line takes leading_mp, the glyphs' em box in its
 * middle, and more above it where pinyin needs room.
 * Gives back the characters placed, so that compose can count. */
size_t text_emit(struct canvas *canvas, const struct lines *lines, size_t from, size_t to, int32_t x_mp, int32_t y_mp);

/* Characters under each other, each centred in width_mp, from y downwards, centred in height_mp when that is > 0; columns to
 * the left when one is too short. text_vertical_height tells the height of one column. */
int32_t text_vertical_height(const struct paragraph *paragraph);
size_t text_emit_vertical(struct text_engine *engine, struct canvas *canvas, const struct paragraph *paragraph,
                          struct box box);

/* One line at a point, for charts, stamps and labels: x is left, middle or right by align, y the baseline. Its width. */
int32_t text_label(struct text_engine *engine, struct canvas *canvas, struct str text, const struct text_style *style,
                   int32_t x_mp, int32_t y_mp, enum text_align align);
int32_t text_width(struct text_engine *engine, struct arena *arena, struct str text, const struct text_style *style);

/* Baseline below the top of a line of this style. */
int32_t text_baseline(const struct text_style *style);

/* composed.c: in Unicode's composed form (NFC); the string itself where it is no text. */
struct str text_composed(struct arena *arena, struct str s);

#endif
