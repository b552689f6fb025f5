/* workbook.h: a workbook that is written. The only place that knows libxlsxwriter.
 *
 * Order of calls: workbook_begin; for each sheet sheet_begin, its cells row by row; workbook_end. The file appears whole or not at all.
 * Nothing in it depends on the clock: it says that it was made on the day that it is given. */
#ifndef SHEET_WORKBOOK_H
#define SHEET_WORKBOOK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* What a column holds, for its format and what may be typed there. A moment is a day with its time; prose is broken into lines. */
enum column_kind { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_DAY, COLUMN_MOMENT, COLUMN_PROSE, COLUMN_CHOICE };
struct sheet_column {
    struct str heading; /* "": none is written */
    struct str note;    /* shown when one points at the heading; STR_NONE */
    enum column_kind kind;
    const char *choices; /* of COLUMN_CHOICE, parted by | */
    bool needed;         /* its heading is marked */
    int32_t width;       /* in characters of the common size */
    bool hidden;
};

/* Wrong: red, to be corrected; doubtful: yellow, to be looked at. */
enum cell_look { LOOK_PLAIN, LOOK_EXAMPLE, LOOK_WRONG, LOOK_DOUBTFUL };

struct sheet_shape {
    struct str name;
    const struct sheet_column *columns; /* outlive the workbook */
    size_t count;
    size_t heading; /* the row of the headings, which stays in sight with all above it */
    size_t rows;    /* below it: so many take the columns' choices; 0: it has no headings */
    bool hidden;    /* nobody sees the sheet until it is asked for */
    bool filter;    /* rows can be chosen by their values */
};

enum { SHEET_TEXT_MOST = 32767 /* characters that a cell holds (ECMA-376 part 1, 18.18.22) */ };

struct workbook_out;

/* path: as it will be called in the end. made_on: "2026-11-25". */
struct workbook_out *workbook_begin(struct arena *arena, const char *path, struct str made_on);
/* A sheet with its headings. Rows and columns count from 0. */
void sheet_begin(struct workbook_out *book, const struct sheet_shape *shape);
/* A cell of the sheet begun last, as its column wants it. A day that is none, or a number that is none, is text. */
void sheet_put(struct workbook_out *book, size_t row, size_t column, struct str text, enum cell_look look);
/* A cell of a kind of its own; a text in a column of days takes their format, so that a day typed over it is one. */
void sheet_put_as(struct workbook_out *book, size_t row, size_t column, struct str text, enum column_kind kind,
                  enum cell_look look);
/* A cell that leads to another: F17 of a sheet. */
void sheet_link(struct workbook_out *book, size_t row, size_t column, struct str text, struct str sheet,
                struct str cell);
/* A remark on a cell. */
void sheet_remark(struct workbook_out *book, size_t row, size_t column, struct str text);
/* By its index, from 0, on the sheet that was begun last. */
void sheet_hide_row(struct workbook_out *book, size_t row);
/* Makes room for so many lines of prose; a program that doesn't look for itself shows only one. */
void sheet_row_lines(struct workbook_out *book, size_t row, size_t lines);
/* Lines of text in a sheet of their own, the first as its title. */
void sheet_text(struct workbook_out *book, struct str name, const struct str *lines, size_t count);
/* Writes the file. 0, or an errno value; nothing is left behind then. */
int workbook_end(struct workbook_out *book);

#endif
