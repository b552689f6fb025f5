/* value.c: a value as text, without the locale; to SQLite and from it. */
#include "data/value.h"

#include <string.h>

#include "base/utf8.h"

/* SQLite's "%!.15g" always has a point: 3.0, 1.0e+21. */
static struct str real_text(struct arena *arena, double real) {
    char digits[64];
    sqlite3_snprintf(sizeof digits, digits, "%!.15g", real);
    const struct str s = str_from(digits);
    const size_t point = str_find(s, STR(".0"));
    const struct str rest = str_slice(s, point + 2, s.n);
    bool whole = point < s.n && (rest.n == 0 || rest.p[0] == 'e');
    return whole ? str_join(arena, str_slice(s, 0, point), rest) : str_copy(arena, s);
}

struct str value_text(struct arena *arena, const struct value *value) {
    switch (value->kind) {
    case VALUE_NULL:
        return STR("");
    case VALUE_INTEGER:
        return str_int(arena, value->integer);
    case VALUE_REAL:
        return real_text(arena, value->real);
    case VALUE_TEXT:
        return value->text;
    case VALUE_BLOB:
        return utf8_repair(arena, value->text);
    }
    return STR("");
}

bool value_is_true(const struct value *value) {
    switch (value->kind) {
    case VALUE_NULL:
        return false;
    case VALUE_INTEGER:
        return value->integer != 0;
    case VALUE_REAL:
        return value->real < 0 || value->real > 0;
    case VALUE_TEXT:
    case VALUE_BLOB:
        return value->text.n > 0 && !str_is(value->text, "0");
    }
    return false;
}

static struct str bytes_of(const void *bytes, int count) {
    return (struct str){bytes == NULL ? "" : bytes, (size_t)count};
}

struct value value_of(sqlite3_value *value) {
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        return (struct value){.kind = VALUE_INTEGER, .integer = sqlite3_value_int64(value)};
    case SQLITE_FLOAT:
        return (struct value){.kind = VALUE_REAL, .real = sqlite3_value_double(value)};
    case SQLITE_TEXT: {
        const void *text = sqlite3_value_text(value);
        return (struct value){.kind = VALUE_TEXT, .text = bytes_of(text, sqlite3_value_bytes(value))};
    }
    case SQLITE_BLOB: {
        const void *blob = sqlite3_value_blob(value);
        return (struct value){.kind = VALUE_BLOB, .text = bytes_of(blob, sqlite3_value_bytes(value))};
    }
    default:
        return (struct value){.kind = VALUE_NULL};
    }
}

int value_bind(sqlite3_stmt *statement, int index, const struct value *value, void (*lifetime)(void *)) {
    const struct str text = value->text;
    switch (value->kind) {
    case VALUE_NULL:
        return sqlite3_bind_null(statement, index);
    case VALUE_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    case VALUE_REAL:
        return sqlite3_bind_double(statement, index, value->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, index, text.n > 0 ? text.p : "", text.n, lifetime, SQLITE_UTF8);
    case VALUE_BLOB:
        return sqlite3_bind_blob64(statement, index, text.n > 0 ? text.p : "", text.n, lifetime);
    }
    return SQLITE_MISUSE;
}

struct str value_column(struct arena *arena, sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return str_copy(arena, (struct str){text, (size_t)sqlite3_column_bytes(statement, column)});
}
