/* paragraph.h: a shaped paragraph: made by text_shape, read by all other files of text/.
 *
 * An atom is one glyph, or one thing without a glyph (space, tab, field). Atoms are in the order of the text, and
 * those of a line lie side by side: a line is a range of atoms, and what its justification adds or takes.
 *
 *     text     第 一 ， A B C                 atoms     第│一│，│A│B│C         ABC: one word, CONTINUES on B and C
 *     line     [first, end) + delta_mp                        └ blank_mp: its right half; gap_mp: a quarter em before A
 *
 * 1. Offsets don't descend, except within a word of a right-to-left script.
 * 2. Every byte of the text belongs to an atom.
 * 3. A line ends only behind an atom with ATOM_BREAK, ATOM_SOFT or ATOM_FORCED, or, in an emergency, before one
 * without ATOM_CONTINUES, as where a word is parted.
 * 4. blank_mp and gap_mp are the most that may be taken, and never negative. */
#ifndef TEXT_PARAGRAPH_H
#define TEXT_PARAGRAPH_H

#include "text/classes.h"
#include "text/text.h"

/* Properties of an atom. */
enum atom_flag {
    ATOM_BREAK = 1,     /* a line may end behind it */
    ATOM_FORCED = 2,    /* a line must end behind it */
    ATOM_CONTINUES = 4, /* belongs to the cluster before it */
    ATOM_STRETCH = 8,   /* justification may add space behind it */
    ATOM_SPACE = 16,    /* no ink: dropped at the end of a line that isn't the paragraph's last */
    ATOM_HIDDEN = 32,   /* prints nothing and isn't in the text of runs */
    ATOM_NO_GLYPH = 64, /* a space that the face doesn't have, a tab, a field */
    ATOM_SHIFTED = 128, /* dy_mp isn't 0, or its offset is out of order */
    ATOM_MISSING = 256, /* prints 〓 */
    ATOM_FIELD = 512,
    ATOM_LEADER = 1024,    /* a tab that fills with dots up to the text behind it, which is set flush right */
    ATOM_BACKWARDS = 2048, /* of a right-to-left word, whose glyphs are in visual order */
    ATOM_SOFT = 4096,      /* in an address: a line ends behind it rather than leave a hole */
    ATOM_WORD = 8192,      /* of a title: a word ends behind it */
    ATOM_HUGGED = 16384,   /* an opening mark behind one that lost its blank: half an em stays between them */
    ATOM_TIGHT = 32768     /* a mark before a letter or digit: squeezing leaves it half its blank */
};

/* An atom: 32 bytes, one for nearly every character, so its size matters. */
struct atom {
    uint32_t offset;    /* in paragraph->text */
    uint32_t run;       /* index in paragraph->runs */
    uint16_t bytes;     /* of its text */
    uint16_t glyph;     /* in the run's face; means nothing with ATOM_NO_GLYPH */
    uint16_t flags;     /* of enum atom_flag */
    uint8_t kind;       /* enum char_class, resolved */
    bool loath : 1;     /* a line may end behind it, but prefers other ends: 六|（5）|班 */
    bool filled : 1;    /* on a grid: the space that fills a cell is behind it, and none stands there */
    int32_t advance_mp; /* without the gap */
    int32_t shift_mp;   /* of the glyph's origin in its advance */
    int32_t gap_mp;     /* between Chinese and Latin, behind it; dropped at a line's end */
    int32_t blank_mp;   /* of a mark: the rest of its blank half; of a space: the most that may be taken from it */
};

/* The face and style that consecutive atoms share: a glyph run before it is set. */
struct text_run {
    const struct text_style *style;
    const struct face *face;
    const struct text_span *span; /* of a field */
};

/* The vertical shift of a glyph, from HarfBuzz; few have one. */
struct lift {
    uint32_t atom;
    int32_t dy_mp; /* upwards */
};

/* Pinyin above the atoms [first, end), a paragraph of its own. */
struct ruby {
    uint32_t first, end;
    struct str text; /* the pinyin; borrowed from its span */
    const struct paragraph *above;
    int32_t width_mp; /* of the pinyin on one line */
};

