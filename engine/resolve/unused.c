/* unused.c: columns that a query returns and nobody asks for.
 *
 * Told is only what a clerk can take out: a column written in the SELECT list of a query of the layout's own file. Not told
 * are columns that come from a *, those that the query itself sorts or groups by, and those of a query of which nothing is
 * used: it is asked for its rows alone (`when: query`). The first column of `each` names the document in messages. */
#include "resolve/scope.h"

#include "base/utf8.h"

void walk_mark(struct walk *walk, uint32_t query, size_t column) {
    walk->used[query][column] = true;
}

/* --- SQL as words ------------------------------------------------------------------------------------------------- */

/* Word by word, with the depth of brackets; texts in quotes and remarks are stepped over. */
struct words {
    struct str sql;
    size_t at;
    struct str word;
    size_t word_at;
    int depth;
};

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           ((unsigned char)c & 0x80) != 0;
}

static size_t behind(struct str sql, size_t at, struct str end) {
    return at + str_find(str_slice(sql, at, sql.n), end) + end.n;
}

/* Where a quoted text or a remark that begins at `at` ends; `at` itself when none does. */
static size_t skipped(struct str sql, size_t at) {
    const struct str rest = str_slice(sql, at, sql.n);
    if (str_starts(rest, STR("--"))) {
        return behind(sql, at, STR("\n"));
    }
    if (str_starts(rest, STR("/*"))) {
        return behind(sql, at + 2, STR("*/"));
    }
    return str_starts(rest, STR("'")) ? behind(sql, at + 1, STR("'")) : at;
}

static bool next_sql_word(struct words *words) {
    while (words->at < words->sql.n) {
        const size_t from = words->at;
        const char c = words->sql.p[from];
        words->at = skipped(words->sql, from);
        while (words->at < words->sql.n && is_word_byte(words->sql.p[words->at])) {
            words->at++;
        }
        if (is_word_byte(c)) {
            words->word = str_slice(words->sql, from, words->at);
            words->word_at = from;
            return true;
        }
        words->depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        words->at += words->at == from;
    }
    return false;
}

static bool is_keyword(struct str word, const char *upper) {
    size_t i = 0;
    for (; i < word.n && upper[i] != '\0'; i++) {
        if ((word.p[i] & ~0x20) != upper[i]) {
            return false;
        }
    }
    return i == word.n && upper[i] == '\0';
}

/* Does an item of the SELECT list end here? Its last word is the column's name. */
static bool item_ends(struct words words) {
    static const char *const clauses[] = {"FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "UNION"};
    const struct str rest = str_trim(str_slice(words.sql, words.at, words.sql.n));
    if (rest.n == 0 || rest.p[0] == ',') {
        return true;
    }
    if (!is_word_byte(rest.p[0]) || !next_sql_word(&words)) {
        return false;
    }
    for (size_t i = 0; i < sizeof clauses / sizeof clauses[0]; i++) {
        if (is_keyword(words.word, clauses[i])) {
            return true;
        }
    }
    return false;
}

/* Where `name` is written in the SELECT list; sql.n when it comes from a *. */
static size_t find_written(struct str sql, struct str name) {
    struct words words = {.sql = sql};
    bool inside = false;
    while (next_sql_word(&words)) {
        if (words.depth > 0) {
            continue;
        }
        if (inside && is_keyword(words.word, "FROM")) {
            break;
        }
        inside = inside || is_keyword(words.word, "SELECT");
        if (inside && str_eq(words.word, name) && item_ends(words)) {
            return words.word_at;
        }
    }
    return sql.n;
}

/* Does the query sort or group by it, by its name or number? `table.column` there is the table's, not what is returned. */
static bool orders_by(struct str sql, struct str name, size_t number) {
    struct words words = {.sql = sql};
    bool inside = false;
    int64_t named = 0;
    while (next_sql_word(&words)) {
        const bool clause = is_keyword(words.word, "ORDER") || is_keyword(words.word, "GROUP");
        inside = inside || (words.depth == 0 && clause);
        const bool qualified = words.word_at > 0 && sql.p[words.word_at - 1] == '.';
        const bool by_number = str_to_int(words.word, &named) && named == (int64_t)number;
        if (inside && !qualified && (by_number || str_eq(words.word, name))) {
            return true;
        }
    }
    return false;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static bool any_used(const struct walk *walk, uint32_t query, size_t columns) {
    for (size_t i = 0; i < columns; i++) {
        if (walk->used[query][i]) {
            return true;
        }
    }
    return false;
}

static void tell_unused(struct walk *walk, uint32_t index, const struct query *query) {
    const struct named_query *named = &walk->layout->queries[index];
    for (size_t i = 0; i < query_columns(query); i++) {
        const struct str column = query_column(query, i);
        const size_t written = walk->used[index][i] ? named->sql.n : find_written(named->sql, column);
        if (written == named->sql.n || orders_by(named->sql, column, i + 1)) {
            continue;
        }
        struct place place = named_query_place(named, written);
        place.width = (int32_t)utf8_count(column);
        DIAG_ADD(walk->diags, R313, place, named->name, column);
    }
}

static void mark_all(struct walk *walk, uint32_t query) {
    for (size_t column = 0; column < query_columns(walk->prepared[query]); column++) {
        walk_mark(walk, query, column);
    }
}

/* What checks and the naming of documents take by number; and what a volume may take. */
static void mark_by_number(struct walk *walk) {
    const struct layout *layout = walk->layout;
    const uint32_t each = layout->each == NO_QUERY ? NO_QUERY : layout->query_uses[layout->each].query;
    const size_t columns = each == NO_QUERY ? 0 : layout->is_bound ? query_columns(walk->prepared[each]) : 1;
    for (size_t column = 0; column < columns; column++) {
        walk_mark(walk, each, column);
    }
    const struct str owner = session_own_column(walk->resolved->session); /* whose document it is */
    for (size_t column = 0; each != NO_QUERY && column < query_columns(walk->prepared[each]); column++) {
        if (str_eq(query_column(walk->prepared[each], column), owner)) {
            walk_mark(walk, each, column);
        }
    }
    for (size_t i = 0; i < layout->check_count; i++) {
        for (size_t column = 0; column < 3; column++) {
            walk_mark(walk, layout->query_uses[layout->checks[i].query].query, column);
        }
    }
    for (size_t i = 0; i < layout->finding_count; i++) {
        mark_all(walk, layout->query_uses[layout->findings[i].query].query);
    }
}

void tell_unused_columns(struct walk *walk) {
    mark_by_number(walk);
    for (uint32_t i = 0; i < walk->layout->query_count; i++) {
        const struct query *query = walk->prepared[i];
        const bool own = str_eq(walk->layout->queries[i].place.file, walk->layout->path);
        if (query != NULL && own && any_used(walk, i, query_columns(query))) {
            tell_unused(walk, i, query);
        }
    }
}
