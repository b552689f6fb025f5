/* template.c: text with placeholders becomes pieces.
 *
 * A line is `.style.style ` and then text, {placeholders}, [.style spans], [* notes] and [^pinyin character]; `\` before
 * | < ^ . { } [ ] / or \ makes it itself, before the end of a line it joins the next line to this one. A text is never copied
 * before it is taken apart, so that every piece knows its place. Where parts end: parts.c. */
#include "layout/scan.h"

#include <string.h>

#include "base/buffer.h"

/* --- styles ------------------------------------------------------------------------------------------------------- */

/* Reads .name.name at `at`; gives back the offset behind, or `at` when none stands there. */
static size_t read_names(struct scan *scan, size_t at, struct style_names *names) {
    names->count = 0;
    while (at < scan->end && scan->text.p[at] == '.' && names->count < STYLES_IN_A_ROW) {
        const size_t length = name_length(str_slice(scan->text, 0, scan->end), at + 1);
        if (length == 0) {
            break;
        }
        names->names[names->count] = str_slice(scan->text, at + 1, at + 1 + length);
        names->places[names->count] = node_place(scan->node, at + 1, (int32_t)length);
        names->count++;
        at += 1 + length;
    }
    return at;
}

static uint32_t style_of(struct scan *scan, struct place place) {
    struct str names[2 * STYLES_IN_A_ROW];
    struct place places[2 * STYLES_IN_A_ROW];
    const size_t count = scan->line.count + (scan->in_span ? scan->span.count : 0);
    for (size_t i = 0; i < count; i++) {
        bool line = i < scan->line.count;
        names[i] = line ? scan->line.names[i] : scan->span.names[i - scan->line.count];
        places[i] = line ? scan->line.places[i] : scan->span.places[i - scan->line.count];
    }
    return builder_style_use(scan->builder, scan->role, names, places, count, place);
}

/* --- pieces ------------------------------------------------------------------------------------------------------- */

static void add_piece(struct scan *scan, struct piece piece) {
    piece.style = scan->in_span ? style_of(scan, piece.place) : NO_STYLE;
    piece.above = scan->ruby == RUBY_ABOVE;
    ARENA_GROW(scan->builder->arena, scan->pieces, scan->count, scan->capacity);
    scan->pieces[scan->count++] = piece;
}

static void flush_text(struct scan *scan) {
    if (scan->pending.count == 0) {
        return;
    }
    struct piece piece = {.kind = PIECE_TEXT, .place = node_place(scan->node, scan->pending_at, 1)};
    piece.text = str_copy(scan->builder->arena, buffer_str(&scan->pending));
    buffer_clear(&scan->pending);
    add_piece(scan, piece);
}

static void add_text(struct scan *scan, size_t at, size_t length) {
    if (scan->pending.count == 0) {
        scan->pending_at = at;
    }
    buffer_append(&scan->pending, scan->text.p + at, length);
}

static void read_backslash(struct scan *scan) {
    const size_t behind = template_behind_join(scan->text, scan->at, scan->end);
    if (behind > scan->at) {
        scan->at = behind;
        return;
    }
    const char next = scan->at + 1 < scan->end ? scan->text.p[scan->at + 1] : '\0';
    bool escapes = next != '\0' && strchr("|<^.{}[]/\\", next) != NULL;
    if (!escapes || next == '\\') {
        scan_tell_command(scan);
    }
    scan->open_braces += next == '{';
    add_text(scan, scan->at + (escapes ? 1 : 0), 1);
    scan->at += escapes ? 2 : 1;
}

/* {{name}}, as other languages have it. */
static bool tell_two_braces(struct scan *scan) {
    enum { LONGEST = 80 };
    const struct str text =
        str_slice(scan->text, scan->at, scan->end - scan->at < LONGEST ? scan->end : scan->at + LONGEST);
    const size_t close = str_find(text, STR("}}"));
    if (close == text.n || str_find_byte(str_slice(text, 2, close), '{') < close - 2) {
        return false;
    }
    TELL(scan->builder->reader, L330, node_place(scan->node, scan->at, 2), str_slice(text, 2, close));
    scan->at += close + 2;
    return true;
}

static void read_brace(struct scan *scan) {
    struct piece piece = {0};
    const size_t behind = template_behind_brace(scan->text, scan->at, scan->end);
    flush_text(scan);
    if ((scan_starts(scan, scan->at, STR("{{")) && tell_two_braces(scan)) || scan_tell_engine(scan)) {
        return;
    }
    if (behind == 0) {
        const size_t wide = scan->at + str_find(str_slice(scan->text, scan->at, scan->end), STR("｝"));
        if (!signs_tell(scan->builder->reader, scan->node, wide, scan->end)) {
            TELL_PLAIN(scan->builder->reader, L305, node_place(scan->node, scan->at, 1));
        }
        scan->at = scan->end;
        return;
    }
    if (placeholder_read(scan->builder, scan->node, scan->at, behind, &piece)) {
        add_piece(scan, piece);
    } else {
        scan->told = true;
    }
    scan->at = behind;
}

