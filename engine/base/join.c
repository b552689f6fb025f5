/* join.c: a zlib stream (RFC 1950) from strings of bits that were coded before.
 *
 * A string begins at any bit, so its words are shifted by the bits that are held and written whole. The Adler-32 of
 * the stream is joined from those of the strings (see add_sum), so no byte is read twice.
 *
 * 1. At most 63 bits are held between calls; after put_bits at most 7. */
#include "base/coding_internal.h"

#include <assert.h>
#include <string.h>

#include <libdeflate.h>

enum { ADLER_BASE = 65521, MOST_STORED = 65535, BYTE = 8 };

/* --- bits */

/* Lowest byte first; written out so that compilers make one store of it. */
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

static void put_bits(struct join *join, uint64_t value, unsigned count) {
    join->held |= value << join->held_count;
    join->held_count += count;
    for (; join->held_count >= BYTE; join->held_count -= BYTE, join->held >>= BYTE) {
        buffer_byte(join->out, (char)join->held);
    }
}

/* Writes the whole bytes among the bits that join_coded or join_literals left held. */
static void flush(struct join *join) {
    put_bits(join, 0, 0);
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
        const struct str part = str_slice(bytes, at, at + MOST_STORED < bytes.n ? at + MOST_STORED : bytes.n);
        const char head[] = {0, (char)part.n, (char)(part.n >> 8), (char)~part.n, (char)(~part.n >> 8)};
        buffer_append(join->out, head, sizeof head);
        buffer_add(join->out, part);
    }
    add_sum(join, libdeflate_adler32(1, bytes.p, bytes.n), bytes.n);
}

void join_open_block(struct join *join) {
    join_coded(join, &join->coding->header_bits, &join->coding->header);
}

void join_coded(struct join *join, const struct bits *bits, const struct coded *coded) {
    const uint64_t *words = bits->words + coded->first;
    const size_t whole = coded->bit_count / 64;
    unsigned rest = coded->bit_count % 64, shift = join->held_count;
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
    add_sum(join, coded->adler, coded->size);
}

void join_literals(struct join *join, struct str bytes) {
    const struct code *codes = join->coding->literals;
    char *p = buffer_reserve(join->out, bytes.n * LONGEST_CODE / BYTE + 16);
    uint64_t held = join->held;
    unsigned held_count = join->held_count;
    for (size_t i = 0; i < bytes.n; i++) {
        if (held_count >= 64 - LONGEST_CODE) {
            for (; held_count >= BYTE; held_count -= BYTE, held >>= BYTE) {
                *p++ = (char)held;
            }
        }
        const struct code code = codes[(uint8_t)bytes.p[i]];
        held |= (uint64_t)code.bits << held_count;
        held_count += code.length;
    }
    join->out->count = (size_t)(p - join->out->bytes);
    join->held = held;
    join->held_count = held_count;
    add_sum(join, libdeflate_adler32(1, bytes.p, bytes.n), bytes.n);
}

void join_byte(struct join *join, uint8_t byte) {
    const struct code code = join->coding->literals[byte];
    uint32_t low = (join->adler & 0xFFFF) + byte;
    low = low >= ADLER_BASE ? low - ADLER_BASE : low;
    uint32_t high = (join->adler >> 16) + low;
    high = high >= ADLER_BASE ? high - ADLER_BASE : high;
    flush(join);
    put_bits(join, code.bits, code.length);
    join->adler = high << 16 | low;
    join->size++;
}

/* A zero leaves the low half of an Adler-32 as it is and adds it to the high half. */
static void add_sum_of_zeros(struct join *join, size_t count) {
    const uint64_t low = join->adler & 0xFFFF, high = join->adler >> 16;
    join->adler = (uint32_t)((high + low * (count % ADLER_BASE)) % ADLER_BASE << 16 | low);
    join->size += count;
}

/* The first zero is a literal, which the matches then repeat. */
void join_zeros(struct join *join, size_t count) {
    const struct code zero = join->coding->literals[0];
    if (count == 0) {
        return;
    }
    flush(join);
    for (size_t left = count; left > 0;) {
        const size_t length = left < LONGEST_MATCH ? left : LONGEST_MATCH;
        const struct repeat *repeat = &join->coding->repeats[length];
        if (left < count && repeat->bit_count > 0 && repeat->bit_count < length * zero.length) {
            put_bits(join, repeat->bits, repeat->bit_count);
            left -= length;
        } else {
            put_bits(join, zero.bits, zero.length);
            left--;
        }
    }
    add_sum_of_zeros(join, count);
}

void join_end(struct join *join) {
    const struct code end = join->coding->literals[END_OF_BLOCK];
    assert(join->held_count < 64); /* invariant 1 */
    flush(join);
    put_bits(join, end.bits, end.length);
    if (join->held_count > 0) {
        put_bits(join, 0, BYTE - join->held_count);
    }
    for (unsigned shift = 32; shift > 0; shift -= BYTE) {
        buffer_byte(join->out, (char)(join->adler >> (shift - BYTE)));
    }
}
