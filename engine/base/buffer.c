/* buffer.c: bytes that grow by doubling, and numbers written without printf. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

enum { SMALLEST_CAPACITY = 256, INT64_DIGITS = 20 };

void buffer_init(struct buffer *buffer) {
    *buffer = (struct buffer){0};
}

void buffer_release(struct buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer) {
    buffer->count = 0;
}

void buffer_grow(struct buffer *buffer, size_t more) {
    size_t capacity = buffer->capacity > 0 ? memory_product(buffer->capacity, 2) : SMALLEST_CAPACITY;
    size_t need = buffer->count + more;
    if (need < more) {
        need = memory_product(SIZE_MAX, 2); /* aborts */
    }
    if (capacity < need) {
        capacity = need;
    }
    buffer->bytes = memory_resize(buffer->bytes, capacity);
    buffer->capacity = capacity;
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > 0) {
        const size_t count = (size_t)length;
        vsnprintf(buffer_reserve(buffer, count + 1), count + 1, format, again);
        buffer->count += count;
    }
    va_end(again);
}

/* Writes the digits of n so that they end at `end`; gives back where they begin. 0 has none. */
static char *digits_before(char *end, uint64_t n) {
    while (n > 0) {
        *--end = (char)('0' + n % 10);
        n /= 10;
    }
    return end;
}

static uint64_t magnitude(int64_t n) {
    return n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
}

void buffer_int(struct buffer *buffer, int64_t n) {
    char digits[INT64_DIGITS];
    if (n == 0) {
        buffer_byte(buffer, '0');
        return;
    }
    char *begin = digits_before(digits + INT64_DIGITS, magnitude(n));
    if (n < 0) {
        *--begin = '-';
    }
    buffer_append(buffer, begin, (size_t)(digits + INT64_DIGITS - begin));
}

void buffer_milli(struct buffer *buffer, int64_t n) {
    const uint64_t whole = magnitude(n) / 1000;
    unsigned thousandths = (unsigned)(magnitude(n) % 1000);
    char digits[INT64_DIGITS + 4];
    char *point = digits + INT64_DIGITS, *begin = digits_before(point, whole), *end = point;
    if (thousandths > 0) {
        *end++ = '.';
        for (; thousandths > 0; thousandths = thousandths % 100 * 10) {
            *end++ = (char)('0' + thousandths / 100);
        }
    } else if (whole == 0) {
        *end++ = '0';
    }
    if (n < 0) {
        *--begin = '-';
    }
    buffer_append(buffer, begin, (size_t)(end - begin));
}

struct str buffer_str(const struct buffer *buffer) {
    return (struct str){buffer->bytes, buffer->count};
}
