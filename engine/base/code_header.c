/* code_header.c: how a block tells its code (RFC 1951, 3.2.7): the lengths of all codes, runs of equal ones written short, and these
 * numbers in a code of their own. That one is fixed here: what it could save for each block is less than the code that would do it. */
#include "base/coding_parts.h"

enum {
    LAST_BLOCK = 1,
    DYNAMIC = 2,
    LENGTHS_ALL = CODING_LITERALS + CODING_DISTANCES,
    NUMBERS = 19, /* lengths 0 to 15, and three ways to repeat */
    AGAIN = 16,
    FEW_ZEROS = 17,
    MANY_ZEROS = 18,
};

/* Those that no code of ours has often take five bits, the others four. */
static const uint8_t number_lengths[NUMBERS] = {4, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 4, 4, 4, 4};
/* The order in which their lengths are told. */
static const uint8_t number_order[NUMBERS] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

struct header {
    struct bit_writer writer;
    struct code numbers[NUMBERS];
    uint8_t lengths[LENGTHS_ALL];
};

static void put_number(struct header *header, unsigned number, unsigned extra, unsigned extra_bits) {
    bits_put(&header->writer, header->numbers[number].bits, header->numbers[number].length);
    bits_put(&header->writer, extra, extra_bits);
}

/* How many lengths from `at` on are the same, up to `most`. */
static unsigned run_at(const struct header *header, size_t at, unsigned most) {
    unsigned run = 1;
    while (run < most && at + run < LENGTHS_ALL && header->lengths[at + run] == header->lengths[at]) {
        run++;
    }
    return run;
}

static void put_lengths(struct header *header) {
    for (size_t at = 0; at < LENGTHS_ALL;) {
        unsigned length = header->lengths[at], run = run_at(header, at, length == 0 ? 138 : 7);
        if (length == 0 && run >= 11) {
            put_number(header, MANY_ZEROS, run - 11, 7);
        } else if (length == 0 && run >= 3) {
            put_number(header, FEW_ZEROS, run - 3, 3);
        } else if (run >= 4) {
            put_number(header, length, 0, 0);
            put_number(header, AGAIN, run - 4, 2);
        } else {
            put_number(header, length, 0, 0);
            run = 1;
        }
        at += run;
    }
}

struct piece code_header_add(const struct code_lengths *lengths, struct bits *bits) {
    struct header header = {.writer = {.bits = bits}};
    const size_t first = bits->count;
    bits_reserve(bits, LENGTHS_ALL * LONGEST_CODE / 64 + 2);
    for (size_t i = 0; i < LENGTHS_ALL; i++) {
        header.lengths[i] = i < CODING_LITERALS ? lengths->literals[i] : lengths->distances[i - CODING_LITERALS];
    }
    codes_make(number_lengths, NUMBERS, header.numbers);
    bits_put(&header.writer, LAST_BLOCK | DYNAMIC << 1, 3);
    bits_put(&header.writer, CODING_LITERALS - FIRST_LENGTH, 5);
    bits_put(&header.writer, CODING_DISTANCES - 1, 5);
    bits_put(&header.writer, NUMBERS - 4, 4);
    for (size_t i = 0; i < NUMBERS; i++) {
        bits_put(&header.writer, number_lengths[number_order[i]], 3);
    }
    put_lengths(&header);
    return bits_end(&header.writer, first);
}
