/* coding.c: bytes become bits under a fixed code.
 *
 * The cost in bits of every literal and match is known beforehand, so the cheapest coding is found exactly, by
 * dynamic programming from the last byte to the first:
 *
 *     cost(end) = 0
 *     cost(at)  = the least of   literal(at)  + cost(at + 1)
 *                                match(n, d)  + cost(at + n)     for each length n and distance d that fit here
 *
 * `steps` holds cost and choice of every byte. Candidates for matches are places that begin with the same three
 * bytes, linked from one to the one before it (`before`), at most MOST_CHAIN of them; of each length the nearest is
 * taken. An outline has a few hundred bytes and is coded once a run, so this is quick enough.
 *
 * A match is 3 to 258 bytes long, its distance at most 32,768 (RFC 1951, 3.2.5).
 *
 * 1. At most 63 bits are held between calls of bits_put.
 * 2. bits_reserve came first: a word that is put has room. */
#include "base/coding_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "base/memory.h"

/* RFC 1951, 3.2.5: the smallest length and distance of each symbol, and how many bits follow it. */
static const uint16_t length_base[] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                       31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t length_extra[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};

enum { MOST_CHAIN = 64, HASHES = 1 << 10, NONE = 0 };

/* --- the code */

static uint16_t reversed(uint32_t code, unsigned length) {
    uint32_t bits = 0;
    for (unsigned i = 0; i < length; i++) {
        bits |= (code >> i & 1) << (length - 1 - i);
    }
    return (uint16_t)bits;
}

/* Canonical codes (3.2.2), with their bits in the order in which they are written. */
void codes_make(const uint8_t *lengths, size_t count, struct code *codes) {
    uint32_t of_length[LONGEST_CODE + 1] = {0}, next[LONGEST_CODE + 2] = {0};
    for (size_t i = 0; i < count; i++) {
        of_length[lengths[i]]++;
    }
    of_length[0] = 0;
    for (size_t length = 1; length <= LONGEST_CODE; length++) {
        next[length + 1] = (next[length] + of_length[length]) << 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (lengths[i] > 0) {
            codes[i] = (struct code){reversed(next[lengths[i]]++, lengths[i]), lengths[i]};
        }
    }
}

static void make_matches(struct coding *coding) {
    for (uint16_t symbol = 0; symbol < LENGTHS; symbol++) {
        for (unsigned length = length_base[symbol]; length <= LONGEST_MATCH; length++) {
            coding->length_symbol[length] = (uint8_t)symbol;
            coding->length_cost[length] =
                (uint8_t)(coding->literals[FIRST_LENGTH + symbol].length + length_extra[symbol]);
        }
    }
}

static void make_repeats(struct coding *coding) {
    const struct code distance = coding->distances[0];
    for (unsigned length = SHORTEST_MATCH; length <= LONGEST_MATCH; length++) {
        const unsigned symbol = coding->length_symbol[length], extra = length_extra[symbol];
        const struct code code = coding->literals[FIRST_LENGTH + symbol];
        if (code.length == 0 || distance.length == 0) {
            continue;
        }
        const uint64_t behind = (length - length_base[symbol]) | (uint64_t)distance.bits << extra;
        coding->repeats[length] =
            (struct repeat){code.bits | behind << code.length, (uint8_t)(code.length + extra + distance.length)};
    }
}

struct coding *coding_create_in(struct arena *arena, const struct code_lengths *lengths) {
    struct coding *coding = ARENA_NEW(arena, struct coding);
    codes_make(lengths->literals, CODING_LITERALS, coding->literals);
    codes_make(lengths->distances, CODING_DISTANCES, coding->distances);
    make_matches(coding);
    make_repeats(coding);
    coding->header = code_header_add(lengths, &coding->header_bits);
    return coding;
}

void coding_release(struct coding *coding) {
    free(coding->steps);
    coding->steps = NULL;
    coding->room = 0;
    bits_release(&coding->header_bits);
}

/* RFC 1951, 3.2.5: distances 1 to 4 have a symbol each, greater ones two symbols for each power of two. */
static unsigned distance_symbol(uint32_t distance) {
    const uint32_t from_0 = distance - 1;
    if (from_0 < 4) {
        return from_0;
    }
    const unsigned power = 31 - (unsigned)__builtin_clz(from_0);
    return 2 * power + (from_0 >> (power - 1) & 1);
}

