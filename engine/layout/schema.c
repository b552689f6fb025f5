/* schema.c: keys.def as tables. */
#include "layout/schema.h"

#include "layout/builder.h"

/* Those that two mappings share stand first in both. */
_Static_assert((int)KEY_PAGE_HEADER == (int)KEY_FILE_HEADER, "headers and footers stand first");
_Static_assert((int)KEY_TABLE_EMPTY == (int)KEY_BAND_EMPTY, "a table's band stands first");
_Static_assert((int)KEY_BLOCK_FOOTNOTE == (int)BLOCK_FOOTNOTE, "a block is what its first key says");
_Static_assert((int)KEY_STYLE_LIKE == (int)STYLE_KEY_COUNT, "a style's values are numbered as its keys");

#define REQUIRED                   true
#define OPTIONAL                   false
#define WHERE_FIELD(owner, member) offsetof(struct owner, member), sizeof(((struct owner *)NULL)->member)
/* Numbers beside each other, from the first to the last. */
#define WHERE_FIELDS(owner, first, last)                                                                               \
    offsetof(struct owner, first), offsetof(struct owner, last) + sizeof(int32_t) - offsetof(struct owner, first)
#define WHERE_SPECIAL 0, 0

/* clang-format off */
#define MAPPING(id, ...) static const struct key keys_of_##id[] = {
#define KEY(mapping, id, name, type, values, initial, required, of, where, help) \
    {name, TYPE_##type, values, initial, required, MAPPING_##of, help, WHERE_##where},
#define END(id) };
#include "layout/keys.def"
/* clang-format on */

static const struct mapping_schema schemas[MAPPING_KIND_COUNT] = {
#define MAPPING(id, definition, name, chinese, help)                                                                   \
    [MAPPING_##id] = {definition, name, chinese, help, keys_of_##id, KEYS_OF_##id},
#include "layout/keys.def"
};

const struct mapping_schema *schema_of(enum mapping_kind kind) {
    return &schemas[kind];
}

const struct key *schema_key(enum mapping_kind kind, size_t key) {
    return &schemas[kind].keys[key];
}

bool schema_knows(struct str name) {
    for (size_t i = 0; i < MAPPING_KIND_COUNT; i++) {
        for (size_t j = 0; j < schemas[i].count; j++) {
            if (str_is(name, schemas[i].keys[j].name)) {
                return true;
            }
        }
    }
    return false;
}

struct key schema_item(const struct key *named) {
    static const struct {
        const char *values;
        enum key_type type;
    } kinds[] = {{"name", TYPE_NAME}, {"sql", TYPE_SQL}, {"names", TYPE_NAMES}, {"blocks", TYPE_BLOCKS}};
    struct key item = {.name = named->name, .type = TYPE_NAMED, .values = "", .initial = "", .help = ""};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        item.type = str_is(str_from(named->values), kinds[i].values) ? kinds[i].type : item.type;
    }
    return item;
}

struct str schema_choice(const struct key *key, size_t place) {
    struct str rest = str_from(key->values), word = str_split(rest, '|', &rest);
    for (size_t i = 0; i < place; i++) {
        word = str_split(rest, '|', &rest);
    }
    return word;
}
