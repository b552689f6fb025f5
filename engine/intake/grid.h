/* grid.h: a file of tables, as sheets of cells.
 *
 * Workbooks (.xlsx by Excel, WPS, LibreOffice) and CSV come out alike: text as it was typed, numbers as the digits that the file
 * holds, days as 2026-09-01 whatever their format and epoch. Nothing is interpreted here: what a cell means is its form's
 * business (forms.h). Sources: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8.30 (number formats); RFC 4180.
 *
 * A file that isn't what it says is refused whole: a password, an old .xls, a damaged or endless zip, a DOCTYPE in any part, bytes
 * in no known encoding, a quote that is never closed. */
#ifndef INTAKE_GRID_H
#define INTAKE_GRID_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#define GRID_COLUMNS 16384   /* XFD */
#define GRID_ROWS    1048576 /* Excel's last */

enum cell_kind {
    CELL_TEXT,
    CELL_NUMBER, /* decimal digits, without an exponent where it is whole: 15402623716 */
    CELL_DAY,    /* 2026-09-01, or with its time 2026-09-01 08:30:00 */
    CELL_LOST,   /* a number of more digits than a spreadsheet keeps (15): the last ones are wrong for ever */
    CELL_FAULT   /* a formula's error: #REF! */
};

/* A cell that holds something; blank ones are left out. */
struct cell {
    uint32_t column; /* from 0 */
    enum cell_kind kind;
    struct str text;
};

struct grid_row {
    uint32_t number; /* as the spreadsheet counts, from 1 */
    bool hidden;
    struct cell *cells; /* in the order of columns */
    size_t count;
};

struct sheet {
    struct str name;
    bool hidden;
    struct grid_row *rows; /* those that hold something, from top to bottom */
    size_t row_count;
};

struct grid {
    struct str file; /* as it was named */
    struct sheet *sheets;
    size_t count;
};

/* Reads a file into the arena. False when it can't be read or isn't taken (told, with the remedy). */
bool grid_read(struct arena *arena, const char *path, struct diags *diags, struct grid *out);
/* The cell of a column; NULL: blank. Borrowed. */
const struct cell *grid_cell(const struct grid_row *row, uint32_t column);
/* F17, for messages: column from 0, row from 1. */
struct str grid_reference(struct arena *arena, uint32_t column, uint32_t row);

#endif
