/* Bytes coded under a fixed code and joined: zlib must give them back, whatever they are and wherever they fall. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "font/face.h"

struct desk {
    struct arena *arena;
    struct coding *coding;
    struct bits bits;
    struct buffer out;
};

static int set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    desk->arena = arena_create();
    desk->coding = coding_create_in(desk->arena, &code_of_cff);
    *state = desk;
    return 0;
}

static int tear_down(void **state) {
    struct desk *desk = *state;
    bits_release(&desk->bits);
    coding_release(desk->coding);
    buffer_release(&desk->out);
    arena_destroy(desk->arena);
    free(desk);
    return 0;
}

static void assert_inflates(struct desk *desk, struct str want) {
    uLongf size = want.n;
    Bytef *got = malloc(want.n + 1);
    assert_int_equal(uncompress(got, &size, (const Bytef *)desk->out.bytes, desk->out.count), Z_OK);
    assert_int_equal(size, want.n);
    assert_true(want.n == 0 || memcmp(got, want.p, want.n) == 0);
    free(got);
}

/* A head, the pieces and zeros, joined. */
static void check(struct desk *desk, struct str head, const struct str *pieces, size_t count, size_t zeros) {
    struct join join;
    struct buffer want = {0};
    buffer_clear(&desk->out);
    join_begin(&join, desk->coding, &desk->out);
    join_stored(&join, head);
    join_open_block(&join);
    buffer_add(&want, head);
    for (size_t i = 0; i < count; i++) {
        struct coded coded = coding_add(desk->coding, pieces[i], &desk->bits);
        join_coded(&join, &desk->bits, &coded);
        buffer_add(&want, pieces[i]);
    }
    join_zeros(&join, zeros);
    join_end(&join);
    for (size_t i = 0; i < zeros; i++) {
        buffer_byte(&want, 0);
    }
    assert_int_equal(join.size, want.count);
    assert_inflates(desk, buffer_str(&want));
    buffer_release(&want);
}

static uint32_t draw_lots(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static struct str random_bytes(struct arena *arena, uint64_t *seed, size_t count, uint32_t kinds) {
    char *bytes = arena_alloc(arena, count);
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (char)(draw_lots(seed) % kinds);
    }
    return (struct str){bytes, count};
}

static void nothing_at_all(void **state) {
    check(*state, STR_NONE, NULL, 0, 0);
    check(*state, STR("head"), NULL, 0, 3);
    struct str empty[] = {STR_NONE, STR(""), STR("x"), STR_NONE};
    check(*state, STR_NONE, empty, 4, 1);
}

static void every_byte_and_every_length_of_match(void **state) {
    struct desk *desk = *state;
    char bytes[256];
    for (int i = 0; i < 256; i++) {
        bytes[i] = (char)i;
    }
    struct str all = {bytes, sizeof bytes};
    check(desk, STR("h"), &all, 1, 0);
    for (size_t length = 1; length < 600; length++) {
        char *same = arena_alloc(desk->arena, length + 300);
        memset(same, 'a', length);
        struct str run = {same, length};
        check(desk, STR("h"), &run, 1, 0);
    }
}

/* Strings of every length, so that each begins at each bit of a word. */
static void pieces_join_at_every_bit(void **state) {
    struct desk *desk = *state;
    uint64_t seed = 1;
    for (size_t round = 0; round < 200; round++) {
        struct str pieces[40];
        for (size_t i = 0; i < 40; i++) {
            pieces[i] = random_bytes(desk->arena, &seed, draw_lots(&seed) % 30, 1 + draw_lots(&seed) % 256);
        }
        check(desk, random_bytes(desk->arena, &seed, draw_lots(&seed) % 100, 256), pieces, 40, round % 4);
        desk->bits.count = 0;
    }
}

/* Beyond 32 KB back nothing may be matched; a stored block holds 64 KB. */
static void long_ones_are_coded_too(void **state) {
    struct desk *desk = *state;
    uint64_t seed = 2;
    static const size_t sizes[] = {32767, 32768, 32769, 65535, 65536, 70000, 300000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct str twice[2] = {random_bytes(desk->arena, &seed, sizes[i], 256), STR_NONE};
        twice[1] = str_join(desk->arena, twice[0], twice[0]);
        check(desk, twice[0], twice, 2, 0);
    }
}

/* A piece, and it again behind another beginning: a few bits, wherever the two fall. */
static void what_repeats_known_bytes_costs_little(void **state) {
    struct desk *desk = *state;
    uint64_t seed = 5;
    for (size_t size = 0; size < 40000; size = size < 800 ? size + 1 : 2 * size) {
        const struct str piece = random_bytes(desk->arena, &seed, size, 256);
        const struct str again = str_join(desk->arena, STR("\x1C\x01\x02"), piece);
        const struct str both = str_join(desk->arena, piece, again);
        struct join join;
        buffer_clear(&desk->out);
        join_begin(&join, desk->coding, &desk->out);
        join_open_block(&join);
        const struct coded first = coding_add(desk->coding, piece, &desk->bits);
        const struct coded second = coding_add_again(desk->coding, again, 3, &desk->bits);
        join_coded(&join, &desk->bits, &first);
        join_coded(&join, &desk->bits, &second);
        join_end(&join);
        assert_inflates(desk, both);
        assert_int_equal(second.size, again.n);
        assert_true(second.bit_count < 48 * (size / 258 + 2) || size > 32000);
    }
}

static void the_same_bytes_have_the_same_bits(void **state) {
    struct desk *desk = *state;
    uint64_t seed = 3;
    const struct str bytes = random_bytes(desk->arena, &seed, 500, 20);
    struct coded first = coding_add(desk->coding, bytes, &desk->bits);
    coding_add(desk->coding, random_bytes(desk->arena, &seed, 900, 20), &desk->bits);
    struct coded second = coding_add(desk->coding, bytes, &desk->bits);
    assert_int_equal(first.bit_count, second.bit_count);
    assert_memory_equal(desk->bits.words + first.first, desk->bits.words + second.first,
                        (first.bit_count + 63) / 64 * 8);
}

/* Kraft's sum is 1: zlib takes no other code. */
static void codes_are_complete(void **state) {
    (void)state;
    static const struct code_lengths *const all[] = {&code_of_cff, &code_of_glyf};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        uint32_t literals = 0, distances = 0;
        for (size_t k = 0; k < CODING_LITERALS; k++) {
            literals += 1u << (15 - all[i]->literals[k]);
        }
        for (size_t k = 0; k < CODING_DISTANCES; k++) {
            distances += 1u << (15 - all[i]->distances[k]);
        }
        assert_int_equal(literals, 1 << 15);
        assert_int_equal(distances, 1 << 15);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(nothing_at_all),
        TEST(every_byte_and_every_length_of_match),
        TEST(pieces_join_at_every_bit),
        TEST(long_ones_are_coded_too),
        TEST(what_repeats_known_bytes_costs_little),
        cmocka_unit_test(codes_are_complete),
        TEST(long_ones_are_coded_too),
        TEST(the_same_bytes_have_the_same_bits),
        cmocka_unit_test(codes_are_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
