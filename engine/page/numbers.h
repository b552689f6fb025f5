/* numbers.h: what looks like an 18-digit ID (GB 11643) or an 11-digit mobile phone. Internal to page/.
 *
 * A reader sees groups of digits: 138 1234 5678 is one number to a person, so it is one here. The caller feeds digits
 * and what stands between them; after each group all groups that could make up one number with it are looked at. */
#ifndef PAGE_NUMBERS_H
#define PAGE_NUMBERS_H

#include "base/numerals.h"

enum number_kind { NUMBER_NONE, NUMBER_ID, NUMBER_PHONE };

/* Nobody writes a number in more pieces, or longer. */
enum { NUMBER_DIGITS_LIMIT = 64 };

struct scan_known;
struct numbers {
    const struct scan_known *known;               /* whose shown numbers are none to find; NULL */
    char digits[NUMBER_DIGITS_LIMIT];             /* '0' … '9' and 'X' of all groups */
    uint8_t group_start[NUMBER_DIGITS_LIMIT + 1]; /* of the groups that are complete, and of the one at hand */
    bool listed[NUMBER_DIGITS_LIMIT + 1];         /* a list's sign stands before the group */
    enum numeral_kind kind;                       /* of the last digit */
    bool priced;                                  /* ¥ stood before the first group */
    bool counted;                                 /* a unit follows: 元, 人 */
    bool lists;                                   /* any does */
    size_t digit_count, group_count;
    bool boxed; /* some digits stood in boxes of their own: only an ID is looked for, a row of counts looks so too */
    enum number_kind found; /* the first that was found; stays */
};

void numbers_feed(struct numbers *numbers, struct str text); /* digits, separators, and other characters, which break */
void numbers_separate(struct numbers *numbers);              /* a gap like a space */
void numbers_break(struct numbers *numbers);                 /* what comes is another number */

#endif
