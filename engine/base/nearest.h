/* nearest.h: "did you mean". */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/arena.h"
#include "base/str.h"

/* Index of the candidate nearest to `word` by optimal string alignment over code points (a swap of neighbours is one step),
 * at most a third of the word's length away and at least 1; `count` when none is near. The first of equals wins. */
size_t nearest(struct str word, const struct str *candidates, size_t count);
/* That candidate itself; STR_NONE when none is near. */
struct str nearest_name(struct str word, const struct str *candidates, size_t count);
/* That candidate; when none is near, all of them: "a, b, c". */
struct str nearest_or_all(struct arena *arena, struct str word, const struct str *candidates, size_t count);

/* "a, b, c", for a hint; of more than `most`, the first ones with ", …" behind them. STR_NONE for none. */
struct str names_joined(struct arena *arena, const struct str *names, size_t count, size_t most);

#endif