/* A shaped paragraph, in an arena; immutable once shaped, and independent of the width of its lines. */
struct paragraph {
    const struct text_style *style; /* the paragraph's own; borrowed */
    struct str text;                /* of all spans, one behind the other, in UTF-8 */
    struct atom *atoms;
    size_t count, capacity;
    struct text_run *runs; /* by atom->run */
    size_t run_count, run_capacity;
    struct lift *lifts; /* by atom */
    size_t lift_count, lift_capacity;
    struct ruby *rubies; /* by atom */
    size_t ruby_count, ruby_capacity;
    struct missing missing;
    size_t missing_capacity;
    size_t characters;                                     /* code points of the text */
    bool has_letters, has_tabs, has_spaces, has_backwards; /* letters: Latin ones */
    bool has_marks;                                        /* that open or close */
    uint32_t control;              /* the first control character in it, which prints nothing; 0: none */
    bool is_name;                  /* Chinese characters and ·, nothing else: 阿依努尔·买买提 */
    bool has_other;                /* has scripts that need ICU's breaks */
    bool is_latin;                 /* more words of Latin letters than Chinese characters */
    struct hyphens *hyphens;       /* asked where its words may be parted; NULL: they aren't */
    const struct text_span *spans; /* a copy, for setting it again in another size */
    size_t span_count;
};

/* A line of a paragraph. */
struct line {
    uint32_t first, end; /* atoms */
    int32_t width_mp;    /* natural, without the blanks that the line's ends drop */
    int32_t delta_mp;    /* added by justification (> 0), or taken by squeezing (< 0) */
    int32_t indent_mp;   /* from the left edge of the lines' box, alignment included */
    int32_t raise_mp;    /* space above the line for pinyin, beyond the leading */
    uint16_t stretch;    /* 1000, or less for a squeezed name */
    bool last;           /* of the paragraph, or before a forced break */
    bool keeps_spaces;   /* wide spaces at its end count: they place a signature */
    bool leads;          /* delta_mp goes to its leader */
    bool keeps_opening;  /* an opening mark behind the first line's indent keeps its blank half */
    bool parts;          /* a word, which goes on on the next line: a hyphen stands behind it, and is in width_mp */
};

/* The widest line and the highest column, nearly four kilometres: sums saturate here, so a megabyte in a cell can't
 * overflow. */
#define TEXT_WIDEST_MP (INT32_MAX / 4)

static inline int32_t text_sum(int32_t a_mp, int32_t b_mp) {
    return a_mp > TEXT_WIDEST_MP - b_mp ? TEXT_WIDEST_MP : a_mp + b_mp;
}

static inline bool atom_is(const struct atom *atom, unsigned flag) {
    return (atom->flags & flag) != 0;
}

/* The distance of baselines, at least 1. */
static inline int32_t text_leading(const struct text_style *style) {
    return style->leading_mp > 0 ? style->leading_mp : style->size_mp > 0 ? style->size_mp : 1;
}

/* The offset of an atom's text, of a right-to-left word that of its first letter; at atom `count`: the end of the
 * text. */
static inline uint32_t paragraph_offset(const struct paragraph *paragraph, size_t atom) {
    if (atom >= paragraph->count) {
        return (uint32_t)paragraph->text.n;
    }
    uint32_t offset = paragraph->atoms[atom].offset;
    if (!atom_is(&paragraph->atoms[atom], ATOM_BACKWARDS)) {
        return offset;
    }
    for (size_t i = atom + 1; i < paragraph->count && atom_is(&paragraph->atoms[i], ATOM_CONTINUES); i++) {
        if (atom_is(&paragraph->atoms[i], ATOM_BACKWARDS) && paragraph->atoms[i].offset < offset) {
            offset = paragraph->atoms[i].offset;
        }
    }
    return offset;
}

/* The width of a tab at x: stops are two em apart. For tabs without a leader. */
static inline int32_t tab_width(const struct paragraph *paragraph, int32_t x_mp) {
    const int32_t stop = 2 * paragraph->style->size_mp;
    return stop > 0 ? stop - x_mp % stop : 0;
}

/* The steps of text_shape behind the atoms, in this order: is it Latin text (parted.c), spaces between pairs (space.c), line ends that the table of
 * pairs can't know (places.c), pinyin (ruby.c). */
struct text_engine;
/* More words in Latin script than Chinese characters: is_latin. Its words may then be parted, where the style says so and the
 * text is justified. */
void text_find_latin(struct text_engine *engine, struct paragraph *paragraph);
/* Sets widths of marks and the gaps behind them, by the classes that meet (clreq, GB/T 15834), and on the grid where the style
 * has one. */
void text_space_pairs(const struct text_engine *engine, struct paragraph *paragraph);
/* Flags where lines may end; ICU is asked for words in other scripts, and for Chinese words where lines end at sense. */
void text_mark_breaks(struct text_engine *engine, struct paragraph *paragraph);
/* Shapes the pinyin, in the arena, keeps each base together, and widens one that is narrower than its pinyin. */
void text_shape_rubies(struct text_engine *engine, struct arena *arena, struct paragraph *paragraph);

