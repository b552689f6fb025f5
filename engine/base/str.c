/* str.c: views and their copies. ASCII white space is that of the C locale, whatever the program's. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

struct str str_from(const char *c_string) {
    return c_string != NULL ? (struct str){c_string, strlen(c_string)} : STR_NONE;
}

bool str_eq(struct str a, struct str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str a, const char *c_string) {
    return str_eq(a, str_from(c_string));
}

int str_compare(struct str a, struct str b) {
    const size_t common = a.n < b.n ? a.n : b.n;
    const int order = common > 0 ? memcmp(a.p, b.p, common) : 0;
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix) {
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix) {
    return s.n >= suffix.n && str_eq(str_slice(s, s.n - suffix.n, s.n), suffix);
}

size_t str_find(struct str s, struct str part) {
    if (part.n == 0) {
        return 0;
    }
    for (size_t at = 0; at + part.n <= s.n; at++) {
        const char *hit = memchr(s.p + at, part.p[0], s.n - part.n - at + 1);
        if (hit == NULL) {
            return s.n;
        }
        at = (size_t)(hit - s.p);
        if (memcmp(hit, part.p, part.n) == 0) {
            return at;
        }
    }
    return s.n;
}

size_t str_find_byte(struct str s, char byte) {
    const char *hit = s.n > 0 ? memchr(s.p, byte, s.n) : NULL;
    return hit != NULL ? (size_t)(hit - s.p) : s.n;
}

struct str str_slice(struct str s, size_t from, size_t to) {
    if (to > s.n) {
        to = s.n;
    }
    if (from >= to) {
        return s.n > 0 ? (struct str){s.p + to, 0} : s;
    }
    return (struct str){s.p + from, to - from};
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s) {
    while (s.n > 0 && is_space(s.p[s.n - 1])) {
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    return s;
}

struct str str_split(struct str s, char separator, struct str *rest) {
    const size_t at = str_find_byte(s, separator);
    *rest = at < s.n ? (struct str){s.p + at + 1, s.n - at - 1} : STR_NONE;
    return (struct str){s.p, at};
}

bool str_to_int(struct str s, int64_t *out) {
    bool negative = s.n > 0 && s.p[0] == '-';
    const size_t first = negative || (s.n > 0 && s.p[0] == '+') ? 1 : 0;
    if (first == s.n) {
        return false;
    }
    int64_t value = 0;
    for (size_t i = first; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
        const int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value)) {
            return false;
        }
    }
    *out = value;
    return true;
}

struct str str_copy(struct arena *arena, struct str s) {
    return s.p != NULL ? (struct str){arena_copy(arena, s.p, s.n), s.n} : s;
}

char *str_c(struct arena *arena, struct str s) {
    const size_t n = str_find_byte(s, '\0');
    char *copy = arena_alloc(arena, n + 1);
    if (n > 0) {
        memcpy(copy, s.p, n);
    }
    return copy;
}

struct str str_join(struct arena *arena, struct str a, struct str b) {
    char *joined = arena_alloc(arena, a.n + b.n);
    if (a.n > 0) {
        memcpy(joined, a.p, a.n);
    }
    if (b.n > 0) {
        memcpy(joined + a.n, b.p, b.n);
    }
    return (struct str){joined, a.n + b.n};
}

/* Nearly all are short and formatted once. */
struct str str_printf(struct arena *arena, const char *format, ...) {
    char room[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int length = vsnprintf(room, sizeof room, format, args);
    va_end(args);
    const size_t n = length > 0 ? (size_t)length : 0;
    char *text = arena_alloc(arena, n + 1);
    if (n < sizeof room) {
        memcpy(text, room, n);
    } else {
        vsnprintf(text, n + 1, format, again);
    }
    va_end(again);
    return (struct str){text, n};
}

struct str str_int(struct arena *arena, int64_t n) {
    char digits[20];
    char *end = digits + sizeof digits, *begin = end;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        *--begin = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (n < 0) {
        *--begin = '-';
    }
    return str_copy(arena, (struct str){begin, (size_t)(end - begin)});
}
