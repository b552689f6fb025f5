/* cells.h: what holds of every grid, whatever the file was, and of every cell read as each type of field. */
#ifndef TESTS_FUZZ_CELLS_H
#define TESTS_FUZZ_CELLS_H

#include "base/utf8.h"
#include "intake/forms.h"
#include "intake/grid.h"
#include "intake/value.h"
#include "target.h"

static inline void cells_assert_text(struct str text) {
    assert(text.n > 0 && text.p != NULL);
    assert(utf8_first_invalid(text) == text.n);
}

/* A field of each type: what it says can be written and read back. */
static inline void cells_read(struct arena *arena, const struct cell *cell, struct diags *diags) {
    static const struct cell_place place = {.cell = STR_INIT("A1")};
    for (int type = FIELD_TEXT; type <= FIELD_SCALED; type++) {
        const struct field field = {.heading = "",
                                    .values = type == FIELD_SCALED ? "10" : "父亲|母亲|叔父",
                                    .type = (enum field_type)type,
                                    .example = ""};
        struct taken taken, again;
        if (!field_read(arena, &field, cell, &place, diags, &taken) || !taken.given) {
            continue;
        }
        assert(!taken.is_text || utf8_first_invalid(taken.text) == taken.text.n);
        const struct cell written = {.kind = CELL_TEXT, .text = field_written(arena, &field, taken)};
        const bool same = field_read(arena, &field, &written, &place, diags, &again) && again.given &&
                          again.whole == taken.whole && str_eq(again.text, taken.text);
        if (!same) {
            fprintf(stderr, "type %d: “%.*s” is taken as “%.*s”, and that as “%.*s”\n", type, STR_ARG(cell->text),
                    STR_ARG(written.text), STR_ARG(again.text));
        }
        assert(same);
    }
}

static inline void cells_assert(struct arena *arena, const struct grid *grid, struct diags *diags) {
    size_t read = 0;
    for (size_t s = 0; s < grid->count; s++) {
        const struct sheet *sheet = &grid->sheets[s];
        for (size_t i = 0; i < sheet->row_count; i++) {
            const struct grid_row *row = &sheet->rows[i];
            assert(row->count > 0 && row->number >= 1);
            assert(i == 0 || row[-1].number < row->number);
            for (size_t k = 0; k < row->count; k++) {
                assert(row->cells[k].column < GRID_COLUMNS);
                assert(k == 0 || row->cells[k - 1].column < row->cells[k].column);
                assert(grid_cell(row, row->cells[k].column) == &row->cells[k]);
                cells_assert_text(row->cells[k].text);
                if (read++ < 64) {
                    cells_read(arena, &row->cells[k], diags);
                }
            }
        }
    }
}

#endif
