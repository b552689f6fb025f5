/* node.c: nodes and where their characters stand.
 *
 * A scalar's text is what YAML makes of the file: indentation gone, folded lines joined, escapes resolved. To tell the place of
 * a character the text and the file are walked side by side; where they differ the style says by how much:
 *   literal    an end of line in the text is an end of line in the file and the indentation behind it
 *   folded     white space in the text may be several line ends in the file
 *   quoted     the same, and '' or a backslash sequence is one character
 * The walk is remembered at intervals, so that telling all places of a text costs about one walk. */
#include "layout/node.h"

#include <string.h>

#include "base/utf8.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static char byte_at(const struct source *source, size_t at) {
    return at < source->parsed.n ? source->parsed.p[at] : '\0';
}

static void skip_break(const struct source *source, struct scalar_walk *walk) {
    if (byte_at(source, walk->at) == '\r' && byte_at(source, walk->at + 1) == '\n') {
        walk->at++;
    }
    if (walk->at < source->parsed.n) {
        walk->at++;
        walk->line++;
        walk->column = 1;
    }
}

static void skip_character(const struct source *source, struct scalar_walk *walk) {
    if (walk->at < source->parsed.n) {
        utf8_next(source->parsed, &walk->at);
        walk->column++;
    }
}

static void skip_indent(const struct node *node, struct scalar_walk *walk) {
    for (size_t i = 0; i < node->indent && byte_at(node->source, walk->at) == ' '; i++) {
        skip_character(node->source, walk);
    }
}

/* Are there only blanks before the end of the line? */
static bool at_line_end(const struct source *source, struct scalar_walk *walk) {
    if (walk->at < walk->no_break_till) {
        return false;
    }
    size_t at = walk->at;
    while (is_blank(byte_at(source, at))) {
        at++;
    }
    if (is_break(byte_at(source, at))) {
        return true;
    }
    walk->no_break_till = at;
    return false;
}

static void skip_white_space(const struct source *source, struct scalar_walk *walk) {
    while (walk->at < source->parsed.n) {
        const char c = byte_at(source, walk->at);
        if (is_break(c)) {
            skip_break(source, walk);
        } else if (is_blank(c)) {
            skip_character(source, walk);
        } else {
            return;
        }
    }
}

static void skip_escape(const struct source *source, struct scalar_walk *walk) {
    const char kind = byte_at(source, walk->at + 1);
    const size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    for (size_t i = 0; i < 2 + digits; i++) {
        skip_character(source, walk);
    }
}

static void step_literal(const struct node *node, struct scalar_walk *walk, char c) {
    if (c != '\n') {
        skip_character(node->source, walk);
        return;
    }
    skip_break(node->source, walk);
    skip_indent(node, walk);
}

static void step_folded(const struct node *node, struct scalar_walk *walk, char c) {
    if (!is_break(byte_at(node->source, walk->at))) {
        if (c != '\n') {
            skip_character(node->source, walk);
        }
        return;
    }
    while (is_break(byte_at(node->source, walk->at))) {
        skip_break(node->source, walk);
        skip_indent(node, walk);
    }
}

/* Line ends that a backslash takes out of the text stand before the next character. */
static void skip_joined_lines(const struct node *node, struct scalar_walk *walk) {
    while (node->style == SCALAR_DOUBLE_QUOTED && byte_at(node->source, walk->at) == '\\' &&
           is_break(byte_at(node->source, walk->at + 1))) {
        skip_character(node->source, walk);
        skip_white_space(node->source, walk);
    }
}

static void step_flowing(const struct node *node, struct scalar_walk *walk, char c) {
    skip_joined_lines(node, walk);
    const char written = byte_at(node->source, walk->at);
    if (node->style == SCALAR_DOUBLE_QUOTED && written == '\\') {
        skip_escape(node->source, walk);
    } else if ((c == ' ' || c == '\n') && at_line_end(node->source, walk)) {
        skip_white_space(node->source, walk);
    } else if (c != '\n') {
        skip_character(node->source, walk);
        if (node->style == SCALAR_SINGLE_QUOTED && c == '\'') {
            skip_character(node->source, walk);
        }
    }
    skip_joined_lines(node, walk);
}

static void step(const struct node *node, struct scalar_walk *walk) {
    const char c = node->text.p[walk->value];
    utf8_next(node->text, &walk->value);
    switch (node->style) {
    case SCALAR_LITERAL:
        step_literal(node, walk, c);
        break;
    case SCALAR_FOLDED:
        step_folded(node, walk, c);
        break;
    case SCALAR_PLAIN:
    case SCALAR_SINGLE_QUOTED:
    case SCALAR_DOUBLE_QUOTED:
        step_flowing(node, walk, c);
        break;
    }
}

