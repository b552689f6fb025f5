/* Pictures made here by libjpeg and libpng, loaded whole, cut off, turned, linked and too large. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>

#include "base/buffer.h"
#include "base/file.h"
#include "image/image.h"

struct desk {
    struct arena *arena;
    struct images *images;
    char folder[32], root[48];
};

static int set_up(void **state) {
    struct desk *desk = calloc(1, sizeof *desk);
    *state = desk;
    strcpy(desk->folder, "/tmp/image-test-XXXXXX");
    assert_non_null(mkdtemp(desk->folder));
    snprintf(desk->root, sizeof desk->root, "%s/photos", desk->folder);
    assert_int_equal(folder_make(desk->root), 0);
    desk->arena = arena_create();
    desk->images = images_create(desk->root);
    return 0;
}

static int tear_down(void **state) {
    struct desk *desk = *state;
    char *line;
    assert_true(asprintf(&line, "rm -r %s", desk->folder) > 0);
    assert_int_equal(system(line), 0);
    free(line);
    images_destroy(desk->images);
    arena_destroy(desk->arena);
    free(desk);
    return 0;
}

struct jpeg {
    int width, height, components;
    bool progressive;
    int turn; /* EXIF's, 0: no EXIF */
};

/* TIFF of one entry, in either order of bytes. */
static void put_exif(struct jpeg_compress_struct *jpeg, int turn) {
    unsigned char big[] = "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\0\0\0\0\0\0\0";
    unsigned char little[] = "Exif\0\0II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\0\0\0\0\0\0\0\0";
    big[25] = little[24] = (unsigned char)turn;
    jpeg_write_marker(jpeg, JPEG_APP0 + 1, turn % 2 ? big : little, sizeof big - 1);
}

static struct str make_jpeg(struct desk *desk, struct jpeg how) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = (JDIMENSION)how.width;
    jpeg.image_height = (JDIMENSION)how.height;
    jpeg.input_components = how.components;
    jpeg.in_color_space = how.components == 1 ? JCS_GRAYSCALE : how.components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    if (how.progressive) {
        jpeg_simple_progression(&jpeg);
    }
    jpeg_start_compress(&jpeg, TRUE);
    if (how.turn) {
        put_exif(&jpeg, how.turn);
    }
    jpeg_write_marker(&jpeg, JPEG_COM, (const JOCTET *)"where a child lives", 19);
    JSAMPLE *row = malloc((size_t)how.width * (size_t)how.components);
    while (jpeg.next_scanline < jpeg.image_height) {
        for (int i = 0; i < how.width * how.components; i++) {
            row[i] = (JSAMPLE)(i * 7 + (int)jpeg.next_scanline * 13);
        }
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    const struct str copy = {arena_copy(desk->arena, bytes, size), size};
    free(bytes);
    free(row);
    return copy;
}

static struct str make_png(struct desk *desk, png_uint_32 format, const void *pixels, png_uint_32 side) {
    png_image png = {.version = PNG_IMAGE_VERSION, .width = side, .height = side, .format = format};
    png_alloc_size_t size = 0;
    assert_true(png_image_write_to_memory(&png, NULL, &size, 0, pixels, 0, NULL));
    char *bytes = arena_alloc(desk->arena, size);
    assert_true(png_image_write_to_memory(&png, bytes, &size, 0, pixels, 0, NULL));
    return (struct str){bytes, size};
}

static void put_file(struct desk *desk, const char *name, struct str bytes) {
    struct str path = str_printf(desk->arena, "%s/%s", desk->root, name);
    assert_int_equal(file_write(str_c(desk->arena, path), bytes.p, bytes.n, false), 0);
}

static enum image_error load_error(struct desk *desk, const char *path) {
    enum image_error error = IMAGE_OK;
    const struct image *image = image_load(desk->images, str_from(path), &error);
    assert_int_equal(image == NULL, error != IMAGE_OK);
    return error;
}

static enum image_error bytes_error(struct desk *desk, struct str bytes) {
    enum image_error error = IMAGE_OK;
    image_from_bytes(desk->images, bytes, &error);
    return error;
}

/* --- JPEG */

