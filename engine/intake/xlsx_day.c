/* xlsx_day.c: days, which spreadsheets keep as numbers.
 *
 * Number 1 is 1900-01-01, and 60 a 29th of February that never was (Lotus 1-2-3's mistake, kept by all): numbers from 61 on count
 * from 1899-12-30, those before it from 1899-12-31. From 1904 on 0 is 1904-01-01. */
#include "intake/xlsx.h"

#include <math.h>
#include <string.h>

#define DAY_S 86400

/* Days since 1970-01-01 as a day of the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms"). */
static struct str day_text(struct arena *arena, int64_t days) {
    const int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
    const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted = (5 * of_year + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
    return str_printf(arena, "%04d-%02d-%02d", (int)(year_of_era + era * 400 + (month <= 2)), (int)month,
                      (int)(of_year - (153 * shifted + 2) / 5 + 1));
}

struct str xlsx_day(struct arena *arena, double serial, bool from_1904) {
    if (!(serial >= 0 && serial < 2958466)) { /* 9999-12-31 */
        return STR_NONE;
    }
    int64_t days = (int64_t)floor(serial), seconds = (int64_t)floor((serial - floor(serial)) * DAY_S + 0.5);
    days += seconds / DAY_S;
    seconds %= DAY_S;
    const int64_t epoch = from_1904 ? -24107 : days > 60 ? -25569 : -25568;
    const struct str day = day_text(arena, days + epoch);
    return seconds == 0 ? day
                        : str_printf(arena, "%.*s %02d:%02d:%02d", STR_ARG(day), (int)(seconds / 3600),
                                     (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/* 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50 to 58 in Chinese and Japanese ones. */
static bool is_built_in(int64_t id) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/* A format with y, m, d or h outside quotes, brackets and escapes; General and colours have none of them there. */
bool xlsx_is_day_format(int64_t id, struct str code) {
    if (code.p == NULL) {
        return is_built_in(id);
    }
    for (size_t i = 0; i < code.n; i++) {
        const char c = code.p[i];
        if (c == '"') {
            i += str_find_byte(str_slice(code, i + 1, code.n), '"') + 1;
        } else if (c == '[') {
            i += str_find_byte(str_slice(code, i + 1, code.n), ']') + 1;
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == ';' || str_starts(str_slice(code, i, code.n), STR("General"))) {
            return false;
        } else if (strchr("ymdhYMDH", c) != NULL) {
            return true;
        }
    }
    return false;
}
