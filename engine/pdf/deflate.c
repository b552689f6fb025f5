/* deflate.c: zlib streams by libdeflate. A compressor takes some hundred KB and is kept for the run. */
#include "pdf/internal.h"

#include <stdlib.h>

static struct libdeflate_compressor *compressor_of(struct deflate *deflate, int32_t level) {
    struct libdeflate_compressor **compressor = &deflate->compressors[level];
    if (!*compressor) {
        *compressor = libdeflate_alloc_compressor(level);
    }
    if (!*compressor) {
        abort(); /* no memory */
    }
    return *compressor;
}

void deflate_append(struct deflate *deflate, int32_t level, struct str bytes, struct buffer *out) {
    struct libdeflate_compressor *compressor = compressor_of(deflate, level);
    const size_t bound = libdeflate_zlib_compress_bound(compressor, bytes.n);
    char *room = buffer_reserve(out, bound);
    out->count += libdeflate_zlib_compress(compressor, bytes.p, bytes.n, room, bound);
}

struct str deflate_in(struct deflate *deflate, struct arena *arena, int32_t level, struct str bytes) {
    buffer_clear(&deflate->room);
    deflate_append(deflate, level, bytes, &deflate->room);
    return str_copy(arena, buffer_str(&deflate->room));
}

void deflate_release(struct deflate *deflate) {
    for (size_t i = 0; i < sizeof deflate->compressors / sizeof *deflate->compressors; i++) {
        libdeflate_free_compressor(deflate->compressors[i]);
    }
    buffer_release(&deflate->room);
}
