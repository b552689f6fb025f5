/* coding_parts.h: what coding.c and join.c share; for them alone. */
#ifndef FONT_CODING_PARTS_H
#define FONT_CODING_PARTS_H

#include "font/coding.h"

enum {
    LONGEST_CODE = 15,
    SHORTEST_MATCH = 3,
    LONGEST_MATCH = 258,
    LONGEST_DISTANCE = 32768,
    END_OF_BLOCK = 256,
    FIRST_LENGTH = 257, /* symbol of the shortest match */
};

struct code {
    uint16_t bits; /* the first to be written is the lowest */
    uint8_t length;
};

/* The cheapest way on from a byte. */
struct step {
    uint32_t cost;   /* in bits, to the end */
    uint32_t before; /* a place, plus 1, that begins alike; 0: none */
    uint16_t length; /* 1: a literal */
    uint16_t distance;
};

struct coding {
    const struct code_lengths *lengths;
    struct code literals[CODING_LITERALS], distances[CODING_DISTANCES];
    uint8_t length_symbol[LONGEST_MATCH + 1], length_cost[LONGEST_MATCH + 1];
    struct step *steps; /* room to find the way in */
    size_t room;
};

#endif
