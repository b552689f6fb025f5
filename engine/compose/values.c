/* values.c: the rows around a place, and the values in them.
 *
 * A query asked with the same parameters gives the same rows, so each use keeps its last answer; one that depends on what is given to
 * the whole run alone is asked once a run. */
#include <assert.h>
#include <string.h>

#include "compose/pages.h"

struct context context_create(struct composer *composer, struct arena *arena, struct str record, struct diags *diags) {
    struct caches *caches = ARENA_NEW(arena, struct caches);
    caches->answers = ARENA_ARRAY(arena, struct answer, composer->resolved->query_count);
    return (struct context){
        .composer = composer,
        .resolved = composer->resolved,
        .layout = composer->layout,
        .arena = arena,
        .row_arena = composer->row_arena,
        .page_arena = composer->page_arena,
        .record = record,
        .told = {.diags = diags},
        .caches = caches,
    };
}

const void *measure_find(const struct measure *measure, int32_t width_mp) {
    return measure->width_mp == width_mp ? measure->set : NULL;
}

void measure_keep(struct measure *measure, int32_t width_mp, const void *set) {
    assert(measure->set == NULL || measure->width_mp != width_mp); /* C1 */
    measure->width_mp = width_mp;
    measure->set = set;
}

/* --- scopes ----------------------------------------------------------------------------------------------------------- */

struct scope scope_create(const struct context *context, struct findings *found) {
    assert(found != NULL); /* S1 */
    return (struct scope){.context = context, .scale = WHOLE, .arena = context->arena, .found = found};
}

struct scope scope_of_document(const struct context *context, const struct value *row, struct findings *found) {
    struct scope scope = scope_create(context, found);
    scope_push(&scope, row);
    return scope;
}

const struct scope *scope_keep(const struct scope *scope) {
    return arena_copy(scope->context->row_arena, scope, sizeof *scope);
}

void scope_push(struct scope *scope, const struct value *row) {
    struct row_stack *stack = &scope->stack;
    if (stack->depth < ROW_DEPTH) { /* S2 */
        stack->rows[stack->depth] = row;
    }
    stack->depth++;
}

/* --- rows ------------------------------------------------------------------------------------------------------------- */

static const struct value *parameter_value(const struct scope *scope, const struct resolved_parameter *parameter) {
    if (parameter->source == SOURCE_ROW) {
        return &scope->stack.rows[parameter->depth][parameter->column];
    }
    return &scope->context->resolved->givens.values[parameter->given];
}

static struct value *parameters_of(const struct scope *scope, const struct resolved_query *query) {
    struct value *values = ARENA_ARRAY(scope->context->arena, struct value, query->parameter_count);
    for (size_t i = 0; i < query->parameter_count; i++) {
        values[i] = *parameter_value(scope, &query->parameters[i]);
    }
    return values;
}

static bool same_values(const struct value *a, const struct value *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (a[i].kind != b[i].kind) {
            return false;
        }
        bool text = a[i].kind == VALUE_TEXT || a[i].kind == VALUE_BLOB;
        if (text ? !str_eq(a[i].text, b[i].text) : a[i].kind != VALUE_NULL && a[i].integer != b[i].integer) {
            return false;
        }
    }
    return true;
}

/* NULL where there is nothing to tell. */
static struct trouble *trouble_of(const struct scope *scope, const struct diags *diags, bool failed) {
    if (diags->count == 0 && !failed) {
        return NULL;
    }
    struct trouble *trouble = ARENA_NEW(scope->context->arena, struct trouble);
    trouble->diags = *diags;
    trouble->failed = failed;
    return trouble;
}

static struct trouble *ask(const struct scope *scope, const struct resolved_query *query,
                           const struct value *parameters, struct arena *arena, struct rows *out) {
    struct diags diags;
    diags_init(&diags, scope->context->arena);
    const bool done = query_run(query->query, parameters, arena, out, scope->context->record, &diags);
    if (!done) {
        *out = (struct rows){0};
    }
    return trouble_of(scope, &diags, !done);
}

