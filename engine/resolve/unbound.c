/* unbound.c: rows of everybody in a paper of one, and papers of nobody.
 *
 * A list below a row takes something of that row: a child's family is WHERE student_id = :student_id. Where its table has such a column
 * too, and the query names it nowhere, the condition was forgotten. Not told are sums, which may well be of all, and queries that are
 * shared. */
#include "resolve/resolver.h"

#include "data/sql_words.h"

static bool names(struct str sql, struct str name) {
    struct sql_word word;
    for (size_t offset = 0; sql_next(sql, &offset, &word);) {
        if (sql_is(&word, name)) {
            return true;
        }
    }
    return false;
}

static bool sums(struct str sql) {
    static const char *const words[] = {"GROUP", "DISTINCT", "count",        "sum",    "avg",  "min",
                                        "max",   "total",    "group_concat", "EXISTS", "JOIN", "WITH"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (names(sql, str_from(words[i]))) {
            return true;
        }
    }
    return false;
}

static bool takes_row(const struct resolved_query *query) {
    for (size_t i = 0; i < query->parameter_count; i++) {
        if (query->parameters[i].source == SOURCE_ROW) {
            return true;
        }
    }
    return false;
}

/* student_id, class_id: of what a row is of; all papers are of one term. */
static bool is_key(struct str column) {
    return str_ends(column, STR("_id")) && !str_is(column, "semester_id");
}

/* By it is known whose rows a reader gets: without it they are nobody's. */
void tell_unowned(struct resolver *resolver) {
    const struct layout *layout = resolver->layout;
    const struct resolved *resolved = resolver->resolved;
    const struct query *each = layout->each == NO_QUERY ? NULL : resolved->queries[layout->each].query;
    if (each == NULL || resolved->is_copy || resolved->own_column != NO_COLUMN || !query_reads_own(each)) {
        return;
    }
    const struct named_query *named = &layout->queries[layout->query_uses[layout->each].query];
    DIAG_ADD(resolver->diags, R336, named_query_place(named, 0), named->name, session_own_column(resolved->session));
}

void tell_unbound(struct resolver *resolver, uint32_t query_use) {
    const struct resolved_query *bound = &resolver->resolved->queries[query_use];
    const struct named_query *named = &resolver->layout->queries[resolver->layout->query_uses[query_use].query];
    const bool own = named->built_in == BUILT_IN_NONE && str_eq(named->place.file, resolver->layout->path);
    if (!own || bound->query == NULL || takes_row(bound) || sums(named->sql)) {
        return;
    }
    for (uint32_t i = resolver->depth; i-- > 0;) {
        const uint32_t index = resolver->rows[i].query;
        const struct query *around = index == NO_QUERY ? NULL : resolver->prepared[index];
        for (size_t j = 0; around != NULL && j < query_columns(around); j++) {
            const struct str column = query_column(around, j);
            if (is_key(column) && !names(named->sql, column) &&
                session_reads_column(resolver->resolved->session, named->sql, column)) {
                DIAG_ADD(resolver->diags, R330, named_query_place(named, 0), named->name, column);
                return;
            }
        }
    }
}
