/* values.c: the rows around a place, and the values in them. */
#include "compose/context.h"

#include <string.h>

struct context context_create(struct composer *composer, struct arena *arena, struct str record, struct diags *diags) {
    size_t queries = composer->resolved->query_count;
    return (struct context){
        .composer = composer,
        .resolved = composer->resolved,
        .layout = composer->layout,
        .arena = arena,
        .words = arena,
        .row_arena = composer->row_arena,
        .page_arena = composer->page_arena,
        .diags = diags,
        .record = record,
        .scale = WHOLE,
        .row_cache = ARENA_ARRAY(arena, struct rows, queries),
        .row_parameters = ARENA_ARRAY(arena, struct value *, queries),
    };
}

void context_push(struct context *context, const struct value *row) {
    struct row_stack *stack = &context->stack;
    if (stack->depth < ROW_DEPTH) {
        stack->rows[stack->depth] = row;
    }
    stack->depth++;
}

void context_pop(struct context *context) {
    context->stack.depth--;
}

static const struct value *parameter_value(const struct context *context, const struct resolved_parameter *parameter) {
    if (parameter->source == SOURCE_ROW) {
        return &context->stack.rows[parameter->depth][parameter->column];
    }
    return &context->resolved->givens.values[parameter->given];
}

static struct value *parameters_of(struct context *context, const struct resolved_query *query) {
    struct value *values = ARENA_ARRAY(context->arena, struct value, query->parameter_count);
    for (size_t i = 0; i < query->parameter_count; i++) {
        values[i] = *parameter_value(context, &query->parameters[i]);
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

static void run(struct context *context, const struct resolved_query *query, const struct value *parameters,
                struct arena *arena, struct rows *out) {
    if (!query_run(query->query, parameters, arena, out, context->record, context->diags)) {
        *out = (struct rows){0};
        context->failed = true;
    }
}

/* Queries ask for what is the document's own, by its row: rows of another one's are forgotten. */
static void begin_own(struct context *context) {
    const struct resolved *resolved = context->resolved;
    const struct value *row = context->stack.depth > 0 ? context->stack.rows[0] : NULL;
    const struct value *owner = row != NULL && resolved->own_column != NO_COLUMN ? &row[resolved->own_column] : NULL;
    if (!resolved->has_own) {
        return;
    }
    if (owner != context->owner) {
        memset(context->row_parameters, 0, resolved->query_count * sizeof *context->row_parameters);
    }
    context->owner = owner;
    context->failed = !session_own(resolved->session, owner, context->diags) || context->failed;
}

static const struct rows *constant_rows(struct context *context, uint32_t use) {
    struct composer *composer = context->composer;
    const struct resolved_query *query = &context->resolved->queries[use];
    if (!composer->constant_known[use]) {
        struct value *parameters = parameters_of(context, query);
        run(context, query, parameters, composer->arena, &composer->constant_rows[use]);
        composer->constant_known[use] = !context->failed;
    }
    return &composer->constant_rows[use];
}

/* A query asked for the same parameters as before gives the same rows: the layout may name it in many places. */
const struct rows *context_rows(struct context *context, uint32_t use) {
    const struct resolved_query *query = &context->resolved->queries[use];
    begin_own(context);
    if (query->constant) {
        return constant_rows(context, use);
    }
    struct value *parameters = parameters_of(context, query);
    const struct value *earlier = context->row_parameters[use];
    if (earlier != NULL && same_values(parameters, earlier, query->parameter_count)) {
        return &context->row_cache[use];
    }
    run(context, query, parameters, context->arena, &context->row_cache[use]);
    context->row_parameters[use] = parameters;
    return &context->row_cache[use];
}

struct rows *context_run(struct context *context, uint32_t use) {
    struct rows *rows = ARENA_NEW(context->arena, struct rows);
    *rows = *context_rows(context, use);
    return rows;
}

static const struct value unknown = {.kind = VALUE_NULL};

static const struct value *fetch(struct context *context, const struct resolved_value *resolved, uint32_t column) {
    const struct rows *rows;
    const struct value *row;
    switch (resolved->source) {
    case SOURCE_ROW:
        if (resolved->depth >= context->stack.depth || context->stack.rows[resolved->depth] == NULL) {
            return &unknown; /* a cross table has no row for this cell */
        }
        return &context->stack.rows[resolved->depth][column];
    case SOURCE_QUERY:
        rows = context_rows(context, resolved->query_use);
        return rows->count ? &rows->cells[column] : &unknown;
    case SOURCE_PAGE_FIRST:
    case SOURCE_PAGE_LAST:
        row = running_row(context, resolved->query_use, resolved->source == SOURCE_PAGE_LAST);
        return row != NULL ? &row[column] : &unknown;
    case SOURCE_GIVEN:
        return &context->resolved->givens.values[resolved->given];
    }
    return &unknown;
}

const struct value *context_value(struct context *context, uint32_t value) {
    const struct resolved_value *resolved = &context->resolved->values[value];
    if (resolved->column_count == 0) {
        return fetch(context, resolved, resolved->column);
    }
    return context->part < resolved->column_count
               ? fetch(context, resolved, resolved->columns[context->part])
               : &unknown; /* {days…} stands for more columns of the table than the query has */
}

static bool condition_holds(struct context *context, uint32_t index) {
    const struct resolved_condition *condition = &context->resolved->conditions[index];
    if (condition->is_query) {
        return context_rows(context, condition->query_use)->count > 0;
    }
    return value_is_true(fetch(context, &condition->value, condition->value.column));
}

bool context_condition(struct context *context, uint32_t when, uint32_t unless) {
    return (when == NO_QUERY || condition_holds(context, when)) &&
           (unless == NO_QUERY || !condition_holds(context, unless));
}
