/* buffer.h: bytes that grow, on the heap. Out of memory aborts. Appending never fails otherwise. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <string.h>

#include "base/str.h"

struct buffer {
    char *bytes;
    size_t count;
    size_t capacity;
};

void buffer_init(struct buffer *buffer); /* also by {0} */
void buffer_release(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory */
/* Room for `more` bytes behind the end; gives back where they begin. The caller adds to count what it wrote. */
void buffer_grow(struct buffer *buffer, size_t more); /* for buffer_reserve: there is no room */
static inline char *buffer_reserve(struct buffer *buffer, size_t more) {
    if (buffer->capacity - buffer->count < more || buffer->bytes == NULL) {
        buffer_grow(buffer, more);
    }
    return buffer->bytes + buffer->count;
}
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
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A decimal number without printf's cost. */
void buffer_int(struct buffer *buffer, int64_t n);
/* n thousandths as a decimal number with no needless zeros and no exponent: 12500 gives 12.5, -30 gives -.03.
 * The form that PDF content wants, whatever the locale. */
void buffer_milli(struct buffer *buffer, int64_t n);
struct str buffer_str(const struct buffer *buffer); /* a view; valid until the next append */

#endif
