/* contact.c: phones are read as digits first, whatever stands between them, and then held against the forms. */
#include "rules/judge.h"

#include "base/numerals.h"
#include "base/utf8.h"

enum { DIGITS_MOST = 24, MOBILE_LENGTH = 11 };

struct number {
    char digits[DIGITS_MOST];
    size_t count;
    bool plain;                /* digits and hyphens alone */
    size_t hyphens, hyphen_at; /* how many; how many digits stand before the last */
    bool strange;              /* other characters than digits and what divides them */
};

static struct number read_number(struct str phone) {
    struct number number = {.plain = true};
    for (size_t at = 0; at < phone.n;) {
        const uint32_t c = utf8_next(phone, &at);
        const int value = numeral_kind(c) == NUMERAL_PLAIN ? numeral_value(c) : -1;
        if (value >= 0 && number.count < DIGITS_MOST) {
            number.digits[number.count++] = (char)('0' + value);
        }
        number.hyphens += c == '-';
        number.hyphen_at = c == '-' ? number.count : number.hyphen_at;
        number.plain &= c == '-' || (c >= '0' && c <= '9');
        number.strange |= value < 0 && c != '+' && numeral_gap(c) != GAP_TIGHT && numeral_gap(c) != GAP_INVISIBLE;
    }
    return number;
}

/* +86 and 86 before a mobile number. */
static struct str national(struct number *number) {
    struct str digits = {number->digits, number->count};
    const size_t prefix = str_starts(digits, STR("0086")) ? 4 : str_starts(digits, STR("86")) ? 2 : 0;
    if (prefix > 0 && digits.n == MOBILE_LENGTH + prefix) {
        number->plain = false;
        digits = str_slice(digits, prefix, digits.n);
    }
    return digits;
}

static size_t area_length(struct str digits) {
    return digits.n > 1 && (digits.p[1] == '1' || digits.p[1] == '2') ? 3 : 4;
}

/* Area codes are 010, 02x, and 03 to 09 with two digits more. 02x and 010 have eight digits behind them, others seven or eight;
 * 0851 (贵阳, 遵义, 安顺) has eight. */
static bool is_area(struct str digits) {
    return digits.n < 3 || digits.p[1] >= '2' || (digits.p[1] == '1' && digits.p[2] == '0');
}

static const char *landline_fault(struct str digits) {
    if (!is_area(digits)) {
        return "prefix";
    }
    const size_t area = area_length(digits);
    const size_t local = digits.n > area ? digits.n - area : 0;
    const size_t fewest = area == 3 || str_starts(digits, STR("0851")) ? 8 : 7;
    if (str_starts(digits, STR("0852")) && local == 7) {
        return "stale";
    }
    if (local < fewest) {
        return "short";
    }
    return local > 8 ? "long" : digits.p[area] < '2' ? "prefix" : NULL;
}

static const char *mobile_fault(struct str digits) {
    if (digits.n != MOBILE_LENGTH) {
        return digits.n < MOBILE_LENGTH ? "short" : "long";
    }
    return digits.p[1] < '3' ? "prefix" : NULL;
}

static const char *local_fault(struct str digits) {
    if (digits.n == 7 || digits.n == 8) {
        return "area";
    }
    return digits.n < 7 ? "short" : digits.n == MOBILE_LENGTH ? "prefix" : digits.n < MOBILE_LENGTH ? "short" : "long";
}

const char *phone_fault(struct str phone) {
    struct number number = read_number(phone);
    if (number.strange) {
        return "characters";
    }
    const struct str digits = national(&number);
    if (digits.n == 0) {
        return "short";
    }
    const char *fault = digits.p[0] == '0'   ? landline_fault(digits)
                        : digits.p[0] == '1' ? mobile_fault(digits)
                                             : local_fault(digits);
    const bool well_parted =
        number.hyphens == 0 || (number.hyphens == 1 && digits.p[0] == '0' && number.hyphen_at == area_length(digits));
    return fault == NULL && !(number.plain && well_parted) ? "form" : fault;
}

void phone_digits(struct str phone, struct buffer *out) {
    struct number number = read_number(phone);
    buffer_add(out, national(&number));
}

void phone_right(struct str phone, struct buffer *out) {
    struct number number = read_number(phone);
    const struct str digits = national(&number);
    const char *fault = phone_fault(phone);
    if (number.strange || digits.n == 0) {
        return;
    }
    if (fault != NULL && str_is(str_from(fault), "stale")) {
        buffer_add(out, STR("0851-2"));
        buffer_add(out, str_slice(digits, 4, digits.n));
    } else if (fault == NULL || str_is(str_from(fault), "form")) {
        const size_t area = digits.p[0] == '0' ? area_length(digits) : 0;
        buffer_add(out, str_slice(digits, 0, area));
        buffer_add(out, area > 0 ? STR("-") : STR(""));
        buffer_add(out, str_slice(digits, area, digits.n));
    }
}

/* --- plates ------------------------------------------------------------------------------------------------------- */

static bool is_province(uint32_t c) {
    static const struct str provinces = STR_INIT("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼");
    for (size_t at = 0; at < provinces.n;) {
        if (utf8_next(provinces, &at) == c) {
            return true;
        }
    }
    return false;
}

static bool is_plate_character(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z' && c != 'I' && c != 'O');
}

static bool is_divider(uint32_t c) {
    return c == 0xB7 || c == ' ' || c == '-' || c == '.' || c == 0x3000;
}

const char *plate_fault(struct str plate) {
    size_t at = 0;
    size_t count = 0;
    bool plain = true;
    if (plate.n == 0 || !is_province(utf8_next(plate, &at))) {
        return "province";
    }
    while (at < plate.n) {
        uint32_t c = utf8_next(plate, &at);
        if (is_divider(c)) {
            plain = false;
            continue;
        }
        plain &= c < 'a' || c > 'z';
        c = c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
        if (!is_plate_character(c) || (count == 0 && c < 'A')) {
            return "characters";
        }
        count++;
    }
    return count != 6 && count != 7 ? "length" : plain ? NULL : "form";
}
