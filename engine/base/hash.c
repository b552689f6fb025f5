/* hash.c: XXH3 by libxxhash, and a map with open addressing and linear probing.
 *
 * 1. The capacity is 0 or a power of two.
 * 2. The map is at most half full, so a probe meets a free slot.
 *
 * The map is looked up, never traversed, so its order can't leak into output. */
#include "base/hash.h"

#include <assert.h>
#include <stdlib.h>
#include <xxhash.h>

#include "base/memory.h"

static struct hash from_xxh(XXH128_hash_t h) {
    return (struct hash){h.high64, h.low64};
}

struct hash hash_bytes(const void *bytes, size_t count) {
    return from_xxh(XXH3_128bits(bytes, count));
}

struct hash_stream {
    XXH3_state_t *state;
};

struct hash_stream *hash_begin(void) {
    struct hash_stream *stream = memory_resize(NULL, sizeof *stream);
    stream->state = XXH3_createState();
    if (stream->state == NULL) {
        abort(); /* no memory for 576 bytes */
    }
    XXH3_128bits_reset(stream->state);
    return stream;
}

void hash_add(struct hash_stream *stream, const void *bytes, size_t count) {
    if (count > 0) {
        XXH3_128bits_update(stream->state, bytes, count);
    }
}

struct hash hash_end(struct hash_stream *stream) {
    const struct hash hash = from_xxh(XXH3_128bits_digest(stream->state));
    XXH3_freeState(stream->state);
    free(stream);
    return hash;
}

bool hash_eq(struct hash a, struct hash b) {
    return a.high == b.high && a.low == b.low;
}

struct str hash_hex(struct arena *arena, struct hash hash) {
    static const char digits[] = "0123456789abcdef";
    char *hex = arena_alloc(arena, 32);
    for (unsigned i = 0; i < 16; i++) {
        hex[15 - i] = digits[hash.high >> (4 * i) & 15];
        hex[31 - i] = digits[hash.low >> (4 * i) & 15];
    }
    return (struct str){hex, 32};
}

struct strmap_slot {
    struct str key;
    uint64_t hash;
    uint32_t value;
    bool taken;
};

void strmap_init(struct strmap *map, struct arena *arena) {
    *map = (struct strmap){.arena = arena};
}

/* The slot that holds the key, or the free one where it belongs. */
static struct strmap_slot *slot_of(const struct strmap *map, struct str key, uint64_t hash) {
    const size_t mask = map->capacity - 1;
    assert(map->capacity > 0 && (map->capacity & mask) == 0); /* invariant 1 */
    size_t i = hash & mask;
    while (map->slots[i].taken && !(map->slots[i].hash == hash && str_eq(map->slots[i].key, key))) {
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static void double_slots(struct strmap *map) {
    const struct strmap old = *map;
    map->capacity = old.capacity > 0 ? old.capacity * 2 : 16;
    map->slots = ARENA_ARRAY(map->arena, struct strmap_slot, map->capacity);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].taken) {
            *slot_of(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
        }
    }
}

uint32_t *strmap_put(struct strmap *map, struct str key, bool *found) {
    if (map->count * 2 >= map->capacity) {
        double_slots(map);
    }
    const uint64_t hash = XXH3_64bits(key.p, key.n);
    struct strmap_slot *slot = slot_of(map, key, hash);
    *found = slot->taken;
    if (!slot->taken) {
        *slot = (struct strmap_slot){.key = key, .hash = hash, .taken = true};
        map->count++;
    }
    assert(map->count * 2 <= map->capacity); /* invariant 2 */
    return &slot->value;
}

const uint32_t *strmap_get(const struct strmap *map, struct str key) {
    if (map->count == 0) {
        return NULL;
    }
    const struct strmap_slot *slot = slot_of(map, key, XXH3_64bits(key.p, key.n));
    return slot->taken ? &slot->value : NULL;
}
