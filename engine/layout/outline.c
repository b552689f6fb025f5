/* outline.c: lines are taken apart into indentation, dashes, key and value, and text behind | is known as text. */
#include "layout/outline.h"

#include <string.h>

#define WIDE_SPACE "\xE3\x80\x80"

static struct str rest_of(struct str s, size_t from) {
    return str_slice(s, from, s.n);
}

size_t outline_colon(struct str text, size_t from) {
    if (from < text.n && strchr("\"'{[", text.p[from]) != NULL) {
        return text.n;
    }
    for (size_t i = from; i < text.n; i++) {
        if (text.p[i] == ':' && (i + 1 == text.n || text.p[i + 1] == ' ')) {
            return i;
        }
    }
    return text.n;
}

static size_t white_space(struct str text) {
    size_t n = 0;
    while (n < text.n) {
        const bool wide = str_starts(rest_of(text, n), STR(WIDE_SPACE));
        if (!wide && text.p[n] != ' ' && text.p[n] != '\t') {
            break;
        }
        n += wide ? 3 : 1;
    }
    return n;
}

static struct outline_line take_apart(struct str text) {
    struct outline_line line = {.text = text, .opener = -1};
    while (line.text.n > 0 && strchr("\r\n ", line.text.p[line.text.n - 1]) != NULL) {
        line.text.n--;
    }
    line.indent = line.key = white_space(line.text);
    while (str_starts(rest_of(line.text, line.key), STR("- "))) {
        line.is_item = true;
        line.key += 2;
        while (line.key < line.text.n && line.text.p[line.key] == ' ') {
            line.key++;
        }
    }
    line.blank = line.indent == line.text.n || line.text.p[line.indent] == '#';
    line.colon = outline_colon(line.text, line.key);
    line.value = line.colon < line.text.n ? line.colon + 1 : line.key;
    while (line.value < line.text.n && line.text.p[line.value] == ' ') {
        line.value++;
    }
    return line;
}

/* |, |-, >+2, with a remark behind it or not. */
bool outline_opens_text(const struct outline_line *line) {
    const bool has_value = line->colon < line->text.n || line->is_item;
    const struct str value = rest_of(line->text, line->value);
    if (!has_value || value.n == 0 || (value.p[0] != '|' && value.p[0] != '>')) {
        return false;
    }
    size_t at = 1;
    while (at < value.n && strchr("0123456789+- ", value.p[at]) != NULL) {
        at++;
    }
    return at == value.n || value.p[at] == '#';
}

static size_t spaces(struct str text) {
    size_t n = 0;
    while (n < text.n && text.p[n] == ' ') {
        n++;
    }
    return n;
}

/* Its first line says how deep the text stands; it ends before the first line that is less deep. */
static void mark_text(struct outline *outline) {
    int32_t opener = -1;
    size_t depth = 0;
    for (int32_t i = 0; i < outline->count; i++) {
        struct outline_line *line = &outline->lines[i];
        const size_t deep = spaces(line->text);
        if (opener >= 0 && deep < line->text.n) {
            depth = depth == 0 ? deep : depth;
            if (deep < depth || deep <= outline->lines[opener].indent) {
                opener = -1;
            }
        }
        line->is_text = opener >= 0;
        line->opener = opener;
        if (opener < 0 && !line->blank && outline_opens_text(line)) {
            opener = i;
            depth = 0;
        }
    }
}

struct outline_line outline_line_of(const struct source *source, int32_t number) {
    const size_t i = (size_t)number, to = i + 1 < source->line_count ? source->lines[i + 1] : source->parsed.n;
    return take_apart(str_slice(source->parsed, source->lines[i], to));
}

struct outline *outline_of(struct arena *arena, const struct source *source) {
    struct outline *outline = ARENA_NEW(arena, struct outline);
    outline->count = (int32_t)source->line_count;
    outline->lines = ARENA_ARRAY(arena, struct outline_line, source->line_count);
    for (int32_t i = 0; i < outline->count; i++) {
        outline->lines[i] = outline_line_of(source, i);
    }
    mark_text(outline);
    return outline;
}

int32_t outline_before(const struct outline *outline, int32_t line) {
    while (--line >= 0 && (outline->lines[line].blank || outline->lines[line].is_text)) {
    }
    return line;
}

struct str outline_key(const struct outline_line *line) {
    return line->colon < line->text.n ? str_slice(line->text, line->key, line->colon) : STR_NONE;
}

bool outline_opens(const struct outline_line *line) {
    return line->colon < line->text.n && (line->value >= line->text.n || line->text.p[line->value] == '#');
}
