/* printers.h: printers.yaml as read. A file with a mistake leaves `broken` set: nothing may then be printed by its numbers. */
#ifndef LAYOUT_PRINTERS_H
#define LAYOUT_PRINTERS_H

#include "layout/layout.h"
#include "layout/reader.h"

/* Fills *spec, in the reader's arena, and sets `present`. What is wrong is told. */
void printers_read(struct reader *reader, const struct source *source, struct printers_spec *spec);

#endif
