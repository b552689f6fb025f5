/* owners.c: whose documents there are, and then the rows of each of them by itself.
 *
 * The query of the documents speaks of all children. A family may see its own alone, so the query is asked again for each child,
 * when all other children's rows are out of sight: no column of a row can then tell of another child, whatever it counts or joins.
 * Which children there are, and in which order, is asked in the school's session. */
#include "batch/owners.h"

#include <string.h>

#include "base/hash.h"

struct owner {
    struct rows rows; /* its own */
    struct diags findings;
    size_t left; /* rows of all that are its, and still to come */
    size_t next; /* of its own */
};

struct owners {
    struct run *run;
    const struct printing *printing;
    struct arena *scratch;
    struct owner *items;
    size_t count, capacity;
    uint32_t *of_row;
    struct diags *found;
};

static bool ask_all(struct owners *owners, struct rows *all) {
    struct run *run = owners->run;
    const struct layout *layout = owners->printing->layout;
    const struct named_query *named = &layout->queries[layout->query_uses[layout->each].query];
    const struct query_text text = {named->name, named->sql, named_query_place, named};
    struct session *school = run_session(run, READER_SCHOOL);
    struct query *query = school == NULL ? NULL : query_prepare(school, &text, owners->found);
    struct diags unheard; /* values are told where they are printed */
    diags_init(&unheard, owners->scratch);
    return query != NULL && query_run(query, printing_given(run, owners->printing, layout->each), owners->scratch, all,
                                      STR_NONE, &unheard);
}

static bool is_of(const struct owners *owners, const struct value *row, struct str key) {
    return str_eq(value_text(owners->scratch, &row[owners->printing->resolved->own_column]), key);
}

/* The rows that the query gives for this owner, without those of others in which it occurs. */
static bool ask_one(struct owners *owners, const struct value *value, struct owner *owner) {
    const struct resolved *resolved = owners->printing->resolved;
    const struct str key = value_text(owners->scratch, value);
    struct rows *rows = &owner->rows;
    diags_init(&owner->findings, owners->run->arena);
    if (!session_own(resolved->session, value, owners->found) ||
        !printing_query(owners->run, owners->printing, owners->printing->layout->each, rows, &owner->findings)) {
        for (size_t i = 0; i < owner->findings.count; i++) {
            const struct diag *told = &owner->findings.items[i];
            diag_add(owners->found, told->code, told->place, told->args);
        }
        return false;
    }
    size_t kept = 0;
    for (size_t row = 0; row < rows->count; row++) {
        struct value *cells = &rows->cells[row * rows->columns];
        if (is_of(owners, cells, key) && kept++ < row) {
            memcpy(&rows->cells[(kept - 1) * rows->columns], cells, rows->columns * sizeof *cells);
        }
    }
    rows->count = kept;
    return true;
}

static bool ask_each(struct owners *owners, const struct rows *all) {
    struct strmap known;
    strmap_init(&known, owners->scratch);
    owners->of_row = ARENA_ARRAY(owners->scratch, uint32_t, all->count);
    for (size_t row = 0; row < all->count; row++) {
        const struct value *value = &all->cells[row * all->columns + owners->printing->resolved->own_column];
        bool found = false;
        uint32_t *index = strmap_put(&known, value_text(owners->scratch, value), &found);
        if (!found) {
            *index = (uint32_t)owners->count;
            ARENA_GROW(owners->scratch, owners->items, owners->count, owners->capacity);
            owners->items[owners->count] = (struct owner){0};
            if (!ask_one(owners, value, &owners->items[owners->count++])) {
                return false;
            }
        }
        owners->of_row[row] = *index;
        owners->items[*index].left++;
    }
    return true;
}

/* In the order of all; an owner's last row brings whatever more there is of its own. */
static void lay_out(struct owners *owners, size_t all, struct rows *rows, struct diags **by_row) {
    size_t total = 0;
    for (size_t i = 0; i < owners->count; i++) {
        total += owners->items[i].rows.count;
    }
    const size_t columns = query_columns(owners->printing->resolved->queries[owners->printing->layout->each].query);
    *rows = (struct rows){.columns = columns};
    rows->cells = ARENA_ARRAY(owners->run->arena, struct value, total * columns);
    *by_row = ARENA_ARRAY(owners->run->arena, struct diags, total);
    for (size_t row = 0; row < all; row++) {
        struct owner *owner = &owners->items[owners->of_row[row]];
        const size_t to = --owner->left == 0 ? owner->rows.count : owner->next + 1;
        for (; owner->next < to && owner->next < owner->rows.count; owner->next++) {
            memcpy(&rows->cells[rows->count * columns], &owner->rows.cells[owner->next * columns],
                   columns * sizeof *rows->cells);
            (*by_row)[rows->count++] = owner->next == 0 ? owner->findings : (struct diags){0};
        }
    }
}

bool owners_rows(struct run *run, const struct printing *printing, struct rows *rows, struct diags **by_row,
                 struct diags *found) {
    struct owners owners = {.run = run, .printing = printing, .scratch = arena_create(), .found = found};
    struct rows all = {0};
    bool good;
    if (printing->resolved->own_column == NO_COLUMN) {
        good = session_own(printing->resolved->session, NULL, found) &&
               printing_query(run, printing, printing->layout->each, rows, found);
    } else {
        good = ask_all(&owners, &all) && ask_each(&owners, &all);
        if (good) {
            lay_out(&owners, all.count, rows, by_row);
        }
    }
    arena_destroy(owners.scratch);
    return good;
}
