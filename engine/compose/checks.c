/* checks.c: 勾稽: what must agree before a document leaves. */
#include "compose/scope.h"

/* Sums agree where all rows are seen: for a reader who gets some of them a check proves nothing. */
static bool proves_something(const struct context *context, size_t check) {
    const struct resolved *resolved = context->resolved;
    const struct query *query = resolved->checks[check].query;
    return !query_reads_less(query) && !(query_reads_own(query) && resolved->own_column == NO_COLUMN);
}

static void compare(struct context *context, const struct check_spec *check, const struct value *cells,
                    struct findings *found) {
    const struct str what = value_text(context->arena, &cells[0]);
    const struct str left = value_text(context->arena, &cells[1]), right = value_text(context->arena, &cells[2]);
    if (!str_eq(left, right)) {
        findings_add(found, DIAG_C521, check->place, what,
                     str_printf(context->arena, "%.*s ≠ %.*s", STR_ARG(left), STR_ARG(right)));
    }
}

void context_check(struct context *context, const struct value *row) {
    struct findings found = {.arena = context->page_arena};
    const struct scope scope = scope_of_document(context, row, &found);
    for (size_t i = 0; i < context->layout->check_count; i++) {
        const struct check_spec *check = &context->layout->checks[i];
        if (!proves_something(context, i)) {
            continue;
        }
        const struct rows *rows = scope_rows(&scope, check->query);
        for (size_t k = 0; k < rows->count; k++) {
            compare(context, check, &rows->cells[k * rows->columns], &found);
        }
    }
    findings_tell(context, &found);
}
