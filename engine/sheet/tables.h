/* tables.h: a layout's tables as a workbook: a sheet for each, its title above, its notes below, its head in sight.
 *
 *     compose/tab.h ──► tables_write ──► bytes of an .xlsx file
 *
 * Two runs give the same bytes: the file says that it was made on the day that it is given, and nothing depends on the clock. */
#ifndef SHEET_TABLES_H
#define SHEET_TABLES_H

#include "base/buffer.h"
#include "base/diag.h"
#include "compose/tab.h"

/* Into `out`, which is cleared first. made_on: "2026-11-25". `record`: the document's key, for what is told. False, told: a table is
 * larger than a sheet (W104), or the system has no room (W106). A cell longer than a sheet keeps is cut, and told (W105). */
bool tables_write(struct arena *arena, const struct tabs *tabs, struct str made_on, struct str record,
                  struct buffer *out, struct diags *diags);

/* The first table alone, as CSV in UTF-8 behind a byte order mark: head and rows, without title, notes and further tables (told, W108). What
 * would be a formula is words. Numbers and days are 30.00 and 2026-11-25. */
bool tables_write_csv(struct arena *arena, const struct tabs *tabs, struct str record, struct buffer *out,
                      struct diags *diags);

#endif
