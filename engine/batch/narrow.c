/* narrow.c: --only leaves documents in, or rows of one.
 *
 * A document all of whose rows are meant is made in its place. Where some of its rows are (one certificate of a school's
 * forty), half of it must not take its file's place: those rows alone become a document of their own in only/. They are
 * copied behind all others, so that they stand together. */
#include "batch/narrow.h"

#include <string.h>

#include "base/file.h"
#include "base/nearest.h"
#include "batch/groups.h"

#define NAME_LIMIT_BYTES 240 /* less what may come behind it */

/* --- --only ---------------------------------------------------------------------------------------------------- */

bool narrow_can(const struct run *run, const struct printing *printing) {
    const uint32_t each = printing->layout->each;
    for (size_t i = 0; i < run->job->only_count; i++) {
        if (each == NO_QUERY ||
            query_find_column(printing->resolved->queries[each].query, run->job->only[i].key) == SIZE_MAX) {
            return false;
        }
    }
    return true;
}

static struct str columns_for_hint(struct run *run, const struct query *query, struct str name) {
    const size_t count = query_columns(query);
    struct str *names = ARENA_ARRAY(run->arena, struct str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = query_column(query, i);
    }
    const struct str near = nearest_name(name, names, count), all = names_joined(run->arena, names, count, SIZE_MAX);
    return near.n > 0 ? str_printf(run->arena, "%.*s (%.*s)", STR_ARG(near), STR_ARG(all)) : all;
}

/* Columns of --only by index. False when one isn't there, which is told. */
static bool only_columns(struct run *run, const struct printing *printing, bool lenient, size_t *columns) {
    const struct layout *layout = printing->layout;
    const struct query *query = printing->resolved->queries[layout->each].query;
    for (size_t i = 0; i < run->job->only_count; i++) {
        const struct str key = run->job->only[i].key;
        columns[i] = query_find_column(query, key);
        if (columns[i] != SIZE_MAX) {
            continue;
        }
        if (lenient) {
            DIAG_ADD(&run->diags, O112, PLACE_NONE, layout->name, key);
        } else {
            DIAG_ADD(&run->diags, U106, PLACE_NONE, layout->name, key, columns_for_hint(run, query, key));
        }
        return false;
    }
    return true;
}

static bool row_is_meant(struct run *run, const struct rows *rows, size_t row, const size_t *columns) {
    for (size_t i = 0; i < run->job->only_count; i++) {
        if (!str_eq(groups_cell_text(run->arena, rows, row, columns[i]), run->job->only[i].value)) {
            return false;
        }
    }
    return true;
}

/* --- some rows of a file ------------------------------------------------------------------------------------------ */

struct str narrow_path(struct run *run, const struct printing *printing, struct str record) {
    const struct str known = str_trim(record).n == 0 ? STR("缺") : record;
    const struct str name = file_safe_name(run->arena, known, NAME_LIMIT_BYTES - STR(".pdf").n);
    const struct str path =
        str_printf(run->arena, PLAN_APART "/%.*s/%.*s.pdf", STR_ARG(printing->folder), STR_ARG(name));
    return printing_file(run->arena, printing, printing_path(run->arena, printing, path));
}

static size_t count_meant(const struct planned *planned, const bool *meant) {
    size_t count = 0;
    for (size_t row = planned->from; row < planned->to; row++) {
        count += meant[row];
    }
    return count;
}

static void set_apart(struct run *run, const struct printing *printing, struct plan *plan, struct planned *planned,
                      const bool *meant) {
    struct rows *rows = &plan->rows;
    const size_t first = rows->count;
    for (size_t row = planned->from; row < planned->to; row++) {
        if (meant[row]) {
            memcpy(&rows->cells[rows->count++ * rows->columns], &rows->cells[row * rows->columns],
                   rows->columns * sizeof *rows->cells);
        }
    }
    planned->from = first;
    planned->to = rows->count;
    planned->apart = true;
    planned->record = plan_record(run, printing, rows, planned->from, planned->to);
    planned->path = narrow_path(run, printing, planned->record);
    planned->suffix = STR_NONE;
}

/* Room for every row once more; a query of --only has columns. */
static void make_room(struct run *run, struct rows *rows) {
    struct value *cells = ARENA_ARRAY(run->arena, struct value, 2 * rows->count * rows->columns);
    memcpy(cells, rows->cells, rows->count * rows->columns * sizeof *cells);
    rows->cells = cells;
}

static void narrow_rows(struct run *run, const struct printing *printing, struct plan *plan, const bool *meant) {
    for (size_t i = 0; i < plan->count; i++) {
        struct planned *planned = &plan->items[i];
        const size_t count = count_meant(planned, meant), of = planned->to - planned->from;
        planned->chosen = count > 0;
        plan->chosen += planned->chosen;
        if (count > 0 && count < of) {
            plan->apart += 1;
            if (plan->apart == 1) {
                make_room(run, &plan->rows);
            }
            set_apart(run, printing, plan, planned, meant);
        }
    }
    if (plan->apart > 0) {
        plan_settle_names(run, plan);
    }
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static void choose_all(struct plan *plan) {
    for (size_t i = 0; i < plan->count; i++) {
        plan->items[i].chosen = true;
    }
    plan->chosen = plan->count;
}

static enum exit_code narrow(struct run *run, const struct printing *printing, bool lenient, struct plan *plan) {
    plan->narrowed = run->job->only_count > 0;
    if (!plan->narrowed) {
        choose_all(plan);
        return EXIT_MADE;
    }
    if (printing->layout->each == NO_QUERY) {
        if (!lenient) {
            DIAG_ADD(&run->diags, U107, PLACE_NONE, printing->layout->name);
        }
        return lenient ? EXIT_MADE : EXIT_USAGE_ERROR;
    }
    size_t *columns = ARENA_ARRAY(run->arena, size_t, run->job->only_count);
    if (!only_columns(run, printing, lenient, columns)) {
        return lenient ? EXIT_MADE : EXIT_USAGE_ERROR;
    }
    bool *meant = ARENA_ARRAY(run->arena, bool, plan->rows.count);
    for (size_t row = 0; row < plan->rows.count; row++) {
        meant[row] = row_is_meant(run, &plan->rows, row, columns);
    }
    narrow_rows(run, printing, plan, meant);
    return EXIT_MADE;
}

enum exit_code narrow_plan(struct run *run, const struct printing *printing, bool lenient, struct plan *out) {
    enum exit_code code = plan_all(run, printing, out);
    if (code == EXIT_MADE && !out->refused) {
        code = narrow(run, printing, lenient, out);
    }
    run_tell(run);
    return code;
}
