/* cid_set.c: the set of a font's CIDs, one bit each, highest bit first, as PDF/A-1 wants it. Some hundred of 65,536
 * are set, so it is mostly zeros, which are coded by their count. */
#include "pdf/internal.h"

#include <string.h>

enum { CIDS = 65536, BYTES = CIDS / 8 };

/* Gives back the count of bytes up to the last CID. */
static size_t mark_cids(const struct font *font, uint8_t *bits) {
    size_t last = 0;
    bits[0] = 0x80; /* CID 0 is always there */
    for (int32_t cid = -1; glyph_set_next(&font->cids, &cid); last = (size_t)cid) {
        bits[cid / 8] = (uint8_t)(bits[cid / 8] | 0x80 >> cid % 8);
    }
    return last / 8 + 1;
}

static bool is_zero(const uint8_t *bits) {
    uint64_t word;
    memcpy(&word, bits, sizeof word);
    return word == 0;
}

struct str cid_set_in(struct file *file, const struct font_book *book, const struct font *font) {
    uint8_t bits[BYTES] = {0};
    size_t count = mark_cids(font, bits), zeros = 0;
    struct buffer stream = {0};
    struct join join;
    join_begin(&join, book->cid_sets, &stream);
    join_open_block(&join);
    for (size_t i = 0; i < count;) {
        if (i % 8 == 0 && i + 8 <= count && is_zero(bits + i)) {
            zeros += 8;
            i += 8;
        } else if (bits[i] == 0) {
            zeros++;
            i++;
        } else {
            join_zeros(&join, zeros);
            join_byte(&join, bits[i]);
            zeros = 0;
            i++;
        }
    }
    join_end(&join);
    const struct str kept = str_copy(file->arena, buffer_str(&stream));
    buffer_release(&stream);
    return kept;
}
