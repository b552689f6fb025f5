/* memory.h: the heap, for arena and buffer alone. Out of memory ends the program with a message: a batch that can't
 * hold one document has nothing to say about the next. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* As realloc, but never NULL: aborts. The caller frees with free(). */
void *memory_resize(void *old, size_t size);
/* As calloc, but never NULL: zeros, without touching memory that the system gives as zeros. */
void *memory_zeroed(size_t size);
/* count × size; aborts when the product overflows. */
size_t memory_product(size_t count, size_t size);

#endif
