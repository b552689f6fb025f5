/* code_header.c: the description of the code at the head of a block (RFC 1951, 3.2.7).
 *
 * The code is told by the lengths of all its symbols, in numbers 0 to 15; 16 repeats the number before, 17 and 18
 * write zeros. These numbers have a code of their own, whose lengths come first:
 *
 *     1 10 | count of literals, distances, numbers | lengths of the numbers' code, 3 bits each | the lengths, coded
 *
 * The numbers' code is fixed here: a better one for each table would save less than the C that finds it costs. */
#include "base/coding_internal.h"

enum {
    LAST_BLOCK = 1,
    DYNAMIC = 2,
    LENGTHS_ALL = CODING_LITERALS + CODING_DISTANCES,
    NUMBERS = 19, /* lengths 0 to 15, and three ways to repeat */
    AGAIN = 16,
    FEW_ZEROS = 17,
    MANY_ZEROS = 18,
};

/* The numbers' code. Lengths 1, 2, 11, 12, 13 and 14 are rare in the codes of font/codes.c and take five bits, all
 * else four. */
static const uint8_t number_lengths[NUMBERS] = {4, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 4, 4, 4, 4};
/* The order in which the lengths of the numbers' code are sent. */
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

/* The count of equal lengths from `at` on, at most `most`. */
static unsigned equal_at(const struct header *header, size_t at, unsigned most) {
    unsigned equal = 1;
    while (equal < most && at + equal < LENGTHS_ALL && header->lengths[at + equal] == header->lengths[at]) {
        equal++;
    }
    return equal;
}

static void put_lengths(struct header *header) {
    for (size_t at = 0; at < LENGTHS_ALL;) {
        unsigned length = header->lengths[at], equal = equal_at(header, at, length == 0 ? 138 : 7);
        if (length == 0 && equal >= 11) {
            put_number(header, MANY_ZEROS, equal - 11, 7);
        } else if (length == 0 && equal >= 3) {
            put_number(header, FEW_ZEROS, equal - 3, 3);
        } else if (equal >= 4) {
            put_number(header, length, 0, 0);
            put_number(header, AGAIN, equal - 4, 2);
        } else {
            put_number(header, length, 0, 0);
            equal = 1;
        }
        at += equal;
    }
}

struct coded code_header_add(const struct code_lengths *lengths, struct bits *bits) {
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
