/* codes.c: makes the Huffman codes that streams of fonts are deflated by, and says how good they are.
 *
 *     .build/tests/bench/codes font >engine/font/codes.c
 *     .build/tests/bench/codes pdf >engine/pdf/codes.c
 *
 * A kind of stream gets the code that is best for what we print: the 3,755 common characters of GB 2312 and ASCII, in the faces that
 * we ship layouts for. Which literals and matches an outline is made of depends on the code, so counting and making the code take
 * turns until little changes. Bytes that may be any have a code for each, however rare. On standard error: bytes of 540 characters
 * under the code, and deflated at level 6. */
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
    {"code_of_cff", {"Noto Serif CJK SC", "Noto Serif CJK SC:bold", "Noto Sans CJK SC", "Noto Sans CJK SC:bold"}},
    {"code_of_glyf", {"LXGW WenKai", "LXGW WenKai:light", "LXGW WenKai:bold"}},
};

static struct face *find(struct fonts *fonts, const char *name) {
    struct face *face = face_find(fonts, str_from(name), NULL, NULL);
    if (face == NULL) {
        fprintf(stderr, "%s is not installed\n", name);
        exit(1);
    }
    return face;
}

/* The first level of GB 2312: rows 16 to 55, the last of which ends at 89. */
static size_t list_characters(uint32_t *out) {
    iconv_t from = iconv_open("UTF-32LE", "GB2312");
    size_t count = 0;
    for (uint32_t c = '!'; c <= '~'; c++) {
        out[count++] = c;
    }
    for (int row = 16; row <= 55; row++) {
        for (int cell = 1; cell <= (row == 55 ? 89 : 94); cell++) {
            char in[] = {(char)(0xA0 + row), (char)(0xA0 + cell)}, *p = in, *q = (char *)&out[count];
            size_t in_left = sizeof in, out_left = sizeof *out;
            if (iconv(from, &p, &in_left, &q, &out_left) != (size_t)-1) {
                count++;
            }
        }
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
    for (size_t i = 0; i < count; i++) {
        order[i] = &weights[i];
    }
    qsort(order, count, sizeof *order, by_count);
    for (size_t i = 0; i < count; i++) {
        sums[i] = *order[i];
    }
    for (; end < 2 * count - 1; end++) {
        sums[end] = 0;
        for (int k = 0; k < 2; k++) {
            const size_t child = leaves < count && (inner >= end || sums[leaves] <= sums[inner]) ? leaves++ : inner++;
            sums[end] += sums[child];
            parents[child] = end;
        }
    }
    unsigned longest = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned length = 0;
        for (size_t at = i; at != end - 1; at = parents[at]) {
            length++;
        }
        lengths[order[i] - weights] = (uint8_t)length;
        longest = length > longest ? length : longest;
    }
    return longest;
}

static void make_lengths(const uint64_t *counts, size_t count, uint8_t *lengths) {
    uint64_t weights[CODING_LITERALS], least = 1;
    do {
        for (size_t i = 0; i < count; i++) {
            weights[i] = counts[i] > least ? counts[i] : least;
        }
        least += least / 4 + 1;
    } while (longest_of(weights, count, lengths) > LONGEST);
}

/* A symbol that never occurs gets no code, unless it must. */
static void make_some_lengths(const uint64_t *counts, size_t count, uint8_t *lengths) {
    uint64_t some[CODING_LITERALS];
    uint8_t some_lengths[CODING_LITERALS];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (counts[i] > 0) {
            some[used++] = counts[i];
        }
    }
    if (used > 1) {
        make_lengths(some, used, some_lengths);
    } else {
        some_lengths[0] = 1;
    }
    for (size_t i = used = 0; i < count; i++) {
        lengths[i] = counts[i] > 0 ? some_lengths[used++] : 0;
    }
}

/* --- outlines */

