/* statement.c: statements that are prepared once and run again and again, row by row. */
#include "data/sql_internal.h"
#include "data/value.h"

struct statement *sql_statement(struct sql *db, const char *sql) {
    const uint32_t *known = strmap_get(&db->known, str_from(sql));
    if (known != NULL) {
        struct statement *again = db->statements[*known - 1];
        sqlite3_reset(again->raw);
        return again;
    }
    bool found = false;
    sqlite3_stmt *raw = NULL;
    db->fault = SQL_FINE;
    if (!sql_heed(db, sqlite3_prepare_v3(db->raw, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, NULL))) {
        return NULL;
    }
    struct statement *statement = ARENA_NEW(db->arena, struct statement);
    *statement = (struct statement){db, raw, false};
    ARENA_GROW(db->arena, db->statements, db->count, db->capacity);
    db->statements[db->count++] = statement;
    *strmap_put(&db->known, str_copy(db->arena, str_from(sql)), &found) = (uint32_t)db->count;
    return statement;
}

/* --- parameters --------------------------------------------------------------------------------------------------- */

size_t statement_parameters(const struct statement *statement) {
    return (size_t)sqlite3_bind_parameter_count(statement->raw);
}

const char *statement_parameter(const struct statement *statement, size_t at) {
    return sqlite3_bind_parameter_name(statement->raw, (int)at);
}

void statement_bind(struct statement *statement, size_t at, struct value value) {
    value_bind(statement->raw, (int)at, &value, SQLITE_STATIC);
}

void statement_bind_named(struct statement *statement, const char *name, struct value value) {
    statement_bind(statement, (size_t)sqlite3_bind_parameter_index(statement->raw, name), value);
}

void statement_bind_text(struct statement *statement, size_t at, struct str text) {
    sqlite3_bind_text64(statement->raw, (int)at, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
}

void statement_bind_int(struct statement *statement, size_t at, int64_t number) {
    sqlite3_bind_int64(statement->raw, (int)at, number);
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

bool statement_next(struct statement *statement) {
    const int code = sqlite3_step(statement->raw);
    statement->failed = false;
    if (code == SQLITE_ROW) {
        return true;
    }
    statement->failed = code != SQLITE_DONE && !sql_heed(statement->db, code);
    sqlite3_reset(statement->raw);
    return false;
}

bool statement_failed(const struct statement *statement) {
    return statement->failed;
}

bool statement_run(struct statement *statement) {
    while (statement_next(statement)) {
    }
    return !statement->failed;
}

void statement_reset(struct statement *statement) {
    sqlite3_reset(statement->raw);
}

size_t statement_columns(const struct statement *statement) {
    return (size_t)sqlite3_column_count(statement->raw);
}

const char *statement_column(const struct statement *statement, size_t column) {
    return sqlite3_column_name(statement->raw, (int)column);
}

struct str statement_text(const struct statement *statement, size_t column) {
    const char *text = (const char *)sqlite3_column_text(statement->raw, (int)column);
    return (struct str){text, (size_t)sqlite3_column_bytes(statement->raw, (int)column)};
}

int64_t statement_int(const struct statement *statement, size_t column) {
    return sqlite3_column_int64(statement->raw, (int)column);
}

struct value statement_value(const struct statement *statement, size_t column) {
    return value_of(sqlite3_column_value(statement->raw, (int)column));
}
