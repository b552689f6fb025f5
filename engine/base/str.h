/* str.h: strings as views.
 *
 * A struct str is a pointer and a length of UTF-8 bytes. It owns nothing: it points into an arena, a file that was read
 * whole, or a literal, and is never written through. A view needn't end in NUL; str_c gives a copy that does. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
    const char *p;
    size_t n;
};

/* A view of a string literal; STR_INIT is the same as a constant initialiser. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    { "" literal, sizeof(literal) - 1 }
#define STR_NONE ((struct str){NULL, 0})

/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p

struct str str_from(const char *c_string); /* NULL gives STR_NONE */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *c_string);
int str_compare(struct str a, struct str b); /* by bytes, which for UTF-8 is by code point: <0, 0, >0 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Offset of the first occurrence, or s.n where there is none. */
size_t str_find(struct str s, struct str part);
size_t str_find_byte(struct str s, char byte);

/* From byte `from` up to but not including byte `to`; both are clipped to the string. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* What stands before the first `separator`; *rest becomes what follows it (STR_NONE at the end). */
struct str str_split(struct str s, char separator, struct str *rest);

/* Decimal digits with an optional sign, all of the string, in range: true and *out; else false. */
bool str_to_int(struct str s, int64_t *out);

/* Copies that live in the arena. str_c ends in NUL and has NUL bytes inside cut off with what follows. */
struct str str_copy(struct arena *arena, struct str s);
char *str_c(struct arena *arena, struct str s);
struct str str_join(struct arena *arena, struct str a, struct str b);
struct str str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_int(struct arena *arena, int64_t n);

#endif
