/* columns.h: columns.yaml as read. A file that can't be read to its end leaves `broken` set. */
#ifndef LAYOUT_COLUMNS_H
#define LAYOUT_COLUMNS_H

#include "layout/layout.h"
#include "layout/reader.h"
#include "layout/setting.h"

/* Fills *spec, in the reader's arena, and sets `present`. Lines that are wrong are told and left out. */
void columns_read(struct reader *reader, const struct source *source, struct columns_spec *spec);

#endif
