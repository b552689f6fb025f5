/* join.c: a zlib stream (RFC 1950) from pieces that were coded before. */
#include "font/coding_parts.h"

#include <string.h>

#include <libdeflate.h>

enum { ADLER_BASE = 65521, MOST_STORED = 65535, BYTE = 8 };

/* --- bits */

/* The lowest byte first. Written out, so that compilers make one store of it. */
static void put_word(char *p, uint64_t word) {
    p[0] = (char)word;
    p[1] = (char)(word >> 8);
    p[2] = (char)(word >> 16);
    p[3] = (char)(word >> 24);
    p[4] = (char)(word >> 32);
    p[5] = (char)(word >> 40);
    p[6] = (char)(word >> 48);
    p[7] = (char)(word >> 56);
}

static void put_bits(struct join *join, uint32_t value, unsigned count) {
    join->held |= (uint64_t)value << join->held_count;
    join->held_count += count;
    for (; join->held_count >= BYTE; join->held_count -= BYTE, join->held >>= BYTE)
        buffer_byte(join->out, (char)join->held);
}

/* --- sums: Adler-32 of two strings from those of each */

static void add_sum(struct join *join, uint32_t adler, size_t size) {
    uint64_t low = join->adler & 0xFFFF, high = join->adler >> 16;
    high = (high + (adler >> 16) + (low + ADLER_BASE - 1) % ADLER_BASE * (size % ADLER_BASE)) % ADLER_BASE;
    low = (low + (adler & 0xFFFF) + ADLER_BASE - 1) % ADLER_BASE;
    join->adler = (uint32_t)(high << 16 | low);
    join->size += size;
}

/* --- the stream */

void join_begin(struct join *join, const struct coding *coding, struct buffer *out) {
    static const char header[] = {0x78, 0x01};
    *join = (struct join){.coding = coding, .out = out, .adler = 1};
    buffer_append(out, header, sizeof header);
}

void join_stored(struct join *join, struct str bytes) {
    for (size_t at = 0; at < bytes.n; at += MOST_STORED) {
        struct str part = str_slice(bytes, at, at + MOST_STORED < bytes.n ? at + MOST_STORED : bytes.n);
        const char head[] = {0, (char)part.n, (char)(part.n >> 8), (char)~part.n, (char)(~part.n >> 8)};
        buffer_append(join->out, head, sizeof head);
        buffer_add(join->out, part);
    }
    add_sum(join, libdeflate_adler32(1, bytes.p, bytes.n), bytes.n);
}

/* The code is told by its lengths, and each of these takes four bits: the 80 bytes that could be saved by a code for them aren't worth
 * the code that would do it. */
void join_open_block(struct join *join) {
    enum { LAST = 1, DYNAMIC = 2, LENGTH_CODES = 19, REPEATS = 3, LENGTH_BITS = 4 };
    static const uint8_t turned[] = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}; /* highest bit first */
    const struct code_lengths *lengths = join->coding->lengths;
    put_bits(join, LAST | DYNAMIC << 1, 3);
    put_bits(join, CODING_LITERALS - FIRST_LENGTH, 5);
    put_bits(join, CODING_DISTANCES - 1, 5);
    put_bits(join, LENGTH_CODES - 4, 4);
    for (unsigned i = 0; i < LENGTH_CODES; i++)
        put_bits(join, i < REPEATS ? 0 : LENGTH_BITS, 3);
    for (size_t i = 0; i < CODING_LITERALS + CODING_DISTANCES; i++) {
        uint8_t length = i < CODING_LITERALS ? lengths->literals[i] : lengths->distances[i - CODING_LITERALS];
        put_bits(join, turned[length], LENGTH_BITS);
    }
}

void join_piece(struct join *join, const struct bits *bits, const struct piece *piece) {
    const uint64_t *words = bits->words + piece->first;
    size_t whole = piece->bit_count / 64;
    unsigned rest = piece->bit_count % 64, shift = join->held_count;
    char *out = buffer_reserve(join->out, (whole + 1) * 8), *p = out;
    uint64_t held = join->held;
    for (size_t i = 0; i < whole; i++, p += 8) {
        put_word(p, held | words[i] << shift);
        held = words[i] >> 1 >> (63 - shift);
    }
    if (rest > 0) {
        held |= words[whole] << shift;
        if (shift + rest >= 64) {
            put_word(p, held);
            p += 8;
            held = words[whole] >> 1 >> (63 - shift);
        }
        shift = (shift + rest) % 64;
    }
    join->out->count += (size_t)(p - out);
    join->held = held;
    join->held_count = shift;
    add_sum(join, piece->adler, piece->size);
}

/* Whole bytes of what pieces left. */
static void flush(struct join *join) {
    put_bits(join, 0, 0);
}

void join_zeros(struct join *join, size_t count) {
    flush(join);
    for (size_t i = 0; i < count; i++) {
        put_bits(join, join->coding->literals[0].bits, join->coding->literals[0].length);
        add_sum(join, 0x00010001, 1);
    }
}

void join_end(struct join *join) {
    const struct code end = join->coding->literals[END_OF_BLOCK];
    flush(join);
    put_bits(join, end.bits, end.length);
    if (join->held_count > 0)
        put_bits(join, 0, BYTE - join->held_count);
    for (unsigned shift = 32; shift > 0; shift -= BYTE)
        buffer_byte(join->out, (char)(join->adler >> (shift - BYTE)));
}
