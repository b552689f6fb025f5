/* columns.c: columns.yaml.
 *
 *     values:
 *       "*.on_date":     {is: day}
 *       award.issued_on: {is: day, needed: "state IN('批准', '已打印', '已领')"}
 *       award.state:     {of: [拟定, 公示, 批准, 已打印, 已领, 作废], needed: yes}
 *     records:
 *       "*.student_id": SELECT dossier_no FROM left_behind WHERE student_id = :student_id
 *     dated: ["*_on", "*_date"]
 *
 * Names of tables and columns are held against the database where that is known. */
#include "layout/columns.h"

#include "layout/builder.h"
#include "layout/values.h"

static bool is_pattern(struct str name) {
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '*') {
            return true;
        }
    }
    return name_is_valid(name);
}

/* table.column; "*.column" is for every table that has it. False when it is told. */
static bool split_column(struct reader *reader, const struct node *key, struct str *table, struct str *column) {
    const size_t point = str_find_byte(key->text, '.');
    *table = str_slice(key->text, 0, point);
    *column = str_slice(key->text, point + 1, key->text.n);
    if (point < key->text.n && (str_is(*table, "*") || name_is_valid(*table)) && name_is_valid(*column)) {
        return true;
    }
    TELL(reader, L242, key->place, key->text);
    return false;
}

/* What SQL stands in a setting, with its places. */
static void read_sql(struct reader *reader, struct str name, const struct setting *setting, struct named_query *query) {
    struct builder builder = {.reader = reader, .arena = reader->arena};
    query_read(&builder, name, setting->key_place, setting->node, query);
    query->used = true;
}

static void read_needed(struct reader *reader, const struct setting *needed, struct column_line *line,
                        struct str name) {
    if (needed->node == NULL) {
        return;
    }
    line->always_needed = str_is(needed->text, "yes") || str_is(needed->text, "是");
    line->never_needed = str_is(needed->text, "no") || str_is(needed->text, "否");
    static const struct str words[] = {STR_INIT("yes"), STR_INIT("no")};
    const struct str meant = name_meant(needed->text, words, 2);
    if (!line->always_needed && !line->never_needed && meant.n > 0) {
        TELL(reader, L221, needed->place, STR("needed"), needed->text, meant);
    } else if (!line->always_needed && !line->never_needed) {
        read_sql(reader, name, needed, &line->needed);
    }
}

/* Either `is` or `of`. */
static bool read_form(struct reader *reader, const struct pair *pair, const struct setting *keys,
                      struct column_line *line) {
    if (keys[KEY_VALUE_IS].tried && keys[KEY_VALUE_OF].tried) {
        TELL(reader, L231, keys[KEY_VALUE_OF].key_place, STR("of"), STR("is"), STR("take one of the two out"));
        return false;
    }
    if (!keys[KEY_VALUE_IS].tried && !keys[KEY_VALUE_OF].tried) {
        TELL(reader, L205, pair->key->place, pair->key->text, STR("is"),
             advice_on_missing(reader, schema_key(MAPPING_VALUE, KEY_VALUE_IS)));
        return false;
    }
    const struct setting *given = keys[KEY_VALUE_IS].tried ? &keys[KEY_VALUE_IS] : &keys[KEY_VALUE_OF];
    line->form = keys[KEY_VALUE_IS].tried ? (enum column_form)given->number[0] : COLUMN_CODE;
    line->codes = given->names;
    line->code_count = given->name_count;
    return given->node != NULL;
}

static bool read_line(struct reader *reader, const struct pair *pair, struct column_line *line) {
    struct setting keys[KEYS_OF_VALUE];
    *line = (struct column_line){.place = pair->key->place};
    if (!split_column(reader, pair->key, &line->table, &line->column) ||
        !settings_read(reader, pair->value, MAPPING_VALUE, pair->key->text, keys) ||
        !read_form(reader, pair, keys, line)) {
        return false;
    }
    read_needed(reader, &keys[KEY_VALUE_NEEDED], line, pair->key->text);
    return true;
}

static bool read_record(struct reader *reader, const struct pair *pair, struct record_line *record) {
    const struct key sql = schema_item(schema_key(MAPPING_VALUES, KEY_VALUES_RECORDS));
    struct setting setting = {.key_place = pair->key->place};
    record->place = pair->key->place;
    if (!split_column(reader, pair->key, &record->table, &record->column)) {
        return false;
    }
    setting_read(reader, &sql, pair->value, &setting);
    if (setting.node != NULL) {
        read_sql(reader, pair->key->text, &setting, &record->query);
    }
    return setting.node != NULL;
}

static void check_dated(struct reader *reader, const struct names *dated) {
    for (size_t i = 0; i < dated->count; i++) {
        if (!is_pattern(dated->items[i])) {
            TELL(reader, L241, dated->places[i], dated->items[i], name_mended(reader->arena, dated->items[i]));
        }
    }
}

void columns_read(struct reader *reader, const struct source *source, struct columns_spec *spec) {
    struct setting keys[KEYS_OF_VALUES];
    const size_t errors = reader->errors;
    spec->present = true;
    if (source->root != NULL && settings_read(reader, source->root, MAPPING_VALUES, STR_NONE, keys)) {
        const struct node *values = keys[KEY_VALUES_VALUES].node, *records = keys[KEY_VALUES_RECORDS].node;
        const size_t count = values != NULL ? values->count : 0, record_count = records != NULL ? records->count : 0;
        spec->lines = ARENA_ARRAY(reader->arena, struct column_line, count);
        spec->records = ARENA_ARRAY(reader->arena, struct record_line, record_count);
        for (size_t i = 0; i < count; i++) {
            spec->count += read_line(reader, &values->pairs[i], &spec->lines[spec->count]);
        }
        for (size_t i = 0; i < record_count; i++) {
            spec->record_count += read_record(reader, &records->pairs[i], &spec->records[spec->record_count]);
        }
        struct builder builder = {.reader = reader, .arena = reader->arena};
        settings_apply(&builder, MAPPING_VALUES, keys, spec, source->root->place);
        check_dated(reader, &spec->dated);
    }
    spec->broken = source->lost || reader->errors > errors;
}
