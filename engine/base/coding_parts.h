/* coding_parts.h: what coding.c, code_header.c and join.c share; for them alone. */
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

struct code {
    uint16_t bits; /* the first to be written is the lowest */
    uint8_t length;
};

/* Canonical codes (RFC 1951, 3.2.2) of these lengths. */
void codes_make(const uint8_t *lengths, size_t count, struct code *codes);

/* A match of the byte before. */
struct run {
    uint64_t bits;
    uint8_t bit_count; /* 0: the code has none */
};

/* The cheapest way on from a byte. */
struct step {
    uint32_t cost;   /* in bits, to the end */
    uint32_t before; /* a place, plus 1, that begins alike; 0: none */
    uint16_t length; /* 1: a literal */
    uint16_t distance;
};

struct coding {
    struct code literals[CODING_LITERALS], distances[CODING_DISTANCES];
    uint8_t length_symbol[LONGEST_MATCH + 1], length_cost[LONGEST_MATCH + 1];
    struct run runs[LONGEST_MATCH + 1]; /* by length */
    struct bits header_bits;
    struct piece header; /* what begins a block: its kind, and the code */
    struct step *steps;  /* room to find the way in */
    size_t room;
};

/* Strings of bits being written. */
struct bit_writer {
    struct bits *bits;
    uint64_t held;
    unsigned held_count;
};
void bits_reserve(struct bits *bits, size_t words);
void bits_put(struct bit_writer *writer, uint64_t value, unsigned count);
/* What was written since the bits had `first` words. */
struct piece bits_end(struct bit_writer *writer, size_t first);

/* code_header.c */
struct piece code_header_add(const struct code_lengths *lengths, struct bits *bits);

#endif
