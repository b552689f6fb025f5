/* hash.h: identity of content. XXH3 of 128 bits (libxxhash): not for secrets. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"
#include "base/str.h"

struct hash {
    uint64_t high, low;
};

struct hash hash_bytes(const void *bytes, size_t count);
/* Incremental: begin, add …, end (which releases it). */
struct hash_stream;
struct hash_stream *hash_begin(void);
void hash_add(struct hash_stream *stream, const void *bytes, size_t count);
struct hash hash_end(struct hash_stream *stream);
bool hash_eq(struct hash a, struct hash b);
struct str hash_hex(struct arena *arena, struct hash hash); /* 32 digits */

/* A map from strings to numbers, in an arena; keys are not copied. */
struct strmap {
    struct arena *arena;
    struct strmap_slot *slots;
    size_t count, capacity;
};
void strmap_init(struct strmap *map, struct arena *arena);
/* The value's place; *found tells whether the key was there (new values are 0). Valid until the next put. */
uint32_t *strmap_put(struct strmap *map, struct str key, bool *found);
/* Borrowed, NULL when absent. */
const uint32_t *strmap_get(const struct strmap *map, struct str key);

#endif
