/* values.c: the types of values, each with its reader. A reader tells what is wrong with a value and gives back false. */
#include "layout/values.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "layout/run_on.h"

bool value_tell_takes(const struct reading *r, const char *takes) {
    const struct str meant = value_mended(r);
    TELL(r->reader, L219, r->node->place, str_from(r->key->name), str_from(takes),
         meant.n > 0 ? advice_write_so(r->reader->arena, meant) : advice_as_in(r->reader->arena, str_from(takes)));
    return false;
}

/* `zebra: #eeeeee` has none either, for # begins a remark. */
static void tell_no_value(struct reader *reader, const struct key *key, const struct node *node) {
    const struct source *source = node->source;
    const size_t line = (size_t)node->place.line - 1;
    const size_t from = node->place.line > 0 ? source->lines[line] : 0;
    const size_t to =
        node->place.line > 0 && line + 1 < source->line_count ? source->lines[line + 1] : source->parsed.n;
    const bool remark = str_find_byte(str_slice(source->parsed, from, to), '#') < to - from;
    TELL(reader, L220, node->place, str_from(key->name),
         key->type == TYPE_LIST ? BOTH("its items stand below it, deeper, each with a dash: - each: …",
                                       "各项写在下面并缩进，每项以短横开头：- each: …")
         : remark ? BOTH("write it behind the colon, in quotes where it begins with #; or delete the line",
                         "请写上值，以 # 开头的值须加引号；或删去此行")
                  : BOTH("write one, or delete the line", "请写上值，或删去此行"));
}

static bool read_string(struct reading *r) {
    if (r->node->style == SCALAR_PLAIN && str_is(r->out->text, "~")) { /* YAML's nothing */
        tell_no_value(r->reader, r->key, r->node);
        return false;
    }
    return true;
}

static bool read_any(struct reading *r) {
    (void)r;
    return true;
}

/* {name} where the name itself is wanted. True when told. */
static bool tell_braces(struct reading *r) {
    const struct str text = r->out->text;
    const bool braces = text.n > 2 && text.p[0] == '{' && text.p[text.n - 1] == '}';
    if (braces) {
        TELL(r->reader, L253, r->node->place, str_from(r->key->name), text, str_trim(str_slice(text, 1, text.n - 1)));
    }
    return braces;
}

static bool read_name(struct reading *r) {
    return r->out->text.n > 0 && !tell_braces(r);
}

/* What ARENA_GROW has made of so many, one after another: a setting has no room to note it, for there are very many. */
static size_t room_for(size_t count) {
    size_t room = count == 0 ? 0 : 8;
    while (room < count) {
        room *= 2;
    }
    return room;
}

void value_add_name(struct reading *r, struct str name, struct place place) {
    struct arena *arena = r->reader->arena;
    size_t capacity = room_for(r->out->name_count), places = capacity;
    ARENA_GROW(arena, r->out->names, r->out->name_count, capacity);
    ARENA_GROW(arena, r->out->places, r->out->name_count, places);
    r->out->names[r->out->name_count] = name;
    r->out->places[r->out->name_count++] = place;
}

/* A list, or one name. */
static bool read_names(struct reading *r) {
    if (r->node->kind == NODE_SCALAR) {
        value_add_name(r, r->out->text, r->node->place);
        return !tell_braces(r);
    }
    for (size_t i = 0; i < r->node->count; i++) {
        struct node *item = r->node->items[i];
        if (item->kind != NODE_SCALAR || item->text.n == 0) {
            TELL(r->reader, L214, item->place, str_from(r->key->name));
            return false;
        }
        value_add_name(r, str_trim(item->text), item->place);
    }
    return true;
}

void value_bounds(const struct key *key, int64_t *least, int64_t *most) {
    char *rest = NULL;
    *least = strtoll(key->values, &rest, 10);
    *most = strtoll(rest, NULL, 10);
}

static bool parse_number(struct str word, int64_t *out) {
    if (str_starts(word, STR("0x")) && word.n > 2 && word.n <= 10) {
        *out = 0;
        for (size_t i = 2; i < word.n; i++) {
            const char *digits = "0123456789abcdef0123456789ABCDEF", *digit = strchr(digits, word.p[i]);
            if (word.p[i] == '\0' || digit == NULL) {
                return false;
            }
            *out = *out * 16 + (digit - digits) % 16;
        }
        return true;
    }
    return str_to_int(word, out);
}

