/* scope.c: looks names up in the rows around a place.
 *
 * {column} is looked for from the innermost row outwards, then among what is given (as_of, semester …). {query.column}
 * is the row of that query when it stands around, else the first row of a run of its own. A query's :parameter is bound
 * the same way as a bare name. */
#include "resolve/scope.h"

#include <assert.h>
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "data/sql_words.h"

static const char *const given_names[GIVEN_COUNT] = {"as_of", "semester", "month", "reader", "stock"};

struct str given_name(enum given given) {
    return str_from(given_names[given]);
}

static bool find_given(struct str name, enum given *out) {
    for (size_t i = 0; i < GIVEN_COUNT; i++) {
        if (str_is(name, given_names[i])) {
            *out = (enum given)i;
            return true;
        }
    }
    return false;
}

static bool find_query(const struct walk *walk, struct str name, uint32_t *index) {
    for (size_t i = 0; i < walk->layout->query_count; i++) {
        if (str_eq(walk->layout->queries[i].name, name)) {
            *index = (uint32_t)i;
            return true;
        }
    }
    return false;
}

static const char *const parts_names[PARTS_COLUMN_COUNT] = {"page",   "last_page",  "pages",
                                                            "sheets", "incomplete", "is_last"};
static const char *const volume_names[OF_VOLUME_COLUMN_COUNT] = {"number", "count", "split",  "parts",     "first",
                                                                 "last",   "pages", "sheets", "incomplete"};

static struct query *given_query(struct walk *walk, struct str name, const char *const *names, size_t count,
                                 const struct str *more, size_t more_count) {
    struct str *columns = ARENA_ARRAY(walk->arena, struct str, count + more_count);
    for (size_t i = 0; i < count; i++) {
        columns[i] = str_from(names[i]);
    }
    for (size_t i = 0; i < more_count; i++) {
        columns[count + i] = more[i];
    }
    return query_given(walk->resolved->session, name, columns, count + more_count);
}

/* Words in the place of what the layout's own reader doesn't get are a mistake. A copy for another, who gets less, would say them,
 * and count rows that are kept from him: it isn't made. */
static void judge(struct walk *walk, struct query *query, const struct query_text *text) {
    struct resolved *resolved = walk->resolved;
    const bool own = !resolved->is_copy;
    struct diags aside;
    diags_init(&aside, walk->arena);
    query_tell_stand_ins(query, text, own ? walk->diags : &aside);
    if (own || resolved->unfit_query.n > 0) {
        return;
    }
    const struct str none = query_reads_none(query);
    if (none.n > 0 || aside.count > 0) {
        resolved->unfit_query = text->name;
        resolved->unfit_by = none.n > 0 ? none : aside.items[0].args[3];
    }
}

static struct query *prepare(struct walk *walk, const struct named_query *named) {
    struct resolved *resolved = walk->resolved;
    const struct givens *givens = &resolved->givens;
    struct query_text text = {named->name, named->sql, named_query_place, named};
    switch (named->built_in) {
    case BUILT_IN_PARTS:
        return resolved->parts = given_query(walk, named->name, parts_names, PARTS_COLUMN_COUNT, givens->part_columns,
                                             givens->part_column_count);
    case BUILT_IN_VOLUME:
        return resolved->volume = given_query(walk, named->name, volume_names, OF_VOLUME_COLUMN_COUNT, NULL, 0);
    case BUILT_IN_NONE:
        break;
    }
    struct query *query = query_prepare(resolved->session, &text, walk->diags);
    if (query != NULL) {
        judge(walk, query, &text);
    }
    return query;
}

/* The prepared query of a name's index, prepared at its first use; NULL when it is broken (told once). */
static struct query *query_at(struct walk *walk, uint32_t index) {
    if (index == NO_QUERY || walk->broken[index]) {
        return NULL;
    }
    if (walk->prepared[index] == NULL) {
        assert(!walk->broken[index]); /* W2 */
        walk->prepared[index] = prepare(walk, &walk->layout->queries[index]);
        walk->broken[index] = walk->prepared[index] == NULL;
        if (walk->prepared[index] != NULL) {
            walk->used[index] = ARENA_ARRAY(walk->arena, bool, query_columns(walk->prepared[index]));
        }
    }
    return walk->prepared[index];
}

static bool find_column(const struct query *query, struct str name, uint32_t *column) {
    const size_t found = query_find_column(query, name);
    if (found != SIZE_MAX) {
        *column = (uint32_t)found;
    }
    return found != SIZE_MAX;
}

