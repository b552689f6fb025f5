/* webp.c: a WebP, as telephones and web pages save photos, becomes what PDF knows: a JPEG where it was coded with loss,
 * else rows; all use of libwebp. */
#include <webp/decode.h>

#include "base/bytes.h"
#include "image/decode.h"

/* The orientation in the EXIF chunk of the RIFF file. */
static int32_t orientation(struct str file) {
    enum { HEAD = 12, CHUNK_HEAD = 8 };
    for (size_t at = HEAD; at + CHUNK_HEAD <= file.n;) {
        const uint8_t *size = (const uint8_t *)file.p + at + 4;
        const size_t length = size[0] | (size_t)size[1] << 8 | (size_t)size[2] << 16 | (size_t)size[3] << 24;
        const struct str content = str_slice(file, at + CHUNK_HEAD, at + CHUNK_HEAD + length);
        if (str_is(str_slice(file, at, at + 4), "EXIF")) {
            return str_starts(content, STR("Exif")) ? exif_orientation(content) : tiff_orientation(content);
        }
        at += CHUNK_HEAD + length + length % 2;
    }
    return 1;
}

static enum image_error decode(struct str file, const WebPBitstreamFeatures *features, struct pixels *out) {
    *out = (struct pixels){.width_px = features->width, .height_px = features->height, .components = 3};
    const size_t stride = (size_t)features->width * (features->has_alpha ? 4 : 3);
    const size_t count = stride * (size_t)features->height;
    uint8_t *rows = (uint8_t *)buffer_reserve(&out->rows, count);
    const uint8_t *bytes = (const uint8_t *)file.p;
    const bool done = features->has_alpha ? WebPDecodeRGBAInto(bytes, file.n, rows, count, (int)stride) != NULL
                                          : WebPDecodeRGBInto(bytes, file.n, rows, count, (int)stride) != NULL;
    if (done && features->has_alpha) {
        lay_on_white(rows, (size_t)features->width * (size_t)features->height, 3);
    }
    out->rows.count = (size_t)features->width * (size_t)features->height * 3;
    return done ? IMAGE_OK : IMAGE_TRUNCATED;
}

enum image_error webp_read_in(struct arena *arena, struct str file, struct image *out) {
    enum { LOSSY = 1 };
    WebPBitstreamFeatures features;
    if (!str_is(str_slice(file, 8, 12), "WEBP")) {
        return IMAGE_UNKNOWN_FORMAT;
    }
    if (WebPGetFeatures((const uint8_t *)file.p, file.n, &features) != VP8_STATUS_OK) {
        return IMAGE_TRUNCATED;
    }
    if (features.has_animation) {
        return IMAGE_UNREADABLE;
    }
    if ((int64_t)features.width * features.height > MOST_PIXELS) {
        return IMAGE_TOO_LARGE;
    }
    struct pixels pixels;
    const enum image_error error = decode(file, &features, &pixels);
    if (error == IMAGE_OK) {
        struct buffer bytes = {0};
        *out = (struct image){.format = features.format == LOSSY ? IMAGE_JPEG : IMAGE_RAW,
                              .width_px = pixels.width_px,
                              .height_px = pixels.height_px,
                              .components = pixels.components,
                              .turn = orientation(file)};
        if (out->format == IMAGE_JPEG) {
            jpeg_encode(&pixels, &bytes);
        }
        out->bytes = str_copy(arena, buffer_str(out->format == IMAGE_JPEG ? &bytes : &pixels.rows));
        buffer_release(&bytes);
    }
    buffer_release(&pixels.rows);
    return error;
}
