/* unknown.c: names that nothing has: what was meant, and where it would be found.
 *
 * A name near to one that is known here, a column of a query whose rows aren't around, a query where a column is wanted, a column that
 * another swallowed for want of a comma: the first of them that fits is told, else all the names that are known here. */
#include "resolve/resolver.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "data/sql_words.h"

/* All names that a bare placeholder, or a parameter, could mean here, for the hint; `given`: how many of those that are given. */
static struct str *visible_names(struct resolver *resolver, size_t given, size_t *count) {
    size_t all = given + 2;
    for (uint32_t i = 0; i < resolver->depth; i++) {
        const struct query *query = resolver_query(resolver, resolver->rows[i].query);
        all += query != NULL ? query_columns(query) : 0;
    }
    struct str *names = ARENA_ARRAY(resolver->arena, struct str, all);
    *count = 0;
    for (uint32_t i = resolver->depth; i-- > 0;) {
        const struct query *query = resolver_query(resolver, resolver->rows[i].query);
        for (size_t j = 0; query != NULL && j < query_columns(query); j++) {
            names[(*count)++] = query_column(query, j);
        }
    }
    for (size_t i = 0; i < given; i++) {
        names[(*count)++] = given_name((enum given)i);
    }
    return names;
}

/* What is given to every row, by other names; STR_NONE for none. */
static struct str given_meant(struct str name) {
    static const char *const meanings[][2] = {
        {"today", "as_of"},      {"now", "as_of"},        {"date", "as_of"},       {"day", "as_of"},
        {"今天", "as_of"},       {"日期", "as_of"},       {"打印日期", "as_of"},   {"当前日期", "as_of"},
        {"截止日期", "as_of"},   {"term", "semester"},    {"term_id", "semester"}, {"学期", "semester"},
        {"本学期", "semester"},  {"ym", "month"},         {"月份", "month"},       {"本月", "month"},
        {"页码", "page"},        {"页", "page"},          {"总页数", "pages"},     {"页数", "pages"},
        {"page_count", "pages"}, {"total_pages", "pages"}};
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (str_is(name, meanings[i][0])) {
            return str_from(meanings[i][1]);
        }
    }
    return STR_NONE;
}

/* A near one of the names; else one that is meant, where it stands among them. */
static struct str name_here(struct str name, const struct str *names, size_t count) {
    const struct str near = column_meant(name, names, count), meant = given_meant(name);
    for (size_t i = 0; near.n == 0 && i < count; i++) {
        if (str_eq(names[i], meant)) {
            return meant;
        }
    }
    return near;
}

struct diag *tell_unknown_name(struct resolver *resolver, enum diag_code near, enum diag_code far, struct place place,
                               struct str query, struct str name, const struct str *names, size_t count) {
    const struct str best = name_here(name, names, count);
    const struct str args[4] = {name, query, best, names_joined(resolver->arena, names, count, count)};
    return diag_add(resolver->diags, best.n > 0 ? near : far, place, args);
}

static struct place parameter_place(const struct named_query *query, struct str name) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(query->sql, &offset, &word);) {
        if (word.kind == SQL_PARAMETER && str_eq(str_slice(word.text, 1, word.text.n), name)) {
            struct place place = named_query_place(query, word.from);
            place.width = (int32_t)utf8_count(word.text);
            return place;
        }
    }
    return query->place;
}

/* A parameter that nothing gives is told where it stands in a query of the layout's own, with the query's first use; else at that
 * use, for what is shared is right in other layouts. */
void tell_unknown_parameter(struct resolver *resolver, const struct named_query *query, struct str name,
                            struct place place) {
    bool found = false;
    strmap_put(&resolver->parameters_told,
               str_printf(resolver->arena, "%.*s:%.*s", STR_ARG(query->name), STR_ARG(name)), &found);
    if (found) {
        return;
    }
    size_t count;
    struct str *names = visible_names(resolver, given_to_queries(resolver->layout), &count);
    /* Where no row is around it is as a rule the wrong query that was named. */
    const bool misspelt = resolver->depth > 0 || nearest_name(name, names, count).n > 0;
    const bool own = str_eq(query->place.file, resolver->layout->path) && misspelt;
    const struct place inside = own ? parameter_place(query, name) : place, other = own ? place : query->place;
    tell_unknown_name(resolver, DIAG_R303, DIAG_R304, inside, query->name, name, names, count)->also = other;
}

