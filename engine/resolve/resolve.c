/* resolve.c: the tables of a resolved layout are made, the styles computed, the tree walked. */
#include "resolve/resolve.h"

#include "resolve/resolver.h"

static struct resolved *resolved_create(struct arena *arena, const struct layout *layout, struct session *session,
                                        enum reader reader, const struct givens *givens) {
    struct resolved *resolved = ARENA_NEW(arena, struct resolved);
    *resolved = (struct resolved){
        .layout = layout,
        .session = session,
        .reader = reader,
        .is_copy = reader != resolve_own_reader(layout),
        .givens = *givens,
        .arena = arena,
        .values = ARENA_ARRAY(arena, struct resolved_value, layout->value_count),
        .queries = ARENA_ARRAY(arena, struct resolved_query, layout->query_use_count),
        .query_count = layout->query_use_count,
        .conditions = ARENA_ARRAY(arena, struct resolved_condition, layout->condition_count),
        .checks = ARENA_ARRAY(arena, struct resolved_query, layout->check_count),
        .by = ARENA_ARRAY(arena, struct by_columns, layout->volume.by.count),
    };
    return resolved;
}

/* A check returns what, left and right; more columns would be a misunderstanding. */
static void resolve_checks(struct resolver *resolver) {
    for (size_t i = 0; i < resolver->layout->check_count; i++) {
        const struct check_spec *check = &resolver->layout->checks[i];
        resolver->resolved->checks[i] = resolver->resolved->queries[check->query];
        const struct query *query = resolver->resolved->checks[i].query;
        if (query != NULL && query_columns(query) != 3) {
            DIAG_ADD(resolver->diags, R311, check->place, query_name(query));
        }
    }
}

/* A finding is what and remedy, and perhaps of which record. */
static void check_findings(struct resolver *resolver) {
    for (size_t i = 0; i < resolver->layout->finding_count; i++) {
        const struct check_spec *finding = &resolver->layout->findings[i];
        const struct query *query = resolver->resolved->queries[finding->query].query;
        if (query != NULL && query_columns(query) != 2 && query_columns(query) != 3) {
            DIAG_ADD(resolver->diags, R315, finding->place, query_name(query));
        }
    }
}

/* Whose a document is, stands in the row that it is made of. */
static void find_owner(struct resolved *resolved) {
    const uint32_t each = resolved->layout->each;
    const struct query *query = each == NO_QUERY ? NULL : resolved->queries[each].query;
    resolved->has_own = session_has_own(resolved->session);
    resolved->own_column = NO_COLUMN;
    for (size_t i = 0; query != NULL && resolved->has_own && i < query_columns(query); i++) {
        if (str_eq(query_column(query, i), session_own_column(resolved->session))) {
            resolved->own_column = (uint32_t)i;
        }
    }
}

static bool any_withholds(const struct resolved *resolved, struct str column) {
    for (size_t use = 0; use < resolved->query_count; use++) {
        const struct query *query = resolved->queries[use].query;
        for (size_t i = 0; query != NULL && i < query_columns(query); i++) {
            if (str_eq(query_column(query, i), column) && query_withholds(query, i)) {
                return true;
            }
        }
    }
    return false;
}

/* A layout leaves out for its own reader what that one doesn't get. */
static void find_withheld(struct resolved *resolved) {
    for (size_t i = 0; resolved->is_copy && i < resolved->layout->value_count; i++) {
        resolved->values[i].withheld = any_withholds(resolved, resolved->layout->values[i].column);
    }
}

static void expect_queries(const struct resolver *resolver) {
    const struct layout *layout = resolver->layout;
    struct str *texts = ARENA_ARRAY(resolver->arena, struct str, layout->query_count);
    size_t count = 0;
    for (size_t i = 0; i < layout->query_count; i++) {
        if (layout->queries[i].used) {
            texts[count++] = layout->queries[i].sql;
        }
    }
    session_expect(resolver->resolved->session, texts, count, resolver->diags);
}

struct resolved *resolve_layout(struct arena *arena, const struct layout *layout, struct session *session,
                                enum reader reader, const struct givens *givens, struct fonts *fonts,
                                struct diags *diags) {
    const size_t errors = diags->by_severity[SEVERITY_ERROR];
    struct resolved *resolved = resolved_create(arena, layout, session, reader, givens);
    struct resolver resolver = {
        .arena = arena,
        .layout = layout,
        .resolved = resolved,
        .fonts = fonts,
        .diags = diags,
        .prepared = ARENA_ARRAY(arena, struct query *, layout->query_count),
        .broken = ARENA_ARRAY(arena, bool, layout->query_count),
        .printed = ARENA_ARRAY(arena, bool, layout->query_count),
        .used = ARENA_ARRAY(arena, bool *, layout->query_count),
        .next_serial = 1,
        .serial_of_extra = ARENA_ARRAY(arena, uint32_t, layout->query_use_count),
        .query_capacity = layout->query_use_count,
    };
    strmap_init(&resolver.parameters_told, arena);
    resolve_styles(&resolver);
    expect_queries(&resolver);
    resolve_tree(&resolver);
    resolve_checks(&resolver);
    check_findings(&resolver);
    if (diags->by_severity[SEVERITY_ERROR] > errors) {
        return NULL;
    }
    tell_unused_columns(&resolver);
    find_owner(resolved);
    tell_unowned(&resolver);
    find_withheld(resolved);
    return resolved;
}
