/* privacy.h: privacy.yaml as read. A file that can't be read to its end leaves `broken` set: nothing may then be printed. */
#ifndef LAYOUT_PRIVACY_H
#define LAYOUT_PRIVACY_H

#include "layout/layout.h"
#include "layout/reader.h"
#include "layout/setting.h"

/* Fills *spec, in the reader's arena, and sets `present`. Lines that are wrong are told and left out. */
void privacy_read(struct reader *reader, const struct source *source, struct privacy_spec *spec);

#endif
