/* relation_fill.c: the tests of a relation are asked, and the answers become rows. The numbers are those of
 * relation.c.
 *
 *     for each row of `tests`
 *         compile its test as SELECT test                 (1)
 *         for each row of `rows`
 *             run it with the row's columns as parameters
 *         for each row of `rows`
 *             INSERT row, test's columns, state           (2), masked for the session's reader (4)
 *
 * Rows, tests and answers come from the session of who sees all; the rows inserted are the reader's. */
#include "data/asked_internal.h"
#include "data/relation_internal.h"
#include "data/value.h"

#include <string.h>

struct filling {
    struct session *session, *source;
    struct relation_state *state;
    struct arena *arena; /* rows, tests and their queries' parameters */
    sqlite3_stmt *insert;
    struct diags *diags;
};

static const struct value *given(const struct relations *relations, struct str name) {
    for (size_t i = 0; i < relations->given_count; i++) {
        if (str_eq(relations->given_names[i], name)) {
            return &relations->given_values[i];
        }
    }
    return NULL;
}

/* A query's parameters: columns of the row in question, then the given values. False, and told, when one has
 * neither. */
static bool set_parameters(const struct filling *filling, const struct query *query, const struct value *row,
                           struct value *out, const struct query_text *text) {
    const struct query *rows = filling->state->rows;
    for (size_t i = 0; i < query_parameters(query); i++) {
        const struct str name = query_parameter(query, i);
        const struct value *value = given(filling->session->relations, name);
        const size_t column = row != NULL ? query_find_column(rows, name) : SIZE_MAX;
        if (column != SIZE_MAX) {
            value = &row[column];
        }
        if (value == NULL) {
            DIAG_ADD(filling->diags, D233, query_place(text, 0, 0), query_name(query), name);
            return false;
        }
        out[i] = *value;
    }
    return true;
}

static bool ask(const struct filling *filling, struct query *query, const struct query_text *text, struct rows *out) {
    struct value *parameters = ARENA_ARRAY(filling->arena, struct value, query_parameters(query));
    return set_parameters(filling, query, NULL, parameters, text) &&
           query_run(query, parameters, filling->arena, out, STR_NONE, filling->diags);
}

static const struct privacy_rule *own_rule(const struct session *session, struct str relation, struct str column) {
    for (size_t i = 0; i < session->privacy->count; i++) {
        const struct privacy_rule *rule = &session->privacy->rules[i];
        if (sql_same(rule->table, relation) && sql_same(rule->column, column)) {
            return rule;
        }
    }
    return NULL;
}

/* The mask of a table's column, for this reader; nothing is shown of one with SQL or a condition, which can't be
 * asked of a copy. */
static enum mask mask_of_origin(const struct session *session, const char *table, const char *column) {
    const struct table *shown = catalogue_find(session, str_from(table));
    for (size_t i = 0; shown != NULL && shown->rules != NULL && i < shown->column_count; i++) {
        const struct privacy_rule *rule = shown->rules[i];
        if (!sql_same(shown->columns[i], str_from(column))) {
            continue;
        }
        return rule != NULL && (rule->when.sql.n > 0 || rule->sql[session->reader].sql.n > 0) ? MASK_NOTHING
                                                                                              : shown->masks[i];
    }
    return MASK_TEXT;
}

static enum mask mask_of_column(const struct filling *filling, const struct query *query, size_t column) {
    const struct session *session = filling->session;
    const struct privacy_rule *rule = own_rule(session, filling->state->spec->name, query_column(query, column));
    if (rule != NULL) {
        return rule->for_reader[session->reader];
    }
    const char *schema = sqlite3_column_database_name(query->statement, (int)column);
    if (schema == NULL || strcmp(schema, filling->source->schema) != 0) {
        return MASK_TEXT;
    }
    return mask_of_origin(session, sqlite3_column_table_name(query->statement, (int)column),
                          sqlite3_column_origin_name(query->statement, (int)column));
}

/* SQLite tells the origin of the first SELECT only: text of the others may come from anywhere. */
static enum mask mask_in_union(enum mask mask, bool united) {
    return united && mask == MASK_FULL ? MASK_TEXT : mask;
}

static void set_masks(const struct filling *filling, const struct query *rows, const struct query *tests) {
    struct relation_state *state = filling->state;
    const size_t of_rows = query_columns(rows), of_tests = query_columns(tests);
    if (filling->source == filling->session || !filling->session->privacy->present) {
        return;
    }
    state->masks = ARENA_ARRAY(filling->session->arena, enum mask, of_rows + of_tests);
    const bool rows_united = relation_mentions(state->spec->rows.sql, STR("UNION"));
    const bool tests_united = relation_mentions(state->spec->tests.sql, STR("UNION"));
    for (size_t i = 0; i < of_rows; i++) {
        state->masks[i] = mask_in_union(mask_of_column(filling, rows, i), rows_united);
    }
    for (size_t i = 0; i < of_tests; i++) {
        state->masks[of_rows + i] = mask_in_union(mask_of_column(filling, tests, i), tests_united);
    }
}

