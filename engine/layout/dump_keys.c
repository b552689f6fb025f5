/* dump_keys.c: what the fields of an object hold, by the rows of its mapping in keys.def. */
#include "layout/dump.h"

#include "layout/values.h"

static const int32_t *numbers_of(const void *field) {
    return field;
}

static void write_lengths(struct dump *dump, const struct key *key, const void *field) {
    for (size_t i = 0; i < key->size / sizeof(int32_t); i++) {
        dump_length(dump, numbers_of(field)[i]);
    }
}

static void write_numbers(struct dump *dump, const struct key *key, const void *field) {
    for (size_t i = 0; i < key->size / sizeof(int32_t); i++) {
        dump_number(dump, numbers_of(field)[i]);
    }
}

static void write_colour(struct dump *dump, const struct key *key, const void *field) {
    (void)key;
    buffer_printf(dump->out, " %06x", (unsigned)*numbers_of(field));
}

static void write_choice(struct dump *dump, const struct key *key, const void *field) {
    dump_word(dump, schema_choice(key, (size_t)*numbers_of(field)));
}

static void write_stroke(struct dump *dump, const struct key *key, const void *field) {
    (void)key;
    dump_length(dump, numbers_of(field)[0]);
    dump_word(dump, phrase_stroke_word((enum stroke)numbers_of(field)[1]));
}

static void write_pad(struct dump *dump, const struct key *key, const void *field) {
    (void)key;
    dump_number(dump, numbers_of(field)[0]);
    dump_flag(dump, "foot", numbers_of(field)[1] != 0);
}

static void write_word(struct dump *dump, const struct key *key, const void *field) {
    (void)key;
    dump_word(dump, *(const struct str *)field);
}

static void write_names(struct dump *dump, const struct key *key, const void *field) {
    const struct names *list = field;
    (void)key;
    for (size_t i = 0; i < list->count; i++) {
        buffer_printf(dump->out, "%s %.*s", i > 0 ? "," : "", STR_ARG(list->items[i]));
    }
}

static void write_query(struct dump *dump, const struct key *key, const void *field) {
    (void)key;
    dump_word(dump, dump->layout->queries[dump->layout->query_uses[*(const uint32_t *)field].query].name);
}

static void write_condition(struct dump *dump, const struct key *key, const void *field) {
    (void)key;
    dump_word(dump, dump->layout->conditions[*(const uint32_t *)field].name);
}

static void write_style(struct dump *dump, const struct key *key, const void *field) {
    (void)key;
    dump_style(dump, *(const uint32_t *)field);
}

static void write_flag(struct dump *dump, const struct key *key, const void *field) {
    (void)dump, (void)key, (void)field; /* its name says it */
}

static void write_mapping(struct dump *dump, const struct key *key, const void *field) {
    dump_keys(dump, key->of, field);
}

/* NULL: texts stand on lines of their own, below. */
static void (*const writers[])(struct dump *dump, const struct key *key, const void *field) = {
#define TYPE(id, takes, read, store, dump, ...) [TYPE_##id] = dump,
#include "layout/types.def"
#undef TYPE
};

static bool is_zero(const char *bytes, size_t size) {
    while (size > 0 && bytes[size - 1] == 0) {
        size--;
    }
    return size == 0;
}

/* NO_QUERY, NO_COLOUR and the word that holds anyway too. */
static bool is_nothing(const struct key *key, const void *field) {
    if (key->type == TYPE_QUERY || key->type == TYPE_CONDITION || key->type == TYPE_COLOUR) {
        return *(const uint32_t *)field == NO_QUERY;
    }
    if (key->type == TYPE_CHOICE) {
        return str_is(schema_choice(key, (size_t)*numbers_of(field)), key->initial);
    }
    return key->type != TYPE_STYLE && is_zero(field, key->size);
}

void dump_value(struct dump *dump, const struct key *key, const void *object) {
    const void *field = (const char *)object + key->at;
    if (key->size > 0 && writers[key->type] != NULL && !is_nothing(key, field)) {
        writers[key->type](dump, key, field);
    }
}

void dump_key(struct dump *dump, const struct key *key, const void *object) {
    const void *field = (const char *)object + key->at;
    if (key->size > 0 && writers[key->type] != NULL && !is_nothing(key, field)) {
        dump_word(dump, str_from(key->name));
        writers[key->type](dump, key, field);
    }
}

void dump_keys(struct dump *dump, enum mapping_kind kind, const void *object) {
    const struct mapping_schema *schema = schema_of(kind);
    for (size_t i = 0; i < schema->count; i++) {
        dump_key(dump, &schema->keys[i], object);
    }
}
