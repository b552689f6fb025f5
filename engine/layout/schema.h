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

enum key_type {
    TYPE_STRING, /* text without placeholders */
    TYPE_TEMPLATE, /* text with placeholders, each line a paragraph; values: the role of its style; "": a reader finds it */
    TYPE_SOURCE, /* the same, but what it says isn't printed: the path of a picture, what a code holds */
    TYPE_DRAWN,  /* drawn rows */
    TYPE_SQL,
    TYPE_NAME, /* a name: of a font, kind of page, block, layout */
    TYPE_COLUMN,
    TYPE_QUERY,
    TYPE_CONDITION, /* a column or a query */
    TYPE_STYLE,     /* default: the role over which the named style is laid */
    TYPE_NAMES,     /* a list of names, or one */
    TYPE_CODES,     /* a list of what stands in the database, as it stands there */
    TYPE_LENGTH,    /* 25mm; values: least and greatest number of lengths */
    TYPE_SIZE,      /* one that is more than 0 */
    TYPE_MARGINS,   /* four lengths, or one for all */
    TYPE_THICKNESS, /* of a line: 0, or what a press can print */
    TYPE_EM_LENGTH, /* 25mm or 2em, also negative */
    TYPE_LEADING,   /* 1.5 (of the size) or a length */
    TYPE_NUMBER,    /* values: least and greatest */
    TYPE_NUMBERS,   /* the same, one or more */
    TYPE_PAIR,      /* two of them; values: the bounds, and an example */
    TYPE_YES_NO,
    TYPE_CHOICE, /* values: what may stand, parted by | */
    TYPE_COLOUR,
    TYPE_PAPER,
    TYPE_BINDING,    /* left 25mm, duplex */
    TYPE_STROKE,     /* 3pt double */
    TYPE_WIDTHS,     /* 12mm 1fr auto 48*8mm */
    TYPE_PAGES,      /* 400 pages */
    TYPE_ROW_HEIGHT, /* at least 8mm */
    TYPE_PAD,        /* 4 or foot */
    TYPE_WIDE,       /* split, repeat 2 */
    TYPE_CELLS,      /* query by column, column */
    TYPE_SHRINK,     /* shrink 小四 */
    TYPE_SHIFT,      /* 0.3mm -0.2mm; values: the greatest, in mm */
    TYPE_SCALE,      /* 100.1%; values: least and greatest in 1/1000 */
    TYPE_MAPPING,    /* keys of its own */
    TYPE_SHORT,      /* keys of its own, or a value for the first of them */
    TYPE_NAMED,      /* free names, each with keys or a value of its own */
    TYPE_LIST,       /* a list of mappings */
    TYPE_BLOCKS
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
struct mapping_schema {
    const char *definition; /* its name in the JSON Schema */
    const char *name;       /* as messages and the manual call it: `document:`, a block */
    const char *chinese;    /* the same in Chinese messages; NULL where it is a key, which is the same in both */
    const char *help;
    const struct key *keys;
    size_t count;
};

const struct mapping_schema *schema_of(enum mapping_kind kind);
const struct key *schema_key(enum mapping_kind kind, size_t key);
/* Is it a key of any kind of mapping? */
bool schema_knows(struct str name);
/* Of TYPE_NAMED: the row of what each name stands for; type TYPE_NAMED where that is a mapping. */
struct key schema_item(const struct key *named);
/* Does a key of a block go with one that says what it is (BLOCK_GROUP: with a body alone), and is it needed there? (blocks.c) */
bool block_key_goes_with(size_t kind, size_t key);
bool block_key_needs(size_t kind, size_t key);
/* The word of a TYPE_CHOICE at its place, from 0. */
struct str schema_choice(const struct key *key, size_t place);
/* The manual's tables of keys, in Markdown (manual.c). */
struct buffer;
void schema_manual(struct buffer *out);
void schema_manual_filters(struct buffer *out);
/* The language as a JSON Schema, for editors (json_schema.c). */
void schema_json(struct buffer *out);

#endif
