/* hash.h: identity of content, and a map by strings. XXH3 of 128 bits (libxxhash) is fast and spreads well, but
 * anybody can make two inputs with one hash: it is not for secrets, nor against forgery. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"
#include "base/str.h"

/* Of 128 bits. Callers take zeros for “none”. */
struct hash {
    uint64_t high, low;
};

/* The hash of `count` bytes; `bytes` may be NULL when count is 0. */
struct hash hash_bytes(const void *bytes, size_t count);
/* The same over many parts: hash_begin, hash_add …, hash_end, which gives back the hash and releases the stream. The
 * parts count as one string: add lengths or separators where their borders matter. */
struct hash_stream;
/* Never NULL: out of memory aborts. */
struct hash_stream *hash_begin(void);
/* Nothing is kept of the bytes; `bytes` may be NULL when count is 0. */
void hash_add(struct hash_stream *stream, const void *bytes, size_t count);
/* The hash of all parts. The stream is gone. */
struct hash hash_end(struct hash_stream *stream);
/* Equal in both halves? */
bool hash_eq(struct hash a, struct hash b);
/* 32 lower-case hexadecimal digits, the high half first, in the arena. */
struct str hash_hex(struct arena *arena, struct hash hash);

/* A map from strings to numbers of 32 bits, nearly always indices into an array beside it. It lives in an arena and
 * has no order; keys are not copied and must live as long as the map. No key is ever removed. */
struct strmap {
    struct arena *arena;
    struct strmap_slot *slots;
    size_t count, capacity;
};
/* An empty map; takes no memory until the first strmap_put. */
void strmap_init(struct strmap *map, struct arena *arena);
/* The address of the key's value, valid until the next put; a new key's value is 0. *found: whether the key was
 * there. */
uint32_t *strmap_put(struct strmap *map, struct str key, bool *found);
/* The same without adding: borrowed, NULL when the key isn't there. */
const uint32_t *strmap_get(const struct strmap *map, struct str key);

#endif
