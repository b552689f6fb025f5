/* traps.c: what a clerk typed, and what YAML made of it.
 *
 * YAML notices a mistake late and names it in its own terms. Here the lines around it are looked at once more, as a person
 * would: a tab or U+3000 in the indentation, a full-width colon behind a key, a value that begins with { and goes on behind }.
 * A line is taken apart into indentation, dashes, key and value; each trap looks at one of these. The first that fits is told. */
#include "layout/reader.h"

#include <string.h>

#include "base/utf8.h"
#include "layout/schema.h"

struct line {
    struct reader *reader;
    const struct source *source;
    int32_t number; /* from 0 */
    struct str text;
    size_t indent; /* bytes of white space of any kind */
    size_t key;    /* behind the dashes */
    size_t colon;  /* of `key:`; text.n when the line has none */
    size_t value;
};

#define WIDE_SPACE "\xE3\x80\x80"

static struct str rest_of(struct str s, size_t from) {
    return str_slice(s, from, s.n);
}

static struct place line_place(const struct line *line, size_t at, int32_t width) {
    return (struct place){.file = line->source->path,
                          .line = line->number + 1,
                          .column = (int32_t)utf8_count(str_slice(line->text, 0, at)) + 1,
                          .width = width};
}

static bool tell_full_width(const struct line *line, size_t at) {
    size_t length = 0;
    const struct str meant = sign_meant(line->text, at, &length);
    if (length == 0) {
        return false;
    }
    TELL(line->reader, L106, line_place(line, at, 1), str_slice(line->text, at, at + length), meant);
    return true;
}

/* Offset of the colon of `key: ` or `key:` at the line's end, outside quotes and braces. */
static size_t find_colon(struct str text, size_t from) {
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

static struct line take_apart(struct reader *reader, const struct source *source, int32_t number) {
    const size_t from = source->lines[number];
    const size_t to = (size_t)number + 1 < source->line_count ? source->lines[number + 1] : source->parsed.n;
    struct line line = {.reader = reader, .source = source, .number = number};
    line.text = str_slice(source->parsed, from, to);
    while (line.text.n > 0 && strchr("\r\n ", line.text.p[line.text.n - 1]) != NULL) {
        line.text.n--;
    }
    while (line.indent < line.text.n) {
        bool wide = str_starts(rest_of(line.text, line.indent), STR(WIDE_SPACE));
        if (!wide && line.text.p[line.indent] != ' ' && line.text.p[line.indent] != '\t') {
            break;
        }
        line.indent += wide ? 3 : 1;
    }
    line.key = line.indent;
    while (str_starts(rest_of(line.text, line.key), STR("- "))) {
        line.key += 2;
        while (line.key < line.text.n && line.text.p[line.key] == ' ') {
            line.key++;
        }
    }
    line.colon = find_colon(line.text, line.key);
    line.value = line.colon < line.text.n ? line.colon + 1 : line.key;
    while (line.value < line.text.n && line.text.p[line.value] == ' ') {
        line.value++;
    }
    return line;
}

/* --- the traps: true when told ------------------------------------------------------------------------------------ */

static bool trap_indentation(const struct line *line) {
    const struct str indent = str_slice(line->text, 0, line->indent);
    size_t tab = str_find_byte(indent, '\t');
    if (tab < indent.n) {
        TELL_PLAIN(line->reader, L104, line_place(line, tab, 1));
        return true;
    }
    size_t wide = str_find(indent, STR(WIDE_SPACE));
    if (wide < indent.n) {
        TELL_PLAIN(line->reader, L105, line_place(line, wide, 1));
        return true;
    }
    return false;
}

/* May text[0, n) be a key, not words of a text? */
static bool is_key_like(struct str text) {
    enum { LONGEST_KEY = 24 };
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char c = (unsigned char)text.p[i];
        if (c >= 0x80 || strchr("|{}[]<^\"'.", c) != NULL) {
            return false;
        }
    }
    return text.n > 0 && text.n <= LONGEST_KEY;
}

