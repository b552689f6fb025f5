/* relation.c: tables that are filled by SQL tests which stand in the database.
 *
 *     rows     a query, asked of each of its rows                student, semester
 *     tests    a query, each of its rows holds a test            item, seq, title, test
 *     the table: a row for each pair of both                     student, semester, item, seq, title, state
 *
 * The rules, by which relation_fill.c refers to them:
 *
 * 1. A test is an expression in SQL over the columns of `rows` and the given values (:student, :as_of). It comes
 * from the database, so it is compiled alone, like a query of a layout: behind the authorizer, within the limits.
 * 2. state is 1 or 0, and NULL where the test gives NULL: it doesn't apply.
 * 3. A table is made when a query first names it and filled when such a query is first run; no other run pays for
 * it.
 * 4. Tests are asked in the session of who sees all: whether a number is there doesn't depend on who may read it.
 * Columns of `rows` are masked like those they come from; text that was computed is masked like free text. The
 * relation's own lines in privacy.yaml go before that, and say which rows there are: a view then stands over the
 * table.
 * 5. A relation that bears the name of a table of the database takes that table's place, for its views too: so a
 * view, which has no parameters, can know the day.
 *
 * This file makes the tables (3, 5); relation_fill.c asks the tests (1, 2, 4). */
#include "data/relation_internal.h"

#include <string.h>

#include "data/sql_words.h"

static const struct str test_column = STR_INIT("test"), state_column = STR_INIT("state");

/* Runs our own statements, past the authorizer. They write into temp alone: the file is attached read-only. */
static int run_trusted(struct session *session, const char *sql) {
    session->trusted = true;
    const int code = sqlite3_exec(session->db, sql, NULL, NULL, NULL);
    session->trusted = false;
    return code;
}

static bool names_something(const struct session *session, struct str sql) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(sql, &offset, &word);) {
        bool named = word.kind == SQL_NAME && catalogue_find(session, word.text) != NULL;
        for (size_t i = 0; i < session->relations->count && !named; i++) {
            named = sql_is(&word, session->relations->items[i].name);
        }
        if (named) {
            return true;
        }
    }
    return false;
}

/* Who sees all, where there is something to see (4). */
static struct session *asked(struct session *session, const struct relation *spec) {
    const struct relations *relations = session->relations;
    const bool elsewhere = relations->source != NULL &&
                           (names_something(session, spec->rows.sql) || names_something(session, spec->tests.sql));
    return elsewhere ? relations->source(relations->context) : session;
}

static bool prepare(struct session *session, struct relation_state *state, struct diags *diags) {
    const struct relation *spec = state->spec;
    struct session *source = asked(session, spec);
    if (source == NULL) {
        return false;
    }
    source->reads = false;
    state->rows = query_prepare(source, &spec->rows, diags);
    state->tests = state->rows == NULL ? NULL : query_prepare(source, &spec->tests, diags);
    if (state->tests == NULL) {
        return false;
    }
    state->constant = !source->reads;
    const size_t count = query_columns(state->tests);
    for (state->test_at = 0; state->test_at < count; state->test_at++) {
        if (sql_same(query_column(state->tests, state->test_at), test_column)) {
            return true;
        }
    }
    DIAG_ADD(diags, D231, query_place(&spec->tests, 0, 0), spec->name);
    return false;
}

/* The table's columns, in their order: those of rows, those of tests without the test, state. */
static struct str *columns_of(struct session *session, const struct relation_state *state, size_t *count) {
    const size_t most = query_columns(state->rows) + query_columns(state->tests);
    struct str *columns = ARENA_ARRAY(session->arena, struct str, most);
    *count = 0;
    for (size_t i = 0; i < query_columns(state->rows); i++) {
        columns[(*count)++] = query_column(state->rows, i);
    }
    for (size_t i = 0; i < query_columns(state->tests); i++) {
        if (i != state->test_at) {
            columns[(*count)++] = query_column(state->tests, i);
        }
    }
    columns[(*count)++] = state_column;
    return columns;
}