static bool read_one_number(struct reading *r, struct str word) {
    int64_t least, most, number = 0;
    value_bounds(r->key, &least, &most);
    if (!parse_number(word, &number) || number < least || number > most) {
        struct arena *arena = r->reader->arena;
        const struct str from = str_int(arena, least), to = str_int(arena, most);
        TELL(r->reader, L211, r->node->place, word, from, to, advice_on_number(r, word, from, to));
        return false;
    }
    r->out->number[r->out->count++] = (int32_t)number;
    return true;
}

static bool read_number(struct reading *r) {
    return read_one_number(r, r->text);
}

/* Up to four; more are read from `names` by who wants them. 1 2, or 1, 2, or [1, 2]. */
static bool read_numbers(struct reading *r) {
    if (r->node->kind == NODE_SEQUENCE) {
        if (!read_names(r)) {
            return false;
        }
        for (size_t i = 0; i < r->out->name_count; i++) {
            r->out->count = r->out->count > 3 ? 3 : r->out->count;
            if (!read_one_number(r, r->out->names[i])) {
                return false;
            }
        }
        return r->out->count > 0;
    }
    char *copy = str_c(r->reader->arena, r->text);
    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == ',' ? ' ' : *c;
    }
    struct str rest = str_from(copy);
    for (struct str word; (word = next_word(&rest)).n > 0;) {
        r->out->count = r->out->count > 3 ? 3 : r->out->count;
        if (!read_one_number(r, word)) {
            return false;
        }
        value_add_name(r, word, r->node->place);
    }
    return r->out->count > 0;
}

/* Behind the bounds the row holds an example. */
static bool read_pair(struct reading *r) {
    struct str example = str_from(r->key->values);
    next_word(&example);
    next_word(&example);
    return read_numbers(r) && (r->out->name_count == 2 || value_tell_takes(r, str_trim(example).p));
}

static bool read_yes_no(struct reading *r) {
    static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "否", "是"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(r->text, words[i])) {
            r->out->number[0] = (int32_t)(i % 2);
            return true;
        }
    }
    TELL(r->reader, L212, r->node->place, r->out->text);
    return false;
}

/* `name` is one of the words that may stand there, or is told as none of them, with what was meant. */
static bool tell_meant(struct reading *r, const struct str *names, size_t count) {
    const struct str meant = name_meant(r->out->text, names, count);
    if (meant.n > 0) {
        TELL(r->reader, L221, r->node->place, str_from(r->key->name), r->out->text, meant);
    }
    return meant.n > 0;
}

static bool tell_choice(struct reading *r) {
    struct str names[KEYS_AT_MOST], rest = str_from(r->key->values);
    size_t count = 0;
    while (rest.n > 0 && count < KEYS_AT_MOST) {
        names[count++] = str_split(rest, '|', &rest);
    }
    if (!tell_meant(r, names, count)) {
        TELL(r->reader, L213, r->node->place, str_from(r->key->name), r->out->text,
             names_joined(r->reader->arena, names, count, count));
    }
    return false;
}

static bool read_choice(struct reading *r) {
    struct str rest = str_from(r->key->values);
    for (int32_t i = 0; rest.n > 0; i++) {
        if (str_eq(str_split(rest, '|', &rest), r->text)) {
            r->out->number[0] = i;
            return true;
        }
    }
    return tell_choice(r);
}

static const struct {
    const char *name;
    int32_t rgb;
} colours[] = {
    {"black", 0x000000}, {"white", 0xFFFFFF}, {"grey", 0x808080},   {"light grey", 0xE6E6E6}, {"red", 0xC00000},
    {"green", 0x007A3D}, {"blue", 0x00489D},  {"yellow", 0xFFE680}, {"gold", 0xB8860B},
};

struct str setting_colour_name(size_t index) {
    return index < sizeof colours / sizeof colours[0] ? str_from(colours[index].name) : STR_NONE;
}

