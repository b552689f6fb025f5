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
    struct trouble *trouble = trouble_of(scope, &diags, !done);
    if (trouble != NULL) {
        asked_break(scope->context->composer->tools.asked);
    }
    return trouble;
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
    asked_own(scope->context->composer->tools.asked, resolved->session, owner);
    if (!done) {
        asked_break(scope->context->composer->tools.asked);
    }
    findings_add_trouble(scope->found, trouble_of(scope, &diags, !done));
}

/* What an answer says: its rows, by the query's name and the values of the rows around that it was asked with. What is given to all papers,
 * as the day, is no part of it. */
static struct str says_of(const struct scope *scope, uint32_t use, const struct value *parameters,
                          const struct rows *rows, struct arena *arena) {
    const struct resolved_query *query = &scope->context->resolved->queries[use];
    struct value *own = ARENA_ARRAY(scope->context->arena, struct value, query->parameter_count);
    size_t count = 0;
    for (size_t i = 0; parameters != NULL && i < query->parameter_count; i++) {
        if (query->parameters[i].source == SOURCE_ROW) {
            own[count++] = parameters[i];
        }
    }
    return said_by_rows(arena, query_name(query->query), own, count, rows);
}

/* Asks it once a run, unless there is something to tell of its answer: then each document asks, and tells it. */
static bool knows_constant(const struct scope *scope, uint32_t use) {
    struct composer *composer = scope->context->composer;
    struct constant *constant = &composer->constants[use];
    struct answer *answer = &scope->context->caches->answers[use];
    if (constant->known || constant->troubled) {
        return constant->known;
    }
    const struct resolved_query *query = &scope->context->resolved->queries[use];
    struct value *parameters = parameters_of(scope, query);
    struct trouble *trouble = ask(scope, query, parameters, composer->arena, &constant->rows);
    constant->known = trouble == NULL;
    constant->troubled = trouble != NULL;
    if (constant->known) {
        constant->hash = asked_hash(composer->tools.asked, &constant->rows);
    } else {
        *answer = (struct answer){.rows = constant->rows, .parameters = parameters, .trouble = trouble};
    }
    return constant->known;
}

static const struct rows *constant_rows(const struct scope *scope, uint32_t use) {
    struct composer *composer = scope->context->composer;
    struct constant *constant = &composer->constants[use];
    struct answer *answer = &scope->context->caches->answers[use];
    const struct resolved_query *query = &scope->context->resolved->queries[use];
    if (answer->parameters == NULL) {
        answer->parameters = parameters_of(scope, query);
        asked_kept(composer->tools.asked, query->query, answer->parameters, constant->hash);
    }
    struct said *said = &answer->said;
    if (scope->context->caches->content.arena != NULL && said->bytes.p == NULL) {
        if (constant->says.p == NULL) {
            constant->says = says_of(scope, use, NULL, &constant->rows, composer->arena);
        }
        said->bytes = constant->says;
    }
    said_take(&scope->context->caches->content, said);
    return &constant->rows;
}

/* The layout may name a query in many places. */
const struct rows *scope_rows(const struct scope *scope, uint32_t use) {
    const struct resolved_query *query = &scope->context->resolved->queries[use];
    struct answer *answer = &scope->context->caches->answers[use];
    struct content *content = &scope->context->caches->content;
    begin_own(scope);
    if (query->constant && knows_constant(scope, use)) {
        return constant_rows(scope, use);
    }
    struct value *parameters = parameters_of(scope, query);
    if (answer->parameters == NULL || !same_values(parameters, answer->parameters, query->parameter_count)) {
        answer->trouble = ask(scope, query, parameters, scope->context->arena, &answer->rows);
        asked_rows(scope->context->composer->tools.asked, query->query, parameters, &answer->rows);
        answer->parameters = parameters;
        answer->said = (struct said){0};
        if (content->arena != NULL) {
            answer->said.bytes = says_of(scope, use, parameters, &answer->rows, content->arena);
        }
    }
    said_take(content, &answer->said);
    findings_add_trouble(scope->found, answer->trouble);
    return &answer->rows;
}

const struct rows *scope_rows_kept(const struct scope *scope, uint32_t use) {
    return arena_copy(scope->context->arena, scope_rows(scope, use), sizeof(struct rows));
}

/* --- values ----------------------------------------------------------------------------------------------------------- */

static const struct value unknown = {.kind = VALUE_NULL};

static const struct value *edition_value(const struct scope *scope, enum given_edition given) {
    const struct context *context = scope->context;
    const struct edition first = {.number = 1};
    const struct edition *edition = context->editions != NULL ? &context->editions[context->made.row] : &first;
    struct value *value = ARENA_NEW(scope->arena, struct value);
    const int64_t number = given == GIVEN_EDITION ? edition->number : given == GIVEN_REPLACES ? edition->replaces : 0;
    if (number > 0) {
        *value = (struct value){.kind = VALUE_INTEGER, .integer = number};
    } else if (given == GIVEN_REPLACED_ON && edition->replaced_on.n > 0) {
        *value = (struct value){.kind = VALUE_TEXT, .text = edition->replaced_on};
    }
    return value;
}

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
        return resolved->given < GIVEN_COUNT ? &scope->context->resolved->givens.values[resolved->given]
                                             : edition_value(scope, (enum given_edition)resolved->given);
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
