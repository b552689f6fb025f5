/* bytes.h: numbers whose high byte stands first, as TrueType, CFF, JPEG, PNG and SQLite's files write them.
 *
 * What is read may be broken: a number that doesn't stand whole in the string is 0. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Of 0 to 4 bytes from `at` on. */
static inline uint32_t bytes_number(struct str s, size_t at, size_t count) {
    uint32_t value = 0;
    for (size_t i = 0; at <= s.n && count <= s.n - at && i < count; i++) {
        value = value << 8 | (uint8_t)s.p[at + i];
    }
    return value;
}

static inline uint32_t bytes_u16(struct str s, size_t at) {
    return bytes_number(s, at, 2);
}

static inline uint32_t bytes_u32(struct str s, size_t at) {
    return bytes_number(s, at, 4);
}

/* The low `count` bytes of `value`. */
static inline void bytes_store(char *p, size_t value, size_t count) {
    for (size_t i = 0; i < count; i++) {
        p[i] = (char)(value >> 8 * (count - 1 - i));
    }
}

#endif
