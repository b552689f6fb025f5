/* days.c: days, months and moments: the forms that are right, and texts that can only mean one.
 *
 * A text is read as numbers and the signs between them: "2026年9月1日 8:30" is 2026 Y 9 M 1 D 8 : 30. The signs tell
 * the form; full-width digits and signs are taken for their ASCII. */
#include "data/days.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

static bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of(int year, int month) {
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool is_month(int year, int month) {
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12;
}

static bool is_day(int year, int month, int day) {
    return is_month(year, month) && day >= 1 && day <= days_of(year, month);
}

static bool is_time(int hour, int minute, int second) {
    return hour <= 23 && minute <= 59 && second <= 59;
}

/* --- as it must stand --------------------------------------------------------------------------------------------- */

/* "2026-09-" in one comparison of eight bytes: the added constant lifts a byte over 127 unless it is a digit (less
 * '0'), or the sign itself (less itself). */
static bool looks_like_month(const char *p) {
    static const char picture[] = "0000-00-";
    static const unsigned char room[sizeof(uint64_t)] = {0x76, 0x76, 0x76, 0x76, 0x7F, 0x76, 0x76, 0x7F};
    uint64_t bytes, zeros, over;
    memcpy(&bytes, p, sizeof bytes);
    memcpy(&zeros, picture, sizeof zeros);
    memcpy(&over, room, sizeof over);
    bytes ^= zeros;
    return (((bytes + over) | bytes) & UINT64_C(0x8080808080808080)) == 0;
}

/* Held against a picture: 9 stands for a digit, all else for itself. */
static bool looks_like(const char *p, const char *picture) {
    for (; *picture != '\0'; p++, picture++) {
        if (*picture == '9' ? (unsigned)*p - '0' > 9u : *p != *picture) {
            return false;
        }
    }
    return true;
}

static int digits_at(const char *p, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
        n = 10 * n + (p[i] - '0');
    }
    return n;
}

static int two_digits_at(const char *p) {
    return (p[0] - '0') * 10 + (p[1] - '0');
}

/* Up to the 28th of a month, as nearly all are; false says nothing. */
static bool is_plain_day(const char *p) {
    const int month = two_digits_at(p + 5), day = two_digits_at(p + 8), century = two_digits_at(p);
    const bool two = (unsigned)(p[9] - '0') <= 9 && day >= 1 && day <= 28;
    return two && looks_like_month(p) && century >= 19 && century <= 21 && month >= 1 && month <= 12;
}

bool time_is(enum time_form form, struct str text) {
    static const size_t lengths[] = {[TIME_DAY] = 10, [TIME_MONTH] = 7, [TIME_MOMENT] = 19};
    const char *p = text.p;
    if (text.n == lengths[TIME_DAY] && form == TIME_DAY && is_plain_day(p)) {
        return true;
    }
    if (text.n != lengths[form]) {
        return false;
    }
    if (form == TIME_MONTH) {
        return looks_like(p, "9999-99") && is_month(digits_at(p, 4), digits_at(p + 5, 2));
    }
    return looks_like_month(p) && looks_like(p + 8, form == TIME_DAY ? "99" : "99 99:99:99") &&
           is_day(digits_at(p, 4), digits_at(p + 5, 2), digits_at(p + 8, 2)) &&
           (form == TIME_DAY || is_time(digits_at(p + 11, 2), digits_at(p + 14, 2), digits_at(p + 17, 2)));
}

/* --- as people write it ------------------------------------------------------------------------------------------- */

