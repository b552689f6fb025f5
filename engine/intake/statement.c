/* statement.c: the parameters of a row, and statements that are prepared once a file. */
#include <assert.h>
#include <string.h>

#include "intake/store.h"

/* --- parameters and statements ------------------------------------------------------------------------------------ */

void row_give(struct store_row *row, const char *name, struct taken value) {
    for (size_t i = 0; i < row->parameter_count; i++) {
        if (strcmp(row->parameters[i].name, name) == 0) {
            row->parameters[i].value = value;
            return;
        }
    }
    assert(row->parameter_count < ROW_PARAMETERS); /* forms are ours: forms_test counts them */
    row->parameters[row->parameter_count++] = (struct parameter){name, value};
}

struct taken row_parameter(const struct store_row *row, const char *name) {
    for (size_t i = 0; i < row->parameter_count; i++) {
        if (strcmp(row->parameters[i].name, name) == 0) {
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

void store_tell_database(struct store *store) {
    store->broken = true;
    DIAG_ADD(store->diags, T301, ((struct place){.file = store->file}), str_from(sqlite3_errmsg(store->db)));
}

sqlite3_stmt *store_statement(struct store *store, const char *sql) {
    for (size_t i = 0; i < store->statement_count; i++) {
        if (store->statements[i].from == sql || strcmp(store->statements[i].sql, sql) == 0) {
            sqlite3_reset(store->statements[i].prepared);
            return store->statements[i].prepared;
        }
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