void tell_unknown_query(struct resolver *resolver, struct place place, struct str name) {
    size_t count = resolver->layout->query_count;
    struct str *names = ARENA_ARRAY(resolver->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = resolver->layout->queries[i].name;
    }
    tell_unknown_name(resolver, DIAG_R305, DIAG_R306, place, STR_NONE, name, names, count);
}

/* `SELECT count(*) FROM child`, of which nobody can ask: told at that expression. The first of the query's columns without a name. */
static bool tell_nameless(struct resolver *resolver, const struct query *query, struct str column) {
    uint32_t index = 0;
    for (size_t i = 0; resolver_find_query(resolver, query_name(query), &index) && i < query_columns(query); i++) {
        const struct named_query *named = &resolver->layout->queries[index];
        const struct str expression = query_column(query, i);
        const size_t at = str_find(named->sql, expression);
        if (strpbrk(str_c(resolver->arena, expression), "(+-*/|'") != NULL && at < named->sql.n &&
            named->built_in == BUILT_IN_NONE) {
            struct place place = named_query_place(named, at);
            place.width = (int32_t)utf8_count(expression);
            DIAG_ADD(resolver->diags, R345, place, named->name, column, expression);
            return true;
        }
    }
    return false;
}

void tell_unknown_column(struct resolver *resolver, struct place place, const struct query *query, struct str column) {
    if (tell_nameless(resolver, query, column)) {
        return;
    }
    size_t count = query_columns(query);
    struct str *names = ARENA_ARRAY(resolver->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = query_column(query, i);
    }
    tell_unknown_name(resolver, DIAG_R301, DIAG_R302, place, query_name(query), column, names, count);
}

static struct str *with_queries(struct resolver *resolver, const struct str *names, size_t *count) {
    struct str *all = ARENA_ARRAY(resolver->arena, struct str, *count + resolver->layout->query_count);
    memcpy(all, names, *count * sizeof *names);
    for (size_t i = 0; i < resolver->layout->query_count; i++) {
        all[(*count)++] = resolver->layout->queries[i].name;
    }
    return all;
}

/* `SELECT gender birth, …`: for want of a comma the one column is called as the other. The place of the word before the gap. */
static bool find_swallowed(const struct named_query *query, struct str name, struct sql_word *swallowed,
                           struct str *by) {
    static const char *const keywords[] = {"AS",    "FROM",    "COLLATE", "IS",    "IN",     "NOT",    "AND",  "OR",
                                           "LIKE",  "BETWEEN", "THEN",    "ELSE",  "END",    "WHEN",   "ASC",  "DESC",
                                           "WHERE", "ORDER",   "GROUP",   "UNION", "LIMIT",  "JOIN",   "LEFT", "ON",
                                           "OVER",  "FILTER",  "HAVING",  "USING", "WINDOW", "ESCAPE", "GLOB"};
    struct sql_word word, next;
    size_t offset = 0;
    while (sql_next(query->sql, &offset, &word)) {
        size_t behind = offset;
        if (sql_is(&word, STR("FROM"))) {
            return false;
        }
        if (!sql_is(&word, name) || !sql_next(query->sql, &behind, &next) || next.kind != SQL_NAME) {
            continue;
        }
        bool keyword = false;
        for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++) {
            keyword = keyword || sql_is(&next, str_from(keywords[i]));
        }
        if (!keyword) {
            *swallowed = word;
            *by = next.text;
            return true;
        }
    }
    return false;
}

static bool tell_swallowed(struct resolver *resolver, struct str name) {
    for (uint32_t i = resolver->depth; i-- > 0;) {
        struct sql_word word;
        struct str by = STR_NONE;
        const uint32_t index = resolver->rows[i].query;
        if (index != NO_QUERY && find_swallowed(&resolver->layout->queries[index], name, &word, &by)) {
            const struct named_query *query = &resolver->layout->queries[index];
            struct place place = named_query_place(query, word.from);
            place.width = (int32_t)utf8_count(name);
            DIAG_ADD(resolver->diags, R317, place, query->name, name, by);
            return true;
        }
    }
    return false;
}