/* True when [.style begins here. */
static bool begin_span(struct scan *scan) {
    bool nested = scan->in_span || scan->ruby != RUBY_NONE;
    const size_t behind = nested ? scan->at + 1 : read_names(scan, scan->at + 1, &scan->span);
    if (behind == scan->at + 1) {
        return false;
    }
    scan_tell_style_signs(scan, scan->at + 1, behind);
    flush_text(scan);
    scan->in_span = true;
    scan->span_at = scan->at;
    scan->at = behind < scan->end && scan->text.p[behind] == ' ' ? behind + 1 : behind;
    return true;
}

static void end_span(struct scan *scan) {
    flush_text(scan);
    scan->in_span = false;
    scan->at++;
}

static void skip_spaces(struct scan *scan) {
    while (scan->at < scan->end && scan->text.p[scan->at] == ' ') {
        scan->at++;
    }
}

/* --- pinyin ------------------------------------------------------------------------------------------------------- */

/* True when [* begins here. */
static bool begin_ruby(struct scan *scan) {
    if (scan->ruby != RUBY_NONE || scan->at + 1 >= scan->end || scan->text.p[scan->at + 1] != '^') {
        return false;
    }
    size_t behind = scan->at + 2; /* [^1], as Markdown refers to a note */
    while (behind < scan->end && scan->text.p[behind] >= '0' && scan->text.p[behind] <= '9') {
        behind++;
    }
    if (behind > scan->at + 2 && scan_starts(scan, behind, STR("]"))) {
        TELL(scan->builder->reader, L328, node_place(scan->node, scan->at, (int32_t)(behind - scan->at) + 1),
             str_slice(scan->text, scan->at, behind + 1), BOTH("a note is written [* words]", "加注写作 [* 注文]"));
        return false;
    }
    flush_text(scan);
    scan->ruby = RUBY_ABOVE;
    scan->told = false;
    scan->ruby_at = scan->at;
    scan->above = scan->base = scan->count;
    scan->at += 2;
    return true;
}

static void begin_base(struct scan *scan) {
    flush_text(scan);
    scan->ruby = RUBY_BASE;
    scan->base = scan->count;
    skip_spaces(scan);
}

/* Both halves are one piece each, text or a value, so that it is clear what stands above what. */
static void end_ruby(struct scan *scan) {
    flush_text(scan);
    bool whole = scan->ruby == RUBY_BASE && scan->base == scan->above + 1 && scan->count == scan->base + 1;
    for (size_t i = scan->above; i < scan->count; i++) {
        whole = whole && (scan->pieces[i].kind == PIECE_TEXT || scan->pieces[i].kind == PIECE_VALUE);
    }
    if (!whole && !scan->told) {
        TELL_PLAIN(scan->builder->reader, L326, node_place(scan->node, scan->ruby_at, 2));
    }
    scan->ruby = RUBY_NONE;
}

/* A sign that has a meaning in [^pinyin character]; false: it is read as elsewhere. */
static bool read_in_ruby(struct scan *scan, char c) {
    if (scan->ruby == RUBY_ABOVE && c == ' ') {
        begin_base(scan);
        return true;
    }
    if (scan->ruby == RUBY_NONE || c != ']') {
        return false;
    }
    end_ruby(scan);
    scan->at++;
    return true;
}

/* --- notes -------------------------------------------------------------------------------------------------------- */

static void read_next(struct scan *scan);

/* [* words]: a line of its own in the style of notes. True when one begins here. */
static bool read_note(struct scan *scan) {
    if (scan->in_note || scan->at + 1 >= scan->end || scan->text.p[scan->at + 1] != '*') {
        return false;
    }
    flush_text(scan);
    struct place place = node_place(scan->node, scan->at, 2);
    struct scan inner = {.builder = scan->builder, .node = scan->node, .text = scan->text, .in_note = true};
    inner.at = scan->at + 2;
    inner.end = scan->end;
    inner.role = STR("footnote");
    buffer_init(&inner.pending);
    inner.at += inner.at < inner.end && inner.text.p[inner.at] == ' ';
    while (inner.at < inner.end && inner.in_note) {
        read_next(&inner);
    }
    flush_text(&inner);
    buffer_release(&inner.pending);
    if (inner.in_note || inner.in_span) {
        TELL(scan->builder->reader, L311, place, STR("[*"));
    } else if (!scan->builder->takes_notes) {
        TELL_PLAIN(scan->builder->reader, L323, place);
    }
    struct template_line *note = ARENA_NEW(scan->builder->arena, struct template_line);
    *note = (struct template_line){place, style_of(&inner, place), inner.pieces, inner.count};
    add_piece(scan, (struct piece){.kind = PIECE_NOTE, .place = place, .note = note});
    scan->at = inner.at;
    return true;
}

static void end_note(struct scan *scan) {
    scan->in_note = false;
    scan->at++;
}

/* The } of an escaped brace is text too. */
static void read_closing_brace(struct scan *scan) {
    if (scan->open_braces == 0) {
        TELL_PLAIN(scan->builder->reader, L312, node_place(scan->node, scan->at, 1));
    } else {
        scan->open_braces--;
        add_text(scan, scan->at, 1);
    }
    scan->at++;
}

