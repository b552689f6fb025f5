/* calendar.h: the calendar as lists beside the database give it (lists.h: 学期, 学期月份, 节假日), and whether a calendar can be right. Private to office/. */
#ifndef OFFICE_CALENDAR_H
#define OFFICE_CALENDAR_H

#include "office/step.h"

/* Makes the temporary tables listed_semester, listed_semester_month and listed_holiday, and fills them from the lists that lie in `folder`; a list
 * that isn't there leaves its table empty. `file` becomes that of the terms, STR_NONE where there is none. False: told (Y133 to Y135). */
bool calendar_read(struct step *step, const char *folder, struct str *file);

/* Looks at terms by the temporary view looked_at(id, starts, ends, before, before_ends), before being the term in front of each, and at their months in
 * looked_at_month(semester_id, ym, period_from, period_to, due_on). False: told, with the list's file (T513 to T515). */
bool calendar_is_right(struct step *step, struct str file);

#endif
