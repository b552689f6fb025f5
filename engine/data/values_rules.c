/* values_rules.c: rules that don't fit the database, and columns that need a rule.
 *
 * A rule for a table or column that isn't there would look as if it checked something; so would a second rule for a
 * column, and one for a column whose values can't be wrong. */
#include "data/values_internal.h"

#include "base/nearest.h"

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

/* The columns of a table; of all tables when it is NULL. */
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

/* The column; NULL, and told, when there is none. */
static const struct looked_column *find_column(const struct values *values, sqlite3 *db, struct str table,
                                               struct str column, struct place place, struct diags *diags) {
    const struct looked_table *found = value_every_table(table) ? NULL : find_table(values, table);
    if (found == NULL && !value_every_table(table)) {
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

/* Tells why the rule of one table's column has no effect. */
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
        if (column != NULL && column->rule == NULL && rule->form != VALUE_ANY && !value_every_table(rule->table)) {
            tell_unused(db, rule, diags);
        }
    }
    for (size_t i = 0; i < rules->record_count; i++) {
        const struct value_record *record = &rules->records[i];
        find_column(values, db, record->table, record->column, record->place, diags);
    }
}

/* --- columns without a rule --------------------------------------------------------------------------------------- */

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

/* Was a line told that names this column nearly? */
static bool is_told(const struct diags *diags, struct str table, struct str column) {
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        if (diag->code == DIAG_D303 && str_eq(diag->args[0], table) && str_eq(diag->args[2], column)) {
            return true;
        }
    }
    return false;
}

void values_tell_unlisted(const struct values *values, struct diags *diags) {
    for (size_t i = 0; i < values->count; i++) {
        const struct looked_table *table = &values->tables[i];
        for (size_t c = 0; c < table->count; c++) {
            const struct str column = table->columns[c].name;
            if (table->columns[c].is_text && looks_dated(values, column) &&
                values_rule_of(values->rules, table->name, column) == NULL && !is_told(diags, table->name, column)) {
                DIAG_ADD(diags, D323, ((struct place){.file = values->rules->file}), table->name, column);
            }
        }
    }
}
