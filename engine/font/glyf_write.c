/* glyf_write.c: a TrueType font of a document's glyphs:
 *
 *     directory | head | hhea | maxp | hmtx | loca | glyf: outlines of this document, then those coded once a run
 *
 * The directory lists tables by name, but their order in the file is free: so the outlines come last. Every table
 * has a checksum, a sum of 32-bit words, and the file has one in head; the sums of outlines that follow later were
 * made with them.
 *
 * 1. Outlines have even sizes: each begins at a word or in its middle, so two sums (halves) serve both cases. */
#include "font/glyf.h"

#include <assert.h>

#include <string.h>

#include "base/bytes.h"

enum { TABLES = 6, DIRECTORY_SIZE = 12 + 16 * TABLES, SHORT_LOCA_LIMIT = 0x1FFFE };

/* In the order of their names. */
enum table { TABLE_GLYF, TABLE_HEAD, TABLE_HHEA, TABLE_HMTX, TABLE_LOCA, TABLE_MAXP };

struct place {
    size_t from, size;
    uint32_t sum;
};

struct work {
    const struct glyf *glyf;
    const struct glyf_item *items;
    size_t count, stored;
    struct buffer *out;
    bool long_loca;
    size_t metric_count;
    struct place places[TABLES];
};

static uint32_t sum_of(const char *p, size_t size) {
    uint32_t sum = 0;
    for (size_t i = 0; i < size; i++) {
        sum += (uint32_t)(uint8_t)p[i] << (24 - 8 * (i % 4));
    }
    return sum;
}

/* --- tables */

static void table_begin(struct work *work, enum table table) {
    work->places[table].from = work->out->count;
}

static void table_end(struct work *work, enum table table) {
    struct place *place = &work->places[table];
    place->size = work->out->count - place->from;
    while (work->out->count % 4) {
        buffer_byte(work->out, 0);
    }
    place->sum = sum_of(work->out->bytes + place->from, work->out->count - place->from);
}

/* A table of the face with some 16-bit numbers changed. */
struct change {
    uint16_t at, value;
};

static void put_changed(struct work *work, enum table table, struct str bytes, const struct change *changes,
                        size_t count) {
    table_begin(work, table);
    buffer_add(work->out, bytes);
    for (size_t i = 0; i < count; i++) {
        bytes_store(work->out->bytes + work->places[table].from + changes[i].at, changes[i].value, 2);
    }
    table_end(work, table);
}

static void put_head_table(struct work *work) {
    enum { SIZE = 54, ADJUSTMENT = 8, LOCA_FORMAT = 50 };
    const struct change changes[] = {{ADJUSTMENT, 0}, {ADJUSTMENT + 2, 0}, {LOCA_FORMAT, work->long_loca}};
    put_changed(work, TABLE_HEAD, str_slice(work->glyf->head, 0, SIZE), changes, sizeof changes / sizeof *changes);
}

static uint32_t advance_of(const struct work *work, size_t i) {
    const size_t glyph = work->items[i].glyph, last = work->glyf->metric_count - 1;
    const uint32_t advance = bytes_u16(work->glyf->hmtx, 4 * (glyph < last ? glyph : last)) + work->items[i].wider;
    return advance < UINT16_MAX ? advance : UINT16_MAX;
}

static void put_hhea(struct work *work) {
    enum { SIZE = 36, WIDEST = 10, METRIC_COUNT = 34 };
    uint32_t widest = bytes_u16(work->glyf->hhea, WIDEST);
    for (size_t i = 0; i < work->count; i++) {
        widest = work->items[i].wider > 0 && advance_of(work, i) > widest ? advance_of(work, i) : widest;
    }
    const struct change changes[] = {{WIDEST, (uint16_t)widest}, {METRIC_COUNT, (uint16_t)work->metric_count}};
    put_changed(work, TABLE_HHEA, str_slice(work->glyf->hhea, 0, SIZE), changes, 2);
}

/* Without instructions there are no zones, storage, functions and stack. */
static void put_maxp(struct work *work) {
    enum { SIZE = 32, GLYPH_COUNT = 4, ZONES = 14, INSTRUCTIONS_SIZE = 26 };
    struct change changes[2 + (INSTRUCTIONS_SIZE - ZONES) / 2] = {{GLYPH_COUNT, (uint16_t)work->count}, {ZONES, 1}};
    size_t count = 2;
    for (uint16_t at = ZONES + 2; at <= INSTRUCTIONS_SIZE; at += 2) {
        changes[count++] = (struct change){at, 0};
    }
    put_changed(work, TABLE_MAXP, str_slice(work->glyf->maxp, 0, SIZE), changes, count);
}

