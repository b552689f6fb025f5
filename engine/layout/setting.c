/* setting.c: the walk over a mapping by its schema.
 *
 * 1. A default that is read at all can be read. */
#include "layout/setting.h"

#include <assert.h>
#include <string.h>

#include "base/nearest.h"
#include "layout/otherwise.h"
#include "layout/run_on.h"
#include "layout/values.h"

static struct str name_of(struct reader *reader, const struct mapping_schema *schema) {
    const struct str name = str_from(schema->name);
    return schema->chinese == NULL ? name : diag_both(reader->arena, name, str_from(schema->chinese));
}

/* The key's number among those of the kind; their count when it is none of them. */
static size_t key_index(const struct mapping_schema *schema, struct str name) {
    size_t i = 0;
    while (i < schema->count && !str_is(name, schema->keys[i].name)) {
        i++;
    }
    return i;
}

/* --- a key that isn't there --------------------------------------------------------------------------------------- */

/* Where a key belongs that is written in the wrong place: what people take for one another. */
static const struct {
    enum mapping_kind kind, owner;
} owners[] = {
    {MAPPING_FILE, MAPPING_DOCUMENT}, {MAPPING_FILE, MAPPING_BLOCK},     {MAPPING_DOCUMENT, MAPPING_FILE},
    {MAPPING_DOCUMENT, MAPPING_PAGE}, {MAPPING_DOCUMENT, MAPPING_TABLE}, {MAPPING_DOCUMENT, MAPPING_STYLE},
    {MAPPING_PAGE, MAPPING_DOCUMENT}, {MAPPING_PAGE, MAPPING_FILE},      {MAPPING_BLOCK, MAPPING_TABLE},
    {MAPPING_BLOCK, MAPPING_FILE},    {MAPPING_BLOCK, MAPPING_DOCUMENT}, {MAPPING_BLOCK, MAPPING_STYLE},
    {MAPPING_TABLE, MAPPING_BLOCK},   {MAPPING_TABLE, MAPPING_STYLE},    {MAPPING_BAND, MAPPING_TABLE},
    {MAPPING_BAND, MAPPING_BLOCK},    {MAPPING_IMAGE, MAPPING_BLOCK},    {MAPPING_QR, MAPPING_BLOCK},
    {MAPPING_CHART, MAPPING_BLOCK},   {MAPPING_COLUMNS, MAPPING_BLOCK},  {MAPPING_SIGNATURE, MAPPING_BLOCK},
    {MAPPING_SEAL, MAPPING_BLOCK},    {MAPPING_FRAME, MAPPING_BLOCK},    {MAPPING_STYLE, MAPPING_DEFAULTS},
};

/* The kind that has the key; NULL when none does that is near to this one. */
static const struct mapping_schema *owner_of(enum mapping_kind kind, struct str name) {
    for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++) {
        const struct mapping_schema *owner = schema_of(owners[i].owner);
        if (owners[i].kind == kind && key_index(owner, name) < owner->count) {
            return owner;
        }
    }
    return NULL;
}

/* Of several keys that belong to one owner the first is told: they are moved together. */
static bool owner_was_told(const struct node *mapping, const struct node *key, enum mapping_kind kind) {
    const struct mapping_schema *owner = owner_of(kind, key->text);
    for (size_t i = 0; i < mapping->count && mapping->pairs[i].key != key; i++) {
        const struct str name = mapping->pairs[i].key->text;
        if (key_index(schema_of(kind), name) == schema_of(kind)->count && owner_of(kind, name) == owner) {
            return true;
        }
    }
    return false;
}

/* {y: calls, talks}: what has no colon belongs to the key before it, which takes one value. */
static bool tell_second_value(struct reader *reader, const struct mapping_schema *schema, const struct node *mapping,
                              const struct pair *pair, struct str meant) {
    if (!mapping->flow || !node_is_empty(pair->value) || meant.n > 0 || pair == mapping->pairs ||
        !name_is_valid(pair->key->text) || schema_knows(pair->key->text)) {
        return false;
    }
    const size_t before = key_index(schema, pair[-1].key->text);
    if (before == schema->count || pair[-1].value->kind != NODE_SCALAR) {
        return false;
    }
    TELL(reader, L147, pair->key->place, pair[-1].key->text, advice_on_one(&schema->keys[before]));
    return true;
}

