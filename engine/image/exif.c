/* exif.c: the orientation of a picture, the one thing of EXIF that matters on paper. An EXIF segment holds a TIFF
 * file; its first directory has the orientation under tag 0x0112. */
#include "image/decode.h"

enum { HEAD = 6 /* Exif, 0, 0 */, ENTRY = 12, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

struct tiff {
    struct str bytes;
    bool little_endian;
};

static uint32_t number_at(const struct tiff *tiff, size_t at, size_t count) {
    uint32_t value = 0;
    if (at > tiff->bytes.n || count > tiff->bytes.n - at) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        const size_t place = tiff->little_endian ? at + count - 1 - i : at + i;
        value = value << 8 | (uint8_t)tiff->bytes.p[place];
    }
    return value;
}

int32_t exif_orientation(struct str segment) {
    return str_starts(segment, STR("Exif")) ? tiff_orientation(str_slice(segment, HEAD, segment.n)) : 1;
}

int32_t tiff_orientation(struct str file) {
    struct tiff tiff = {.bytes = file};
    tiff.little_endian = str_starts(tiff.bytes, STR("II"));
    if (!tiff.little_endian && !str_starts(tiff.bytes, STR("MM"))) {
        return 1;
    }
    const size_t directory = number_at(&tiff, 4, 4);
    const uint32_t count = number_at(&tiff, directory, 2);
    for (uint32_t i = 0; i < count; i++) {
        const size_t entry = directory + 2 + (size_t)i * ENTRY;
        if (entry >= tiff.bytes.n) {
            return 1;
        }
        if (number_at(&tiff, entry, 2) != TAG_ORIENTATION || number_at(&tiff, entry + 2, 2) != TYPE_SHORT) {
            continue;
        }
        const uint32_t orientation = number_at(&tiff, entry + 8, 2);
        return orientation >= 1 && orientation <= 8 ? (int32_t)orientation : 1;
    }
    return 1;
}
