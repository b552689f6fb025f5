/* days.h: days, months and moments as a database holds them, and as people write them.
 *
 *     day      2026-09-01            month    2026-09            moment    2026-09-01 08:30:00
 *
 * Compared as text they are in order of time, which is what every query relies on; 2026-9-1 and 2026/9/1 aren't. */
#ifndef DATA_DAYS_H
#define DATA_DAYS_H

#include "base/str.h"

enum time_form { TIME_DAY, TIME_MONTH, TIME_MOMENT };

/* Is it written exactly so, and is there such a day, in the years 1900 to 2199? */
bool time_is(enum time_form form, struct str text);

/* What it is when it can only mean one: 2026-9-1, 2026/9/1, 2026.9.1, 20260901, 2026年9月1日, 2026-09-01 00:00:00, all of them in
 * full-width digits too, and with blanks around. Gives the text back in `room`; STR_NONE where it may mean another (9/1/2026, 26-9-1,
 * the month 2026.1, which may have been 2026.10) or none. */
enum { TIME_ROOM = 24 };
struct str time_read(enum time_form form, struct str text, char room[static TIME_ROOM]);

/* The day that a spreadsheet's number stands for (46349 is 2026-11-23, perhaps with a part of a day behind a point), for who is to be asked
 * about it; STR_NONE where it is none from 1920 to 2099. */
struct str time_of_serial(struct str text, char room[static TIME_ROOM]);

/* Without the blanks around it, also those of Chinese input and of spreadsheets: U+3000, U+00A0, U+200B, U+FEFF … */
struct str blanks_trim(struct str text);

#endif
