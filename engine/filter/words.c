/* words.c: names, numbers that are names (phones, IDs, plates), yes and no. Nothing is dropped from a value and
 * nothing is guessed: only its writing changes. */
#include "base/utf8.h"
#include "filter/writers.h"

#include <string.h>

/* A narrow space inside a number, at which no line breaks (U+202F). */
#define GAP "\u202F"

/* The value without the separators that people type: blanks, hyphens. */
static struct str without_separators(struct arena *arena, struct str value) {
    char *text = arena_alloc(arena, value.n);
    size_t count = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] != ' ' && value.p[i] != '-') {
            text[count++] = value.p[i];
        }
    }
    return (struct str){text, count};
}

/* Digits, and the asterisks of a masked number? */
static bool is_number(struct str s, bool allows_x) {
    for (size_t i = 0; i < s.n; i++) {
        bool last_x = allows_x && i + 1 == s.n && (s.p[i] == 'X' || s.p[i] == 'x');
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '*' || last_x)) {
            return false;
        }
    }
    return s.n > 0;
}

/* Length of the area code: three digits for Beijing (010) and 02x, four for all others. */
static size_t area_code(struct str s) {
    return s.n > 2 && (str_starts(s, STR("010")) || str_starts(s, STR("02"))) ? 3 : 4;
}

bool filter_phone(struct arena *arena, struct str value, struct str argument, struct str *out) {
    const struct str s = without_separators(arena, str_trim(value));
    (void)argument;
    if (!is_number(s, false)) {
        return false;
    }
    if (s.n == 11 && s.p[0] == '1') {
        *out = str_printf(arena, "%.3s" GAP "%.4s" GAP "%.4s", s.p, s.p + 3, s.p + 7);
        return true;
    }
    const size_t area = area_code(s);
    if (s.p[0] == '0' && s.n >= area + 7 && s.n <= area + 8) {
        *out = str_printf(arena, "%.*s-%.*s", (int)area, s.p, (int)(s.n - area), s.p + area);
        return true;
    }
    if (s.n != 7 && s.n != 8) {
        return false;
    }
    *out = s; /* a number of the place itself */
    return true;
}

bool filter_id(struct arena *arena, struct str value, struct str argument, struct str *out) {
    const struct str s = str_trim(value);
    (void)argument;
    if (s.n != 18 || !is_number(s, true)) {
        return false;
    }
    *out = str_printf(arena, "%.6s" GAP "%.8s" GAP "%.3s%s", s.p, s.p + 6, s.p + 14, "");
    *out = str_join(arena, *out, s.p[17] == 'x' ? STR("X") : str_slice(s, 17, 18));
    return true;
}

/* 贵C12345 is written 贵C·12345. */
bool filter_plate(struct arena *arena, struct str value, struct str argument, struct str *out) {
    const struct str s = str_trim(value);
    size_t at = 0;
    (void)argument;
    if (s.n < 3 || !utf8_is_han(utf8_next(s, &at)) || s.n - at < 6 || s.p[at] < 'A' || s.p[at] > 'Z') {
        return false;
    }
    struct str head = str_slice(s, 0, at + 1);
    struct str tail = str_slice(s, at + 1, s.n);
    if (str_starts(tail, STR("·"))) {
        *out = s;
        return true;
    }
    *out = str_printf(arena, "%.*s·%.*s", STR_ARG(head), STR_ARG(tail));
    return true;
}

/* Half-width brackets become Chinese ones: 六(5)班, 六（5）班. The rest stays as each school writes it. */
bool filter_class(struct arena *arena, struct str value, struct str argument, struct str *out) {
    char *text = arena_alloc(arena, 3 * value.n);
    size_t count = 0;
    (void)argument;
    for (size_t i = 0; i < value.n; i++) {
        struct str part = str_slice(value, i, i + 1);
        if (value.p[i] == '(') {
            part = STR("（");
        }
        if (value.p[i] == ')') {
            part = STR("）");
        }
        memcpy(text + count, part.p, part.n);
        count += part.n;
    }
    *out = (struct str){text, count};
    return true;
}

/* Names of two characters are spread to the width of three, for lists: 张 三, 李小明. */
bool filter_name(struct arena *arena, struct str value, struct str argument, struct str *out) {
    const struct str s = str_trim(value);
    size_t at = 0;
    (void)argument;
    *out = s;
    if (utf8_count(s) != 2 || !utf8_is_han(utf8_next(s, &at))) {
        return true;
    }
    const size_t second = at;
    if (utf8_is_han(utf8_next(s, &at))) {
        *out = str_printf(arena, "%.*s\u3000%.*s", (int)second, s.p, (int)(s.n - second), s.p + second);
    }
    return true;
}

static bool read_flag(struct str value, bool *flag) {
    const struct str s = str_trim(value);
    *flag = str_is(s, "1");
    return *flag || str_is(s, "0");
}

bool filter_yes_no(struct arena *arena, struct str value, struct str argument, struct str *out) {
    bool flag;
    (void)arena;
    (void)argument;
    if (!read_flag(value, &flag)) {
        return false;
    }
    *out = flag ? STR("是") : STR("否");
    return true;
}

bool filter_box(struct arena *arena, struct str value, struct str argument, struct str *out) {
    bool flag;
    (void)arena;
    (void)argument;
    if (!read_flag(value, &flag)) {
        return false;
    }
    *out = flag ? STR("√") : STR("□");
    return true;
}

/* White space of both widths. */
bool filter_trim(struct arena *arena, struct str value, struct str argument, struct str *out) {
    static const struct str wide = STR_INIT("\u3000");
    struct str s = str_trim(value);
    (void)arena;
    (void)argument;
    for (size_t before = s.n + 1; s.n < before; s = str_trim(s)) {
        before = s.n;
        if (str_starts(s, wide)) {
            s = str_slice(s, wide.n, s.n);
        }
        if (str_ends(s, wide)) {
            s = str_slice(s, 0, s.n - wide.n);
        }
    }
    *out = s;
    return true;
}

bool filter_upper(struct arena *arena, struct str value, struct str argument, struct str *out) {
    char *text = arena_copy(arena, value.p, value.n);
    (void)argument;
    for (size_t i = 0; i < value.n; i++) {
        if (text[i] >= 'a' && text[i] <= 'z') {
            text[i] = (char)(text[i] - 'a' + 'A');
        }
    }
    *out = (struct str){text, value.n};
    return true;
}

bool filter_as_it_is(struct arena *arena, struct str value, struct str argument, struct str *out) {
    (void)arena;
    (void)argument;
    *out = value;
    return true;
}
