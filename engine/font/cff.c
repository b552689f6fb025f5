/* cff.c: reads as much of a CFF table as is needed to number its glyphs, and writes a name-keyed font anew as a
 * CID-keyed one.
 *
 *     header | name INDEX | top DICT INDEX | string INDEX | global subroutines INDEX | what the top DICT points at …
 *
 * Every read is bounded by the table: a damaged one gives false, never a read beyond it. */
#include "font/cff.h"

#include <string.h>

enum op {
    OP_FONT_BBOX = 5,
    OP_CHARSET = 15,
    OP_CHAR_STRINGS = 17,
    OP_PRIVATE = 18,
    OP_SUBRS = 19,
    OP_FONT_MATRIX = 0x0C07,
    OP_ROS = 0x0C1E,
    OP_CID_COUNT = 0x0C22,
    OP_FD_ARRAY = 0x0C24,
    OP_FD_SELECT = 0x0C25,
};

enum { INTEGER_32 = 29, REAL = 30, FIRST_FREE_STRING = 391 };

static uint32_t number_at(struct str s, size_t at, size_t bytes) {
    uint32_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | (at + i < s.n ? (uint8_t)s.p[at + i] : 0);
    return value;
}

/* --- INDEX: count, size of an offset, count + 1 offsets from 1, data */

struct index {
    size_t count, offset_bytes, offsets, data, end; /* data: where offset 0 would point */
};

static bool index_read(struct str table, size_t at, struct index *out) {
    *out = (struct index){.count = number_at(table, at, 2), .end = at + 2};
    if (at + 2 > table.n)
        return false;
    if (out->count == 0)
        return true;
    out->offset_bytes = number_at(table, at + 2, 1);
    out->offsets = at + 3;
    if (out->offset_bytes < 1 || out->offset_bytes > 4)
        return false;
    out->data = out->offsets + (out->count + 1) * out->offset_bytes - 1;
    out->end = out->data + number_at(table, out->offsets + out->count * out->offset_bytes, out->offset_bytes);
    return out->data < table.n && out->end <= table.n && out->end > out->data;
}

static struct str index_item(struct str table, const struct index *index, size_t i) {
    size_t from = number_at(table, index->offsets + i * index->offset_bytes, index->offset_bytes);
    size_t to = number_at(table, index->offsets + (i + 1) * index->offset_bytes, index->offset_bytes);
    if (i >= index->count || from < 1 || to < from)
        return STR_NONE;
    return str_slice(table, index->data + from, index->data + to);
}

/* --- DICT: operands, then their operator */

struct entry {
    int op;
    int64_t operands[4]; /* the last ones; a real counts as 0 */
    size_t count;
    struct str bytes; /* operands and operator as they stand */
};

static size_t operand_read(struct str dict, size_t at, int64_t *value) {
    uint8_t first = (uint8_t)dict.p[at];
    if (first >= 32 && first <= 246)
        *value = first - 139;
    else if (first >= 247 && first <= 250)
        *value = (first - 247) * 256 + (int64_t)number_at(dict, at + 1, 1) + 108;
    else if (first >= 251 && first <= 254)
        *value = -(first - 251) * 256 - (int64_t)number_at(dict, at + 1, 1) - 108;
    else if (first == 28)
        *value = (int16_t)number_at(dict, at + 1, 2);
    else if (first == INTEGER_32)
        *value = (int32_t)number_at(dict, at + 1, 4);
    if (first >= 247)
        return at + 2;
    return at + (first == 28 ? 3 : first == INTEGER_32 ? 5 : 1);
}

static size_t real_skip(struct str dict, size_t at) {
    while (at < dict.n && (dict.p[at] & 0x0F) != 0x0F)
        at++;
    return at + 1;
}

/* The next entry from *at on; false at the end, or when the rest makes no sense. */
static bool dict_next(struct str dict, size_t *at, struct entry *out) {
    size_t begin = *at;
    *out = (struct entry){0};
    while (*at < dict.n) {
        uint8_t first = (uint8_t)dict.p[*at];
        if (first <= 21) {
            out->op = first == 12 ? (int)(0x0C00 | number_at(dict, *at + 1, 1)) : first;
            *at += first == 12 ? 2 : 1;
            out->bytes = str_slice(dict, begin, *at);
            return *at <= dict.n;
        }
        int64_t value = 0;
        *at = first == REAL ? real_skip(dict, *at) : operand_read(dict, *at, &value);
        if (out->count == 4)
            memmove(out->operands, out->operands + 1, 3 * sizeof *out->operands);
        else
            out->count++;
        out->operands[out->count - 1] = value;
    }
    return false;
}

