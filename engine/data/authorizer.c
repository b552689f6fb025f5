/* authorizer.c: the callback that SQLite asks before it compiles a step of a query.
 *
 * Allowed are SELECT, recursion, functions but those listed here, and reading
 *     a view of ours                               (temp, a name in the catalogue)
 *     a table from within a view                   (the random schema, a name in the catalogue whose view is laid)
 *     json_each, json_tree                         (main)
 * All else is refused, and kept for the message. A name whose view isn't laid (lay.c) would be the file's own table: nothing of it is
 * read, not even how many rows it has. SQLite also tells the view that reads a table, but that proves
 * nothing: a CTE of the same name passes for it. The schema's name does, since nobody knows it. */
#include "data/session.h"

#include <string.h>

static int refuse(struct session *session, int action, const char *name) {
    if (session->denied.action == 0) {
        session->denied = (struct denial){action, str_copy(session->arena, str_from(name))};
    }
    return SQLITE_DENY;
}

/* count(*) reads no column; SQLite then gives the name as the query has it, perhaps that of a CTE. */
bool authorizer_may_count(const struct session *session, struct str name) {
    const struct arena_mark mark = arena_mark(session->arena);
    const struct str folded = sql_fold(session->arena, name);
    bool inside = str_starts(folded, STR("sqlite_")) || str_starts(folded, STR("pragma_")) ||
                  strmap_get(&session->refused, folded) != NULL;
    arena_release(session->arena, mark);
    return !inside;
}

/* Does its view stand before the table? */
static bool is_laid(const struct session *session, struct str name) {
    const struct table *table = catalogue_find(session, name);
    return table != NULL && table->laid;
}

/* A view has no rowid: SQLite would give NULL for it and say nothing. */
static bool is_rowid(const struct session *session, const char *table, const char *column) {
    const struct table *shown = catalogue_find(session, str_from(table));
    if (strcmp(column, "ROWID") != 0 || shown == NULL) {
        return false;
    }
    for (size_t i = 0; i < shown->column_count; i++) {
        if (str_is(shown->columns[i], column)) {
            return false;
        }
    }
    return true;
}

static bool may_read(const struct session *session, const char *table, const char *column, const char *schema,
                     const char *reader) {
    const struct str name = str_from(table);
    if (schema == NULL) {
        return authorizer_may_count(session, name) && (catalogue_find(session, name) == NULL || is_laid(session, name));
    }
    if (strcmp(schema, session->schema) == 0) {
        return (reader != NULL || column[0] == '\0') && is_laid(session, name);
    }
    if (strcmp(schema, "temp") == 0 && reader != NULL && str_starts(name, str_from(session->schema))) {
        return true; /* under a view: a relation's table, or the owner's values */
    }
    if (strcmp(schema, "temp") == 0) {
        return catalogue_find(session, name) != NULL;
    }
    return strcmp(table, "json_each") == 0 || strcmp(table, "json_tree") == 0;
}

static void withhold_column(struct session *session, const struct table *shown, const char *column) {
    for (size_t i = 0; shown->rules != NULL && i < shown->column_count; i++) {
        const struct privacy_rule *rule = shown->rules[i];
        const bool never = shown->masks[i] == MASK_NOTHING;
        const bool withheld = never || (rule != NULL && rule->when.sql.n > 0);
        bool found;
        if (!withheld || !sql_same(shown->columns[i], str_from(column))) {
            continue;
        }
        if (session->withheld_count++ == 0) {
            strmap_init(&session->withheld, session->arena);
        }
        *strmap_put(&session->withheld, sql_fold(session->arena, shown->columns[i]), &found) |= never;
    }
}

static void collect_rows(struct session *session, const char *table, const char *column) {
    const struct table *shown = catalogue_find(session, str_from(table));
    if (shown != NULL && column != NULL) {
        withhold_column(session, shown, column);
    }
    if (shown != NULL && (shown->shown == SHOWN_NONE || shown->shown == SHOWN_WHERE)) {
        session->reads_less = true;
    }
    if (shown != NULL && !shown->is_view && shown->shown == SHOWN_NONE && session->reads_none.n == 0) {
        session->reads_none = shown->name;
    }
}

/* False for functions that make two runs differ, tell about the program, or reach beyond the database. */
static bool may_call(const char *function) {
    static const char *const refused[] = {
        "current_date",   "current_time",      "current_timestamp", "random",        "randomblob",
        "load_extension", "fts3_tokenizer",    "readfile",          "writefile",     "edit",
        "fsdir",          "last_insert_rowid", "changes",           "total_changes",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (sqlite3_stricmp(function, refused[i]) == 0) {
            return false;
        }
    }
    return sqlite3_strnicmp(function, "sqlite_", 7) != 0;
}

/* CREATE TEMP VIEW writes its text into SQLite's own table. */
static bool may_lay(const struct session *session, int action, const char *first, const char *second) {
    (void)second;
    const bool own_table = first != NULL && strcmp(first, "sqlite_temp_master") == 0;
    if (action == SQLITE_CREATE_TEMP_VIEW) {
        return sql_same(str_from(first), session->laying->name);
    }
    return own_table && (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_READ);
}

/* A table of the file, whether or not a column of it is read. A view of that name is noted too, which is more than enough. */
static void note_table(struct session *session, const char *name) {
    const struct table *table = catalogue_find(session, str_from(name));
    if (table == NULL) {
        return;
    }
    if (session->read_capacity < session->table_count) {
        bool *marks = ARENA_ARRAY(session->arena, bool, session->table_count);
        for (size_t i = 0; i < session->read_capacity; i++) {
            marks[i] = session->read_tables[i];
        }
        session->read_tables = marks;
        session->read_capacity = session->table_count;
    }
    session->read_tables[table - session->tables] = true;
}

static int authorize(void *context, int action, const char *first, const char *second, const char *schema,
                     const char *reader) {
    struct session *session = context;
    if (session->trusted) {
        return SQLITE_OK;
    }
    if (session->laying != NULL) {
        return may_lay(session, action, first, second) ? SQLITE_OK : refuse(session, action, first);
    }
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        if (!may_read(session, first, second == NULL ? "" : second, schema, reader)) {
            return refuse(session, action, first);
        }
        if (schema != NULL && strcmp(schema, "temp") == 0 && is_rowid(session, first, second)) {
            return refuse(session, action, "rowid");
        }
        session->reads = true;
        if (schema == NULL || strcmp(schema, session->schema) == 0) {
            note_table(session, first);
        }
        session->reads_own = session->reads_own || own_is_table(session, first);
        collect_rows(session, first, second);
        if (schema == NULL || strcmp(schema, "temp") == 0) { /* NULL: only whether there are rows */
            relations_touch(session, first);
        }
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        session->reads_own = session->reads_own || strcmp(second, "own_children") == 0;
        return may_call(second) ? SQLITE_OK : refuse(session, action, second);
    default:
        return refuse(session, action, first);
    }
}

int authorizer_install(struct session *session) {
    return sqlite3_set_authorizer(session->db, authorize, session);
}