/* Numbers that were computed are shown. */
static void bind_masked(const struct filling *filling, int at, size_t column, const struct value *value) {
    static const struct value null = {.kind = VALUE_NULL};
    const enum mask mask = filling->state->masks == NULL ? MASK_FULL : filling->state->masks[column];
    const bool is_text = value->kind == VALUE_TEXT || value->kind == VALUE_BLOB;
    if (mask == MASK_NOTHING) {
        value_bind(filling->insert, at, &null, SQLITE_STATIC);
    } else if (mask == MASK_FULL || value->kind == VALUE_NULL || (mask == MASK_TEXT && !is_text)) {
        value_bind(filling->insert, at, value, SQLITE_STATIC);
    } else {
        const struct str text = mask_apply(filling->arena, mask, value_text(filling->arena, value));
        value_bind(filling->insert, at, &(struct value){.kind = VALUE_TEXT, .text = text}, SQLITE_STATIC);
    }
}

static bool insert(const struct filling *filling, const struct value *row, const struct value *test,
                   const struct value *state) {
    const struct relation_state *relation = filling->state;
    const size_t of_rows = query_columns(relation->rows);
    int at = 1;
    for (size_t i = 0; i < of_rows; i++) {
        bind_masked(filling, at++, i, &row[i]);
    }
    for (size_t i = 0; i < query_columns(relation->tests); i++) {
        if (i != relation->test_at) {
            bind_masked(filling, at++, of_rows + i, &test[i]);
        }
    }
    value_bind(filling->insert, at, state, SQLITE_STATIC);
    filling->session->trusted = true; /* SQLite may compile it anew */
    const int code = sqlite3_step(filling->insert);
    sqlite3_reset(filling->insert);
    filling->session->trusted = false;
    if (code != SQLITE_DONE) {
        DIAG_ADD(filling->diags, D232, query_place(&relation->spec->rows, 0, 0), relation->spec->name,
                 str_from(sqlite3_errmsg(filling->session->db)));
    }
    return code == SQLITE_DONE;
}

/* A test stands in a row, not in a file. */
static struct place test_place(const void *context, size_t offset) {
    (void)offset;
    return *(const struct place *)context;
}

/* What the test says of each row; `states` has room for all. */
static bool ask_test(const struct filling *filling, const struct rows *rows, const struct value *test,
                     struct value *states) {
    const struct relation_state *relation = filling->state;
    struct arena *scratch = arena_create();
    const struct str label = value_text(filling->arena, &test[0]);
    const struct place place = {.record = label,
                                .field = str_printf(filling->arena, "%.*s.test", STR_ARG(relation->spec->name))};
    const struct str own = value_text(filling->arena, &test[relation->test_at]);
    const struct query_text text = {
        .name = str_printf(filling->arena, "%.*s %.*s", STR_ARG(relation->spec->name), STR_ARG(label)),
        .sql = str_printf(filling->arena, "SELECT NOT NOT (\n%.*s\n) AS state", STR_ARG(own)),
        .place_of = test_place,
        .context = &place,
    };
    struct query *query = query_prepare(filling->source, &text, filling->diags);
    bool good = query != NULL;
    struct value *parameters = good ? ARENA_ARRAY(filling->arena, struct value, query_parameters(query)) : NULL;
    for (size_t i = 0; good && i < rows->count; i++) {
        struct rows answer;
        good = set_parameters(filling, query, &rows->cells[i * rows->columns], parameters, &text) &&
               query_run(query, parameters, scratch, &answer, label, filling->diags);
        if (good && (answer.count != 1 || answer.columns != 1)) {
            DIAG_ADD(filling->diags, D234, place, query_name(query));
            good = false;
        }
        states[i] =
            good ? answer.cells[0] : (struct value){.kind = VALUE_NULL}; /* a number or NULL: nothing of the scratch */
        arena_reset(scratch);
    }
    arena_destroy(scratch);
    return good;
}

static bool run_trusted(struct session *session, const char *sql) {
    session->trusted = true;
    const int code = sqlite3_exec(session->db, sql, NULL, NULL, NULL);
    session->trusted = false;
    return code == SQLITE_OK;
}

/* In a transaction of their own, in which nothing is asked and no view is laid. */
static bool insert_all(const struct filling *filling, const struct rows *rows, const struct value *test,
                       const struct value *states) {
    bool good = run_trusted(filling->session, "BEGIN");
    for (size_t i = 0; good && i < rows->count; i++) {
        good = insert(filling, &rows->cells[i * rows->columns], test, &states[i]);
    }
    return run_trusted(filling->session, good ? "COMMIT" : "ROLLBACK") && good;
}

/* One test for all rows. */
static bool run_test(const struct filling *filling, const struct rows *rows, const struct value *test) {
    struct value *states = ARENA_ARRAY(filling->arena, struct value, rows->count);
    return ask_test(filling, rows, test, states) && insert_all(filling, rows, test, states);
}

