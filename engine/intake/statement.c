/* statement.c: the parameters of a row, and statements that are prepared once a file. */
#include <assert.h>
#include <string.h>

#include "intake/store.h"

/* --- parameters and statements ------------------------------------------------------------------------------------ */

/* Most names differ in their first letters. */
static bool same_name(const char *a, const char *b) {
    return a[0] == b[0] && (a[0] == '\0' || a[1] == b[1]) && strcmp(a, b) == 0;
}

void row_append(struct store_row *row, const char *name, struct taken value) {
    assert(row->parameter_count < ROW_PARAMETERS); /* forms are ours: forms_test counts them */
    row->parameters[row->parameter_count++] = (struct parameter){name, value};
}

void row_give(struct store_row *row, const char *name, struct taken value) {
    for (size_t i = 0; i < row->parameter_count; i++) {
        if (same_name(row->parameters[i].name, name)) {
            row->parameters[i].value = value;
            return;
        }
    }
    row_append(row, name, value);
}

struct taken row_parameter(const struct store_row *row, const char *name) {
    for (size_t i = 0; i < row->parameter_count; i++) {
        if (same_name(row->parameters[i].name, name)) {
            return row->parameters[i].value;
        }
    }
    return (struct taken){0};
}

void statement_bind(sqlite3_stmt *statement, int index, struct taken value) {
    if (!value.given) {
        sqlite3_bind_null(statement, index);
    } else if (value.is_text) {
        sqlite3_bind_text(statement, index, value.text.p, (int)value.text.n, SQLITE_TRANSIENT);
    } else {
        sqlite3_bind_int64(statement, index, value.whole);
    }
}

void store_bind(sqlite3_stmt *statement, const struct store_row *row) {
    const int count = sqlite3_bind_parameter_count(statement);
    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        statement_bind(statement, i, name != NULL ? row_parameter(row, name + 1) : (struct taken){0});
    }
}

bool store_execute(struct store *store, const char *sql) {
    sqlite3_stmt *statement = store_statement(store, sql);
    const bool good = statement != NULL && sqlite3_step(statement) == SQLITE_DONE;
    if (statement != NULL) {
        sqlite3_reset(statement);
    }
    return good;
}

void store_tell_database(struct store *store) {
    store->broken = true;
    DIAG_ADD(store->diags, T301, ((struct place){.file = store->file}), str_from(sqlite3_errmsg(store->db)));
}

/* By its address, else by its text; NULL: it isn't prepared yet. */
static const struct statement *known_statement(const struct store *store, const char *sql) {
    for (size_t i = 0; i < store->statement_count; i++) {
        if (store->statements[i].from == sql) {
            return &store->statements[i];
        }
    }
    for (size_t i = 0; i < store->statement_count; i++) {
        if (strcmp(store->statements[i].sql, sql) == 0) {
            return &store->statements[i];
        }
    }
    return NULL;
}

sqlite3_stmt *store_statement(struct store *store, const char *sql) {
    const struct statement *known = known_statement(store, sql);
    if (known != NULL) {
        sqlite3_reset(known->prepared);
        return known->prepared;
    }
    const char *from = sql;
    sqlite3_stmt *prepared = NULL;
    sql = str_c(store->arena, str_from(sql));
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, NULL) != SQLITE_OK) {
        store_tell_database(store);
        return NULL;
    }
    ARENA_GROW(store->arena, store->statements, store->statement_count, store->statement_capacity);
    store->statements[store->statement_count++] = (struct statement){from, sql, prepared};
    return prepared;
}

void store_release(struct store *store) {
    for (size_t i = 0; i < store->statement_count; i++) {
        sqlite3_finalize(store->statements[i].prepared);
    }
    store->statement_count = 0;
}

struct taken statement_column(struct arena *arena, sqlite3_stmt *statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        return (struct taken){0};
    case SQLITE_INTEGER:
        return (struct taken){.given = true, .whole = sqlite3_column_int64(statement, column)};
    default: {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        const struct str view = {text, (size_t)sqlite3_column_bytes(statement, column)};
        return (struct taken){.given = true, .is_text = true, .text = str_copy(arena, view)};
    }
    }
}

bool taken_eq(struct taken a, struct taken b) {
    if (a.given != b.given || a.is_text != b.is_text) {
        return false;
    }
    return !a.given || (a.is_text ? str_eq(a.text, b.text) : a.whole == b.whole);
}

struct str taken_text(struct arena *arena, struct taken value) {
    return !value.given ? STR_NONE : value.is_text ? value.text : str_int(arena, value.whole);
}
