/* mask.h: inside data/: the masks write into a buffer, so that SQLite's function calls need no arena. */
#ifndef DATA_MASK_H
#define DATA_MASK_H

#include "base/buffer.h"
#include "data/data.h"

/* Appends what a reader with this mask gets to see of a value. */
void mask_write(struct buffer *out, enum mask mask, struct str value);

/* Appends text in which every number that looks like an ID (18 characters, 学籍号 too), a mobile phone, a landline with
 * its area code or any other number of 12 digits and more has asterisks in its middle. Digits of full width count, and
 * so do digits with spaces, hyphens or brackets between them. NUMBERS_ALL hides in every number, however short: a
 * phone's column. */
enum numbers { NUMBERS_PERSONAL, NUMBERS_ALL };
void numbers_hide(struct buffer *out, struct str text, enum numbers which);

/* 0 … 9 of ASCII or full width; -1 for all else. */
int numbers_digit(uint32_t code_point);
/* Spaces, hyphens, dots, brackets and invisible characters that people put between a number's digits. */
bool numbers_separator(uint32_t code_point);

#endif
