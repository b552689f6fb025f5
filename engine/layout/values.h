/* values.h: what the readers of values share. Private to layout/: setting_read is the way in.
 *
 * setting_read finds the type of the key's row (schema.h), makes a `reading` and calls the type's reader. That fills r->out
 * and gives back true, or tells one mistake and gives back false: the setting then counts as one that wasn't given. All texts
 * that are given back, and what a reader adds to r->out, are in the reader's arena, unless a comment says otherwise. Lengths
 * are in mp (1/1000 pt). */
#ifndef LAYOUT_VALUES_H
#define LAYOUT_VALUES_H

#include "layout/setting.h"

/* What a type's reader works on. */
struct reading {
    struct reader *reader; /* its arena takes what is made, its diags what is told */
    const struct key *key; /* the row of the schema: type, bounds, example; borrowed */
    struct node *node;     /* as written; its place is that of the message */
    struct str text;       /* trimmed, half-width */
    struct setting *out;   /* the caller's; what it holds besides name, text and place is zero at first */
};

/* Tells what the key takes, and what was meant; gives back false. */
bool value_tell_takes(const struct reading *r, const char *takes);
/* 0, or thick enough for a press (0.2 pt); else told, and false. */
bool value_is_printable_line(struct reading *r, int32_t thickness_mp);
/* Appends a word and its place to r->out->names and places. The name is borrowed from the text. */
void value_add_name(struct reading *r, struct str name, struct place place);
/* The next length of a phrase; `25 mm` is one too. *rest moves behind it. */
struct str value_next_length(struct arena *arena, struct str *rest);
/* Least and greatest number, as the key's row says. */
void value_bounds(const struct key *key, int64_t *least, int64_t *most);

/* Would the key's reader take these words? Nothing is told; `node` says where they stand. */
bool value_would_read(const struct reader *reader, const struct key *key, struct node *node, struct str text);

/* mended.c: the words that were meant, which the key's reader takes; STR_NONE when nothing that is near does. Of a list or keys where
 * values stand in a row: these in a row, else an example. */
struct str value_mended(const struct reading *r);
/* The values of a list, or of keys named after sides, as one text: 25mm 20mm. A bare number gets mm. Where these don't make a
 * value of the key, or there are none: the constant example 25mm 20mm, never STR_NONE. */
struct str value_in_a_row(struct reader *reader, const struct key *key, const struct node *node);

/* values_meant.c: true, and told, when the text is one that the key can't mean. */
bool value_tell_text(struct reader *reader, const struct key *key, struct node *node);

/* several.c: true, and told, when signs stand between values that part nothing there, or several values where one is taken. */
bool value_tell_signs(struct reader *reader, const struct key *key, struct node *node);
/* The remedy of L147: where the second of two values goes, or that one is taken. */
struct str advice_on_one(const struct key *key);

/* advice.c: the remedy for a value that can't be read, in both languages (diag_both), in the reader's arena. This first one
 * tells it too: L221 for a type size by another name (5号), L210 for whatever else is no length; `word` is the part that can't
 * be read. */
void advice_tell_length(const struct reading *r, struct str word);
/* The remedy for one word that is no length of this type: with the unit that was left out or meant, else an example. Never
 * empty. */
struct str advice_on_length(struct arena *arena, enum key_type type, struct str word);
/* The remedy for a word that is no whole number in [least, most], both as they are told. It looks for a value that was meant
 * (value_mended) first, and never is empty. */
