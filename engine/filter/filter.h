/* filter.h: how a value is written.
 *
 * A filter changes how a value is written (dates, Chinese numerals, amounts), never what it is or how much of it is shown.
 * {birth|date}, {amount|yuan}: the text of a value goes in, the text to print comes out. NULL never reaches a filter.
 *
 * To add one: a row in the table of filters.c with its name, help, arguments, and examples (input, output), which are its
 * documentation and its test at once. */
#ifndef FILTER_FILTER_H
#define FILTER_FILTER_H

#include "base/arena.h"
#include "base/str.h"

struct filter_example {
    const char *argument, *input, *output; /* argument "" when there is none */
};

/* What becomes of the value: text; for compose to do: the picture whose path it is, paragraphs of a small part of XHTML. */
enum filter_prints { PRINTS_TEXT, PRINTS_PICTURE, PRINTS_RICH };

struct filter {
    const char *name;     /* as in layouts: date, month-day, hanzi, capital … */
    const char *help;     /* one line, English */
    const char *argument; /* name of its argument, "" when it takes none, "[digits]" when optional */
    enum filter_prints prints;
    /* Result in the arena. False: the value isn't of the kind that the filter reads; it is then printed as it stands and told. */
    bool (*apply)(struct arena *arena, struct str value, struct str argument, struct str *out);
    /* Is the argument well formed? NULL: any. */
    bool (*check)(struct str argument);
    const struct filter_example *examples; /* ends with input NULL */
};

/* Borrowed; NULL when there is none of this name. */
const struct filter *filter_find(struct str name);
/* The i-th filter in the order of the manual; NULL behind the last. */
const struct filter *filter_at(size_t index);

/* An amount in fen in capital numerals (人民币大写, without 人民币): 10500 gives 壹佰零伍元整. Exact for any int64. */
struct str filter_capital_amount(struct arena *arena, int64_t fen);
/* 一、二、… 十、十一 … for numbered sections; 1 … 99,999. */
struct str filter_han_number(struct arena *arena, int64_t n);

/* A decimal number written as text, exact: ± digits × 10^-scale, as the filters for numbers read it; false when it is none. */
bool filter_read_number(struct str text, int64_t *digits, int32_t *scale);
/* With all decimals of its scale: 173.80. */
struct str filter_write_number(struct arena *arena, int64_t digits, int32_t scale);

#endif
