/* values_catalogue.c: which tables there are, which rule speaks of which column, and which tables a run reads.
 *
 * A rule of one table goes before a rule of all tables. A column that the database computes is nobody's to write: a rule of all
 * tables passes it over. */
#include "data/values_parts.h"

#include "base/nearest.h"
#include "data/sql_words.h"

static struct str text_of(struct arena *arena, sqlite3_stmt *statement, int cell) {
    const char *text = (const char *)sqlite3_column_text(statement, cell);
    return text == NULL ? STR("") : str_copy(arena, (struct str){text, (size_t)sqlite3_column_bytes(statement, cell)});
}

static bool every_table(struct str table) {
    return str_is(table, "*");
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static const struct value_rule *rule_of(const struct value_rules *rules, struct str table, struct str column) {
    const struct value_rule *general = NULL;
    for (size_t i = 0; i < rules->count; i++) {
        const struct value_rule *rule = &rules->items[i];
        if (!sql_same(rule->column, column)) {
            continue;
        }
        if (sql_same(rule->table, table)) {
            return rule;
        }
        if (every_table(rule->table)) {
            general = rule;
        }
    }
    return general;
}

/* Names of rules are few and most columns have none: folded, they are found at once. */
struct rule_names {
    struct strmap columns;
    struct arena *arena;
};

static void rule_names_init(struct rule_names *names, const struct values *values) {
    names->arena = values->arena;
    strmap_init(&names->columns, values->arena);
    for (size_t i = 0; i < values->rules->count; i++) {
        bool found;
        strmap_put(&names->columns, sql_fold(values->arena, values->rules->items[i].column), &found);
    }
}

static bool rule_names_has(const struct rule_names *names, struct str column) {
    const struct arena_mark mark = arena_mark(names->arena);
    const bool has = strmap_get(&names->columns, sql_fold(names->arena, column)) != NULL;
    arena_release(names->arena, mark);
    return has;
}

enum { XINFO_NAME, XINFO_NOT_NULL, XINFO_KEY, XINFO_HIDDEN, XINFO_TYPE };

/* Is the word among the options behind a table's columns? PRAGMA table_list tells it too, but resolves every view on the way. */
static bool has_option(struct str sql, struct str option) {
    size_t end = sql.n;
    struct sql_word word;
    while (end > 0 && sql.p[end - 1] != ')') {
        end--;
    }
    for (size_t offset = end; sql_next(sql, &offset, &word);) {
        if (sql_is(&word, option)) {
            return true;
        }
    }
    return false;
}

/* In a STRICT table a column of numbers takes no text. */
static bool holds_text(const struct looked_table *table, sqlite3_stmt *statement) {
    const char *type = (const char *)sqlite3_column_text(statement, XINFO_TYPE);
    return !table->is_strict || sqlite3_stricmp(type, "TEXT") == 0 || sqlite3_stricmp(type, "ANY") == 0;
}

static bool is_text(sqlite3_stmt *statement) {
    static const char *const types[] = {"%text%", "%char%", "%clob%", "%date%", "%time%", ""};
    const char *type = (const char *)sqlite3_column_text(statement, XINFO_TYPE);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (sqlite3_strlike(types[i], type, 0) == 0) {
            return sqlite3_column_int(statement, XINFO_HIDDEN) == 0;
        }
    }
    return false;
}

static void add_column(struct values *values, struct looked_table *table, sqlite3_stmt *statement,
                       const struct rule_names *names, size_t *capacity) {
    const int key = sqlite3_column_int(statement, XINFO_KEY);
    struct looked_column column = {.name = text_of(values->arena, statement, XINFO_NAME),
                                   .may_be_null = sqlite3_column_int(statement, XINFO_NOT_NULL) == 0 &&
                                                  !(table->is_without_rowid && key > 0),
                                   .is_text = is_text(statement)};
    const bool written = sqlite3_column_int(statement, XINFO_HIDDEN) == 0 && holds_text(table, statement);
    if (written && rule_names_has(names, column.name)) {
        column.rule = rule_of(values->rules, table->name, column.name);
    }
    if (column.rule != NULL && column.rule->form == VALUE_ANY) {
        column.rule = NULL;
    }
    ARENA_GROW(values->arena, table->columns, table->count, *capacity);
    table->columns[table->count++] = column;
    if (key > 0 && (size_t)key > table->key_count) {
        table->key_count = (size_t)key;
    }
}

static bool is_name(const struct looked_table *table, const char *name) {
    for (size_t i = 0; i < table->count; i++) {
        if (sql_same(table->columns[i].name, str_from(name))) {
            return true;
        }
    }
    return false;
}

