/* workbook.h: a workbook that is written. The only place that knows libxlsxwriter.
 *
 * Order of calls: workbook_begin; for each sheet sheet_begin, its cells row by row; workbook_end. The file appears whole or not at all.
 * Nothing in it depends on the clock: it says that it was made on the day that it is given. */
#ifndef SHEET_WORKBOOK_H
#define SHEET_WORKBOOK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* What a column holds, for its format and what may be typed there. */
enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_DAY, COLUMN_CHOICE };
struct sheet_column {
    struct str heading;
    struct str note; /* shown when one points at the heading; STR_NONE */
    enum column_kind kind;
    const char *choices; /* of COLUMN_CHOICE, parted by | */
    bool needed;         /* its heading is marked */
    int32_t width;       /* in characters of the common size */
    bool hidden;
};

enum cell_look { LOOK_PLAIN, LOOK_EXAMPLE, LOOK_WRONG };

struct workbook_out;

/* path: as it will be called in the end. made_on: "2026-11-25". */
struct workbook_out *workbook_begin(struct arena *arena, const char *path, struct str made_on);
/* A sheet with its row of headings, which stays in sight; `rows` below it bear the columns' formats. */
void sheet_begin(struct workbook_out *book, struct str name, const struct sheet_column *columns, size_t count,
                 size_t rows);
/* A cell of the sheet begun last; row from 1, below the headings. A day that is none, or a number that is none, is text. */
void sheet_put(struct workbook_out *book, size_t row, size_t column, struct str text, enum cell_look look);
/* A remark on a cell. */
void sheet_remark(struct workbook_out *book, size_t row, size_t column, struct str text);
/* Lines of text in a sheet of their own, the first as its title. */
void sheet_text(struct workbook_out *book, struct str name, const struct str *lines, size_t count);
/* Writes the file. 0, or an errno value; nothing is left behind then. */
int workbook_end(struct workbook_out *book);

#endif