/* --- the whole font */

struct layout {
    struct str name, top;
    size_t subroutines; /* global ones */
    bool cid_keyed;
    size_t charset, char_strings;    /* offsets, 0: none */
    size_t private_at, private_size; /* of a name-keyed font */
};

static bool layout_read(struct str table, struct layout *out) {
    struct index names, tops, strings, subroutines;
    *out = (struct layout){0};
    if (table.n < 4 || table.p[0] != 1 || !index_read(table, number_at(table, 2, 1), &names) ||
        !index_read(table, names.end, &tops) || !index_read(table, tops.end, &strings) ||
        !index_read(table, strings.end, &subroutines) || names.count != 1 || tops.count != 1)
        return false;
    out->name = index_item(table, &names, 0);
    out->top = index_item(table, &tops, 0);
    out->subroutines = subroutines.count;
    struct entry entry;
    for (size_t at = 0; dict_next(out->top, &at, &entry);) {
        size_t last = entry.count > 0 ? (size_t)entry.operands[entry.count - 1] : 0;
        if (entry.op == OP_ROS)
            out->cid_keyed = true;
        else if (entry.op == OP_CHARSET)
            out->charset = last;
        else if (entry.op == OP_CHAR_STRINGS)
            out->char_strings = last;
        else if (entry.op == OP_PRIVATE && entry.count == 2) {
            out->private_size = (size_t)entry.operands[0];
            out->private_at = last;
        }
    }
    return out->char_strings > 0 && out->char_strings < table.n;
}

/* --- charset: format 0 lists a CID for each glyph but the first, formats 1 and 2 ranges of them */

static bool charset_list(struct str table, size_t at, uint16_t *cids, size_t count) {
    uint32_t format = number_at(table, at, 1);
    size_t left_bytes = format;
    at++;
    for (size_t glyph = 1; glyph < count;) {
        if (at + 2 + left_bytes > table.n)
            return false;
        uint32_t first = number_at(table, at, 2), left = number_at(table, at + 2, left_bytes);
        at += 2 + left_bytes;
        for (uint32_t i = 0; i <= left && glyph < count; i++)
            cids[glyph++] = (uint16_t)(first + i);
    }
    return true;
}

bool cff_read_charset(struct arena *arena, struct str table, size_t glyph_count, bool *cid_keyed, uint16_t **cids) {
    struct layout layout;
    struct index char_strings;
    *cids = NULL;
    if (!layout_read(table, &layout) || !index_read(table, layout.char_strings, &char_strings) ||
        char_strings.count != glyph_count || glyph_count > 65535)
        return false;
    *cid_keyed = layout.cid_keyed;
    if (!layout.cid_keyed || layout.charset <= 2)
        return true;
    if (layout.charset >= table.n || number_at(table, layout.charset, 1) > 2)
        return false;
    struct arena_mark mark = arena_mark(arena);
    uint16_t *list = ARENA_ARRAY(arena, uint16_t, 65536);
    if (!charset_list(table, layout.charset, list, glyph_count))
        return false;
    bool same = true;
    for (size_t glyph = 0; glyph < glyph_count; glyph++)
        same = same && list[glyph] == glyph;
    if (same)
        arena_release(arena, mark);
    else
        *cids = list;
    return true;
}

/* --- writing */

static void put_number(struct buffer *out, uint32_t value, size_t bytes) {
    while (bytes-- > 0)
        buffer_byte(out, (char)(value >> (8 * bytes)));
}

/* An integer of 5 bytes whatever its value, so that a DICT's size is known before its offsets are. */
static void put_operand(struct buffer *out, size_t value) {
    put_number(out, INTEGER_32, 1);
    put_number(out, (uint32_t)value, 4);
}

static void put_operator(struct buffer *out, int op) {
    put_number(out, (uint32_t)op, op >= 0x0C00 ? 2 : 1);
}

static void put_index_of_one(struct buffer *out, struct str item) {
    put_number(out, 1, 2);
    put_number(out, 4, 1);
    put_number(out, 1, 4);
    put_number(out, (uint32_t)item.n + 1, 4);
    buffer_add(out, item);
}

