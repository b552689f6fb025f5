/* own.c: the owner of the document in hand. A reader may get only that owner's rows of a table; a view takes no
 * parameters, so the owner's values stand where it finds them:
 *
 *     temp.<random>_own_number, _own_text    for columns of numbers and of text: SQLite compares with their index as it stands
 *     json_each(own_children())              for whatever else: SQLite builds an index for each view and each run
 *
 * All give the same rows: a value is stored as it would be compared with a column of that type. Before the first document they are
 * nobody's. */
#include "data/query.h"
#include "data/relation_internal.h"

static const struct str nobody = STR_INIT("[]");

/* --- where a view finds them -------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *type;
    const char *values; /* of json_each: a number is no text's equal */
} tables[] = {{"number", "NUMERIC", "1"}, {"text", "TEXT", "type = 'text'"}};
enum { NUMBERS, TEXTS, TABLE_COUNT };

/* By the type that the column was declared with (https://www.sqlite.org/datatype3.html 3.1); TABLE_COUNT: neither. */
static int table_for(const struct session *session, const struct table *table, struct str column) {
    const char *type = NULL;
    const char *name = table == NULL ? NULL : str_c(session->arena, table->name);
    if (name == NULL || sqlite3_table_column_metadata(session->db, session->schema, name, str_c(session->arena, column),
                                                      &type, NULL, NULL, NULL, NULL) != SQLITE_OK) {
        return TABLE_COUNT;
    }
    if (type != NULL && sqlite3_strlike("%int%", type, 0) == 0) {
        return NUMBERS;
    }
    bool text = type != NULL && (sqlite3_strlike("%char%", type, 0) == 0 || sqlite3_strlike("%text%", type, 0) == 0);
    return text ? TEXTS : TABLE_COUNT;
}

void own_add_values(struct session *session, const struct table *table, struct str column, struct buffer *sql) {
    const int found = session->has_own ? table_for(session, table, column) : TABLE_COUNT;
    if (found == TABLE_COUNT) {
        buffer_add(sql, STR("(SELECT value FROM json_each(own_children()))"));
    } else {
        buffer_printf(sql, "(SELECT child FROM temp.%s_own_%s)", session->schema, tables[found].name);
    }
}

bool own_is_table(const struct session *session, const char *name) {
    const struct str table = str_from(name), schema = str_from(session->schema);
    return str_starts(table, schema) && str_starts(str_slice(table, schema.n, table.n), STR("_own_"));
}

int own_make_tables(struct session *session) {
    int code = SQLITE_OK;
    session->trusted = true;
    for (int i = 0; i < TABLE_COUNT && session->has_own && code == SQLITE_OK; i++) {
        char *sql = sqlite3_mprintf("CREATE TEMP TABLE %s_own_%s(child %s UNIQUE)", session->schema, tables[i].name,
                                    tables[i].type);
        code = sql == NULL ? SQLITE_NOMEM : sqlite3_exec(session->db, sql, NULL, NULL, NULL);
        sqlite3_free(sql);
    }
    session->trusted = false;
    return code;
}

static int prepare(struct session *session) {
    static const char *const patterns[] = {
        "DELETE FROM temp.%s_own_%s",
        "INSERT OR IGNORE INTO temp.%s_own_%s SELECT value FROM json_each(own_children()) WHERE %s",
    };
    int code = SQLITE_OK;
    for (int i = 0; i < OWN_STATEMENTS && code == SQLITE_OK; i++) {
        char *sql = sqlite3_mprintf(patterns[i % 2], session->schema, tables[i / 2].name, tables[i / 2].values);
        code = sql == NULL ? SQLITE_NOMEM
                           : sqlite3_prepare_v3(session->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                                &session->own_statements[i], NULL);
        sqlite3_free(sql);
    }
    return code;
}

/* Do these values, a JSON array, change the table of texts, when it holds those? What it holds isn't known after an error. */
static bool change_texts(struct str values, struct str stored) {
    return stored.n == 0 || str_find_byte(stored, '"') < stored.n || str_find_byte(values, '"') < values.n;
}

/* Puts session->own into the tables. */
static bool store(struct session *session, struct diags *diags) {
    if (str_eq(session->own, session->own_stored)) {
        return true;
    }
    const int statements = change_texts(session->own, session->own_stored) ? OWN_STATEMENTS : OWN_STATEMENTS / 2;
    session->own_stored = STR_NONE;
    session->trusted = true; /* SQLite may compile a statement anew when it is run */
    int code = session->own_statements[0] == NULL ? prepare(session) : SQLITE_OK;
    for (int i = 0; i < statements && code == SQLITE_OK; i++) {
        sqlite3_step(session->own_statements[i]);
        code = sqlite3_reset(session->own_statements[i]);
    }
    session->trusted = false;
    if (code != SQLITE_OK) {
        database_tell(session->database, session->db, code, diags);
    }
    session->own_stored = code == SQLITE_OK ? session->own : STR_NONE;
    return code == SQLITE_OK;
}

