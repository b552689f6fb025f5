/* depth.h: how deep the lines of a broken file stand, and how deep they should. */
#ifndef LAYOUT_DEPTH_H
#define LAYOUT_DEPTH_H

#include "layout/outline.h"

/* Is the line too deep, not deep enough, or without its dash? Tells it and gives back the line that is to be changed, which may be
 * the one above; -1 when nothing is wrong with it. Lines count from 0. */
int32_t depth_explain(struct reader *reader, const struct source *source, const struct outline *outline, int32_t line);

#endif
