/* nearest.h: "did you mean". */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/arena.h"
#include "base/str.h"

/* Index of the candidate nearest to `word` by optimal string alignment over code points (a swap of neighbours is one step),
 * at most a third of the word's length away and at least 1; `count` when none is near. The first of equals wins. */
size_t nearest(struct str word, const struct str *candidates, size_t count);

#endif
