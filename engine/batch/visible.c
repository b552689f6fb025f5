/* visible.c: a name with U+202E in it would write the line behind it from right to left. Line ends and tabs stay. */
#include "batch/visible.h"

#include "base/buffer.h"
#include "base/utf8.h"

static bool is_hidden(uint32_t c) {
    return utf8_is_hidden(c) && c != '\t' && c != '\n' && c != '\r';
}

static bool any_hidden(struct str text) {
    for (size_t at = 0; at < text.n;) {
        if (is_hidden(utf8_next(text, &at))) {
            return true;
        }
    }
    return false;
}

struct str visible_text(struct arena *arena, struct str text) {
    if (!any_hidden(text)) {
        return text;
    }
    struct buffer named = {0};
    for (size_t at = 0; at < text.n;) {
        const size_t from = at;
        const uint32_t c = utf8_next(text, &at);
        if (is_hidden(c)) {
            buffer_printf(&named, "⟨U+%04X⟩", (unsigned)c);
        } else {
            buffer_add(&named, str_slice(text, from, at));
        }
    }
    const struct str copy = str_copy(arena, buffer_str(&named));
    buffer_release(&named);
    return copy;
}
