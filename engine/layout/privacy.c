/* privacy.c: privacy.yaml.
 *
 *     columns:
 *       student.id_card: {school: full, inspector: id, family: full, public: nothing}
 *       "*.phone":       {school: full, inspector: phone, family: full, public: nothing}
 *     personal: ["*phone*", id_card]
 *
 * Names of masks are checked where masks are known. */
#include "layout/privacy.h"

static bool is_pattern(struct str name) {
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '*') {
            return true;
        }
    }
    return name_is_valid(name);
}

/* table.column; "*.column" is for every table that has it. */
static bool split_column(struct str text, struct str *table, struct str *column) {
    size_t point = str_find_byte(text, '.');
    *table = str_slice(text, 0, point);
    *column = str_slice(text, point + 1, text.n);
    return point < text.n && (str_is(*table, "*") || name_is_valid(*table)) && name_is_valid(*column);
}

static bool read_line(struct reader *reader, const struct pair *pair, struct privacy_line *line) {
    struct setting keys[READERS_KEY_COUNT];
    line->place = pair->key->place;
    if (!split_column(pair->key->text, &line->table, &line->column)) {
        TELL(reader, L242, pair->key->place, pair->key->text);
        return false;
    }
    if (!settings_read(reader, pair->value, MAPPING_READERS, pair->key->text, keys)) {
        return false;
    }
    for (size_t i = 0; i < READERS_KEY_COUNT; i++) {
        line->masks[i] = keys[i].text;
    }
    return true;
}

static void read_personal(struct reader *reader, const struct setting *personal, struct privacy_spec *spec) {
    if (personal->node == NULL) {
        return;
    }
    spec->personal = personal->names;
    spec->personal_count = personal->name_count;
    for (size_t i = 0; i < personal->name_count; i++) {
        if (!is_pattern(personal->names[i])) {
            TELL(reader, L241, personal->places[i], personal->names[i]);
        }
    }
}

void privacy_read(struct reader *reader, const struct source *source, struct privacy_spec *spec) {
    struct setting keys[PRIVACY_KEY_COUNT];
    size_t errors = reader->errors;
    spec->present = true;
    if (source->root != NULL && settings_read(reader, source->root, MAPPING_PRIVACY, STR_NONE, keys)) {
        struct node *columns = keys[PRIVACY_COLUMNS].node;
        size_t count = columns != NULL ? columns->count : 0;
        spec->lines = ARENA_ARRAY(reader->arena, struct privacy_line, count);
        for (size_t i = 0; i < count; i++) {
            if (read_line(reader, &columns->pairs[i], &spec->lines[spec->count])) {
                spec->count++;
            }
        }
        read_personal(reader, &keys[PRIVACY_PERSONAL], spec);
    }
    spec->broken = source->lost || reader->errors > errors;
}
