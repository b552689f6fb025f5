/* catalogue.c: the tables, columns and views of the attached file.
 *
 * Virtual tables and the tables that hold their content are not shown: the content would get around the masks. Their
 * names are refused, and so are those of SQLite's own tables and of every table-valued function but JSON's. */
#include "data/session.h"
#include "data/sql_words.h"
#include "data/value.h"

#include <string.h>

static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

struct str sql_fold(struct arena *arena, struct str name) {
    char *folded = arena_copy(arena, name.p, name.n);
    for (size_t i = 0; i < name.n; i++) {
        folded[i] = fold(folded[i]);
    }
    return (struct str){folded, name.n};
}

bool sql_same(struct str a, struct str b) {
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (fold(a.p[i]) != fold(b.p[i])) {
            return false;
        }
    }
    return true;
}

void sql_quote(struct buffer *out, struct str name) {
    buffer_byte(out, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"') {
            buffer_byte(out, '"');
        }
        buffer_byte(out, name.p[i]);
    }
    buffer_byte(out, '"');
}

static void refuse(struct session *session, struct str name) {
    bool found;
    *strmap_put(&session->refused, sql_fold(session->arena, name), &found) = 1;
}

static void table_add(struct session *session, struct table table) {
    ARENA_GROW(session->arena, session->tables, session->table_count, session->table_capacity);
    session->tables[session->table_count++] = table;
}

/* Tables and views in the order of their creation; virtual tables have no root page. */
static int read_tables(struct session *session) {
    char *sql = sqlite3_mprintf(
        "SELECT name, type = 'view', sql, type = 'table' AND (coalesce(rootpage, 0) = 0 OR " HOUSE_TABLES ") "
        "FROM %s.sqlite_schema "
        "WHERE type IN('table', 'view') AND name NOT LIKE 'sqlite\\_%%' ESCAPE '\\' ORDER BY rowid",
        session->schema);
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(session->db, sql, -1, &statement, NULL);
    sqlite3_free(sql);
    if (code != SQLITE_OK) {
        return code;
    }
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const struct str name = value_column(session->arena, statement, 0);
        if (sqlite3_column_int(statement, 3) != 0) {
            refuse(session, name);
        } else {
            table_add(session, (struct table){.name = name,
                                              .is_view = sqlite3_column_int(statement, 1) != 0,
                                              .sql = value_column(session->arena, statement, 2)});
        }
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* notes_content and notes_idx hold the content of a virtual table `notes`. */
static bool is_shadow(const struct session *session, struct str folded) {
    for (size_t i = 1; i < folded.n; i++) {
        if (folded.p[i] == '_' && strmap_get(&session->refused, str_slice(folded, 0, i)) != NULL) {
            return true;
        }
    }
    return false;
}

static void drop_shadows(struct session *session) {
    size_t kept = 0;
    for (size_t i = 0; i < session->table_count; i++) {
        const struct table table = session->tables[i];
        if (!table.is_view && is_shadow(session, sql_fold(session->arena, table.name))) {
            refuse(session, table.name);
        } else {
            session->tables[kept++] = table;
        }
    }
    session->table_count = kept;
}

/* Hidden columns (1) belong to virtual tables; generated ones (2, 3) are read like others. */
static int read_columns(struct session *session, sqlite3_stmt *statement, struct table *table) {
    enum { HIDDEN = 1 };
    size_t capacity = 0, generated = 0, generated_capacity = 0;
    sqlite3_bind_text(statement, 1, table->name.p, (int)table->name.n, SQLITE_STATIC);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        ARENA_GROW(session->arena, table->columns, table->column_count, capacity);
        ARENA_GROW(session->arena, table->generated, generated, generated_capacity);
        const bool computed = sqlite3_column_int(statement, 1) > HIDDEN;
        table->generated[generated++] = computed;
        table->generated_count += computed;
        table->columns[table->column_count++] = value_column(session->arena, statement, 0);
    }
    table->masks = ARENA_ARRAY(session->arena, enum mask, table->column_count);
    table->rules = ARENA_ARRAY(session->arena, const struct privacy_rule *, table->column_count);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int read_all_columns(struct session *session) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(session->db,
                                  "SELECT name, hidden FROM pragma_table_xinfo(?1, ?2) WHERE hidden <> 1 ORDER BY cid",
                                  -1, &statement, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_bind_text(statement, 2, session->schema, -1, SQLITE_STATIC);
    }
    for (size_t i = 0; i < session->table_count && code == SQLITE_OK; i++) {
        if (!session->tables[i].is_view) {
            code = read_columns(session, statement, &session->tables[i]);
        }
    }
    sqlite3_finalize(statement);
    return code;
}

