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
WRITER(filter_date);        /* 2026年11月23日 */
WRITER(filter_date_short);  /* 2026.11.23 */
WRITER(filter_date_digits); /* 20261123 */
WRITER(filter_date_han);    /* 二〇二六年十一月二十三日 */
WRITER(filter_month_day);   /* 11月23日 */
WRITER(filter_year_month);  /* 2026年11月 */
WRITER(filter_month);       /* 11月 */
WRITER(filter_time);        /* 08:30 */
WRITER(filter_datetime);    /* 2026年11月23日08:30 */
WRITER(filter_semester);    /* 2026—2027学年度第一学期 */

/* number.c: figures, exact (decimal.h). */
WRITER(filter_fixed);      /* decimals, rounded half up */
WRITER(filter_percent);    /* a share of 1 or of the argument; never rounded to 100% */
WRITER(filter_thousands);  /* 1,234,567 */
WRITER(filter_han);        /* 一百零五 */
WRITER(filter_han_digits); /* 二〇二六 */
WRITER(filter_tenths);     /* 955 tenths: 95.5; 950: 95.0 */
WRITER(filter_score);      /* the same without a needless zero: 95 */
WRITER(filter_hundredths); /* 4286: 42.86 */
WRITER(filter_kilograms);  /* grams: 26.5 */
/* An argument that is a count of decimals. */
bool filter_check_decimals(struct str argument);
/* One that shares are taken of: a number above 0, with decimals where one likes; or none. */
bool filter_check_whole(struct str argument);

/* amount.c: money, in fen. */
WRITER(filter_yuan);    /* ¥130.00 */
WRITER(filter_amount);  /* 130.00 */
WRITER(filter_capital); /* 壹佰叁拾元整 */

/* words.c: names, numbers that are names, yes and no. */
WRITER(filter_phone);    /* in groups, with narrow spaces */
WRITER(filter_id);       /* in groups, with narrow spaces */
WRITER(filter_plate);    /* 贵C·12345 */
WRITER(filter_class);    /* 六（5）班 */
WRITER(filter_name);     /* 张 三 */
WRITER(filter_yes_no);   /* 是, 否 */
WRITER(filter_box);      /* √, □ */
WRITER(filter_trim);     /* without white space at both ends */
WRITER(filter_upper);    /* Latin capitals */
WRITER(filter_as_it_is); /* rich, image: compose does the rest */

#endif