static void read_next(struct scan *scan) {
    const char c = scan->text.p[scan->at];
    if (read_in_ruby(scan, c)) {
        return;
    }
    if (c == '\\') {
        read_backslash(scan);
    } else if (c == '{') {
        read_brace(scan);
    } else if (c == '}') {
        read_closing_brace(scan);
    } else if (c == ']' && scan->in_span) {
        end_span(scan);
    } else if (c == ']' && scan->in_note) {
        end_note(scan);
    } else if (c != '[' || !(read_note(scan) || begin_ruby(scan) || begin_span(scan))) {
        scan_tell_meant(scan, c);
        add_text(scan, scan->at, 1);
        scan->at++;
    }
}

/* Spaces at a line's end print nothing, but those before a \ at its end were meant. */
static void trim_end(struct scan *scan) {
    while (scan->pending.count > 0 && scan->pending.bytes[scan->pending.count - 1] == ' ') {
        scan->pending.count--;
    }
}

/* What goes on in the next line may begin there, with its style: `// \`. */
static void skip_to_begin(struct scan *scan) {
    skip_spaces(scan);
    while (str_starts(str_slice(scan->text, scan->at, scan->end), STR("\\\n"))) {
        scan->at += 2;
        skip_spaces(scan);
    }
}

static void read_line(struct scan *scan, struct template_line *line) {
    skip_to_begin(scan);
    scan_tell_space(scan);
    scan_tell_beginning(scan);
    line->place = node_place(scan->node, scan->at, 1);
    const size_t behind = read_names(scan, scan->at, &scan->line);
    scan_tell_style_signs(scan, scan->at, behind);
    if (behind < scan->end && scan->text.p[behind] != ' ' && scan->text.p[behind] != '\n') {
        scan_tell_no_space(scan, behind);
        scan->line.count = 0; /* .5 元, ..., .NET: text */
    } else {
        scan->at = behind;
        skip_spaces(scan);
        scan_tell_apart(scan, scan->at);
    }
    line->style = style_of(scan, line->place);
    while (scan->at < scan->end) {
        read_next(scan);
    }
    trim_end(scan);
    flush_text(scan);
    if (scan->ruby != RUBY_NONE) {
        scan->ruby = RUBY_NONE;
        TELL_PLAIN(scan->builder->reader, L326, node_place(scan->node, scan->ruby_at, 2));
    }
    if (scan->in_span) {
        TELL(scan->builder->reader, L311, node_place(scan->node, scan->span_at, 1), STR("[.style"));
    }
    line->pieces = scan->pieces;
    line->count = scan->count;
}

static bool line_is_constant(const struct template_line *line) {
    for (size_t i = 0; i < line->count; i++) {
        if (line->pieces[i].kind != PIECE_TEXT) {
            return false;
        }
    }
    return true;
}

/* --- whole texts -------------------------------------------------------------------------------------------------- */

static void add_line(struct builder *builder, struct node *node, size_t from, size_t to, struct str role,
                     struct template *out, size_t *capacity) {
    struct scan scan = {.builder = builder, .node = node, .text = node->text, .at = from, .end = to, .role = role};
    buffer_init(&scan.pending);
    struct template_line line = {0};
    read_line(&scan, &line);
    buffer_release(&scan.pending);
    ARENA_GROW(builder->arena, out->lines, out->count, *capacity);
    out->lines[out->count++] = line;
    out->constant = out->constant && line_is_constant(&line);
}

static void read_parts(struct builder *builder, struct node *node, size_t from, size_t to, enum part part,
                       struct str role, struct template *out) {
    size_t capacity = 0, step = part == PART_LINE ? 2 : 1;
    *out = (struct template){.place = node_place(node, from, 1), .constant = true};
    for (size_t at = from;;) {
        const size_t end = template_part_end(node->text, at, to, part);
        add_line(builder, node, at, end, role, out, &capacity);
        if (end >= to) {
            return;
        }
        at = end + step;
    }
}

void template_read(struct builder *builder, struct node *node, struct str role, struct template *out) {
    size_t to = node->text.n;
    while (to > 0 && node->text.p[to - 1] == '\n') {
        to--;
    }
    *out = (struct template){.place = node->place, .constant = true};
    signs_tell_tab(builder->reader, node);
    signs_tell_joins(builder->reader, node);
    if (to > 0 && !signs_tell_quotes(builder->reader, node)) {
        read_parts(builder, node, 0, to, PART_ROW, role, out);
        labels_of_text(builder, out);
    }
}

static bool has_brace(struct str text, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (text.p[i] == '{') {
            return true;
        }
        i += text.p[i] == '\\';
    }
    return false;
}

void template_read_cell(struct builder *builder, struct node *node, size_t from, size_t to, struct str role,
                        struct template *out) {
    while (from < to && node->text.p[from] == ' ') {
        from++;
    }
    while (to > from && node->text.p[to - 1] == ' ') {
        to--;
    }
    if (role.n == 0) {
        role = from == to || has_brace(node->text, from, to) ? STR("value") : STR("label");
    }
    read_parts(builder, node, from, to, PART_LINE, role, out);
}
