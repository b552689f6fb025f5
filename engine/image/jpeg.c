/* jpeg.c: walks the segments of a JPEG (ITU T.81, annex B) without decoding it.
 *
 *     SOI, tables and APPn …, SOFn (size, components), tables, SOS, coded data, [SOS, coded data …,] EOI
 *
 * What a decoder needs is kept as it stands; thumbnails, EXIF, profiles and comments are left out: they are often
 * larger than the picture, and may tell where a child lives. The walk must arrive at EOI, or the file was cut off. */
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
    MARKER_APP14 = 0xEE,
    MARKER_APP15 = 0xEF,
    MARKER_COM = 0xFE,
    MARKER_TEM = 0x01,
};

struct walk {
    struct str file;
    size_t at;
    struct buffer kept;
    struct image *image;
    bool has_frame, has_scan, has_adobe;
};

static bool stands_alone(int marker) {
    return marker == MARKER_TEM || (marker >= MARKER_RST0 && marker <= MARKER_SOI);
}

static bool is_frame(int marker) {
    return marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT && marker != MARKER_JPG &&
           marker != MARKER_DAC;
}

/* JFIF's and Adobe's tell how the colours are coded. */
static bool is_needless(int marker) {
    bool application = marker >= MARKER_APP0 && marker <= MARKER_APP15;
    return marker == MARKER_COM || (application && marker != MARKER_APP0 && marker != MARKER_APP14);
}

static enum image_error read_frame(struct walk *walk, int marker, struct str content) {
    struct image *image = walk->image;
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
    walk->has_frame = true;
    return IMAGE_OK;
}

/* Coded data ends at a marker that is neither a stuffed 0 nor a restart. */
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

/* The next marker, behind fill bytes; -1 where there should be one and is none. */
static int next_marker(struct walk *walk) {
    if (walk->at >= walk->file.n || (uint8_t)walk->file.p[walk->at] != 0xFF) {
        return -1;
    }
    while (walk->at < walk->file.n && (uint8_t)walk->file.p[walk->at] == 0xFF) {
        walk->at++;
    }
    return walk->at < walk->file.n ? (uint8_t)walk->file.p[walk->at++] : -1;
}

static enum image_error read_segment(struct walk *walk, int marker) {
    const uint32_t size = bytes_u16(walk->file, walk->at);
    if (size < 2 || walk->at + size > walk->file.n) {
        return IMAGE_TRUNCATED;
    }
    const struct str content = str_slice(walk->file, walk->at + 2, walk->at + size);
    const size_t from = walk->at;
    walk->at += size;
    if (is_frame(marker)) {
        const enum image_error error = walk->has_frame ? IMAGE_UNREADABLE : read_frame(walk, marker, content);
        if (error != IMAGE_OK) {
            return error;
        }
    }
    if (marker == MARKER_APP14 && str_starts(content, STR("Adobe"))) {
        walk->has_adobe = true;
    }
    if (marker == MARKER_APP1 && str_starts(content, STR("Exif"))) {
        walk->image->turn = exif_orientation(content);
    }
    if (marker == MARKER_SOS) {
        walk->has_scan = true;
        walk->at = skip_coded(walk->file, walk->at);
    }
    if (!is_needless(marker)) {
        const char head[] = {(char)0xFF, (char)marker};
        buffer_append(&walk->kept, head, sizeof head);
        buffer_add(&walk->kept, str_slice(walk->file, from, walk->at));
    }
    return IMAGE_OK;
}

static enum image_error walk_segments(struct walk *walk) {
    for (;;) {
        const int marker = next_marker(walk);
        if (marker < 0) {
            return walk->at >= walk->file.n ? IMAGE_TRUNCATED : IMAGE_UNREADABLE;
        }
        if (marker == MARKER_EOI) {
            return walk->has_frame && walk->has_scan ? IMAGE_OK : IMAGE_TRUNCATED;
        }
        const enum image_error error = stands_alone(marker) ? IMAGE_OK : read_segment(walk, marker);
        if (error != IMAGE_OK) {
            return error;
        }
    }
}

enum image_error jpeg_read_in(struct arena *arena, struct str file, struct image *out) {
    struct walk walk = {.file = file, .at = 2, .image = out};
    *out = (struct image){.format = IMAGE_JPEG, .turn = 1};
    buffer_add(&walk.kept, STR("\xFF\xD8"));
    const enum image_error error = walk_segments(&walk);
    if (error == IMAGE_OK) {
        buffer_add(&walk.kept, STR("\xFF\xD9"));
        out->bytes = str_copy(arena, buffer_str(&walk.kept));
        out->inverted_cmyk = out->components == 4 && walk.has_adobe;
    }
    buffer_release(&walk.kept);
    return error;
}
