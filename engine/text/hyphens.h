/* hyphens.h: where an English word may be parted at a line's end, by TeX's patterns (libhyphen). Private to text/.
 *
 * The patterns are Debian's hyphen-en-us, else hyphen-en-gb; where DICPATH (as of Hunspell) names folders, these are looked through
 * in place of Debian's. They are read when the first word is asked for. Where there are none no word is parted, and
 * hyphens_lacking says so: nothing is guessed. */
#ifndef TEXT_HYPHENS_H
#define TEXT_HYPHENS_H

#include "base/arena.h"
#include "base/str.h"

/* Shorter words aren't parted, longer ones (in bytes) neither. */
enum { HYPHENS_LEAST_LETTERS = 6, HYPHENS_LONGEST = 63 };

/* The patterns; the caller destroys them (NULL is nothing). */
struct hyphens;
/* Never NULL: out of memory aborts. */
struct hyphens *hyphens_create(void);
/* Frees the patterns too. */
void hyphens_destroy(struct hyphens *hyphens);
/* The places of a word, as bits: bit n, a part may end behind its byte n - 1. Two letters stay before it and three behind it, on the
 * word's side of an apostrophe. Capitals count as small letters, ﬁ as its two letters. 0: there is none. */
uint64_t hyphens_of(struct hyphens *hyphens, struct str word);
/* Was a word asked for, and are there no patterns? */
bool hyphens_lacking(const struct hyphens *hyphens);

#endif
