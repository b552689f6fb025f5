/* cff.c: the parts of a CFF table that a small one is written from.
 *
 *     header | name INDEX | top DICT INDEX | string INDEX | global subroutines INDEX | whatever the top DICT points at:
 *     charset (CIDs), FDSelect (font DICT of each glyph), CharStrings (outlines), FDArray (font DICTs) with private DICTs
 *
 * Every read is bounded by the table: a damaged one gives false. */
#include "font/cff.h"

#include <string.h>

#include "base/bytes.h"

enum op {
    OP_FONT_BBOX = 5,
    OP_CHARSET = 15,
    OP_CHAR_STRINGS = 17,
    OP_PRIVATE = 18,
    OP_SUBROUTINES = 19,
    OP_DEFAULT_WIDTH = 20,
    OP_NOMINAL_WIDTH = 21,
    OP_CHAR_STRING_TYPE = 0x0C06,
    OP_FONT_MATRIX = 0x0C07,
    OP_ROS = 0x0C1E,
    OP_FD_ARRAY = 0x0C24,
    OP_FD_SELECT = 0x0C25,
    OP_FONT_NAME = 0x0C26,
};

enum { INTEGER_16 = 28, INTEGER_32 = 29, REAL = 30, LAST_OPERATOR = 21, ESCAPE = 12, STANDARD_STRINGS = 391 };
enum { MOST_FDS = 256, PREDEFINED_CHARSETS = 2, MOST_GLYPHS = 65535 };

/* --- INDEX: count, size of an offset, count + 1 offsets from 1, data */

static bool index_read(struct str table, size_t at, struct cff_index *out) {
    if (at > table.n || table.n - at < 2) {
        return false;
    }
    *out = (struct cff_index){.table = table, .count = bytes_number(table, at, 2), .end = at + 2};
    if (out->count == 0) {
        return true;
    }
    out->offset_bytes = bytes_number(table, at + 2, 1);
    out->offsets = at + 3;
    if (out->offset_bytes < 1 || out->offset_bytes > 4) {
        return false;
    }
    out->data = out->offsets + (out->count + 1) * out->offset_bytes - 1;
    out->end = out->data + bytes_number(table, out->offsets + out->count * out->offset_bytes, out->offset_bytes);
    return out->data < table.n && out->end <= table.n && out->end > out->data;
}

struct str cff_index_item(const struct cff_index *index, size_t i) {
    if (i >= index->count) {
        return STR_NONE;
    }
    const size_t from = bytes_number(index->table, index->offsets + i * index->offset_bytes, index->offset_bytes);
    const size_t to = bytes_number(index->table, index->offsets + (i + 1) * index->offset_bytes, index->offset_bytes);
    if (from < 1 || to < from || index->data + to > index->end) {
        return STR_NONE;
    }
    return str_slice(index->table, index->data + from, index->data + to);
}

/* --- DICT: operands, then their operator */

struct entry {
    int op;
    int64_t first, last; /* operands; a real counts as 0 */
    size_t count;
    struct str bytes; /* operands and operator, unparsed */
};

static size_t operand_read(struct str dict, size_t at, int64_t *value) {
    const uint8_t first = (uint8_t)dict.p[at];
    *value = 0;
    if (first >= 32 && first <= 246) {
        *value = first - 139;
        return at + 1;
    }
    if (first >= 247 && first <= 250) {
        *value = (first - 247) * 256 + (int64_t)bytes_number(dict, at + 1, 1) + 108;
        return at + 2;
    }
    if (first >= 251 && first <= 254) {
        *value = -(first - 251) * 256 - (int64_t)bytes_number(dict, at + 1, 1) - 108;
        return at + 2;
    }
    if (first == INTEGER_16) {
        *value = (int16_t)bytes_number(dict, at + 1, 2);
        return at + 3;
    }
    if (first == INTEGER_32) {
        *value = (int32_t)bytes_number(dict, at + 1, 4);
        return at + 5;
    }
    if (first == REAL) { /* nibbles up to one that is F */
        for (at++; at < dict.n && (dict.p[at] & 0x0F) != 0x0F && (dict.p[at] & 0xF0) != 0xF0;) {
            at++;
        }
    }
    return at + 1;
}

/* The next entry at or behind *at; false at the end. */
static bool dict_next(struct str dict, size_t *at, struct entry *out) {
    const size_t begin = *at;
    *out = (struct entry){0};
    while (*at < dict.n) {
        const uint8_t first = (uint8_t)dict.p[*at];
        if (first <= LAST_OPERATOR) {
            out->op = first == ESCAPE ? (int)(ESCAPE << 8 | bytes_number(dict, *at + 1, 1)) : first;
            *at += first == ESCAPE ? 2 : 1;
            out->bytes = str_slice(dict, begin, *at);
            return *at <= dict.n;
        }
        *at = operand_read(dict, *at, &out->last);
        if (out->count++ == 0) {
            out->first = out->last;
        }
    }
    return false;
}

