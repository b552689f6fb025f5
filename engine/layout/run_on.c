/* run_on.c: a key that runs on into its neighbour: `paper: A4 margins 20mm`, {kind bars, …}, `pad: 20` as a line of the rows above.
 *
 * Each is looked for by the names that the mapping around has, so that no word of a text is taken for a key. */
#include "layout/run_on.h"

#include <string.h>

#include "base/utf8.h"

/* The kind of mapping that has this row; NULL for rows of no mapping's own. */
static const struct mapping_schema *schema_with(const struct key *key) {
    for (int kind = 0; kind < MAPPING_KIND_COUNT; kind++) {
        const struct mapping_schema *schema = schema_of((enum mapping_kind)kind);
        if (key >= schema->keys && key < schema->keys + schema->count) {
            return schema;
        }
    }
    return NULL;
}

/* The longest key with which the text begins, before a blank or a colon; STR_NONE for none. */
static struct str key_at(const struct mapping_schema *schema, struct str text) {
    struct str longest = STR_NONE;
    for (size_t i = 0; i < schema->count; i++) {
        const struct str name = str_from(schema->keys[i].name);
        const bool ends = text.n > name.n && strchr(" :", text.p[name.n]) != NULL;
        longest = ends && name.n > longest.n && str_starts(text, name) ? name : longest;
    }
    return longest;
}

struct str run_on_key(const struct mapping_schema *schema, struct str text) {
    return key_at(schema, text);
}

static bool is_name(const struct key *key) {
    return key->type >= TYPE_NAME && key->type <= TYPE_STYLE;
}

/* Any words are texts, and names in a list may be any. */
static bool takes_words(const struct key *key) {
    return key->type == TYPE_STRING || key->type == TYPE_TEMPLATE || key->type == TYPE_SOURCE ||
           key->type == TYPE_DRAWN || key->type == TYPE_SQL || key->type == TYPE_NAMES || key->type == TYPE_CODES ||
           key->type == TYPE_SHORT;
}

static bool reads(struct reader *reader, const struct key *key, struct node *node, struct str text) {
    return is_name(key) ? name_is_valid(text) : text.n > 0 && value_would_read(reader, key, node, text);
}

static struct str without_end(struct str text) {
    text = str_trim(text);
    while (text.n > 0 && strchr(",; ", text.p[text.n - 1]) != NULL) {
        text.n--;
    }
    return text;
}

bool run_on_tell_value(struct reader *reader, const struct key *key, struct node *node) {
    const struct str text = node->kind == NODE_SCALAR && node->style == SCALAR_PLAIN ? node->text : STR_NONE;
    const struct mapping_schema *schema = takes_words(key) ? NULL : schema_with(key);
    if (schema == NULL || str_find_byte(text, ' ') == text.n) {
        return false;
    }
    for (size_t at = 1; at < text.n; at++) {
        const bool begins = strchr(" ,;", text.p[at - 1]) != NULL;
        const struct str next = begins ? key_at(schema, str_slice(text, at, text.n)) : STR_NONE;
        if (next.n > 0 && !reads(reader, key, node, text) &&
            reads(reader, key, node, without_end(str_slice(text, 0, at)))) {
            struct str value = str_trim(str_slice(text, at + next.n, text.n));
            value = str_starts(value, STR(":")) ? str_trim(str_slice(value, 1, value.n)) : value;
            TELL(reader, L180, node_place(node, at, (int32_t)next.n), next, str_from(key->name), value);
            return true;
        }
    }
    return false;
}

/* --- lines of keys that fell into a text -------------------------------------------------------------------------- */

/* Where the key that the line begins with ends: before `:` and a blank, or before `：`; 0 where it begins with none. */
static size_t key_of_line(const struct mapping_schema *schema, size_t first, struct str line) {
    for (size_t i = first; i < schema->count; i++) {
        const struct str name = str_from(schema->keys[i].name), behind = str_slice(line, name.n, line.n);
        if (str_starts(line, name) && (str_starts(behind, STR(": ")) || str_is(behind, ":") ||
                                       str_starts(behind, STR("：")) || str_is(behind, ": |"))) {
            return name.n;
        }
    }
    return 0;
}

size_t run_on_tell_line(struct reader *reader, enum mapping_kind kind, size_t first, struct node *node, size_t at,
                        size_t end, struct str around) {
    while (at < end && node->text.p[at] == ' ') {
        at++;
    }
    const size_t n = key_of_line(schema_of(kind), first, str_slice(node->text, at, end));
    if (n > 0) {
        TELL(reader, L151, node_place(node, at, (int32_t)n), str_slice(node->text, at, at + n), around);
    }
    return n;
}
