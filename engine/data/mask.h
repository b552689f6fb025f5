/* mask.h: inside data/: the masks. They write into a buffer, so that calls from SQL need no arena. */
#ifndef DATA_MASK_H
#define DATA_MASK_H

#include "base/buffer.h"
#include "base/numerals.h"
#include "data/data.h"

/* Shared by the masks of one reader: the IDs and phones that they hid, and scratch buffers. Begins as {0}; released
 * with masking_release. */
struct masking {
    struct number_set hidden;
    struct buffer digits, groups, again;
};
/* Frees the set of numbers and the scratch. */
void masking_release(struct masking *masking);

/* Appends the value as a reader with this mask gets it. MASK_NOTHING appends nothing: its caller gives NULL instead. */
void mask_write(struct buffer *out, enum mask mask, struct str value, struct masking *masking);

/* Which numbers to hide: those of persons, or every number however short (for a column of phones). */
enum numbers { NUMBERS_PERSONAL, NUMBERS_ALL };
/* Appends the text with asterisks in the middle of every number that looks like an ID (18 characters, 学籍号 too), a
 * mobile phone, a landline with its area code, or is longer than 11 digits; in whatever script, and however people
 * divide its digits (base/numerals.h). The hidden numbers go into masking->hidden. Was there an ID or a phone (with
 * NUMBERS_ALL also a local one)? numbers.c tells how it is decided. */
bool numbers_hide(struct buffer *out, struct str text, enum numbers which, struct masking *masking);

/* A quick test: has the text anything that numbers_hide would look at? Most texts haven't, and need no copy. */
bool numbers_suspected(struct str text);

/* The length in bytes of the part of an address that may be shown: to the village group, else to the village, the
 * township, the county; 0 when it has none of them. No number of a house, a flat or a room lies in it. (address.c) */
size_t address_end(struct str address);

#endif
