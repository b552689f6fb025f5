/* writers.h: the functions behind the table of filters.c, one file a kind of value.
 *
 * Each takes the value's text and its filter's argument, and writes into the arena; false when the value isn't of its
 * kind. */
#ifndef FILTER_WRITERS_H
#define FILTER_WRITERS_H

#include "filter/filter.h"

#define WRITER(name) bool name(struct arena *arena, struct str value, struct str argument, struct str *out)

/* date.c */
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

/* number.c */
WRITER(filter_fixed);
WRITER(filter_percent);
WRITER(filter_thousands);
WRITER(filter_han);
WRITER(filter_han_digits);
WRITER(filter_tenths);
WRITER(filter_score);
WRITER(filter_hundredths);
WRITER(filter_kilograms);
bool filter_check_decimals(struct str argument);
bool filter_check_whole(struct str argument);

/* amount.c */
WRITER(filter_yuan);
WRITER(filter_amount);
WRITER(filter_capital);

/* words.c */
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
