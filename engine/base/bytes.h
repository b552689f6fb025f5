/* bytes.h: numbers of one to four bytes with the high byte first, as TrueType, CFF, JPEG, PNG and SQLite's files
 * write them.
 *
 * Input may be damaged: a number that isn't whole in the string reads as 0, so a parser tests the size once, where
 * it matters to it. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The number in the `count` bytes (0 to 4) from `at` on; 0 when they aren't all there. */
static inline uint32_t bytes_number(struct str s, size_t at, size_t count) {
    uint32_t value = 0;
    for (size_t i = 0; at <= s.n && count <= s.n - at && i < count; i++) {
        value = value << 8 | (uint8_t)s.p[at + i];
    }
    return value;
}

/* A number of two bytes, and of four, at the offset `at`. */
static inline uint32_t bytes_u16(struct str s, size_t at) {
    return bytes_number(s, at, 2);
}

static inline uint32_t bytes_u32(struct str s, size_t at) {
    return bytes_number(s, at, 4);
}

/* Writes the low `count` bytes of `value` at p. */
static inline void bytes_store(char *p, size_t value, size_t count) {
    for (size_t i = 0; i < count; i++) {
        p[i] = (char)(value >> 8 * (count - 1 - i));
    }
}

#endif