/* Spaces before the first line with something in it, less those that the text itself begins with. */
static size_t block_indent(const struct node *node, size_t at) {
    const struct source *source = node->source;
    size_t spaces = 0;
    for (size_t from = at; from < source->parsed.n;) {
        size_t end = from;
        while (byte_at(source, end) == ' ') {
            end++;
        }
        if (end < source->parsed.n && !is_break(source->parsed.p[end])) {
            spaces = end - from;
            break;
        }
        from = end + 1;
    }
    size_t text = 0;
    while (text < node->text.n && node->text.p[text] == '\n') {
        text++;
    }
    size_t own = 0;
    while (text + own < node->text.n && node->text.p[text + own] == ' ') {
        own++;
    }
    return spaces >= own ? spaces - own : 0;
}

enum { MARK_STEP = 512 };

void node_begin_walk(struct arena *arena, struct node *node) {
    struct scalar_walk walk = {.at = node->start, .line = node->place.line, .column = node->place.column};
    if (node->style == SCALAR_SINGLE_QUOTED || node->style == SCALAR_DOUBLE_QUOTED) {
        skip_character(node->source, &walk);
    }
    if (node->style == SCALAR_LITERAL || node->style == SCALAR_FOLDED) {
        while (walk.at < node->source->parsed.n && !is_break(byte_at(node->source, walk.at))) {
            skip_character(node->source, &walk);
        }
        skip_break(node->source, &walk);
        node->indent = block_indent(node, walk.at);
        skip_indent(node, &walk);
    }
    node->walk = walk;
    node->marks = ARENA_ARRAY(arena, struct scalar_walk, node->text.n / MARK_STEP + 1);
    node->marks[0] = walk;
    node->mark_count = 1;
}

static struct scalar_walk nearest_mark(const struct node *node, size_t offset) {
    size_t i = offset / MARK_STEP;
    i = i < node->mark_count ? i : node->mark_count - 1;
    while (node->marks[i].value > offset) {
        i--;
    }
    return node->marks[i];
}

static struct place place_at(const struct node *node, const struct scalar_walk *walk, int32_t width) {
    struct place place = node->place;
    place.line = walk->line;
    place.column = walk->column;
    place.width = width;
    return place;
}

struct place node_place(struct node *node, size_t offset, int32_t width) {
    if (node->kind != NODE_SCALAR) {
        return node->place;
    }
    struct scalar_walk *walk = &node->walk;
    if (offset < walk->value) {
        *walk = nearest_mark(node, offset);
    }
    while (walk->value < offset && walk->value < node->text.n) {
        step(node, walk);
        if (walk->value / MARK_STEP >= node->mark_count && node->mark_count <= node->text.n / MARK_STEP) {
            node->marks[node->mark_count++] = *walk;
        }
    }
    return place_at(node, walk, width);
}

struct place node_place_once(const struct node *node, size_t offset, int32_t width) {
    struct scalar_walk walk = nearest_mark(node, offset);
    while (walk.value < offset && walk.value < node->text.n) {
        step(node, &walk);
    }
    return place_at(node, &walk, width);
}

struct node *node_value(const struct node *mapping, struct str key) {
    if (mapping == NULL || mapping->kind != NODE_MAPPING) {
        return NULL;
    }
    for (size_t i = 0; i < mapping->count; i++) {
        if (str_eq(mapping->pairs[i].key->text, key)) {
            return mapping->pairs[i].value;
        }
    }
    return NULL;
}

bool node_is_empty(const struct node *node) {
    return node->kind == NODE_SCALAR && node->style == SCALAR_PLAIN && node->text.n == 0;
}

/* {name} is a mapping of one key that has no value; [.bold 注] is a list whose first item begins with a point. */
static bool looks_like_text(const struct node *node) {
    if (!node->flow || node->count == 0 || node->place.line != node->end_line) {
        return false;
    }
    if (node->kind == NODE_SEQUENCE) {
        return node->items[0]->kind == NODE_SCALAR && str_starts(node->items[0]->text, STR("."));
    }
    return node->count == 1 && node_is_empty(node->pairs[0].value);
}

struct node *node_as_text(struct arena *arena, struct node *node) {
    if (node->kind == NODE_SCALAR) {
        return node;
    }
    if (!looks_like_text(node)) {
        return NULL;
    }
    struct node *text = arena_copy(arena, node, sizeof *node);
    text->kind = NODE_SCALAR;
    text->style = SCALAR_PLAIN;
    text->text = str_slice(node->source->parsed, node->start, node->end);
    node_begin_walk(arena, text);
    return text;
}