static void find_record(const struct values *values, struct looked_table *table) {
    for (size_t general = 0; general < 2 && table->record == NULL; general++) {
        for (size_t i = 0; i < values->rules->record_count && table->record == NULL; i++) {
            const struct value_record *record = &values->rules->records[i];
            if (general == 1 ? !every_table(record->table) : !sql_same(record->table, table->name)) {
                continue;
            }
            for (size_t c = 0; c < table->count; c++) {
                if (sql_same(table->columns[c].name, record->column)) {
                    table->record = record;
                    table->record_column = c;
                }
            }
        }
    }
}

static int read_columns(struct values *values, struct looked_table *table, sqlite3_stmt *statement,
                        const struct rule_names *names) {
    size_t capacity = 0;
    int code;
    table->keys = NULL;
    sqlite3_bind_text(statement, 1, table->name.p, (int)table->name.n, SQLITE_STATIC);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        add_column(values, table, statement, names, &capacity);
    }
    sqlite3_reset(statement);
    if (code != SQLITE_DONE) {
        return code;
    }
    table->keys = ARENA_ARRAY(values->arena, struct str, table->key_count);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (sqlite3_column_int(statement, XINFO_KEY) > 0) {
            table->keys[sqlite3_column_int(statement, XINFO_KEY) - 1] = text_of(values->arena, statement, XINFO_NAME);
        }
    }
    sqlite3_reset(statement);
    table->has_rowid_name = !is_name(table, "rowid");
    find_record(values, table);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int read_all_columns(struct values *values, sqlite3 *db) {
    static const char sql[] = "SELECT name, \"notnull\", pk, hidden, type FROM pragma_table_xinfo(?1, 'main') "
                              "WHERE hidden <> 1 ORDER BY cid";
    sqlite3_stmt *statement = NULL;
    struct rule_names names;
    rule_names_init(&names, values);
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    for (size_t i = 0; i < values->count && code == SQLITE_OK; i++) {
        if (values->tables[i].wanted) {
            code = read_columns(values, &values->tables[i], statement, &names);
        }
    }
    sqlite3_finalize(statement);
    return code;
}

/* --- which tables ------------------------------------------------------------------------------------------------- */

/* What has a name that a text may read: a table, or a text itself. */
struct readable {
    struct str name; /* folded */
    size_t table;    /* 1 + index, 0: it is a view or relation */
    struct str texts[2];
    bool read;
};
struct reading {
    struct values *values;
    const struct privacy *privacy;
    struct readable *items;
    size_t count, capacity;
    struct strmap names; /* index of the first of its name */
};

static void add_readable(struct reading *reading, struct str name, size_t table, struct str text, struct str other) {
    bool found;
    const struct str folded = sql_fold(reading->values->arena, name);
    uint32_t *index = strmap_put(&reading->names, folded, &found);
    if (!found) {
        *index = (uint32_t)reading->count;
    }
    ARENA_GROW(reading->values->arena, reading->items, reading->count, reading->capacity);
    reading->items[reading->count++] = (struct readable){folded, table, {text, other}, false};
}

static void read_text(struct reading *reading, struct str text);

/* What a reader gets of a table may hang on other tables: a mark is shown as the least of its level. */
static void read_privacy(struct reading *reading, struct str table) {
    const struct privacy *privacy = reading->privacy;
    for (size_t i = 0; privacy != NULL && i < privacy->count; i++) {
        const struct privacy_rule *rule = &privacy->rules[i];
        if (!every_table(rule->table) && !sql_same(rule->table, table)) {
            continue;
        }
        for (size_t reader = 0; reader < READER_COUNT; reader++) {
            read_text(reading, rule->sql[reader].sql);
        }
        read_text(reading, rule->when.sql);
    }
    for (size_t i = 0; privacy != NULL && i < privacy->row_count; i++) {
        for (size_t reader = 0; reader < READER_COUNT && sql_same(privacy->rows[i].table, table); reader++) {
            read_text(reading, privacy->rows[i].where[reader].sql);
        }
    }
}

/* A relation may bear a table's name. */
static void read_name(struct reading *reading, struct str word) {
    const struct arena_mark mark = arena_mark(reading->values->arena);
    const uint32_t *first = strmap_get(&reading->names, sql_fold(reading->values->arena, word));
    arena_release(reading->values->arena, mark);
    for (size_t i = first == NULL ? reading->count : *first; i < reading->count; i++) {
        struct readable *item = &reading->items[i];
        if (item->read || !sql_same(item->name, word)) {
            continue;
        }
        item->read = true;
        if (item->table > 0) {
            reading->values->tables[item->table - 1].wanted = true;
        }
        read_privacy(reading, item->name);
        read_text(reading, item->texts[0]);
        read_text(reading, item->texts[1]);
    }
}

