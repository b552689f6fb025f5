/* known.h: numbers that are known, because masks hid them elsewhere, in whatever pieces they stand on a page. Internal to page/. */
#ifndef PAGE_KNOWN_H
#define PAGE_KNOWN_H

#include "page/numbers.h"
#include "page/pieces.h"
#include "page/sinks.h"

/* `digits`: the pieces in which there are digits, sorted (pieces_sort). */
enum number_kind known_on_page(const struct scan_known *known, struct arena *arena, const struct pieces *pieces,
                               const struct piece *digits, size_t count);
enum number_kind known_in_text(const struct scan_known *known, struct arena *arena, struct str text);

/* Does text that has no digits stand between two pieces of a line? */
bool piece_text_between(const struct pieces *pieces, const struct piece *a, const struct piece *b);

#endif
