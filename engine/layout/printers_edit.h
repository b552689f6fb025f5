/* printers_edit.h: a printer's line in printers.yaml, written by the program: whatever else stands in the file stays as it was. */
#ifndef LAYOUT_PRINTERS_EDIT_H
#define LAYOUT_PRINTERS_EDIT_H

#include "base/arena.h"
#include "base/str.h"

/* The text of the file with `name: value` for this printer, in place of what stood there, or behind the last one; comments and other printers stay.
 * In the arena; STR_NONE: the file isn't written a printer a line. */
struct str printers_edit(struct arena *arena, struct str text, struct str name, struct str value);

#endif
