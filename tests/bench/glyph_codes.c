/* glyph_codes.c: makes engine/font/coding_tables.c, the codes of glyphs, and says how good they are.
 *
 *     .build/tests/bench/glyph_codes >engine/font/coding_tables.c
 *
 * A kind of face gets the Huffman code that is best for the 3,755 common characters of GB 2312 and for ASCII in the faces that we
 * ship layouts for. Which literals and matches an outline is made of depends on the code, so counting and making the code take
 * turns until little changes. Every symbol gets a code, however rare: any bytes must be possible. On standard error: bytes of 540
 * characters under the code, and deflated at level 6. */
#define _DEFAULT_SOURCE
#include <iconv.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "font/face.h"

enum { ROUNDS = 8, MOST_FACES = 4, LONGEST = 15, CHARACTERS = 3755 + 94 };

static const struct kind {
    const char *name, *faces[MOST_FACES];
} kinds[] = {
    {"coding_of_cff", {"Noto Serif CJK SC", "Noto Serif CJK SC:bold", "Noto Sans CJK SC", "Noto Sans CJK SC:bold"}},
    {"coding_of_glyf", {"LXGW WenKai", "LXGW WenKai:light", "LXGW WenKai:bold"}},
};

/* The first level of GB 2312: rows 16 to 55, the last of which ends at 89. */
static size_t list_characters(uint32_t *out) {
    iconv_t from = iconv_open("UTF-32LE", "GB2312");
    size_t count = 0;
    for (uint32_t c = '!'; c <= '~'; c++)
        out[count++] = c;
    for (int row = 16; row <= 55; row++)
        for (int cell = 1; cell <= (row == 55 ? 89 : 94); cell++) {
            char in[] = {(char)(0xA0 + row), (char)(0xA0 + cell)}, *p = in, *q = (char *)&out[count];
            size_t in_left = sizeof in, out_left = sizeof *out;
            if (iconv(from, &p, &in_left, &q, &out_left) != (size_t)-1)
                count++;
        }
    iconv_close(from);
    return count;
}

/* --- Huffman's lengths, none above LONGEST: counts are raised until that is so */

static int by_count(const void *a, const void *b) {
    const uint64_t *x = *(const uint64_t *const *)a, *y = *(const uint64_t *const *)b;
    return *x != *y ? (*x > *y) - (*x < *y) : (x > y) - (x < y);
}

static unsigned longest_of(const uint64_t *weights, size_t count, uint8_t *lengths) {
    enum { MOST = 2 * CODING_LITERALS };
    static uint64_t sums[MOST];
    static size_t parents[MOST];
    const uint64_t *order[CODING_LITERALS];
    size_t leaves = 0, inner = count, end = count;
    for (size_t i = 0; i < count; i++)
        order[i] = &weights[i];
    qsort(order, count, sizeof *order, by_count);
    for (size_t i = 0; i < count; i++)
        sums[i] = *order[i];
    for (; end < 2 * count - 1; end++) {
        sums[end] = 0;
        for (int k = 0; k < 2; k++) {
            size_t child = leaves < count && (inner >= end || sums[leaves] <= sums[inner]) ? leaves++ : inner++;
            sums[end] += sums[child];
            parents[child] = end;
        }
    }
    unsigned longest = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned length = 0;
        for (size_t at = i; at != end - 1; at = parents[at])
            length++;
        lengths[order[i] - weights] = (uint8_t)length;
        longest = length > longest ? length : longest;
    }
    return longest;
}

static void make_lengths(const uint64_t *counts, size_t count, uint8_t *lengths) {
    uint64_t weights[CODING_LITERALS], least = 1;
    do {
        for (size_t i = 0; i < count; i++)
            weights[i] = counts[i] > least ? counts[i] : least;
        least += least / 4 + 1;
    } while (longest_of(weights, count, lengths) > LONGEST);
}

/* --- a kind of face */

static void count_face(const struct face *face, struct coding *coding, struct code_counts *counts) {
    static uint32_t characters[CHARACTERS];
    size_t count = list_characters(characters);
    for (size_t i = 0; i < count; i++) {
        uint16_t glyph = face_glyph(face, characters[i], 0);
        if (glyph != 0)
            coding_count(coding, face_outline(face, glyph)->bytes, counts);
    }
}

static void make_code(struct arena *arena, struct face *const *faces, size_t count, struct code_lengths *lengths) {
    memset(lengths->literals, 9, sizeof lengths->literals);
    memset(lengths->distances, 5, sizeof lengths->distances);
    for (int round = 0; round < ROUNDS; round++) {
        struct coding *coding = coding_create_in(arena, lengths);
        struct code_counts counts = {.literals = {[256] = 1}};
        for (size_t i = 0; i < count; i++)
            count_face(faces[i], coding, &counts);
        make_lengths(counts.literals, CODING_LITERALS, lengths->literals);
        make_lengths(counts.distances, CODING_DISTANCES, lengths->distances);
        coding_release(coding);
    }
}

/* Every seventh of the characters. */
static void report(struct arena *arena, const struct face *face, const struct code_lengths *lengths) {
    static uint32_t characters[CHARACTERS];
    size_t count = list_characters(characters), bits_count = 0;
    struct coding *coding = coding_create_in(arena, lengths);
    struct bits bits = {0};
    struct buffer raw = {0};
    for (size_t i = 0; i < count; i += 7) {
        const struct outline *outline = face_outline(face, face_glyph(face, characters[i], 0));
        bits_count += coding_add(coding, outline->bytes, &bits).bit_count;
        buffer_add(&raw, outline->bytes);
    }
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    size_t bound = libdeflate_deflate_compress_bound(compressor, raw.count);
    char *room = malloc(bound);
    size_t small = libdeflate_deflate_compress(compressor, raw.bytes, raw.count, room, bound);
    fprintf(stderr, "%-26.*s %zu bytes, coded %zu, deflated %zu\n", STR_ARG(face_name(face)), raw.count, bits_count / 8,
            small);
    free(room);
    libdeflate_free_compressor(compressor);
    buffer_release(&raw);
    bits_release(&bits);
    coding_release(coding);
}

static void print_lengths(const uint8_t *lengths, size_t count) {
    enum { A_LINE = 30 };
    printf("     {");
    for (size_t i = 0; i < count; i++)
        printf("%d%s", lengths[i], i + 1 == count ? "}" : i % A_LINE == A_LINE - 1 ? ",\n      " : ", ");
}

int main(void) {
    struct fonts *fonts = fonts_create();
    struct arena *arena = arena_create();
    printf("/* coding_tables.c: the codes of glyphs. Made by tests/bench/glyph_codes.c: see there. */\n"
           "#include \"font/coding.h\"\n\n/* clang-format off */\n");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct face *faces[MOST_FACES];
        struct code_lengths lengths;
        size_t count = 0;
        for (; count < MOST_FACES && kinds[i].faces[count]; count++)
            if (!(faces[count] = face_find(fonts, str_from(kinds[i].faces[count]), NULL, NULL)))
                return 1;
        make_code(arena, faces, count, &lengths);
        for (size_t k = 0; k < count; k++)
            report(arena, faces[k], &lengths);
        printf("const struct code_lengths %s = {\n", kinds[i].name);
        print_lengths(lengths.literals, CODING_LITERALS);
        printf(",\n");
        print_lengths(lengths.distances, CODING_DISTANCES);
        printf("};\n");
    }
    arena_destroy(arena);
    fonts_destroy(fonts);
    return 0;
}