enum { INDEX_OF_ONE = 2 + 1 + 4 + 4, OPERAND = 5, IDENTITY_CHARSET_HEAD = 1, FD_SELECT_BYTES = 1 + 2 + 3 + 2 };

/* Offsets of the parts behind the top DICT. */
struct parts {
    size_t charset, fd_select, char_strings, fd_array, private_at;
};

static void put_top(struct buffer *out, struct str old, const struct parts *parts, size_t cid_count) {
    struct entry entry;
    put_operand(out, FIRST_FREE_STRING);
    put_operand(out, FIRST_FREE_STRING + 1);
    put_operand(out, 0);
    put_operator(out, OP_ROS);
    for (size_t at = 0; dict_next(old, &at, &entry);)
        if (entry.op == OP_FONT_BBOX || entry.op == OP_FONT_MATRIX)
            buffer_add(out, entry.bytes);
    const struct {
        size_t value;
        int op;
    } entries[] = {{cid_count, OP_CID_COUNT},
                   {parts->charset, OP_CHARSET},
                   {parts->fd_select, OP_FD_SELECT},
                   {parts->char_strings, OP_CHAR_STRINGS},
                   {parts->fd_array, OP_FD_ARRAY}};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        put_operand(out, entries[i].value);
        put_operator(out, entries[i].op);
    }
}

static void put_head(struct buffer *out, const struct layout *old, const struct parts *parts, size_t cid_count) {
    static const char header[] = {1, 0, 4, 4};
    struct buffer top = {0};
    buffer_append(out, header, sizeof header);
    put_index_of_one(out, old->name);
    put_top(&top, old->top, parts, cid_count);
    put_index_of_one(out, buffer_str(&top));
    buffer_release(&top);
    put_number(out, 2, 2);
    put_number(out, 1, 1);
    put_number(out, 1, 1);
    put_number(out, 1 + 5, 1);
    put_number(out, 1 + 5 + 8, 1);
    buffer_add(out, STR("AdobeIdentity"));
    put_number(out, 0, 2); /* no subroutines */
}

static bool has_subroutines(struct str private_dict) {
    struct entry entry;
    for (size_t at = 0; dict_next(private_dict, &at, &entry);)
        if (entry.op == OP_SUBRS)
            return true;
    return false;
}

bool cff_make_cid_keyed(struct str table, const uint16_t *cids, size_t count, struct buffer *out) {
    struct layout old;
    struct index glyphs;
    if (!layout_read(table, &old) || old.cid_keyed || !index_read(table, old.char_strings, &glyphs) ||
        glyphs.count != count || count == 0 || count > 65535 || old.private_at > table.n ||
        old.private_size > table.n - old.private_at)
        return false;
    struct str private_dict = str_slice(table, old.private_at, old.private_at + old.private_size);
    struct str char_strings = str_slice(table, old.char_strings, glyphs.end);
    if (old.subroutines > 0 || has_subroutines(private_dict))
        return false;

    struct buffer measure = {0};
    size_t cid_count = (size_t)cids[count - 1] + 1;
    put_head(&measure, &old, &(struct parts){0}, cid_count);
    struct parts parts = {.charset = measure.count};
    buffer_release(&measure);
    parts.fd_select = parts.charset + IDENTITY_CHARSET_HEAD + 2 * (count - 1);
    parts.char_strings = parts.fd_select + FD_SELECT_BYTES;
    parts.fd_array = parts.char_strings + char_strings.n;
    parts.private_at = parts.fd_array + INDEX_OF_ONE + 2 * OPERAND + 1;

    put_head(out, &old, &parts, cid_count);
    put_number(out, 0, 1);
    for (size_t glyph = 1; glyph < count; glyph++)
        put_number(out, cids[glyph], 2);
    put_number(out, 3, 1); /* FDSelect of one range */
    put_number(out, 1, 2);
    put_number(out, 0, 3);
    put_number(out, (uint32_t)count, 2);
    buffer_add(out, char_strings);
    struct buffer dict = {0};
    put_operand(&dict, private_dict.n);
    put_operand(&dict, parts.private_at);
    put_operator(&dict, OP_PRIVATE);
    put_index_of_one(out, buffer_str(&dict));
    buffer_release(&dict);
    buffer_add(out, private_dict);
    return true;
}