static bool begin_inserting(struct filling *filling, size_t columns) {
    struct buffer sql = {0};
    buffer_add(&sql, STR("INSERT INTO temp."));
    sql_quote(&sql, filling->state->table);
    for (size_t i = 0; i < columns; i++) {
        buffer_add(&sql, i == 0 ? STR(" VALUES(?") : STR(", ?"));
    }
    buffer_byte(&sql, ')');
    filling->session->trusted = true;
    const int code = sqlite3_prepare_v2(filling->session->db, sql.bytes, (int)sql.count, &filling->insert, NULL);
    filling->session->trusted = false;
    buffer_release(&sql);
    return code == SQLITE_OK;
}

static bool fill_all(struct filling *filling) {
    const struct relation_state *state = filling->state;
    struct rows rows, tests;
    if (!ask(filling, state->rows, &state->spec->rows, &rows) ||
        !ask(filling, state->tests, &state->spec->tests, &tests)) {
        return false;
    }
    set_masks(filling, state->rows, state->tests);
    bool good = begin_inserting(filling, rows.columns + tests.columns);
    for (size_t i = 0; good && i < tests.count; i++) {
        good = run_test(filling, &rows, &tests.cells[i * tests.columns]);
    }
    sqlite3_finalize(filling->insert);
    return good;
}

static bool fill(struct session *session, struct relation_state *state, struct diags *diags) {
    struct filling filling = {
        .session = session, .source = state->rows->session, .state = state, .arena = arena_create(), .diags = diags};
    const bool good = fill_all(&filling);
    arena_destroy(filling.arena);
    return good;
}

/* Fills it once; false when that failed, now or before. */
static bool is_filled(struct session *session, struct relation_state *state, struct diags *diags) {
    if (!state->filled && !state->failed) {
        state->failed = true;
        state->filled = fill(session, state, diags);
        state->failed = !state->filled;
    }
    return state->filled;
}

bool relations_begin(struct session *session, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < session->relations->count; i++) {
        struct relation_state *state = &session->relation_states[i];
        if (state->made && state->constant) {
            good = is_filled(session, state, diags) && good;
        }
    }
    return good;
}

/* Of relations that relations_try has filled. */
static void tell_untold(struct session *session, struct diags *diags) {
    for (size_t i = 0; i < session->untold.count; i++) {
        const struct diag *told = &session->untold.items[i];
        diag_add(diags, told->code, told->place, told->args);
    }
    diags_init(&session->untold, session->arena);
}

bool relations_fill(struct session *session, struct query *query, struct diags *diags) {
    struct query *running = session->running;
    bool good = true;
    tell_untold(session, diags);
    for (size_t i = 0; good && i < session->relations->count; i++) {
        if ((query->relations >> i & 1) == 0) {
            continue;
        }
        good = is_filled(session, &session->relation_states[i], diags);
        if (!good) {
            DIAG_ADD(diags, D235, query->place, query->name, session->relation_states[i].spec->name);
        }
    }
    if (good) {
        query->relations = 0;
    }
    session->running = running;
    return good;
}

bool relations_try(struct session *session, struct query *query) {
    const uint64_t asked = query->relations;
    const struct diags before = session->untold;
    struct diags told;
    if (asked == 0) {
        return true;
    }
    diags_init(&told, session->arena);
    if (relations_fill(session, query, &told)) {
        session->untold = told;
        query->relations = told.count > 0 ? asked : 0;
        return told.count == 0;
    }
    for (size_t i = 0; i < session->relations->count; i++) {
        if ((asked >> i & 1) != 0) {
            session->relation_states[i].failed = false;
        }
    }
    session->untold = before;
    return false;
}

/* Of the rows as they are kept, whoever may read which. */
static bool hash_rows(struct session *session, struct relation_state *state) {
    struct buffer sql = {0}, cells = {0};
    sqlite3_stmt *statement = NULL;
    buffer_add(&sql, STR("SELECT * FROM temp."));
    sql_quote(&sql, state->table);
    session->trusted = true;
    int code = sqlite3_prepare_v2(session->db, sql.bytes, (int)sql.count, &statement, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        code = SQLITE_OK;
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const struct value value = value_of(sqlite3_column_value(statement, i));
            asked_add_value(&cells, &value);
        }
    }
    sqlite3_finalize(statement);
    session->trusted = false;
    state->content = hash_bytes(cells.bytes, cells.count);
    state->hashed = code == SQLITE_DONE;
    buffer_release(&sql);
    buffer_release(&cells);
    return state->hashed;
}

bool relations_hash(struct session *session, uint64_t which, struct hash_stream *stream) {
    bool good = true;
    for (size_t i = 0; which != 0 && good && i < session->relations->count; i++) {
        struct relation_state *state = &session->relation_states[i];
        if ((which >> i & 1) != 0) {
            good = state->filled && (state->hashed || hash_rows(session, state));
            hash_add(stream, &state->content, sizeof state->content);
        }
    }
    return good;
}