static void a_jpeg_passes_through_without_what_nobody_needs(void **state) {
    struct desk *desk = *state;
    static const struct jpeg kinds[] = {
        {30, 20, 3, false, 6}, {31, 21, 3, true, 3}, {8, 9, 1, false, 0}, {16, 16, 4, false, 0}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        enum image_error error;
        struct str file = make_jpeg(desk, kinds[i]);
        const struct image *image = image_from_bytes(desk->images, file, &error);
        assert_non_null(image);
        assert_int_equal(image->format, IMAGE_JPEG);
        assert_int_equal(image->width_px, kinds[i].width);
        assert_int_equal(image->height_px, kinds[i].height);
        assert_int_equal(image->components, kinds[i].components == 4 ? 3 : kinds[i].components);
        assert_int_equal(image->turn, kinds[i].turn ? kinds[i].turn : 1);
        assert_true(kinds[i].components == 4 || image->bytes.n < file.n);
        assert_true(str_starts(image->bytes, STR("\xFF\xD8")) && str_ends(image->bytes, STR("\xFF\xD9")));
        assert_int_equal(str_find(image->bytes, STR("where a child lives")), image->bytes.n);
        assert_int_equal(str_find(image->bytes, STR("Exif")), image->bytes.n);
    }
}

static void a_turned_picture_stands_upright(void **state) {
    struct desk *desk = *state;
    for (int turn = 1; turn <= 8; turn++) {
        int32_t width, height;
        const struct jpeg how = {30, 20, 3, false, turn};
        const struct image *image = image_from_bytes(desk->images, make_jpeg(desk, how), NULL);
        assert_int_equal(image->turn, turn);
        image_upright_size(image, &width, &height);
        assert_int_equal(width, turn < 5 ? 30 : 20);
        assert_int_equal(height, turn < 5 ? 20 : 30);
    }
}

/* Cut off anywhere a JPEG is an error, and never more than one is read. */
static void a_picture_cut_off_is_refused(void **state) {
    struct desk *desk = *state;
    const struct jpeg how = {40, 40, 3, true, 1};
    struct str jpeg = make_jpeg(desk, how);
    for (size_t n = 0; n < jpeg.n; n++) {
        char *exact = malloc(n ? n : 1);
        memcpy(exact, jpeg.p, n);
        enum image_error error = bytes_error(desk, (struct str){exact, n});
        assert_int_equal(error, n < 3 ? IMAGE_UNKNOWN_FORMAT : IMAGE_TRUNCATED);
        free(exact);
    }
    static const uint8_t pixels[16 * 16] = {1, 2, 3};
    struct str png = make_png(desk, PNG_FORMAT_GRAY, pixels, 16);
    for (size_t n = 8; n + 12 < png.n; n++) { /* the last 12 bytes only say that it ends */
        assert_int_equal(bytes_error(desk, str_slice(png, 0, n)), IMAGE_TRUNCATED);
    }
    /* The tail filled up with zeros, as an interrupted copy leaves it. */
    char *padded = arena_copy(desk->arena, jpeg.p, jpeg.n);
    memset(padded + jpeg.n / 2, 0, jpeg.n - jpeg.n / 2);
    assert_int_equal(bytes_error(desk, (struct str){padded, jpeg.n}), IMAGE_TRUNCATED);
}

static void a_jpeg_with_more_behind_its_end_is_good(void **state) {
    struct desk *desk = *state;
    const struct jpeg how = {10, 10, 3, false, 0};
    const struct str jpeg = make_jpeg(desk, how), longer = str_join(desk->arena, jpeg, STR("camera's own data"));
    const struct image *image = image_from_bytes(desk->images, jpeg, NULL);
    const struct image *same = image_from_bytes(desk->images, longer, NULL);
    assert_true(hash_eq(image->hash, same->hash));
}

