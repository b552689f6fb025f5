/* schema.h: the layout language as a table, made of keys.def. For each kind of mapping its keys with type, what the value may be,
 * default, and a line of help.
 *
 * The reader walks it (setting.h); messages, the manual's tables of keys (schema_manual), the JSON Schema and "did you mean" come
 * from it. To add a key: engine/README.md. */
#ifndef LAYOUT_SCHEMA_H
#define LAYOUT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* TYPE_STRING, TYPE_TEMPLATE … */
enum key_type {
#define TYPE(id, ...) TYPE_##id,
#include "layout/types.def"
#undef TYPE
    TYPE_COUNT
};

/* MAPPING_FILE, MAPPING_DOCUMENT … */
enum mapping_kind {
#define MAPPING(id, ...) MAPPING_##id,
#include "layout/keys.def"
    MAPPING_KIND_COUNT,
    MAPPING_NONE = MAPPING_KIND_COUNT
};

/* For each mapping the places of its keys, and how many there are: KEY_SHEET_CARD, KEY_SHEET_PAPER … KEYS_OF_SHEET. */
/* clang-format off */
#define MAPPING(id, ...)  enum {
#define KEY(mapping, id, ...) KEY_##mapping##_##id,
#define END(id)           KEYS_OF_##id };
#include "layout/keys.def"
/* clang-format on */
/* The first keys of a block say what it is, in the order of enum block_kind; the others go with them. */
#define BLOCK_KIND_KEYS KEY_BLOCK_BODY
/* The most keys that a kind of mapping has. */
enum {
    KEYS_AT_MOST = sizeof(union {
#define MAPPING(id, ...) char of_##id[KEYS_OF_##id];
#include "layout/keys.def"
    })
};

/* A row of the table; all of it constant. Texts are UTF-8; what is said in both languages is one text as diag_both has it. */
struct key {
    const char *name;
    enum key_type type;
    const char *values;  /* as the type says; "" for none */
    const char *initial; /* what holds when it isn't given; "" for nothing */
    bool required;
    enum mapping_kind of; /* of TYPE_MAPPING, TYPE_SHORT and TYPE_NAMED */
    const char *help;     /* one line */
    size_t at, size;      /* of its field in the mapping's struct (apply.c); size 0: a reader of its own stores it */
};
/* A kind of mapping with its keys in the order of keys.def, which are their numbers (KEY_…). */
struct mapping_schema {
    const char *definition; /* its name in the JSON Schema */
    const char *name;       /* as messages and the manual call it: `document:`, a block */
    const char *chinese;    /* the same in Chinese messages; NULL where it is a key, which is the same in both */
    const char *help;
    const struct key *keys;
    size_t count;
};

/* Never NULL. `kind` is one of them, not MAPPING_NONE. */
const struct mapping_schema *schema_of(enum mapping_kind kind);
/* The row of a key by its number, which must be less than the kind's count. */
const struct key *schema_key(enum mapping_kind kind, size_t key);
/* Is it a key of any kind of mapping? */
bool schema_knows(struct str name);
/* Of TYPE_NAMED: the row of what each name stands for; type TYPE_NAMED where that is a mapping. */
struct key schema_item(const struct key *named);
/* Does key `key` of a block (KEY_BLOCK_…) go with the key `kind` that says what the block is (BLOCK_GROUP: with a body alone)?
 * (blocks.c) */
bool block_key_goes_with(size_t kind, size_t key);
/* Must it be there? */
bool block_key_needs(size_t kind, size_t key);
/* The word of a TYPE_CHOICE at its place, from 0. */
struct str schema_choice(const struct key *key, size_t place);
struct buffer;
/* The manual's tables of keys, in Markdown (manual.c), one for each kind of mapping; appended, as all of these. */
void schema_manual(struct buffer *out);
/* The table of filters, each with its example (filter/filter.h). */
void schema_manual_filters(struct buffer *out);
/* The same as the man page dossier-layout(5), in mdoc (man_page.c). */
void schema_man_page(struct buffer *out);
/* The language as a JSON Schema, for editors (json_schema.c). */
void schema_json(struct buffer *out);

/* The candidate that was meant by a word that is none of them: one that is near, or one that people know under this word
 * (aliases.c). Borrowed; STR_NONE when there is none. */
struct str name_meant(struct str written, const struct str *candidates, size_t count);

#endif
