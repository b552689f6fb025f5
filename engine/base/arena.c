/* arena.c: a chain of blocks, filled from the front.
 *
 *     first ──► block ──► block ──► block ──► NULL
 *                           ▲ current
 *     a block:  │ in use │ used before, dirty │ never used, zeros │
 *               0        used                 touched             size
 *
 * A reset moves `current` back to the front and keeps the chain, so a worker's second document costs no malloc. A
 * request that doesn't fit into the next block gets a block of its own in front of it; the rest of the current one
 * is waste.
 *
 * A new block is all zeros, and bytes from `touched` on stay so: only those below it are cleared when they are handed
 * out again, and a large table of which little is used costs little.
 *
 * 1. used <= touched <= size in the current block; blocks behind it count as empty, whatever their `used` says.
 * 2. `used` is a multiple of ALIGNMENT, so every allocation is aligned.
 * 3. A mark is released at most once, and not after an earlier one: its `used` is not above the block's.
 *
 * Under AddressSanitizer everything that isn't handed out is poisoned, and a red zone stands behind each allocation. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(memory, size)   ASAN_POISON_MEMORY_REGION((memory), (size))
#define UNPOISON(memory, size) ASAN_UNPOISON_MEMORY_REGION((memory), (size))
enum { RED_ZONE = 16 };
#else
#define POISON(memory, size)   ((void)(memory), (void)(size))
#define UNPOISON(memory, size) ((void)(memory), (void)(size))
enum { RED_ZONE = 0 };
#endif

enum { ALIGNMENT = alignof(max_align_t), SMALLEST_BLOCK = 1 << 14, LARGEST_BLOCK = 1 << 20 };

struct block {
    struct block *next;
    size_t size, used;
    size_t touched; /* bytes that were handed out at some time */
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *first, *current;
    size_t next_size; /* of the next block: doubles up to LARGEST_BLOCK */
};

static size_t aligned(size_t size) {
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

struct arena *arena_create(void) {
    struct arena *arena = memory_resize(NULL, sizeof *arena);
    *arena = (struct arena){.next_size = SMALLEST_BLOCK};
    return arena;
}

void arena_destroy(struct arena *arena) {
    if (arena == NULL) {
        return;
    }
    for (struct block *block = arena->first, *next; block != NULL; block = next) {
        next = block->next;
        UNPOISON(block->bytes, block->size);
        free(block);
    }
    free(arena);
}

void arena_reset(struct arena *arena) {
    arena_release(arena, (struct arena_mark){NULL, 0});
}

/* A new block between the current one and its successor. */
static struct block *insert_block(struct arena *arena, size_t need) {
    size_t size = arena->next_size;
    if (arena->next_size < LARGEST_BLOCK) {
        arena->next_size *= 2;
    }
    if (size < need) {
        size = need;
    }
    struct block *block = memory_zeroed(sizeof *block + size);
    struct block **link = arena->current != NULL ? &arena->current->next : &arena->first;
    block->next = *link;
    block->size = size;
    *link = block;
    POISON(block->bytes, size);
    return block;
}

/* The next block that holds `need` bytes becomes the current one. */
static struct block *advance(struct arena *arena, size_t need) {
    struct block *block = arena->current != NULL ? arena->current->next : arena->first;
    if (block == NULL || block->size < need) {
        block = insert_block(arena, need);
    }
    block->used = 0;
    arena->current = block;
    return block;
}

/* Takes `more` bytes behind those in use. Gives back how many of them, from the first on, may not be zeros. */
static size_t take(struct block *block, size_t more) {
    const size_t begin = block->used, dirty = block->touched > begin ? block->touched - begin : 0;
    block->used += more;
    if (block->touched < block->used) {
        block->touched = block->used;
    }

    assert(block->touched <= block->size); /* invariant 1 */
    return dirty;
}

static void clear(char *memory, size_t size, size_t dirty) {
    memset(memory, 0, size < dirty ? size : dirty);
}

/* Memory whose first *dirty bytes may not be zeros. */
static char *allocate(struct arena *arena, size_t size, size_t *dirty) {
    const size_t need = aligned(size > 0 ? size : 1) + RED_ZONE;
    if (need < size) {
        memory_product(SIZE_MAX, 2); /* says how much, and aborts */
    }
    struct block *block = arena->current;
    if (block == NULL || block->size - block->used < need) {
        block = advance(arena, need);
    }
    char *memory = block->bytes + block->used;
    *dirty = take(block, need);
    UNPOISON(memory, size);
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size) {
    size_t dirty;
    char *memory = allocate(arena, size, &dirty);
    clear(memory, size, dirty);
    return memory;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size) {
    return arena_alloc(arena, memory_product(count, size));
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size) {
    size_t dirty;
    void *copy = allocate(arena, size, &dirty);
    if (size > 0) {
        memcpy(copy, bytes, size);
    }
    return copy;
}

struct arena_mark arena_mark(const struct arena *arena) {
    const struct block *block = arena->current;
    return (struct arena_mark){arena->current, block != NULL ? block->used : 0};
}

void arena_release(struct arena *arena, struct arena_mark mark) {
    struct block *kept = mark.block;
#ifdef ARENA_POISONS
    for (struct block *block = kept ? kept->next : arena->first; block; block = block->next) {
        POISON(block->bytes, block->size);
    }
    if (kept) {
        POISON(kept->bytes + mark.used, kept->size - mark.used);
    }
#endif

    arena->current = kept;
    if (kept != NULL) {
        assert(mark.used % ALIGNMENT == 0); /* invariant 2 */
        assert(mark.used <= kept->used);    /* invariant 3 */
        kept->used = mark.used;
    }
}

size_t arena_used(const struct arena *arena) {
    size_t used = 0;
    if (arena->current == NULL) {
        return 0;
    }
    for (const struct block *block = arena->first; block != NULL; block = block->next) {
        used += block->used;
        if (block == arena->current) {
            break;
        }
    }
    return used;
}

/* Lengthens the arena's newest allocation where it stands; false when something lies behind it or the block ends. */
static bool extend(struct arena *arena, char *memory, size_t old_size, size_t new_size) {
    struct block *block = arena->current;
    const size_t old_need = aligned(old_size) + RED_ZONE, new_need = aligned(new_size) + RED_ZONE;
    if (block == NULL || memory == NULL || memory + old_need != block->bytes + block->used) {
        return false;
    }
    if (block->size - block->used < new_need - old_need) {
        return false;
    }
    const size_t behind = block->used, dirty = take(block, new_need - old_need);
    UNPOISON(memory, new_size);
    /* The old end's padding and red zone lie behind old_size, too, and may not be zeros. */
    clear(memory + old_size, new_size - old_size, (size_t)(block->bytes + behind - (memory + old_size)) + dirty);
    return true;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) {
        return items;
    }
    const size_t old_capacity = *capacity;
    *capacity = old_capacity > 0 ? memory_product(old_capacity, 2) : 8;
    const size_t new_size = memory_product(*capacity, size);
    if (extend(arena, items, old_capacity * size, new_size)) {
        return items;
    }
    void *grown = arena_alloc(arena, new_size);
    if (count > 0) {
        memcpy(grown, items, count * size);
    }
    return grown;
}
