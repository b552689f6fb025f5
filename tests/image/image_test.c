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
#include <lcms2.h>
#include <png.h>
#include <webp/encode.h>

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

/* --- CMYK becomes RGB */

static cmsInt32Number lab_of_inks(const cmsUInt16Number in[], cmsUInt16Number out[], void *cargo) {
    (void)cargo;
    const uint8_t light[] = {(uint8_t)(255 - in[0] / 257 * 55 / 255), (uint8_t)(255 - in[0] / 257 * 215 / 255),
                             (uint8_t)(255 - in[0] / 257 * 215 / 255)};
    cmsHPROFILE srgb = cmsCreate_sRGBProfile(), lab = cmsCreateLab4Profile(NULL);
    cmsHTRANSFORM transform = cmsCreateTransform(srgb, TYPE_RGB_8, lab, TYPE_LabV2_16, INTENT_RELATIVE_COLORIMETRIC, 0);
    cmsDoTransform(transform, light, out, 1);
    cmsDeleteTransform(transform);
    cmsCloseProfile(srgb);
    cmsCloseProfile(lab);
    return 1;
}

/* A press whose cyan is red, as no press has it: who goes by the profile is told from who multiplies. */
static struct str make_profile(struct desk *desk) {
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    cmsSetProfileVersion(profile, 2.1);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    cmsPipeline *pipeline = cmsPipelineAlloc(NULL, 4, 3);
    cmsStage *grid = cmsStageAllocCLut16bit(NULL, 3, 4, 3, NULL);
    assert_true(cmsStageSampleCLut16bit(grid, lab_of_inks, NULL, 0));
    assert_true(cmsPipelineInsertStage(pipeline, cmsAT_END, grid));
    assert_true(cmsWriteTag(profile, cmsSigAToB0Tag, pipeline));
    assert_true(cmsWriteTag(profile, cmsSigAToB1Tag, pipeline));
    cmsUInt32Number size = 0;
    assert_true(cmsSaveProfileToMem(profile, NULL, &size));
    char *bytes = arena_alloc(desk->arena, size);
    assert_true(cmsSaveProfileToMem(profile, bytes, &size));
    cmsPipelineFree(pipeline);
    cmsCloseProfile(profile);
    return (struct str){bytes, size};
}

/* One colour, 16 × 16, stored as it is; with Adobe's marker (libjpeg writes it for CMYK) 255 is no ink. */
static struct str make_flat(struct desk *desk, const uint8_t *colour, bool adobe, struct str profile) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL, row[16 * 4];
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = jpeg.image_height = 16;
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 100, TRUE);
    jpeg.write_Adobe_marker = adobe;
    jpeg_start_compress(&jpeg, TRUE);
    if (profile.n > 0) {
        struct buffer segment = {0};
        buffer_append(&segment, "ICC_PROFILE\0\1\1", 14);
        buffer_add(&segment, profile);
        jpeg_write_marker(&jpeg, JPEG_APP0 + 2, (const JOCTET *)segment.bytes, (unsigned)segment.count);
        buffer_release(&segment);
    }
    for (size_t i = 0; i < sizeof row; i++) {
        row[i] = colour[i % 4];
    }
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW line = row;
        jpeg_write_scanlines(&jpeg, &line, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    const struct str copy = {arena_copy(desk->arena, bytes, size), size};
    free(bytes);
    return copy;
}

/* The pixel in the middle of a JPEG, as libjpeg decodes it. */
static void middle(struct str file, uint8_t out[3]) {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, (const unsigned char *)file.p, file.n);
    jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    const size_t width = jpeg.output_width;
    JSAMPLE *row = malloc(width * 3);
    while (jpeg.output_scanline <= jpeg.output_height / 2) {
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    memcpy(out, row + width / 2 * 3, 3);
    jpeg_abort_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    free(row);
}

static void assert_colour(const struct image *image, int red, int green, int blue) {
    uint8_t colour[3];
    middle(image->bytes, colour);
    assert_in_range(colour[0] + 4 - red, 0, 8);
    assert_in_range(colour[1] + 4 - green, 0, 8);
    assert_in_range(colour[2] + 4 - blue, 0, 8);
}

static void ink_becomes_light(void **state) {
    struct desk *desk = *state;
    static const uint8_t cyan[] = {255, 0, 0, 0}, no_cyan[] = {0, 255, 255, 255}, grey[] = {0, 0, 0, 128};
    assert_colour(image_from_bytes(desk->images, make_flat(desk, cyan, false, STR_NONE), NULL), 0, 255, 255);
    assert_colour(image_from_bytes(desk->images, make_flat(desk, no_cyan, true, STR_NONE), NULL), 0, 255, 255);
    assert_colour(image_from_bytes(desk->images, make_flat(desk, grey, false, STR_NONE), NULL), 127, 127, 127);
}

/* A profile that isn't CMYK's is as none; a cut one too. */
static void a_profile_that_is_none_is_passed_over(void **state) {
    struct desk *desk = *state;
    static const uint8_t cyan[] = {255, 0, 0, 0};
    const struct str srgb = image_srgb_profile_in(desk->arena);
    assert_colour(image_from_bytes(desk->images, make_flat(desk, cyan, false, srgb), NULL), 0, 255, 255);
    assert_colour(image_from_bytes(desk->images, make_flat(desk, cyan, false, str_slice(srgb, 0, 90)), NULL), 0, 255,
                  255);
}

