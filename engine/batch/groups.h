/* groups.h: which rows of a layout's `each` query are one document. Part of the plan. */
#ifndef BATCH_GROUPS_H
#define BATCH_GROUPS_H

#include "batch/printing.h"

struct groups {
    uint32_t *of_row;  /* by row: its group, numbered in the order of their first rows */
    struct str *paths; /* by group: below the term's folder; several may have one path */
    bool *twins;       /* by group: another has its path, and nothing but the key tells them apart */
    size_t count;
};

/* In `arena`, but for the paths: they are in `kept`. */
struct groups groups_of_rows(struct arena *arena, struct arena *kept, const struct printing *printing,
                             const struct rows *rows);

/* The text of a cell, in the arena or borrowed from the rows; STR_NONE for a column that isn't there. */
struct str groups_cell_text(struct arena *arena, const struct rows *rows, size_t row, size_t column);

#endif
