/* cff_write.c: a CID-keyed CFF of a document's glyphs, in this order:
 *
 *     header | name | top DICT | strings | no subroutines | FDArray | private DICTs | charset | FDSelect | CharStrings
 *
 * Outlines come last, so that bytes of one document and bytes coded beforehand don't mix. A name-keyed face is
 * written as CID-keyed too: in PDF a bare name-keyed font ties CIDs to glyph indices, and those change with each
 * document.
 *
 * 1. The DICTs have the same size whatever offsets they hold: every operand takes 5 bytes. So they are written, and
 * written again over themselves when all offsets are known. */
#include "font/cff.h"

#include <assert.h>

#include <string.h>

#include "base/bytes.h"

enum {
    INTEGER_32 = 29,
    FIRST_STRING = 391, /* behind the standard strings: Adobe, Identity, then names of font DICTs */
    OPERAND = 5,
    MOST_FDS = 256,
};

enum op {
    OP_CHARSET = 15,
    OP_CHAR_STRINGS = 17,
    OP_PRIVATE = 18,
    OP_ROS = 0x0C1E,
    OP_CID_COUNT = 0x0C22,
    OP_FD_ARRAY = 0x0C24,
    OP_FD_SELECT = 0x0C25,
    OP_FONT_NAME = 0x0C26,
};

struct work {
    const struct cff *cff;
    const struct cff_item *items;
    size_t count;
    uint8_t fd_place[MOST_FDS]; /* by font DICT of the face: its index among those written */
    uint8_t fds[MOST_FDS];      /* those written, by their index in the face, ascending */
    size_t fd_count;
    size_t charset, fd_select, char_strings, fd_array, privates; /* offsets */
};

static void put_number(struct buffer *out, size_t value, size_t bytes) {
    bytes_store(buffer_reserve(out, bytes), value, bytes);
    out->count += bytes;
}

static void put_operand(struct buffer *out, size_t value) {
    put_number(out, INTEGER_32, 1);
    put_number(out, value, 4);
}

static void put_op(struct buffer *out, enum op op) {
    put_number(out, (size_t)op, op >= 0x0C00 ? 2 : 1);
}

/* --- INDEX */

/* Size in bytes of an offset when `last` is the largest. */
static size_t offset_bytes(size_t last) {
    size_t bytes = 1;
    while (bytes < 4 && last >> 8 * bytes) {
        bytes++;
    }
    return bytes;
}

static void put_index(struct buffer *out, const struct str *items, size_t count) {
    size_t total = 1, offset = 1, bytes;
    for (size_t i = 0; i < count; i++) {
        total += items[i].n;
    }
    bytes = offset_bytes(total);
    put_number(out, count, 2);
    put_number(out, bytes, 1);
    put_number(out, offset, bytes);
    for (size_t i = 0; i < count; i++) {
        put_number(out, offset += items[i].n, bytes);
    }
    char *p = buffer_reserve(out, total);
    for (size_t i = 0; i < count; p += items[i].n, i++) {
        if (items[i].n > 0) {
            memcpy(p, items[i].p, items[i].n);
        }
    }
    out->count += total - 1;
}

static void put_index_of(struct buffer *out, const struct buffer *item) {
    struct str bytes = buffer_str(item);
    put_index(out, &bytes, 1);
}

/* --- tables */

static uint8_t fd_of(const struct work *work, size_t i) {
    return work->cff->fd_of != NULL ? work->cff->fd_of[work->items[i].glyph] : 0;
}

static void choose_fds(struct work *work) {
    bool used[MOST_FDS] = {false};
    for (size_t i = 0; i < work->count; i++) {
        used[fd_of(work, i)] = true;
    }
    for (size_t fd = 0; fd < MOST_FDS; fd++) {
        if (used[fd]) {
            work->fd_place[fd] = (uint8_t)work->fd_count;
            work->fds[work->fd_count++] = (uint8_t)fd;
        }
    }
}

static void put_top(struct buffer *out, const struct work *work) {
    size_t cid_count = 0;
    for (size_t i = 0; i < work->count; i++) {
        cid_count = work->items[i].cid >= cid_count ? (size_t)work->items[i].cid + 1 : cid_count;
    }
    const struct {
        size_t value;
        enum op op;
    } entries[] = {{cid_count, OP_CID_COUNT},
                   {work->charset, OP_CHARSET},
                   {work->fd_select, OP_FD_SELECT},
                   {work->char_strings, OP_CHAR_STRINGS},
                   {work->fd_array, OP_FD_ARRAY}};
    put_operand(out, FIRST_STRING);
    put_operand(out, FIRST_STRING + 1);
    put_operand(out, 0);
    put_op(out, OP_ROS);
    buffer_add(out, work->cff->bounds);
    buffer_add(out, work->cff->matrix);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        put_operand(out, entries[i].value);
        put_op(out, entries[i].op);
    }
}

