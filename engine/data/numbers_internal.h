/* numbers_internal.h: shared by the files that hide numbers in free text, for them alone.
 *
 *     numbers.c         finds stretches of text that may hold a number, and writes them with asterisks
 *     numbers_chain.c   reads a stretch as chains of digits
 *     numbers_match.c   holds a chain against the patterns of IDs and phones, and marks digits as hidden */
#ifndef DATA_NUMBERS_INTERNAL_H
#define DATA_NUMBERS_INTERNAL_H

#include "base/utf8.h"
#include "data/mask.h"

enum {
    ID_LENGTH = 18,
    OLD_ID_LENGTH = 15,
    PHONE_LENGTH = 11,
    LANDLINE_SHORTEST = 10, /* with its area code */
    LOCAL_SHORTEST = 7
};

/* A digit as it stands in the text, in whatever script. */
struct digit {
    size_t offset, bytes; /* in the text */
    char value;           /* '0' … '9', 'X' */
    bool hidden, matched;
    bool letter; /* a letter read as a digit: O, l */
};

/* Digits of one kind with nothing between them. */
struct group {
    uint32_t first, count; /* its digits */
    enum numeral_kind kind;
    enum numeral_gap gap; /* before it; GAP_NONE: digits of another kind, or nothing */
    uint32_t sign;        /* the sign in that gap; ' ': blanks alone, 0: several */
    int date;             /* 1 to 3: year, month, day */
};

/* A chain: what a person may read as digits of one number: groups with few signs between two. Its buffers are lent,
 * and filled anew for each chain. */
struct number_chain {
    struct buffer *digits, *groups; /* of struct digit, struct group */
    size_t from, to;                /* in the text */
    struct str text;
    struct number_set *hidden; /* receives the numbers that were hidden */
    bool found;                /* a phone or an ID was hidden */
    bool letters;              /* in the pass that reads letters as digits */
};

/* The chain's digits and groups as arrays; valid until the next chain is read. */
static inline size_t digit_count(const struct number_chain *chain) {
    return chain->digits->count / sizeof(struct digit);
}

static inline struct digit *digits_of(const struct number_chain *chain) {
    return (struct digit *)(void *)chain->digits->bytes;
}

static inline size_t group_count(const struct number_chain *chain) {
    return chain->groups->count / sizeof(struct group);
}

static inline struct group *groups_of(const struct number_chain *chain) {
    return (struct group *)(void *)chain->groups->bytes;
}

/* The digit that a letter looks like (O, o: 0; l, I: 1); -1: none. */
int number_look_alike(uint32_t c);
/* Reads the next chain at or behind `offset`; false when there is none before `to`. */
bool number_chain_read(struct number_chain *chain, size_t offset, size_t to);
/* Marks groups that are a date: 2026-11-23. */
void number_chain_mark_dates(const struct number_chain *chain);
/* Marks the digits that nobody may see, and adds their numbers to `hidden`. */
void number_chain_hide(struct number_chain *chain, enum numbers which);
/* Length of the area code at the head of a landline's digits: 3 or 4; 0: none. */
size_t number_area_digits(const char *value);

#endif