/* Innermost row with a column of this name. */
static bool find_in_scopes(struct walk *walk, struct str name, uint32_t *depth, uint32_t *column) {
    for (uint32_t i = walk->depth; i-- > 0;) {
        const struct query *query = query_at(walk, walk->scopes[i].query);
        if (query != NULL && find_column(query, name, column)) {
            *depth = i;
            walk_mark(walk, walk->scopes[i].query, *column);
            return true;
        }
    }
    return false;
}

bool walk_sees(struct walk *walk, struct str name) {
    uint32_t depth = 0, column = 0;
    return find_in_scopes(walk, name, &depth, &column);
}

/* A broken query around hides what its columns would be: then an unknown name is no mistake of its own. */
static bool scope_is_broken(const struct walk *walk) {
    for (uint32_t i = 0; i < walk->depth; i++) {
        if (walk->scopes[i].query != NO_QUERY && walk->broken[walk->scopes[i].query]) {
            return true;
        }
    }
    return false;
}

/* All names that a bare placeholder could mean here, for the hint. */
static struct str *visible_names(struct walk *walk, size_t *count) {
    size_t all = GIVEN_COUNT + 2;
    for (uint32_t i = 0; i < walk->depth; i++) {
        const struct query *query = query_at(walk, walk->scopes[i].query);
        all += query != NULL ? query_columns(query) : 0;
    }
    struct str *names = ARENA_ARRAY(walk->arena, struct str, all);
    *count = 0;
    for (uint32_t i = walk->depth; i-- > 0;) {
        const struct query *query = query_at(walk, walk->scopes[i].query);
        for (size_t j = 0; query != NULL && j < query_columns(query); j++) {
            names[(*count)++] = query_column(query, j);
        }
    }
    for (size_t i = 0; i < GIVEN_COUNT; i++) {
        names[(*count)++] = str_from(given_names[i]);
    }
    return names;
}