/* Flipped bits give a picture or an error, and stay within the bytes. */
static void damage_stays_within_bounds(void **state) {
    struct desk *desk = *state;
    const struct jpeg how = {24, 24, 3, false, 2};
    static const uint8_t pixels[16 * 16 * 4] = {1, 2, 3};
    struct str files[] = {make_jpeg(desk, how), make_png(desk, PNG_FORMAT_RGBA, pixels, 16)};
    uint32_t random = 1;
    for (int i = 0; i < 4000; i++) {
        const struct str file = files[i % 2];
        char *bytes = malloc(file.n);
        memcpy(bytes, file.p, file.n);
        for (int k = 0; k < 3; k++) {
            random = random * 1664525 + 1013904223;
            bytes[(random >> 8) % file.n] ^= (char)(random >> 24);
        }
        bytes_error(desk, (struct str){bytes, file.n});
        free(bytes);
    }
}

static void pictures_beyond_the_limit_are_refused(void **state) {
    struct desk *desk = *state;
    const struct jpeg how = {16, 16, 3, false, 0};
    struct str jpeg = make_jpeg(desk, how);
    char *bytes = arena_copy(desk->arena, jpeg.p, jpeg.n);
    const size_t frame = str_find(jpeg, STR("\xFF\xC0"));
    memcpy(bytes + frame + 5, "\x27\x10\x27\x10", 4); /* 10,000 × 10,000 */
    assert_int_equal(bytes_error(desk, (struct str){bytes, jpeg.n}), IMAGE_TOO_LARGE);
    memcpy(bytes + frame + 5, "\0\0\0\0", 4);
    assert_int_equal(bytes_error(desk, (struct str){bytes, jpeg.n}), IMAGE_UNREADABLE);
}

/* --- PNG */

/* An eXIf chunk behind the header, as phones' editors write it; its check sum isn't looked at for a chunk that may be left out. */
static struct str with_exif(struct desk *desk, struct str png, char turn) {
    enum { BEHIND_HEADER = 8 + 25 };
    const char chunk[] = {0,    0, 0, 26, 'e', 'X', 'I', 'f', 'M',  'M', 0, 42, 0, 0, 0, 8, 0, 1, 1,
                          0x12, 0, 3, 0,  0,   0,   1,   0,   turn, 0,   0, 0,  0, 0, 0, 0, 0, 0, 0};
    char *bytes = arena_alloc(desk->arena, png.n + sizeof chunk);
    memcpy(bytes, png.p, BEHIND_HEADER);
    memcpy(bytes + BEHIND_HEADER, chunk, sizeof chunk);
    memcpy(bytes + BEHIND_HEADER + sizeof chunk, png.p + BEHIND_HEADER, png.n - BEHIND_HEADER);
    return (struct str){bytes, png.n + sizeof chunk};
}

static void a_png_tells_which_side_is_up(void **state) {
    struct desk *desk = *state;
    static const uint8_t grey[] = {1, 2, 3, 4};
    struct str plain = make_png(desk, PNG_FORMAT_GRAY, grey, 2);
    assert_int_equal(image_from_bytes(desk->images, plain, NULL)->turn, 1);
    const struct image *turned = image_from_bytes(desk->images, with_exif(desk, plain, 6), NULL);
    assert_non_null(turned);
    assert_int_equal(turned->turn, 6);
    assert_int_equal(image_from_bytes(desk->images, with_exif(desk, plain, 77), NULL)->turn, 1);
}

static void a_png_becomes_rows_on_white(void **state) {
    struct desk *desk = *state;
    static const uint8_t rgba[] = {255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 9, 8, 7, 255};
    const struct image *image = image_from_bytes(desk->images, make_png(desk, PNG_FORMAT_RGBA, rgba, 2), NULL);
    assert_int_equal(image->format, IMAGE_RAW);
    assert_int_equal(image->components, 3);
    assert_int_equal(image->bytes.n, 12);
    assert_memory_equal(image->bytes.p, "\xFF\0\0\x7F\xFF\x7F\xFF\xFF\xFF\x9\x8\x7", 12);

    static const uint8_t grey[] = {1, 2, 3, 4};
    image = image_from_bytes(desk->images, make_png(desk, PNG_FORMAT_GRAY, grey, 2), NULL);
    assert_int_equal(image->components, 1);
    assert_memory_equal(image->bytes.p, grey, 4);

    static const uint16_t deep[] = {0, 65535, 0, 65535};
    image = image_from_bytes(desk->images, make_png(desk, PNG_FORMAT_LINEAR_Y, deep, 2), NULL);
    assert_int_equal(image->components, 1);
    assert_memory_equal(image->bytes.p, "\0\xFF\0\xFF", 4);

    static const uint8_t opaque[] = {5, 255, 6, 255, 7, 255, 8, 255};
    image = image_from_bytes(desk->images, make_png(desk, PNG_FORMAT_GA, opaque, 2), NULL);
    assert_memory_equal(image->bytes.p, "\5\6\7\x8", 4);
}

