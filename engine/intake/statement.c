/* statement.c: the parameters of a row, and statements that are asked with them. */
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

void taken_bind(struct statement *statement, size_t at, struct taken value) {
    if (value.given && !value.is_text) {
        statement_bind_int(statement, at, value.whole);
    } else {
        statement_bind_text(statement, at, value.given ? value.text : STR_NONE);
    }
}

void store_tell_database(struct store *store) {
    store->broken = true;
    DIAG_ADD(store->diags, T301, ((struct place){.file = store->file}), sql_error(store->db));
}

struct statement *store_statement(struct store *store, const char *sql) {
    struct statement *statement = sql_statement(store->db, sql);
    if (statement == NULL) {
        store_tell_database(store);
    }
    return statement;
}

struct statement *store_ask(struct store *store, const struct store_row *row, const char *sql) {
    struct statement *statement = store_statement(store, sql);
    const size_t count = statement == NULL ? 0 : statement_parameters(statement);
    for (size_t i = 1; i <= count; i++) {
        const char *name = statement_parameter(statement, i);
        taken_bind(statement, i, name != NULL ? row_parameter(row, name + 1) : (struct taken){0});
    }
    return statement;
}

struct taken taken_at(const struct statement *statement, size_t column) {
    const struct value value = statement_value(statement, column);
    if (value.kind == VALUE_NULL || value.kind == VALUE_INTEGER) {
        return (struct taken){.given = value.kind == VALUE_INTEGER, .whole = value.integer};
    }
    return (struct taken){.given = true, .is_text = true, .text = statement_text(statement, column)};
}

struct taken taken_column(struct arena *arena, const struct statement *statement, size_t column) {
    struct taken taken = taken_at(statement, column);
    taken.text = str_copy(arena, taken.text);
    return taken;
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
