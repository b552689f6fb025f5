/* utf8.h: code points in and out of UTF-8 (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the code point at *offset (< s.n) and moves *offset behind it. A byte that begins no valid sequence (also
 * overlong forms, surrogates, over U+10FFFF) gives U+FFFD and moves on by one byte. */
uint32_t utf8_decode_next(struct str s, size_t *offset); /* any other: for utf8_next */
static inline uint32_t utf8_next(struct str s, size_t *offset) {
    const unsigned char *p = (const unsigned char *)s.p + *offset;
    if (p[0] < 0x80) {
        *offset += 1;
        return p[0];
    }
    /* U+1000 to U+CFFF: nearly all of a Chinese text, and nothing among them needs a second look. */
    if (s.n - *offset >= 3 && p[0] >= 0xE1 && p[0] <= 0xEC && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        *offset += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    }
    return utf8_decode_next(s, offset);
}
/* The code point that ends before *offset (> 0); moves *offset to its first byte. */
uint32_t utf8_previous(struct str s, size_t *offset);
/* Bytes written into out[4]. */
size_t utf8_encode(uint32_t code_point, char out[4]);
/* Number of code points; an invalid byte counts as one. */
size_t utf8_count(struct str s);
size_t utf8_count_valid(struct str s); /* the same for text that is known to be valid, faster */
/* Offset of the first invalid byte, or s.n when all is valid. */
size_t utf8_first_invalid(struct str s);
/* A copy with each invalid byte turned into U+FFFD; the string itself when it is valid. */
struct str utf8_repair(struct arena *arena, struct str s);

/* Han ideographs of all blocks and compatibility ideographs, 〇 U+3007 included. */
bool utf8_is_han(uint32_t code_point);
/* Control characters, and those that nobody sees or that turn what stands beside them: zero-width and bidirectional ones, tags. */
bool utf8_is_hidden(uint32_t code_point);
/* Columns that a terminal gives a character: two for Chinese (East Asian Width W and F, UAX 11), none for a combining mark. */
int utf8_cells(uint32_t code_point);
size_t utf8_width(struct str s); /* of all of them */

#endif
