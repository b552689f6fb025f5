/* json_schema.c: the layout language as a JSON Schema (draft 7, which editors know best), written from the tables that the
 * checker walks.
 *
 * A kind of mapping becomes a definition with its keys as properties. A type of value becomes a definition too, unless it
 * depends on what its key says (numbers, lengths, choices): that is written in place. YAML makes numbers and truth values
 * of what the engine takes as text, so texts allow all three.
 *
 * What the schema can't say (names that must be there, cells of a row, SQL) is left to `dossier check layouts`. */
#include "layout/schema.h"

#include <stdio.h>
#include <stdlib.h>

#include "layout/builder.h"
#include "layout/json_types.h"

/* --- values by their key ------------------------------------------------------------------------------------------ */

static void bounds_of(const struct key *key, long *least, long *most) {
    char *rest = NULL;
    *least = strtol(key->values, &rest, 10);
    *most = strtol(rest, NULL, 10);
}

static void add_lengths(struct json_writer *writer, const struct key *key) {
    char pattern[640];
    long least;
    long most;
    bounds_of(key, &least, &most);
    const char *length = key->type == TYPE_EM_LENGTH ? JSON_EM_LENGTH : JSON_LENGTH;
    snprintf(pattern, sizeof pattern, "^%s(" JSON_BLANK "+%s){%ld,%ld}$", length, length, least - 1, most - 1);
    json_pattern(writer, pattern, 0);
}

static void add_number(struct json_writer *writer, const struct key *key) {
    char json[192];
    long least;
    long most;
    bounds_of(key, &least, &most);
    snprintf(json, sizeof json,
             "\"type\": [\"integer\", \"string\"], \"pattern\": \"^-?" JSON_DIGIT
             "+$\", \"minimum\": %ld, \"maximum\": %ld",
             least, most);
    json_item(writer);
    buffer_add(writer->out, str_from(json));
}

/* 1 2, or 1, 2, or [1, 2], or one alone. */
static void add_numbers(struct json_writer *writer, const struct key *key) {
    json_open_key(writer, "anyOf", '[');
    json_item(writer);
    json_open(writer, '{');
    add_number(writer, key);
    json_close(writer, '}');
    json_item(writer);
    buffer_add(writer->out,
               STR("{\"type\": \"string\", \"pattern\": \"^-?" JSON_DIGIT "+([ ,　]+-?" JSON_DIGIT "+)*$\"}"));
    json_item(writer);
    json_open(writer, '{');
    json_text(writer, "type", "array");
    json_open_key(writer, "items", '{');
    add_number(writer, key);
    json_close(writer, '}');
    json_close(writer, '}');
    json_close(writer, ']');
}

static void add_choices(struct json_writer *writer, const struct key *key) {
    json_open_key(writer, "enum", '[');
    for (struct str rest = str_from(key->values); rest.n > 0;) {
        json_item(writer);
        json_string(writer, str_split(rest, '|', &rest));
    }
    json_close(writer, ']');
}

static void add_value(struct json_writer *writer, const struct key *key);

/* A value for the first key, or all of them. */
static void add_short(struct json_writer *writer, const struct key *key) {
    json_open_key(writer, "anyOf", '[');
    json_item(writer);
    json_open(writer, '{');
    json_reference(writer, schema_of(key->of)->definition);
    json_close(writer, '}');
    json_item(writer);
    json_open(writer, '{');
    add_value(writer, &schema_of(key->of)->keys[0]);
    json_close(writer, '}');
    json_close(writer, ']');
}

static void add_list(struct json_writer *writer, const struct key *key) {
    json_text(writer, "type", "array");
    json_open_key(writer, "items", '{');
    json_reference(writer, schema_of(key->of)->definition);
    json_close(writer, '}');
}

