/* values.c: the types of values, each with its reader. A reader tells what is wrong with a value and gives back false. */
#include "layout/values.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/length.h"
#include "base/nearest.h"

bool value_tell_takes(const struct reading *r, const char *takes) {
    TELL(r->reader, L219, r->node->place, str_from(r->key->name), str_from(takes));
    return false;
}

static bool read_string(struct reading *r) {
    for (size_t i = 0; i + 1 < r->out->text.n; i++) {
        const struct str behind = str_slice(r->out->text, i + 1, r->out->text.n);
        if (r->out->text.p[i] == '{' && (name_length(behind, 0) > 0 || behind.p[0] == '#')) {
            TELL(r->reader, L319, node_place(r->node, i, 1), str_from(r->key->name));
            return false;
        }
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

/* 25mm, 小四, with em 2em; a bare number only as a factor. */
static bool parse_length(struct str word, bool em, bool factor, int32_t *number, enum length_unit *unit) {
    *unit = UNIT_MP;
    if (length_parse(word, 0, number)) {
        return true;
    }
    if (em && str_ends(word, STR("em")) && length_parse(word, 1000, number)) {
        *unit = UNIT_EM;
        return true;
    }
    char with_unit[32];
    if (!factor || word.n == 0 || word.n > 10 || strchr("0123456789", word.p[word.n - 1]) == NULL) {
        return false;
    }
    memcpy(with_unit, word.p, word.n);
    memcpy(with_unit + word.n, "em", 2);
    *unit = UNIT_FACTOR;
    return length_parse((struct str){with_unit, word.n + 2}, 1000, number);
}

static bool is_unit(struct str word) {
    return str_is(word, "mm") || str_is(word, "cm") || str_is(word, "pt") || str_is(word, "in") || str_is(word, "em");
}

struct str value_next_length(struct arena *arena, struct str *rest) {
    struct str word = next_word(rest), behind = *rest;
    const struct str unit = next_word(&behind);
    if (is_unit(unit)) {
        *rest = behind;
        return str_join(arena, word, unit);
    }
    return word;
}

static bool tell_number_of_lengths(const struct reading *r, struct str takes) {
    return value_tell_takes(r, str_c(r->reader->arena, str_join(r->reader->arena, takes, STR(" × 25mm"))));
}

/* 5号, 小4: a type size by another name is told with the one that it has. */
static void tell_length(struct reading *r, struct str word) {
    static const char *const sizes[][2] = {
        {"1号", "一号"},   {"2号", "二号"},   {"3号", "三号"},    {"4号", "四号"},    {"5号", "五号"},
        {"6号", "六号"},   {"小3", "小三"},   {"小4", "小四"},    {"小5", "小五"},    {"小6", "小六"},
        {"小4号", "小四"}, {"小5号", "小五"}, {"小四号", "小四"}, {"小五号", "小五"}, {"五号字", "五号"},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if (str_is(word, sizes[i][0])) {
            TELL(r->reader, L221, r->node->place, str_from(r->key->name), word, str_from(sizes[i][1]));
            return;
        }
    }
    TELL(r->reader, L210, r->node->place, word);
}

static bool read_some_lengths(struct reading *r, bool em, bool factor) {
    int64_t least, most;
    value_bounds(r->key, &least, &most);
    struct str rest = r->text;
    for (struct str word; (word = value_next_length(r->reader->arena, &rest)).n > 0; r->out->count++) {
        if (r->out->count == 4) {
            r->out->count = 5;
            break;
        }
        int32_t *number = &r->out->number[r->out->count];
        bool ok = parse_length(word, em, factor, number, &r->out->unit[r->out->count]);
        if (!ok || (!em && *number < 0)) {
            tell_length(r, word);
            return false;
        }
    }
    if ((int64_t)r->out->count < least || (int64_t)r->out->count > most) {
        return tell_number_of_lengths(
            r, least == most ? str_int(r->reader->arena, least)
                             : str_printf(r->reader->arena, "%lld–%lld", (long long)least, (long long)most));
    }
    return true;
}

static bool read_margins(struct reading *r) {
    if (!read_some_lengths(r, false, false)) {
        return false;
    }
    if (r->out->count != 1 && r->out->count != 4) {
        return tell_number_of_lengths(r, STR("1, 4"));
    }
    for (size_t i = r->out->count; i < 4; i++) {
        r->out->number[i] = r->out->number[0];
    }
    return true;
}

static bool read_length(struct reading *r) {
    return read_some_lengths(r, false, false);
}

/* Of nothing nothing is seen. */
static bool read_size(struct reading *r) {
    if (!read_some_lengths(r, false, false)) {
        return false;
    }
    if (r->out->number[0] <= 0) {
        TELL(r->reader, L210, r->node->place, r->text);
        return false;
    }
    return true;
}

bool value_is_printable_line(struct reading *r, int32_t thickness_mp) {
    if (thickness_mp == 0 || thickness_mp >= PT(0.2)) {
        return true;
    }
    TELL(r->reader, L250, r->node->place, r->text);
    return false;
}

static bool read_thickness(struct reading *r) {
    return read_some_lengths(r, false, false) && value_is_printable_line(r, r->out->number[0]);
}

static bool read_em_length(struct reading *r) {
    return read_some_lengths(r, true, false);
}

static bool read_leading(struct reading *r) {
    r->out->count = 1;
    if (parse_length(r->text, true, true, &r->out->number[0], &r->out->unit[0]) && r->out->number[0] > 0) {
        return true;
    }
    TELL(r->reader, L210, r->node->place, r->out->text);
    return false;
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
        TELL(r->reader, L211, r->node->place, word, str_int(r->reader->arena, least), str_int(r->reader->arena, most));
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
static enum diag_code scalar_code(enum key_type type) {
    const bool lengths = type >= TYPE_LENGTH && type <= TYPE_EM_LENGTH;
    const bool name = type >= TYPE_NAME && type <= TYPE_STYLE;
    return lengths || type == TYPE_WIDTHS ? DIAG_L148 : name ? DIAG_L147 : type == TYPE_DRAWN ? DIAG_L320 : DIAG_L214;
}

/* Is the node of a kind that the type takes? Else told: first as a trap, then as what it should be. */
static bool kind_fits(struct reader *reader, const struct key *key, const struct node *node) {
    const struct type *type = &types[key->type];
    bool fits = takes(type, node->kind == NODE_SCALAR ? SCALAR : node->kind == NODE_SEQUENCE ? LIST : KEYS);
    bool empty = node_is_empty(node);
    if (empty && takes(type, EMPTY)) {
        return true;
    }
    if (node->refused) {
        return false;
    }
    if (fits && !empty) {
        return !(type->read == read_any && node->kind == NODE_SCALAR && traps_bar(reader, node));
    }
    if (empty) {
        if (!node->source->lost) {
            TELL(reader, L220, node->place, str_from(key->name));
        }
    } else if (!traps_scalar(reader, node)) {
        const enum diag_code code = takes(type, KEYS)   ? DIAG_L215
                                    : takes(type, LIST) ? DIAG_L216
                                                        : scalar_code(key->type);
        reader_tell(reader, code, node->place, (const struct str[4]){str_from(key->name)});
    }
    return false;
}

/* Lengths and numbers with commas between them: told with the value as it is written. */
static bool has_commas(struct reader *reader, const struct key *key, struct node *node) {
    size_t first = node->text.n;
    struct buffer mended;
    buffer_init(&mended);
    for (size_t at = 0; at < node->text.n;) {
        size_t length = 0;
        const bool wide = str_is(sign_meant(node->text, at, &length), ",");
        const bool comma = wide || node->text.p[at] == ',' || node->text.p[at] == ';';
        length = wide ? length : 1;
        first = comma && first == node->text.n ? at : first;
        buffer_add(&mended, comma ? STR(" ") : str_slice(node->text, at, at + length));
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

/* Names hold no punctuation; what a name looks like and isn't would be told as unknown. */
static bool has_wrong_signs(struct reader *reader, const struct key *key, struct node *node) {
    switch ((int)key->type) {
    case TYPE_LENGTH:
    case TYPE_SIZE:
    case TYPE_MARGINS:
    case TYPE_EM_LENGTH:
    case TYPE_WIDTHS:
        return node->kind == NODE_SCALAR && has_commas(reader, key, node);
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
    if (node->kind == NODE_SCALAR) {
        return signs_tell(reader, node, 0, node->text.n);
    }
    bool told = false;
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        struct node *item = node->items[i];
        told = (item->kind == NODE_SCALAR && signs_tell(reader, item, 0, item->text.n)) || told;
    }
    return told;
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
    if (has_wrong_signs(reader, key, node)) {
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