static struct diag *tell_unknown_name(struct walk *walk, enum diag_code near, enum diag_code far, struct place place,
                                      struct str query, struct str name, const struct str *names, size_t count) {
    const struct str best = nearest_name(name, names, count);
    const struct str args[4] = {name, query, best, names_joined(walk->arena, names, count, count)};
    return diag_add(walk->diags, best.n > 0 ? near : far, place, args);
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
static void tell_unknown_parameter(struct walk *walk, const struct named_query *query, struct str name,
                                   struct place place) {
    bool found = false;
    strmap_put(&walk->parameters_told, str_printf(walk->arena, "%.*s:%.*s", STR_ARG(query->name), STR_ARG(name)),
               &found);
    if (found) {
        return;
    }
    size_t count;
    struct str *names = visible_names(walk, &count);
    const bool own = str_eq(query->place.file, walk->layout->path);
    const struct place inside = own ? parameter_place(query, name) : place, other = own ? place : query->place;
    tell_unknown_name(walk, DIAG_R303, DIAG_R304, inside, query->name, name, names, count)->also = other;
}

void walk_bind(struct walk *walk, uint32_t use, uint32_t query_index, struct place place) {
    struct resolved_query *out = &walk->resolved->queries[use];
    struct query *query = query_at(walk, query_index);
    out->query = query;
    out->constant = walk->layout->queries[query_index].built_in == BUILT_IN_NONE;
    if (query == NULL) {
        return;
    }
    out->constant = out->constant && !query_reads_own(query);
    out->parameter_count = query_parameters(query);
    out->parameters = ARENA_ARRAY(walk->arena, struct resolved_parameter, out->parameter_count);
    for (size_t i = 0; i < out->parameter_count; i++) {
        struct resolved_parameter *parameter = &out->parameters[i];
        const struct str name = query_parameter(query, i);
        if (find_in_scopes(walk, name, &parameter->depth, &parameter->column)) {
            parameter->source = SOURCE_ROW;
            out->constant = false;
        } else if (find_given(name, &parameter->given)) {
            parameter->source = SOURCE_GIVEN;
        } else if (!scope_is_broken(walk)) {
            tell_unknown_parameter(walk, &walk->layout->queries[query_index], name, place);
        }
    }
}

/* Serial of the deepest row that a use depends on; 0: none. */
static uint32_t deepest_serial(const struct walk *walk, const struct resolved_query *query) {
    uint32_t serial = 0;
    for (size_t i = 0; i < query->parameter_count; i++) {
        if (query->parameters[i].source == SOURCE_ROW && walk->scopes[query->parameters[i].depth].serial > serial) {
            serial = walk->scopes[query->parameters[i].depth].serial;
        }
    }
    return serial;
}

/* A use of a query beside those of the layout; shared when the same query with the same rows was needed before. */
static uint32_t extra_use(struct walk *walk, uint32_t query, struct place place) {
    struct resolved *resolved = walk->resolved;
    size_t capacity = walk->query_capacity;
    ARENA_GROW(walk->arena, walk->serial_of_extra, resolved->query_count, capacity);
    capacity = walk->query_capacity;
    ARENA_GROW(walk->arena, resolved->queries, resolved->query_count, capacity);
    walk->query_capacity = capacity;
    const uint32_t use = (uint32_t)resolved->query_count++;
    memset(&resolved->queries[use], 0, sizeof resolved->queries[use]);
    walk_bind(walk, use, query, place);
    const uint32_t serial = deepest_serial(walk, &resolved->queries[use]);
    for (uint32_t i = (uint32_t)walk->layout->query_use_count; i < use; i++) {
        if (resolved->queries[i].query == resolved->queries[use].query && walk->serial_of_extra[i] == serial) {
            resolved->query_count--;
            return i;
        }
    }
    walk->serial_of_extra[use] = serial;
    return use;
}

static bool scope_of_query(const struct walk *walk, struct str name, uint32_t *depth) {
    for (uint32_t i = walk->depth; i-- > 0;) {
        if (walk->scopes[i].query != NO_QUERY && str_eq(walk->layout->queries[walk->scopes[i].query].name, name)) {
            *depth = i;
            return true;
        }
    }
    return false;
}

static void tell_unknown_query(struct walk *walk, struct place place, struct str name) {
    size_t count = walk->layout->query_count;
    struct str *names = ARENA_ARRAY(walk->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = walk->layout->queries[i].name;
    }
    tell_unknown_name(walk, DIAG_R305, DIAG_R306, place, STR_NONE, name, names, count);
}

void tell_unknown_column(struct walk *walk, struct place place, const struct query *query, struct str column) {
    size_t count = query_columns(query);
    struct str *names = ARENA_ARRAY(walk->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = query_column(query, i);
    }
    tell_unknown_name(walk, DIAG_R301, DIAG_R302, place, query_name(query), column, names, count);
}

static struct str *with_queries(struct walk *walk, const struct str *names, size_t *count) {
    struct str *all = ARENA_ARRAY(walk->arena, struct str, *count + walk->layout->query_count);
    memcpy(all, names, *count * sizeof *names);
    for (size_t i = 0; i < walk->layout->query_count; i++) {
        all[(*count)++] = walk->layout->queries[i].name;
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

static bool tell_swallowed(struct walk *walk, struct str name) {
    for (uint32_t i = walk->depth; i-- > 0;) {
        struct sql_word word;
        struct str by = STR_NONE;
        const uint32_t index = walk->scopes[i].query;
        if (index != NO_QUERY && find_swallowed(&walk->layout->queries[index], name, &word, &by)) {
            const struct named_query *query = &walk->layout->queries[index];
            struct place place = named_query_place(query, word.from);
            place.width = (int32_t)utf8_count(name);
            DIAG_ADD(walk->diags, R317, place, query->name, name, by);
            return true;
        }
    }
    return false;
}

/* A query of the layout's own that has the column, but whose rows aren't around. */
static bool tell_elsewhere(struct walk *walk, struct place place, struct str name) {
    for (uint32_t i = 0; i < walk->layout->query_count; i++) {
        const struct named_query *named = &walk->layout->queries[i];
        uint32_t column = 0;
        const bool own =
            named->used && named->built_in == BUILT_IN_NONE && str_eq(named->place.file, walk->layout->path);
        const struct query *query = own ? query_at(walk, i) : NULL;
        if (query != NULL && find_column(query, name, &column)) {
            walk_mark(walk, i, column);
            DIAG_ADD(walk->diags, R318, place, name, named->name);
            return true;
        }
    }
    return false;
}

static void tell_unknown_here(struct walk *walk, struct place place, struct str name, bool query_too) {
    if (tell_swallowed(walk, name) || tell_elsewhere(walk, place, name)) {
        return;
    }
    size_t count;
    struct str *names = visible_names(walk, &count);
    if (query_too) {
        names = with_queries(walk, names, &count);
    } else {
        names[count++] = STR("page");
        names[count++] = STR("pages");
    }
    tell_unknown_name(walk, DIAG_R308, DIAG_R309, place, STR_NONE, name, names, count);
}

struct by_columns walk_by(struct walk *walk, struct str column, struct place place) {
    const struct givens *givens = &walk->resolved->givens;
    const struct layout *bound = walk->layout->volume.bound;
    struct by_columns by = {.own = NO_COLUMN};
    uint32_t depth;
    if (!find_in_scopes(walk, column, &depth, &by.own) && !scope_is_broken(walk)) {
        tell_unknown_here(walk, place, column, false);
    }
    for (; by.theirs < givens->part_column_count; by.theirs++) {
        if (str_eq(givens->part_columns[by.theirs], column)) {
            return by;
        }
    }
    const struct str query =
        bound->each == NO_QUERY ? bound->name : bound->queries[bound->query_uses[bound->each].query].name;
    tell_unknown_name(walk, DIAG_R301, DIAG_R302, place, query, column, givens->part_columns,
                      givens->part_column_count);
    return by;
}

/* {first query.column}: whichever of its rows the page shows. */
static void page_value(struct walk *walk, const struct value_ref *ref, struct resolved_value *out) {
    struct query *query = NULL;
    out->source = ref->kind == REF_PAGE_FIRST ? SOURCE_PAGE_FIRST : SOURCE_PAGE_LAST;
    walk->resolved->asks_for_rows = true;
    out->query_use = NO_QUERY;
    if (!find_query(walk, ref->query, &out->query_use)) {
        tell_unknown_query(walk, ref->place, ref->query);
    } else {
        query = query_at(walk, out->query_use);
    }
    if (query != NULL && find_column(query, ref->column, &out->column)) {
        walk_mark(walk, out->query_use, out->column);
    } else if (query != NULL) {
        tell_unknown_column(walk, ref->place, query, ref->column);
    }
}

/* {query.column} */
static void qualified_value(struct walk *walk, const struct value_ref *ref, struct resolved_value *out) {
    uint32_t index;
    struct query *query;
    if (scope_of_query(walk, ref->query, &out->depth)) {
        out->source = SOURCE_ROW;
        index = walk->scopes[out->depth].query;
        query = query_at(walk, index);
    } else if (find_query(walk, ref->query, &index)) {
        query = query_at(walk, index);
        out->source = SOURCE_QUERY;
        if (query != NULL) {
            out->query_use = extra_use(walk, index, ref->place);
        }
    } else {
        tell_unknown_query(walk, ref->place, ref->query);
        return;
    }
    if (query != NULL && find_column(query, ref->column, &out->column)) {
        walk_mark(walk, index, out->column);
    } else if (query != NULL) {
        tell_unknown_column(walk, ref->place, query, ref->column);
    }
}

/* {days…}: all columns of the innermost row that has any which begins so. */
static void prefix_value(struct walk *walk, const struct value_ref *ref, struct resolved_value *out) {
    for (uint32_t depth = walk->depth; depth-- > 0;) {
        const struct query *query = query_at(walk, walk->scopes[depth].query);
        size_t columns = query != NULL ? query_columns(query) : 0;
        out->columns = ARENA_ARRAY(walk->arena, uint32_t, columns);
        out->column_count = 0;
        for (size_t i = 0; i < columns; i++) {
            if (str_starts(query_column(query, i), ref->column)) {
                out->columns[out->column_count++] = (uint32_t)i;
                walk_mark(walk, walk->scopes[depth].query, i);
            }
        }
        if (out->column_count > 0) {
            out->source = SOURCE_ROW;
            out->depth = depth;
            out->column = out->columns[0];
            return;
        }
    }
    if (!scope_is_broken(walk)) {
        DIAG_ADD(walk->diags, R307, ref->place, ref->column);
    }
}

void walk_value(struct walk *walk, const struct value_ref *ref, struct resolved_value *out) {
    out->source = SOURCE_GIVEN;
    out->given = GIVEN_AS_OF;
    if (ref->kind == REF_PREFIX) {
        prefix_value(walk, ref, out);
    } else if (ref->kind == REF_PAGE_FIRST || ref->kind == REF_PAGE_LAST) {
        page_value(walk, ref, out);
    } else if (ref->query.n > 0) {
        qualified_value(walk, ref, out);
    } else if (find_in_scopes(walk, ref->column, &out->depth, &out->column)) {
        out->source = SOURCE_ROW;
    } else if (!find_given(ref->column, &out->given) && !scope_is_broken(walk)) {
        tell_unknown_here(walk, ref->place, ref->column, false);
    }
}

void walk_condition(struct walk *walk, const struct condition *condition, struct resolved_condition *out) {
    struct value_ref ref = {.place = condition->place, .column = condition->name};
    const size_t dot = str_find_byte(condition->name, '.');
    uint32_t index;
    if (dot < condition->name.n) {
        ref.query = str_slice(condition->name, 0, dot);
        ref.column = str_slice(condition->name, dot + 1, condition->name.n);
    } else if (!find_in_scopes(walk, condition->name, &out->value.depth, &out->value.column)) {
        if (find_query(walk, condition->name, &index)) {
            out->is_query = true;
            out->query_use = extra_use(walk, index, condition->place);
            return;
        }
        if (!find_given(condition->name, &out->value.given) && !scope_is_broken(walk)) {
            tell_unknown_here(walk, condition->place, condition->name, true);
            return;
        }
    }
    walk_value(walk, &ref, &out->value);
}
