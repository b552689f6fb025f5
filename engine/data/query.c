/* query.c: one SELECT is compiled, for many runs (query_run.c).
 *
 * A text is refused, in this order, when it is empty, holds the schema's secret name, isn't one SELECT (WITH,
 * VALUES), or SQLite doesn't take it; the authorizer sees every table, column and function on the way, and leaves in
 * the session what the text reads. The message about a refusal is query_error.c's. */
#include <string.h>

#include "base/utf8.h"
#include "data/asked_internal.h"
#include "data/sql_words.h"

/* Does more than blanks, comments and semicolons follow the statement? */
static bool goes_on(struct str sql, size_t end, struct sql_word *word) {
    while (sql_next(sql, &end, word)) {
        if (word->kind != SQL_SIGN || !str_is(word->text, ";")) {
            return true;
        }
    }
    return false;
}

static bool only_select(const struct query *query, const struct query_text *text, struct diags *diags) {
    sqlite3_stmt *statement = query->statement;
    if (sqlite3_stmt_readonly(statement) && !sqlite3_stmt_isexplain(statement) && sqlite3_column_count(statement) > 0) {
        return true;
    }
    struct sql_word word;
    size_t offset = 0;
    sql_next(text->sql, &offset, &word);
    DIAG_ADD(diags, D212, query_place(text, word.from, word.to), text->name, word.text);
    return false;
}

/* A name that nobody knows is found in no text, unless somebody came to know it. */
static bool knows_schema(const struct session *session, struct str sql) {
    const struct arena_mark mark = arena_mark(session->arena);
    const struct str folded = sql_fold(session->arena, sql);
    bool knows = str_find(folded, str_from(session->schema)) < folded.n;
    arena_release(session->arena, mark);
    return knows;
}

static void take_tables(struct query *query) {
    const struct session *session = query->session;
    query->tables = ARENA_ARRAY(session->arena, uint32_t, session->read_capacity);
    for (size_t i = 0; i < session->read_capacity; i++) {
        if (session->read_tables[i]) {
            query->tables[query->table_count++] = (uint32_t)i;
        }
    }
}

/* GROUP BY class_id; ORDER BY …: its own next part, or another query. */
static void tell_goes_on(const struct query_text *text, size_t from, const struct sql_word *word, struct diags *diags) {
    static const char *const parts[] = {"ORDER", "WHERE", "GROUP",  "LIMIT", "AND",
                                        "OR",    "UNION", "HAVING", "FROM",  "JOIN"};
    for (size_t i = 0; from > 0 && i < sizeof parts / sizeof parts[0]; i++) {
        if (sql_is(word, str_from(parts[i]))) {
            DIAG_ADD(diags, D238, query_place(text, from - 1, from), text->name, STR(";"),
                     BOTH("take it out: the query goes on behind it", "请删去：查询在它后面还没有完"));
            return;
        }
    }
    DIAG_ADD(diags, D211, query_place(text, word->from, word->to), text->name);
}

static bool compile(struct query *query, const struct query_text *text, struct diags *diags) {
    struct session *session = query->session;
    struct sql_word word;
    size_t offset = 0;
    const char *tail = NULL;
    if (!sql_next(text->sql, &offset, &word) || str_is(word.text, ";")) {
        DIAG_ADD(diags, D210, query_place(text, 0, 0), text->name);
        return false;
    }
    if (query_tell_verb(text, diags) || query_tell_signs(text, diags) || query_tell_clock(text, diags) ||
        query_tell_slips(text, diags)) {
        return false;
    }
    if (knows_schema(session, text->sql)) {
        DIAG_ADD(diags, D213, query_place(text, 0, 0), text->name, STR("…"));
        return false;
    }
    session->denied = (struct denial){0};
    session->touched = 0;
    if (session->read_capacity > 0) {
        memset(session->read_tables, 0, session->read_capacity * sizeof *session->read_tables);
    }
    session->reads_own = session->reads_less = false;
    session->reads_none = STR_NONE;
    session->withheld_count = 0;
    const int code = sqlite3_prepare_v3(session->db, query->sql.p, (int)query->sql.n + 1, SQLITE_PREPARE_PERSISTENT,
                                        &query->statement, &tail);
    if (code != SQLITE_OK) {
        query_tell_error(session, text, code, diags);
        return false;
    }
    query->relations = session->touched;
    query->reads_relations = session->touched;
    take_tables(query);
    query->reads_own = session->reads_own;
    query->reads_less = session->reads_less;
    query->reads_none = session->reads_none;
    if (goes_on(query->sql, (size_t)(tail - query->sql.p), &word)) {
        tell_goes_on(text, (size_t)(tail - query->sql.p), &word, diags);
        return false;
    }
    return only_select(query, text, diags);
}

