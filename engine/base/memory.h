/* memory.h: the heap, for arena and buffer (and the few tables that grow by themselves). Out of memory ends the
 * program with a message: a batch that can't hold one document can't hold the next. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* As realloc (NULL: malloc), but never NULL: aborts instead. The caller frees with free(). */
void *memory_resize(void *old, size_t size);
/* As calloc, but never NULL: zeros, without touching pages that the system gives as zeros. The caller frees with
 * free(). */
void *memory_zeroed(size_t size);
/* count × size; aborts when the product overflows, as an allocation of that size would. */
size_t memory_product(size_t count, size_t size);

#endif
