/* signs.c: characters that look like those of the language and are others.
 *
 * A Chinese input method types ： for a colon and U+3000 for a space. In text they print; where the language reads something
 * they mean nothing, and the word they stand in would be told as unknown though it looks right. So they are told first. What
 * nobody sees at all is told of every file, before it is read (source.c). */
#include "layout/reader.h"

#include "base/utf8.h"

static const struct sign {
    struct str typed, meant;
} signs[] = {
    {STR_INIT("　"), BOTH_INIT("space", "空格")},
    {STR_INIT("："), BOTH_INIT(": with a space behind it", ":，后面空一格")},
    {STR_INIT("，"), STR_INIT(",")},
    {STR_INIT("、"), STR_INIT(",")},
    {STR_INIT("｛"), STR_INIT("{")},
    {STR_INIT("｝"), STR_INIT("}")},
    {STR_INIT("［"), STR_INIT("[")},
    {STR_INIT("］"), STR_INIT("]")},
    {STR_INIT("“"), STR_INIT("\"")},
    {STR_INIT("”"), STR_INIT("\"")},
    {STR_INIT("『"), STR_INIT("\"")},
    {STR_INIT("』"), STR_INIT("\"")},
    {STR_INIT("「"), STR_INIT("\"")},
    {STR_INIT("」"), STR_INIT("\"")},
    {STR_INIT("｜"), STR_INIT("|")},
    {STR_INIT("＞"), STR_INIT(">")},
    {STR_INIT("＜"), STR_INIT("<")},
    {STR_INIT("＾"), STR_INIT("^")},
    {STR_INIT("－"), BOTH_INIT("- with a space behind it", "-，后面空一格")},
    {STR_INIT("．"), STR_INIT(".")},
    {STR_INIT("。"), STR_INIT(".")},
    {STR_INIT("＝"), STR_INIT("=")},
    {STR_INIT("＃"), STR_INIT("#")},
    {STR_INIT("！"), STR_INIT("!")},
    {STR_INIT("？"), STR_INIT("?")},
    {STR_INIT("／"), STR_INIT("/")},
    {STR_INIT("×"), STR_INIT("*")},
    {STR_INIT("＊"), STR_INIT("*")},
    {STR_INIT("＇"), STR_INIT("\"")},
    {STR_INIT("＂"), STR_INIT("\"")},
    {STR_INIT("‘"), STR_INIT("\"")},
    {STR_INIT("’"), STR_INIT("\"")},
    {STR_INIT("【"), STR_INIT("[")},
    {STR_INIT("】"), STR_INIT("]")},
    {STR_INIT("《"), STR_INIT("<")},
    {STR_INIT("》"), STR_INIT(">")},
    {STR_INIT("〈"), STR_INIT("<")},
    {STR_INIT("〉"), STR_INIT(">")},
    {STR_INIT("；"), STR_INIT(";")},
};

struct str sign_meant(struct str text, size_t at, size_t *length) {
    const struct str rest = str_slice(text, at, text.n);
    for (size_t i = 0; rest.n > 0 && (unsigned char)rest.p[0] >= 0x80 && i < sizeof signs / sizeof signs[0]; i++) {
        if (str_starts(rest, signs[i].typed)) {
            *length = signs[i].typed.n;
            return signs[i].meant;
        }
    }
    *length = 0;
    return STR_NONE;
}

static void tell_tab(struct reader *reader, struct place place) {
    TELL(reader, L103, place, STR("U+0009 (Tab)"));
}

bool signs_tell(struct reader *reader, struct node *node, size_t from, size_t to) {
    const struct str text = node->text;
    for (size_t at = from; at < to && at < text.n;) {
        size_t length = 0;
        const struct str meant = sign_meant(text, at, &length);
        if (length > 0) {
            TELL(reader, L106, node_place(node, at, 1), str_slice(text, at, at + length), meant);
            return true;
        }
        if (text.p[at] == '\t') {
            tell_tab(reader, node_place(node, at, 1));
            return true;
        }
        utf8_next(text, &at);
    }
    return false;
}

/* A backslash with blanks of other kinds behind it, which joins nothing; the offset of the first of them, or text.n. */
static size_t false_join(struct str text, size_t at) {
    size_t wrong = text.n, i = at + 1;
    while (i < text.n && text.p[i] != '\n') {
        const bool wide = str_starts(str_slice(text, i, text.n), STR("　"));
        if (!wide && text.p[i] != ' ' && text.p[i] != '\t') {
            return text.n;
        }
        wrong = wrong == text.n && text.p[i] != ' ' ? i : wrong;
        i += wide ? 3 : 1;
    }
    return wrong;
}

bool signs_tell_joins(struct reader *reader, struct node *node) {
    const struct str text = node->text;
    bool told = false;
    for (size_t i = 0; i < text.n; i++) {
        const size_t wrong = text.p[i] == '\\' ? false_join(text, i) : text.n;
        if (wrong < text.n) {
            told = signs_tell(reader, node, wrong, wrong + 1) || told;
        }
        i += text.p[i] == '\\';
    }
    return told;
}

void signs_tell_tab(struct reader *reader, struct node *node) {
    const size_t tab = str_find_byte(node->text, '\t');
    if (tab < node->text.n && node->style != SCALAR_DOUBLE_QUOTED) {
        tell_tab(reader, node_place(node, tab, 1));
    }
}

/* Chinese quotes around all of an unquoted text that YAML wants in quotes for what it holds: “{school}”. */
bool signs_tell_quotes(struct reader *reader, struct node *node) {
    size_t open = 0, close = 0;
    const struct str text = node->text;
    const bool quoted = str_is(sign_meant(text, 0, &open), "\"");
    const size_t last = text.n >= 3 ? text.n - 3 : 0;
    const bool ascii = text.n > 0 && (text.p[text.n - 1] == '"' || text.p[text.n - 1] == '\'');
    if (node->style != SCALAR_PLAIN || !quoted || (!ascii && !str_is(sign_meant(text, last, &close), "\""))) {
        return false;
    }
    const bool brace = open < text.n && text.p[open] == '{';
    return (ascii || brace) && signs_tell(reader, node, 0, open);
}
