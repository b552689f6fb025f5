/* writers.h: inside filter/: the functions behind the table of filters.c, one file for each kind of value.
 *
 * A WRITER takes the value's text and its filter's argument ("" when there is none), and writes *out in the arena;
 * false when the value isn't of its kind, with *out untouched. The argument was checked before (filter_check_…). The
 * table of filters.c shows an input and an output of each. */
#ifndef FILTER_WRITERS_H
#define FILTER_WRITERS_H

#include "filter/filter.h"

#define WRITER(name) bool name(struct arena *arena, struct str value, struct str argument, struct str *out)

/* date.c: days, months, times as the database holds them (data/days.h). */
WRITER(filter_date);
WRITER(filter_date_short);
WRITER(filter_date_digits);
WRITER(filter_date_han);
WRITER(filter_month_day);
WRITER(filter_year_month);
WRITER(filter_month);
WRITER(filter_time);
WRITER(filter_datetime);
WRITER(filter_semester);

/* number.c: figures, exact (decimal.h). */
WRITER(filter_fixed);
WRITER(filter_percent);
WRITER(filter_thousands);
WRITER(filter_han);
WRITER(filter_han_digits);
WRITER(filter_tenths);
WRITER(filter_score);
WRITER(filter_hundredths);
WRITER(filter_kilograms);
/* Arguments: a count of decimals, a whole above 0. */
bool filter_check_decimals(struct str argument);
bool filter_check_whole(struct str argument);

/* amount.c: money, in fen. */
WRITER(filter_yuan);
WRITER(filter_amount);
WRITER(filter_capital);

/* words.c: names, numbers that are names, yes and no. */
WRITER(filter_phone);
WRITER(filter_id);
WRITER(filter_plate);
WRITER(filter_class);
WRITER(filter_name);
WRITER(filter_yes_no);
WRITER(filter_box);
WRITER(filter_trim);
WRITER(filter_upper);
WRITER(filter_as_it_is);

#endif