static bool read_colour(struct reading *r) {
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        if (str_is(r->text, colours[i].name)) {
            r->out->number[0] = colours[i].rgb;
            return true;
        }
    }
    const struct str digits = r->text.n == 7 && r->text.p[0] == '#' ? str_slice(r->text, 1, 7) : r->text;
    int64_t rgb = 0;
    if (digits.n == 6 && parse_number(str_join(r->reader->arena, STR("0x"), digits), &rgb)) {
        r->out->number[0] = (int32_t)rgb;
        return true;
    }
    struct str names[sizeof colours / sizeof colours[0]];
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        names[i] = str_from(colours[i].name);
    }
    if (!tell_meant(r, names, sizeof colours / sizeof colours[0])) {
        TELL(r->reader, L217, r->node->place, r->out->text);
    }
    return false;
}

/* What kinds of node a type takes. */
enum { SCALAR = 1, LIST = 2, KEYS = 4, EMPTY = 8 };

static const struct type {
    unsigned takes;
    bool (*read)(struct reading *r);
} types[] = {
#define TYPE(id, takes, read, ...) [TYPE_##id] = {takes, read},
#include "layout/types.def"
#undef TYPE
};

static bool takes(const struct type *type, unsigned kind) {
    return (type->takes & kind) != 0;
}

/* What a list or keys are told as in place of one value. */
static enum diag_code scalar_code(enum key_type type, const struct node *node) {
    const bool lengths = type >= TYPE_LENGTH && type <= TYPE_EM_LENGTH;
    const bool name = type >= TYPE_NAME && type <= TYPE_STYLE;
    const bool one = type == TYPE_CHOICE || type == TYPE_COLOUR || type == TYPE_YES_NO || type == TYPE_PAPER;
    const bool words = type == TYPE_TEMPLATE && node->kind == NODE_MAPPING;
    return lengths || type == TYPE_WIDTHS ? DIAG_L148
           : name || one                  ? DIAG_L147
           : type == TYPE_DRAWN           ? DIAG_L320
           : words                        ? DIAG_L149
                                          : DIAG_L214;
}

/* Is it a key of a file, whose parts others name? */
static bool is_of_file(const struct key *key) {
    const struct mapping_schema *file = schema_of(MAPPING_FILE);
    return key >= file->keys && key < file->keys + file->count;
}

/* `queries:`, and then `- classes: …`. */
static bool is_list_of_keys(const struct node *node) {
    return node->kind == NODE_SEQUENCE && !node->flow && node->count > 0 && node->items[0]->kind == NODE_MAPPING;
}

static void tell_kind(struct reader *reader, const struct key *key, struct node *node) {
    const struct type *type = &types[key->type];
    const struct str name = str_from(key->name);
    const bool keys = takes(type, KEYS), list = takes(type, LIST), behind_bar = node->style == SCALAR_LITERAL;
    if ((keys || key->type == TYPE_BLOCKS) && node->kind == NODE_SCALAR && behind_bar) {
        TELL(reader, L150, node->place, name);
    } else if (keys && is_list_of_keys(node)) {
        TELL(reader, L145, node->place, name);
    } else if (keys) {
        const struct str hint = key->of == MAPPING_NONE || key->type == TYPE_NAMED
                                    ? advice_on_named(reader->arena, name, node)
                                    : advice_on_keys(reader, key->of, node);
        TELL(reader, L215, node->place, name, hint);
    } else if (list && node->kind == NODE_MAPPING && str_is(name, "fonts")) {
        TELL(reader, L216, node->place, name,
             BOTH("a font is a list of faces: [Noto Serif CJK SC]; looks go under styles:",
                  "字体是字族的列表：[Noto Serif CJK SC]；外观写在 styles 下"));
    } else if (list) {
        TELL(reader, L216, node->place, name,
             str_is(name, "keep")
                 ? BOTH("write - keep: and below it, deeper, the blocks that stay on one page: - text: …",
                        "请写 - keep:，不可分开的各块在其下缩进书写：- text: …")
             : key->type == TYPE_BLOCKS && node->kind == NODE_SCALAR
                 ? BOTH("its blocks stand below it, each with a dash: - text: …",
                        "各块写在下面，每块以短横开头：- text: …")
                 : BOTH("each item in a line of its own that begins with -", "每项一行，以 - 开头"));
    } else if (key == &schema_of(MAPPING_BLOCK)->keys[KEY_BLOCK_SECTION] && node->kind == NODE_SEQUENCE) {
        TELL_PLAIN(reader, L192, node->place);
    } else {
        const enum diag_code code = scalar_code(key->type, node);
        reader_tell(reader, code, node->place,
                    (const struct str[4]){name, code == DIAG_L148   ? value_in_a_row(reader, key, node)
                                                : code == DIAG_L147 ? advice_on_one(key)
                                                                    : STR_NONE});
    }
    reader->names_lost = reader->names_lost || is_of_file(key);
}

