/* numbers.c: groups of digits, and which of them together are a number that must not leave.
 *
 *     phone   11 digits, 1 and 3 to 9 first, also behind 86, +86, 0086; in one group, in groups of at least three, or digit
 *             by digit
 *     ID      17 digits and a digit or X, the region's first digit and the birth date plausible; where it is cut into small
 *             groups or stands within a longer number, the check digit of GB 11643 must be right too, since rows of small
 *             numbers are common */
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
static bool is_separator(uint32_t c) {
    return c == ' ' || c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000 ||
           c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0xB7;
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

/* Several groups taken together. */
struct span {
    const char *digits;
    size_t count, groups, smallest;
};

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
    if (span->groups > 1 && span->count != ID_LENGTH)
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
        else if (is_separator(c))
            numbers_separate(numbers);
        else
            numbers_break(numbers);
    }
}
