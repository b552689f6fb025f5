/* days.h: days, months and moments, as a database holds them and as people write them.
 *
 *     day      2026-09-01            month    2026-09            moment    2026-09-01 08:30:00
 *
 * These forms (ISO 8601) compare as text in order of time, which every query relies on; 2026-9-1 and 2026/9/1 don't.
 * No time zones: all times are the school's own. */
#ifndef DATA_DAYS_H
#define DATA_DAYS_H

#include "base/str.h"

/* The form that a column's values must have. */
enum time_form { TIME_DAY, TIME_MONTH, TIME_MOMENT };

/* Has the text exactly this form, and does the day exist, in the years 1900 to 2199? */
bool time_is(enum time_form form, struct str text);

/* Room for any of the forms. */
enum { TIME_ROOM = 24 };
/* Reads a text that can only mean one day, month or moment: 2026-9-1, 2026/9/1, 2026.9.1, 20260901, 2026年9月1日,
 * 2026-09-01 00:00:00, also in full-width digits and with blanks around. Gives it back in the right form, written
 * into `room`; STR_NONE when it may mean another (9/1/2026, 26-9-1, the month 2026.1, which may have been 2026.10)
 * or none. */
struct str time_read(enum time_form form, struct str text, char room[static TIME_ROOM]);

/* The day that a spreadsheet's number stands for, written into `room`: 46349 is 2026-11-23; decimals are a time of
 * day. It is a guess, to ask somebody about. STR_NONE outside 1920 to 2099. */
struct str time_of_serial(struct str text, char room[static TIME_ROOM]);

/* The text without blanks at both ends, those of Chinese input and of spreadsheets included: U+3000, U+00A0, U+200B,
 * U+FEFF … A view. */
struct str blanks_trim(struct str text);

#endif
