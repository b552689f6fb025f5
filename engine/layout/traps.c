/* traps.c: what a clerk typed, and what YAML made of it.
 *
 * YAML notices a mistake late and names it in its own terms. Here the lines around it are looked at once more, as a person
 * would: a tab or U+3000 in the indentation, a full-width colon behind a key, a value that begins with { and goes on behind }.
 * A line is taken apart into indentation, dashes, key and value; each trap looks at one of these. The first that fits is told. */
#include "layout/reader.h"

#include <string.h>

#include "base/utf8.h"
#include "layout/depth.h"
#include "layout/outline.h"
#include "layout/schema.h"
#include "layout/traps.h"

#define WIDE_SPACE "\xE3\x80\x80"

static struct str rest_of(struct str s, size_t from) {
    return str_slice(s, from, s.n);
}

struct place line_place(const struct line *line, size_t at, int32_t width) {
    return (struct place){.file = line->source->path,
                          .line = line->number + 1,
                          .column = (int32_t)utf8_count(str_slice(line->text, 0, at)) + 1,
                          .width = width};
}

bool line_tell_wide(const struct line *line, size_t at) {
    size_t length = 0;
    const struct str meant = sign_meant(line->text, at, &length);
    if (length == 0) {
        return false;
    }
    TELL(line->reader, L106, line_place(line, at, 1), str_slice(line->text, at, at + length), meant);
    return true;
}

static struct line line_from(struct reader *reader, const struct source *source, int32_t number,
                             const struct outline_line *line) {
    return (struct line){reader, source, number, line->text, line->indent, line->key, line->colon, line->value};
}

static struct line take_apart(struct reader *reader, const struct source *source, int32_t number) {
    const struct outline_line line = outline_line_of(source, number);
    return line_from(reader, source, number, &line);
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
bool line_key_like(struct str text) {
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
        return line_tell_wide(line, line->key + 1);
    }
    const size_t colon = str_find(text, STR(":" WIDE_SPACE));
    if (colon < text.n && line_key_like(str_slice(text, 0, colon))) {
        return line_tell_wide(line, line->key + colon + 1);
    }
    const struct str value = rest_of(line->text, line->value);
    const size_t wide = str_find(value, STR(WIDE_SPACE));
    const bool bar = str_starts(value, STR("|")) || str_starts(value, STR(">"));
    return line->colon < line->text.n && bar && wide < value.n && str_trim(str_slice(value, 1, wide)).n == 0 &&
           line_tell_wide(line, line->value + wide);
}

/* The length of the known key that text begins with, before `behind`; 0 for none. */
static size_t known_key(struct str text, struct str behind) {
    const size_t n = str_find(text, behind);
    return n < text.n && line_key_like(str_slice(text, 0, n)) && schema_knows(str_slice(text, 0, n)) ? n : 0;
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
    struct str value = str_trim(rest_of(text, n));
    value = str_starts(value, STR("=")) ? str_trim(rest_of(value, 1)) : value;
    value = str_starts(value, STR("＝")) ? str_trim(rest_of(value, 3)) : value;
    TELL(line->reader, L132, line_place(line, line->key, (int32_t)utf8_count(text)), text, str_slice(text, 0, n),
         value);
    return true;
}

/* `queries`, a key by itself. */
static bool trap_key_alone(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    if (line->colon < line->text.n || !line_key_like(text) || !schema_knows(text)) {
        return false;
    }
    TELL(line->reader, L132, line_place(line, line->key, (int32_t)text.n), text, text, STR_NONE);
    return true;
}

/* --- lines that begin with a sign --------------------------------------------------------------------------------- */

/* `—  text: 甲`, `• text: 甲`: what programs for letters make of a dash. */
static bool trap_false_dash(const struct line *line) {
    static const char *const dashes[] = {"－", "—", "–", "―", "‐", "•", "·", "●", "○", "◆", "■", "▪", "*", "+"};
    const struct str text = rest_of(line->text, line->indent);
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        const struct str dash = str_from(dashes[i]), rest = str_trim(rest_of(text, dash.n));
        if (str_starts(text, dash) && known_key(rest, STR(":")) > 0) {
            TELL(line->reader, L140, line_place(line, line->indent, 1), dash, rest);
            return true;
        }
    }
    return false;
}

/* `// 查询`, `<!-- 查询 -->`, `＃ 查询` */
static bool trap_false_remark(const struct line *line) {
    static const char *const signs[] = {"//", "/*", "<!--", "-- ", "＃", "；", ";"};
    const struct str text = rest_of(line->text, line->indent);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const struct str sign = str_from(signs[i]);
        if (str_starts(text, sign)) {
            TELL(line->reader, L142, line_place(line, line->indent, (int32_t)utf8_count(str_trim(sign))),
                 str_trim(sign));
            return true;
        }
    }
    return false;
}

/* `-----`, `=====`: a line of signs. */
static bool trap_ruled_line(const struct line *line) {
    const struct str text = rest_of(line->text, line->indent);
    size_t n = 0;
    while (n < text.n && text.p[n] == text.p[0]) {
        n++;
    }
    if (n < 4 || n < text.n || strchr("-=_*~+", text.p[0]) == NULL) {
        return false;
    }
    TELL(line->reader, L155, line_place(line, line->indent, (int32_t)n), text);
    return true;
}

