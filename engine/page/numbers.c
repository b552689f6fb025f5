/* numbers.c: groups of digits, and which of them together are a number that must not leave.
 *
 *     phone   11 digits, 1 and 3 to 9 first, also behind 86, +86, 0086; in one group, in groups of at least three, or digit
 *             by digit
 *     ID      17 digits and a digit or X, the region's first digit and the birth date plausible; where it is cut into small
 *             groups or stands within a longer number, the check digit of GB 11643 must be right too, and the groups must
 *             be such as a person cuts an ID into, since rows of small numbers and dates are common */
#include "page/numbers.h"

#include <string.h>

#include "base/utf8.h"
#include "page/sinks.h"

enum { ID_LENGTH = 18, PHONE_LENGTH = 11, SMALLEST_GROUP = 3, SAFE_GROUP = 4 };

static int two_digits(const char *p) {
    return (p[0] - '0') * 10 + (p[1] - '0');
}

static bool birth_plausible(const char *date) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int century = two_digits(date), month = two_digits(date + 4), day = two_digits(date + 6);
    return (century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static bool id_plausible(const char *digits) {
    return digits[0] >= '1' && digits[0] <= '9' && memchr(digits, 'X', ID_LENGTH - 1) == NULL &&
           birth_plausible(digits + 6);
}

/* ISO 7064 MOD 11-2. */
static bool id_checks(const char *digits) {
    int sum = 0;
    for (size_t i = 0; i < ID_LENGTH; i++) {
        const int value = digits[i] == 'X' ? 10 : digits[i] - '0';
        sum = (sum + value) % 11;
        if (i + 1 < ID_LENGTH) {
            sum = sum * 2 % 11;
        }
    }
    return sum == 1;
}

static bool phone_plausible(const char *digits) {
    return digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9' && memchr(digits, 'X', PHONE_LENGTH) == NULL;
}

/* A school's phone, which the reader sees. */
static bool is_shown(const struct scan_known *known, const char *digits, size_t count) {
    return known != NULL && known->shown != NULL && known->shown(known->context, number_key(digits, count));
}

/* Several groups taken together; starts[i] - starts[0] is where the group i begins. */
struct span {
    const char *digits;
    const uint8_t *starts;
    size_t count, groups, smallest;
    bool listed, counted; /* a list's sign stands between two; 元 or the like behind */
};

static size_t group_length(const struct span *span, size_t group) {
    return (size_t)(span->starts[group + 1] - span->starts[group]);
}

/* 4-4-4-6, 3-3-3-3-3-3, 2-4-4-4-4, digit by digit: all alike, but for the first or the last. */
static bool groups_are_even(const struct span *span) {
    size_t odd_first = 0, odd_last = 0;
    for (size_t i = 2; i < span->groups; i++) {
        odd_first += group_length(span, i) != group_length(span, 1);
    }
    for (size_t i = 1; i + 1 < span->groups; i++) {
        odd_last += group_length(span, i) != group_length(span, 0);
    }
    return odd_first == 0 || odd_last == 0;
}

/* Province, city, county, year, month, day, order, check digit; and the halves of the region. */
static bool groups_are_parts(const struct span *span) {
    static const bool ends_part[ID_LENGTH] = {[2] = true,  [3] = true,  [4] = true,  [6] = true, [10] = true,
                                              [12] = true, [14] = true, [16] = true, [17] = true};
    for (size_t i = 1; i < span->groups; i++) {
        if (!ends_part[span->starts[i] - span->starts[0]]) {
            return false;
        }
    }
    return true;
}

/* Whoever parts an ID parts it once or twice wherever it be, evenly, or by its meaning. Dates and counts in a row are ragged:
 * 1 2025-09-01 2025-09-25. */
static bool groups_are_an_id(const struct span *span) {
    enum { ANYWHERE_GROUPS = 3, PART_GROUPS = 5 /* 6-4-2-2-4 */ };
    return span->groups <= ANYWHERE_GROUPS || groups_are_even(span) ||
           (span->groups <= PART_GROUPS && groups_are_parts(span));
}

static bool span_is_phone(const struct span *span, const struct scan_known *known) {
    static const char *const prefixes[] = {"", "0", "86", "086", "0086"};
    if (span->groups > 1 && (span->smallest < SMALLEST_GROUP || (span->listed && span->counted))) {
        return false;
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        const size_t length = strlen(prefixes[i]);
        if (span->count == length + PHONE_LENGTH && memcmp(span->digits, prefixes[i], length) == 0 &&
            phone_plausible(span->digits + length) && !is_shown(known, span->digits + length, PHONE_LENGTH)) {
            return true;
        }
    }
    return false;
}

static bool span_is_id(const struct span *span, const struct scan_known *known) {
    bool safe = span->count == ID_LENGTH && (span->groups == 1 || (span->smallest >= SAFE_GROUP && !span->listed));
    if (span->groups > 1 && (span->count != ID_LENGTH || !(safe || groups_are_an_id(span)))) {
        return false;
    }
    for (size_t at = 0; at + ID_LENGTH <= span->count; at++) {
        if (id_plausible(span->digits + at) && (safe || id_checks(span->digits + at)) &&
            !is_shown(known, span->digits + at, ID_LENGTH)) {
            return true;
        }
    }
    return false;
}

/* All spans that end with the newest group, the shortest first. */
static void look_back(struct numbers *numbers) {
    struct span span = {.smallest = NUMBER_DIGITS_LIMIT};
    for (size_t group = numbers->group_count; group > 0; group--) {
        const size_t start = numbers->group_start[group - 1], length = numbers->group_start[group] - start;
        span.listed = span.listed || (span.groups > 0 && numbers->listed[group]);
        span.counted = numbers->counted || (numbers->priced && group == 1);
        span.digits = numbers->digits + start;
        span.starts = numbers->group_start + group - 1;
        span.count = numbers->digit_count - start;
        span.groups++;
        span.smallest = length < span.smallest ? length : span.smallest;
        if (span_is_id(&span, numbers->known)) {
            numbers->found = NUMBER_ID;
        } else if (!numbers->boxed && span_is_phone(&span, numbers->known)) {
            numbers->found = NUMBER_PHONE;
        }
        if (numbers->found != NUMBER_NONE || span.count > ID_LENGTH) {
            return;
        }
    }
}

/* The oldest group goes to make room. */
static void forget_first_group(struct numbers *numbers) {
    const size_t gone = numbers->group_count > 0 ? numbers->group_start[1] : numbers->digit_count / 2;
    memmove(numbers->digits, numbers->digits + gone, numbers->digit_count - gone);
    numbers->digit_count -= gone;
    if (numbers->group_count == 0) {
        return;
    }
    numbers->group_count--;
    for (size_t i = 0; i <= numbers->group_count; i++) {
        numbers->group_start[i] = (uint8_t)(numbers->group_start[i + 1] - gone);
        numbers->listed[i] = numbers->listed[i + 1];
    }
}

static void add_digit(struct numbers *numbers, int digit) {
    if (numbers->digit_count == NUMBER_DIGITS_LIMIT) {
        forget_first_group(numbers);
    }
    numbers->digits[numbers->digit_count++] = digit == 10 ? 'X' : (char)('0' + digit);
}

void numbers_separate(struct numbers *numbers) {
    if (numbers->digit_count == numbers->group_start[numbers->group_count]) {
        return;
    }
    numbers->group_count++;
    numbers->group_start[numbers->group_count] = (uint8_t)numbers->digit_count;
    numbers->listed[numbers->group_count] = false;
    if (numbers->found == NUMBER_NONE) {
        look_back(numbers);
    }
}

/* 1 3 8 1 2 …: among more digits by themselves it would be a row of counts. */
static bool is_phone_digit_by_digit(const struct numbers *numbers) {
    for (size_t i = 0; i < numbers->group_count; i++) {
        if (numbers->listed[i]) {
            return false;
        }
    }
    return !numbers->boxed && numbers->digit_count == PHONE_LENGTH && numbers->group_count == PHONE_LENGTH &&
           phone_plausible(numbers->digits) && !is_shown(numbers->known, numbers->digits, PHONE_LENGTH);
}

void numbers_break(struct numbers *numbers) {
    numbers_separate(numbers);
    if (numbers->found == NUMBER_NONE && is_phone_digit_by_digit(numbers)) {
        numbers->found = NUMBER_PHONE;
    }
    numbers->digit_count = numbers->group_count = 0;
    numbers->boxed = numbers->priced = numbers->lists = numbers->listed[0] = false;
}

static void feed_digit(struct numbers *numbers, uint32_t c, int digit) {
    const enum numeral_kind kind = digit == 10 ? numbers->kind : numeral_kind(c);
    if (kind != numbers->kind) {
        numbers_separate(numbers); /* ①13812345678 */
    }
    numbers->kind = kind;
    add_digit(numbers, digit);
}

static void feed_gap(struct numbers *numbers, enum numeral_gap gap) {
    numbers_separate(numbers);
    if (gap == GAP_LIST && numbers->digit_count > 0) {
        numbers->lists = numbers->listed[numbers->group_count] = true;
    }
}

void numbers_feed(struct numbers *numbers, struct str text) {
    for (size_t offset = 0; offset < text.n;) {
        const size_t from = offset;
        const uint32_t c = utf8_next(text, &offset);
        const int digit = numeral_is_x(c) ? 10 : numeral_value(c);
        const enum numeral_gap gap = digit < 0 ? numeral_gap(c) : GAP_NONE;
        if ((digit >= 0 && digit <= 9) || (digit == 10 && numbers->digit_count >= ID_LENGTH - 1)) {
            feed_digit(numbers, c, digit);
        } else if (gap != GAP_INVISIBLE) {
            numbers->counted = numbers->lists && numeral_unit_at(text, from);
            if (gap != GAP_NONE) {
                feed_gap(numbers, gap);
            } else {
                numbers_break(numbers);
            }
            numbers->priced = numbers->priced || numeral_is_currency(c);
            numbers->counted = false;
        }
    }
}
