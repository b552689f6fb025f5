/* coding_internal.h: shared by coding.c (finds matches, writes bits), code_header.c (the code's description at the
 * head of a block) and join.c (puts streams together); for them alone.
 *
 * Bits are collected in a word, lowest bit first, and written when it is full. */
#ifndef BASE_CODING_PARTS_H
#define BASE_CODING_PARTS_H

#include "base/coding.h"

enum {
    LONGEST_CODE = 15,
    SHORTEST_MATCH = 3,
    LONGEST_MATCH = 258,
    LONGEST_DISTANCE = 32768,
    END_OF_BLOCK = 256,
    FIRST_LENGTH = 257, /* symbol of the shortest match */
    LENGTHS = 29,       /* symbols of matches */
};

/* The code of one symbol. Deflate sends codes from their highest bit on: `bits` is reversed, so that its lowest bit
 * is written first. */
struct code {
    uint16_t bits;  /* the first to be written is the lowest */
    uint8_t length; /* in bits; 0: the symbol is never used */
};

/* Canonical codes (RFC 1951, 3.2.2) of these lengths; a symbol of length 0 is left as it is. */
void codes_make(const uint8_t *lengths, size_t count, struct code *codes);

/* A match at distance 1, which repeats the byte before, length and distance in one string of bits. */
struct repeat {
    uint64_t bits;
    uint8_t bit_count; /* 0: the code has none */
};

/* The cheapest way on from one byte: coding.c fills an array of them from the end to the beginning. */
struct step {
    uint32_t cost;   /* in bits, to the end */
    uint32_t before; /* a place with the same hash, plus 1; 0: none */
    uint16_t length; /* 1: a literal */
    uint16_t distance;
};

struct coding {
    struct code literals[CODING_LITERALS], distances[CODING_DISTANCES];
    uint8_t length_symbol[LONGEST_MATCH + 1], length_cost[LONGEST_MATCH + 1];
    struct repeat repeats[LONGEST_MATCH + 1]; /* by length */
    struct bits header_bits;
    struct coded header; /* head of a block: its kind, and the code */
    struct step *steps;  /* room to find the way in */
    size_t room;
};

/* A string of bits being written: whole words in `bits`, up to 63 more held. bits_reserve comes first, bits_put
 * doesn't grow; `count` is at most 64 bits and `value` has none above them. */
struct bit_writer {
    struct bits *bits;
    uint64_t held;
    unsigned held_count;
};
/* Room for so many words more, so that bits_put needn't ask; aborts when memory is out. */
void bits_reserve(struct bits *bits, size_t words);
/* Appends the lowest `count` bits of the value, the lowest first. */
void bits_put(struct bit_writer *writer, uint64_t value, unsigned count);
/* Writes the held bits; gives back the string that began when `bits` had `first` words. Its size and Adler-32 are
 * those of no bytes, and the caller's to set. */
struct coded bits_end(struct bit_writer *writer, size_t first);

/* code_header.c: appends the head of a block, the last of its stream: kind of block and code. A string of no bytes. */
struct coded code_header_add(const struct code_lengths *lengths, struct bits *bits);

#endif
