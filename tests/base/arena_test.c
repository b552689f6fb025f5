/* arena_test.c: memory that is given back all at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

static void memory_is_zeroed_and_aligned(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    for (size_t size = 0; size < 200; size++) {
        char *bytes = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(bytes[i], 0);
        }
        memset(bytes, 0xFF, size);
    }
    arena_destroy(arena);
}

static void a_reset_forgets_and_zeroes_again(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 1000; i++) {
            unsigned char *bytes = arena_alloc(arena, 97);
            assert_int_equal(bytes[0] | bytes[96], 0);
            memset(bytes, 0xA5, 97);
        }
        assert_true(arena_used(arena) >= 97000);
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_destroy(arena);
}

static void a_reset_keeps_the_memory(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    char *first = arena_alloc(arena, 10);
    char *large = arena_alloc(arena, 5000000);
    arena_reset(arena);
    assert_ptr_equal(arena_alloc(arena, 10), first);
    assert_ptr_equal(arena_alloc(arena, 5000000), large);
    arena_destroy(arena);
}

static void a_release_gives_back_what_came_after_the_mark(void **state) {
    struct arena *arena = arena_create();
    (void)state;
    const struct arena_mark empty = arena_mark(arena);
    char *kept = arena_copy(arena, "kept", 5);
    const struct arena_mark mark = arena_mark(arena);
    size_t used = arena_used(arena);
    char *dropped = arena_alloc(arena, 100);
    arena_alloc(arena, 3000000);
    arena_release(arena, mark);
    assert_string_equal(kept, "kept");
    assert_int_equal(arena_used(arena), used);
    assert_ptr_equal(arena_alloc(arena, 100), dropped);
    arena_release(arena, empty);
    assert_ptr_equal(arena_alloc(arena, 5), kept);
    arena_destroy(arena);
}

static void an_array_grows_and_keeps_its_items(void **state) {
    struct arena *arena = arena_create();
    uint32_t *items = NULL;
    size_t count = 0, capacity = 0;
    (void)state;
    for (uint32_t i = 0; i < 100000; i++) {
        if (i % 1000 == 500) {
            arena_alloc(arena, 40); /* now it can't grow where it stands */
        }
        ARENA_GROW(arena, items, count, capacity);
        assert_int_equal(items[count], 0);
        items[count++] = i;
    }
    for (uint32_t i = 0; i < 100000; i++) {
        assert_int_equal(items[i], i);
    }
    arena_destroy(arena);
}

static void what_is_not_handed_out_is_poisoned(void **state) {
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    struct arena *arena = arena_create();
    char *first = arena_alloc(arena, 16), *second = arena_alloc(arena, 5);
    assert_false(__asan_address_is_poisoned(first + 15));
    assert_true(__asan_address_is_poisoned(first + 16));
    assert_false(__asan_address_is_poisoned(second + 4));
    assert_true(__asan_address_is_poisoned(second + 5));
    arena_reset(arena);
    assert_true(__asan_address_is_poisoned(first));
    arena_destroy(arena);
#else
    skip(); /* says something in make asan only */
#endif
}

static void destroying_nothing_is_allowed(void **state) {
    (void)state;
    arena_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(a_reset_forgets_and_zeroes_again),
        cmocka_unit_test(a_reset_keeps_the_memory),
        cmocka_unit_test(a_release_gives_back_what_came_after_the_mark),
        cmocka_unit_test(an_array_grows_and_keeps_its_items),
        cmocka_unit_test(what_is_not_handed_out_is_poisoned),
        cmocka_unit_test(destroying_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
