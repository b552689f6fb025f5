/* pinyin.h: how Chinese is read, for people who search by its letters. */
#ifndef DATA_PINYIN_H
#define DATA_PINYIN_H

#include "base/arena.h"
#include "base/buffer.h"

struct pinyin; /* in an arena; made once a run, in less than a millisecond */
struct pinyin *pinyin_create(struct arena *arena);

/* The reading of a character without its tone, in ASCII (ü is v); STR_NONE when it has none. */
struct str pinyin_of(const struct pinyin *pinyin, uint32_t code_point);
/* “shanxiaoming sxm danxiaoming dxm” of 单小明: syllables joined and their first letters, first as a surname is read, then as the
 * characters are, where that differs. Letters and digits that aren't Chinese stay, in lower case; all else is left out. */
void pinyin_add(const struct pinyin *pinyin, struct buffer *out, struct str name);

#endif
