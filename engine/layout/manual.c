/* manual.c: the tables of layouts/README.md: keys, written from the schema, and filters, written from theirs. */
#include "layout/schema.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "filter/filter.h"

/* What a value looks like, by type. */
static const char *const type_texts[] = {
#define TYPE(id, takes, read, store, dump, text, ...) [TYPE_##id] = text,
#include "layout/types.def"
#undef TYPE
};

/* A | would end the cell. */
static void add_escaped(struct buffer *out, const char *text) {
    for (; *text != '\0'; text++) {
        buffer_add(out, *text == '|' ? STR("\\") : STR(""));
        buffer_byte(out, *text);
    }
}

static void add_choices(struct buffer *out, struct str choices) {
    for (bool first = true; choices.n > 0; first = false) {
        struct str choice = str_split(choices, '|', &choices);
        buffer_printf(out, "%s`%.*s`", first ? "" : ", ", STR_ARG(choice));
    }
}

static void add_type(struct buffer *out, const struct key *key) {
    const long least = strtol(key->values, NULL, 10);
    if (key->type == TYPE_CHOICE) {
        add_choices(out, str_from(key->values));
        return;
    }
    buffer_add(out, str_from(type_texts[key->type]));
    bool lengths = key->type == TYPE_LENGTH || key->type == TYPE_EM_LENGTH;
    if (lengths && key->values[0] != '\0' && key->values[2] != '1') {
        buffer_printf(out, ", %ld to %c of them", least, key->values[2]);
    }
}

static void add_key(struct buffer *out, const struct key *key) {
    buffer_printf(out, "| `%s` | ", key->name);
    add_type(out, key);
    if (key->required) {
        buffer_add(out, STR(" | needed | "));
    } else {
        const char *quote = key->initial[0] != '\0' ? "`" : "";
        buffer_printf(out, " | %s%s%s | ", quote, key->initial, quote);
    }
    add_escaped(out, key->help);
    buffer_add(out, STR(" |\n"));
}

void schema_manual(struct buffer *out) {
    for (enum mapping_kind kind = 0; kind < MAPPING_KIND_COUNT; kind++) {
        const struct mapping_schema *schema = schema_of(kind);
        buffer_printf(out, "### %s\n\n%s\n\n| key | value | default | |\n|---|---|---|---|\n", schema->name,
                      schema->help);
        for (size_t i = 0; i < schema->count; i++) {
            add_key(out, &schema->keys[i]);
        }
        buffer_byte(out, '\n');
    }
}

/* The first example that has an argument where the filter needs one. */
static void add_filter(struct buffer *out, const struct filter *filter) {
    const struct filter_example *example = filter->examples;
    buffer_printf(out, "| `%s%s%s` | %s | ", filter->name, filter->argument[0] != '\0' ? " " : "", filter->argument,
                  filter->help);
    if (example != NULL && example->input != NULL) {
        buffer_printf(out, "`%s%s%s`: %s → %s", filter->name, example->argument[0] != '\0' ? " " : "",
                      example->argument, example->input, example->output);
    }
    buffer_add(out, STR(" |\n"));
}

void schema_manual_filters(struct buffer *out) {
    buffer_add(out, STR("| filter | writes | example |\n|---|---|---|\n"));
    for (size_t i = 0; filter_at(i) != NULL; i++) {
        add_filter(out, filter_at(i));
    }
    buffer_byte(out, '\n');
}
