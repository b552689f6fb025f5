/* values.h: what the readers of values share. Private to layout/: setting_read is the way in. */
#ifndef LAYOUT_VALUES_H
#define LAYOUT_VALUES_H

#include "layout/setting.h"

/* What a type's reader works on. It tells what is wrong and gives back false. */
struct reading {
    struct reader *reader;
    const struct key *key;
    struct node *node;
    struct str text; /* trimmed, half-width */
    struct setting *out;
};

/* Tells what the key takes, and what was meant; gives back false. */
bool value_tell_takes(const struct reading *r, const char *takes);
/* 0, or thick enough for a press (0.2 pt); else told, and false. */
bool value_is_printable_line(struct reading *r, int32_t thickness_mp);
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
struct str value_in_a_row(struct reader *reader, const struct key *key, const struct node *node);

/* values_meant.c: true, and told, when the text is one that the key can't mean. */
bool value_tell_text(struct reader *reader, const struct key *key, struct node *node);

/* several.c: true, and told, when signs stand between values that part nothing there, or several values where one is taken. */
bool value_tell_signs(struct reader *reader, const struct key *key, struct node *node);
/* The remedy of L147: where the second of two values goes, or that one is taken. */
struct str advice_on_one(const struct key *key);

/* advice.c: the remedy for a value that can't be read, in both languages, in the reader's arena. The first tells it too (L210, L221). */
void advice_tell_length(const struct reading *r, struct str word);
struct str advice_on_length(struct arena *arena, enum key_type type, struct str word);
struct str advice_on_number(const struct reading *r, struct str word, struct str least, struct str most);
/* `write …`, in both languages. */
struct str advice_write_so(struct arena *arena, struct str meant);
/* Of a word among `widths`, or all of them, that is none. */
struct str advice_on_width(struct arena *arena, struct str word, bool alone);
/* 12毫米 as 12mm; STR_NONE where no unit is meant that is known. */
/* The colour that a word means which is none (红色); STR_NONE for other words. */
struct str advice_colour_meant(struct str word);
/* “write it so: split, repeat 2”. */
struct str advice_as_in(struct arena *arena, struct str example);
struct str advice_with_unit(struct arena *arena, struct str word);
/* Of a value that stands where keys of the kind are wanted; of a key (`queries`) below which names of one's own stand. */
struct str advice_on_keys(struct reader *reader, enum mapping_kind kind, struct node *node);
struct str advice_on_named(struct arena *arena, struct str name, const struct node *node);
/* Of a key that isn't there and must be (missing.c). */
struct str advice_on_missing(struct reader *reader, const struct key *key);

/* lengths.c: one a type; number[] in mp, or 1/1000 of the unit. */
bool lengths_read(struct reading *r);
bool lengths_read_size(struct reading *r);
bool lengths_read_margins(struct reading *r);
bool lengths_read_thickness(struct reading *r);
bool lengths_read_em(struct reading *r);
bool lengths_read_leading(struct reading *r);

/* phrases.c: one a type; what each puts into which number stands at its head. */
bool phrase_read_binding(struct reading *r);
bool phrase_read_paper(struct reading *r);
bool phrase_read_stroke(struct reading *r);
struct str phrase_stroke_word(enum stroke stroke);
bool phrase_read_pages(struct reading *r);
bool phrase_read_row_height(struct reading *r);
bool phrase_read_pad(struct reading *r);
bool phrase_read_wide(struct reading *r);
bool phrase_read_cells(struct reading *r);
bool phrase_read_shrink(struct reading *r);
bool phrase_read_shift(struct reading *r);
bool phrase_read_scale(struct reading *r);

#endif