static unsigned distance_extra(unsigned symbol) {
    return symbol < 4 ? 0 : symbol / 2 - 1;
}

/* --- the cheapest coding */

static uint32_t hash_at(const uint8_t *p) {
    return ((uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]) * 0x9E3779B1u >> 22;
}

/* Links each place to the nearest one before it with the same hash of three bytes. */
static void link_places(struct coding *coding, const uint8_t *bytes, size_t count) {
    uint32_t last[HASHES] = {NONE};
    for (size_t i = 0; i + SHORTEST_MATCH <= count; i++) {
        uint32_t *place = &last[hash_at(bytes + i)];
        coding->steps[i].before = *place;
        *place = (uint32_t)i + 1;
    }
}

static size_t match_length(const uint8_t *a, const uint8_t *b, size_t most) {
    size_t length = 0;
    while (length < most && a[length] == b[length]) {
        length++;
    }
    return length;
}

/* Weighs matches at one distance, of the lengths that no nearer place offered. */
static void try_match(struct coding *coding, size_t at, size_t from, size_t first_length, size_t length) {
    struct step *step = &coding->steps[at];
    const uint32_t distance = (uint32_t)(at - from);
    const unsigned symbol = distance_symbol(distance);
    const uint32_t distance_cost = coding->distances[symbol].length + distance_extra(symbol);
    for (size_t i = first_length; i <= length; i++) {
        const uint32_t cost = coding->length_cost[i] + distance_cost + coding->steps[at + i].cost;
        if (cost < step->cost) {
            step->cost = cost;
            step->length = (uint16_t)i;
            step->distance = (uint16_t)distance;
        }
    }
}

static void try_matches(struct coding *coding, const uint8_t *bytes, size_t count, size_t at) {
    size_t most = count - at < LONGEST_MATCH ? count - at : LONGEST_MATCH, longest = SHORTEST_MATCH - 1;
    if (most < SHORTEST_MATCH) {
        return;
    }
    uint32_t place = coding->steps[at].before;
    for (int i = 0; i < MOST_CHAIN && place != NONE && longest < most; i++) {
        const size_t from = place - 1,
                     length = at - from > LONGEST_DISTANCE ? 0 : match_length(bytes + from, bytes + at, most);
        if (length > longest) {
            try_match(coding, at, from, longest + 1, length);
            longest = length;
        }
        place = coding->steps[from].before;
    }
}

static void find_way(struct coding *coding, struct str s) {
    const uint8_t *bytes = (const uint8_t *)s.p;
    if (s.n + 1 > coding->room) {
        coding->room = 2 * (s.n + 1);
        coding->steps = memory_resize(coding->steps, coding->room * sizeof *coding->steps);
    }
    link_places(coding, bytes, s.n);
    coding->steps[s.n].cost = 0;
    for (size_t at = s.n; at-- > 0;) {
        struct step *step = &coding->steps[at];
        step->cost = coding->literals[bytes[at]].length + coding->steps[at + 1].cost;
        step->length = 1;
        if (at + SHORTEST_MATCH <= s.n) {
            try_matches(coding, bytes, s.n, at);
        }
    }
}

/* --- the bits */

void bits_release(struct bits *bits) {
    free(bits->words);
    *bits = (struct bits){0};
}

void bits_reserve(struct bits *bits, size_t words) {
    const size_t need = bits->count + words;
    if (need <= bits->capacity) {
        return;
    }
    bits->capacity = need > 2 * bits->capacity ? need : 2 * bits->capacity;
    bits->words = memory_resize(bits->words, bits->capacity * sizeof *bits->words);
}

void bits_put(struct bit_writer *writer, uint64_t value, unsigned count) {
    writer->held |= value << writer->held_count;
    writer->held_count += count;
    if (writer->held_count < 64) {
        return;
    }
    writer->bits->words[writer->bits->count++] = writer->held;
    writer->held_count -= 64;
    writer->held = writer->held_count ? value >> (count - writer->held_count) : 0;
}