/* Every word that is a name of something is taken as reading it, but for one behind AS: rather one table too many. */
static void read_text(struct reading *reading, struct str text) {
    struct sql_word word;
    bool renamed = false;
    for (size_t offset = 0; sql_next(text, &offset, &word);) {
        if (word.kind == SQL_NAME && !renamed) {
            read_name(reading, word.text);
        }
        renamed = sql_is(&word, STR("as"));
    }
}

static void read_scope(struct reading *reading, const struct value_scope *scope) {
    for (size_t i = 0; scope->relations != NULL && i < scope->relations->count; i++) {
        const struct relation *relation = &scope->relations->items[i];
        add_readable(reading, relation->name, 0, relation->rows.sql, relation->tests.sql);
    }
    for (size_t i = 0; i < scope->count; i++) {
        read_text(reading, scope->texts[i]);
    }
}

/* Virtual tables have no root page. */
static int read_names(struct values *values, sqlite3 *db, const struct value_scope *scope) {
    static const char sql[] =
        "SELECT name, type = 'view', sql FROM sqlite_schema WHERE (type = 'view' OR type = 'table' AND "
        "coalesce(rootpage, 0) > 0) AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid";
    struct reading reading = {.values = values, .privacy = scope == NULL ? NULL : scope->privacy};
    strmap_init(&reading.names, values->arena);
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const struct str name = text_of(values->arena, statement, 0);
        const struct str sql_text = text_of(values->arena, statement, 2);
        const bool is_view = sqlite3_column_int(statement, 1) != 0;
        code = SQLITE_OK;
        if (!is_view) {
            ARENA_GROW(values->arena, values->tables, values->count, values->capacity);
            values->tables[values->count++] = (struct looked_table){
                .name = name,
                .wanted = scope == NULL,
                .is_strict = has_option(sql_text, STR("strict")),
                .is_without_rowid = has_option(sql_text, STR("rowid")),
            };
        }
        if (scope != NULL) {
            add_readable(&reading, name, is_view ? 0 : values->count, is_view ? sql_text : STR(""), STR(""));
        }
    }
    sqlite3_finalize(statement);
    if (code == SQLITE_DONE && scope != NULL) {
        read_scope(&reading, scope);
    }
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static void number_columns(struct values *values) {
    size_t count = 0;
    for (size_t i = 0; i < values->count; i++) {
        for (size_t c = 0; c < values->tables[i].count; c++) {
            count += values->tables[i].columns[c].rule != NULL;
        }
    }
    values->numbered = ARENA_ARRAY(values->arena, const struct looked_column *, count);
    for (size_t i = 0; i < values->count; i++) {
        for (size_t c = 0; c < values->tables[i].count; c++) {
            struct looked_column *column = &values->tables[i].columns[c];
            column->number = values->numbered_count;
            if (column->rule != NULL) {
                values->numbered[values->numbered_count++] = column;
            }
        }
    }
}

int values_read_catalogue(struct values *values, sqlite3 *db, const struct value_scope *scope) {
    int code = read_names(values, db, scope);
    if (code == SQLITE_OK) {
        code = read_all_columns(values, db);
    }
    number_columns(values);
    return code;
}

/* --- rules that don't fit ----------------------------------------------------------------------------------------- */

static const struct looked_table *find_table(const struct values *values, struct str name) {
    for (size_t i = 0; i < values->count; i++) {
        if (sql_same(values->tables[i].name, name)) {
            return &values->tables[i];
        }
    }
    return NULL;
}

static bool is_view(sqlite3 *db, struct str name) {
    sqlite3_stmt *statement = NULL;
    bool view = false;
    if (sqlite3_prepare_v2(db, "SELECT 1 FROM sqlite_schema WHERE type = 'view' AND name = ?1 COLLATE NOCASE", -1,
                           &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, name.p, (int)name.n, SQLITE_STATIC);
        view = sqlite3_step(statement) == SQLITE_ROW;
    }
    sqlite3_finalize(statement);
    return view;
}

/* The columns of a table, or of all. */
static struct str *column_names(const struct values *values, const struct looked_table *table, size_t *count) {
    struct str *names = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < values->count; i++) {
        for (size_t c = 0; (table == NULL || table == &values->tables[i]) && c < values->tables[i].count; c++) {
            ARENA_GROW(values->arena, names, *count, capacity);
            names[(*count)++] = values->tables[i].columns[c].name;
        }
    }
    return names;
}