struct str advice_on_number(const struct reading *r, struct str word, struct str least, struct str most);
/* `write …`. */
struct str advice_write_so(struct arena *arena, struct str meant);
/* Of a word among `widths`, or all of them (`alone`), that is none. */
struct str advice_on_width(struct arena *arena, struct str word, bool alone);
/* The colour that a word means which is none (红色); STR_NONE for other words. It is one of the constant names, in no arena. */
struct str advice_colour_meant(struct str word);
/* “write it so: split, repeat 2”. */
struct str advice_as_in(struct arena *arena, struct str example);
/* 12毫米 as 12mm: the bare value, in one language. STR_NONE where no number stands before it, or no unit is meant that is known. */
struct str advice_with_unit(struct arena *arena, struct str word);
/* Of a value that stands where keys of the kind are wanted. */
struct str advice_on_keys(struct reader *reader, enum mapping_kind kind, struct node *node);
/* Of a value that stands below a key (`queries`) where names of one's own are wanted: how such a pair looks there. For `index`
 * the pairs are made of the node's own words, where it has any. */
struct str advice_on_named(struct arena *arena, struct str name, const struct node *node);
/* Of a key that isn't there and must be (missing.c). */
struct str advice_on_missing(struct reader *reader, const struct key *key);

/* lengths.c: one reader a type. Each fills number[], lengths in mp, and unit[] and count; a word that is none is told (L210,
 * L221), another number of them as L219, and false given back. This one takes lengths of 0 or more, as many as the key's row
 * says. */
bool lengths_read(struct reading *r);
/* The same, but more than 0: nothing is seen of nothing. */
bool lengths_read_size(struct reading *r);
/* One or four lengths: head, fore-edge, foot, binding edge. One is copied to all four, and `count` tells how many were
 * written. */
bool lengths_read_margins(struct reading *r);
/* A length that a press can print as a line (value_is_printable_line), 0 too. */
bool lengths_read_thickness(struct reading *r);
/* Lengths that may be negative, and in em: number[] is then in 1/1000 em, and unit[] says so. */
bool lengths_read_em(struct reading *r);
/* A length, or a factor of the type size: number[0] in 1/1000, unit[0] UNIT_FACTOR, at most 6 (28 is meant in points). Above
 * 0. */
bool lengths_read_leading(struct reading *r);

/* phrases.c: one reader a type; each tells what it takes (L219) and gives back false when the text isn't its phrase.
 *
 * `left 25mm, duplex`: number[0] the margin in mp, -1 where none is written; number[1] is 1 for duplex. */
bool phrase_read_binding(struct reading *r);
/* `A4`, `A4 landscape`, `85.60mm 53.98mm`: number[0] the width, number[1] the height, as turned, in mp; each 20 pt or more
 * where they are written as lengths. Told as L218, with the names of papers. */
bool phrase_read_paper(struct reading *r);
/* `3pt double`: number[0] the thickness of the whole in mp, number[1] an enum stroke. Each single line must be printable: of a
 * double stroke a third of its thickness. */
bool phrase_read_stroke(struct reading *r);
/* The word of the language for it: solid. A constant. */
struct str phrase_stroke_word(enum stroke stroke);
/* `400 pages`, `400页`, `400`: number[0] from 1 to 100000. */
bool phrase_read_pages(struct reading *r);
/* `at least 8mm`, or the length alone: number[0] in mp, 0 or more. Drawn rows, which belong to another key, are told as L163. */
bool phrase_read_row_height(struct reading *r);
/* `4`: number[0] the rows, from 0 to 1000. `foot`: number[1] is 1, and number[0] stays 0. */
bool phrase_read_pad(struct reading *r);
/* `split, repeat 2`: number[0] the columns that each part repeats, from 0 to 20; 0 for `split` alone. */
bool phrase_read_wide(struct reading *r);
/* `marks by student_id, ym`: names[0] is the query, the columns follow, each with its place. They aren't looked up here. */
bool phrase_read_cells(struct reading *r);
/* `shrink 小五`: number[0] the least type size in mp, more than 0. */
bool phrase_read_shrink(struct reading *r);
/* `0.3mm -0.2mm`: number[0] to the right, number[1] down, in mp; neither further than the millimetres in the key's row. */
bool phrase_read_shift(struct reading *r);
/* `100.1%`: number[0] in 1/1000, one decimal at most, within the bounds of the key's row. */
bool phrase_read_scale(struct reading *r);

#endif
