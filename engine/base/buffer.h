/* buffer.h: bytes that grow, on the heap: files being written, texts being put together.
 *
 *     struct buffer out = {0};
 *     buffer_printf(&out, "%d rows", count);
 *     … buffer_str(&out) …                  a view, until the next append
 *     buffer_release(&out);
 *
 * Out of memory ends the program (base/memory.h); appending never fails otherwise, so nothing is to be tested. The
 * bytes don't end in NUL. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <string.h>

#include "base/str.h"

struct buffer {
    char *bytes;     /* NULL until the first append */
    size_t count;    /* bytes in it */
    size_t capacity; /* of the allocation */
};

/* An empty buffer that owns no memory; {0} does the same. */
void buffer_init(struct buffer *buffer);
/* Frees the bytes; the buffer is empty and may be used again. */
void buffer_release(struct buffer *buffer);
/* Empties it and keeps the memory. */
void buffer_clear(struct buffer *buffer);
/* Out of line, for buffer_reserve alone: doubles the capacity until `more` bytes fit. */
void buffer_grow(struct buffer *buffer, size_t more);
/* Room for at least `more` bytes behind the end; gives back its address, valid until the next append. The caller
 * adds to `count` what it wrote. */
static inline char *buffer_reserve(struct buffer *buffer, size_t more) {
    if (buffer->capacity - buffer->count < more || buffer->bytes == NULL) {
        buffer_grow(buffer, more);
    }
    return buffer->bytes + buffer->count;
}
/* Copies bytes, a string, or one byte behind the end. `bytes` may be NULL when count is 0. */
static inline void buffer_append(struct buffer *buffer, const void *bytes, size_t count) {
    if (count == 0) {
        return;
    }
    memcpy(buffer_reserve(buffer, count), bytes, count);
    buffer->count += count;
}
static inline void buffer_add(struct buffer *buffer, struct str s) {
    buffer_append(buffer, s.p, s.n);
}
static inline void buffer_byte(struct buffer *buffer, char byte) {
    *buffer_reserve(buffer, 1) = byte;
    buffer->count++;
}
/* As printf, in the program's locale: a decimal comma may come out of %f. Numbers for PDF: buffer_milli. */
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* n in decimal digits, the sign in front when it is negative; many times faster than printf. */
void buffer_int(struct buffer *buffer, int64_t n);
/* n thousandths as a decimal number with neither needless zeros nor exponent: 12500 gives 12.5, -30 gives -.03, 0
 * gives 0. The form of numbers in PDF (ISO 32000-1, 7.3.3), whatever the locale. */
void buffer_milli(struct buffer *buffer, int64_t n);
/* The bytes as a view, valid until the next append; the buffer keeps them. */
struct str buffer_str(const struct buffer *buffer);

#endif
