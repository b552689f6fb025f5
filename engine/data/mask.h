/* mask.h: inside data/: the masks write into a buffer, so that SQLite's function calls need no arena. */
#ifndef DATA_MASK_H
#define DATA_MASK_H

#include "base/buffer.h"
#include "base/numerals.h"
#include "data/data.h"

/* What the masks of one reader share: the IDs and phones that they hid, and room to work in. By {0}. */
struct masking {
    struct number_set hidden;
    struct buffer digits, groups, again;
};
void masking_release(struct masking *masking);

/* Appends what a reader with this mask gets to see of a value. */
void mask_write(struct buffer *out, enum mask mask, struct str value, struct masking *masking);

/* Appends text in which every number that looks like an ID (18 characters, 学籍号 too), a mobile phone, a landline with
 * its area code or any other number of 12 digits and more has asterisks in its middle, whatever its digits look like and what
 * parts them (base/numerals.h). NUMBERS_ALL hides in every number, however short: a phone's column. Is there an ID or a phone (with
 * NUMBERS_ALL also a local one)? */
enum numbers { NUMBERS_PERSONAL, NUMBERS_ALL };
bool numbers_hide(struct buffer *out, struct str text, enum numbers which, struct masking *masking);

/* Is there anything in free text that numbers_hide would read? Most texts hold nothing, and need no copy. */
bool numbers_suspected(struct str text);

/* address.c: offset behind what of an address may be shown: to the village group, else to the village, the township, the county; 0
 * where nothing may. No number of a house, a flat or a room is before it. */
size_t address_end(struct str address);

#endif
