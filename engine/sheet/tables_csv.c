/* tables_csv.c: the first table as lines of CSV, for a program that takes one: its head and its rows, no titles and notes.
 *
 * Numbers and days stand as they are kept (30.00, 2026-11-25), not as they are printed; a negative number is no formula, so it has no ' before it. */
#include "base/csv_line.h"
#include "sheet/tables.h"

static const struct tab *first_table(const struct tabs *tabs, size_t *count) {
    const struct tab *first = NULL;
    *count = 0;
    for (size_t i = 0; i < tabs->count; i++) {
        if (tabs->items[i].rows > 0) {
            first = first == NULL ? &tabs->items[i] : first;
            ++*count;
        }
    }
    return first;
}

static void put_number(struct buffer *out, struct str number, bool last) {
    buffer_add(out, number);
    buffer_add(out, last ? STR("\r\n") : STR(","));
}

static void put_row(struct buffer *out, const struct tab_cell *const *row, size_t columns) {
    for (size_t i = 0; i < columns; i++) {
        const struct tab_cell *cell = row[i];
        const bool last = i + 1 == columns;
        if (cell != NULL && cell->kind == TAB_NUMBER) {
            put_number(out, cell->value, last);
        } else {
            csv_cell(out, cell == NULL ? STR_NONE : cell->kind == TAB_DAY ? cell->value : cell->text, last);
        }
    }
}

bool tables_write_csv(struct arena *arena, const struct tabs *tabs, struct str record, struct buffer *out,
                      struct diags *diags) {
    size_t count;
    const struct tab *tab = first_table(tabs, &count);
    buffer_clear(out);
    buffer_add(out, STR(CSV_BOM));
    if (tab == NULL) {
        return true;
    }
    if (count > 1) {
        DIAG_ADD(diags, W108, ((struct place){.record = record}), tab->name, str_int(arena, (int64_t)count));
    }
    const struct tab_cell **grid = ARENA_ARRAY(arena, const struct tab_cell *, tab->rows * tab->columns);
    for (size_t i = 0; i < tab->count; i++) {
        grid[tab->cells[i].row * tab->columns + tab->cells[i].column] = &tab->cells[i];
    }
    for (size_t row = 0; row < tab->rows; row++) {
        put_row(out, grid + row * tab->columns, tab->columns);
    }
    return true;
}
