/* utf8.h: code points in and out of UTF-8 (RFC 3629), and the few properties of characters that base needs.
 *
 * Every function takes any bytes: an invalid one reads as U+FFFD and moves on by one byte, so no loop hangs and none
 * skips what follows it. Overlong forms, surrogates and code points above U+10FFFF are invalid. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Read in place of an invalid byte. */
#define UTF8_REPLACEMENT 0xFFFDu

/* The code point at *offset, which must be below s.n; moves *offset behind it. utf8_decode_next is its slow half,
 * out of line, for utf8_next alone. */
uint32_t utf8_decode_next(struct str s, size_t *offset);
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
/* The code point that ends before *offset, which must be above 0; moves *offset to its first byte. */
uint32_t utf8_previous(struct str s, size_t *offset);
/* Writes the code point into out; gives back the number of bytes, 1 to 4. U+FFFD for an invalid one. */
size_t utf8_encode(uint32_t code_point, char out[4]);
/* Number of code points, an invalid byte counted as one. */
size_t utf8_count(struct str s);
/* The same, faster, for text known to be valid; of other text it is any number. */
size_t utf8_count_valid(struct str s);
/* Offset of the first invalid byte; s.n when all is valid. */
size_t utf8_first_invalid(struct str s);
/* A copy in the arena with each invalid byte replaced by U+FFFD; a valid string is given back as it is. */
struct str utf8_repair(struct arena *arena, struct str s);
/* The same with U+FFFE and U+FFFF replaced too, which XML 1.0 can't hold; control characters stay. */
struct str utf8_for_xml(struct arena *arena, struct str s);

/* A Han ideograph of any block, compatibility ideographs and 〇 (U+3007) included. */
bool utf8_is_han(uint32_t code_point);
/* The unified ideograph that a radical (⼈ U+2F08) or compatibility ideograph stands for; any other character itself. */
uint32_t utf8_unified(uint32_t code_point);
/* A control character, or one that is invisible or turns its neighbours: zero-width and bidirectional characters,
 * tags. */
bool utf8_is_hidden(uint32_t code_point);
/* Columns on a terminal: two for Chinese (East Asian Width W and F, UAX 11), none for a combining mark, else one. */
int utf8_cells(uint32_t code_point);
/* The sum over a string. */
size_t utf8_width(struct str s);

#endif