/* --- the top DICT */

struct layout {
    struct str table;
    struct cff_index strings;
    size_t charset, char_strings, fd_select, fd_array; /* offsets, 0: none */
    size_t private_at, private_size;                   /* of a name-keyed font */
    int64_t char_string_type;
};

static void layout_take(struct layout *layout, struct cff *cff, const struct entry *entry) {
    const size_t offset = entry->last > 0 ? (size_t)entry->last : 0;
    switch (entry->op) {
    case OP_ROS:
        cff->cid_keyed = true;
        break;
    case OP_FONT_BBOX:
        cff->bounds = entry->bytes;
        break;
    case OP_FONT_MATRIX:
        cff->matrix = entry->bytes;
        break;
    case OP_CHAR_STRING_TYPE:
        layout->char_string_type = entry->last;
        break;
    case OP_CHARSET:
        layout->charset = offset;
        break;
    case OP_CHAR_STRINGS:
        layout->char_strings = offset;
        break;
    case OP_FD_SELECT:
        layout->fd_select = offset;
        break;
    case OP_FD_ARRAY:
        layout->fd_array = offset;
        break;
    case OP_PRIVATE:
        layout->private_size = entry->first > 0 ? (size_t)entry->first : 0;
        layout->private_at = offset;
        break;
    default:
        break;
    }
}

static bool layout_read(struct str table, struct layout *layout, struct cff *cff) {
    struct cff_index names, tops;
    *layout = (struct layout){.table = table, .char_string_type = 2};
    *cff = (struct cff){0};
    if (table.n < 4 || table.p[0] != 1 || !index_read(table, bytes_number(table, 2, 1), &names) ||
        !index_read(table, names.end, &tops) || !index_read(table, tops.end, &layout->strings) ||
        !index_read(table, layout->strings.end, &cff->subroutines) || names.count != 1 || tops.count != 1) {
        return false;
    }
    cff->name = cff_index_item(&names, 0);
    struct entry entry;
    const struct str top = cff_index_item(&tops, 0);
    for (size_t at = 0; dict_next(top, &at, &entry);) {
        layout_take(layout, cff, &entry);
    }
    return layout->char_strings > 0 && layout->char_string_type == 2;
}

/* --- charset: format 0 lists a CID for each glyph but the first, formats 1 and 2 ranges of them */

static bool charset_list(struct str table, size_t at, uint16_t *cids, size_t count) {
    const size_t left_bytes =
        bytes_number(table, at, 1); /* size of a range's count: 0 (no ranges), 1 or 2 bytes, as the format */
    at++;
    for (size_t glyph = 1; glyph < count;) {
        if (at > table.n || table.n - at < 2 + left_bytes) {
            return false;
        }
        const uint32_t first = bytes_number(table, at, 2), left = bytes_number(table, at + 2, left_bytes);
        at += 2 + left_bytes;
        for (uint32_t i = 0; i <= left && glyph < count; i++) {
            cids[glyph++] = (uint16_t)(first + i);
        }
    }
    return true;
}

static bool read_charset(struct arena *arena, const struct layout *layout, struct cff *cff) {
    const struct str table = layout->table;
    if (!cff->cid_keyed || layout->charset <= PREDEFINED_CHARSETS) {
        return true;
    }
    if (layout->charset >= table.n || bytes_number(table, layout->charset, 1) > 2) {
        return false;
    }
    const struct arena_mark mark = arena_mark(arena);
    uint16_t *cids = ARENA_ARRAY(arena, uint16_t, cff->glyph_count);
    if (!charset_list(table, layout->charset, cids, cff->glyph_count)) {
        return false;
    }
    bool same = true;
    for (size_t glyph = 0; glyph < cff->glyph_count; glyph++) {
        same = same && cids[glyph] == glyph;
    }
    if (same) {
        arena_release(arena, mark);
    } else {
        cff->cids = cids;
    }
    return true;
}

/* --- FDSelect: format 0 a byte a glyph, format 3 ranges */

static bool fd_ranges(struct str table, size_t at, uint8_t *fd_of, size_t count) {
    enum { HEAD = 2, RANGE = 3 };
    size_t ranges = bytes_number(table, at, 2), glyph = 0;
    for (size_t i = 0; i < ranges; i++) {
        const size_t range = at + HEAD + i * RANGE, next = bytes_number(table, range + RANGE, 2);
        if (bytes_number(table, range, 2) != glyph || next < glyph || next > count) {
            return false;
        }
        memset(fd_of + glyph, (int)bytes_number(table, range + 2, 1), next - glyph);
        glyph = next;
    }
    return glyph == count;
}