static void pictures_that_look_different_have_different_hashes(void **state) {
    struct desk *desk = *state;
    uint8_t pixels[4 * 4 * 2] = {7, 255, 7, 255};
    struct hash first = image_from_bytes(desk->images, make_png(desk, PNG_FORMAT_GA, pixels, 4), NULL)->hash;
    pixels[3] = 90; /* only the mask */
    struct hash second = image_from_bytes(desk->images, make_png(desk, PNG_FORMAT_GA, pixels, 4), NULL)->hash;
    assert_false(hash_eq(first, second));
}

/* --- files */

static void only_pictures_below_the_root_are_read(void **state) {
    struct desk *desk = *state;
    const struct jpeg how = {10, 10, 3, false, 0};
    const struct str jpeg = make_jpeg(desk, how);
    put_file(desk, "a.jpg", jpeg);
    put_file(desk, "text.jpg", STR("not a picture at all"));
    put_file(desk, "empty.jpg", STR(""));
    put_file(desk, "../outside.jpg", jpeg);
    struct str link = str_printf(desk->arena, "%s/link.jpg", desk->root);
    assert_int_equal(symlink("../outside.jpg", str_c(desk->arena, link)), 0);
    assert_int_equal(folder_make(str_c(desk->arena, str_printf(desk->arena, "%s/folder", desk->root))), 0);

    assert_int_equal(load_error(desk, "a.jpg"), IMAGE_OK);
    assert_int_equal(load_error(desk, "none.jpg"), IMAGE_MISSING);
    assert_int_equal(load_error(desk, "text.jpg"), IMAGE_UNKNOWN_FORMAT);
    assert_int_equal(load_error(desk, "empty.jpg"), IMAGE_UNKNOWN_FORMAT);
    assert_int_equal(load_error(desk, "../outside.jpg"), IMAGE_OUTSIDE);
    assert_int_equal(load_error(desk, "link.jpg"), IMAGE_OUTSIDE);
    assert_int_equal(load_error(desk, "/etc/passwd"), IMAGE_OUTSIDE);
    assert_int_equal(load_error(desk, "folder"), IMAGE_UNREADABLE);
}

static void equal_files_are_one_picture_read_once(void **state) {
    struct desk *desk = *state;
    const struct jpeg how = {10, 10, 3, false, 0};
    put_file(desk, "a.jpg", make_jpeg(desk, how));
    put_file(desk, "b.jpg", make_jpeg(desk, how));
    const struct image *image = image_load(desk->images, STR("a.jpg"), NULL);
    assert_ptr_equal(image_load(desk->images, STR("b.jpg"), NULL), image);
    put_file(desk, "a.jpg", STR("changed"));
    assert_ptr_equal(image_load(desk->images, STR("a.jpg"), NULL), image);

    images_trim(desk->images, 0); /* far below the limit: nothing is forgotten */
    assert_ptr_equal(image_load(desk->images, STR("a.jpg"), NULL), image);
    images_trim(desk->images, 1);
    assert_int_equal(load_error(desk, "a.jpg"), IMAGE_UNKNOWN_FORMAT);
    assert_int_equal(load_error(desk, "b.jpg"), IMAGE_OK);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_jpeg_passes_through_without_what_nobody_needs),
        TEST(a_turned_picture_stands_upright),
        TEST(a_picture_cut_off_is_refused),
        TEST(a_jpeg_with_more_behind_its_end_is_good),
        TEST(damage_stays_within_bounds),
        TEST(pictures_beyond_the_limit_are_refused),
        TEST(a_png_becomes_rows_on_white),
        TEST(a_png_tells_which_side_is_up),
        TEST(pictures_that_look_different_have_different_hashes),
        TEST(only_pictures_below_the_root_are_read),
        TEST(equal_files_are_one_picture_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
