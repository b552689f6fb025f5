/* text.h: characters and a style become lines of placed glyphs.
 *
 *     spans ──text_shape──► paragraph ──text_break──► lines ──text_emit──► marks on a canvas
 *               once          for each width            for each page
 *
 * text_shape itemises by face, shapes, finds line ends and the widths of marks; a paragraph is immutable and may be
 * broken for many widths. The rules are those of clreq and GB/T 15834: see the heads of break.c and space.c.
 * Vertical text goes from the paragraph straight to text_emit_vertical. text_label sets a single line.
 *
 * Nothing fails: a character that no face has prints 〓 and is in paragraph_missing; a word that is too wide is
 * broken and `overflows` says so. Lengths are in 1/1000 pt. An engine serves one thread. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/arena.h"
#include "base/diag.h"
#include "font/font.h"
#include "page/page.h"

/* Alignment of lines. ALIGN_DISTRIBUTE spreads characters over the measure, the last line too (分散对齐). */
enum text_align { ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_DISTRIBUTE /* 分散对齐 */ };
/* Decorations, as bits. */
enum text_decoration { DECORATE_NONE = 0, DECORATE_UNDERLINE = 1, DECORATE_DOTS = 2 /* 着重号 */, DECORATE_STRIKE = 4 };

/* How the lines of a paragraph are chosen: first fit; all at once, so that gaps are even; at sense, for titles,
 * which are broken between words in the form of a 梯形 or 菱形. LINES_AUTO: at once for justified text in a short
 * measure. */
enum text_lines { LINES_AUTO, LINES_FIRST, LINES_BEST, LINES_SENSE };

/* The look of characters and their paragraph. Lengths are absolute: resolve has computed em and factors. It outlives
 * the paragraphs that are set in it. */
struct text_style {
    struct font_chain chain;   /* its faces, in order of preference */
    int32_t size_mp;           /* of the em */
    int32_t leading_mp;        /* distance of baselines */
    int32_t indent_mp;         /* of the first line; negative hangs */
    int32_t left_mp, right_mp; /* indents of all lines */
    int32_t space_before_mp, space_after_mp;
    int32_t letter_space_mp; /* added behind every character */
    enum text_align align;
    bool decimal; /* numbers of a column are aligned by their decimal points */
    enum text_lines lines;
    struct colour colour;
    unsigned decoration; /* of enum text_decoration, combined */
    int32_t rise_mp;     /* superscript */
    int32_t grid_mp;     /* GB/T 9704: pitch of a Chinese character; 0: none */
    bool vertical;       /* for text_emit_vertical */
    bool strict;         /* —— and …… don't begin a line */
    bool hyphenation;    /* words of Latin paragraphs that are justified may be parted at a line's end */
    bool leaders;        /* '\t' fills with dots; in any style it does so when a field follows in the line */
    bool keep_with_next; /* for compose: no page ends behind it */
    uint8_t bookmark;    /* level; 0: none */
    uint8_t min_lines_before, min_lines_after; /* orphans and widows; 2 by default */
    int32_t min_size_mp;                       /* fitting of names: not below this; 0: size_mp, so no shrinking */
    int32_t padding_mp[4];                     /* of a cell: top, right, bottom, left */
    uint8_t valign;                            /* of a cell: 0 top, 1 middle, 2 bottom */
    bool has_fill;
    struct colour fill;      /* of a cell */
    const struct str *words; /* words that a title isn't broken in and the dictionary doesn't know: 留守儿童 */
    size_t word_count;
    struct str name; /* the style's, for messages */
};

/* Characters of one style; the input of text_shape. */
struct text_span {
    struct str text; /* '\n' forces a line's end; '\t' goes to the next tab stop or, with leaders, to the right edge */
    const struct text_style *style;
    enum field_kind
        field;         /* FIELD_NONE, or a number known later; `text` is then a sample as wide as it may get ("999") */
    struct str anchor; /* of FIELD_PAGE_OF_ANCHOR */
    struct str
        ruby; /* pinyin above the text, in half its size; its line is higher where the leading is less than 1.5 */
};

/* The caches of a run (engine.h); the caller destroys it, after all use of its results. */
struct text_engine;
/* Never NULL. ICU and HarfBuzz are asked when they are first needed. */
struct text_engine *text_engine_create(void);
/* NULL is allowed. Paragraphs and lines live in their own arenas, but aren't to be broken or emitted any more. */
void text_engine_destroy(struct text_engine *engine);

struct paragraph; /* in an arena; immutable */
/* Characters that no face of the chain has, in order of appearance, each once; each prints 〓. */
struct missing {
    uint32_t *code_points;
    size_t count;
};
/* Shapes spans into a paragraph, in the arena. `style` is the paragraph's (alignment, leading, indent). Texts and
 * styles of spans are borrowed as long as the paragraph lives; the array is copied. Invalid UTF-8 becomes U+FFFD. */
struct paragraph *text_shape(struct text_engine *engine, struct arena *arena, const struct text_span *spans,
                             size_t count, const struct text_style *style);