/* `- chart:`, and its keys as deep as `chart`: of all of them that is told once. */
static bool tell_nothing_below(struct reader *reader, const struct mapping_schema *schema, const struct node *mapping,
                               struct str name) {
    for (size_t i = 0; i < mapping->count; i++) {
        const struct pair *pair = &mapping->pairs[i];
        const size_t k = key_index(schema, pair->key->text);
        const bool empty = k < schema->count && node_is_empty(pair->value) && schema->keys[k].of != MAPPING_NONE;
        const struct mapping_schema *below = empty ? schema_of(schema->keys[k].of) : NULL;
        if (below != NULL && key_index(below, name) < below->count) {
            TELL(reader, L136, pair->key->place, pair->key->text);
            pair->value->has_unknown = true; /* what it lacks stands beside it */
            return true;
        }
    }
    return false;
}

/* Keys that are near, or mean the same elsewhere, are taken as what they mean, so that nothing else is told of them. */
static size_t tell_unknown(struct reader *reader, enum mapping_kind kind, struct str where, const struct node *mapping,
                           const struct pair *pair) {
    const struct node *key = pair->key, *value = pair->value;
    const struct mapping_schema *schema = schema_of(kind), *owner = owner_of(kind, key->text);
    struct str names[KEYS_AT_MOST];
    for (size_t i = 0; i < schema->count; i++) {
        names[i] = str_from(schema->keys[i].name);
    }
    const bool look = kind == MAPPING_BLOCK && (owner == schema_of(MAPPING_STYLE) || str_is(key->text, "style"));
    const struct str meant = look ? STR_NONE : name_meant(key->text, names, schema->count);
    const struct str instead = otherwise_key(kind, key->text);
    const size_t equals = str_find_byte(key->text, '=');
    const struct str name = str_trim(str_slice(key->text, 0, equals));
    if (equals < key->text.n && key_index(schema, name) < schema->count) {
        TELL(reader, L165, key->place, key->text, name, str_trim(str_slice(key->text, equals + 1, key->text.n)));
        return schema->count;
    }
    const struct str first = run_on_key(schema, key->text); /* {kind bars, …} */
    if (first.n > 0 && node_is_empty(value)) {
        TELL(reader, L132, key->place, key->text, first, str_trim(str_slice(key->text, first.n, key->text.n)));
        return schema->count;
    }
    if (tell_nothing_below(reader, schema, mapping, key->text) ||
        tell_second_value(reader, schema, mapping, pair, meant)) {
        return schema->count;
    }
    if (instead.n > 0) {
        TELL(reader, L266, key->place, where, key->text, instead);
        return schema->count;
    }
    if (look) {
        TELL(reader, L146, key->place, key->text);
    } else if (meant.n == 0 && kind == MAPPING_FILE && owner == schema_of(MAPPING_BLOCK)) {
        TELL(reader, L139, key->place, key->text);
    } else if (meant.n == 0 && owner != NULL) {
        reader->names_lost = reader->names_lost || owner == schema_of(MAPPING_FILE);
        if (!owner_was_told(mapping, key, kind)) {
            TELL(reader, L206, key->place, where, key->text, name_of(reader, owner));
        }
    } else {
        reader_tell_name(reader, DIAG_L201, DIAG_L202, key->place, where, key->text, names, schema->count);
    }
    return key_index(schema, meant);
}

/* False where the key is none of the kind's (told). */
static bool read_pair(struct reader *reader, enum mapping_kind kind, struct str where, const struct node *mapping,
                      const struct pair *pair, struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    size_t i = key_index(schema, pair->key->text);
    const bool known = i < schema->count;
    const bool rest = mapping->flow && node_is_empty(pair->value) && !name_is_valid(pair->key->text);
    if (!known && rest && mapping->has_unknown) {
        return false; /* of one value with commas in it, rgb(192,0,0), the second part was told, or the first */
    }
    if (!known) {
        i = tell_unknown(reader, kind, where, mapping, pair);
        if (i == schema->count || node_value(mapping, str_from(schema->keys[i].name)) != NULL || settings[i].tried) {
            return false;
        }
    }
    const struct str name = str_from(schema->keys[i].name);
    settings[i].key_place = pair->key->place;
    settings[i].tried = true;
    if (known || pair->value->kind != NODE_SCALAR || nearest_name(pair->key->text, &name, 1).n > 0) {
        setting_read(reader, &schema->keys[i], pair->value, &settings[i]);
    }
    return settings[i].node != NULL || pair->value->kind != NODE_SCALAR ||
           str_find_byte(pair->value->text, '(') == pair->value->text.n;
}

static void tell_missing(struct reader *reader, const struct mapping_schema *schema, struct str where,
                         const struct node *mapping, const struct setting *settings) {
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->keys[i].required && !settings[i].tried && !mapping->source->lost && !mapping->has_unknown) {
            struct place place = mapping->count > 0 && !mapping->flow ? mapping->pairs[0].key->place : mapping->place;
            TELL(reader, L205, place, where, str_from(schema->keys[i].name),
                 advice_on_missing(reader, &schema->keys[i]));
        }
    }
}