/* A word that is followed by ： where a key should be. */
static bool trap_wide_colon(const struct line *line) {
    const struct str text = rest_of(line->text, line->key);
    const size_t at = str_find(text, STR("："));
    bool before_colon = line->colon == line->text.n || line->colon > line->key + at;
    return before_colon && at < text.n && line_key_like(str_slice(text, 0, at)) && line_tell_wide(line, line->key + at);
}

static bool trap_wide_value(const struct line *line) {
    size_t length = 0;
    const struct str meant = sign_meant(line->text, line->value, &length);
    bool opens = length > 0 && strchr("{[\"|>", meant.p[0]) != NULL;
    return opens && line_tell_wide(line, line->value);
}

static bool trap_first_character(const struct line *line) {
    const bool dash = line->colon < line->text.n && str_starts(rest_of(line->text, line->value), STR("- "));
    if (line->value == line->text.n || (strchr("*&!%@`", line->text.p[line->value]) == NULL && !dash)) {
        return false;
    }
    TELL(line->reader, L125, line_place(line, line->value, 1), str_slice(line->text, line->value, line->value + 1));
    return true;
}

/* `paper: A4 margins: 20mm`: the words before the second colon are a key. */
static bool tell_key_behind(const struct line *line, size_t second) {
    const struct str text = line->text, key = str_slice(text, line->key, line->colon);
    static const char *const texts[] = {"text", "title", "heading", "section", "footnote", "empty", "continued"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (str_is(key, texts[i])) {
            return false;
        }
    }
    for (size_t at = line->value + 1; at < second && schema_knows(key); at++) {
        const struct str next = str_slice(text, at, second);
        if (strchr(" ,", text.p[at - 1]) != NULL && line_key_like(next) && schema_knows(next)) {
            TELL(line->reader, L180, line_place(line, at, (int32_t)next.n), next, key,
                 str_trim(rest_of(text, second + 1)));
            return true;
        }
    }
    return false;
}

static bool trap_second_colon(const struct line *line) {
    if (line->colon == line->text.n || line->value == line->text.n ||
        strchr("|>#", line->text.p[line->value]) != NULL) {
        return false;
    }
    size_t second = outline_colon(line->text, line->value);
    if (second == line->text.n) {
        return false;
    }
    return tell_key_behind(line, second) || (TELL_PLAIN(line->reader, L108, line_place(line, second, 1)), true);
}

/* First those that are sure of what they see; then how deep lines stand (depth.c); then those that look at one line only. */
static bool (*const traps[])(const struct line *line) = {
    trap_indentation,     trap_ruled_line,           trap_wide_space,          trap_wide_colon,   trap_no_space,
    trap_behind_bar,      trap_no_space_behind_dash, trap_no_colon_before_bar, trap_false_dash,   trap_false_remark,
    trap_wide_value,      trap_text_in_braces,       trap_wide_in_braces,      trap_no_comma,     trap_signs_in_braces,
    trap_first_character, trap_behind_quote,         trap_open_quote,          trap_second_colon, trap_no_colon,
    trap_key_alone,
};
enum { SURE_TRAPS = 10, ALL_TRAPS = sizeof traps / sizeof traps[0] };

static bool explain_line(struct reader *reader, const struct source *source, const struct outline *outline,
                         int32_t number, size_t from, size_t to) {
    const struct outline_line *seen = &outline->lines[number];
    if (seen->blank || seen->is_text) {
        return false;
    }
    const struct line line = line_from(reader, source, number, seen);
    for (size_t i = from; i < to; i++) {
        if (traps[i](&line)) {
            return true;
        }
    }
    return false;
}

static int32_t explain_lines(struct reader *reader, const struct source *source, const struct outline *outline,
                             int32_t from, int32_t last, bool sure) {
    for (int32_t line = last; line >= from && line >= 0; line--) {
        if (explain_line(reader, source, outline, line, sure ? 0 : SURE_TRAPS, sure ? SURE_TRAPS : ALL_TRAPS)) {
            return line;
        }
    }
    return -1;
}

/* The line where it was noticed first, then back to where the construct began, and one line before. */
int32_t traps_explain(struct reader *reader, const struct source *source, int32_t first, int32_t last) {
    enum { FARTHEST = 40 };
    const int32_t from = last - first > FARTHEST ? last - FARTHEST : first - 1;
    const struct outline *outline = outline_of(reader->arena, source);
    int32_t told = explain_lines(reader, source, outline, from, last, true);
    for (int32_t line = last; told < 0 && line >= from && line >= 0; line--) {
        told = depth_explain(reader, source, outline, line);
    }
    return told >= 0 ? told : explain_lines(reader, source, outline, from, last, false);
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
    if (key->style == SCALAR_PLAIN && key->place.line > 0) {
        const struct line line = take_apart(reader, key->source, key->place.line - 1);
        if (str_starts(rest_of(line.text, line.indent), key->text) && trap_false_dash(&line)) {
            return true;
        }
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
           trap_wide_value(&line) || trap_no_colon(&line);
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
