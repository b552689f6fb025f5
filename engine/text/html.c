/* html.c: HTML as a browser's editor writes it, as XHTML.
 *
 * Such an editor leaves br, hr and img open, writes names in capitals, and characters by HTML's names: &hellip;
 * &ldquo;. That is no mistake of whoever typed the text, so it reads as if it were well-formed. All else stays as it
 * is. */
#include <libxml/HTMLparser.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "text/elements.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Elements without an end tag. */
static bool is_void(struct str name) {
    static const char *const names[] = {"br", "hr", "img", "wbr", "col", "input"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* XML's own entities are left to its parser. */
static bool is_of_xml(struct str name) {
    return str_is(name, "amp") || str_is(name, "lt") || str_is(name, "gt") || str_is(name, "quot") ||
           str_is(name, "apos");
}

/* &name; at a place: appends its character and gives back its length; 0: there is none. */
static size_t add_entity(struct buffer *out, struct str text) {
    enum { LONGEST = 12 };
    char name[LONGEST];
    size_t n = 1;
    for (; n < text.n && n <= LONGEST && is_name(text.p[n]); n++) {
        name[n - 1] = text.p[n];
    }
    if (n == 1 || n >= LONGEST || n >= text.n || text.p[n] != ';' || is_of_xml((struct str){name, n - 1})) {
        return 0;
    }
    name[n - 1] = '\0';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    if (entity == NULL) {
        return 0;
    }
    char bytes[4];
    buffer_add(out, (struct str){bytes, utf8_encode(entity->value, bytes)});
    return n + 1;
}

/* A tag at a place: appends it with its name in small letters, closed when it can have no end tag; gives back its
 * length, 0: there is none. */
static size_t add_tag(struct buffer *out, struct str text) {
    const bool ends = text.n > 1 && text.p[1] == '/';
    const size_t from = ends ? 2 : 1;
    size_t n = from;
    char name[8];
    for (; n < text.n && is_name(text.p[n]); n++) {
        if (n - from < sizeof name) {
            name[n - from] = lower(text.p[n]);
        }
    }
    const size_t close = str_find_byte(text, '>');
    if (n == from || !is_letter(text.p[from]) || close == text.n) {
        return 0;
    }
    const bool empty = n - from <= sizeof name && is_void((struct str){name, n - from});
    buffer_add(out, ends && !empty ? STR("</") : STR("<"));
    for (size_t i = from; i < n; i++) {
        buffer_byte(out, lower(text.p[i]));
    }
    size_t last = close;
    if (empty) {
        while (last > n && (text.p[last - 1] == '/' || text.p[last - 1] == ' ')) {
            last--;
        }
        last = ends ? n : last;
    }
    buffer_add(out, str_slice(text, n, last));
    buffer_add(out, empty ? STR("/>") : STR(">"));
    return close + 1;
}

struct str text_html(struct arena *arena, struct str html) {
    struct buffer out = {0};
    if (str_find_byte(html, '<') == html.n && str_find_byte(html, '&') == html.n) {
        return html;
    }
    for (size_t at = 0; at < html.n;) {
        const struct str rest = str_slice(html, at, html.n);
        size_t length = 0;
        if (str_starts(rest, STR("<![CDATA["))) {
            const size_t end = str_find(rest, STR("]]>"));
            length = end < rest.n ? end + 3 : rest.n;
            buffer_add(&out, str_slice(rest, 0, length));
        } else if (rest.p[0] == '<') {
            length = add_tag(&out, rest);
        } else if (rest.p[0] == '&') {
            length = add_entity(&out, rest);
        }
        if (length == 0) {
            buffer_byte(&out, rest.p[0]);
            length = 1;
        }
        at += length;
    }
    const struct str copy = str_copy(arena, buffer_str(&out));
    buffer_release(&out);
    return copy;
}