/* All up to the charset. */
static void put_head(struct buffer *out, const struct work *work) {
    static const char header[] = {1, 0, 4, 4};
    struct str strings[2 + MOST_FDS] = {STR("Adobe"), STR("Identity")};
    struct buffer top = {0};
    for (size_t i = 0; i < work->fd_count; i++) {
        strings[2 + i] = work->cff->fds[work->fds[i]].name;
    }
    buffer_append(out, header, sizeof header);
    put_index(out, &work->cff->name, 1);
    put_top(&top, work);
    put_index_of(out, &top);
    put_index(out, strings, 2 + work->fd_count);
    put_number(out, 0, 2);
    buffer_release(&top);
}

static void put_charset(struct buffer *out, const struct work *work) {
    put_number(out, 0, 1);
    char *p = buffer_reserve(out, 2 * work->count);
    for (size_t i = 1; i < work->count; i++, p += 2) {
        bytes_store(p, work->items[i].cid, 2);
    }
    out->count += 2 * (work->count - 1);
}

/* Ranges of glyphs with the same font DICT. */
static void put_fd_select(struct buffer *out, const struct work *work) {
    size_t ranges = 1;
    for (size_t i = 1; i < work->count; i++) {
        ranges += fd_of(work, i) != fd_of(work, i - 1);
    }
    put_number(out, 3, 1);
    put_number(out, ranges, 2);
    for (size_t i = 0; i < work->count; i++) {
        if (i == 0 || fd_of(work, i) != fd_of(work, i - 1)) {
            put_number(out, i, 2);
            put_number(out, work->fd_place[fd_of(work, i)], 1);
        }
    }
    put_number(out, work->count, 2);
}

static void put_fd_array(struct buffer *out, const struct work *work) {
    struct buffer dicts = {0};
    struct str items[MOST_FDS];
    size_t ends[MOST_FDS], place = work->privates;
    for (size_t i = 0; i < work->fd_count; i++) {
        const struct cff_fd *fd = &work->cff->fds[work->fds[i]];
        put_operand(&dicts, FIRST_STRING + 2 + i);
        put_op(&dicts, OP_FONT_NAME);
        buffer_add(&dicts, fd->matrix);
        put_operand(&dicts, fd->widths.n);
        put_operand(&dicts, place);
        put_op(&dicts, OP_PRIVATE);
        place += fd->widths.n;
        ends[i] = dicts.count;
    }
    for (size_t i = 0; i < work->fd_count; i++) {
        items[i] = str_slice(buffer_str(&dicts), i == 0 ? 0 : ends[i - 1], ends[i]);
    }
    put_index(out, items, work->fd_count);
    buffer_release(&dicts);
}

static void put_privates(struct buffer *out, const struct work *work) {
    for (size_t i = 0; i < work->fd_count; i++) {
        buffer_add(out, work->cff->fds[work->fds[i]].widths);
    }
}

/* The CharStrings INDEX up to the first outline. */
static void put_outlines_head(struct buffer *out, const struct work *work) {
    size_t total = 1, offset = 1, bytes;
    for (size_t i = 0; i < work->count; i++) {
        total += work->items[i].size;
    }
    bytes = offset_bytes(total);
    put_number(out, work->count, 2);
    put_number(out, bytes, 1);
    char *p = buffer_reserve(out, (work->count + 1) * bytes);
    bytes_store(p, offset, bytes);
    for (size_t i = 0; i < work->count; i++) {
        bytes_store(p += bytes, offset += work->items[i].size, bytes);
    }
    out->count += (work->count + 1) * bytes;
}

/* All up to the private DICTs (invariant 1). */
static void put_dicts(struct buffer *out, struct work *work) {
    put_head(out, work);
    work->fd_array = out->count;
    put_fd_array(out, work);
    work->privates = out->count;
    put_privates(out, work);
}

void cff_write_head(const struct cff *cff, const struct cff_item *items, size_t count, struct buffer *out) {
    struct work work = {.cff = cff, .items = items, .count = count};
    choose_fds(&work);
    buffer_clear(out);
    put_dicts(out, &work);
    work.charset = out->count;
    put_charset(out, &work);
    work.fd_select = out->count;
    put_fd_select(out, &work);
    work.char_strings = out->count;
    put_outlines_head(out, &work);

    const size_t end = out->count;
    buffer_clear(out);
    put_dicts(out, &work);
    assert(out->count == work.charset); /* invariant 1 */
    out->count = end;
}