/* A profile of two inks' worth: made by lcms2, its Lab of full cyan is a certain blue. */
static void the_profile_of_the_file_says_what_its_inks_look_like(void **state) {
    struct desk *desk = *state;
    static const uint8_t cyan[] = {255, 0, 0, 0}, no_cyan[] = {0, 255, 255, 255}, none[] = {0, 0, 0, 0};
    const struct str profile = make_profile(desk);
    const struct image *image = image_from_bytes(desk->images, make_flat(desk, cyan, false, profile), NULL);
    assert_colour(image, 200, 40, 40);
    image = image_from_bytes(desk->images, make_flat(desk, no_cyan, true, profile), NULL);
    assert_colour(image, 200, 40, 40);
    assert_colour(image_from_bytes(desk->images, make_flat(desk, none, false, profile), NULL), 255, 255, 255);
}

static void the_profile_of_our_colours_is_the_same_each_time(void **state) {
    struct desk *desk = *state;
    const struct str first = image_srgb_profile_in(desk->arena);
    assert_in_range(first.n, 600, 1400);
    assert_memory_equal(first.p + 8, "\2\x10\0\0mntrRGB XYZ \x07\xCF\0\x0A\0\x12\0\0\0\0\0\0acsp", 32);
    assert_true(str_eq(first, image_srgb_profile_in(desk->arena)));
}

/* --- fewer pixels */

static void a_picture_is_shrunk_to_the_mean_of_its_areas(void **state) {
    struct desk *desk = *state;
    static const uint8_t grey[] = {0, 30, 60, 90, 120, 150, 180, 210, 240};
    const struct image *image = image_from_bytes(desk->images, make_png(desk, PNG_FORMAT_GRAY, grey, 3), NULL);
    struct buffer bytes = {0};
    struct image small;
    assert_true(image_shrink(image, 1, 1, &bytes, &small));
    assert_int_equal(small.bytes.n, 1);
    assert_int_equal((uint8_t)small.bytes.p[0], 120);
    assert_true(image_shrink(image, 2, 2, &bytes, &small));
    /* (0·4 + 30·2 + 90·2 + 120·1) / 9 … */
    assert_memory_equal(small.bytes.p, "\x28\x50\xA0\xC8", 4);
    assert_true(image_shrink(image, 3, 3, &bytes, &small));
    assert_memory_equal(small.bytes.p, grey, 9);
    buffer_release(&bytes);
}

static void a_large_jpeg_is_shrunk_and_a_damaged_one_is_not(void **state) {
    struct desk *desk = *state;
    const struct str file = make_jpeg(desk, (struct jpeg){400, 300, 3, true, 6});
    const struct image *image = image_from_bytes(desk->images, file, NULL);
    struct buffer bytes = {0};
    struct image small;
    assert_true(image_shrink(image, 170, 120, &bytes, &small));
    assert_int_equal(small.format, IMAGE_JPEG);
    assert_int_equal(small.turn, 6);
    assert_true(small.bytes.n < image->bytes.n);
    const struct image *again = image_from_bytes(desk->images, small.bytes, NULL);
    assert_int_equal(again->width_px, 170);
    assert_int_equal(again->height_px, 120);
    assert_true(hash_eq(small.hash, image->hash));
    struct image damaged = *image;
    char *spoilt = (char *)arena_copy(desk->arena, image->bytes.p, image->bytes.n);
    memset(spoilt + image->bytes.n / 2, 0xFF, image->bytes.n / 4);
    damaged.bytes = (struct str){spoilt, image->bytes.n};
    assert_false(image_shrink(&damaged, 170, 120, &bytes, &small));
    buffer_release(&bytes);
}

/* --- WebP */

static struct str make_webp(struct desk *desk, bool lossy, bool alpha) {
    enum { SIDE = 32 };
    uint8_t pixels[SIDE * SIDE * 4], *bytes = NULL;
    for (size_t i = 0; i < sizeof pixels; i++) {
        pixels[i] = (uint8_t[]){200, 100, 50, alpha ? 0 : 255}[i % 4];
    }
    const size_t size = lossy ? WebPEncodeRGBA(pixels, SIDE, SIDE, SIDE * 4, 90, &bytes)
                              : WebPEncodeLosslessRGBA(pixels, SIDE, SIDE, SIDE * 4, &bytes);
    assert_true(size > 0);
    const struct str copy = {arena_copy(desk->arena, bytes, size), size};
    WebPFree(bytes);
    return copy;
}

static void a_webp_becomes_what_a_pdf_knows(void **state) {
    struct desk *desk = *state;
    const struct image *image = image_from_bytes(desk->images, make_webp(desk, true, false), NULL);
    assert_non_null(image);
    assert_int_equal(image->format, IMAGE_JPEG);
    assert_int_equal(image->width_px, 32);
    assert_colour(image, 200, 100, 50);
    image = image_from_bytes(desk->images, make_webp(desk, false, false), NULL);
    assert_int_equal(image->format, IMAGE_RAW);
    assert_memory_equal(image->bytes.p, "\xC8\x64\x32", 3);
    image = image_from_bytes(desk->images, make_webp(desk, false, true), NULL);
    assert_memory_equal(image->bytes.p, "\xFF\xFF\xFF", 3);
    const struct str whole = make_webp(desk, true, false);
    assert_int_equal(bytes_error(desk, str_slice(whole, 0, whole.n / 2)), IMAGE_TRUNCATED);
    assert_int_equal(bytes_error(desk, STR("RIFF\x20\0\0\0WAVEfmt ")), IMAGE_UNKNOWN_FORMAT);
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
        TEST(ink_becomes_light),
        TEST(a_profile_that_is_none_is_passed_over),
        TEST(the_profile_of_the_file_says_what_its_inks_look_like),
        TEST(the_profile_of_our_colours_is_the_same_each_time),
        TEST(a_picture_is_shrunk_to_the_mean_of_its_areas),
        TEST(a_large_jpeg_is_shrunk_and_a_damaged_one_is_not),
        TEST(a_webp_becomes_what_a_pdf_knows),
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
