/* jpeg.c: the segments of a JPEG (ITU T.81, annex B), read without decoding.
 *
 *     SOI, tables and APPn …, SOFn (size, components), tables, SOS, coded data, [SOS, coded data …,] EOI
 *
 * Segments that a decoder needs are kept as they are. Thumbnails, EXIF, profiles and comments are dropped: they are
 * often larger than the picture, and may tell where a child lives. Without EOI at the end the file was cut off. */
#include "image/decode.h"

#include <string.h>

#include "base/bytes.h"
#include "base/buffer.h"

enum marker {
    MARKER_SOF0 = 0xC0,
    MARKER_SOF2 = 0xC2,
    MARKER_DHT = 0xC4,
    MARKER_JPG = 0xC8,
    MARKER_DAC = 0xCC,
    MARKER_SOF15 = 0xCF,
    MARKER_RST0 = 0xD0,
    MARKER_RST7 = 0xD7,
    MARKER_SOI = 0xD8,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP2 = 0xE2,
    MARKER_APP14 = 0xEE,
    MARKER_APP15 = 0xEF,
    MARKER_COM = 0xFE,
    MARKER_TEM = 0x01,
};

enum { PROFILE_HEAD = 14 /* ICC_PROFILE, 0, number, count: parts stand in order */ };

struct reader {
    struct str file;
    size_t at;
    struct buffer kept;
    struct buffer profile; /* ICC, from APP2 */
    struct image *image;
    bool has_frame, has_scan;
};

static bool stands_alone(int marker) {
    return marker == MARKER_TEM || (marker >= MARKER_RST0 && marker <= MARKER_SOI);
}

static bool is_frame(int marker) {
    return marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT && marker != MARKER_JPG &&
           marker != MARKER_DAC;
}

/* All application segments but JFIF's and Adobe's, which tell how colours are coded. JFXX holds a thumbnail. */
static bool is_needless(int marker, struct str content) {
    const bool application = marker >= MARKER_APP0 && marker <= MARKER_APP15;
    const bool colours = (marker == MARKER_APP0 && str_starts(content, STR("JFIF"))) ||
                         (marker == MARKER_APP14 && str_starts(content, STR("Adobe")));
    return marker == MARKER_COM || (application && !colours);
}

static enum image_error read_frame(struct reader *reader, int marker, struct str content) {
    struct image *image = reader->image;
    if (content.n < 6 || marker > MARKER_SOF2 || content.p[0] != 8) {
        return IMAGE_UNREADABLE; /* lossless, arithmetic or of 12 bits: PDF has none of these */
    }
    image->height_px = (int32_t)bytes_u16(content, 1);
    image->width_px = (int32_t)bytes_u16(content, 3);
    image->components = content.p[5];
    if (image->width_px == 0 || image->height_px == 0) {
        return IMAGE_UNREADABLE;
    }
    if (image->components != 1 && image->components != 3 && image->components != 4) {
        return IMAGE_UNREADABLE;
    }
    if ((int64_t)image->width_px * image->height_px > MOST_PIXELS) {
        return IMAGE_TOO_LARGE;
    }
    reader->has_frame = true;
    return IMAGE_OK;
}

/* Offset behind coded data, which ends at a marker that is neither a stuffed 0 nor a restart. */
static size_t skip_coded(struct str file, size_t at) {
    while (at < file.n) {
        const char *found = memchr(file.p + at, 0xFF, file.n - at);
        if (found == NULL) {
            return file.n;
        }
        at = (size_t)(found - file.p);
        const int next = at + 1 < file.n ? (uint8_t)file.p[at + 1] : 0;
        if (next == 0xFF) {
            at++;
        } else if (next == 0 || (next >= MARKER_RST0 && next <= MARKER_RST7)) {
            at += 2;
        } else {
            return at;
        }
    }
    return file.n;
}

