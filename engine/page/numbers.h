/* numbers.h: do digits look like an 18-digit ID (GB 11643) or an 11-digit mobile phone? Internal to page/.
 *
 *     struct numbers numbers = {.known = known};
 *     numbers_feed(&numbers, text); numbers_separate(&numbers); …    in reading order
 *     numbers_break(&numbers);                                       at the end
 *     numbers.found
 *
 * A reader sees groups of digits: 138 1234 5678 is one number to a person, so it is one here. The caller feeds
 * digits and the gaps between them; after each group all windows of groups that end with it are tested. */
#ifndef PAGE_NUMBERS_H
#define PAGE_NUMBERS_H

#include "base/numerals.h"
#include "page/sinks.h"

/* Digits kept; nobody writes a number longer than that, or in more groups. */
enum { NUMBER_DIGITS_LIMIT = 64 };

/* The state. Begins with zeros and `known`. */
struct numbers {
    const struct scan_known *known;               /* numbers that the reader is shown aren't found; NULL: none */
    char digits[NUMBER_DIGITS_LIMIT];             /* '0' … '9' and 'X' of all groups */
    uint8_t group_start[NUMBER_DIGITS_LIMIT + 1]; /* of complete groups, and of the one being read */
    bool listed[NUMBER_DIGITS_LIMIT + 1];         /* a list's sign stands before the group */
    enum numeral_kind kind;                       /* of the last digit */
    bool priced;                                  /* ¥ stood before the first group */
    bool counted;                                 /* a unit follows: 元, 人 */
    bool lists;                                   /* the gap being read has a list's sign */
    size_t digit_count, group_count;              /* digits kept; complete groups */
    bool boxed; /* some digits stood in boxes: only an ID is looked for, since a row of counts looks so too */
    /* What was found: ID or phone. */
    enum number_kind found; /* the first number found; stays */
};

/* Text: digits, gaps, and other characters, which break. */
void numbers_feed(struct numbers *numbers, struct str text);
/* A gap like a space, between two fragments. */
void numbers_separate(struct numbers *numbers);
/* Ends the number: what comes is another. */
void numbers_break(struct numbers *numbers);

#endif
