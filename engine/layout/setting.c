/* setting.c: the walk over a mapping by its schema.
 *
 * 1. A default that is read at all can be read. */
#include "layout/setting.h"

#include <assert.h>
#include <string.h>

static void tell_unknown(struct reader *reader, const struct mapping_schema *schema, struct str where,
                         const struct node *key) {
    struct str names[KEYS_AT_MOST];
    for (size_t i = 0; i < schema->count; i++) {
        names[i] = str_from(schema->keys[i].name);
    }
    reader_tell_name(reader, DIAG_L201, DIAG_L202, key->place, where, key->text, names, schema->count);
}

static void read_pair(struct reader *reader, const struct mapping_schema *schema, struct str where,
                      const struct pair *pair, struct setting *settings) {
    for (size_t i = 0; i < schema->count; i++) {
        if (str_is(pair->key->text, schema->keys[i].name)) {
            settings[i].key_place = pair->key->place;
            setting_read(reader, &schema->keys[i], pair->value, &settings[i]);
            return;
        }
    }
    tell_unknown(reader, schema, where, pair->key);
}

static struct str name_of(struct reader *reader, const struct mapping_schema *schema) {
    const struct str name = str_from(schema->name);
    return schema->chinese == NULL ? name : diag_both(reader->arena, name, str_from(schema->chinese));
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
        if (!mapping->refused && !traps_scalar(reader, mapping)) {
            TELL(reader, L215, mapping->place, name);
        }
        return false;
    }
    for (size_t i = 0; i < mapping->count; i++) {
        read_pair(reader, schema, name, &mapping->pairs[i], settings);
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
