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

enum { ID_LENGTH = 18, PHONE_LENGTH = 11, SMALLEST_GROUP = 3, SAFE_GROUP = 4 };

int number_digit(uint32_t c) {
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0xFF10 && c <= 0xFF19)
        return (int)(c - 0xFF10);
    if (c == 'X' || c == 'x' || c == 0xFF38 || c == 0xFF58)
        return 10;
    return -1;
}

/* Spaces, hyphens and dashes of all kinds. */
bool number_separator(uint32_t c) {
    return c == ' ' || c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000 ||
           c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0xB7;
}

/* Nobody sees them, so they part no number: soft hyphen, zero-width spaces and joiners, marks of direction. */
bool number_invisible(uint32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           c == 0xFEFF;
}

static int two_digits(const char *p) {
    return (p[0] - '0') * 10 + (p[1] - '0');
}

static bool birth_plausible(const char *date) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int century = two_digits(date), month = two_digits(date + 4), day = two_digits(date + 6);
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
        int value = digits[i] == 'X' ? 10 : digits[i] - '0';
        sum = (sum + value) % 11;
        if (i + 1 < ID_LENGTH)
            sum = sum * 2 % 11;
    }
    return sum == 1;
}

static bool phone_plausible(const char *digits) {
    return digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9' && memchr(digits, 'X', PHONE_LENGTH) == NULL;
}

/* Several groups taken together; starts[i] - starts[0] is where the group i begins. */
struct span {
    const char *digits;
    const uint8_t *starts;
    size_t count, groups, smallest;
};

static size_t group_length(const struct span *span, size_t group) {
    return (size_t)(span->starts[group + 1] - span->starts[group]);
}

/* 4-4-4-6, 3-3-3-3-3-3, 2-4-4-4-4, digit by digit: all alike, but for the first or the last. */
static bool groups_are_even(const struct span *span) {
    size_t odd_first = 0, odd_last = 0;
    for (size_t i = 2; i < span->groups; i++)
        odd_first += group_length(span, i) != group_length(span, 1);
    for (size_t i = 1; i + 1 < span->groups; i++)
        odd_last += group_length(span, i) != group_length(span, 0);
    return odd_first == 0 || odd_last == 0;
}

/* Province, city, county, year, month, day, order, check digit; and the halves of the region. */
static bool groups_are_parts(const struct span *span) {
    static const bool ends_part[ID_LENGTH] = {[2] = true,  [3] = true,  [4] = true,  [6] = true, [10] = true,
                                              [12] = true, [14] = true, [16] = true, [17] = true};
    for (size_t i = 1; i < span->groups; i++)
        if (!ends_part[span->starts[i] - span->starts[0]])
            return false;
    return true;
}

/* Whoever parts an ID parts it once or twice wherever it be, evenly, or by its meaning. Dates and counts in a row are ragged:
 * 1 2025-09-01 2025-09-25. */
static bool groups_are_an_id(const struct span *span) {
    enum { ANYWHERE_GROUPS = 3, PART_GROUPS = 5 /* 6-4-2-2-4 */ };
    return span->groups <= ANYWHERE_GROUPS || groups_are_even(span) ||
           (span->groups <= PART_GROUPS && groups_are_parts(span));
}

static bool span_is_phone(const struct span *span) {
    static const char *const prefixes[] = {"", "0", "86", "086", "0086"};
    if (span->groups > 1 && span->smallest < SMALLEST_GROUP)
        return false;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t length = strlen(prefixes[i]);
        if (span->count == length + PHONE_LENGTH && memcmp(span->digits, prefixes[i], length) == 0 &&
            phone_plausible(span->digits + length))
            return true;
    }
    return false;
}

static bool span_is_id(const struct span *span) {
    bool safe = span->count == ID_LENGTH && (span->groups == 1 || span->smallest >= SAFE_GROUP);
    if (span->groups > 1 && (span->count != ID_LENGTH || !(safe || groups_are_an_id(span))))
        return false;
    for (size_t at = 0; at + ID_LENGTH <= span->count; at++)
        if (id_plausible(span->digits + at) && (safe || id_checks(span->digits + at)))
            return true;
    return false;
}

/* All spans that end with the newest group, the shortest first. */
static void look_back(struct numbers *numbers) {
    struct span span = {.smallest = NUMBER_DIGITS_LIMIT};
    for (size_t group = numbers->group_count; group > 0; group--) {
        size_t start = numbers->group_start[group - 1], length = numbers->group_start[group] - start;
        span.digits = numbers->digits + start;
        span.starts = numbers->group_start + group - 1;
        span.count = numbers->digit_count - start;
        span.groups++;
        span.smallest = length < span.smallest ? length : span.smallest;
        if (span_is_id(&span))
            numbers->found = NUMBER_ID;
        else if (!numbers->boxed && span_is_phone(&span))
            numbers->found = NUMBER_PHONE;
        if (numbers->found != NUMBER_NONE || span.count > ID_LENGTH)
            return;
    }
}

/* The oldest group goes to make room. */
static void forget_first_group(struct numbers *numbers) {
    size_t gone = numbers->group_count > 0 ? numbers->group_start[1] : numbers->digit_count / 2;
    memmove(numbers->digits, numbers->digits + gone, numbers->digit_count - gone);
    numbers->digit_count -= gone;
    if (numbers->group_count == 0)
        return;
    numbers->group_count--;
    for (size_t i = 0; i <= numbers->group_count; i++)
        numbers->group_start[i] = (uint8_t)(numbers->group_start[i + 1] - gone);
}

static void add_digit(struct numbers *numbers, int digit) {
    if (numbers->digit_count == NUMBER_DIGITS_LIMIT)
        forget_first_group(numbers);
    numbers->digits[numbers->digit_count++] = digit == 10 ? 'X' : (char)('0' + digit);
}

void numbers_separate(struct numbers *numbers) {
    if (numbers->digit_count == numbers->group_start[numbers->group_count])
        return;
    numbers->group_count++;
    numbers->group_start[numbers->group_count] = (uint8_t)numbers->digit_count;
    if (numbers->found == NUMBER_NONE)
        look_back(numbers);
}

/* 1 3 8 1 2 …: among more digits by themselves it would be a row of counts. */
static bool is_phone_digit_by_digit(const struct numbers *numbers) {
    return !numbers->boxed && numbers->digit_count == PHONE_LENGTH && numbers->group_count == PHONE_LENGTH &&
           phone_plausible(numbers->digits);
}

void numbers_break(struct numbers *numbers) {
    numbers_separate(numbers);
    if (numbers->found == NUMBER_NONE && is_phone_digit_by_digit(numbers))
        numbers->found = NUMBER_PHONE;
    numbers->digit_count = numbers->group_count = 0;
    numbers->boxed = false;
}

void numbers_feed(struct numbers *numbers, struct str text) {
    for (size_t offset = 0; offset < text.n;) {
        uint32_t c = utf8_next(text, &offset);
        int digit = number_digit(c);
        if (digit >= 0 && digit <= 9)
            add_digit(numbers, digit);
        else if (digit == 10 && numbers->digit_count >= ID_LENGTH - 1)
            add_digit(numbers, digit);
        else if (number_separator(c))
            numbers_separate(numbers);
        else if (!number_invisible(c))
            numbers_break(numbers);
    }
}
