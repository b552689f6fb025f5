/* traps_braces.c: what goes wrong inside braces and quotes: {font: 宋体 size: 小四}, "{name}”, {name}同学. */
#include "layout/traps.h"

#include <string.h>

#include "layout/schema.h"

/* --- inside braces ------------------------------------------------------------------------------------------------ */

static bool in_braces(const struct line *line) {
    return line->value < line->text.n && strchr("{[", line->text.p[line->value]) != NULL;
}

/* Offset of the last character before `at` that is no space. */
static size_t before_spaces(struct str text, size_t at) {
    while (at > 0 && text.p[at - 1] == ' ') {
        at--;
    }
    return at - (at > 0);
}

/* The known key that ends with the colon at `colon`; its offset, or `colon`. */
static size_t key_before(struct str text, size_t from, size_t colon) {
    for (size_t at = from; at < colon; at++) {
        const bool begins = at == from || strchr(" ;,{", text.p[at - 1]) != NULL;
        if (begins && line_key_like(str_slice(text, at, colon)) && schema_knows(str_slice(text, at, colon))) {
            return at;
        }
    }
    return colon;
}

/* `{font: 楷体 size: 五号}`, `{font: 楷体; size: 五号}` */
bool trap_no_comma(const struct line *line) {
    const struct str text = line->text;
    size_t from = line->value + 1;
    for (size_t at = from; in_braces(line) && at < text.n; at++) {
        if (text.p[at] != ':') {
            continue;
        }
        const size_t key = key_before(text, from, at);
        const size_t behind = before_spaces(text, key);
        if (key < at && key > from && strchr(",{", text.p[behind]) == NULL) {
            const size_t place = text.p[behind] == ';' ? behind : key;
            TELL(line->reader, L141, line_place(line, place, 1), str_slice(text, key, at));
            return true;
        }
        from = at + 1;
    }
    return false;
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

/* `{text: 编号{no}}`, `{colour: #c00000}` */
bool trap_signs_in_braces(const struct line *line) {
    const struct str text = line->text;
    char quote = '\0';
    for (size_t at = line->value + 1; in_braces(line) && at < text.n; at++) {
        const char c = text.p[at];
        if (c == '"' || c == '\'') {
            quote = quote == c ? '\0' : quote == '\0' ? c : quote;
        }
        const size_t behind = quote == '\0' && c == '{' && at > line->value ? behind_bracket(text, at) : 0;
        if (behind > 0 && behind < text.n && strchr(",}] ", text.p[behind]) == NULL) { /* {title: {school}通话} */
            TELL_PLAIN(line->reader, L143, line_place(line, at, 1));
            return true;
        }
        if (quote == '\0' && c == '{' && strchr(":,{[", text.p[before_spaces(text, at)]) == NULL) {
            TELL_PLAIN(line->reader, L143, line_place(line, at, 1));
            return true;
        }
        if (quote == '\0' && c == ';' && at + 1 < text.n &&
            str_find(str_slice(text, at, text.n), STR(": ")) < text.n - at) {
            struct str rest = str_trim(str_slice(text, at + 1, text.n));
            TELL(line->reader, L141, line_place(line, at, 1), str_slice(rest, 0, str_find_byte(rest, ':')));
            return true;
        }
        if (quote == '\0' && c == '#' && text.p[at - 1] == ' ') {
            TELL_PLAIN(line->reader, L144, line_place(line, at, 1));
            return true;
        }
    }
    return false;
}

/* Where a Chinese quote closes what an ASCII one opened. */
static size_t find_wide_quote(struct str text, size_t from) {
    static const char *const quotes[] = {"”", "“", "’", "＂", "＇", "」"};
    size_t first = text.n;
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        const size_t at = from + str_find(str_slice(text, from, text.n), str_from(quotes[i]));
        first = at < first ? at : first;
    }
    return first;
}

/* A quote that its line doesn't close: by a Chinese one, or not at all. */
bool trap_open_quote(const struct line *line) {
    const struct str text = line->text;
    const bool quoted = line->value < text.n && strchr("\"'", text.p[line->value]) != NULL;
    size_t open = text.n;
    for (size_t at = line->value; (quoted || in_braces(line)) && at < text.n; at++) {
        const char c = text.p[at];
        if (open < text.n && c == '\\' && text.p[open] == '"') {
            at++;
        } else if (open < text.n ? c == text.p[open] : c == '"' || c == '\'') {
            open = open < text.n ? text.n : at;
        }
    }
    if (open == text.n) {
        return false;
    }
    const size_t wide = find_wide_quote(text, open);
    if (wide < text.n && line_tell_wide(line, wide)) {
        return true;
    }
    TELL_PLAIN(line->reader, L114, line_place(line, open, 1));
    return true;
}

/* {name}同学, [.bold 注] 其他, {#}: text to a person, braces and brackets to YAML. */
bool trap_text_in_braces(const struct line *line) {
    if (line->value == line->text.n || strchr("{[", line->text.p[line->value]) == NULL) {
        return false;
    }
    struct str text = str_slice(line->text, line->value, line->text.n);
    const size_t behind = behind_bracket(text, 0);
    const struct str after = str_trim(str_slice(text, behind, text.n));
    bool goes_on = behind > 0 && after.n > 0 && after.p[0] != '#' && after.p[0] != ',' && after.p[0] != ':';
    if (!goes_on && !str_starts(text, STR("{#")) && !str_starts(text, STR("[."))) {
        return false;
    }
    TELL(line->reader, L107, line_place(line, line->value, 1), str_slice(text, 0, 1));
    return true;
}

bool trap_wide_in_braces(const struct line *line) {
    bool opens = line->value < line->text.n && strchr("{[", line->text.p[line->value]) != NULL;
    char quote = '\0';
    for (size_t i = line->value; opens && i < line->text.n; i++) {
        const char c = line->text.p[i];
        const bool words = str_starts(str_slice(line->text, i, line->text.n), STR("【")) ||
                           str_starts(str_slice(line->text, i, line->text.n), STR("《"));
        if (quote == '\0' && !words && line_tell_wide(line, i)) {
            return true;
        }
        if (c == '"' || c == '\'') {
            quote = quote == c ? '\0' : quote == '\0' ? c : quote;
        }
    }
    return false;
}

bool trap_behind_quote(const struct line *line) {
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
