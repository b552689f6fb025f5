/* xlsx.h: a workbook's parts: which sheets, shared strings, which number formats are days. Private to intake/. */
#ifndef INTAKE_XLSX_H
#define INTAKE_XLSX_H

#include "intake/grid.h"
#include "intake/package.h"

/* What a sheet's cells refer to. */
struct workbook {
    struct package package;
    struct str *strings; /* shared, by index */
    size_t string_count, string_capacity;
    bool *is_day; /* by index of a cell's format */
    size_t format_count, format_capacity;
    bool from_1904; /* days are counted from 1904-01-01: workbooks that began on a Mac */
};

/* `bytes` are the file's. False: told. */
bool xlsx_read(struct arena *arena, struct str bytes, struct diags *diags, struct grid *out);

/* xlsx_sheet.c: the cells of one part. False: told. */
bool xlsx_read_sheet(struct workbook *book, struct arena *arena, struct str part, struct sheet *sheet);
/* xlsx_day.c: a day's number as 2026-09-01, with its time where there is one; STR_NONE beyond the year 9999. */
struct str xlsx_day(struct arena *arena, double serial, bool from_1904);
/* Is a number format one of days (18.8.30, and those that Chinese spreadsheets have built in)? */
bool xlsx_is_day_format(int64_t id, struct str code);

#endif
