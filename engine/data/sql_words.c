/* sql_words.c: words of SQL by SQLite's own rules (its tokenize.c): every byte from 0x80 on belongs to a name. */
#include "data/sql_words.h"

#include "data/session.h"

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           (unsigned char)c >= 0x80;
}

/* Offset behind the first `end` at or after `from`. */
static size_t behind(struct str sql, size_t from, struct str end) {
    const size_t at = str_find(str_slice(sql, from, sql.n), end);
    return from + at + end.n < sql.n ? from + at + end.n : sql.n;
}

static size_t skip_blank(struct str sql, size_t offset) {
    for (;;) {
        const struct str rest = str_slice(sql, offset, sql.n);
        if (rest.n > 0 && is_space(rest.p[0])) {
            offset++;
        } else if (str_starts(rest, STR("--"))) {
            offset = behind(sql, offset, STR("\n"));
        } else if (str_starts(rest, STR("/*"))) {
            offset = behind(sql, offset + 2, STR("*/"));
        } else {
            return offset;
        }
    }
}

/* Behind the closing mark; a doubled one belongs to the text. */
static size_t quoted_end(struct str sql, size_t from, char mark) {
    for (size_t i = from + 1; i < sql.n; i++) {
        if (sql.p[i] != mark) {
            continue;
        }
        if (mark == ']' || i + 1 >= sql.n || sql.p[i + 1] != mark) {
            return i + 1;
        }
        i++;
    }
    return sql.n;
}

static size_t name_end(struct str sql, size_t from) {
    while (from < sql.n && is_name(sql.p[from])) {
        from++;
    }
    return from;
}

static enum sql_kind kind_of(char c) {
    switch (c) {
    case '"':
    case '`':
    case '[':
        return SQL_NAME;
    case '\'':
        return SQL_STRING;
    case ':':
    case '?':
    case '@':
    case '$':
        return SQL_PARAMETER;
    default:
        return c >= '0' && c <= '9' ? SQL_STRING : is_name(c) ? SQL_NAME : SQL_SIGN;
    }
}

bool sql_next(struct str sql, size_t *offset, struct sql_word *word) {
    const size_t from = skip_blank(sql, *offset);
    if (from >= sql.n) {
        return false;
    }
    const char first = sql.p[from];
    bool quoted = first == '"' || first == '`' || first == '[' || first == '\'';
    word->kind = kind_of(first);
    word->from = from;
    if (quoted) {
        word->to = quoted_end(sql, from, first == '[' ? ']' : first);
    } else if (word->kind == SQL_SIGN) {
        word->to = from + 1;
    } else {
        word->to = name_end(sql, from + 1);
    }
    word->text =
        quoted && word->to > from + 1 ? str_slice(sql, from + 1, word->to - 1) : str_slice(sql, from, word->to);
    *offset = word->to;
    return true;
}

bool sql_is(const struct sql_word *word, struct str name) {
    return word->kind == SQL_NAME && sql_same(word->text, name);
}

bool sql_is_sign(const struct sql_word *word, char sign) {
    return word->kind == SQL_SIGN && word->text.p[0] == sign;
}
