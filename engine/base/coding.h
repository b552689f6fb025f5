/* coding.h: streams deflated by a code that is known beforehand.
 *
 * A deflate block is a Huffman code and then a string of bits (RFC 1951). Where one knows what bytes are like, the code may be fixed: then
 * nothing needs to be counted, and what many streams hold can be turned into bits once, since strings of bits can be joined:
 *
 *     zlib header | stored blocks: what is different in each | one block: the code, bits …, the end code | Adler-32
 *
 * The bits of some bytes depend on the bytes and the code alone, so a stream doesn't depend on what was made before. */
#ifndef BASE_CODING_H
#define BASE_CODING_H

#include "base/arena.h"
#include "base/buffer.h"

enum { CODING_LITERALS = 286, CODING_DISTANCES = 30 };

/* Lengths in bits of the codes of literals, matches and distances; 0: never used. Data: see tests/bench/codes.c, which makes them. */
struct code_lengths {
    uint8_t literals[CODING_LITERALS], distances[CODING_DISTANCES];
};

/* A code ready for use, and room to work in. */
struct coding;
struct coding *coding_create_in(struct arena *arena, const struct code_lengths *lengths);
void coding_release(struct coding *coding);

/* Bits, the lowest of the first word first. */
struct bits {
    uint64_t *words;
    size_t count, capacity; /* in words */
};
void bits_release(struct bits *bits);

/* Some bytes, coded. */
struct piece {
    uint32_t first;     /* word of `bits` */
    uint32_t bit_count; /* in the last word, bits behind the end are 0 */
    uint32_t size;      /* of the bytes meant */
    uint32_t adler;     /* their Adler-32 */
};
struct piece coding_add(struct coding *coding, struct str bytes, struct bits *bits);
/* How often each symbol would be used, added to the counts: for the making of codes. */
struct code_counts {
    uint64_t literals[CODING_LITERALS], distances[CODING_DISTANCES];
};
void coding_count(struct coding *coding, struct str bytes, struct code_counts *counts);

/* A zlib stream being joined. Order of calls: join_begin, join_stored, join_open_block, then whatever comes, join_end. */
struct join {
    const struct coding *coding;
    struct buffer *out;
    uint64_t held; /* bits not written yet */
    unsigned held_count;
    uint32_t adler;
    size_t size; /* of the bytes meant */
};
void join_begin(struct join *join, const struct coding *coding, struct buffer *out); /* appends */
void join_stored(struct join *join, struct str bytes);
void join_open_block(struct join *join);
void join_piece(struct join *join, const struct bits *bits, const struct piece *piece);
void join_literals(struct join *join, struct str bytes); /* as they stand, without matches */
void join_byte(struct join *join, uint8_t byte);         /* the same for one */
void join_zeros(struct join *join, size_t count);        /* bytes of 0, by matches where these are many */
void join_end(struct join *join);

#endif
