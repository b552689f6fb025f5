/* csv.h: text with separators, as spreadsheets and the ministry's systems write it. Of intake/ and office/. */
#ifndef INTAKE_CSV_H
#define INTAKE_CSV_H

#include "intake/grid.h"

/* One sheet, named as the file without its ending. Encodings: UTF-8 and UTF-16 with or without a mark, else GB18030. Separators:
 * comma, tab or semicolon, whichever the first line has most of. False: told. */
bool csv_read(struct arena *arena, struct str bytes, struct diags *diags, struct grid *out);

#endif
