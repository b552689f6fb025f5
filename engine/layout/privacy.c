/* privacy.c: privacy.yaml.
 *
 *     columns:
 *       student.id_card: {school: full, inspector: id, family: full, public: nothing}
 *       "*.phone":       {school: full, inspector: phone, family: full, public: nothing}
 *     personal: ["*phone*", id_card]
 *
 *     rows:
 *       care_event: {family: own, public: none}
 *     own: {column: student_id, children: SELECT …}
 *
 * Names of masks are checked where masks are known, SQL where the tables are. */
#include "layout/privacy.h"

#include "layout/builder.h"

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
    const size_t point = str_find_byte(text, '.');
    *table = str_slice(text, 0, point);
    *column = str_slice(text, point + 1, text.n);
    return point < text.n && (str_is(*table, "*") || name_is_valid(*table)) && name_is_valid(*column);
}

/* Nothing when the key isn't there. */
static void read_sql(struct reader *reader, struct str name, const struct setting *setting, struct named_query *out) {
    struct builder builder = {.reader = reader, .arena = reader->arena};
    if (setting->node != NULL) {
        query_read(&builder, name, setting->key_place, setting->node, out);
    }
}

/* A reader's rows, where nothing is said of them. */
static struct str rows_initial(size_t reader) {
    return str_from(schema_key(MAPPING_ROWS, reader)->initial);
}

static bool read_line(struct reader *reader, const struct pair *pair, struct privacy_line *line) {
    struct setting keys[KEYS_OF_READERS];
    *line = (struct privacy_line){0};
    line->place = pair->key->place;
    if (!split_column(pair->key->text, &line->table, &line->column)) {
        TELL(reader, L242, pair->key->place, pair->key->text);
        return false;
    }
    if (!settings_read(reader, pair->value, MAPPING_READERS, pair->key->text, keys)) {
        return false;
    }
    for (size_t i = 0; i < KEY_READERS_WHEN; i++) {
        read_sql(reader, pair->key->text, &keys[i], &line->masks[i]);
    }
    read_sql(reader, pair->key->text, &keys[KEY_READERS_WHEN], &line->when);
    return true;
}

static enum rows_shown shown_of(struct str word) {
    return str_is(word, "all")    ? ROWS_ALL
           : str_is(word, "none") ? ROWS_NONE
           : str_is(word, "own")  ? ROWS_OWN
                                  : ROWS_WHERE;
}

/* family: self */
static void tell_no_rows(struct reader *reader, const struct setting *rows) {
    static const struct str words[] = {STR_INIT("all"), STR_INIT("none"), STR_INIT("own")};
    const size_t count = sizeof words / sizeof words[0];
    const struct str meant = rows->node != NULL ? name_meant(rows->text, words, count) : STR_NONE;
    if (meant.n > 0 && !str_eq(meant, rows->text)) {
        TELL(reader, L221, rows->place, rows->name, rows->text, meant);
    }
}

static bool read_rows_of(struct reader *reader, const struct pair *pair, struct privacy_row_line *line) {
    struct setting keys[KEYS_OF_ROWS];
    *line = (struct privacy_row_line){.place = pair->key->place, .table = pair->key->text};
    if (!str_is(line->table, "*") && !name_is_valid(line->table)) {
        TELL(reader, L241, pair->key->place, line->table, name_mended(reader->arena, line->table));
        return false;
    }
    if (!settings_read(reader, pair->value, MAPPING_ROWS, pair->key->text, keys)) {
        return false;
    }
    for (size_t i = 0; i < KEYS_OF_ROWS; i++) {
        line->rows[i] = (struct named_query){.name = line->table, .place = line->place, .sql = rows_initial(i)};
        read_sql(reader, line->table, &keys[i], &line->rows[i]);
        tell_no_rows(reader, &keys[i]);
        line->shown[i] = shown_of(line->rows[i].sql);
    }
    return true;
}

static void read_rows(struct reader *reader, const struct setting *rows, struct privacy_spec *spec) {
    const size_t count = rows->node != NULL ? rows->node->count : 0;
    spec->row_lines = ARENA_ARRAY(reader->arena, struct privacy_row_line, count);
    for (size_t i = 0; i < count; i++) {
        if (read_rows_of(reader, &rows->node->pairs[i], &spec->row_lines[spec->row_count])) {
            spec->row_count++;
        }
    }
}

static void read_own(struct reader *reader, const struct setting *own, struct privacy_spec *spec) {
    struct setting keys[KEYS_OF_OWN];
    if (own->node == NULL || !settings_read_short(reader, own, MAPPING_OWN, keys)) {
        return;
    }
    struct builder builder = {.reader = reader, .arena = reader->arena};
    settings_apply(&builder, MAPPING_OWN, keys, spec, own->place);
    read_sql(reader, STR("own"), &keys[KEY_OWN_CHILDREN], &spec->own_children);
}

static void check_personal(struct reader *reader, const struct names *personal) {
    for (size_t i = 0; i < personal->count; i++) {
        if (!is_pattern(personal->items[i])) {
            TELL(reader, L241, personal->places[i], personal->items[i], name_mended(reader->arena, personal->items[i]));
        }
    }
}

void privacy_read(struct reader *reader, const struct source *source, struct privacy_spec *spec) {
    struct setting keys[KEYS_OF_PRIVACY];
    const size_t errors = reader->errors;
    spec->present = true;
    if (source->root != NULL && settings_read(reader, source->root, MAPPING_PRIVACY, STR_NONE, keys)) {
        struct node *columns = keys[KEY_PRIVACY_COLUMNS].node;
        size_t count = columns != NULL ? columns->count : 0;
        spec->lines = ARENA_ARRAY(reader->arena, struct privacy_line, count);
        for (size_t i = 0; i < count; i++) {
            if (read_line(reader, &columns->pairs[i], &spec->lines[spec->count])) {
                spec->count++;
            }
        }
        read_rows(reader, &keys[KEY_PRIVACY_ROWS], spec);
        read_own(reader, &keys[KEY_PRIVACY_OWN], spec);
        struct builder builder = {.reader = reader, .arena = reader->arena};
        settings_apply(&builder, MAPPING_PRIVACY, keys, spec, source->root->place);
        check_personal(reader, &spec->personal);
    }
    spec->broken = source->lost || reader->errors > errors;
}
