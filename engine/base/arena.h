/* arena.h: memory that is given back all at once.
 *
 * One document, one arena: compose allocates and never frees, the worker resets it for the next document. Out of memory
 * aborts with a message, so no caller tests for NULL. Poisoned behind the top under AddressSanitizer. Not for threads. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena); /* NULL is allowed */
/* Forgets all allocations and keeps the memory for the next use. */
void arena_reset(struct arena *arena);

/* Zeroed, aligned for any type. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* `count` elements of `size` bytes, zeroed; aborts when the product overflows. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* Everything allocated after the mark is given back by arena_release. */
struct arena_mark {
    void *block;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/* Bytes handed out since the last reset, for tests and --verbose. */
size_t arena_used(const struct arena *arena);

/* Makes room for one more element in an array that grows inside the arena (doubling; the old one stays as waste):
 *     ARENA_GROW(arena, list->items, list->count, list->capacity);
 *     list->items[list->count++] = item; */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);
#define ARENA_GROW(arena, items, count, capacity)                                                                      \
    ((items) = arena_grow((arena), (items), (count), &(capacity), sizeof *(items)))

#endif