/* CREATE TEMP TABLE name(a, b, …, state); CREATE INDEX temp.relation_of_0 ON name(a) */
static void add_definition(struct buffer *sql, const struct relation_state *state, size_t number,
                           const struct str *columns, size_t count) {
    buffer_add(sql, STR("DROP VIEW IF EXISTS temp."));
    sql_quote(sql, state->spec->name);
    buffer_add(sql, STR("; CREATE TEMP TABLE "));
    sql_quote(sql, state->table);
    for (size_t i = 0; i < count; i++) {
        buffer_add(sql, i == 0 ? STR("(") : STR(", "));
        sql_quote(sql, columns[i]);
    }
    buffer_add(sql, STR("); CREATE INDEX temp.relation_of_"));
    buffer_printf(sql, "%zu ON ", number);
    sql_quote(sql, state->table);
    buffer_byte(sql, '(');
    sql_quote(sql, columns[0]);
    buffer_add(sql, STR(")"));
}

/* The view over a table of which the reader doesn't get all rows. */
static void add_view(struct buffer *sql, struct session *session, const struct relation_state *state, enum shown shown,
                     const struct privacy_rows *rows) {
    buffer_add(sql, STR("; CREATE TEMP VIEW "));
    sql_quote(sql, state->spec->name);
    buffer_add(sql, STR(" AS SELECT * FROM temp."));
    sql_quote(sql, state->table);
    view_add_rows(session, shown, rows, NULL, sql);
    buffer_add(sql, STR("; SELECT 1 FROM temp."));
    sql_quote(sql, state->spec->name);
    buffer_add(sql, STR(" LIMIT 0"));
}

static bool make(struct session *session, struct relation_state *state, struct diags *diags) {
    const struct str name = state->spec->name;
    size_t count;
    if (state->rows == NULL && !prepare(session, state, diags)) {
        return false;
    }
    struct str *columns = columns_of(session, state, &count);
    const struct privacy_rows *shown_rows = privacy_rows_of(session->privacy, name);
    const enum shown shown = privacy_shown(session, shown_rows);
    const size_t number = (size_t)(state - session->relation_states);
    state->table = shown == SHOWN_ALL ? name : str_printf(session->arena, "%s_%zu", session->schema, number);
    struct buffer sql = {0};
    add_definition(&sql, state, number, columns, count);
    if (shown != SHOWN_ALL) {
        add_view(&sql, session, state, shown, shown_rows);
    }
    buffer_byte(&sql, '\0');
    const int code = run_trusted(session, sql.bytes);
    if (code != SQLITE_OK) {
        DIAG_ADD(diags, D232, query_place(&state->spec->rows, 0, 0), name, str_from(sqlite3_errmsg(session->db)));
    }
    buffer_release(&sql);
    if (code != SQLITE_OK) {
        return false;
    }
    catalogue_put(
        session, (struct table){.name = name, .laid = true, .columns = columns, .column_count = count, .shown = shown});
    return true;
}

bool relation_mentions(struct str sql, struct str name) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(sql, &offset, &word);) {
        if (sql_is(&word, name)) {
            return true;
        }
    }
    return false;
}

static bool make_once(struct session *session, struct relation_state *state, struct diags *diags) {
    if (!state->made && !state->failed) {
        state->failed = true;
        state->made = make(session, state, diags);
        state->failed = !state->made;
    }
    return !state->failed;
}

bool relation_make(struct session *session, struct str name, struct diags *diags) {
    const size_t count = session->relations == NULL ? 0 : session->relations->count;
    for (size_t i = 0; i < count; i++) {
        if (sql_same(session->relations->items[i].name, name)) {
            return make_once(session, &session->relation_states[i], diags);
        }
    }
    return true;
}

bool relations_set(struct session *session, const struct relations *relations, struct diags *diags) {
    session->relations = relations;
    session->relation_states = ARENA_ARRAY(session->arena, struct relation_state, relations->count);
    bool good = relations->count <= RELATIONS_MOST;
    for (size_t i = 0; i < relations->count; i++) {
        session->relation_states[i].spec = &relations->items[i];
    }
    for (size_t i = 0; good && i < relations->count; i++) {
        struct relation_state *state = &session->relation_states[i];
        if (catalogue_find(session, state->spec->name) != NULL) {
            good = state->made = make(session, state, diags);
        }
    }
    return good;
}

void relations_touch(struct session *session, const char *table) {
    const size_t count = session->relations == NULL ? 0 : session->relations->count;
    const struct str name = str_from(table);
    for (size_t i = 0; i < count; i++) {
        if (sql_same(session->relations->items[i].name, name) || str_eq(session->relation_states[i].table, name)) {
            session->touched |= (uint64_t)1 << i;
        }
    }
}
