/* str.h: strings as views.
 *
 * A struct str is a pointer and a length of UTF-8 bytes. It owns nothing: it points into an arena, a file that was
 * read whole, or a literal, and is never written through. A view needn't end in NUL; str_c makes a C string of it.
 *
 * STR_NONE (p NULL) is the string that isn't there; "" has a pointer. Both have n = 0 and are equal to str_eq. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Passed by value. */
struct str {
    const char *p;
    size_t n; /* bytes; p is NULL only when it is 0 */
};

/* A view of a string literal, whose length the compiler knows; STR_INIT is the same as a constant initialiser. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    { "" literal, sizeof(literal) - 1 }
#define STR_NONE ((struct str){NULL, 0})

/* For printf's "%.*s": printf("%.*s", STR_ARG(s)). Evaluates s twice. */
#define STR_ARG(s) (int)(s).n, (s).p

/* A view of a C string; NULL gives STR_NONE. */
struct str str_from(const char *c_string);
/* Equal bytes? */
bool str_eq(struct str a, struct str b);
/* The same with a C string. */
bool str_is(struct str a, const char *c_string);
/* By bytes, which in UTF-8 is by code point: <0, 0, >0. */
int str_compare(struct str a, struct str b);
/* Does the string begin with these bytes? With none of them always. */
bool str_starts(struct str s, struct str prefix);
/* Does it end with them? */
bool str_ends(struct str s, struct str suffix);

/* Offset of the first occurrence, or s.n where there is none. An empty `part` is found at 0. */
size_t str_find(struct str s, struct str part);
/* The same of a single byte. */
size_t str_find_byte(struct str s, char byte);

/* From byte `from` up to but not including byte `to`, both clipped to the string. A view. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Without ASCII white space at both ends. A view. */
struct str str_trim(struct str s);
/* The string up to the first `separator`; *rest becomes the string behind it, STR_NONE when there is none. In a
 * loop:
 *
 *     for (struct str rest = line; rest.p != NULL;) {
 *         struct str field = str_split(rest, ',', &rest); */
struct str str_split(struct str s, char separator, struct str *rest);

/* Reads all of the string as decimal digits with an optional sign. False, and *out as it was, when it isn't one or
 * is out of range. */
bool str_to_int(struct str s, int64_t *out);

/* A copy in the arena, without a NUL behind it; STR_NONE stays STR_NONE. */
struct str str_copy(struct arena *arena, struct str s);
/* A copy in the arena that ends in NUL, cut off at a NUL in the string. Never NULL: STR_NONE gives "". */
char *str_c(struct arena *arena, struct str s);
/* Two strings joined, in the arena. */
struct str str_join(struct arena *arena, struct str a, struct str b);
/* As printf writes it, in the arena, of any length, and with a NUL behind it that isn't counted. */
struct str str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The number in decimal digits, with a - where it is negative, in the arena. */
struct str str_int(struct arena *arena, int64_t n);

#endif
