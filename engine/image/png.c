/* png.c: a PNG is decoded to 8-bit rows, grey or RGB. libpng's simplified interface turns
 * palettes, 1 to 16 bits and interlaced rows into that. */
#include "image/decode.h"

#include <png.h>

#include "base/bytes.h"

/* As on paper: nothing in an archive is transparent (ISO 19005-1, 6.4). Colours stay in place and move together. */
void lay_on_white(uint8_t *pixels, size_t count, size_t components) {
    enum { MOST = 255 };
    uint8_t *to = pixels;
    for (const uint8_t *from = pixels; count > 0; count--, from += components + 1) {
        const int alpha = from[components];
        for (size_t k = 0; k < components; k++) {
            *to++ = (uint8_t)((from[k] * alpha + MOST * (MOST - alpha) + MOST / 2) / MOST);
        }
    }
}

/* The orientation in the eXIf chunk, as a phone's editor writes it. */
static int32_t orientation(struct str file) {
    enum { SIGNATURE = 8, HEAD = 8, CHECK = 4 };
    for (size_t at = SIGNATURE; at + HEAD <= file.n;) {
        const struct str type = str_slice(file, at + 4, at + HEAD);
        const size_t length = bytes_u32(file, at);
        if (length > file.n - at - HEAD) {
            return 1;
        }
        if (str_is(type, "eXIf")) {
            return tiff_orientation(str_slice(file, at + HEAD, at + HEAD + length));
        }
        at += HEAD + length + CHECK;
    }
    return 1;
}

static enum image_error read_pixels(struct arena *arena, png_image *png, struct image *out) {
    const size_t count = (size_t)png->width * png->height;
    bool colour = png->format & PNG_FORMAT_FLAG_COLOR, transparent = png->format & PNG_FORMAT_FLAG_ALPHA;
    *out = (struct image){.format = IMAGE_RAW,
                          .width_px = (int32_t)png->width,
                          .height_px = (int32_t)png->height,
                          .components = colour ? 3 : 1,
                          .turn = 1};
    png->format = (colour ? PNG_FORMAT_FLAG_COLOR : 0u) | (transparent ? PNG_FORMAT_FLAG_ALPHA : 0u);
    uint8_t *pixels = arena_alloc(arena, PNG_IMAGE_SIZE(*png));
    if (!png_image_finish_read(png, NULL, pixels, 0, NULL)) {
        return IMAGE_TRUNCATED;
    }
    if (transparent) {
        lay_on_white(pixels, count, (size_t)out->components);
    }
    out->bytes = (struct str){(const char *)pixels, count * (size_t)out->components};
    return IMAGE_OK;
}

enum image_error png_read_in(struct arena *arena, struct str file, struct image *out) {
    png_image png = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&png, file.p, file.n)) {
        return IMAGE_TRUNCATED;
    }
    enum image_error error = IMAGE_TOO_LARGE;
    if ((uint64_t)png.width * png.height <= MOST_PIXELS) {
        error = read_pixels(arena, &png, out);
    }
    if (error == IMAGE_OK) {
        out->turn = orientation(file);
    }
    png_image_free(&png);
    return error;
}
