/* packed.c: LEB128, as DWARF and WebAssembly write numbers. */
#include "base/packed.h"

#include <string.h>

enum { BITS = 7, MORE = 0x80, SHIFT_MOST = 63 };

void packed_add(struct buffer *out, uint64_t number) {
    while (number >= MORE) {
        buffer_byte(out, (char)(unsigned char)(number | MORE));
        number >>= BITS;
    }
    buffer_byte(out, (char)(unsigned char)number);
}

void packed_add_str(struct buffer *out, struct str s) {
    packed_add(out, s.n);
    buffer_add(out, s);
}

void packed_add_hash(struct buffer *out, struct hash hash) {
    buffer_append(out, &hash, sizeof hash);
}

static void spoil(struct packed *in) {
    in->rest = STR_NONE;
    in->bad = true;
}

uint64_t packed_number(struct packed *in) {
    uint64_t number = 0;
    for (size_t i = 0; i < in->rest.n && i * BITS <= SHIFT_MOST; i++) {
        const unsigned char byte = (unsigned char)in->rest.p[i];
        number |= (uint64_t)(byte & (MORE - 1)) << (i * BITS);
        if (byte < MORE) {
            in->rest = str_slice(in->rest, i + 1, in->rest.n);
            return number;
        }
    }
    spoil(in);
    return 0;
}

struct str packed_str(struct packed *in) {
    const uint64_t count = packed_number(in);
    if (count > in->rest.n) {
        spoil(in);
        return STR_NONE;
    }
    const struct str s = str_slice(in->rest, 0, (size_t)count);
    in->rest = str_slice(in->rest, (size_t)count, in->rest.n);
    return s;
}

struct hash packed_hash(struct packed *in) {
    struct hash hash = {0};
    if (in->rest.n < sizeof hash) {
        spoil(in);
        return hash;
    }
    memcpy(&hash, in->rest.p, sizeof hash);
    in->rest = str_slice(in->rest, sizeof hash, in->rest.n);
    return hash;
}
