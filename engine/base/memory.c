/* memory.c: the one place that meets the end of memory. */
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void memory_exhausted(size_t size) {
    fprintf(stderr, "dossier: out of memory (%zu bytes asked for)\n", size);
    abort();
}

void *memory_resize(void *old, size_t size) {
    void *memory = realloc(old, size > 0 ? size : 1);
    if (memory == NULL) {
        memory_exhausted(size);
    }
    return memory;
}

void *memory_zeroed(size_t size) {
    void *memory = calloc(1, size > 0 ? size : 1);
    if (memory == NULL) {
        memory_exhausted(size);
    }
    return memory;
}

size_t memory_product(size_t count, size_t size) {
    size_t product;
    if (__builtin_mul_overflow(count, size, &product)) {
        memory_exhausted((size_t)-1);
    }
    return product;
}
