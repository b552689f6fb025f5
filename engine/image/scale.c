/* scale.c: fewer pixels for a picture that has more than print can show.
 *
 * Each new pixel is the mean of the area that it covers, pixels at the edge by the part that lies in it. Measured in
 * 1/new of an old pixel both grids have whole numbers:
 *
 *     old, 5 wide   |  3  |  3  |  3  |  3  |  3  |      5 × 3 units
 *     new, 3 wide   |    5    |    5    |    5    |
 *
 * Sums are exact, so the result is the same on every machine. It is written over the old rows, which lie behind it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "image/decode.h"

struct grid {
    int64_t from, to; /* old and new count */
};

/* How much of old pixel `i` lies in new pixel `at`. */
static int64_t overlap(struct grid grid, int64_t i, int64_t at) {
    const int64_t begin = i * grid.to > at * grid.from ? i * grid.to : at * grid.from;
    const int64_t end = (i + 1) * grid.to < (at + 1) * grid.from ? (i + 1) * grid.to : (at + 1) * grid.from;
    return end - begin;
}

/* The overlaps of a row, which are those of all rows: the old pixels of each new one, and how much of them. */
struct spans {
    struct grid grid;
    uint32_t *first, *count; /* by new pixel */
    uint32_t *weights;       /* one span after the other */
};

static struct spans spans_make(struct grid grid) {
    struct spans spans = {.grid = grid};
    spans.first = memory_resize(NULL, (size_t)(2 * grid.to + grid.from + grid.to) * sizeof(uint32_t));
    spans.count = spans.first + grid.to;
    spans.weights = spans.count + grid.to; /* old pixels, and one more for each that two share */
    uint32_t *weight = spans.weights;
    for (int64_t at = 0; at < grid.to; at++) {
        const int64_t first = at * grid.from / grid.to;
        const uint32_t *begin = weight;
        spans.first[at] = (uint32_t)first;
        for (int64_t i = first; i * grid.to < (at + 1) * grid.from; i++) {
            *weight++ = (uint32_t)overlap(grid, i, at);
        }
        spans.count[at] = (uint32_t)(weight - begin);
    }
    return spans;
}

/* A sum is at most 255 times the old width, which is below 65,536. */
static void sum_grey(const uint8_t *row, const struct spans *spans, uint32_t *sums) {
    const uint32_t *weight = spans->weights;
    for (int64_t x = 0; x < spans->grid.to; x++) {
        const uint8_t *pixel = row + spans->first[x];
        uint32_t grey = 0;
        for (uint32_t i = 0; i < spans->count[x]; i++) {
            grey += *weight++ * *pixel++;
        }
        *sums++ = grey;
    }
}

static void sum_rgb(const uint8_t *row, const struct spans *spans, uint32_t *sums) {
    const uint32_t *weight = spans->weights;
    for (int64_t x = 0; x < spans->grid.to; x++) {
        const uint8_t *pixel = row + (size_t)spans->first[x] * 3;
        uint32_t red = 0, green = 0, blue = 0;
        for (uint32_t i = 0; i < spans->count[x]; i++, pixel += 3, weight++) {
            red += *weight * pixel[0];
            green += *weight * pixel[1];
            blue += *weight * pixel[2];
        }
        *sums++ = red;
        *sums++ = green;
        *sums++ = blue;
    }
}

static void put_row(uint8_t *row, uint64_t *sums, size_t count, uint64_t area) {
    for (size_t i = 0; i < count; i++) {
        row[i] = (uint8_t)((sums[i] + area / 2) / area);
    }
    memset(sums, 0, count * sizeof *sums);
}

void pixels_shrink(struct pixels *pixels, int32_t width_px, int32_t height_px) {
    const struct grid rows = {pixels->height_px, height_px};
    const struct spans spans = spans_make((struct grid){pixels->width_px, width_px});
    const size_t components = (size_t)pixels->components, count = (size_t)width_px * components;
    const uint64_t area = (uint64_t)pixels->width_px * (uint64_t)pixels->height_px;
    uint64_t *totals = memory_resize(NULL, count * (sizeof(uint64_t) + sizeof(uint32_t)));
    uint32_t *sums = (uint32_t *)(totals + count);
    uint8_t *bytes = (uint8_t *)pixels->rows.bytes;
    memset(totals, 0, count * sizeof *totals);
    for (int64_t y = 0, i = 0; y < rows.to; i++) {
        const uint8_t *row = bytes + (size_t)i * (size_t)pixels->width_px * components;
        components == 3 ? sum_rgb(row, &spans, sums) : sum_grey(row, &spans, sums);
        for (bool ends = true; ends && y < rows.to && overlap(rows, i, y) > 0;) {
            const uint32_t weight = (uint32_t)overlap(rows, i, y);
            for (size_t k = 0; k < count; k++) {
                totals[k] += (uint64_t)weight * sums[k];
            }
            ends = (i + 1) * rows.to >= (y + 1) * rows.from; /* this row of pixels is whole */
            if (ends) {
                put_row(bytes + (size_t)y * count, totals, count, area);
                y++;
            }
        }
    }
    free(totals);
    free(spans.first);
    pixels->width_px = width_px;
    pixels->height_px = height_px;
    pixels->rows.count = count * (size_t)height_px;
}

bool image_shrink(const struct image *image, int32_t width_px, int32_t height_px, struct buffer *bytes,
                  struct image *out) {
    struct pixels pixels = {
        .width_px = image->width_px, .height_px = image->height_px, .components = image->components};
    if (image->format == IMAGE_RAW) {
        buffer_add(&pixels.rows, image->bytes);
    } else if (jpeg_decode(image->bytes, width_px, height_px, &pixels) != IMAGE_OK) {
        buffer_release(&pixels.rows);
        return false;
    }
    pixels_shrink(&pixels, width_px, height_px);
    buffer_clear(bytes);
    if (image->format == IMAGE_RAW) {
        buffer_add(bytes, buffer_str(&pixels.rows));
    } else {
        jpeg_encode(&pixels, bytes);
    }
    buffer_release(&pixels.rows);
    *out = *image;
    out->width_px = width_px;
    out->height_px = height_px;
    out->bytes = buffer_str(bytes);
    return true;
}