static bool read_fd_select(struct arena *arena, const struct layout *layout, struct cff *cff) {
    const struct str table = layout->table;
    const size_t at = layout->fd_select, format = bytes_number(table, at, 1);
    if (!cff->cid_keyed) {
        return true;
    }
    if (at == 0 || at >= table.n) {
        return false;
    }
    cff->fd_of = ARENA_ARRAY(arena, uint8_t, cff->glyph_count);
    if (format == 0 && table.n - at > cff->glyph_count) {
        memcpy(cff->fd_of, table.p + at + 1, cff->glyph_count);
    } else if (format != 3 || !fd_ranges(table, at + 1, cff->fd_of, cff->glyph_count)) {
        return false;
    }
    for (size_t glyph = 0; glyph < cff->glyph_count; glyph++) {
        if (cff->fd_of[glyph] >= cff->fd_count) {
            return false;
        }
    }
    return true;
}

/* --- font DICTs and private DICTs */

static bool read_private(struct arena *arena, struct str table, size_t at, size_t size, struct cff_fd *fd) {
    if (at > table.n || size > table.n - at) {
        return false;
    }
    const struct str dict = str_slice(table, at, at + size);
    struct entry entry;
    for (size_t i = 0; dict_next(dict, &i, &entry);) {
        if (entry.op == OP_DEFAULT_WIDTH || entry.op == OP_NOMINAL_WIDTH) {
            fd->widths = str_join(arena, fd->widths, entry.bytes);
            fd->broken_widths = fd->broken_widths || entry.count != 1 || (uint8_t)entry.bytes.p[0] == REAL ||
                                entry.last < INT16_MIN || entry.last > INT16_MAX;
            *(entry.op == OP_DEFAULT_WIDTH ? &fd->default_width : &fd->nominal_width) = (int32_t)entry.last;
        } else if (entry.op == OP_SUBROUTINES &&
                   (entry.last <= 0 || !index_read(table, at + (size_t)entry.last, &fd->subroutines))) {
            return false;
        }
    }
    return true;
}

static bool read_fd(struct arena *arena, const struct layout *layout, struct str dict, struct cff_fd *fd) {
    struct entry entry;
    size_t size = 0, place = 0;
    for (size_t at = 0; dict_next(dict, &at, &entry);) {
        if (entry.op == OP_FONT_NAME && entry.last >= STANDARD_STRINGS) {
            fd->name = cff_index_item(&layout->strings, (size_t)entry.last - STANDARD_STRINGS);
        } else if (entry.op == OP_FONT_MATRIX) {
            fd->matrix = entry.bytes;
        } else if (entry.op == OP_PRIVATE && entry.count == 2 && entry.first >= 0 && entry.last >= 0) {
            size = (size_t)entry.first;
            place = (size_t)entry.last;
        }
    }
    return read_private(arena, layout->table, place, size, fd);
}

static bool read_fds(struct arena *arena, const struct layout *layout, struct cff *cff) {
    struct cff_index dicts;
    if (!cff->cid_keyed) {
        cff->fd_count = 1;
        cff->fds = ARENA_NEW(arena, struct cff_fd);
        cff->fds->name = cff->name;
        return read_private(arena, layout->table, layout->private_at, layout->private_size, cff->fds);
    }
    if (layout->fd_array == 0 || !index_read(layout->table, layout->fd_array, &dicts) || dicts.count == 0 ||
        dicts.count > MOST_FDS) {
        return false;
    }
    cff->fd_count = dicts.count;
    cff->fds = ARENA_ARRAY(arena, struct cff_fd, dicts.count);
    for (size_t i = 0; i < dicts.count; i++) {
        if (!read_fd(arena, layout, cff_index_item(&dicts, i), &cff->fds[i])) {
            return false;
        }
    }
    return true;
}

bool cff_read_in(struct arena *arena, struct str table, size_t glyph_count, struct cff *out) {
    struct layout layout;
    if (!layout_read(table, &layout, out) || !index_read(table, layout.char_strings, &out->char_strings) ||
        out->char_strings.count != glyph_count || glyph_count == 0 || glyph_count > MOST_GLYPHS) {
        return false;
    }
    out->glyph_count = glyph_count;
    return read_charset(arena, &layout, out) && read_fds(arena, &layout, out) && read_fd_select(arena, &layout, out);
}
