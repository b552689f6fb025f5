/* store.c: a row of a form, whole or not at all: finders, then targets (target.c).
 *
 * A row that writes is one savepoint: what fails half-way leaves nothing. Every finder's answer is a parameter before a target asks for it. */
#include "intake/store.h"

#include <string.h>

#include "base/nearest.h"

enum { NAMES_TOLD = 200, NAMES_LISTED = 24 };

/* --- messages ----------------------------------------------------------------------------------------------------- */

static size_t field_of(const struct form *form, const char *parameter) {
    size_t i = 0;
    while (i < form->field_count && strcmp(form->fields[i].parameter, parameter) != 0) {
        i++;
    }
    return i;
}

/* 家庭成员!F17; the row alone where the field has no column. */
static struct str reference(struct store *store, const struct store_row *row, size_t field) {
    const bool has = field < row->form->field_count && row->known[field];
    const struct str cell = has ? grid_reference(store->arena, row->columns[field], row->number)
                                : str_printf(store->arena, "%u", row->number);
    return str_printf(store->arena, "%.*s!%.*s", STR_ARG(row->sheet), STR_ARG(cell));
}

void store_tell_row(struct store *store, const struct store_row *row, enum diag_code code, const char *parameter,
                    struct str a, struct str b) {
    const size_t field = parameter != NULL ? field_of(row->form, parameter) : row->form->field_count;
    const struct cell_place place = {store->file, reference(store, row, field)};
    const bool has = field < row->form->field_count;
    const struct str text = has ? taken_text(store->arena, row->values[field]) : STR_NONE;
    cell_tell(store->diags, code, &place, has ? str_from(row->form->fields[field].heading) : STR_NONE, text, a, b);
}

/* --- finders ------------------------------------------------------------------------------------------------------ */

/* The answers of one query: none, one, or several that differ. */
static enum found ask(struct store *store, const struct store_row *row, const char *sql, struct taken *out,
                      struct taken *as) {
    struct statement *statement = store_ask(store, row, sql);
    enum found found = FOUND_NONE;
    if (statement == NULL) {
        return FOUND_FAILED;
    }
    while (found != FOUND_MANY && statement_next(statement)) {
        const struct taken value = taken_column(store->arena, statement, 0);
        if (found == FOUND_NONE && value.given) {
            *out = value;
            *as = statement_columns(statement) > 1 ? taken_column(store->arena, statement, 1) : *as;
            found = FOUND_ONE;
        } else if (value.given && !taken_eq(value, *out)) {
            found = FOUND_MANY;
        }
    }
    if (statement_failed(statement)) {
        store_tell_database(store);
        found = FOUND_FAILED;
    }
    statement_reset(statement);
    return found;
}

/* Nothing is called so: with what is called nearly so, or all that there is, where the finder knows. */
static void tell_unfound(struct store *store, const struct store_row *row, const struct finder *finder,
                         enum diag_code code) {
    struct str names[NAMES_TOLD];
    size_t count = 0;
    const bool asked = finder->names != NULL && row_parameter(row, finder->by).given;
    struct statement *statement = asked ? store_ask(store, row, finder->names) : NULL;
    while (statement != NULL && count < NAMES_TOLD && statement_next(statement)) {
        names[count] = taken_column(store->arena, statement, 0).text;
        count += names[count].n > 0;
    }
    if (statement != NULL) {
        statement_reset(statement);
    }
    struct str others = STR("");
    if (count > 0) {
        const size_t near = nearest(taken_text(store->arena, row_parameter(row, finder->by)), names, count);
        const struct str list = near < count ? names[near] : names_joined(store->arena, names, count, NAMES_LISTED);
        others = str_printf(store->arena, "; there is %.*s\x1F；现有 %.*s", STR_ARG(list), STR_ARG(list));
    }
    store_tell_row(store, row, code, finder->by, str_from(finder->called), others);
}

static bool run_finder(struct store *store, struct store_row *row, const struct finder *finder) {
    struct taken value = {0}, as = {0};
    enum found found = FOUND_NONE;
    for (size_t i = 0; i < FINDER_QUERIES && finder->queries[i] != NULL && found == FOUND_NONE; i++) {
        found = ask(store, row, finder->queries[i], &value, &as);
    }
    if (found == FOUND_FAILED) {
        return false;
    }
    if (found == FOUND_MANY) {
        store_tell_row(store, row, DIAG_T222, finder->by, str_from(finder->called), STR_NONE);
        return false;
    }
    const bool asked = row_parameter(row, finder->by).given;
    if (found == FOUND_NONE && !finder->optional) {
        tell_unfound(store, row, finder, DIAG_T221);
        return false;
    }
    if (found == FOUND_NONE && asked && finder->called != NULL) {
        store_tell_row(store, row, DIAG_T223, finder->by, str_from(finder->called), STR_NONE);
        store->counts.left_cells++;
    }
    if (found == FOUND_ONE && as.given) {
        store_tell_row(store, row, DIAG_T202, finder->by, as.text, STR_NONE);
    }
    row_give(row, finder->parameter, value);
    return true;
}

/* --- the row ------------------------------------------------------------------------------------------------------ */

static bool has_what_it_needs(struct store *store, const struct store_row *row) {
    bool good = true;
    for (size_t i = 0; i < row->form->field_count; i++) {
        if (row->form->fields[i].needed && !row->values[i].given) {
            if (!row->refused[i]) { /* told */
                store_tell_row(store, row, DIAG_T225, row->form->fields[i].parameter, STR_NONE, STR_NONE);
            }
            good = false;
        }
    }
    return good;
}

bool store_run_finders(struct store *store, struct store_row *row) {
    bool good = true;
    for (size_t i = 0; i < FORM_FINDERS && row->form->finders[i].parameter != NULL && good; i++) {
        good = run_finder(store, row, &row->form->finders[i]);
    }
    return good;
}

static bool write_row(struct store *store, struct store_row *row, bool *wrote) {
    bool good = has_what_it_needs(store, row) && store_run_finders(store, row);
    for (size_t i = 0; i < FORM_TARGETS && row->form->targets[i].table != NULL && good; i++) {
        const struct target *target = &row->form->targets[i];
        if (target->needs == NULL || row_parameter(row, target->needs).given) {
            good = target_write(store, row, target, wrote);
        } else if (row->filled) {
            good = target_empty(store, row, target, wrote);
        }
    }
    return good;
}

static bool execute(struct store *store, const char *sql) {
    struct statement *statement = sql_statement(store->db, sql);
    return statement != NULL && statement_run(statement);
}

bool store_begin_row(struct store *store) {
    if (!store->in_row && !execute(store, "SAVEPOINT intake_row")) {
        store_tell_database(store);
        return false;
    }
    store->in_row = true;
    return true;
}

static void end_row(struct store *store, bool good) {
    if (store->in_row && !good) {
        execute(store, "ROLLBACK TO intake_row");
    }
    if (store->in_row && !execute(store, "RELEASE intake_row") && !store->broken) {
        store_tell_database(store);
    }
    store->in_row = false;
}

bool store_row(struct store *store, struct store_row *row) {
    const struct intake_counts before = store->counts;
    bool wrote = false;
    for (size_t i = 0; i < row->form->field_count; i++) {
        row_append(row, row->form->fields[i].parameter, row->values[i]);
    }
    const bool good = write_row(store, row, &wrote);
    end_row(store, good);
    if (!good) {
        store->counts = before;
        store->counts.left_rows++;
    }
    store->counts.rows++;
    store->counts.same += good && !wrote;
    return good;
}
