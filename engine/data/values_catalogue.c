/* values_catalogue.c: tables, their columns, and the rule for each column.
 *
 * A rule of one table goes before a rule of all tables. A column that the database computes is nobody's to write: a
 * rule of all tables passes over it. */
#include "data/values_internal.h"

const struct value_rule *values_rule_of(const struct value_rules *rules, struct str table, struct str column) {
    const struct value_rule *general = NULL;
    for (size_t i = 0; i < rules->count; i++) {
        const struct value_rule *rule = &rules->items[i];
        if (!sql_same(rule->column, column)) {
            continue;
        }
        if (sql_same(rule->table, table)) {
            return rule;
        }
        if (value_every_table(rule->table)) {
            general = rule;
        }
    }
    return general;
}

/* Names of rules are few and most columns have none: folded into a map, they are found at once. */
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
enum { XINFO_VIRTUAL = 2 }; /* hidden: computed when it is read */

/* In a STRICT table a column of numbers holds no text. */
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
    struct looked_column column = {.name = value_column(values->arena, statement, XINFO_NAME),
                                   .may_be_null = sqlite3_column_int(statement, XINFO_NOT_NULL) == 0 &&
                                                  !(table->is_without_rowid && key > 0),
                                   .is_text = is_text(statement),
                                   .is_stored = sqlite3_column_int(statement, XINFO_HIDDEN) != XINFO_VIRTUAL,
                                   .key = (size_t)key};
    const bool written = sqlite3_column_int(statement, XINFO_HIDDEN) == 0 && holds_text(table, statement);
    if (written && rule_names_has(names, column.name)) {
        column.rule = values_rule_of(values->rules, table->name, column.name);
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
            if (general == 1 ? !value_every_table(record->table) : !sql_same(record->table, table->name)) {
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
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i].key > 0) {
            table->keys[table->columns[i].key - 1] = table->columns[i].name;
        }
    }
    table->has_rowid_name = !is_name(table, "rowid");
    find_record(values, table);
    return SQLITE_OK;
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
    int code = values_read_names(values, db, scope);
    if (code == SQLITE_OK) {
        code = read_all_columns(values, db);
    }
    number_columns(values);
    return code;
}
