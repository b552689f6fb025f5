/* numbers.c: groups of digits, and windows of groups that together look like a number.
 *
 *     phone   11 digits, 1 and then 3 to 9, also behind 86, +86, 0086; in one group, in groups of at least three, or digit
 *             by digit
 *     ID      17 digits and a digit or X, with a plausible region and birth date; when it is cut into small groups or stands within
 *             a longer number, the check digit of GB 11643 must be right too, and the groups must be such as a person makes,
 *             since rows of small numbers and dates are common
 *
 * 1. group_start[0] is 0, and starts don't decrease.
 * 2. At most NUMBER_DIGITS_LIMIT digits are kept: the oldest group goes to make room. */
#include "page/numbers.h"

#include <assert.h>
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

/* A school's phone: the reader sees it by right. */
static bool is_shown(const struct scan_known *known, const char *digits, size_t count) {
    return known != NULL && known->shown != NULL && known->shown(known->context, number_key(digits, count));
}

/* Consecutive groups taken together; group i begins at starts[i] - starts[0]. */
struct window {
    const char *digits;
    const uint8_t *starts;
    size_t count, groups, smallest;
    bool listed, counted; /* a list's sign between two groups; 元 or the like behind */
};

static size_t group_length(const struct window *window, size_t group) {
    return (size_t)(window->starts[group + 1] - window->starts[group]);
}

/* 4-4-4-6, 3-3-3-3-3-3, 2-4-4-4-4, digit by digit: all alike but for the first or the last. */
static bool groups_are_even(const struct window *window) {
    size_t odd_first = 0, odd_last = 0;
    for (size_t i = 2; i < window->groups; i++) {
        odd_first += group_length(window, i) != group_length(window, 1);
    }
    for (size_t i = 1; i + 1 < window->groups; i++) {
        odd_last += group_length(window, i) != group_length(window, 0);
    }
    return odd_first == 0 || odd_last == 0;
}

/* Do groups end where an ID's members do: province, city, county, year, month, day, order, check digit; or halve the
 * region? */
static bool groups_have_meaning(const struct window *window) {
    static const bool ends_meaning[ID_LENGTH] = {[2] = true,  [3] = true,  [4] = true,  [6] = true, [10] = true,
                                                 [12] = true, [14] = true, [16] = true, [17] = true};
    for (size_t i = 1; i < window->groups; i++) {
        if (!ends_meaning[window->starts[i] - window->starts[0]]) {
            return false;
        }
    }
    return true;
}

/* People divide an ID once or twice at any place, or evenly, or by its meaning. Rows of dates and counts are uneven:
 * 1 2025-09-01 2025-09-25. */
static bool groups_are_an_id(const struct window *window) {
    enum { ANYWHERE_GROUPS = 3, MEANING_GROUPS = 5 /* 6-4-2-2-4 */ };
    return window->groups <= ANYWHERE_GROUPS || groups_are_even(window) ||
           (window->groups <= MEANING_GROUPS && groups_have_meaning(window));
}

static bool window_is_phone(const struct window *window, const struct scan_known *known) {
    static const char *const prefixes[] = {"", "0", "86", "086", "0086"};
    if (window->groups > 1 && (window->smallest < SMALLEST_GROUP || (window->listed && window->counted))) {
        return false;
    }
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        const size_t length = strlen(prefixes[i]);
        if (window->count == length + PHONE_LENGTH && memcmp(window->digits, prefixes[i], length) == 0 &&
            phone_plausible(window->digits + length) && !is_shown(known, window->digits + length, PHONE_LENGTH)) {
            return true;
        }
    }
    return false;
}

static bool window_is_id(const struct window *window, const struct scan_known *known) {
    bool safe =
        window->count == ID_LENGTH && (window->groups == 1 || (window->smallest >= SAFE_GROUP && !window->listed));
    if (window->groups > 1 && (window->count != ID_LENGTH || !(safe || groups_are_an_id(window)))) {
        return false;
    }
    for (size_t at = 0; at + ID_LENGTH <= window->count; at++) {
        if (id_plausible(window->digits + at) && (safe || id_checks(window->digits + at)) &&
            !is_shown(known, window->digits + at, ID_LENGTH)) {
            return true;
        }
    }
    return false;
}

/* Tests all windows that end with the newest group, the shortest first. */
static void look_back(struct numbers *numbers) {
    struct window window = {.smallest = NUMBER_DIGITS_LIMIT};
    assert(numbers->group_start[0] == 0); /* invariant 1 */
    for (size_t group = numbers->group_count; group > 0; group--) {
        const size_t start = numbers->group_start[group - 1], length = numbers->group_start[group] - start;
        window.listed = window.listed || (window.groups > 0 && numbers->listed[group]);
        window.counted = numbers->counted || (numbers->priced && group == 1);
        window.digits = numbers->digits + start;
        window.starts = numbers->group_start + group - 1;
        window.count = numbers->digit_count - start;
        window.groups++;
        window.smallest = length < window.smallest ? length : window.smallest;
        if (window_is_id(&window, numbers->known)) {
            numbers->found = NUMBER_ID;
        } else if (!numbers->boxed && window_is_phone(&window, numbers->known)) {
            numbers->found = NUMBER_PHONE;
        }
        if (numbers->found != NUMBER_NONE || window.count > ID_LENGTH) {
            return;
        }
    }
}

/* The oldest group makes room (invariant 2). */
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
    assert(numbers->digit_count < NUMBER_DIGITS_LIMIT); /* invariant 2 */
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

/* 1 3 8 1 2 …: among more single digits it would be a row of counts. */
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