/* The next marker, behind fill bytes; -1 when there is none where one should be. */
static int next_marker(struct reader *reader) {
    if (reader->at >= reader->file.n || (uint8_t)reader->file.p[reader->at] != 0xFF) {
        return -1;
    }
    while (reader->at < reader->file.n && (uint8_t)reader->file.p[reader->at] == 0xFF) {
        reader->at++;
    }
    return reader->at < reader->file.n ? (uint8_t)reader->file.p[reader->at++] : -1;
}

static enum image_error read_segment(struct reader *reader, int marker) {
    const uint32_t size = bytes_u16(reader->file, reader->at);
    if (size < 2 || reader->at + size > reader->file.n) {
        return IMAGE_TRUNCATED;
    }
    const struct str content = str_slice(reader->file, reader->at + 2, reader->at + size);
    const size_t from = reader->at;
    reader->at += size;
    if (is_frame(marker)) {
        const enum image_error error = reader->has_frame ? IMAGE_UNREADABLE : read_frame(reader, marker, content);
        if (error != IMAGE_OK) {
            return error;
        }
    }
    if (marker == MARKER_APP2 && str_starts(content, STR("ICC_PROFILE"))) {
        buffer_add(&reader->profile, str_slice(content, PROFILE_HEAD, content.n));
    }
    if (marker == MARKER_APP1 && str_starts(content, STR("Exif"))) {
        reader->image->turn = exif_orientation(content);
    }
    if (marker == MARKER_SOS) {
        reader->has_scan = true;
        reader->at = skip_coded(reader->file, reader->at);
    }
    if (!is_needless(marker, content)) {
        const char head[] = {(char)0xFF, (char)marker};
        buffer_append(&reader->kept, head, sizeof head);
        buffer_add(&reader->kept, str_slice(reader->file, from, reader->at));
    }
    return IMAGE_OK;
}

static enum image_error read_segments(struct reader *reader) {
    for (;;) {
        const int marker = next_marker(reader);
        if (marker < 0) {
            return reader->at >= reader->file.n ? IMAGE_TRUNCATED : IMAGE_UNREADABLE;
        }
        if (marker == MARKER_EOI) {
            return reader->has_frame && reader->has_scan ? IMAGE_OK : IMAGE_TRUNCATED;
        }
        const enum image_error error = stands_alone(marker) ? IMAGE_OK : read_segment(reader, marker);
        if (error != IMAGE_OK) {
            return error;
        }
    }
}

/* CMYK, which belongs to no archive's colours (ISO 19005-1, 6.2.3), becomes RGB. */
static enum image_error print_as_rgb(struct arena *arena, const struct reader *reader, struct image *image) {
    struct pixels pixels;
    struct buffer bytes = {0};
    const enum image_error error = jpeg_decode(buffer_str(&reader->kept), image->width_px, image->height_px, &pixels);
    if (error == IMAGE_OK) {
        pixels_to_rgb(&pixels, buffer_str(&reader->profile));
        jpeg_encode(&pixels, &bytes);
        image->bytes = str_copy(arena, buffer_str(&bytes));
        image->components = pixels.components;
    }
    buffer_release(&bytes);
    buffer_release(&pixels.rows);
    return error;
}

enum image_error jpeg_read_in(struct arena *arena, struct str file, struct image *out) {
    struct reader reader = {.file = file, .at = 2, .image = out};
    *out = (struct image){.format = IMAGE_JPEG, .turn = 1};
    buffer_add(&reader.kept, STR("\xFF\xD8"));
    enum image_error error = read_segments(&reader);
    buffer_add(&reader.kept, STR("\xFF\xD9"));
    if (error == IMAGE_OK && out->components == 4) {
        error = print_as_rgb(arena, &reader, out);
    } else if (error == IMAGE_OK) {
        out->bytes = str_copy(arena, buffer_str(&reader.kept));
    }
    buffer_release(&reader.kept);
    buffer_release(&reader.profile);
    return error;
}
