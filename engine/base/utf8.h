/* utf8.h: code points in and out of UTF-8 (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the code point at *offset (< s.n) and moves *offset behind it. A byte that begins no valid sequence (also
 * overlong forms, surrogates, over U+10FFFF) gives U+FFFD and moves on by one byte. */
uint32_t utf8_next(struct str s, size_t *offset);
/* The code point that ends before *offset (> 0); moves *offset to its first byte. */
uint32_t utf8_previous(struct str s, size_t *offset);
/* Bytes written into out[4]. */
size_t utf8_encode(uint32_t code_point, char out[4]);
/* Number of code points; an invalid byte counts as one. */
size_t utf8_count(struct str s);
/* Offset of the first invalid byte, or s.n when all is valid. */
size_t utf8_first_invalid(struct str s);
/* A copy with each invalid byte turned into U+FFFD; the string itself when it is valid. */
struct str utf8_repair(struct arena *arena, struct str s);

/* Han ideographs of all blocks and compatibility ideographs, 〇 U+3007 included. */
bool utf8_is_han(uint32_t code_point);
/* Columns that a terminal gives a character: two for Chinese (East Asian Width W and F, UAX 11), none for a combining mark. */
int utf8_cells(uint32_t code_point);
size_t utf8_width(struct str s); /* of all of them */

#endif