/* The order of squeezing: each kind is used up before the next is touched. */
enum squeeze {
    SQUEEZE_WORD,    /* spaces between Latin words, to a quarter em */
    SQUEEZE_BRACKET, /* brackets and quotes, to half an em */
    SQUEEZE_COMMA,   /* ，、；： */
    SQUEEZE_GAP,     /* between Chinese and Latin, to an eighth */
    SQUEEZE_STOP,    /* 。？！ */
    SQUEEZE_KINDS
};

/* Divides a total among places in proportion to their capacities, place after place along the line: exact to the
 * last unit, whatever the rounding. share_take gives the next place its part. */
struct share {
    int64_t total, capacity; /* to be divided; sum over all places */
    int64_t seen;
    int32_t given;
};
static inline int32_t share_take(struct share *share, int32_t capacity) {
    if (share->total == 0 || capacity == 0) {
        return 0;
    }
    share->seen += capacity;
    const int32_t due = (int32_t)(share->total * share->seen / share->capacity);
    const int32_t taken = due - share->given;
    share->given = due;
    return taken;
}
/* The justification of a line: how much each kind of places gives or gets. */
struct adjustment {
    struct share squeeze[SQUEEZE_KINDS];
    struct share even, near, far, rest; /* stretching, in this order: justify.c */
    bool any;
};
/* The plan of a line, to be carried out atom by atom with text_adjust_atom. */
struct adjustment text_adjust_line(const struct paragraph *paragraph, const struct line *line);
/* Atom i as it is in its line, whose last atom with ink is `last`: without the blank half that the line's end drops. */
struct atom text_line_atom(const struct paragraph *paragraph, const struct line *line, uint32_t i, uint32_t last);
/* By how much any gap is stretched before others are: a twentieth of an em; 0: it is none. */
enum { EVEN_PART = 20 };
/* By how much the gap behind the atom may grow before it is seen, in mp; 0 where it can't grow. */
int32_t text_even_room(const struct paragraph *paragraph, const struct atom *atom);
/* How far a place is stretched then, before all others are: a word space, or a gap between Chinese and Latin, to half
 * an em. */
int32_t text_first_room(const struct paragraph *paragraph, const struct atom *atom);
/* Space added before the glyph of an atom and behind it. */
struct change {
    int32_t before_mp, behind_mp;
};
/* The plan's change for the next atom; called once for each, in order. `ends`: it is the last with ink. */
struct change text_adjust_atom(struct adjustment *plan, const struct paragraph *paragraph, const struct atom *atom,
                               bool ends);
/* The last atom of a line that is set: behind it there are only spaces, which a line's end drops. line->end: none is
 * set. */
uint32_t text_line_last(const struct paragraph *paragraph, const struct line *line);

/* parted.c: the hyphen at a line's end, in the face of the atom before it. glyph 0: the face has none. */
struct hyphen {
    uint16_t glyph;
    int32_t advance_mp;
};
/* Its advance is in mp, at the size of that atom's style. */
struct hyphen text_hyphen(const struct paragraph *paragraph, uint32_t atom);
/* A word that may be parted: atoms [first, end). bit n of `places`: behind n bytes of its text. */
struct parts {
    uint32_t first, end;
    uint64_t places;
};
/* The places of the word that atom i is of; places 0: it is of none, or of one that isn't parted (a name, an address, a code). */
struct parts text_parts(const struct paragraph *paragraph, uint32_t i);
/* May it be parted behind atom i? */
bool parts_at(const struct paragraph *paragraph, const struct parts *parts, uint32_t i);
/* The atoms [first, end) that stay together, whatever line they are on, around the place before atom i where a word was parted: the
 * word and the marks behind it. */
struct atom_range {
    uint32_t first, end;
};
/* Empty, [i, i), where nothing stands around it. */
struct atom_range text_parted(const struct paragraph *paragraph, uint32_t i);

/* How much higher than its leading a line must be for the pinyin above it. */
int32_t text_ruby_raise(const struct paragraph *paragraph, const struct line *line);

/* text_break without fitting, at a stretch in 1/1000. */
struct lines text_break_lines(struct arena *arena, const struct paragraph *paragraph, int32_t width_mp,
                              uint16_t stretch);
/* All on one line, however wide. */
struct lines text_single_line(struct arena *arena, const struct paragraph *paragraph);
/* Emits a line with its left edge at x and its baseline at y; gives back its count of characters. */
size_t text_emit_line(struct canvas *canvas, const struct lines *lines, const struct line *line, int32_t x_mp,
                      int32_t y_mp);

#endif
