/* setting.c: the walk over a mapping by its schema.
 *
 * 1. A default that is read at all can be read. */
#include "layout/setting.h"

#include <assert.h>
#include <string.h>

#include "base/nearest.h"

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

/* Keys that are near, or mean the same elsewhere, are taken as what they mean, so that nothing else is told of them. */
static size_t tell_unknown(struct reader *reader, enum mapping_kind kind, struct str where, const struct node *mapping,
                           const struct node *key) {
    const struct mapping_schema *schema = schema_of(kind), *owner = owner_of(kind, key->text);
    struct str names[KEYS_AT_MOST];
    for (size_t i = 0; i < schema->count; i++) {
        names[i] = str_from(schema->keys[i].name);
    }
    const bool look = kind == MAPPING_BLOCK && (owner == schema_of(MAPPING_STYLE) || str_is(key->text, "style"));
    const struct str meant = look ? STR_NONE : name_meant(key->text, names, schema->count);
    if (look) {
        TELL(reader, L146, key->place, key->text);
    } else if (meant.n == 0 && kind == MAPPING_FILE && owner == schema_of(MAPPING_BLOCK)) {
        TELL(reader, L139, key->place, key->text);
    } else if (meant.n == 0 && owner != NULL) {
        if (!owner_was_told(mapping, key, kind)) {
            TELL(reader, L206, key->place, where, key->text, name_of(reader, owner));
        }
    } else {
        reader_tell_name(reader, DIAG_L201, DIAG_L202, key->place, where, key->text, names, schema->count);
    }
    return key_index(schema, meant);
}

static void read_pair(struct reader *reader, enum mapping_kind kind, struct str where, const struct node *mapping,
                      const struct pair *pair, struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    size_t i = key_index(schema, pair->key->text);
    const bool known = i < schema->count;
    if (!known) {
        i = tell_unknown(reader, kind, where, mapping, pair->key);
        if (i == schema->count || node_value(mapping, str_from(schema->keys[i].name)) != NULL || settings[i].tried) {
            return;
        }
    }
    const struct str name = str_from(schema->keys[i].name);
    settings[i].key_place = pair->key->place;
    settings[i].tried = true;
    if (known || pair->value->kind != NODE_SCALAR || nearest_name(pair->key->text, &name, 1).n > 0) {
        setting_read(reader, &schema->keys[i], pair->value, &settings[i]);
    }
}

static void tell_missing(struct reader *reader, const struct mapping_schema *schema, struct str where,
                         const struct node *mapping, const struct setting *settings) {
    for (size_t i = 0; i < schema->count; i++) {
        if (schema->keys[i].required && !settings[i].tried && !mapping->source->lost) {
            struct place place = mapping->count > 0 && !mapping->flow ? mapping->pairs[0].key->place : mapping->place;
            TELL(reader, L205, place, where, str_from(schema->keys[i].name), str_from(schema->keys[i].help));
        }
    }
}

void settings_require(struct reader *reader, const struct node *mapping, enum mapping_kind kind,
                      const struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    tell_missing(reader, schema, name_of(reader, schema), mapping, settings);
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
            TELL(reader, L215, mapping->place, name);
        }
        return false;
    }
    for (size_t i = 0; i < mapping->count; i++) {
        read_pair(reader, kind, name, mapping, &mapping->pairs[i], settings);
    }
    return true;
}

bool settings_read(struct reader *reader, struct node *mapping, enum mapping_kind kind, struct str where,
                   struct setting *settings) {
    const struct mapping_schema *schema = schema_of(kind);
    if (!settings_read_part(reader, mapping, kind, where, settings)) {
        return false;
    }
    tell_missing(reader, schema, where.n > 0 ? where : name_of(reader, schema), mapping, settings);
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
