/* utf8.c: UTF-8 after RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * The lead byte tells the length and the smallest code point that may take so many bytes; all else follows from that.
 */
#include "base/utf8.h"

#include <string.h>

#include "base/arena.h"

static size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return 4;
    }
    return 0;
}

/* Decodes the sequence at the beginning of p. Gives back its length, 0 when it is invalid or cut off. */
static size_t decode(const char *p, size_t n, uint32_t *code_point) {
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)p;
    const size_t length = sequence_length(bytes[0]);
    if (length == 0 || length > n) {
        return 0;
    }
    uint32_t c = length == 1 ? bytes[0] : bytes[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
        c = c << 6 | (bytes[i] & 0x3F);
    }
    if (c < smallest[length] || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) {
        return 0;
    }
    *code_point = c;
    return length;
}

uint32_t utf8_decode_next(struct str s, size_t *offset) {
    uint32_t code_point = UTF8_REPLACEMENT;
    const size_t length = decode(s.p + *offset, s.n - *offset, &code_point);
    *offset += length > 0 ? length : 1;
    return code_point;
}

uint32_t utf8_previous(struct str s, size_t *offset) {
    const size_t furthest = *offset < 4 ? *offset : 4;
    for (size_t back = 1; back <= furthest; back++) {
        uint32_t code_point;
        if (decode(s.p + *offset - back, back, &code_point) == back) {
            *offset -= back;
            return code_point;
        }
    }
    *offset -= 1;
    return UTF8_REPLACEMENT;
}

size_t utf8_encode(uint32_t code_point, char out[4]) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        code_point = UTF8_REPLACEMENT;
    }
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    const size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)((0xF00u >> length & 0xF0) | code_point);
    return length;
}

size_t utf8_count(struct str s) {
    size_t count = 0;
    for (size_t offset = 0; offset < s.n; count++) {
        utf8_next(s, &offset);
    }
    return count;
}

/* Counts the bytes that don't continue a sequence (10xxxxxx), eight at a time. */
size_t utf8_count_valid(struct str s) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t inside = 0, at = 0;
    for (uint64_t bytes; s.n - at >= sizeof bytes; at += sizeof bytes) {
        memcpy(&bytes, s.p + at, sizeof bytes);
        inside += (size_t)(((bytes >> 7 & ~(bytes >> 6) & ones) * ones) >> 56);
    }
    for (; at < s.n; at++) {
        inside += ((unsigned char)s.p[at] & 0xC0) == 0x80;
    }
    return s.n - inside;
}

/* How far ASCII and U+1000 to U+FFFF go from `at`, looked at in steps of eight ASCII characters or two others;
 * surrogates end it. */
static size_t skip_plain(struct str s, size_t at) {
    const uint64_t ascii = UINT64_C(0x8080808080808080), /* of two in three bytes each, the first byte in the lowest: */
        kinds = UINT64_C(0xC0C0F0C0C0F0), both = UINT64_C(0x8080E08080E0);
    for (uint64_t bytes; s.n - at >= sizeof bytes;) {
        memcpy(&bytes, s.p + at, sizeof bytes);
        const unsigned first = (unsigned char)s.p[at], second = (unsigned char)s.p[at + 3];
        if ((bytes & ascii) == 0) {
            at += sizeof bytes;
        } else if ((bytes & kinds) == both && first != 0xE0 && first != 0xED && second != 0xE0 && second != 0xED) {
            at += 6;
        } else {
            break;
        }
    }
    return at;
}

size_t utf8_first_invalid(struct str s) {
    for (size_t offset = skip_plain(s, 0), at = offset; offset < s.n; offset = at = skip_plain(s, at)) {
        const uint32_t code_point = utf8_next(s, &at);
        bool written_so = code_point != UTF8_REPLACEMENT || at - offset == 3; /* U+FFFD itself takes three bytes */
        if (!written_so) {
            return offset;
        }
    }
    return s.n;
}

struct str utf8_repair(struct arena *arena, struct str s) {
    const size_t valid = utf8_first_invalid(s);
    if (valid == s.n) {
        return s;
    }
    char *out = arena_alloc(arena, s.n * 3); /* U+FFFD takes three bytes */
    size_t n = 0;
    for (size_t offset = 0; offset < s.n;) {
        n += utf8_encode(utf8_next(s, &offset), out + n);
    }
    return (struct str){out, n};
}

struct str utf8_for_xml(struct arena *arena, struct str s) {
    const struct str good = utf8_repair(arena, s);
    const struct str refused[] = {STR("\xEF\xBF\xBE"), STR("\xEF\xBF\xBF")};
    if (str_find(good, refused[0]) == good.n && str_find(good, refused[1]) == good.n) {
        return good;
    }
    char *out = arena_alloc(arena, good.n);
    memcpy(out, good.p, good.n);
    for (size_t i = 0; i + 2 < good.n; i++) {
        const struct str here = str_slice(good, i, i + 3);
        if (str_eq(here, refused[0]) || str_eq(here, refused[1])) {
            out[i + 2] = '\xBD';
        }
    }
    return (struct str){out, good.n};
}

bool utf8_is_hidden(uint32_t c) {
    static const uint32_t ranges[][2] = {
        {0, 0x1F},        {0x7F, 0x9F},     {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},   {0x115F, 0x1160},
        {0x17B4, 0x17B5}, {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F}, {0x3164, 0x3164},
        {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xE0000, 0xE007F},
    };
    bool hidden = false;
    if ((c >= 0x3165 && c < 0xFEFF) || (c >= ' ' && c < 0x7F)) { /* nearly all that is asked for */
        return false;
    }
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && ranges[i][0] <= c; i++) {
        hidden = c <= ranges[i][1];
    }
    return hidden;
}

bool utf8_is_han(uint32_t code_point) {
    static const struct {
        uint32_t first, last;
    } blocks[] = {
        {0x3007, 0x3007},   /* 〇 */
        {0x3400, 0x4DBF},   /* Extension A */
        {0x4E00, 0x9FFF},   /* Unified Ideographs */
        {0xF900, 0xFAFF},   /* Compatibility Ideographs */
        {0x20000, 0x2FA1F}, /* Extensions B to F, I, Compatibility Supplement */
        {0x30000, 0x323AF}, /* Extensions G, H */
    };
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        if (code_point >= blocks[i].first && code_point <= blocks[i].last) {
            return true;
        }
    }
    return false;
}

static const struct cells {
    uint32_t first, last;
    int cells;
} cells[] = {
    {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},
    {0xA960, 0xA97C, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},   {0xFE10, 0xFE19, 2},
    {0xFE30, 0xFE6B, 2},   {0xFEFF, 0xFEFF, 0},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},   {0x16FE0, 0x1B2FF, 2},
    {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2}, {0xE0100, 0xE01EF, 0},
};

int utf8_cells(uint32_t code_point) {
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        if (code_point >= cells[i].first && code_point <= cells[i].last) {
            return cells[i].cells;
        }
    }
    return 1;
}

size_t utf8_width(struct str s) {
    size_t width = 0;
    for (size_t at = 0; at < s.n;) {
        width += (size_t)utf8_cells(utf8_next(s, &at));
    }
    return width;
}
