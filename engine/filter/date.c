/* date.c: days, months and times: read as the database holds them (2026-11-23, 2026-11, 2026-11-23 08:30:00),
 * written for paper.
 *
 * A day that no calendar has (31 June) isn't a date: it is printed as it stands, and told. */
#include "filter/writers.h"

struct moment {
    int year, month, day, hour, minute;
    bool has_day, has_time;
};

/* Reads exactly `count` digits at *at and moves behind them. */
static bool take_digits(struct str s, size_t *at, size_t count, int *out) {
    if (s.n - *at < count) {
        return false;
    }
    *out = 0;
    for (size_t i = 0; i < count; i++, (*at)++) {
        const char c = s.p[*at];
        if (c < '0' || c > '9') {
            return false;
        }
        *out = *out * 10 + (c - '0');
    }
    return true;
}

static bool take(struct str s, size_t *at, char c) {
    if (*at >= s.n || s.p[*at] != c) {
        return false;
    }
    (*at)++;
    return true;
}

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Reads HH:MM, HH:MM:SS or HH:MM:SS.sss at *at, to the end of the string. */
static bool take_time(struct str s, size_t *at, struct moment *m) {
    int second = 0;
    if (!take_digits(s, at, 2, &m->hour) || !take(s, at, ':') || !take_digits(s, at, 2, &m->minute)) {
        return false;
    }
    if (take(s, at, ':') && !take_digits(s, at, 2, &second)) {
        return false;
    }
    if (take(s, at, '.')) {
        while (*at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9') {
            (*at)++;
        }
    }
    m->has_time = true;
    return *at == s.n && m->hour < 24 && m->minute < 60 && second < 60;
}

/* Reads YYYY-MM, YYYY-MM-DD, and a time behind the day. */
static bool read_moment(struct str value, struct moment *m) {
    const struct str s = str_trim(value);
    size_t at = 0;
    *m = (struct moment){0};
    if (!take_digits(s, &at, 4, &m->year) || !take(s, &at, '-') || !take_digits(s, &at, 2, &m->month)) {
        return false;
    }
    if (m->year < 1 || m->month < 1 || m->month > 12) {
        return false;
    }
    if (at == s.n) {
        return true;
    }
    if (!take(s, &at, '-') || !take_digits(s, &at, 2, &m->day) || m->day < 1 || m->day > days_in(m->year, m->month)) {
        return false;
    }
    m->has_day = true;
    if (at == s.n) {
        return true;
    }
    return (take(s, &at, ' ') || take(s, &at, 'T')) && take_time(s, &at, m);
}

static bool read_day(struct str value, struct moment *m) {
    return read_moment(value, m) && m->has_day;
}

bool filter_date(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_day(value, &m)) {
        return false;
    }
    *out = str_printf(arena, "%d年%d月%d日", m.year, m.month, m.day);
    return true;
}

bool filter_date_short(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_day(value, &m)) {
        return false;
    }
    *out = str_printf(arena, "%d.%d.%d", m.year, m.month, m.day);
    return true;
}

bool filter_date_digits(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_day(value, &m)) {
        return false;
    }
    *out = str_printf(arena, "%04d%02d%02d", m.year, m.month, m.day);
    return true;
}

bool filter_month_day(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_day(value, &m)) {
        return false;
    }
    *out = str_printf(arena, "%d月%d日", m.month, m.day);
    return true;
}

bool filter_year_month(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_moment(value, &m)) {
        return false;
    }
    *out = str_printf(arena, "%d年%d月", m.year, m.month);
    return true;
}

bool filter_month(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_moment(value, &m)) {
        return false;
    }
    *out = str_printf(arena, "%d月", m.month);
    return true;
}

/* 二〇二六年十一月二十三日: the year digit by digit, with 〇 U+3007 (GB/T 15835); month and day as counts. */
bool filter_date_han(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    struct str year;
    if (!read_moment(value, &m) || !filter_han_digits(arena, str_int(arena, m.year), argument, &year)) {
        return false;
    }
    struct str month = filter_han_number(arena, m.month);
    struct str day = m.has_day ? filter_han_number(arena, m.day) : STR("");
    *out = str_printf(arena, "%.*s年%.*s月%.*s%s", STR_ARG(year), STR_ARG(month), STR_ARG(day), m.has_day ? "日" : "");
    return true;
}

/* A time by itself, or that of a moment. */
bool filter_time(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_moment(value, &m) || !m.has_time) {
        size_t at = 0;
        if (!take_time(str_trim(value), &at, &m)) {
            return false;
        }
    }
    *out = str_printf(arena, "%02d:%02d", m.hour, m.minute);
    return true;
}

bool filter_datetime(struct arena *arena, struct str value, struct str argument, struct str *out) {
    struct moment m;
    (void)argument;
    if (!read_day(value, &m) || !m.has_time) {
        return false;
    }
    *out = str_printf(arena, "%d年%d月%d日%02d:%02d", m.year, m.month, m.day, m.hour, m.minute);
    return true;
}

/* 2026-2027-1 is 2026—2027学年度第一学期, with one em dash. */
bool filter_semester(struct arena *arena, struct str value, struct str argument, struct str *out) {
    const struct str s = str_trim(value);
    size_t at = 0;
    int from, to, term;
    (void)argument;
    if (!take_digits(s, &at, 4, &from) || !take(s, &at, '-') || !take_digits(s, &at, 4, &to) || !take(s, &at, '-') ||
        !take_digits(s, &at, 1, &term)) {
        return false;
    }
    if (at != s.n || to != from + 1 || term < 1 || term > 2) {
        return false;
    }
    *out = str_printf(arena, "%d—%d学年度第%s学期", from, to, term == 1 ? "一" : "二");
    return true;
}
