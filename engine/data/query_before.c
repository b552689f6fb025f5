/* query_before.c: what is told of a query's text before SQLite sees it: full-width signs, which it takes for letters; verbs that
 * write; what asks for the present day. */
#include "data/query.h"

#include "base/utf8.h"
#include "data/sql_words.h"

static bool ends_where(const struct sql_word *word) {
    static const char *const ends[] = {"GROUP", "ORDER", "LIMIT", "UNION", "HAVING", "SELECT", "IN"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (sql_is(word, str_from(ends[i]))) {
            return true;
        }
    }
    return sql_is_sign(word, '(') || sql_is_sign(word, ')');
}

/* Full-width signs that an input method typed where SQL wants its own. SQLite takes them for letters of a name. */
bool query_tell_signs(const struct query_text *text, struct diags *diags) {
    static const struct {
        uint32_t typed;
        const char *meant;
    } signs[] = {
        {0xFF0C, ","},  {0x3001, ","},  {0xFF08, "("}, {0xFF09, ")"},  {0xFF1D, "="},  {0xFF1B, ";"},  {0xFF1E, ">"},
        {0xFF1C, "<"},  {0xFF0A, "*"},  {0xFF1A, ":"}, {0x2018, "\'"}, {0x2019, "\'"}, {0x201C, "\'"}, {0x201D, "\'"},
        {0x300E, "\'"}, {0x300F, "\'"}, {0xFF0E, "."}, {0xFF0D, "-"},  {0xFF0F, "/"},  {0xFF5C, "|"},  {0xFF01, "!"},
        {0x3000, " "},  {0xFF0B, "+"},  {0x300A, "<"}, {0x300B, ">"},
    };
    struct sql_word word;
    bool where = false; /* behind WHERE, outside brackets */
    for (size_t offset = 0; sql_next(text->sql, &offset, &word);) {
        where = sql_is(&word, STR("WHERE")) || (where && !ends_where(&word));
        const char first = text->sql.p[word.from];
        if (word.kind == SQL_STRING || first == '"' || first == '[' || first == '`') {
            continue;
        }
        for (size_t at = word.from; at < word.to;) {
            size_t from = at;
            const uint32_t c = utf8_next(text->sql, &at);
            for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
                if (signs[i].typed != c) {
                    continue;
                }
                if (where && str_is(str_from(signs[i].meant), ",")) {
                    DIAG_ADD(diags, D238, query_place(text, from, at), text->name, str_slice(text->sql, from, at),
                             BOTH("conditions are joined by AND or OR", "条件之间写 AND 或 OR"));
                    return true;
                }
                DIAG_ADD(diags, D216, query_place(text, from, at), text->name, str_slice(text->sql, from, at),
                         str_from(signs[i].meant));
                return true;
            }
        }
    }
    return false;
}

/* Begins a statement that isn't a query? */
static bool is_verb(const struct sql_word *word) {
    static const char *const verbs[] = {
        "alter",   "analyze", "attach", "begin",   "commit",  "create",  "delete",   "detach",    "drop",   "end",
        "explain", "insert",  "pragma", "reindex", "release", "replace", "rollback", "savepoint", "update", "vacuum",
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (sql_is(word, str_from(verbs[i]))) {
            return true;
        }
    }
    return false;
}

static void tell_verb(const struct query_text *text, const struct sql_word *verb, struct diags *diags) {
    DIAG_ADD(diags, D212, query_place(text, verb->from, verb->to), text->name, verb->text);
}

static bool is_clock(struct str name) {
    static const char *const clocks[] = {"date", "time", "datetime", "julianday", "unixepoch", "strftime"};
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        if (sql_same(name, str_from(clocks[i]))) {
            return true;
        }
    }
    return false;
}

bool query_tell_clock(const struct query_text *text, struct diags *diags) {
    struct sql_word clock, word;
    for (size_t offset = 0; sql_next(text->sql, &offset, &clock);) {
        size_t behind = offset;
        if (clock.kind != SQL_NAME || !is_clock(clock.text) || !sql_next(text->sql, &behind, &word) ||
            !str_is(word.text, "(")) {
            continue;
        }
        bool none = true;
        for (; sql_next(text->sql, &behind, &word) && !str_is(word.text, ")"); none = false) {
            const struct str written = str_slice(text->sql, word.from, word.to);
            if (word.kind == SQL_STRING && sql_same(written, STR("'now'"))) {
                DIAG_ADD(diags, D223, query_place(text, word.from, word.to), text->name);
                return true;
            }
        }
        if (none) {
            DIAG_ADD(diags, D223, query_place(text, clock.from, clock.to), text->name);
            return true;
        }
    }
    return false;
}

bool query_tell_verb(const struct query_text *text, struct diags *diags) {
    struct sql_word word;
    size_t offset = 0;
    if (!sql_next(text->sql, &offset, &word) || !is_verb(&word)) {
        return false;
    }
    tell_verb(text, &word, diags);
    return true;
}

/* WITH … UPDATE, the one way to write that doesn't begin with its verb. */
void query_tell_writing(const struct query_text *text, struct diags *diags) {
    struct sql_word word = {.text = STR("WITH")};
    for (size_t offset = 0; sql_next(text->sql, &offset, &word);) {
        if (is_verb(&word)) {
            break;
        }
    }
    tell_verb(text, &word, diags);
}