/* The characters without a glyph; borrowed. */
const struct missing *paragraph_missing(const struct paragraph *paragraph);
/* Content that is hardly meant, for a caller to tell. Words of a right-to-left script, each set in its own direction within
 * the line? */
bool paragraph_has_backwards(const struct paragraph *paragraph);
/* The first control character or direction mark, which prints nothing; 0: none. */
uint32_t paragraph_control(const struct paragraph *paragraph);
/* A quotation mark or bracket without its other half, the first that closes none or the last that stays open; 0: none. An
 * opening one at the paragraph's very beginning may stay open: the text goes on in the next one. */
uint32_t paragraph_unpaired(const struct paragraph *paragraph);
/* The count of code points in the text. */
size_t paragraph_characters(const struct paragraph *paragraph);
/* For `auto` columns: the width on one line without justification (of the longest forced line), indents included, in mp. */
int32_t paragraph_natural_width(const struct paragraph *paragraph);
/* The widest sequence that no line may end in, with its indents: in less, text_break breaks between characters. */
int32_t paragraph_minimum_width(const struct paragraph *paragraph);

/* The place of the decimal point in a number set on one line, for aligning a column: before_mp is the width left of
 * it. 561 has it behind the last digit; text without a digit isn't a number, and has all its width in behind_mp. */
struct decimal {
    bool is_number;
    int32_t before_mp, behind_mp;
};
/* Of its first line; widths in mp. Without a digit before_mp is 0. */
struct decimal paragraph_decimal(const struct paragraph *paragraph);

struct line; /* opaque */
/* A paragraph broken for a width; in an arena. */
struct lines {
    const struct paragraph *paragraph;
    struct line *items;
    size_t count; /* of lines, at least 1 */
    int32_t width_mp;
    int32_t height_mp;  /* count × leading, and the space for pinyin */
    int32_t widest_mp;  /* of a line as set, indents included */
    bool has_raised;    /* pinyin above some: not all lines are equally high */
    bool overflows;     /* something unbreakable is wider than the line: it was broken between characters */
    bool lacks_hyphens; /* a word was to be parted, and there are no patterns (hyphen-en-us) */
    int32_t short_mp;   /* by how much a line of justified Latin text ends short, at most: it has too few words */
};
/* The height of the lines [from, to). */
int32_t text_lines_height(const struct lines *lines, size_t from, size_t to);
/* The part of that height which the first line has above its leading, for pinyin. */
int32_t text_lines_raise(const struct lines *lines);
/* How many lines from `from` on fit into a height. */
size_t text_lines_within(const struct lines *lines, size_t from, int32_t height_mp);
/* Does a line end in part of a word, which goes on on the next? */
bool text_line_parts(const struct lines *lines, size_t line);
/* What to do with text wider than the line. */
enum text_fit {
    FIT_NORMAL,
    FIT_NAME /* one line if possible: squeezed to 85%, then smaller in steps of 0.5 pt down to min_size, then wrapped */
};
/* Breaks the paragraph into lines of a width, in the arena; at least one line, which may be empty. */
struct lines text_break(struct text_engine *engine, struct arena *arena, const struct paragraph *paragraph,
                        int32_t width_mp, enum text_fit fit);

/* The index of the line that shows the character at a byte offset of the paragraph's text. */
size_t lines_find(const struct lines *lines, size_t offset);

/* Emits the lines [from, to) with the top of line `from` at y. Each takes its leading, with the em box in its
 * middle, and more above where pinyin needs it. Gives back the count of characters, for compose to add up. */
size_t text_emit(struct canvas *canvas, const struct lines *lines, size_t from, size_t to, int32_t x_mp, int32_t y_mp);

/* The height of the paragraph in one vertical column. */
int32_t text_vertical_height(const struct paragraph *paragraph);
/* Emits characters under each other, each centred in the box's width, from its top downwards, in the middle of its
 * height when that is > 0; in columns to the left when one is too short. Gives back the count of characters. */
size_t text_emit_vertical(struct text_engine *engine, struct canvas *canvas, const struct paragraph *paragraph,
                          struct box box);

/* One line at a point, for charts, stamps and labels: x is its left end, middle or right end by `align`, y the baseline. Gives
 * back its width in mp. */
int32_t text_label(struct text_engine *engine, struct canvas *canvas, struct str text, const struct text_style *style,
                   int32_t x_mp, int32_t y_mp, enum text_align align);
/* That width alone: nothing is drawn, and the arena, which is scratch, is as it was before. */
int32_t text_width(struct text_engine *engine, struct arena *arena, struct str text, const struct text_style *style);

/* The distance from the top of a line of this style to its baseline. */
int32_t text_baseline(const struct text_style *style);

/* hyphens.c: adds to a stream which patterns there are by which words are parted, and how their file stands. */
struct hash_stream;
void hyphens_stamp(struct hash_stream *stream);

/* composed.c: the string in Unicode's composed form (NFC), in the arena; the string itself when it isn't valid. */
struct str text_composed(struct arena *arena, struct str s);

#endif
