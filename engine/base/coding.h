/* coding.h: deflate with a code that is fixed beforehand.
 *
 * A deflate block is a Huffman code and then a string of bits under it (RFC 1951). Where the kind of data is known,
 * one code serves all streams: nothing needs to be counted, and data that many streams share can be coded once,
 * since strings of bits can be joined:
 *
 *     zlib header | stored blocks: data of this stream alone | one block: the code, bits …, end of block | Adler-32
 *
 * The outlines of glyphs are coded this way (font/outlines.c): each once a run, whatever the number of fonts that
 * hold it. The bits depend on the bytes and the code alone, never on what was coded before, so archives are the same
 * in every run.
 *
 * Order of calls: coding_create_in; coding_add for data that is shared; then for each stream join_begin,
 * join_stored, join_open_block, any of join_coded, join_literals, join_byte, join_zeros, and join_end. */
#ifndef BASE_CODING_H
#define BASE_CODING_H

#include "base/arena.h"
#include "base/buffer.h"

enum { CODING_LITERALS = 286, CODING_DISTANCES = 30 };

/* Lengths in bits, 1 to 15, of the codes of literals and match lengths, and of distances (RFC 1951, 3.2.5); 0: the
 * symbol is never used. All 256 literals and the end of block must have one. tests/bench/codes.c makes such tables
 * from samples. */
struct code_lengths {
    uint8_t literals[CODING_LITERALS], distances[CODING_DISTANCES];
};

/* A code ready for use, and scratch memory for finding matches. Not for two threads at once. */
struct coding;
/* Prepares the code; `lengths` isn't kept. The struct is the arena's, its scratch memory the heap's: coding_release. */
struct coding *coding_create_in(struct arena *arena, const struct code_lengths *lengths);
/* Frees the scratch memory, before the arena goes; the code isn't to be used any more. */
void coding_release(struct coding *coding);

/* A string of bits on the heap, in words, lowest bit first; begins as {0}, ends with bits_release. */
struct bits {
    uint64_t *words;
    size_t count, capacity; /* in words */
};
/* Frees the words; it is {0} again. */
void bits_release(struct bits *bits);

/* A string of bytes, coded: where its bits stand in a `struct bits`. */
struct coded {
    uint32_t first;     /* word of `bits` */
    uint32_t bit_count; /* in the last word, bits behind the end are 0 */
    uint32_t size;      /* of the bytes meant */
    uint32_t adler;     /* their Adler-32 */
};
/* Codes the bytes (at most 4 GiB) and appends the bits to `bits`. The result indexes `bits` and stays valid as it
 * grows. */
struct coded coding_add(struct coding *coding, struct str bytes, struct bits *bits);
/* Codes bytes whose end, from `head` on, stands right before them in every stream: as matches, which take a few bits. */
struct coded coding_add_again(struct coding *coding, struct str bytes, size_t head, struct bits *bits);
/* How often each symbol occurs in the coding of some bytes: added to `counts`, for making a code
 * (tests/bench/codes.c). */
struct code_counts {
    uint64_t literals[CODING_LITERALS], distances[CODING_DISTANCES];
};
/* Adds them; the counts are the caller's, and begin as {0}. */
void coding_count(struct coding *coding, struct str bytes, struct code_counts *counts);

/* A zlib stream (RFC 1950) being written to `out`. The caller reads nothing in it; join_end leaves nothing to
 * release. */
struct join {
    const struct coding *coding;
    struct buffer *out;
    uint64_t held; /* bits not written yet */
    unsigned held_count;
    uint32_t adler;
    size_t size; /* of the bytes meant */
};
/* Begins a stream behind the content of `out`; both pointers are borrowed until join_end. */
void join_begin(struct join *join, const struct coding *coding, struct buffer *out);
/* Bytes as they are, in stored blocks: only before join_open_block. */
void join_stored(struct join *join, struct str bytes);
/* Opens the one compressed block, the stream's last; all that follows is in it. */
void join_open_block(struct join *join);
/* Appends the bits of coding_add, of this very coding. */
void join_coded(struct join *join, const struct bits *bits, const struct coded *coded);
/* Appends bytes as literals, without a search for matches: for data of this stream alone. */
void join_literals(struct join *join, struct str bytes);
/* The same for one byte. */
void join_byte(struct join *join, uint8_t byte);
/* `count` bytes of 0, by matches where these are shorter than literals. */
void join_zeros(struct join *join, size_t count);
/* End of block, padding to a byte, Adler-32 of all the bytes. */
void join_end(struct join *join);

#endif
