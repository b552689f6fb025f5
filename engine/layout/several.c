/* several.c: signs between values, and values where one is taken: 1,2cm, [class, gender], `calls、talks`.
 *
 * Names hold no punctuation; what a name looks like and isn't would be told as unknown. */
#include "layout/values.h"

#include <string.h>

#include "base/buffer.h"

/* 1,2cm 2,4cm: each comma between digits, with one digit behind it and a unit behind that. */
static bool is_decimal_comma(struct str text) {
    bool any = false;
    for (size_t at = str_find_byte(text, ','); at < text.n;) {
        const bool before = at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9';
        const bool behind = at + 2 < text.n && text.p[at + 1] >= '0' && text.p[at + 1] <= '9' &&
                            (text.p[at + 2] | 0x20) >= 'a' && (text.p[at + 2] | 0x20) <= 'z';
        if (!before || !behind) {
            return false;
        }
        any = true;
        at += 1 + str_find_byte(str_slice(text, at + 1, text.n), ',');
    }
    return any;
}

/* Lengths and numbers with commas between them: told with the value as it is written. */
static bool has_commas(struct reader *reader, const struct key *key, struct node *node) {
    size_t first = node->text.n;
    const bool decimal = is_decimal_comma(node->text);
    struct buffer mended;
    buffer_init(&mended);
    for (size_t at = 0; at < node->text.n;) {
        size_t length = 0;
        const bool wide = str_is(sign_meant(node->text, at, &length), ",");
        const bool comma = wide || node->text.p[at] == ',' || node->text.p[at] == ';';
        length = wide ? length : 1;
        first = comma && first == node->text.n ? at : first;
        buffer_add(&mended, comma && decimal ? STR(".") : comma ? STR(" ") : str_slice(node->text, at, at + length));
        at += length;
        while (comma && at < node->text.n && node->text.p[at] == ' ') {
            at++;
        }
    }
    if (first < node->text.n) {
        size_t length = 0;
        sign_meant(node->text, first, &length);
        TELL(reader, L251, node_place(node, first, 1), str_from(key->name),
             str_slice(node->text, first, first + (length > 0 ? length : 1)),
             str_copy(reader->arena, str_trim(buffer_str(&mended))));
    }
    buffer_release(&mended);
    return first < node->text.n;
}

/* A column of a chart's query, which no name with a blank in it can be. */
static bool is_column(const struct key *key) {
    const struct mapping_schema *chart = schema_of(MAPPING_CHART);
    return key->type == TYPE_COLUMN ||
           (key->type == TYPE_NAME && key >= chart->keys && key < chart->keys + chart->count);
}

struct str advice_on_one(const struct key *key) {
    return key == &schema_of(MAPPING_CHART)->keys[KEY_CHART_Y]
               ? BOTH("write one column; one to compare it with goes behind compare: in its place",
                      "请只写一列；要与它比较的另一列写在 compare: 之后")
               : BOTH("write one alone, without brackets and commas", "请只写一个，不带括号和逗号");
}

/* Bytes of what parts names at `at`: a comma of any kind, `和` between Latin words, a blank where no name has one; 0 for none. */
static size_t between_names(struct str text, size_t at, bool blank) {
    static const char *const words[] = {"和", "与", "及", "＋", "／", "+", "/", "&", ";", ","};
    size_t length = 0;
    const struct str sign = sign_meant(text, at, &length);
    if (length > 0) {
        return str_is(sign, ",") || str_is(sign, ";") ? length : 0;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const struct str word = str_from(words[i]);
        const bool latin = at > 0 && (unsigned char)text.p[at - 1] < 0x80 && at + word.n < text.n &&
                           (unsigned char)text.p[at + word.n] < 0x80;
        if (str_starts(str_slice(text, at, text.n), word) && (latin || word.n == 1)) {
            return word.n;
        }
    }
    return blank && text.p[at] == ' ' ? 1 : 0;
}

/* `calls、talks`, `calls talks`: names, and signs between them. */
static bool is_several_names(struct str text, bool blank) {
    size_t from = 0, count = 0;
    for (size_t at = 0; at <= text.n;) {
        const size_t sign = at < text.n ? between_names(text, at, blank) : 1;
        const struct str name = sign > 0 ? str_trim(str_slice(text, from, at)) : STR_NONE;
        if (name.n > 0 && !name_is_valid(name)) {
            return false;
        }
        count += name.n > 0;
        from = sign > 0 ? at + sign : from;
        at += sign > 0 ? sign : 1;
    }
    return count > 1;
}