static uint32_t bearing_of(const struct work *work, size_t i) {
    const size_t glyph = work->items[i].glyph, metrics = work->glyf->metric_count;
    return bytes_u16(work->glyf->hmtx, glyph < metrics ? 4 * glyph + 2 : 4 * metrics + 2 * (glyph - metrics));
}

/* The last advance holds for all glyphs behind it. */
static void count_metrics(struct work *work) {
    work->metric_count = work->count;
    while (work->metric_count > 1 &&
           advance_of(work, work->metric_count - 2) == advance_of(work, work->metric_count - 1)) {
        work->metric_count--;
    }
}

static void put_hmtx(struct work *work) {
    table_begin(work, TABLE_HMTX);
    char *p = buffer_reserve(work->out, 4 * work->count);
    for (size_t i = 0; i < work->count; i++) {
        if (i < work->metric_count) {
            bytes_store(p, advance_of(work, i), 2);
            p += 2;
        }
        bytes_store(p, bearing_of(work, i), 2);
        p += 2;
    }
    work->out->count = (size_t)(p - work->out->bytes);
    table_end(work, TABLE_HMTX);
}

static void put_loca(struct work *work) {
    size_t bytes = work->long_loca ? 4 : 2, unit = work->long_loca ? 1 : 2, offset = 0;
    table_begin(work, TABLE_LOCA);
    char *p = buffer_reserve(work->out, (work->count + 1) * bytes);
    bytes_store(p, 0, bytes);
    for (size_t i = 0; i < work->count; i++) {
        offset += work->items[i].outline.n;
        bytes_store(p += bytes, offset / unit, bytes);
    }
    work->out->count += (work->count + 1) * bytes;
    table_end(work, TABLE_LOCA);
}

/* Gives back how many bytes of padding are missing at the end. */
static size_t put_glyf(struct work *work) {
    struct place *place = &work->places[TABLE_GLYF];
    place->from = work->out->count;
    for (size_t i = 0; i < work->count; i++) {
        const struct glyf_item *item = &work->items[i];
        const size_t odd = place->size / 2 % 2;
        assert(item->outline.n % 2 == 0); /* invariant 1 */
        place->sum += (item->halves[odd] << 16) + item->halves[1 - odd];
        place->size += item->outline.n;
        if (i < work->stored) {
            buffer_add(work->out, item->outline);
        }
    }
    return (4 - place->size % 4) % 4;
}

/* --- directory */

static void put_directory(struct work *work) {
    static const char names[TABLES][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    static const char version[] = {0, 1,  0, 0, 0, TABLES,
                                   0, 64, 0, 2, 0, 32}; /* and three numbers for a binary search */
    char *p = work->out->bytes;
    memcpy(p, version, sizeof version);
    p += sizeof version;
    for (size_t i = 0; i < TABLES; i++, p += 16) {
        memcpy(p, names[i], 4);
        bytes_store(p + 4, work->places[i].sum, 4);
        bytes_store(p + 8, work->places[i].from, 4);
        bytes_store(p + 12, work->places[i].size, 4);
    }
}

static void put_adjustment(struct work *work) {
    enum { ADJUSTMENT = 8 };
    const uint32_t whole = 0xB1B0AFBA;
    uint32_t sum = sum_of(work->out->bytes, DIRECTORY_SIZE);
    for (size_t i = 0; i < TABLES; i++) {
        sum += work->places[i].sum;
    }
    bytes_store(work->out->bytes + work->places[TABLE_HEAD].from + ADJUSTMENT, whole - sum, 4);
}

void glyf_write_head(const struct glyf *glyf, const struct glyf_item *items, size_t count, size_t stored,
                     struct buffer *out, size_t *zeros) {
    struct work work = {.glyf = glyf, .items = items, .count = count, .stored = stored, .out = out};
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += items[i].outline.n;
    }
    work.long_loca = total > SHORT_LOCA_LIMIT;
    count_metrics(&work);
    buffer_clear(out);
    memset(buffer_reserve(out, DIRECTORY_SIZE), 0, DIRECTORY_SIZE);
    out->count = DIRECTORY_SIZE;
    put_head_table(&work);
    put_hhea(&work);
    put_maxp(&work);
    put_hmtx(&work);
    put_loca(&work);
    *zeros = put_glyf(&work);
    put_directory(&work);
    put_adjustment(&work);
}