void settings_require(struct reader *reader, const struct node *mapping, enum mapping_kind kind,
                      const struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    tell_missing(reader, schema, name_of(reader, schema), mapping, settings);
}

/* `- contents`, `- "text: 甲"`: a block's key that isn't one. */
static bool tell_bare_block(struct reader *reader, const struct node *node) {
    const size_t colon = str_find_byte(node->text, ':');
    const struct str key = str_trim(str_slice(node->text, 0, colon));
    const struct mapping_schema *block = schema_of(MAPPING_BLOCK);
    if (node->kind != NODE_SCALAR) {
        return false;
    }
    if (key_index(block, key) == block->count) { /* - pagebreak, - 分页 */
        struct str names[KEYS_AT_MOST];
        for (size_t i = 0; i < block->count; i++) {
            names[i] = str_from(block->keys[i].name);
        }
        const struct str meant = name_meant(key, names, block->count), full = name_in_full(key, meant);
        struct str value = STR_NONE;
        const struct str name = str_split(full, ':', &value);
        if (meant.n > 0) {
            TELL(reader, L132, node->place, node->text, name,
                 value.n > 0 ? str_trim(value)
                             : str_trim(str_slice(node->text, colon < node->text.n ? colon + 1 : colon, node->text.n)));
        }
        return meant.n > 0;
    }
    TELL(reader, L132, node->place, node->text, key, str_trim(str_slice(node->text, colon + 1, node->text.n)));
    return true;
}

static void tell_no_keys(struct reader *reader, struct node *node, enum mapping_kind kind, struct str name) {
    if (node->kind == NODE_SCALAR && node->style == SCALAR_LITERAL) {
        TELL(reader, L150, node->place, name);
    } else if (kind != MAPPING_BLOCK || !tell_bare_block(reader, node)) {
        TELL(reader, L215, node->place, name, advice_on_keys(reader, kind, node));
    }
}

bool settings_read_part(struct reader *reader, struct node *mapping, enum mapping_kind kind, struct str where,
                        struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    struct str name = where.n > 0 ? where : name_of(reader, schema);
    memset(settings, 0, schema->count * sizeof *settings);
    if (mapping->kind != NODE_MAPPING && !node_is_empty(mapping)) {
        if (mapping->kind == NODE_SEQUENCE && !mapping->flow) {
            TELL(reader, L145, mapping->place, name);
        } else if (!mapping->refused && !traps_scalar(reader, mapping)) {
            tell_no_keys(reader, mapping, kind, name);
        }
        return false;
    }
    for (size_t i = 0; i < mapping->count; i++) {
        const bool known = read_pair(reader, kind, name, mapping, &mapping->pairs[i], settings);
        mapping->has_unknown = mapping->has_unknown || !known;
    }
    return true;
}

/* when: family and unless: family */
static void tell_contrary(struct reader *reader, const struct mapping_schema *schema, const struct setting *settings) {
    const size_t when = key_index(schema, STR("when")), unless = key_index(schema, STR("unless"));
    if (when < schema->count && unless < schema->count && settings[when].node != NULL &&
        settings[unless].node != NULL && str_eq(settings[when].text, settings[unless].text)) {
        TELL(reader, L176, settings[unless].key_place, settings[unless].text);
    }
}

bool settings_read(struct reader *reader, struct node *mapping, enum mapping_kind kind, struct str where,
                   struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    if (!settings_read_part(reader, mapping, kind, where, settings)) {
        return false;
    }
    tell_missing(reader, schema, where.n > 0 ? where : name_of(reader, schema), mapping, settings);
    tell_contrary(reader, schema, settings);
    return true;
}

bool settings_read_short(struct reader *reader, const struct setting *short_setting, enum mapping_kind kind,
                         struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    if (!short_setting->is_short) {
        return settings_read(reader, short_setting->node, kind, STR_NONE, settings);
    }
    memset(settings, 0, schema->count * sizeof *settings);
    setting_read(reader, &schema->keys[0], short_setting->node, &settings[0]);
    return true;
}

bool setting_read_initial(struct reader *reader, const struct key *key, struct setting *out) {
    if (key->initial[0] == '\0') {
        return false;
    }
    struct node *node = ARENA_NEW(reader->arena, struct node);
    *node = (struct node){.kind = NODE_SCALAR, .text = str_from(key->initial)};
    setting_read(reader, key, node, out);
    assert(out->node != NULL); /* 1 */
    return true;
}
