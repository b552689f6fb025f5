/* csv_line.h: a cell of a line of CSV (RFC 4180), as spreadsheets read it without danger. The file begins with CSV_BOM, so that Excel and WPS
 * read UTF-8; lines end with CR LF. */
#ifndef BASE_CSV_LINE_H
#define BASE_CSV_LINE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/str.h"

#define CSV_BOM "\xEF\xBB\xBF"

/* In quotes where it must be; behind a ' where it would be a formula. `last` of its line, or a comma follows. */
void csv_cell(struct buffer *out, struct str cell, bool last);

#endif
