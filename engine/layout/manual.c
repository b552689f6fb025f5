/* manual.c: the tables of layouts/README.md: keys, written from the schema, and filters, written from theirs. */
#include "layout/schema.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "filter/filter.h"

/* What a value looks like, by type. */
static const char *const type_texts[] = {
    [TYPE_STRING] = "text without placeholders",
    [TYPE_TEMPLATE] = "text",
    [TYPE_SOURCE] = "text",
    [TYPE_DRAWN] = "drawn rows",
    [TYPE_SQL] = "SQL",
    [TYPE_NAME] = "a name",
    [TYPE_COLUMN] = "a column",
    [TYPE_QUERY] = "a query",
    [TYPE_CONDITION] = "a column or a query",
    [TYPE_STYLE] = "a style",
    [TYPE_NAMES] = "a name, or `[name, name]`",
    [TYPE_CODES] = "a list of codes",
    [TYPE_LENGTH] = "a length",
    [TYPE_SIZE] = "a length",
    [TYPE_MARGINS] = "one or four lengths",
    [TYPE_THICKNESS] = "a length",
    [TYPE_EM_LENGTH] = "a length, also in em",
    [TYPE_LEADING] = "a factor or a length",
    [TYPE_NUMBER] = "a whole number",
    [TYPE_NUMBERS] = "whole numbers",
    [TYPE_PAIR] = "two whole numbers",
    [TYPE_YES_NO] = "`yes` or `no`",
    [TYPE_CHOICE] = "",
    [TYPE_COLOUR] = "a colour",
    [TYPE_PAPER] = "a paper size",
    [TYPE_BINDING] = "`left 25mm, duplex`",
    [TYPE_STROKE] = "`3pt double`",
    [TYPE_WIDTHS] = "`12mm 1fr auto 48*8mm`",
    [TYPE_PAGES] = "`400 pages`",
    [TYPE_ROW_HEIGHT] = "`at least 8mm`",
    [TYPE_PAD] = "a whole number, or `foot`",
    [TYPE_WIDE] = "`split, repeat 2`",
    [TYPE_CELLS] = "`query by column, column`",
    [TYPE_SHRINK] = "`shrink 小四`",
    [TYPE_SHIFT] = "`0.3mm -0.2mm`",
    [TYPE_SCALE] = "`100.1%`",
    [TYPE_MAPPING] = "keys, below",
    [TYPE_SHORT] = "keys, below, or a value for the first of them",
    [TYPE_NAMED] = "names",
    [TYPE_LIST] = "a list",
    [TYPE_BLOCKS] = "a list of blocks",
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
