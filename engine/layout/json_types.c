/* json_types.c: how the values of each type look to an editor. What depends on the key (numbers, lengths, choices) is
 * written by json_schema.c in place. */
#include "layout/json_types.h"

#include "base/length.h"
#include "layout/setting.h"

#define NAME  "[^\\s,.|{}]+"
#define WIDTH "(" JSON_DIGIT "+ ?[*×] ?)?(" JSON_LENGTH "|" JSON_DECIMAL "fr|auto)"
#define LEFT  "(left( " JSON_LENGTH ")?|duplex)"

/* A placeholder alone is a mapping to YAML, and taken as the text it looks like. */
#define WRITTEN                                                                                                        \
    "\"anyOf\": [{\"type\": [\"string\", \"number\", \"boolean\", \"null\"]}, {\"type\": \"object\", "                 \
    "\"maxProperties\": 1, \"additionalProperties\": {\"type\": \"null\"}}]"

/* Definitions: how a text of the type looks, and the greatest number that it may be; or what stands in the definition. Neither: the
 * type has none, or another one's. */
static const struct type_shape {
    const char *pattern;
    long most;
    const char *json;
} shapes[] = {
    [TYPE_STRING] = {NULL, 0, "\"type\": [\"string\", \"number\", \"boolean\"]"},
    [TYPE_TEMPLATE] = {NULL, 0, WRITTEN},
    [TYPE_DRAWN] = {NULL, 0, WRITTEN},
    [TYPE_SQL] = {NULL, 0, "\"type\": \"string\", \"pattern\": \"\\\\S\""},
    [TYPE_NAME] = {NULL, 0, "\"type\": [\"string\", \"number\"], \"pattern\": \"\\\\S\""},
    [TYPE_NAMES] = {NULL, 0,
                    "\"anyOf\": [{\"$ref\": \"#/definitions/name\"}, {\"type\": \"array\", \"items\": {\"$ref\": "
                    "\"#/definitions/name\"}}]"},
    [TYPE_LEADING] = {"^(" JSON_DECIMAL "|" JSON_EM_LENGTH ")$", 1000, NULL},
    [TYPE_YES_NO] = {NULL, 0, "\"enum\": [\"yes\", \"no\", true, false, \"on\", \"off\", \"是\", \"否\"]"},
    [TYPE_COLOUR] = {"^(COLOURS|#?[0-9A-Fa-f]{6})$", 999999, NULL},
    [TYPE_PAPER] = {"^((PAPERS)(" JSON_BLANK "+(landscape|portrait))?|" JSON_LENGTH JSON_BLANK "+([×x]" JSON_BLANK
                    "+)?" JSON_LENGTH ")$",
                    0, NULL},
    [TYPE_BINDING] = {"^" LEFT "( *, *" LEFT ")*$", 0, NULL},
    [TYPE_STROKE] = {"^" JSON_LENGTH "( +(solid|double|dashed|dotted))?$", 0, NULL},
    [TYPE_WIDTHS] = {"^" WIDTH "(\\s+" WIDTH ")*\\s*$", 0, NULL},
    [TYPE_PAGES] = {"^" JSON_DIGIT "+( *(pages|页))?$", 100000, NULL},
    [TYPE_ROW_HEIGHT] = {"^(at least )?" JSON_LENGTH "$", 0, NULL},
    [TYPE_PAD] = {"^(" JSON_DIGIT "+|foot)$", 1000, NULL},
    [TYPE_WIDE] = {"^split( *, *repeat +" JSON_DIGIT "+)?$", 0, NULL},
    [TYPE_CELLS] = {"^" NAME " by " NAME "( *, *" NAME ")*$", 0, NULL},
    [TYPE_SHRINK] = {"^shrink +" JSON_LENGTH "$", 0, NULL},
    [TYPE_SHIFT] = {"^[+-]?" JSON_LENGTH " +[+-]?" JSON_LENGTH "$", 0, NULL},
    [TYPE_SCALE] = {"^" JSON_DIGIT "+(\\." JSON_DIGIT ")? ?%$", 0, NULL},
    [TYPE_BLOCKS] = {NULL, 0, "\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/block\"}"},
};

const char *json_type_name(enum key_type type) {
    static const char *const names[] = {
#define TYPE(id, takes, read, store, dump, text, definition) [TYPE_##id] = definition,
#include "layout/types.def"
#undef TYPE
    };
    return names[type];
}

bool json_type_is_own(enum key_type type) {
    return type < sizeof shapes / sizeof shapes[0] && (shapes[type].pattern != NULL || shapes[type].json != NULL);
}

/* --- patterns ----------------------------------------------------------------------------------------------------- */

static struct str type_size(size_t index) {
    int32_t size_mp = 0;
    return length_size_name(index, &size_mp);
}

/* Words of patterns that stand for the names in a table. */
static const struct {
    struct str word;
    struct str (*name)(size_t index);
} tables[] = {
    {STR_INIT("SIZES"), type_size},
    {STR_INIT("PAPERS"), length_paper_name},
    {STR_INIT("COLOURS"), setting_colour_name},
};

static void add_names(struct buffer *out, struct str (*name)(size_t index)) {
    for (size_t i = 0; name(i).n > 0; i++) {
        buffer_add(out, i > 0 ? STR("|") : STR_NONE);
        buffer_add(out, name(i));
    }
}

/* Puts a table's names in where one of the words begins `rest`; gives back how many bytes that took. */
static size_t add_table(struct buffer *out, struct str rest) {
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (str_starts(rest, tables[i].word)) {
            add_names(out, tables[i].name);
            return tables[i].word.n;
        }
    }
    return 0;
}

void json_pattern(struct json_writer *writer, const char *pattern, long most) {
    const struct str all = str_from(pattern);
    struct buffer filled = {0};
    for (size_t at = 0; at < all.n;) {
        const size_t taken = add_table(&filled, str_slice(all, at, all.n));
        if (taken == 0) {
            buffer_byte(&filled, all.p[at]);
        }
        at += taken > 0 ? taken : 1;
    }
    json_raw(writer, "type", "[\"string\", \"number\"]");
    json_key(writer, "pattern");
    json_string(writer, buffer_str(&filled));
    json_raw(writer, "minimum", "0");
    json_key(writer, "maximum");
    buffer_int(writer->out, most);
    buffer_release(&filled);
}

void json_type(struct json_writer *writer, enum key_type type) {
    const struct type_shape *shape = &shapes[type];
    if (shape->pattern != NULL) {
        json_pattern(writer, shape->pattern, shape->most);
    } else {
        json_item(writer);
        buffer_add(writer->out, str_from(shape->json));
    }
}
