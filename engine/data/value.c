/* value.c: a value as text, without the locale. */
#include "data/data.h"

#include <sqlite3.h>
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
