/* names.c: looks names up in the rows around a place.
 *
 * {column} is looked for from the innermost row outwards, then among what is given (as_of, semester …). {query.column}
 * is the row of that query when it stands around, else the first row of a run of its own. A query's :parameter is bound
 * the same way as a bare name. */
#include "resolve/resolver.h"

#include <assert.h>
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "data/sql_words.h"

static const char *const given_names[GIVEN_ALL] = {"as_of", "semester", "month",   "asked_on", "reader",     "stock",
                                                   "run",   "check",    "edition", "replaces", "replaced_on"};

struct str given_name(enum given given) {
    return str_from(given_names[given]);
}

/* How many of the names a layout's queries may use. */
size_t given_to_queries(const struct layout *layout) {
    return layout->of_run ? GIVEN_COUNT : GIVEN_RUN;
}

/* How many of the names a layout's texts may use: editions are of papers that bear a code. */
size_t given_to_texts(const struct layout *layout) {
    return layout->check.count > 0 ? GIVEN_ALL : given_to_queries(layout);
}

static bool find_given(struct str name, size_t count, enum given *out) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(name, given_names[i])) {
            *out = (enum given)i;
            return true;
        }
    }
    return false;
}

bool resolver_find_query(const struct resolver *resolver, struct str name, uint32_t *index) {
    for (size_t i = 0; i < resolver->layout->query_count; i++) {
        if (str_eq(resolver->layout->queries[i].name, name)) {
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

static struct query *given_query(struct resolver *resolver, struct str name, const char *const *names, size_t count,
                                 const struct str *more, size_t more_count) {
    struct str *columns = ARENA_ARRAY(resolver->arena, struct str, count + more_count);
    for (size_t i = 0; i < count; i++) {
        columns[i] = str_from(names[i]);
    }
    for (size_t i = 0; i < more_count; i++) {
        columns[count + i] = more[i];
    }
    return query_given(resolver->resolved->session, name, columns, count + more_count);
}

/* Words in the place of what the layout's own reader doesn't get are a mistake. A copy for another, who gets less, would say them,
 * and count rows that are kept from him: it isn't made. */
static void judge(struct resolver *resolver, struct query *query, const struct query_text *text) {
    struct resolved *resolved = resolver->resolved;
    const bool own = !resolved->is_copy;
    struct diags aside;
    diags_init(&aside, resolver->arena);
    query_tell_stand_ins(query, text, own ? resolver->diags : &aside);
    if (own || resolved->unfit_query.n > 0) {
        return;
    }
    const struct str none = query_reads_none(query);
    if (none.n > 0 || aside.count > 0) {
        resolved->unfit_query = text->name;
        resolved->unfit_by = none.n > 0 ? none : aside.items[0].args[3];
    }
}

static struct query *prepare(struct resolver *resolver, const struct named_query *named) {
    struct resolved *resolved = resolver->resolved;
    const struct givens *givens = &resolved->givens;
    struct query_text text = {named->name, named->sql, named_query_place, named};
    switch (named->built_in) {
    case BUILT_IN_PARTS:
        return resolved->parts = given_query(resolver, named->name, parts_names, PARTS_COLUMN_COUNT,
                                             givens->part_columns, givens->part_column_count);
    case BUILT_IN_VOLUME:
        return resolved->volume = given_query(resolver, named->name, volume_names, OF_VOLUME_COLUMN_COUNT, NULL, 0);
    case BUILT_IN_NONE:
        break;
    }
    struct query *query = query_prepare(resolved->session, &text, resolver->diags);
    if (query != NULL) {
        judge(resolver, query, &text);
    }
    return query;
}

/* The prepared query of a name's index, prepared at its first use; NULL when it is broken (told once). */
struct query *resolver_query(struct resolver *resolver, uint32_t index) {
    if (index == NO_QUERY || resolver->broken[index]) {
        return NULL;
    }
    if (resolver->prepared[index] == NULL) {
        assert(!resolver->broken[index]); /* R2 */
        resolver->prepared[index] = prepare(resolver, &resolver->layout->queries[index]);
        resolver->broken[index] = resolver->prepared[index] == NULL;
        if (resolver->prepared[index] != NULL) {
            resolver->used[index] = ARENA_ARRAY(resolver->arena, bool, query_columns(resolver->prepared[index]));
        }
    }
    return resolver->prepared[index];
}

bool resolver_find_column(const struct query *query, struct str name, uint32_t *column) {
    const size_t found = query_find_column(query, name);
    if (found != SIZE_MAX) {
        *column = (uint32_t)found;
    }
    return found != SIZE_MAX;
}

/* Innermost row with a column of this name. */
static bool find_in_rows(struct resolver *resolver, struct str name, uint32_t *depth, uint32_t *column) {
    for (uint32_t i = resolver->depth; i-- > 0;) {
        const struct query *query = resolver_query(resolver, resolver->rows[i].query);
        if (query != NULL && resolver_find_column(query, name, column)) {
            *depth = i;
            resolver_mark(resolver, resolver->rows[i].query, *column);
            return true;
        }
    }
    return false;
}

bool resolver_sees(struct resolver *resolver, struct str name) {
    uint32_t depth = 0, column = 0;
    return find_in_rows(resolver, name, &depth, &column);
}

/* A broken query around hides what its columns would be: then an unknown name is no mistake of its own. */
static bool row_is_broken(const struct resolver *resolver) {
    for (uint32_t i = 0; i < resolver->depth; i++) {
        if (resolver->rows[i].query != NO_QUERY && resolver->broken[resolver->rows[i].query]) {
            return true;
        }
    }
    return false;
}

void resolve_bind(struct resolver *resolver, uint32_t use, uint32_t query_index, struct place place) {
    struct resolved_query *out = &resolver->resolved->queries[use];
    struct query *query = resolver_query(resolver, query_index);
    out->query = query;
    out->constant = resolver->layout->queries[query_index].built_in == BUILT_IN_NONE;
    if (query == NULL) {
        return;
    }
    out->constant = out->constant && !query_reads_own(query);
    out->parameter_count = query_parameters(query);
    out->parameters = ARENA_ARRAY(resolver->arena, struct resolved_parameter, out->parameter_count);
    for (size_t i = 0; i < out->parameter_count; i++) {
        struct resolved_parameter *parameter = &out->parameters[i];
        const struct str name = query_parameter(query, i);
        if (find_in_rows(resolver, name, &parameter->depth, &parameter->column)) {
            parameter->source = SOURCE_ROW;
            out->constant = false;
        } else if (find_given(name, given_to_queries(resolver->layout), &parameter->given)) {
            parameter->source = SOURCE_GIVEN;
        } else if (!row_is_broken(resolver)) {
            tell_unknown_parameter(resolver, &resolver->layout->queries[query_index], name, place);
            /* Its rows aren't the ones that were meant. */
            resolver->broken[query_index] = resolver->broken[query_index] || resolver->depth == 0;
        }
    }
}

/* Serial of the deepest row that a use depends on; 0: none. */
static uint32_t deepest_serial(const struct resolver *resolver, const struct resolved_query *query) {
    uint32_t serial = 0;
    for (size_t i = 0; i < query->parameter_count; i++) {
        if (query->parameters[i].source == SOURCE_ROW && resolver->rows[query->parameters[i].depth].serial > serial) {
            serial = resolver->rows[query->parameters[i].depth].serial;
        }
    }
    return serial;
}

/* A use of a query beside those of the layout; shared when the same query with the same rows was needed before. */
static uint32_t extra_use(struct resolver *resolver, uint32_t query, struct place place) {
    struct resolved *resolved = resolver->resolved;
    size_t capacity = resolver->query_capacity;
    ARENA_GROW(resolver->arena, resolver->serial_of_extra, resolved->query_count, capacity);
    capacity = resolver->query_capacity;
    ARENA_GROW(resolver->arena, resolved->queries, resolved->query_count, capacity);
    resolver->query_capacity = capacity;
    const uint32_t use = (uint32_t)resolved->query_count++;
    memset(&resolved->queries[use], 0, sizeof resolved->queries[use]);
    resolve_bind(resolver, use, query, place);
    const uint32_t serial = deepest_serial(resolver, &resolved->queries[use]);
    for (uint32_t i = (uint32_t)resolver->layout->query_use_count; i < use; i++) {
        if (resolved->queries[i].query == resolved->queries[use].query && resolver->serial_of_extra[i] == serial) {
            resolved->query_count--;
            return i;
        }
    }
    resolver->serial_of_extra[use] = serial;
    return use;
}

static bool row_of_query(const struct resolver *resolver, struct str name, uint32_t *depth) {
    for (uint32_t i = resolver->depth; i-- > 0;) {
        if (resolver->rows[i].query != NO_QUERY &&
            str_eq(resolver->layout->queries[resolver->rows[i].query].name, name)) {
            *depth = i;
            return true;
        }
    }
    return false;
}

struct by_columns resolve_by(struct resolver *resolver, struct str column, struct place place) {
    const struct givens *givens = &resolver->resolved->givens;
    const struct layout *bound = resolver->layout->volume.bound;
    struct by_columns by = {.own = NO_COLUMN};
    uint32_t depth;
    if (!find_in_rows(resolver, column, &depth, &by.own) && !row_is_broken(resolver)) {
        tell_unknown_here(resolver, place, column, true, false);
        return by;
    }
    for (; by.theirs < givens->part_column_count; by.theirs++) {
        if (str_eq(givens->part_columns[by.theirs], column)) {
            return by;
        }
    }
    const struct str query =
        bound->each == NO_QUERY ? bound->name : bound->queries[bound->query_uses[bound->each].query].name;
    tell_unknown_name(resolver, DIAG_R301, DIAG_R302, place, query, column, givens->part_columns,
                      givens->part_column_count);
    return by;
}

/* {first query.column}: whichever of its rows the page shows. */
static void page_value(struct resolver *resolver, const struct value_ref *ref, struct resolved_value *out) {
    struct query *query = NULL;
    out->source = ref->kind == REF_PAGE_FIRST ? SOURCE_PAGE_FIRST : SOURCE_PAGE_LAST;
    resolver->resolved->asks_for_rows = true;
    out->query_use = NO_QUERY;
    if (!resolver_find_query(resolver, ref->query, &out->query_use)) {
        tell_unknown_query(resolver, ref->place, ref->query);
    } else {
        query = resolver_query(resolver, out->query_use);
    }
    if (query != NULL && resolver_find_column(query, ref->column, &out->column)) {
        resolver_mark(resolver, out->query_use, out->column);
    } else if (query != NULL) {
        tell_unknown_column(resolver, ref->place, query, ref->column);
    }
}

/* {query.column} */
static void qualified_value(struct resolver *resolver, const struct value_ref *ref, struct resolved_value *out) {
    uint32_t index;
    struct query *query;
    if (row_of_query(resolver, ref->query, &out->depth)) {
        out->source = SOURCE_ROW;
        index = resolver->rows[out->depth].query;
        query = resolver_query(resolver, index);
    } else if (resolver_find_query(resolver, ref->query, &index)) {
        query = resolver_query(resolver, index);
        out->source = SOURCE_QUERY;
        if (query != NULL) {
            out->query_use = extra_use(resolver, index, ref->place);
        }
    } else {
        tell_unknown_query(resolver, ref->place, ref->query);
        return;
    }
    if (query != NULL && resolver_find_column(query, ref->column, &out->column)) {
        resolver_mark(resolver, index, out->column);
    } else if (query != NULL) {
        tell_unknown_column(resolver, ref->place, query, ref->column);
    }
}

/* {days…}: all columns of the innermost row that has any which begins so. */
static void prefix_value(struct resolver *resolver, const struct value_ref *ref, struct resolved_value *out) {
    for (uint32_t depth = resolver->depth; depth-- > 0;) {
        const struct query *query = resolver_query(resolver, resolver->rows[depth].query);
        size_t columns = query != NULL ? query_columns(query) : 0;
        out->columns = ARENA_ARRAY(resolver->arena, uint32_t, columns);
        out->column_count = 0;
        for (size_t i = 0; i < columns; i++) {
            if (str_starts(query_column(query, i), ref->column)) {
                out->columns[out->column_count++] = (uint32_t)i;
                resolver_mark(resolver, resolver->rows[depth].query, i);
            }
        }
        if (out->column_count > 0) {
            out->source = SOURCE_ROW;
            out->depth = depth;
            out->column = out->columns[0];
            return;
        }
    }
    if (!row_is_broken(resolver)) {
        DIAG_ADD(resolver->diags, R307, ref->place, ref->column);
    }
}

void resolve_value(struct resolver *resolver, const struct value_ref *ref, struct resolved_value *out) {
    out->source = SOURCE_GIVEN;
    out->given = GIVEN_AS_OF;
    tell_unfit_filter(resolver, ref);
    if (ref->kind == REF_PREFIX) {
        prefix_value(resolver, ref, out);
    } else if (ref->kind == REF_PAGE_FIRST || ref->kind == REF_PAGE_LAST) {
        page_value(resolver, ref, out);
    } else if (ref->query.n > 0) {
        qualified_value(resolver, ref, out);
    } else if (find_in_rows(resolver, ref->column, &out->depth, &out->column)) {
        out->source = SOURCE_ROW;
    } else if (!find_given(ref->column, given_to_texts(resolver->layout), &out->given) && !row_is_broken(resolver)) {
        tell_unknown_here(resolver, ref->place, ref->column, ref->by_key, false);
    }
}

void resolve_condition(struct resolver *resolver, const struct condition *condition, struct resolved_condition *out) {
    struct value_ref ref = {.place = condition->place, .column = condition->name};
    const size_t dot = str_find_byte(condition->name, '.');
    uint32_t index;
    if (dot < condition->name.n) {
        ref.query = str_slice(condition->name, 0, dot);
        ref.column = str_slice(condition->name, dot + 1, condition->name.n);
    } else if (!find_in_rows(resolver, condition->name, &out->value.depth, &out->value.column)) {
        if (resolver_find_query(resolver, condition->name, &index)) {
            out->is_query = true;
            out->query_use = extra_use(resolver, index, condition->place);
            return;
        }
        if (!find_given(condition->name, given_to_texts(resolver->layout), &out->value.given) &&
            !row_is_broken(resolver)) {
            tell_unknown_here(resolver, condition->place, condition->name, true, true);
            return;
        }
    }
    resolve_value(resolver, &ref, &out->value);
}