static void tell_table(const struct values *values, sqlite3 *db, struct str name, struct place place,
                       struct diags *diags) {
    struct str *names = ARENA_ARRAY(values->arena, struct str, values->count);
    for (size_t i = 0; i < values->count; i++) {
        names[i] = values->tables[i].name;
    }
    const struct str near = nearest_name(name, names, values->count);
    if (is_view(db, name)) {
        DIAG_ADD(diags, D321, place, name);
    } else {
        diag_add(diags, near.n > 0 ? DIAG_D301 : DIAG_D302, place, (const struct str[4]){name, near});
    }
}

/* NULL when there is no such column, which is told. */
static const struct looked_column *find_column(const struct values *values, sqlite3 *db, struct str table,
                                               struct str column, struct place place, struct diags *diags) {
    const struct looked_table *found = every_table(table) ? NULL : find_table(values, table);
    if (found == NULL && !every_table(table)) {
        tell_table(values, db, table, place, diags);
        return NULL;
    }
    for (size_t i = 0; i < values->count; i++) {
        for (size_t c = 0; (found == NULL || found == &values->tables[i]) && c < values->tables[i].count; c++) {
            if (sql_same(values->tables[i].columns[c].name, column)) {
                return &values->tables[i].columns[c];
            }
        }
    }
    size_t count;
    const struct str *names = column_names(values, found, &count);
    const struct str near = nearest_name(column, names, count);
    diag_add(diags, near.n > 0 ? DIAG_D303 : DIAG_D304, place, (const struct str[4]){table, column, near});
    return NULL;
}

static bool is_second(const struct values *values, size_t index, struct diags *diags) {
    const struct value_rule *rule = &values->rules->items[index];
    for (size_t i = 0; i < index; i++) {
        const struct value_rule *earlier = &values->rules->items[i];
        if (sql_same(earlier->table, rule->table) && sql_same(earlier->column, rule->column)) {
            DIAG_ADD(diags, D322, rule->place, rule->table, rule->column)->also = earlier->place;
            return true;
        }
    }
    return false;
}

/* Why a rule of one table's column has no effect. */
static void tell_unused(sqlite3 *db, const struct value_rule *rule, struct diags *diags) {
    sqlite3_stmt *statement = NULL;
    bool computed = false;
    if (sqlite3_prepare_v2(db, "SELECT hidden FROM pragma_table_xinfo(?1, 'main') WHERE name = ?2 COLLATE NOCASE", -1,
                           &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, rule->table.p, (int)rule->table.n, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, rule->column.p, (int)rule->column.n, SQLITE_STATIC);
        computed = sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) > 1;
    }
    sqlite3_finalize(statement);
    DIAG_ADD(diags, D324, rule->place, rule->table, rule->column,
             computed ? BOTH("computed by the database", "由数据库计算得出的")
                      : BOTH("a column of numbers in a STRICT table", "STRICT 表中的数值列"));
}

void values_check_rules(const struct values *values, sqlite3 *db, struct diags *diags) {
    const struct value_rules *rules = values->rules;
    for (size_t i = 0; i < rules->count; i++) {
        const struct value_rule *rule = &rules->items[i];
        if (is_second(values, i, diags)) {
            continue;
        }
        const struct looked_column *column = find_column(values, db, rule->table, rule->column, rule->place, diags);
        if (column != NULL && column->rule == NULL && rule->form != VALUE_ANY && !every_table(rule->table)) {
            tell_unused(db, rule, diags);
        }
    }
    for (size_t i = 0; i < rules->record_count; i++) {
        const struct value_record *record = &rules->records[i];
        find_column(values, db, record->table, record->column, record->place, diags);
    }
}

/* --- columns that no rule speaks of ------------------------------------------------------------------------------- */

static bool looks_dated(const struct values *values, struct str column) {
    const struct arena_mark mark = arena_mark(values->arena);
    const char *name = str_c(values->arena, sql_fold(values->arena, column));
    bool dated = false;
    for (size_t i = 0; i < values->rules->dated_count && !dated; i++) {
        dated = sqlite3_strglob(str_c(values->arena, sql_fold(values->arena, values->rules->dated[i])), name) == 0;
    }
    arena_release(values->arena, mark);
    return dated;
}

void values_tell_unlisted(const struct values *values, struct diags *diags) {
    for (size_t i = 0; i < values->count; i++) {
        const struct looked_table *table = &values->tables[i];
        for (size_t c = 0; c < table->count; c++) {
            const struct str column = table->columns[c].name;
            if (table->columns[c].is_text && looks_dated(values, column) &&
                rule_of(values->rules, table->name, column) == NULL) {
                DIAG_ADD(diags, D323, ((struct place){.file = values->rules->file}), table->name, column);
            }
        }
    }
}