/* Queries ask for what is the document's own, by its row: rows of another one's are forgotten. */
static void begin_own(const struct scope *scope) {
    const struct resolved *resolved = scope->context->resolved;
    struct caches *caches = scope->context->caches;
    const struct value *row = scope->stack.depth > 0 ? scope->stack.rows[0] : NULL;
    const struct value *owner = row != NULL && resolved->own_column != NO_COLUMN ? &row[resolved->own_column] : NULL;
    if (!resolved->has_own) {
        return;
    }
    if (owner != caches->owner) {
        memset(caches->answers, 0, resolved->query_count * sizeof *caches->answers);
    }
    caches->owner = owner;
    struct diags diags;
    diags_init(&diags, scope->context->arena);
    const bool done = session_own(resolved->session, owner, &diags);
    findings_add_trouble(scope->found, trouble_of(scope, &diags, !done));
}

static const struct rows *constant_rows(const struct scope *scope, uint32_t use) {
    struct composer *composer = scope->context->composer;
    if (!composer->constant_known[use]) {
        const struct resolved_query *query = &scope->context->resolved->queries[use];
        struct trouble *trouble =
            ask(scope, query, parameters_of(scope, query), composer->arena, &composer->constant_rows[use]);
        findings_add_trouble(scope->found, trouble);
        composer->constant_known[use] = trouble == NULL || !trouble->failed;
    }
    return &composer->constant_rows[use];
}

/* The layout may name a query in many places. */
const struct rows *scope_rows(const struct scope *scope, uint32_t use) {
    const struct resolved_query *query = &scope->context->resolved->queries[use];
    struct answer *answer = &scope->context->caches->answers[use];
    begin_own(scope);
    if (query->constant) {
        return constant_rows(scope, use);
    }
    struct value *parameters = parameters_of(scope, query);
    if (answer->parameters == NULL || !same_values(parameters, answer->parameters, query->parameter_count)) {
        answer->trouble = ask(scope, query, parameters, scope->context->arena, &answer->rows);
        answer->parameters = parameters;
    }
    findings_add_trouble(scope->found, answer->trouble);
    return &answer->rows;
}

const struct rows *scope_rows_kept(const struct scope *scope, uint32_t use) {
    return arena_copy(scope->context->arena, scope_rows(scope, use), sizeof(struct rows));
}

/* --- values ----------------------------------------------------------------------------------------------------------- */

static const struct value unknown = {.kind = VALUE_NULL};

static const struct value *fetch(const struct scope *scope, const struct resolved_value *resolved, uint32_t column) {
    const struct rows *rows;
    const struct value *row;
    switch (resolved->source) {
    case SOURCE_ROW:
        if (resolved->depth >= scope->stack.depth || scope->stack.rows[resolved->depth] == NULL) {
            return &unknown; /* a cross table has no row for this cell */
        }
        return &scope->stack.rows[resolved->depth][column];
    case SOURCE_QUERY:
        rows = scope_rows(scope, resolved->query_use);
        return rows->count ? &rows->cells[column] : &unknown;
    case SOURCE_PAGE_FIRST:
    case SOURCE_PAGE_LAST:
        row = running_row(scope, resolved->query_use, resolved->source == SOURCE_PAGE_LAST);
        return row != NULL ? &row[column] : &unknown;
    case SOURCE_GIVEN:
        return &scope->context->resolved->givens.values[resolved->given];
    }
    return &unknown;
}

const struct value *scope_value(const struct scope *scope, uint32_t value) {
    const struct resolved_value *resolved = &scope->context->resolved->values[value];
    if (resolved->column_count == 0) {
        return fetch(scope, resolved, resolved->column);
    }
    return scope->nth_column < resolved->column_count
               ? fetch(scope, resolved, resolved->columns[scope->nth_column])
               : &unknown; /* {days…} stands for more columns of the table than the query has */
}

static bool condition_holds(const struct scope *scope, uint32_t index) {
    const struct resolved_condition *condition = &scope->context->resolved->conditions[index];
    if (condition->is_query) {
        return scope_rows(scope, condition->query_use)->count > 0;
    }
    return value_is_true(fetch(scope, &condition->value, condition->value.column));
}

bool scope_holds(const struct scope *scope, uint32_t when, uint32_t unless) {
    return (when == NO_QUERY || condition_holds(scope, when)) &&
           (unless == NO_QUERY || !condition_holds(scope, unless));
}