/* U+3000 where YAML wants a space: `each:　rows`, `-　qr: …`, `rows: |　`. */
static bool trap_wide_space(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    if (str_starts(text, STR("-" WIDE_SPACE))) {
        return tell_full_width(line, line->key + 1);
    }
    const size_t colon = str_find(text, STR(":" WIDE_SPACE));
    if (colon < text.n && is_key_like(str_slice(text, 0, colon))) {
        return tell_full_width(line, line->key + colon + 1);
    }
    const struct str value = rest_of(line->text, line->value);
    const size_t wide = str_find(value, STR(WIDE_SPACE));
    const bool bar = str_starts(value, STR("|")) || str_starts(value, STR(">"));
    return line->colon < line->text.n && bar && wide < value.n && str_trim(str_slice(value, 1, wide)).n == 0 &&
           tell_full_width(line, line->value + wide);
}

/* The length of the known key that text begins with, before `behind`; 0 for none. */
static size_t known_key(struct str text, struct str behind) {
    const size_t n = str_find(text, behind);
    return n < text.n && is_key_like(str_slice(text, 0, n)) && schema_knows(str_slice(text, 0, n)) ? n : 0;
}

/* `paper:A4` */
static bool trap_no_space(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    const size_t n = known_key(text, STR(":")), value = n + 1;
    if (n == 0 || value >= text.n || strchr(" /\t", text.p[value]) != NULL) {
        return false;
    }
    TELL(line->reader, L130, line_place(line, line->key + value, 1), str_slice(text, 0, n), rest_of(text, value));
    return true;
}

/* `head: | 序号`; behind the bar stand only digits, + and -, and a remark. */
static bool trap_behind_bar(const struct line *line) {
    const struct str value = rest_of(line->text, line->value), key = str_slice(line->text, line->key, line->colon);
    if (line->colon == line->text.n || value.n == 0 || strchr("|>", value.p[0]) == NULL || !schema_knows(key)) {
        return false;
    }
    size_t at = 1;
    while (at < value.n && strchr("0123456789+- ", value.p[at]) != NULL) {
        at++;
    }
    if (at == value.n || value.p[at] == '#') {
        return false;
    }
    TELL(line->reader, L131, line_place(line, line->value + at, 1), str_slice(value, 0, 1), key);
    return true;
}

/* `-text: 奖状` */
static bool trap_no_space_behind_dash(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    if (!str_starts(text, STR("-")) || known_key(rest_of(text, 1), STR(":")) == 0) {
        return false;
    }
    TELL(line->reader, L133, line_place(line, line->key, 1), rest_of(text, 1));
    return true;
}

/* `header |` */
static bool trap_no_colon_before_bar(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    const size_t n = known_key(text, STR(" |"));
    if (n == 0 || n + 2 < text.n) {
        return false;
    }
    TELL(line->reader, L132, line_place(line, line->key, (int32_t)text.n), text, str_slice(text, 0, n), STR("|"));
    return true;
}

/* `each rows` */
static bool trap_no_colon(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    const size_t n = known_key(text, STR(" "));
    if (n == 0 || line->colon < line->text.n) {
        return false;
    }
    TELL(line->reader, L132, line_place(line, line->key, (int32_t)utf8_count(text)), text, str_slice(text, 0, n),
         str_trim(rest_of(text, n)));
    return true;
}

/* A word that is followed by ： where a key should be. */
static bool trap_wide_colon(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    const size_t at = str_find(text, STR("："));
    bool before_colon = line->colon == line->text.n || line->colon > line->key + at;
    return before_colon && at < text.n && is_key_like(str_slice(text, 0, at)) && tell_full_width(line, line->key + at);
}

static bool trap_wide_value(const struct line *line) {
    size_t length = 0;
    const struct str meant = sign_meant(line->text, line->value, &length);
    bool opens = length > 0 && strchr("{[\"|>", meant.p[0]) != NULL;
    return opens && tell_full_width(line, line->value);
}

