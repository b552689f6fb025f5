/* words.c: words, names, and ASCII that was typed full-width. */
#include "layout/setting.h"

#include <string.h>

#include "base/utf8.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n';
}

struct str next_word(struct str *rest) {
    size_t from = 0;
    while (from < rest->n && is_blank(rest->p[from])) {
        from++;
    }
    size_t to = from;
    while (to < rest->n && !is_blank(rest->p[to])) {
        to++;
    }
    const struct str word = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->n);
    return word;
}

struct str half_width(struct arena *arena, struct str text) {
    char *copy = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        const size_t from = at;
        const uint32_t c = utf8_next(text, &at);
        if (c >= 0xFF01 && c <= 0xFF5E) {
            copy[n++] = (char)(c - 0xFF01 + '!');
        } else if (c == 0x3000) {
            copy[n++] = ' ';
        } else {
            memcpy(copy + n, text.p + from, at - from);
            n += at - from;
        }
    }
    return (struct str){copy, n};
}

/* Letters of any script, but no punctuation of those blocks from which Chinese punctuation comes. */
static bool is_name_character(uint32_t c, bool first) {
    if (c < 0x80) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        return letter || (!first && ((c >= '0' && c <= '9') || c == '-'));
    }
    return c >= 0xC0 && !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x3000 && c <= 0x303F && c != 0x3007) &&
           !(c >= 0xFF00 && c <= 0xFFEF) && c != 0xD7 && c != 0xF7 && c != UTF8_REPLACEMENT;
}

size_t name_length(struct str text, size_t at) {
    size_t end = at;
    while (end < text.n) {
        size_t next = end;
        if (!is_name_character(utf8_next(text, &next), end == at)) {
            break;
        }
        end = next;
    }
    return end - at;
}

struct str name_mended(struct arena *arena, struct str text) {
    char *copy = arena_alloc(arena, text.n + 2);
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        const size_t from = at;
        const uint32_t c = utf8_next(text, &at);
        const bool first_digit = n == 0 && c >= '0' && c <= '9';
        if (first_digit) {
            copy[n++] = 'n';
        }
        if (is_name_character(c, n == 0)) {
            memcpy(copy + n, text.p + from, at - from);
            n += at - from;
        } else if (n > 0 && copy[n - 1] != '_' && at < text.n) {
            copy[n++] = '_';
        }
    }
    return n > 0 ? (struct str){copy, n} : STR("name");
}

bool name_is_valid(struct str name) {
    return name.n > 0 && name_length(name, 0) == name.n;
}
