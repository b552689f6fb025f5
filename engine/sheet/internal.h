/* internal.h: what the files that write workbooks share. Private to sheet/. */
#ifndef SHEET_INTERNAL_H
#define SHEET_INTERNAL_H

#include <time.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/str.h"

/* Noon of a day (2026-11-25), which the library writes in UTC: counted from 1970 without the computer's time zone. */
time_t workbook_moment(struct arena *arena, struct str day);

/* How a cell looks. Begins with zeros. */
struct cell_format {
    struct str number; /* as spreadsheets write it; STR_NONE: General */
    enum lxw_format_alignments align;
    lxw_color_t ground; /* 0: none */
    uint8_t size;       /* in pt; 0: the common one */
    bool bold, ruled, wraps;
};
/* The formats of a workbook, each made once. */
struct cell_formats {
    struct arena *arena;
    lxw_workbook *book;
    struct cell_format *items;
    lxw_format **made;
    size_t count, capacity, made_capacity;
};
/* The workbook's own, which libxlsxwriter frees; the same for the same wish. */
lxw_format *cell_format_of(struct cell_formats *formats, const struct cell_format *wanted);

/* A name that a sheet may bear and no sheet of `taken` bears, in the arena; it is added to them. */
struct sheet_names {
    struct arena *arena;
    struct str *items;
    size_t count, capacity;
};
/* A name that Excel takes: cut to its length, without signs that it refuses, and with “ (2)” behind it where it is taken. In
 * the arena of `taken`, and taken from here on. */
struct str sheet_name(struct sheet_names *taken, struct str wanted);

#endif