/* Free names; `values` says what each of them has where it is no mapping. */
static void add_named(struct json_writer *writer, const struct key *key) {
    const enum key_type type = schema_item(key).type;
    const char *definition = type != TYPE_NAMED ? json_type_name(type) : schema_of(key->of)->definition;
    json_raw(writer, "type", "[\"object\", \"null\"]");
    /* Those are table.column, and a table or *. */
    if (key->of != MAPPING_READERS && key->of != MAPPING_ROWS && key->of != MAPPING_VALUE) {
        json_raw(writer, "propertyNames", "{\"pattern\": \"^[\\\\p{L}_][\\\\p{L}\\\\p{N}_-]*$\"}");
    }
    json_open_key(writer, "additionalProperties", '{');
    json_reference(writer, definition);
    json_close(writer, '}');
}

static void add_mapping_of(struct json_writer *writer, const struct key *key) {
    json_reference_beside(writer, schema_of(key->of)->definition);
}

/* Of types whose values depend on what the key says; the others have a definition. */
static void (*const adders[])(struct json_writer *writer, const struct key *key) = {
    [TYPE_LENGTH] = add_lengths,  [TYPE_SIZE] = add_lengths,       [TYPE_MARGINS] = add_lengths,
    [TYPE_NUMBER] = add_number,   [TYPE_THICKNESS] = add_lengths,  [TYPE_EM_LENGTH] = add_lengths,
    [TYPE_NUMBERS] = add_numbers, [TYPE_PAIR] = add_numbers,       [TYPE_CHOICE] = add_choices,
    [TYPE_SHORT] = add_short,     [TYPE_MAPPING] = add_mapping_of, [TYPE_NAMED] = add_named,
    [TYPE_LIST] = add_list,
};

static void add_value(struct json_writer *writer, const struct key *key) {
    const char *definition = json_type_name(key->type);
    if (definition != NULL) {
        json_reference_beside(writer, definition);
    } else {
        adders[key->type](writer, key);
    }
}

/* --- mappings ----------------------------------------------------------------------------------------------------- */

static void add_property(struct json_writer *writer, const struct key *key) {
    struct buffer help = {0};
    buffer_printf(&help, key->initial[0] != '\0' ? "%s (default: %s)" : "%s", key->help, key->initial);
    json_open_key(writer, key->name, '{');
    json_key(writer, "description");
    json_string(writer, buffer_str(&help));
    add_value(writer, key);
    json_close(writer, '}');
    buffer_release(&help);
}

/* An editor sees one file alone: what an included layout may give can be absent from it. `file` can't, since no two layouts
 * write one file. */
static bool is_required(const struct mapping_schema *schema, size_t key) {
    bool inherited =
        schema == schema_of(MAPPING_SHEET) || (schema == schema_of(MAPPING_DOCUMENT) && key != KEY_DOCUMENT_FILE);
    return schema->keys[key].required && !inherited;
}

static void add_required(struct json_writer *writer, const struct mapping_schema *schema) {
    bool any = false;
    for (size_t i = 0; i < schema->count; i++) {
        any = any || is_required(schema, i);
    }
    if (!any) {
        return;
    }
    json_open_key(writer, "required", '[');
    for (size_t i = 0; i < schema->count; i++) {
        if (is_required(schema, i)) {
            json_item(writer);
            json_string(writer, str_from(schema->keys[i].name));
        }
    }
    json_close(writer, ']');
}

/* {"required": ["text"]} */
static void add_needed(struct json_writer *writer, size_t key) {
    buffer_add(writer->out, STR("{\"required\": ["));
    json_string(writer, str_from(schema_key(MAPPING_BLOCK, key)->name));
    buffer_add(writer->out, STR("]}"));
}

/* {"required": ["section", "body"]} */
static void add_kind(struct json_writer *writer, size_t kind) {
    const struct key *keys = schema_of(MAPPING_BLOCK)->keys;
    buffer_add(writer->out, STR("{\"required\": ["));
    json_string(writer, str_from(keys[kind].name));
    for (size_t key = BLOCK_KIND_KEYS; key < KEYS_OF_BLOCK; key++) {
        if (block_key_needs(kind, key) && key != kind) {
            buffer_add(writer->out, STR(", "));
            json_string(writer, str_from(keys[key].name));
        }
    }
    buffer_add(writer->out, STR("]}"));
}