static void count_face(const struct face *face, struct coding *coding, struct code_counts *counts) {
    static uint32_t characters[CHARACTERS];
    const size_t count = list_characters(characters);
    for (size_t i = 0; i < count; i++) {
        const uint16_t glyph = face_glyph(face, characters[i], 0);
        if (glyph != 0) {
            coding_count(coding, face_outline(face, glyph)->bytes, counts);
        }
    }
}

static void make_code(struct arena *arena, struct face *const *faces, size_t count, struct code_lengths *lengths) {
    memset(lengths->literals, 9, sizeof lengths->literals);
    memset(lengths->distances, 5, sizeof lengths->distances);
    for (int round = 0; round < ROUNDS; round++) {
        struct coding *coding = coding_create_in(arena, lengths);
        struct code_counts counts = {.literals = {[256] = 1}};
        for (size_t i = 0; i < count; i++) {
            count_face(faces[i], coding, &counts);
        }
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
    const size_t bound = libdeflate_deflate_compress_bound(compressor, raw.count);
    char *room = malloc(bound);
    const size_t small = libdeflate_deflate_compress(compressor, raw.bytes, raw.count, room, bound);
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
    for (size_t i = 0; i < count; i++) {
        printf("%d%s", lengths[i], i + 1 == count ? "}" : i % A_LINE == A_LINE - 1 ? ",\n      " : ", ");
    }
}

static void print_code(const char *name, const struct code_lengths *lengths) {
    printf("const struct code_lengths %s = {\n", name);
    print_lengths(lengths->literals, CODING_LITERALS);
    printf(",\n");
    print_lengths(lengths->distances, CODING_DISTANCES);
    printf("};\n");
}

static void print_outlines(struct fonts *fonts, struct arena *arena) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct face *faces[MOST_FACES];
        struct code_lengths lengths;
        size_t count = 0;
        for (; count < MOST_FACES && kinds[i].faces[count] != NULL; count++) {
            faces[count] = find(fonts, kinds[i].faces[count]);
        }
        make_code(arena, faces, count, &lengths);
        for (size_t k = 0; k < count; k++) {
            report(arena, faces[k], &lengths);
        }
        print_code(kinds[i].name, &lengths);
    }
}

/* --- sets of CIDs, and where their glyphs are: bytes of 0 with others between them */

enum { DOCUMENTS = 200, GLYPHS = 65536 };

/* A document's glyphs: some hundred, drawn by lot. */
static void draw_glyphs(const struct face *face, uint64_t *seed, struct glyph_set *out) {
    static uint32_t characters[CHARACTERS];
    const size_t count = list_characters(characters);
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < 100 + *seed % 500; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        glyph_set_add(out, face_glyph(face, characters[(*seed >> 33) % count], 0));
    }
}

static size_t length_symbol(size_t length) {
    size_t from_3 = length - 3, power = 0;
    if (length == 258) {
        return 28;
    }
    while (from_3 >> (power + 3)) {
        power++;
    }
    return power == 0 ? from_3 : 4 * power + (from_3 >> power);
}

/* As join_zeros writes them. */
static void count_zeros(size_t count, struct code_counts *counts) {
    enum { LITERALS_DO = 5, LONGEST_MATCH = 258 };
    counts->literals[0]++;
    for (count--; count >= LITERALS_DO;) {
        const size_t length = count < LONGEST_MATCH ? count : LONGEST_MATCH;
        counts->literals[257 + length_symbol(length)]++;
        counts->distances[0]++;
        count -= length;
    }
    counts->literals[0] += count;
}

static void count_bytes(const uint8_t *bytes, size_t size, struct code_counts *counts) {
    size_t zeros = 0;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == 0) {
            zeros++;
            continue;
        }
        if (zeros > 0) {
            count_zeros(zeros, counts);
        }
        zeros = 0;
        counts->literals[bytes[i]]++;
    }
    counts->literals[256]++;
}

