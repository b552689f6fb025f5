/* pinyin.h: Chinese names in Latin letters, for people who search by them (the index page of batch/). */
#ifndef DATA_PINYIN_H
#define DATA_PINYIN_H

#include "base/arena.h"
#include "base/buffer.h"

/* The table of readings. Made once a run, in less than a millisecond; the arena's. */
struct pinyin; /* in an arena; made once a run, in less than a millisecond */
/* Builds the table from pinyin.def. */
struct pinyin *pinyin_create(struct arena *arena);

/* The reading of a character without tone, in ASCII (ü is v): a static string. STR_NONE when it has none. */
struct str pinyin_of(const struct pinyin *pinyin, uint32_t code_point);
/* Appends the words by which a name may be searched: “shanxiaoming sxm danxiaoming dxm” for 单小明: syllables joined
 * and their first letters, first with the reading as a surname, then by character, where the two differ. Latin
 * letters and digits stay, in lower case; all else is left out. */
void pinyin_add(const struct pinyin *pinyin, struct buffer *out, struct str name);

#endif