/* Behind the bracket that closes the one at `from`; 0 when it isn't closed in the line. */
static size_t behind_bracket(struct str text, size_t from) {
    size_t depth = 0;
    for (size_t i = from; i < text.n; i++) {
        if (text.p[i] == '{' || text.p[i] == '[') {
            depth++;
        } else if ((text.p[i] == '}' || text.p[i] == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* {name}同学, [.bold 注] 其他, {#}: text to a person, braces and brackets to YAML. */
static bool trap_text_in_braces(const struct line *line) {
    if (line->value == line->text.n || strchr("{[", line->text.p[line->value]) == NULL) {
        return false;
    }
    struct str text = rest_of(line->text, line->value);
    const size_t behind = behind_bracket(text, 0);
    const struct str after = str_trim(rest_of(text, behind));
    bool goes_on = behind > 0 && after.n > 0 && after.p[0] != '#' && after.p[0] != ',' && after.p[0] != ':';
    if (!goes_on && !str_starts(text, STR("{#")) && !str_starts(text, STR("[."))) {
        return false;
    }
    TELL(line->reader, L107, line_place(line, line->value, 1), str_slice(text, 0, 1));
    return true;
}

static bool trap_wide_in_braces(const struct line *line) {
    bool opens = line->value < line->text.n && strchr("{[", line->text.p[line->value]) != NULL;
    char quote = '\0';
    for (size_t i = line->value; opens && i < line->text.n; i++) {
        const char c = line->text.p[i];
        if (quote == '\0' && tell_full_width(line, i)) {
            return true;
        }
        if (c == '"' || c == '\'') {
            quote = quote == c ? '\0' : quote == '\0' ? c : quote;
        }
    }
    return false;
}

static bool trap_first_character(const struct line *line) {
    if (line->value == line->text.n || strchr("*&!%@`", line->text.p[line->value]) == NULL) {
        return false;
    }
    TELL(line->reader, L125, line_place(line, line->value, 1), str_slice(line->text, line->value, line->value + 1));
    return true;
}

static bool trap_behind_quote(const struct line *line) {
    const char quote = line->value < line->text.n ? line->text.p[line->value] : '\0';
    if (quote != '"' && quote != '\'') {
        return false;
    }
    size_t close = line->value + 1;
    while (close < line->text.n && line->text.p[close] != quote) {
        close += line->text.p[close] == '\\' && quote == '"' ? 2 : 1;
    }
    size_t after = close + 1;
    while (after < line->text.n && line->text.p[after] == ' ') {
        after++;
    }
    if (after >= line->text.n || strchr("#:,}]", line->text.p[after]) != NULL) {
        return false;
    }
    TELL_PLAIN(line->reader, L126, line_place(line, after, 1));
    return true;
}

static bool trap_second_colon(const struct line *line) {
    if (line->colon == line->text.n || line->value == line->text.n ||
        strchr("|>#", line->text.p[line->value]) != NULL) {
        return false;
    }
    size_t second = find_colon(line->text, line->value);
    if (second == line->text.n) {
        return false;
    }
    TELL_PLAIN(line->reader, L108, line_place(line, second, 1));
    return true;
}

/* First those that are sure of what they see; lines of a drawn row may look like the others. */
static bool (*const traps[])(const struct line *line) = {
    trap_indentation,          trap_wide_space,          trap_wide_colon,   trap_no_space,       trap_behind_bar,
    trap_no_space_behind_dash, trap_no_colon_before_bar, trap_wide_value,   trap_text_in_braces, trap_wide_in_braces,
    trap_first_character,      trap_behind_quote,        trap_second_colon, trap_no_colon,
};
enum { SURE_TRAPS = 7, ALL_TRAPS = sizeof traps / sizeof traps[0] };

static bool explain_line(struct reader *reader, const struct source *source, int32_t number, size_t from, size_t to) {
    struct line line = take_apart(reader, source, number);
    if (line.indent == line.text.n || line.text.p[line.indent] == '#') {
        return false;
    }
    for (size_t i = from; i < to; i++) {
        if (traps[i](&line)) {
            return true;
        }
    }
    return false;
}

/* The line where it was noticed first, then back to where the construct began, and one line before. */
int32_t traps_explain(struct reader *reader, const struct source *source, int32_t first, int32_t last) {
    enum { FARTHEST = 40 };
    const int32_t from = last - first > FARTHEST ? last - FARTHEST : first - 1;
    for (int32_t line = last; line >= from && line >= 0; line--) {
        if (explain_line(reader, source, line, 0, SURE_TRAPS)) {
            return line;
        }
    }
    for (int32_t line = last; line >= from && line >= 0; line--) {
        if (explain_line(reader, source, line, SURE_TRAPS, ALL_TRAPS)) {
            return line;
        }
    }
    return -1;
}

bool traps_key(struct reader *reader, struct node *key) {
    if (str_starts(key->text, STR(WIDE_SPACE))) {
        TELL_PLAIN(reader, L105, key->place);
        return true;
    }
    if (str_starts(key->text, STR("-")) && schema_knows(rest_of(key->text, 1))) {
        TELL(reader, L133, key->place, str_join(reader->arena, rest_of(key->text, 1), STR(":")));
        return true;
    }
    return key->style == SCALAR_PLAIN && signs_tell(reader, key, 0, key->text.n);
}

/* `{align:centre}` is one key to YAML, without a value. */
bool traps_pair(struct reader *reader, struct node *key, const struct node *value) {
    const size_t colon = str_find_byte(key->text, ':');
    const struct str behind = rest_of(key->text, colon < key->text.n ? colon + 1 : colon);
    if (key->style != SCALAR_PLAIN || !node_is_empty(value) || behind.n == 0 || behind.p[0] == '/') {
        return false;
    }
    TELL(reader, L130, node_place(key, colon + 1, 1), str_slice(key->text, 0, colon), behind);
    return true;
}

bool traps_scalar(struct reader *reader, const struct node *node) {
    if (node->kind != NODE_SCALAR || node->style != SCALAR_PLAIN || node->place.line < 1) {
        return false;
    }
    struct line line = take_apart(reader, node->source, node->place.line - 1);
    return trap_indentation(&line) || trap_wide_space(&line) || trap_no_space(&line) || trap_wide_colon(&line) ||
           trap_wide_value(&line);
}

/* “编号 #3” and “第 #{n} 号” lost their end; behind an ASCII word “ # ” is a remark as everybody writes it. */
static bool is_cut(const struct node *node) {
    const struct str behind = str_slice(node->source->parsed, node->end, node->end + 3);
    if (node->style != SCALAR_PLAIN || node->text.n == 0 || !str_starts(behind, STR(" #"))) {
        return false;
    }
    return (behind.n == 3 && strchr(" \r\n", behind.p[2]) == NULL) || utf8_count(node->text) < node->text.n;
}

void traps_comment(struct reader *reader, const struct node *node) {
    if (!is_cut(node)) {
        return;
    }
    const struct str bytes = node->source->parsed;
    struct place place = node->place;
    place.line = node->end_line;
    const size_t line_start = node->source->lines[node->end_line - 1];
    place.column = (int32_t)utf8_count(str_slice(bytes, line_start, node->end + 1)) + 1;
    place.width = 1;
    TELL_PLAIN(reader, L118, place);
}

bool traps_bar(struct reader *reader, const struct node *node) {
    bool bar = str_starts(node->text, STR("｜")) || str_starts(node->text, STR("＞"));
    if (!bar || node->style != SCALAR_PLAIN || node->end_line == node->place.line) {
        return false;
    }
    struct line line = take_apart(reader, node->source, node->place.line - 1);
    return trap_wide_value(&line);
}
