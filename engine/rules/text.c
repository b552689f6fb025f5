/* text.c: days, and what is left of a text that was copied from child to child. */
#include "rules/judge.h"

#include "base/numerals.h"
#include "base/utf8.h"
#include "data/days.h"

enum { FEWEST = 20 }; /* characters that a text needs to be compared */

const char *day_fault(struct str day) {
    char room[TIME_ROOM];
    if (time_is(TIME_DAY, day)) {
        return NULL;
    }
    return time_read(TIME_DAY, day, room).p != NULL ? "form" : "impossible";
}

void day_right(struct str day, struct buffer *out) {
    char room[TIME_ROOM];
    buffer_add(out, time_read(TIME_DAY, day, room));
}

static bool stands_at(struct str text, size_t at, struct str name) {
    return name.n > 0 && text.n - at >= name.n && memcmp(text.p + at, name.p, name.n) == 0;
}

/* The Han characters and letters alone: whoever copies a text changes name, day and count. */
static bool counts(uint32_t c) {
    return utf8_is_han(c) ? numeral_value(c) < 0 : (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* FNV-1a over code points: one pass, no copy. */
static uint64_t mix(uint64_t hash, uint32_t c) {
    return (hash ^ c) * 0x100000001B3u;
}

int64_t text_print(struct str text, struct str name) {
    uint64_t hash = 0xCBF29CE484222325u;
    size_t count = 0;
    for (size_t at = 0; at < text.n;) {
        if (stands_at(text, at, name)) {
            at += name.n;
            continue;
        }
        const uint32_t c = utf8_next(text, &at);
        if (counts(c)) {
            hash = mix(hash, c);
            count++;
        }
    }
    return count < FEWEST ? 0 : (int64_t)(hash >> 1 | 1);
}
