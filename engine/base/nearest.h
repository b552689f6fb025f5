/* nearest.h: "did you mean": the name that somebody meant who mistyped it, and lists of names for hints. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/arena.h"
#include "base/str.h"

/* Index of the candidate nearest to `word` by optimal string alignment over code points (replacing, adding or
 * dropping one is a step, and so is a swap of neighbours), at most a third of the word's length away, but at least
 * one step, or one with another ending (class, classes). Capitals, _ and - make no difference. `count` when none is that near, or the word is longer than 64 characters. The first of equals wins. */
size_t nearest(struct str word, const struct str *candidates, size_t count);
/* The nearest candidate itself, borrowed; STR_NONE when none is near. */
struct str nearest_name(struct str word, const struct str *candidates, size_t count);
/* The nearest candidate, or, when none is near, a list of them all: "a, b, c". */
struct str nearest_or_all(struct arena *arena, struct str word, const struct str *candidates, size_t count);

/* The list "a, b, c", in the arena; of more than `most` names the first ones and ", …". STR_NONE for none. */
struct str names_joined(struct arena *arena, const struct str *names, size_t count, size_t most);

#endif