/* A block has exactly one key that says what it is; a body alone is a group. */
static void add_block_kinds(struct json_writer *writer) {
    json_open_key(writer, "oneOf", '[');
    for (size_t kind = 0; kind < BLOCK_KIND_KEYS; kind++) {
        json_item(writer);
        add_kind(writer, kind);
    }
    json_item(writer);
    json_open(writer, '{');
    json_raw(writer, "required", "[\"body\"]");
    json_open_key(writer, "not", '{');
    json_open_key(writer, "anyOf", '[');
    for (size_t kind = 0; kind < BLOCK_KIND_KEYS; kind++) {
        json_item(writer);
        add_needed(writer, kind);
    }
    json_close(writer, ']');
    json_close(writer, '}');
    json_close(writer, '}');
    json_close(writer, ']');
}

/* With which kinds the other keys of a block go. */
static void add_companions(struct json_writer *writer) {
    const struct key *keys = schema_of(MAPPING_BLOCK)->keys;
    json_open_key(writer, "dependencies", '{');
    for (size_t key = BLOCK_KIND_KEYS + 1; key < KEYS_OF_BLOCK; key++) {
        json_open_key(writer, keys[key].name, '{');
        json_open_key(writer, "anyOf", '[');
        for (size_t kind = 0; kind <= BLOCK_KIND_KEYS; kind++) {
            if (block_key_goes_with(kind, key)) {
                json_item(writer);
                add_needed(writer, kind);
            }
        }
        json_close(writer, ']');
        json_close(writer, '}');
    }
    json_close(writer, '}');
}

static void add_mapping(struct json_writer *writer, enum mapping_kind kind) {
    const struct mapping_schema *schema = schema_of(kind);
    json_open_key(writer, schema->definition, '{');
    json_text(writer, "description", schema->help);
    json_raw(writer, "type", "[\"object\", \"null\"]");
    json_raw(writer, "additionalProperties", "false");
    add_required(writer, schema);
    json_open_key(writer, "properties", '{');
    for (size_t i = 0; i < schema->count; i++) {
        add_property(writer, &schema->keys[i]);
    }
    json_close(writer, '}');
    if (kind == MAPPING_BLOCK) {
        add_block_kinds(writer);
        add_companions(writer);
    }
    json_close(writer, '}');
}

/* privacy.yaml has `columns`, printers.yaml `printers` and columns.yaml `values`, which no layout has. */
void schema_json(struct buffer *out) {
    struct json_writer writer = {.out = out};
    json_open(&writer, '{');
    json_text(&writer, "$schema", "http://json-schema.org/draft-07/schema#");
    json_text(&writer, "title", "dossier layout");
    json_text(&writer, "$comment",
              "written by `dossier help schema`; what it can't say is told by `dossier check layouts`");
    json_raw(&writer, "if", "{\"required\": [\"columns\"]}");
    json_raw(&writer, "then", "{\"$ref\": \"#/definitions/privacy\"}");
    json_open_key(&writer, "else", '{');
    json_raw(&writer, "if", "{\"required\": [\"printers\"]}");
    json_raw(&writer, "then", "{\"$ref\": \"#/definitions/printers\"}");
    json_open_key(&writer, "else", '{');
    json_raw(&writer, "if", "{\"required\": [\"values\"]}");
    json_raw(&writer, "then", "{\"$ref\": \"#/definitions/values\"}");
    json_raw(&writer, "else", "{\"$ref\": \"#/definitions/layout\"}");
    json_close(&writer, '}');
    json_close(&writer, '}');
    json_open_key(&writer, "definitions", '{');
    for (enum mapping_kind kind = 0; kind < MAPPING_KIND_COUNT; kind++) {
        add_mapping(&writer, kind);
    }
    for (enum key_type type = 0; type < TYPE_COUNT; type++) {
        if (json_type_is_own(type)) {
            json_open_key(&writer, json_type_name(type), '{');
            json_type(&writer, type);
            json_close(&writer, '}');
        }
    }
    json_close(&writer, '}');
    json_close(&writer, '}');
    buffer_byte(out, '\n');
}