/* Is a column of that name withheld from the reader? One that was computed may come from it. */
static void find_withheld(struct query *query, size_t column) {
    struct session *session = query->session;
    if (session->withheld_count == 0 && !query->reads_less) {
        return;
    }
    if (query->withheld == NULL) {
        query->withheld = ARENA_ARRAY(session->arena, bool, query->column_count);
    }
    const bool computed = sqlite3_column_origin_name(query->statement, (int)column) == NULL;
    const struct str name = sql_fold(session->arena, query->columns[column]);
    query->withheld[column] =
        query->reads_less || computed || (session->withheld_count > 0 && strmap_get(&session->withheld, name) != NULL);
}

static void read_columns(struct query *query) {
    struct arena *arena = query->session->arena;
    query->column_count = (size_t)sqlite3_column_count(query->statement);
    query->columns = ARENA_ARRAY(arena, struct str, query->column_count);
    query->fields = ARENA_ARRAY(arena, struct str, query->column_count);
    for (size_t i = 0; i < query->column_count; i++) {
        query->columns[i] = str_copy(arena, str_from(sqlite3_column_name(query->statement, (int)i)));
        find_withheld(query, i);
        query->fields[i] = str_printf(arena, "%.*s.%.*s", STR_ARG(query->name), STR_ARG(query->columns[i]));
    }
}

/* Only :name: nothing that a layout can name would bind ?, @name or $name. */
static bool read_parameters(struct query *query, const struct query_text *text, struct diags *diags) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(text->sql, &offset, &word);) {
        if (word.kind != SQL_PARAMETER || word.text.p[0] == ':') {
            continue;
        }
        const struct str name = str_slice(word.text, 1, word.text.n);
        DIAG_ADD(diags, D215, query_place(text, word.from, word.to), text->name, word.text,
                 name.n > 0 ? name : BOTH("name", "名称"));
        return false;
    }
    query->parameter_count = (size_t)sqlite3_bind_parameter_count(query->statement);
    query->parameters = ARENA_ARRAY(query->session->arena, struct str, query->parameter_count);
    for (size_t i = 0; i < query->parameter_count; i++) {
        const char *name = sqlite3_bind_parameter_name(query->statement, (int)i + 1);
        query->parameters[i] = str_copy(query->session->arena, str_from(name + 1));
    }
    return true;
}

struct query *query_prepare(struct session *session, const struct query_text *text, struct diags *diags) {
    struct query *query = ARENA_NEW(session->arena, struct query);
    query->session = session;
    query->name = str_copy(session->arena, text->name);
    query->sql = (struct str){str_c(session->arena, text->sql), text->sql.n};
    query->place = query_place(text, 0, 0);
    if (!names_lay(session, query->sql, diags) || !compile(query, text, diags) ||
        !read_parameters(query, text, diags)) {
        sqlite3_finalize(query->statement);
        return NULL;
    }
    read_columns(query);
    query->identity = query_identity(query);
    query->next = session->queries;
    session->queries = query;
    return query;
}

bool session_expect(struct session *session, const struct str *texts, size_t count, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = names_lay(session, texts[i], diags) && good;
    }
    return good;
}

static const struct rows no_rows;

struct query *query_given(struct session *session, struct str name, const struct str *columns, size_t count) {
    struct query *query = ARENA_NEW(session->arena, struct query);
    *query = (struct query){.session = session,
                            .next = session->queries,
                            .name = str_copy(session->arena, name),
                            .columns = ARENA_ARRAY(session->arena, struct str, count),
                            .column_count = count,
                            .given = &no_rows};
    for (size_t i = 0; i < count; i++) {
        query->columns[i] = str_copy(session->arena, columns[i]);
    }
    session->queries = query;
    return query;
}

void query_give(struct query *query, const struct rows *rows) {
    query->given = rows != NULL ? rows : &no_rows;
}

void queries_finalize(struct session *session) {
    for (struct query *query = session->queries; query != NULL; query = query->next) {
        sqlite3_finalize(query->statement);
    }
    session->queries = NULL;
}

struct str query_name(const struct query *query) {
    return query->name;
}

size_t query_columns(const struct query *query) {
    return query->column_count;
}

struct str query_column(const struct query *query, size_t index) {
    return query->columns[index];
}

size_t query_find_column(const struct query *query, struct str name) {
    for (size_t i = 0; i < query->column_count; i++) {
        if (str_eq(query->columns[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

size_t query_parameters(const struct query *query) {
    return query->parameter_count;
}

struct str query_parameter(const struct query *query, size_t index) {
    return query->parameters[index];
}
