/* arena.h: memory that is given back all at once.
 *
 * One document, one arena: compose allocates and never frees, the worker resets the arena for the next document.
 * What must outlive the document (messages, the manifest) is allocated from another arena.
 *
 *     struct arena *arena = arena_create();
 *     for each document {
 *         … arena_alloc(arena, size) …      valid until the reset
 *         arena_reset(arena);
 *     }
 *     arena_destroy(arena);
 *
 * Out of memory, and a size that overflows, end the program with a message (base/memory.h), so no caller tests for
 * NULL. Under AddressSanitizer all that isn't handed out is poisoned: a pointer kept across a reset is found. An
 * arena belongs to one thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena;

/* Empty; the first allocation takes its first block from the heap. The caller destroys it. */
struct arena *arena_create(void);
/* Gives all its memory back to the heap. NULL is allowed. */
void arena_destroy(struct arena *arena);
/* Ends the life of all allocations and keeps the blocks for the next use: a second document costs no malloc. */
void arena_reset(struct arena *arena);

/* Memory of the arena: zeroed, aligned for any type, never moved. A size of 0 gives a valid pointer of its own. */
void *arena_alloc(struct arena *arena, size_t size);
/* `count` elements of `size` bytes, zeroed; aborts when the product overflows. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);
/* One object, or an array of `count`, of a type: zeroed. */
#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))
/* A copy of the bytes, aligned for any type; `bytes` may be NULL when size is 0. Strings: str_copy, str_c. */
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

/* A place to go back to: arena_release ends the life of everything allocated after the mark was taken, for scratch
 * work inside a document. Marks are released in reverse order (a stack); a mark taken before a reset is void after
 * it. */
struct arena_mark {
    void *block;
    size_t used;
};
/* As the arena stands now. */
struct arena_mark arena_mark(const struct arena *arena);
/* Its blocks are kept for what is allocated next. */
void arena_release(struct arena *arena, struct arena_mark mark);

/* Bytes handed out since the last reset, padding included: for tests and --verbose. */
size_t arena_used(const struct arena *arena);

/* Makes room for one more element in an array that grows inside the arena:
 *
 *     ARENA_GROW(arena, list->items, list->count, list->capacity);
 *     list->items[list->count++] = item;
 *
 * Begins with 8 elements and doubles. The arena's newest allocation grows where it stands; any other is copied, and
 * the old array stays as waste until the reset, so pointers to elements don't outlive a growth. New elements are
 * zeroed. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);
#define ARENA_GROW(arena, items, count, capacity)                                                                      \
    ((items) = arena_grow((arena), (items), (count), &(capacity), sizeof *(items)))

#endif