/* Were these rows told as the wrong ones, those of another query being meant? Then all of its columns are missing. */
static bool rows_were_told(struct resolver *resolver, uint32_t meant) {
    const uint32_t of_document = resolver->layout->each != NO_QUERY;
    bool found = false;
    if (resolver->depth > of_document) {
        const uint32_t serial = resolver->rows[resolver->depth - 1].serial;
        strmap_put(&resolver->parameters_told, str_printf(resolver->arena, "%u of %u", serial, meant), &found);
    }
    return found;
}

/* A query of the layout's own that has the column, but whose rows aren't around. */
static bool tell_elsewhere(struct resolver *resolver, struct place place, struct str name) {
    for (uint32_t i = 0; i < resolver->layout->query_count; i++) {
        const struct named_query *named = &resolver->layout->queries[i];
        uint32_t column = 0;
        const bool own = named->built_in == BUILT_IN_NONE && str_eq(named->place.file, resolver->layout->path);
        const struct query *query = own ? resolver_query(resolver, i) : NULL;
        if (query != NULL && resolver_find_column(query, name, &column)) {
            resolver_mark(resolver, i, column);
            if (!rows_were_told(resolver, i)) {
                DIAG_ADD(resolver->diags, R318, place, name, named->name);
            }
            return true;
        }
    }
    return false;
}

/* {totals}, group: totals, where `totals` is a query. */
static bool tell_query(struct resolver *resolver, struct place place, struct str name, bool by_key) {
    uint32_t index = 0;
    const struct query *query = resolver_find_query(resolver, name, &index) ? resolver_query(resolver, index) : NULL;
    const size_t count = query != NULL ? query_columns(query) : 0;
    if (by_key && count > 0) {
        struct str *names = ARENA_ARRAY(resolver->arena, struct str, count);
        for (size_t i = 0; i < count; i++) {
            names[i] = query_column(query, i);
        }
        DIAG_ADD(resolver->diags, R346, place, name, names_joined(resolver->arena, names, count, count));
    } else if (count > 0) {
        DIAG_ADD(resolver->diags, R326, place, name, query_column(query, 0));
    }
    return query != NULL;
}

/* {count}, {sum}: what a counter does. */
static bool tell_counter(struct resolver *resolver, struct place place, struct str name) {
    static const char *const names[] = {"count", "sum", "rownum", "row_number", "序号", "行号", "合计", "计数"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(name, names[i])) {
            DIAG_ADD(resolver->diags, R329, place, name);
            return true;
        }
    }
    return false;
}

/* Where a column may be taken into: the SELECT of the innermost row's query, for the hint. */
static struct str select_of(struct resolver *resolver) {
    const uint32_t index = resolver->depth > 0 ? resolver->rows[resolver->depth - 1].query : NO_QUERY;
    if (index == NO_QUERY || resolver->layout->queries[index].built_in != BUILT_IN_NONE) {
        return STR_NONE;
    }
    const struct str query = resolver->layout->queries[index].name;
    return diag_both(
        resolver->arena,
        str_printf(resolver->arena, "take it into the SELECT of “%.*s”, or write one of these; ", STR_ARG(query)),
        str_printf(resolver->arena, "请把它写入“%.*s”的 SELECT，或改用其中之一；", STR_ARG(query)));
}

void tell_unknown_here(struct resolver *resolver, struct place place, struct str name, bool by_key, bool query_too) {
    if ((!query_too && (tell_query(resolver, place, name, by_key) || tell_counter(resolver, place, name))) ||
        tell_swallowed(resolver, name) || tell_elsewhere(resolver, place, name)) {
        return;
    }
    const uint32_t around = resolver->depth > 0 ? resolver->rows[resolver->depth - 1].query : NO_QUERY;
    const struct query *query = resolver_query(resolver, around);
    if (query != NULL && tell_nameless(resolver, query, name)) {
        return;
    }
    size_t count;
    struct str *names = visible_names(resolver, given_to_texts(resolver->layout), &count);
    if (query_too) {
        names = with_queries(resolver, names, &count);
    } else {
        names[count++] = STR("page");
        names[count++] = STR("pages");
    }
    tell_unknown_name(resolver, DIAG_R308, DIAG_R309, place, select_of(resolver), name, names, count);
}