/* `index: {}`, `keep: []`: brackets with nothing in them, where nothing can't be meant. */
static bool is_hollow(const struct key *key, const struct node *node) {
    const struct str name = str_from(key->name);
    const bool needs = str_is(name, "index") || str_is(name, "keep") || str_is(name, "preprinted") ||
                       str_is(name, "bands") || (key->type == TYPE_NAMES && !str_is(name, "include")) ||
                       key->type == TYPE_CODES || key->type == TYPE_NUMBERS || key->type == TYPE_TEMPLATE;
    return needs && node->flow && node->count == 0 && node->kind != NODE_SCALAR;
}

/* Is the node of a kind that the type takes? Else told: first as a trap, then as what it should be. */
static bool kind_fits(struct reader *reader, const struct key *key, struct node *node) {
    const struct type *type = &types[key->type];
    bool fits = takes(type, node->kind == NODE_SCALAR ? SCALAR : node->kind == NODE_SEQUENCE ? LIST : KEYS);
    const bool quoted = node->kind == NODE_SCALAR && str_trim(node->text).n == 0 && key->type != TYPE_SQL &&
                        key->type != TYPE_STRING && !takes(type, EMPTY); /* each: "" */
    const bool hollow = is_hollow(key, node), empty = node_is_empty(node) || quoted || hollow;
    if (empty && takes(type, EMPTY) && !hollow) {
        return true;
    }
    if (node->refused) {
        return false;
    }
    if (fits && !empty) {
        return !(type->read == read_any && node->kind == NODE_SCALAR && traps_bar(reader, node));
    }
    if (empty && key->type == TYPE_BLOCKS && !hollow && !node->source->lost) {
        TELL(reader, L136, node->place, str_from(key->name));
    } else if (empty && !node->source->lost) {
        tell_no_value(reader, key, node);
    } else if (!empty && !traps_scalar(reader, node)) {
        tell_kind(reader, key, node);
    }
    return false;
}

bool value_would_read(const struct reader *reader, const struct key *key, struct node *node, struct str text) {
    struct diags unheard;
    diags_init(&unheard, reader->arena);
    struct reader quiet = {.arena = reader->arena, .diags = &unheard, .trying = true};
    strmap_init(&quiet.told, reader->arena);
    struct setting out = {.text = text};
    struct reading reading = {.reader = &quiet, .key = key, .node = node, .text = text, .out = &out};
    return types[key->type].read(&reading);
}

void setting_read(struct reader *reader, const struct key *key, struct node *node, struct setting *out) {
    const struct type *type = &types[key->type];
    const bool takes_text = takes(type, SCALAR) && !(node->kind == NODE_MAPPING && takes(type, KEYS)) &&
                            !(node->kind == NODE_SEQUENCE && takes(type, LIST));
    struct node *as_text = takes_text || key->type == TYPE_SHORT ? node_as_text(reader->arena, node) : NULL;
    if (as_text != NULL) {
        node = as_text;
    }
    out->place = node->place;
    out->name = str_from(key->name);
    out->tried = true;
    if (!kind_fits(reader, key, node)) {
        return;
    }
    if (run_on_tell_value(reader, key, node) || value_tell_signs(reader, key, node)) {
        return;
    }
    struct reading reading = {.reader = reader, .key = key, .node = node, .out = out};
    if (node->kind == NODE_SCALAR) {
        out->text = str_trim(node->text);
        out->is_short = key->type == TYPE_SHORT && out->text.n > 0;
        reading.text = type->read == read_any ? out->text : str_trim(half_width(reader->arena, out->text));
    }
    if (type->read(&reading)) {
        out->node = node;
    }
}
