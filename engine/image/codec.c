/* codec.c: pixels out of a JPEG and in again; all use of libjpeg. Nearly every JPEG is printed as it is (jpeg.c): only
 * those are decoded that PDF/A can't hold, and those with more pixels than print can show. */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "image/decode.h"

enum { QUALITY = 90 };

/* libjpeg's error manager, with the place that its errors jump to. */
struct errors {
    struct jpeg_error_mgr manager; /* first: libjpeg gives back a pointer to it */
    jmp_buf failed;
};

static void on_error(j_common_ptr jpeg) {
    struct errors *errors = (struct errors *)jpeg->err;
    longjmp(errors->failed, 1);
}

/* Warnings are counted by libjpeg, and looked at by who asked. */
static void on_message(j_common_ptr jpeg) {
    (void)jpeg;
}

static struct jpeg_error_mgr *errors_init(struct errors *errors) {
    jpeg_std_error(&errors->manager);
    errors->manager.error_exit = on_error;
    errors->manager.output_message = on_message;
    return &errors->manager;
}

/* Colours as libjpeg gives them without loss: grey, RGB, CMYK. */
static J_COLOR_SPACE space_of(int32_t components) {
    return components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
}

/* The fewest eighths of a picture that aren't below the size: 1, 2, 4 or 8, for which libjpeg is quick. */
static unsigned eighths(const struct jpeg_decompress_struct *jpeg, int32_t width_px, int32_t height_px) {
    unsigned count = 1;
    while (count < 8 && (jpeg->image_width * count < (unsigned)width_px * 8 ||
                         jpeg->image_height * count < (unsigned)height_px * 8)) {
        count *= 2;
    }
    return count;
}

/* All that may jump. */
static void decode(struct jpeg_decompress_struct *jpeg, struct str file, int32_t width_px, int32_t height_px,
                   struct pixels *out) {
    jpeg_mem_src(jpeg, (const unsigned char *)file.p, file.n);
    jpeg_read_header(jpeg, TRUE);
    jpeg->out_color_space = space_of(jpeg->num_components);
    jpeg->scale_num = eighths(jpeg, width_px, height_px);
    jpeg->scale_denom = 8;
    jpeg_start_decompress(jpeg);
    out->width_px = (int32_t)jpeg->output_width;
    out->height_px = (int32_t)jpeg->output_height;
    out->components = jpeg->output_components;
    out->inverted = jpeg->saw_Adobe_marker;
    const size_t row_bytes = (size_t)out->width_px * (size_t)out->components;
    buffer_reserve(&out->rows, row_bytes * (size_t)out->height_px);
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = (JSAMPROW)out->rows.bytes + out->rows.count;
        out->rows.count += row_bytes * jpeg_read_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_decompress(jpeg);
}

enum image_error jpeg_decode(struct str file, int32_t width_px, int32_t height_px, struct pixels *out) {
    struct errors errors;
    struct jpeg_decompress_struct jpeg = {.err = errors_init(&errors)};
    *out = (struct pixels){0};
    jpeg_create_decompress(&jpeg);
    if (setjmp(errors.failed) == 0) {
        decode(&jpeg, file, width_px, height_px, out);
    } else {
        errors.manager.num_warnings++;
    }
    jpeg_destroy_decompress(&jpeg);
    return errors.manager.num_warnings == 0 ? IMAGE_OK : IMAGE_UNREADABLE;
}

void jpeg_encode(const struct pixels *pixels, struct buffer *out) {
    struct errors errors;
    struct jpeg_compress_struct jpeg = {.err = errors_init(&errors)};
    unsigned char *bytes = NULL;
    unsigned long count = 0;
    jpeg_create_compress(&jpeg);
    if (setjmp(errors.failed) != 0) {
        abort(); /* no memory: sizes and colours are right */
    }
    jpeg_mem_dest(&jpeg, &bytes, &count);
    jpeg.image_width = (JDIMENSION)pixels->width_px;
    jpeg.image_height = (JDIMENSION)pixels->height_px;
    jpeg.input_components = pixels->components;
    jpeg.in_color_space = space_of(pixels->components);
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, QUALITY, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    const size_t row_bytes = (size_t)pixels->width_px * (size_t)pixels->components;
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = (JSAMPROW)pixels->rows.bytes + row_bytes * jpeg.next_scanline;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    buffer_append(out, bytes, count);
    free(bytes);
}
