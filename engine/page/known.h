/* known.h: known numbers, which masks hid elsewhere, however they are divided on a page. Internal to page/. */
#ifndef PAGE_KNOWN_H
#define PAGE_KNOWN_H

#include "page/numbers.h"
#include "page/fragments.h"
#include "page/sinks.h"

/* The first known number on a page that the reader isn't shown by right, or NUMBER_NONE. `digits`: the fragments
 * with digits, sorted (fragments_sort). `known` may be NULL: none is found. */
enum number_kind known_on_page(const struct scan_known *known, struct arena *arena, const struct fragments *fragments,
                               const struct fragment *digits, size_t count);
/* The same in one text: a bookmark, the document's title. */
enum number_kind known_in_text(const struct scan_known *known, struct arena *arena, struct str text);

/* Does text without digits stand between two fragments of a line? */
bool fragment_text_between(const struct fragments *fragments, const struct fragment *a, const struct fragment *b);

#endif
