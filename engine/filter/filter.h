/* filter.h: filters: how a value is written (dates, Chinese numerals, amounts), never what it is or how much of it
 * is shown.
 *
 *     {birth|date}      2013-04-05  ─►  2013年4月5日
 *     {amount|yuan}     10500       ─►  ¥105.00
 *
 * The text of a value goes in, the text to print comes out, in the arena. NULL never reaches a filter. A value of
 * another kind than the filter reads (words for a date) is printed as it stands, and the caller tells it.
 *
 * To add one, two things: the function (writers.h, in the file of its kind), and a row in the table of filters.c
 * with name, help, argument and examples, which are its documentation and its test. */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include "base/arena.h"
#include "base/str.h"

/* An input and its output, shown by `help` and run by the tests. */
struct filter_example {
    const char *argument, *input, *output; /* argument "" when there is none */
};

/* The kind of the result: text; or text for compose to carry on with: the path of a picture, a small subset of
 * XHTML. */
enum filter_prints { PRINTS_TEXT, PRINTS_PICTURE, PRINTS_RICH };

/* A row of the table. */
struct filter {
    const char *name;     /* as layouts write it: date, month-day, hanzi, capital … */
    const char *help;     /* one line, English */
    const char *argument; /* name of its argument, "" when it takes none, "[digits]" when optional */
    enum filter_prints prints;
    /* Writes the value into *out, in the arena. False: the value isn't of the kind that the filter reads. */
    bool (*apply)(struct arena *arena, struct str value, struct str argument, struct str *out);
    /* Is the argument well formed? NULL: any. */
    bool (*check)(struct str argument);
    const struct filter_example *examples; /* ends with input NULL */
};

/* The filter of this name, borrowed; NULL: there is none. */
const struct filter *filter_find(struct str name);
/* The i-th filter in the order of the manual; NULL behind the last. */
const struct filter *filter_at(size_t index);

/* An amount in fen in capital numerals (人民币大写, without 人民币): 10500 gives 壹佰零伍元整. Exact for any int64. */
struct str filter_capital_amount(struct arena *arena, int64_t fen);
/* 一、二、… 十、十一 …, for numbered sections: 1 to 99,999. */
struct str filter_han_number(struct arena *arena, int64_t n);

/* Reads a decimal number exactly, as the filters for numbers do: ± digits × 10^-scale. False when it is none. */
bool filter_read_number(struct str text, int64_t *digits, int32_t *scale);
/* Writes such a number with all decimals of its scale, in the arena: 173.80. */
struct str filter_write_number(struct arena *arena, int64_t digits, int32_t scale);

#endif