void own_release(struct session *session) {
    for (int i = 0; i < OWN_STATEMENTS; i++) {
        sqlite3_finalize(session->own_statements[i]);
    }
    arena_destroy(session->own_scratch);
}

/* --- the owner ---------------------------------------------------------------------------------------------------- */

bool session_has_own(const struct session *session) {
    return session->has_own;
}

struct str session_own_column(const struct session *session) {
    return session->privacy->own_column;
}

bool query_reads_own(const struct query *query) {
    return query->reads_own;
}

bool query_reads_less(const struct query *query) {
    return query->reads_less;
}

struct str query_reads_none(const struct query *query) {
    return query->reads_none;
}

bool query_withholds(const struct query *query, size_t column) {
    return query->withheld != NULL && query->withheld[column];
}

#define CHILDREN_FROM "WITH own(child) AS (\n"
/* Each once, since views join with them. */
#define CHILDREN_END ") SELECT json_group_array(child) FROM (SELECT child FROM own GROUP BY CAST(child AS TEXT))"

/* The SQL of privacy.yaml stands behind words of our own. */
static struct place children_place(const void *context, size_t offset) {
    const struct query_text *text = context;
    const size_t before = sizeof CHILDREN_FROM - 1;
    return text->place_of(text->context, offset > before ? offset - before : 0);
}

static struct query *children_query(struct session *session, struct diags *diags) {
    const struct privacy *privacy = session->privacy;
    const struct query_text *children = &privacy->own_children;
    const struct relations *relations = session->relations;
    const bool asked = children->sql.n > 0 && relations != NULL && relations->source != NULL;
    struct session *source = asked ? relations->source(relations->context) : session;
    struct query_text text = {.name = STR("own")};
    if (children->sql.n == 0) {
        text.sql = str_printf(session->arena, "SELECT json_array(:%.*s)", STR_ARG(privacy->own_column));
    } else {
        text.sql = str_printf(session->arena, CHILDREN_FROM "%.*s\n" CHILDREN_END, STR_ARG(children->sql));
        text.place_of = children->place_of != NULL ? children_place : NULL;
        text.context = children;
    }
    return source == NULL ? NULL : query_prepare(source, &text, diags);
}

/* Every parameter of the query is the document's value, whatever its name. STR_NONE, and told, when it can't be
 * asked. */
static struct str ask(struct session *session, const struct value *value, struct diags *diags) {
    session->own_query = session->own_query == NULL ? children_query(session, diags) : session->own_query;
    if (session->own_query == NULL) {
        return STR_NONE;
    }
    if (session->own_scratch == NULL) {
        session->own_scratch = arena_create();
    }
    struct str own = STR_NONE;
    struct arena *scratch = session->own_scratch;
    struct value *parameters = ARENA_ARRAY(scratch, struct value, query_parameters(session->own_query));
    for (size_t i = 0; i < query_parameters(session->own_query); i++) {
        parameters[i] = *value;
    }
    struct rows rows;
    if (query_run(session->own_query, parameters, scratch, &rows, STR_NONE, diags) && rows.count == 1) {
        own = str_copy(session->arena, rows.cells[0].text);
    }
    arena_reset(scratch);
    return own;
}

/* The answer for a value, or the place to keep it: each is asked for twice, when documents are planned and when they
 * are made. */
static struct str *remembered(struct session *session, const struct value *value) {
    const struct arena_mark mark = arena_mark(session->arena);
    const struct str text = value_text(session->arena, value);
    const struct str key = str_printf(session->arena, "%d %.*s", (int)value->kind, STR_ARG(text));
    bool found;
    if (session->owns.arena == NULL) {
        strmap_init(&session->owns, session->arena);
    }
    const uint32_t *known = strmap_get(&session->owns, key);
    if (known != NULL) {
        arena_release(session->arena, mark);
        return &session->own_values[*known];
    }
    ARENA_GROW(session->arena, session->own_values, session->own_count, session->own_capacity);
    *strmap_put(&session->owns, key, &found) = (uint32_t)session->own_count;
    session->own_values[session->own_count] = STR_NONE;
    return &session->own_values[session->own_count++];
}

bool session_own(struct session *session, const struct value *value, struct diags *diags) {
    session->own = nobody;
    if (!session->has_own) {
        return true;
    }
    if (value == NULL || value->kind == VALUE_NULL) {
        return store(session, diags);
    }
    struct str *own = remembered(session, value);
    if (own->n == 0) {
        *own = ask(session, value, diags);
    }
    session->own = own->n > 0 ? *own : nobody;
    return store(session, diags) && own->n > 0;
}
