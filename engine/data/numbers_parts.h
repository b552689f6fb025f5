/* numbers_parts.h: inside data/: what the parts of numbers.c share. A run is read (numbers_run.c), what in it is somebody's is hidden
 * (numbers_match.c), and what is left is written (numbers.c). */
#ifndef DATA_NUMBERS_PARTS_H
#define DATA_NUMBERS_PARTS_H

#include "base/utf8.h"
#include "data/mask.h"

enum {
    ID_LENGTH = 18,
    OLD_ID_LENGTH = 15,
    PHONE_LENGTH = 11,
    LANDLINE_SHORTEST = 10, /* with its area code */
    LOCAL_SHORTEST = 7
};

struct digit {
    size_t offset, bytes; /* in the text */
    char value;           /* '0' … '9', 'X' */
    bool hidden, matched;
    bool letter; /* that looks like it */
};

struct group {
    uint32_t first, count; /* its digits */
    enum numeral_kind kind;
    enum numeral_gap gap; /* before it; GAP_NONE: digits of another kind, or nothing */
    uint32_t sign;        /* the one that stands there, ' ' for blanks alone, 0 for several */
    int date;             /* 1 to 3: year, month, day */
};

/* A run that is read; its buffers are lent. */
struct number_run {
    struct buffer *digits, *groups; /* of struct digit, struct group */
    size_t from, to;                /* in the text */
    struct str text;
    struct number_set *hidden;
    bool found;   /* something that is a phone or an ID */
    bool letters; /* the pass that reads them */
};

static inline size_t digit_count(const struct number_run *run) {
    return run->digits->count / sizeof(struct digit);
}

static inline struct digit *digits_of(const struct number_run *run) {
    return (struct digit *)(void *)run->digits->bytes;
}

static inline size_t group_count(const struct number_run *run) {
    return run->groups->count / sizeof(struct group);
}

static inline struct group *groups_of(const struct number_run *run) {
    return (struct group *)(void *)run->groups->bytes;
}

/* The digit that a letter looks like; -1 for none. */
int number_look_alike(uint32_t c);
/* The next run at or behind `offset`; false when there is none before `to`. */
bool number_run_read(struct number_run *run, size_t offset, size_t to);
void number_run_mark_dates(const struct number_run *run); /* 2026-11-23 */
/* Marks the digits that nobody may see, and notes whose number they are. */
void number_run_hide(struct number_run *run, enum numbers which);
/* How many digits of a landline are its area code; 0 when it has none. */
size_t number_area_digits(const char *value);

#endif