static void count_set(const struct face *face, const struct glyph_set *set, struct code_counts *counts) {
    static uint8_t bits[GLYPHS / 8];
    size_t last = 0;
    memset(bits, 0, sizeof bits);
    for (int32_t glyph = -1; glyph_set_next(set, &glyph);) {
        last = face_cid(face, (uint16_t)glyph);
        bits[last / 8] = (uint8_t)(bits[last / 8] | 0x80 >> last % 8);
    }
    count_bytes(bits, last / 8 + 1, counts);
}

static void count_map(const struct glyph_set *set, struct code_counts *counts) {
    static uint8_t map[2 * GLYPHS];
    size_t place = 0, last = 0;
    memset(map, 0, sizeof map);
    for (int32_t glyph = -1; glyph_set_next(set, &glyph); place++) {
        last = (size_t)glyph;
        map[2 * last] = (uint8_t)(place >> 8);
        map[2 * last + 1] = (uint8_t)place;
    }
    count_bytes(map, 2 * last + 2, counts);
}

static void print_sparse(const char *name, const struct code_counts *counts) {
    struct code_lengths lengths = {.distances = {1}};
    make_lengths(counts->literals, CODING_LITERALS, lengths.literals);
    print_code(name, &lengths);
}

static void print_sets(struct fonts *fonts) {
    struct code_counts counts = {{0}, {0}};
    struct glyph_set set;
    uint64_t seed = 1;
    for (int i = 0; i < DOCUMENTS; i++) {
        const struct face *face = find(fonts, kinds[0].faces[i % MOST_FACES]);
        draw_glyphs(face, &seed, &set);
        count_set(face, &set, &counts);
    }
    print_sparse("code_of_cid_sets", &counts);
}

static void print_maps(struct fonts *fonts) {
    struct code_counts counts = {{0}, {0}};
    struct glyph_set set;
    uint64_t seed = 1;
    for (int i = 0; i < DOCUMENTS; i++) {
        draw_glyphs(find(fonts, kinds[1].faces[0]), &seed, &set);
        count_map(&set, &counts);
    }
    print_sparse("code_of_glyph_maps", &counts);
}

/* --- ToUnicode maps */

static void count_text(const char *text, uint64_t times, struct code_counts *counts) {
    for (; *text; text++) {
        counts->literals[(uint8_t)*text] += times;
    }
}

/* What put_to_unicode writes: lines, and some words behind them. */
static void print_unicode(struct fonts *fonts) {
    static uint32_t characters[CHARACTERS];
    const size_t count = list_characters(characters);
    struct code_counts counts = {.literals = {[256] = 1}};
    struct code_lengths lengths = {.distances = {1}};
    char line[32];
    for (size_t f = 0; f < MOST_FACES; f++) {
        for (size_t i = 0; i < count; i++) {
            const unsigned cid = face_glyph(find(fonts, kinds[0].faces[f]), characters[i], 0);
            snprintf(line, sizeof line, "<%04X><%04X>\n", cid, (unsigned)characters[i]);
            count_text(line, 1, &counts);
        }
    }
    for (char c = ' '; c <= '~'; c++) {
        counts.literals[(uint8_t)c] += count / 300;
    }
    count_text("100 beginbfchar\nendbfchar\n", MOST_FACES * count / 100, &counts);
    make_some_lengths(counts.literals, CODING_LITERALS, lengths.literals);
    print_code("code_of_unicode", &lengths);
}

int main(int argc, char **argv) {
    bool pdf = argc > 1 && strcmp(argv[1], "pdf") == 0;
    struct fonts *fonts = fonts_create();
    struct arena *arena = arena_create();
    printf("/* codes.c: Huffman codes for streams of fonts. Made by tests/bench/codes.c: see there. */\n"
           "#include \"%s\"\n\n/* clang-format off */\n",
           pdf ? "pdf/internal.h" : "font/face.h");
    if (pdf) {
        print_unicode(fonts);
        print_sets(fonts);
    } else {
        print_outlines(fonts, arena);
        print_maps(fonts);
    }
    arena_destroy(arena);
    fonts_destroy(fonts);
    return 0;
}
