/* unused.c: columns that a query returns and nobody asks for.
 *
 * Told is only what a clerk can take out: a column written in the SELECT list of a query of the layout's own file. Not told
 * are columns that come from a *, those that the query itself sorts or groups by, and those of a query of which nothing is
 * used: it is asked for its rows alone (`when: query`). The first column of `each` names the document in messages. */
#include "resolve/resolver.h"

#include "base/utf8.h"
#include "data/sql_words.h"

void resolver_mark(struct resolver *resolver, uint32_t query, size_t column) {
    resolver->used[query][column] = true;
}

/* --- SQL as words ------------------------------------------------------------------------------------------------- */

/* Names and numbers one by one, with the depth of brackets; texts in quotes and parameters are stepped over. */
struct words {
    struct str sql;
    size_t at;
    struct sql_word word;
    int depth;
};

static bool next_sql_word(struct words *words) {
    struct sql_word *word = &words->word;
    while (sql_next(words->sql, &words->at, word)) {
        const bool number = word->kind == SQL_STRING && word->text.n == word->to - word->from;
        if (word->kind == SQL_NAME || number) {
            return true;
        }
        words->depth += sql_is_sign(word, '(') ? 1 : sql_is_sign(word, ')') ? -1 : 0;
    }
    return false;
}

/* Does an item of the SELECT list end here? Its last word is the column's name. */
static bool item_ends(const struct words *words) {
    static const char *const clauses[] = {"FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "UNION"};
    struct sql_word next;
    size_t at = words->at;
    if (!sql_next(words->sql, &at, &next) || sql_is_sign(&next, ',')) {
        return true;
    }
    for (size_t i = 0; i < sizeof clauses / sizeof clauses[0]; i++) {
        if (sql_is(&next, str_from(clauses[i]))) {
            return true;
        }
    }
    return false;
}

/* Where `name` is written in the SELECT list, behind `earlier` columns that are called so too. False when it comes from a *. */
static bool find_written(struct str sql, struct str name, size_t earlier, struct sql_word *written) {
    struct words words = {.sql = sql};
    bool inside = false;
    while (next_sql_word(&words)) {
        if (words.depth > 0) {
            continue;
        }
        if (inside && sql_is(&words.word, STR("FROM"))) {
            break;
        }
        inside = inside || sql_is(&words.word, STR("SELECT"));
        if (inside && str_eq(words.word.text, name) && item_ends(&words) && earlier-- == 0) {
            *written = words.word;
            return true;
        }
    }
    return false;
}

/* Does the query sort or group by it, by its name or number? `table.column` there is the table's, not what is returned. */
static bool orders_by(struct str sql, struct str name, size_t number) {
    struct words words = {.sql = sql};
    bool inside = false;
    int64_t named = 0;
    while (next_sql_word(&words)) {
        const struct sql_word *word = &words.word;
        const bool clause = sql_is(word, STR("ORDER")) || sql_is(word, STR("GROUP"));
        inside = inside || (words.depth == 0 && clause);
        const bool qualified = word->from > 0 && sql.p[word->from - 1] == '.';
        const bool by_number = str_to_int(word->text, &named) && named == (int64_t)number;
        if (inside && !qualified && (by_number || str_eq(word->text, name))) {
            return true;
        }
    }
    return false;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static bool any_used(const struct resolver *resolver, uint32_t query, size_t columns) {
    for (size_t i = 0; i < columns; i++) {
        if (resolver->used[query][i]) {
            return true;
        }
    }
    return false;
}

/* Columns before this one that bear its name. */
static size_t same_before(const struct query *query, size_t column) {
    size_t same = 0;
    for (size_t i = 0; i < column; i++) {
        same += str_eq(query_column(query, i), query_column(query, column));
    }
    return same;
}

static void tell_unused(struct resolver *resolver, uint32_t index, const struct query *query) {
    const struct named_query *named = &resolver->layout->queries[index];
    for (size_t i = 0; i < query_columns(query); i++) {
        const struct str column = query_column(query, i);
        const size_t same = same_before(query, i);
        struct sql_word written;
        if (resolver->used[index][i] || !find_written(named->sql, column, same, &written) ||
            (same == 0 && orders_by(named->sql, column, i + 1))) {
            continue;
        }
        struct place place = named_query_place(named, written.from);
        place.width = (int32_t)utf8_count(str_slice(named->sql, written.from, written.to));
        diag_add(resolver->diags, same > 0 ? DIAG_R325 : DIAG_R313, place, (const struct str[4]){named->name, column});
    }
}

static void mark_all(struct resolver *resolver, uint32_t query) {
    for (size_t column = 0; column < query_columns(resolver->prepared[query]); column++) {
        resolver_mark(resolver, query, column);
    }
}

/* What checks and the naming of documents take by number; and what a volume may take. */
static void mark_by_number(struct resolver *resolver) {
    const struct layout *layout = resolver->layout;
    const uint32_t each = layout->each == NO_QUERY ? NO_QUERY : layout->query_uses[layout->each].query;
    const size_t columns = each == NO_QUERY ? 0 : layout->is_bound ? query_columns(resolver->prepared[each]) : 1;
    for (size_t column = 0; column < columns; column++) {
        resolver_mark(resolver, each, column);
    }
    const struct str owner = session_own_column(resolver->resolved->session); /* whose document it is */
    for (size_t column = 0; each != NO_QUERY && column < query_columns(resolver->prepared[each]); column++) {
        if (str_eq(query_column(resolver->prepared[each], column), owner)) {
            resolver_mark(resolver, each, column);
        }
    }
    for (size_t i = 0; i < layout->check_count; i++) {
        for (size_t column = 0; column < 3; column++) {
            resolver_mark(resolver, layout->query_uses[layout->checks[i].query].query, column);
        }
    }
    for (size_t i = 0; i < layout->finding_count; i++) {
        mark_all(resolver, layout->query_uses[layout->findings[i].query].query);
    }
}

void tell_unused_columns(struct resolver *resolver) {
    mark_by_number(resolver);
    for (uint32_t i = 0; i < resolver->layout->query_count; i++) {
        const struct query *query = resolver->prepared[i];
        const bool own = str_eq(resolver->layout->queries[i].place.file, resolver->layout->path);
        if (query != NULL && own && any_used(resolver, i, query_columns(query))) {
            tell_unused(resolver, i, query);
        }
    }
}
