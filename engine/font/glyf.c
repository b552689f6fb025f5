/* glyf.c: the description of a glyph is read, and its instructions are dropped.
 *
 *     simple:    contours, box | last point of each contour | instructions | flags | x | y
 *     composite: -1, box | (flags, glyph, arguments, scale) … | instructions
 *
 * The size of flags and coordinates is known only by counting them, so each description is gone through; one that
 * doesn't add up is refused. */
#include "font/glyf.h"

#include "base/bytes.h"

enum { HEAD_SIZE = 54, HHEA_SIZE = 36, MAXP_SIZE = 32, GLYPH_HEADER = 10, WORD = 2 };

bool glyf_read(struct glyf *glyf) {
    enum { LOCA_FORMAT = 50, METRIC_COUNT = 34, GLYPH_COUNT = 4, VERSION_1 = 0x00010000 };
    if (glyf->head.n < HEAD_SIZE || glyf->hhea.n < HHEA_SIZE || glyf->maxp.n < MAXP_SIZE ||
        bytes_u32(glyf->maxp, 0) != VERSION_1) {
        return false;
    }
    const uint32_t format = bytes_u16(glyf->head, LOCA_FORMAT);
    glyf->long_loca = format == 1;
    glyf->glyph_count = bytes_u16(glyf->maxp, GLYPH_COUNT);
    glyf->metric_count = bytes_u16(glyf->hhea, METRIC_COUNT);
    return format <= 1 && glyf->glyph_count > 0 && glyf->metric_count > 0 && glyf->metric_count <= glyf->glyph_count &&
           glyf->hmtx.n >= 4 * glyf->metric_count &&
           glyf->loca.n >= (glyf->glyph_count + 1) * (glyf->long_loca ? 4 : 2);
}

static bool description_of(const struct glyf *glyf, size_t glyph, struct str *out) {
    if (glyph >= glyf->glyph_count) {
        return false;
    }
    const size_t from =
        glyf->long_loca ? bytes_u32(glyf->loca, 4 * glyph) : 2 * (size_t)bytes_u16(glyf->loca, 2 * glyph);
    const size_t to =
        glyf->long_loca ? bytes_u32(glyf->loca, 4 * glyph + 4) : 2 * (size_t)bytes_u16(glyf->loca, 2 * glyph + 2);
    if (from > to || to > glyf->glyf.n) {
        return false;
    }
    *out = str_slice(glyf->glyf, from, to);
    return true;
}

/* --- simple glyphs */

/* Size in bytes of flags and coordinates of these points, from `at` on; 0: they go beyond the end. */
static size_t points_size(struct str s, size_t at, size_t points) {
    enum { X_SHORT = 2, Y_SHORT = 4, REPEAT = 8, X_SAME = 16, Y_SAME = 32 };
    size_t begin = at, coordinates = 0;
    while (points > 0) {
        if (at >= s.n) {
            return 0;
        }
        const uint8_t flags = (uint8_t)s.p[at++];
        size_t times = 1;
        if (flags & REPEAT) {
            if (at >= s.n) {
                return 0;
            }
            times += (uint8_t)s.p[at++];
        }
        if (times > points) {
            return 0;
        }
        const size_t x = flags & X_SHORT ? 1 : flags & X_SAME ? 0 : 2, y = flags & Y_SHORT ? 1 : flags & Y_SAME ? 0 : 2;
        coordinates += times * (x + y);
        points -= times;
    }
    return coordinates <= s.n - at ? at + coordinates - begin : 0;
}

static bool take_simple(struct str s, size_t contours, struct buffer *out) {
    size_t behind_ends = GLYPH_HEADER + WORD * contours, points = 0;
    if (behind_ends + WORD > s.n) {
        return false;
    }
    for (size_t i = 0; i < contours; i++) {
        const size_t next = bytes_u16(s, GLYPH_HEADER + WORD * i) + 1;
        if (next < points || (i > 0 && next == points)) {
            return false;
        }
        points = next;
    }
    const size_t from = behind_ends + WORD + bytes_u16(s, behind_ends);
    const size_t size = from < s.n ? points_size(s, from, points) : 0;
    if (size == 0) {
        return false;
    }
    buffer_add(out, str_slice(s, 0, behind_ends));
    buffer_append(out, "\0\0", WORD);
    buffer_add(out, str_slice(s, from, from + size));
    return true;
}

/* --- composite glyphs */

enum {
    WORDS = 0x0001,
    ONE_SCALE = 0x0008,
    MORE = 0x0020,
    TWO_SCALES = 0x0040,
    MATRIX = 0x0080,
    INSTRUCTIONS = 0x0100,
    COMPONENT_HEAD = 4, /* flags and glyph */
};

/* The size of a component; 0 when it goes beyond the end. */
static size_t component_size(struct str s, size_t at) {
    const uint32_t flags = bytes_u16(s, at);
    size_t size = COMPONENT_HEAD + (flags & WORDS ? 4 : 2);
    size += flags & ONE_SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
    return at <= s.n && size <= s.n - at ? size : 0;
}

static bool take_composite(struct str s, struct buffer *out) {
    buffer_add(out, str_slice(s, 0, GLYPH_HEADER));
    for (size_t at = GLYPH_HEADER, size; (size = component_size(s, at)) > 0; at += size) {
        const size_t there = out->count;
        const uint32_t flags = bytes_u16(s, at);
        buffer_add(out, str_slice(s, at, at + size));
        out->bytes[there] = (char)((flags & ~(uint32_t)INSTRUCTIONS) >> 8);
        if (!(flags & MORE)) {
            return true;
        }
    }
    return false;
}

bool glyf_next_component(struct str outline, size_t *at, size_t *number_at) {
    const size_t place = *at == 0 ? GLYPH_HEADER : *at;
    const size_t size = component_size(outline, place);
    if (size == 0) {
        return false;
    }
    *number_at = place + 2;
    *at = bytes_u16(outline, place) & MORE ? place + size : outline.n + 1;
    return true;
}

bool glyf_outline(const struct glyf *glyf, size_t glyph, struct buffer *out, bool *composite) {
    struct str description;
    buffer_clear(out);
    *composite = false;
    if (!description_of(glyf, glyph, &description)) {
        return false;
    }
    const int16_t contours = (int16_t)bytes_u16(description, 0);
    if (description.n == 0 || (contours == 0 && description.n >= GLYPH_HEADER)) {
        return true; /* a blank */
    }
    if (description.n < GLYPH_HEADER) {
        return false;
    }
    *composite = contours < 0;
    bool good = contours < 0 ? take_composite(description, out) : take_simple(description, (size_t)contours, out);
    if (out->count % WORD) {
        buffer_byte(out, 0);
    }
    return good;
}