static bool is_blank(uint32_t c) {
    return c <= ' ' || c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
           c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

struct str blanks_trim(struct str text) {
    size_t from = 0, to = text.n;
    for (size_t next = 0; from < to && is_blank(utf8_next(text, &next)); from = next) {
        ;
    }
    for (size_t before = to; to > from && is_blank(utf8_previous(text, &before)); to = before) {
        ;
    }
    return str_slice(text, from, to);
}

/* The text in ASCII: full-width characters replaced, 年 月 日 号 as Y M D D, blanks only where they separate two
 * numbers. */
struct plain {
    char bytes[48];
    size_t count;
};

static char plain_of(uint32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) {
        c -= 0xFF01 - '!';
    }
    switch (c) {
    case 0x5E74: /* 年 */
        return 'Y';
    case 0x6708: /* 月 */
        return 'M';
    case 0x65E5: /* 日 */
    case 0x53F7: /* 号 */
        return 'D';
    default:
        if (is_blank(c)) {
            return ' ';
        }
        return c < 0x80 && strchr("0123456789-/.:T", (int)c) != NULL ? (char)c : '\0';
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static void plain_add(struct plain *plain, char c) {
    const char last = plain->count > 0 ? plain->bytes[plain->count - 1] : ' ';
    if (c == ' ' && !is_digit(last)) {
        return;
    }
    if (c != ' ' && !is_digit(c) && last == ' ' && plain->count > 0) {
        plain->count--;
    }
    plain->bytes[plain->count++] = c;
}

/* False when the text holds any other character. */
static bool plain_read(struct str text, struct plain *plain) {
    plain->count = 0;
    for (size_t at = 0; at < text.n;) {
        const char c = plain_of(utf8_next(text, &at));
        if (c == '\0' || plain->count + 1 == sizeof plain->bytes) {
            return false;
        }
        plain_add(plain, c);
    }
    plain->bytes[plain->count] = '\0';
    return true;
}

/* Numbers of a few digits, with the sign behind each. */
struct numbers {
    int value[8], digits[8];
    char sign[8]; /* '\0' behind the last */
    size_t count;
};

static bool numbers_read(const char *p, struct numbers *numbers) {
    *numbers = (struct numbers){0};
    while (*p != '\0') {
        if (numbers->count == 8 || !is_digit(*p)) {
            return false;
        }
        const size_t i = numbers->count++;
        for (; is_digit(*p) && numbers->digits[i] < 9; p++, numbers->digits[i]++) {
            numbers->value[i] = 10 * numbers->value[i] + (*p - '0');
        }
        if (is_digit(*p)) {
            return false;
        }
        numbers->sign[i] = *p;
        p += *p != '\0';
    }
    return numbers->count > 0;
}

struct moment {
    int year, month, day, hour, minute, second;
    bool has_day, has_time;
};

/* 20260901 and 202609. */
static bool read_digits(const struct numbers *n, struct moment *out) {
    const int value = n->value[0];
    if (n->digits[0] == 8) {
        *out = (struct moment){.year = value / 10000, .month = value / 100 % 100, .day = value % 100, .has_day = true};
    } else if (n->digits[0] == 6) {
        *out = (struct moment){.year = value / 100, .month = value % 100};
    }
    return n->digits[0] == 8 || n->digits[0] == 6;
}

/* Year, month and, when it is there, day, with - / . or 年 月 日 between; *used: how many numbers they are. */
static bool read_parts(const struct numbers *n, struct moment *out, size_t *used) {
    const bool chinese = n->sign[0] == 'Y';
    if (n->digits[0] != 4 || n->count < 2 || n->digits[1] > 2 || (!chinese && strchr("-/.", n->sign[0]) == NULL)) {
        return false;
    }
    *out = (struct moment){.year = n->value[0], .month = n->value[1]};
    *used = 2;
    if (chinese ? n->sign[1] != 'M' : n->sign[1] != n->sign[0]) {
        return !chinese && n->sign[1] == '\0' && (n->sign[0] != '.' || n->digits[1] == 2);
    }
    if (n->count == 2) {
        return chinese;
    }
    out->day = n->value[2];
    out->has_day = true;
    *used = 3;
    return n->digits[2] <= 2 && (chinese || n->sign[2] != 'D');
}

/* 8:30, 08:30:00, 08:30:00.000 behind the day; fractions of a second are dropped. */
static bool read_time(const struct numbers *n, size_t at, struct moment *out) {
    const size_t count = n->count - at;
    if (count < 2 || count > 4 || n->sign[at] != ':' || n->digits[at] > 2 || n->digits[at + 1] != 2) {
        return false;
    }
    if (count > 2 && (n->sign[at + 1] != ':' || n->digits[at + 2] != 2)) {
        return false;
    }
    if (count == 4 && n->sign[at + 2] != '.') {
        return false;
    }
    out->hour = n->value[at];
    out->minute = n->value[at + 1];
    out->second = count > 2 ? n->value[at + 2] : 0;
    out->has_time = true;
    return n->sign[n->count - 1] == '\0' && is_time(out->hour, out->minute, out->second);
}

/* The text behind the date: nothing, 日, or a blank or T and a time. */
static bool read_rest(const struct numbers *n, size_t used, struct moment *out) {
    const char behind = n->sign[used - 1];
    if (used == n->count) {
        return behind == '\0' || behind == 'D' || (behind == 'M' && !out->has_day);
    }
    return out->has_day && (behind == ' ' || behind == 'T' || behind == 'D') && read_time(n, used, out);
}

static bool read_moment(struct str text, struct moment *out) {
    struct plain plain;
    struct numbers numbers;
    size_t used = 1;
    if (!plain_read(blanks_trim(text), &plain) || !numbers_read(plain.bytes, &numbers)) {
        return false;
    }
    const bool run = numbers.count == 1 && numbers.sign[0] == '\0';
    if (run ? !read_digits(&numbers, out) : !read_parts(&numbers, out, &used)) {
        return false;
    }
    return (run || read_rest(&numbers, used, out)) &&
           (out->has_day ? is_day(out->year, out->month, out->day) : is_month(out->year, out->month));
}

struct str time_read(enum time_form form, struct str text, char room[static TIME_ROOM]) {
    struct moment m;
    int count = 0;
    if (!read_moment(text, &m)) {
        return STR_NONE;
    }
    /* A month that a spreadsheet made a day of is its first. */
    if (form == TIME_MONTH && (!m.has_day || (m.day == 1 && m.hour + m.minute + m.second == 0))) {
        count = snprintf(room, TIME_ROOM, "%04d-%02d", m.year, m.month);
    } else if (form == TIME_DAY && m.has_day) {
        count = snprintf(room, TIME_ROOM, "%04d-%02d-%02d", m.year, m.month, m.day);
    } else if (form == TIME_MOMENT && m.has_time) {
        count = snprintf(room, TIME_ROOM, "%04d-%02d-%02d %02d:%02d:%02d", m.year, m.month, m.day, m.hour, m.minute,
                         m.second);
    }
    return count > 0 ? (struct str){room, (size_t)count} : STR_NONE;
}

/* --- numbers of spreadsheets -------------------------------------------------------------------------------------- */

/* Days are counted from 1899-12-30. */
struct str time_of_serial(struct str text, char room[static TIME_ROOM]) {
    enum { FIRST = 7306, LAST = 73050 }; /* 1920-01-01 and 2099-12-31 */
    int64_t serial = 0;
    const struct str trimmed = blanks_trim(text), whole = str_slice(trimmed, 0, str_find_byte(trimmed, '.'));
    for (size_t i = whole.n + 1; i < trimmed.n; i++) {
        if (trimmed.p[i] < '0' || trimmed.p[i] > '9') {
            return STR_NONE;
        }
    }
    if (whole.n > 5 || !str_to_int(whole, &serial) || serial < FIRST || serial > LAST) {
        return STR_NONE;
    }
    int year = 1900, month = 1, day = (int)serial - 1; /* 1 is 1899-12-31 */
    while (day > 365 + is_leap(year)) {
        day -= 365 + is_leap(year++);
    }
    for (; day > days_of(year, month); month++) {
        day -= days_of(year, month);
    }
    const int count = snprintf(room, TIME_ROOM, "%04d-%02d-%02d", year, month, day);
    return (struct str){room, (size_t)count};
}
