/* file_test.c: files whole or not at all, names that lead nowhere else, hashes. */
#define _XOPEN_SOURCE 700 /* symlink, mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

struct fixture {
    struct arena *arena;
    char folder[256];
};

static int set_up(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    const char *parent = getenv("TMP");
    if (fixture == NULL) {
        return -1;
    }
    fixture->arena = arena_create();
    snprintf(fixture->folder, sizeof fixture->folder, "%s/file-XXXXXX", parent != NULL ? parent : "/tmp");
    *state = fixture;
    return mkdtemp(fixture->folder) != NULL ? 0 : -1;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    arena_destroy(fixture->arena);
    free(fixture);
    return 0;
}

static const char *below(struct fixture *fixture, const char *name) {
    return str_c(fixture->arena, str_printf(fixture->arena, "%s/%s", fixture->folder, name));
}

static void assert_str(struct str actual, const char *expected) {
    assert_int_equal(actual.n, strlen(expected));
    assert_memory_equal(actual.p, expected, actual.n);
}

static void assert_content(struct fixture *fixture, const char *path, const char *expected) {
    struct str content;
    assert_int_equal(file_read(fixture->arena, path, 0, &content), 0);
    assert_str(content, expected);
}

static void a_file_is_written_whole(void **state) {
    struct fixture *fixture = *state;
    const char *path = below(fixture, "2026/学校/a.pdf");
    struct stat status;
    assert_int_equal(file_write(path, "one", 3, true), 0);
    assert_int_equal(file_write(path, "three", 5, false), 0);
    assert_content(fixture, path, "three");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(below(fixture, "2026/学校"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void a_failed_write_leaves_nothing(void **state) {
    struct fixture *fixture = *state;
    struct str *names;
    size_t count;
    assert_int_equal(folder_make(below(fixture, "taken/inside")), 0);
    assert_int_not_equal(file_write(below(fixture, "taken"), "x", 1, false), 0);
    assert_int_equal(folder_list(fixture->arena, fixture->folder, STR_NONE, &names, &count), 0);
    assert_int_equal(count, 1);
    assert_str(names[0], "taken");
}

static void a_link_is_replaced_not_followed(void **state) {
    struct fixture *fixture = *state;
    const char *target = below(fixture, "target"), *link = below(fixture, "link");
    assert_int_equal(file_write(target, "old", 3, false), 0);
    assert_int_equal(symlink(target, link), 0);
    assert_int_equal(file_write(link, "new", 3, false), 0);
    assert_content(fixture, target, "old");
    assert_content(fixture, link, "new");
}

static void what_is_no_file_is_not_read(void **state) {
    struct fixture *fixture = *state;
    struct str content;
    assert_int_equal(file_read(fixture->arena, below(fixture, "absent"), 0, &content), ENOENT);
    assert_int_equal(file_read(fixture->arena, fixture->folder, 0, &content), EISDIR);
    assert_int_equal(mkfifo(below(fixture, "fifo"), 0600), 0);
    assert_int_equal(file_read(fixture->arena, below(fixture, "fifo"), 0, &content), EINVAL);
    assert_int_equal(file_write(below(fixture, "large"), "12345", 5, false), 0);
    assert_int_equal(file_read(fixture->arena, below(fixture, "large"), 4, &content), EFBIG);
    assert_int_equal(file_read(fixture->arena, below(fixture, "large"), 5, &content), 0);
    assert_int_equal(content.p[5], '\0');
}

static void a_folder_is_listed_in_order(void **state) {
    static const char *const files[] = {"b.yaml", "甲.yaml", "a.yaml", "a.yml", ".hidden.yaml"};
    struct fixture *fixture = *state;
    struct str *names;
    size_t count;
    for (size_t i = 0; i < COUNT(files); i++) {
        assert_int_equal(file_write(below(fixture, files[i]), "", 0, false), 0);
    }
    assert_int_equal(folder_list(fixture->arena, fixture->folder, STR(".yaml"), &names, &count), 0);
    assert_int_equal(count, 4);
    assert_str(names[0], ".hidden.yaml");
    assert_str(names[1], "a.yaml");
    assert_str(names[2], "b.yaml");
    assert_str(names[3], "甲.yaml");
    assert_int_equal(folder_list(fixture->arena, below(fixture, "absent"), STR_NONE, &names, &count), ENOENT);
}

static void a_path_never_leads_out(void **state) {
    struct fixture *fixture = *state;
    const char *root = below(fixture, "photos");
    int error;
    assert_int_equal(file_write(below(fixture, "photos/a/1.jpg"), "x", 1, false), 0);
    assert_int_equal(file_write(below(fixture, "photos-too/1.jpg"), "x", 1, false), 0);
    assert_int_equal(symlink("../photos-too/1.jpg", below(fixture, "photos/out.jpg")), 0);
    assert_int_equal(symlink("a/1.jpg", below(fixture, "photos/in.jpg")), 0);
    assert_non_null(file_inside(fixture->arena, root, STR("a/1.jpg"), &error));
    assert_non_null(file_inside(fixture->arena, root, STR("in.jpg"), &error));
    assert_null(file_inside(fixture->arena, root, STR("a/2.jpg"), &error));
    assert_int_equal(error, ENOENT);
    static const struct str outside[] = {STR_INIT("../photos-too/1.jpg"), STR_INIT("a/../a/1.jpg"),
                                         STR_INIT("/etc/passwd"), STR_INIT("out.jpg"), STR_INIT("a/1.jpg\0")};
    for (size_t i = 0; i < COUNT(outside); i++) {
        assert_null(file_inside(fixture->arena, root, outside[i], &error));
        assert_int_equal(error, EACCES);
    }
}

static void a_name_becomes_a_file_name(void **state) {
    static const char *const cases[][2] = {
        {"张三", "张三"},
        {"../../etc/passwd", "___.._etc_passwd"},
        {"a/b\\c:d*e?f\"<>|j", "a_b_c_d_e_f____j"},
        {" 　张三　 ", "张三"},
        {"a\x01\x7F\u202Eb", "a___b"},
        {"\xFF", "\uFFFD"},
        {"", "_"},
        {"   ", "_"},
        {".", "_"},
        {"..", "__"},
        {"nul.txt", "_nul.txt"},
        {"LPT1", "_LPT1"},
        {"connie", "connie"},
        {"end.", "end_"},
        {"0123456789abcdef好x", "0123456789abcdef"}, /* cut between code points */
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_str(file_safe_name(fixture->arena, str_from(cases[i][0]), 18), cases[i][1]);
    }
    char name[900];
    for (size_t i = 0; i < sizeof name; i += 3) {
        memcpy(name + i, "好", 3);
    }
    assert_true(file_safe_name(fixture->arena, (struct str){name, sizeof name}, 255).n <= 255);
}

static void equal_bytes_have_equal_hashes(void **state) {
    struct fixture *fixture = *state;
    struct hash_stream *stream = hash_begin();
    hash_add(stream, "ab", 2);
    hash_add(stream, NULL, 0);
    hash_add(stream, "c", 1);
    struct hash hash = hash_end(stream);
    assert_true(hash_eq(hash, hash_bytes("abc", 3)));
    assert_false(hash_eq(hash, hash_bytes("abd", 3)));
    /* XXH3_128bits of the empty string, from xxHash's own documentation. */
    assert_str(hash_hex(fixture->arena, hash_bytes("", 0)), "99aa06d3014798d86001c324468d497f");
}

static void a_map_finds_what_was_put(void **state) {
    struct fixture *fixture = *state;
    struct strmap map;
    bool found;
    strmap_init(&map, fixture->arena);
    assert_null(strmap_get(&map, STR("x")));
    for (int i = 0; i < 10000; i++) {
        uint32_t *value = strmap_put(&map, str_int(fixture->arena, i % 5000), &found);
        assert_int_equal(found, i >= 5000);
        assert_int_equal(*value, found ? (uint32_t)(i % 5000) : 0);
        *value = (uint32_t)(i % 5000);
    }
    assert_int_equal(map.count, 5000);
    assert_int_equal(*strmap_get(&map, STR("4999")), 4999);
    assert_null(strmap_get(&map, STR("5000")));
    strmap_put(&map, STR_NONE, &found);
    assert_false(found);
    assert_non_null(strmap_get(&map, STR("")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_written_whole),     TEST(a_failed_write_leaves_nothing), TEST(a_link_is_replaced_not_followed),
        TEST(what_is_no_file_is_not_read), TEST(a_folder_is_listed_in_order),   TEST(a_path_never_leads_out),
        TEST(a_name_becomes_a_file_name),  TEST(equal_bytes_have_equal_hashes), TEST(a_map_finds_what_was_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
