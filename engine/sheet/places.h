/* places.h: the messages of a file, by the cells that they speak of. Private to sheet/. */
#ifndef SHEET_PLACES_H
#define SHEET_PLACES_H

#include "base/diag.h"
#include "intake/grid.h"

#define PLACES_NOWHERE UINT32_MAX /* no int, so no enum */

struct told_place {
    size_t sheet;    /* index in the grid; its count: of the file */
    uint32_t row;    /* as the spreadsheet counts, from 1; 0: the sheet */
    uint32_t column; /* from 0; PLACES_NOWHERE: the row */
    const struct diag *diag;
};

/* In the order of sheets, rows and columns, then as they were told. In the arena; as many as there are messages. */
struct told_place *places_of(struct arena *arena, const struct grid *grid, const struct diags *diags);

#endif
