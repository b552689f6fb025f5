/* values_scope.c: the tables that a run reads.
 *
 * A run need not look at the values of tables that its layouts never name. Names are followed through texts:
 *
 *     a query's words ──► table                       wanted
 *                    ──► view, relation               its own text is read for names in turn
 *                    ──► table with SQL in privacy.yaml  that SQL too: a mark may be shown as the least of its level
 *
 * Every word that is the name of something counts as reading it, but for one behind AS: rather one table too many.
 * Each thing is read once, so views that name each other end. */
#include "data/values_internal.h"

#include "data/sql_words.h"

/* A name that a text may read, with the texts that stand behind it. */
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

/* A reader's view of a table may depend on other tables: a mark is shown as the least of its level. */
static void read_privacy(struct reading *reading, struct str table) {
    const struct privacy *privacy = reading->privacy;
    for (size_t i = 0; privacy != NULL && i < privacy->count; i++) {
        const struct privacy_rule *rule = &privacy->rules[i];
        if (!value_every_table(rule->table) && !sql_same(rule->table, table)) {
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

/* All things of that name: a relation may bear a table's. */
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

/* Virtual tables have no root page. */
int values_read_names(struct values *values, sqlite3 *db, const struct value_scope *scope) {
    static const char sql[] =
        "SELECT name, type = 'view', sql, rootpage FROM sqlite_schema WHERE (type = 'view' OR type = 'table' AND "
        "coalesce(rootpage, 0) > 0 AND NOT " HOUSE_TABLES ") AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid";
    struct reading reading = {.values = values, .privacy = scope == NULL ? NULL : scope->privacy};
    strmap_init(&reading.names, values->arena);
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const struct str name = value_column(values->arena, statement, 0);
        const struct str sql_text = value_column(values->arena, statement, 2);
        const bool is_view = sqlite3_column_int(statement, 1) != 0;
        code = SQLITE_OK;
        if (!is_view) {
            ARENA_GROW(values->arena, values->tables, values->count, values->capacity);
            values->tables[values->count++] = (struct looked_table){
                .name = name,
                .wanted = scope == NULL,
                .root = (uint32_t)sqlite3_column_int64(statement, 3),
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
