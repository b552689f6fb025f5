/* noted.c: what a step changed, as lines of intake_change. */
#include "office/step.h"

#include "data/changes.h"

struct noting {
    struct step *step;
    struct statement *insert;
    struct str table; /* the columns at hand are its own */
    struct str *columns;
    size_t count;
};

/* Asked for once a table: its changes stand together. */
static void read_columns(struct noting *noting, struct str table) {
    size_t width = 0;
    if (!str_eq(noting->table, table)) {
        noting->table = str_copy(noting->step->arena, table);
        noting->columns = step_rows(noting->step, "SELECT name FROM pragma_table_info(:table) ORDER BY cid",
                                    &(struct sql_value){":table", noting->table}, 1, &noting->count, &width);
    }
}

static bool write_line(struct noting *noting, struct str key, struct str column, struct str old, struct str new) {
    const struct str cells[] = {noting->table, key, column, old, new};
    statement_bind_int(noting->insert, 1, noting->step->journal.run);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        statement_bind_text(noting->insert, i + 2, cells[i]);
    }
    return statement_run(noting->insert);
}

/* A row that was made or taken away is one line, without a column; one that was changed has a line for each cell. */
static bool write_change(void *context, const struct change *change) {
    struct noting *noting = context;
    const struct str key = change_key(change, noting->step->arena);
    struct str old, new;
    bool good = true;
    read_columns(noting, str_from(change->table));
    if (change->act != CHANGE_ALTERED) {
        return write_line(noting, key, STR_NONE, STR_NONE, STR_NONE);
    }
    for (size_t i = 0; i < change->columns && i < noting->count && good; i++) {
        if (change->keys[i] == 0 && change_new(change, i, &new)) {
            change_old(change, i, &old);
            good = write_line(noting, key, noting->columns[i], old, new);
        }
    }
    return good;
}

bool step_note(struct step *step) {
    struct noting noting = {.step = step};
    struct str changes;
    noting.insert = sql_statement(
        step->db, "INSERT INTO intake_change(run_id, tbl, row_key, col, old, new) VALUES(?, ?, ?, ?, ?, ?)");
    return noting.insert != NULL && changes_recorded(step->db, step->arena, &changes) &&
           changes_each(step->db, changes, write_change, &noting);
}
