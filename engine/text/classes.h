/* classes.h: the class of a character in a line of Chinese text, and the rules for two that meet.
 *
 * Every code point has a raw class; text_shape resolves the few that depend on their neighbours (a dash that is one
 * of two, a straight quote, a hyphen that is a sign). All rules for a pair of characters (may a line end between
 * them, which space goes between, which blank half is dropped) are a table of class × class, made once from the rows
 * of classes.c.
 *
 * Sources: clreq 3.1 (line composition), GB/T 15834 (punctuation). */
#ifndef TEXT_CLASSES_H
#define TEXT_CLASSES_H

#include <stdbool.h>
#include <stdint.h>

enum char_class {
    CLASS_HAN,          /* ideographs, kana, hangul */
    CLASS_WIDE,         /* other full-width characters and symbols: □ ① Ａ */
    CLASS_OPEN,         /* （〔【《〈「『“‘ */
    CLASS_CLOSE,        /* ）〕】》〉」』”’ */
    CLASS_COMMA,        /* ，、；： */
    CLASS_STOP,         /* 。 */
    CLASS_EXCLAIM,      /* ？！ */
    CLASS_MIDDOT,       /* · */
    CLASS_DASH,         /* one of —— */
    CLASS_ELLIPSIS,     /* … */
    CLASS_CONNECTOR,    /* a single —, ～ */
    CLASS_HYPHEN,       /* - ‐ – */
    CLASS_SOLIDUS,      /* / ／ */
    CLASS_PREFIX,       /* ¥ $ */
    CLASS_WIDE_PREFIX,  /* ￥ ＄ № */
    CLASS_POSTFIX,      /* % ° */
    CLASS_WIDE_POSTFIX, /* ％ ‰ ℃ */
    CLASS_SIGN,         /* + − ≥ and a hyphen before a number */
    CLASS_LATIN,        /* letters, and characters within words and addresses: @ _ & */
    CLASS_DIGIT,
    CLASS_POINT,      /* . , ; : ! ? of half width */
    CLASS_WEST_OPEN,  /* ( [ { and an opening straight quote */
    CLASS_WEST_CLOSE, /* ) ] } and a closing one */
    CLASS_QUOTE,      /* raw: " and ' before it is known whether they open */
    CLASS_SPACE,
    CLASS_GAP,        /* a typed space between Chinese and Latin, which is their quarter em */
    CLASS_UNIT_SPACE, /* between a number and its unit: 12 km */
    CLASS_WIDE_SPACE, /* U+3000 and the other spaces of fixed width */
    CLASS_GLUE,       /* no-break space, word joiner */
    CLASS_TAB,
    CLASS_NEWLINE,
    CLASS_INVISIBLE, /* controls, joiners, marks of direction */
    CLASS_CUT,       /* zero width space: a line may end */
    CLASS_SELECTOR,  /* variation selectors */
    CLASS_COMBINING,
    CLASS_OTHER, /* scripts whose line breaks ICU knows */
    CLASS_COUNT
};

/* The raw class of a code point. */
enum char_class class_of(uint32_t code_point);

/* Properties of a pair of classes. */
enum pair_flag {
    PAIR_BREAK = 1,        /* a line may end here */
    PAIR_GAP = 2,          /* a quarter em between Chinese and Latin */
    PAIR_STRETCH = 4,      /* justification may add space here */
    PAIR_HALVE_FIRST = 8,  /* the first loses the blank half behind it */
    PAIR_HALVE_SECOND = 16 /* the second loses the blank half before it */
};
/* flags[first][second], of enum pair_flag. */
struct pair_table {
    uint8_t flags[CLASS_COUNT][CLASS_COUNT];
};
/* Fills the table; once for an engine. */
void pair_table_fill(struct pair_table *table);

/* May a line begin, or end, with a character of this class? (kinsoku) */
bool class_begins_line(enum char_class c);
/* May a line end behind a character of the class? Opening brackets and their like don't (clreq 3.1.6). */
bool class_ends_line(enum char_class c);
/* Is it a mark with a blank half, as ， and （? */
bool class_has_blank(enum char_class c);
/* Does it take a quarter em beside Chinese? */
bool class_is_western(enum char_class c);

#endif