struct coded bits_end(struct bit_writer *writer, size_t first) {
    const size_t bit_count = (writer->bits->count - first) * 64 + writer->held_count;
    if (writer->held_count > 0) {
        writer->bits->words[writer->bits->count++] = writer->held;
    }
    return (struct coded){.first = (uint32_t)first, .bit_count = (uint32_t)bit_count, .adler = 1};
}

static void put_literal(struct bit_writer *writer, const struct coding *coding, char byte) {
    const struct code code = coding->literals[(uint8_t)byte];
    bits_put(writer, code.bits, code.length);
}

static void put_match(struct bit_writer *writer, const struct coding *coding, const struct step *step) {
    const unsigned length = coding->length_symbol[step->length], distance = distance_symbol(step->distance);
    const unsigned extra = distance_extra(distance);
    const struct code length_code = coding->literals[FIRST_LENGTH + length],
                      distance_code = coding->distances[distance];
    bits_put(writer, length_code.bits, length_code.length);
    bits_put(writer, (unsigned)step->length - length_base[length], length_extra[length]);
    bits_put(writer, distance_code.bits, distance_code.length);
    bits_put(writer, (step->distance - 1u) & ((1u << extra) - 1), extra);
}

static struct coded coded_end(struct bit_writer *writer, size_t first, struct str bytes) {
    assert(writer->held_count < 64 && writer->bits->count < writer->bits->capacity); /* invariants 1 and 2 */
    struct coded coded = bits_end(writer, first);
    coded.size = (uint32_t)bytes.n;
    coded.adler = libdeflate_adler32(1, bytes.p, bytes.n);
    return coded;
}

struct coded coding_add(struct coding *coding, struct str bytes, struct bits *bits) {
    struct bit_writer writer = {.bits = bits};
    const size_t first = bits->count;
    bits_reserve(bits, bytes.n * LONGEST_CODE / 64 + 2);
    find_way(coding, bytes);
    for (size_t at = 0; at < bytes.n; at += coding->steps[at].length) {
        if (coding->steps[at].length == 1) {
            put_literal(&writer, coding, bytes.p[at]);
        } else {
            put_match(&writer, coding, &coding->steps[at]);
        }
    }
    return coded_end(&writer, first, bytes);
}

/* A match that leaves nothing, or enough for another; 1: a literal. */
static uint16_t next_length(const struct coding *coding, size_t left, size_t distance) {
    if (left < SHORTEST_MATCH || distance > LONGEST_DISTANCE ||
        coding->distances[distance_symbol((uint32_t)distance)].length == 0) {
        return 1;
    }
    const size_t length = left <= LONGEST_MATCH                    ? left
                          : left - LONGEST_MATCH >= SHORTEST_MATCH ? LONGEST_MATCH
                                                                   : left - SHORTEST_MATCH;
    return coding->literals[FIRST_LENGTH + coding->length_symbol[length]].length == 0 ? 1 : (uint16_t)length;
}

struct coded coding_add_again(struct coding *coding, struct str bytes, size_t head, struct bits *bits) {
    struct bit_writer writer = {.bits = bits};
    const size_t first = bits->count;
    bits_reserve(bits, bytes.n * LONGEST_CODE / 64 + 2);
    for (size_t at = 0, length; at < bytes.n; at += length) {
        length = at < head ? 1 : next_length(coding, bytes.n - at, bytes.n);
        if (length == 1) {
            put_literal(&writer, coding, bytes.p[at]);
        } else {
            put_match(&writer, coding, &(struct step){.length = (uint16_t)length, .distance = (uint16_t)bytes.n});
        }
    }
    return coded_end(&writer, first, bytes);
}

void coding_count(struct coding *coding, struct str bytes, struct code_counts *counts) {
    find_way(coding, bytes);
    for (size_t at = 0; at < bytes.n; at += coding->steps[at].length) {
        const struct step *step = &coding->steps[at];
        if (step->length == 1) {
            counts->literals[(uint8_t)bytes.p[at]]++;
        } else {
            counts->literals[FIRST_LENGTH + coding->length_symbol[step->length]]++;
            counts->distances[distance_symbol(step->distance)]++;
        }
    }
}