/* pragma_table_info and its like exist once they are named; the others are listed. */
static int refuse_modules(struct session *session) {
    sqlite3_stmt *statement = NULL;
    const int code = sqlite3_prepare_v2(
        session->db, "SELECT name FROM pragma_module_list WHERE name NOT IN('json_each', 'json_tree')", -1, &statement,
        NULL);
    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        refuse(session, value_column(session->arena, statement, 0));
    }
    sqlite3_finalize(statement);
    return code;
}

static void index_tables(struct session *session) {
    for (size_t i = 0; i < session->table_count; i++) {
        bool found;
        *strmap_put(&session->shown, sql_fold(session->arena, session->tables[i].name), &found) = (uint32_t)(i + 1);
    }
}

int catalogue_read(struct session *session) {
    strmap_init(&session->shown, session->arena);
    strmap_init(&session->refused, session->arena);
    int code = read_tables(session);
    if (code == SQLITE_OK) {
        drop_shadows(session);
        code = read_all_columns(session);
    }
    if (code == SQLITE_OK) {
        code = refuse_modules(session);
    }
    index_tables(session);
    return code;
}

void catalogue_put(struct session *session, struct table table) {
    bool found;
    uint32_t *index = strmap_put(&session->shown, sql_fold(session->arena, table.name), &found);
    if (!found) {
        table_add(session, table);
        *index = (uint32_t)session->table_count;
    }
    session->tables[*index - 1] = table;
}

const struct table *catalogue_find(const struct session *session, struct str name) {
    const struct arena_mark mark = arena_mark(session->arena);
    const uint32_t *index = strmap_get(&session->shown, sql_fold(session->arena, name));
    arena_release(session->arena, mark);
    return index == NULL ? NULL : &session->tables[*index - 1];
}

static const struct str *view_columns(struct session *session, const struct table *view, size_t *count) {
    struct buffer sql = {0};
    struct diags aside;
    diags_init(&aside, session->arena);
    buffer_add(&sql, STR("SELECT * FROM temp."));
    sql_quote(&sql, view->name);
    sqlite3_stmt *statement = NULL;
    struct str *columns = NULL;
    const bool laid = view_lay(session, view, &aside);
    session->trusted = true;
    if (laid && sqlite3_prepare_v2(session->db, sql.bytes, (int)sql.count, &statement, NULL) == SQLITE_OK) {
        *count = (size_t)sqlite3_column_count(statement);
        columns = ARENA_ARRAY(session->arena, struct str, *count);
        for (size_t i = 0; i < *count; i++) {
            columns[i] = str_copy(session->arena, str_from(sqlite3_column_name(statement, (int)i)));
        }
    }
    session->trusted = false;
    sqlite3_finalize(statement);
    buffer_release(&sql);
    return columns;
}

const struct str *catalogue_columns(struct session *session, const struct table *table, size_t *count) {
    *count = table->column_count;
    return table->is_view ? view_columns(session, table, count) : table->columns;
}

const struct str *session_tables(struct session *session, struct arena *arena, size_t *count) {
    struct str *names = ARENA_ARRAY(arena, struct str, session->table_count);
    for (size_t i = 0; i < session->table_count; i++) {
        names[i] = str_copy(arena, session->tables[i].name);
    }
    *count = session->table_count;
    return names;
}

bool session_reads_column(struct session *session, struct str sql, struct str column) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(sql, &offset, &word);) {
        const struct table *table = word.kind == SQL_NAME ? catalogue_find(session, word.text) : NULL;
        size_t count = 0;
        const struct str *names = table == NULL ? NULL : catalogue_columns(session, table, &count);
        for (size_t i = 0; i < count; i++) {
            if (sql_same(names[i], column)) {
                return true;
            }
        }
    }
    return false;
}