/* The key before the value, as it stands in its line: a name of the file's own, 黑体, too. */
static struct str key_written(const struct node *node) {
    const struct source *source = node->source;
    const size_t line = (size_t)node->place.line - 1, from = source->lines[line];
    const struct str before = str_slice(source->parsed, from, node->start);
    size_t at = before.n;
    while (at > 0 && strchr("{,-", before.p[at - 1]) == NULL) {
        at--;
    }
    const struct str key = str_trim(str_slice(before, at, before.n));
    return str_trim(str_slice(key, 0, str_find_byte(key, ':')));
}

/* `class, gender`: one name is taken, or names stand in brackets. True when told. */
static bool tell_several(struct reader *reader, const struct key *key, const struct node *node) {
    if (str_find_byte(node->text, '{') < node->text.n) {
        return false; /* told as a placeholder */
    }
    const bool comma = str_find_byte(node->text, ',') < node->text.n, several = key->type == TYPE_NAMES;
    const bool words = several && !str_is(str_from(key->name), "fonts") && !str_is(str_from(key->name), "words");
    const bool blank = words && str_find_byte(str_trim(node->text), ' ') < str_trim(node->text).n;
    const bool expression = key->type == TYPE_CONDITION || str_starts(node->text, STR("SELECT ")) ||
                            str_starts(node->text, STR("select ")) || str_find_byte(node->text, '(') < node->text.n;
    if (expression || !(comma || blank)) {
        return false;
    }
    struct str rest = node->text, names = STR_NONE;
    while (rest.n > 0) {
        struct str part = str_trim(str_split(rest, ',', &rest));
        if (several && !words && part.n > 0) { /* Noto Sans CJK SC */
            names = str_printf(reader->arena, "%.*s%s%.*s", STR_ARG(names), names.n > 0 ? ", " : "", STR_ARG(part));
            continue;
        }
        for (struct str word; (word = next_word(&part)).n > 0;) {
            names = str_printf(reader->arena, "%.*s%s%.*s", STR_ARG(names), names.n > 0 ? ", " : "", STR_ARG(word));
        }
    }
    if (several) {
        TELL(reader, L152, node->place, key_written(node), names);
    } else {
        TELL(reader, L147, node->place, str_from(key->name), advice_on_one(key));
    }
    return true;
}

/* 留守儿童、教育局 as 留守儿童, 教育局 */
static struct str names_parted(struct arena *arena, struct str text) {
    struct str names = STR_NONE;
    size_t from = 0;
    for (size_t at = 0; at <= text.n;) {
        const size_t sign = at < text.n ? between_names(text, at, false) : 1;
        const struct str name = sign > 0 ? str_trim(str_slice(text, from, at)) : STR_NONE;
        names = name.n > 0 ? str_printf(arena, "%.*s%s%.*s", STR_ARG(names), names.n > 0 ? ", " : "", STR_ARG(name))
                           : names;
        from = sign > 0 ? at + sign : from;
        at += sign > 0 ? sign : 1;
    }
    return names;
}

bool value_tell_signs(struct reader *reader, const struct key *key, struct node *node) {
    switch ((int)key->type) {
    case TYPE_LENGTH:
    case TYPE_SIZE:
    case TYPE_MARGINS:
    case TYPE_EM_LENGTH:
    case TYPE_WIDTHS:
        return node->kind == NODE_SCALAR && has_commas(reader, key, node);
    case TYPE_CODES:
    case TYPE_TEMPLATE:
    case TYPE_STRING:
    case TYPE_SOURCE:
    case TYPE_SHORT:
        return node->kind == NODE_SCALAR && value_tell_text(reader, key, node);
    case TYPE_NAME:
    case TYPE_COLUMN:
    case TYPE_QUERY:
    case TYPE_CONDITION:
    case TYPE_STYLE:
    case TYPE_NAMES:
        break;
    default:
        return false;
    }
    const bool one = node->kind == NODE_SCALAR && key->type != TYPE_NAMES && key->type != TYPE_CONDITION;
    if (one && is_several_names(str_trim(node->text), is_column(key))) {
        TELL(reader, L147, node->place, str_from(key->name), advice_on_one(key));
        return true;
    }
    const bool list = node->kind == NODE_SCALAR && key->type == TYPE_NAMES;
    if (list && is_several_names(str_trim(node->text), false) && str_find_byte(node->text, ',') == node->text.n) {
        TELL(reader, L152, node->place, key_written(node), names_parted(reader->arena, str_trim(node->text)));
        return true;
    }
    if (node->kind == NODE_SCALAR) {
        return signs_tell(reader, node, 0, node->text.n) || tell_several(reader, key, node);
    }
    bool told = false;
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        struct node *item = node->items[i];
        told = (item->kind == NODE_SCALAR && signs_tell(reader, item, 0, item->text.n)) || told;
    }
    return told;
}
