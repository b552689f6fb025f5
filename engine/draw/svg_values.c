/* svg_values.c: numbers, lengths, colours and transforms of SVG, read whatever the locale. */
#include "draw/svg_internal.h"

#include <math.h>

#define PI            3.14159265358979323846
#define MOST_DIGITS   17
#define MOST_EXPONENT 30

/* --- numbers ------------------------------------------------------------------------------------------------------ */

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static char first(const struct str *rest) {
    return rest->n > 0 ? rest->p[0] : '\0';
}

static void step_over(struct str *rest) {
    *rest = str_slice(*rest, 1, rest->n);
}

static bool take(struct str *rest, char c) {
    const bool there = first(rest) == c;
    if (there) {
        step_over(rest);
    }
    return there;
}

void svg_skip_space(struct str *rest) {
    while (rest->n > 0 && is_space(rest->p[0])) {
        step_over(rest);
    }
}

static void skip_separator(struct str *rest) {
    svg_skip_space(rest);
    if (take(rest, ',')) {
        svg_skip_space(rest);
    }
}

/* Digits beyond those that matter count as zeros. */
struct digits {
    double number;
    int32_t significant, read;
};

static void take_digits(struct str *rest, struct digits *digits, int32_t *exponent, bool behind_point) {
    for (; is_digit(first(rest)); step_over(rest)) {
        digits->read++;
        if (digits->significant < MOST_DIGITS) {
            digits->number = digits->number * 10 + (rest->p[0] - '0');
            digits->significant += digits->number > 0;
            *exponent -= behind_point;
        } else {
            *exponent += !behind_point;
        }
    }
}

/* e-3; the e of “em” doesn't begin one. */
static bool take_exponent(struct str *rest, int32_t *exponent) {
    struct str behind = str_slice(*rest, 1, rest->n);
    if (first(rest) != 'e' && first(rest) != 'E') {
        return true;
    }
    const bool negative = first(&behind) == '-';
    if (negative || first(&behind) == '+') {
        step_over(&behind);
    }
    if (!is_digit(first(&behind))) {
        return true;
    }
    int32_t number = 0;
    for (; is_digit(first(&behind)); step_over(&behind)) {
        number = number > MOST_EXPONENT ? number : number * 10 + (behind.p[0] - '0');
    }
    *exponent += negative ? -number : number;
    *rest = behind;
    return number <= MOST_EXPONENT;
}

static double scaled(double number, int32_t exponent) {
    for (; exponent > 0; exponent--) {
        number *= 10;
    }
    double divisor = 1;
    for (; exponent < 0; exponent++) {
        divisor *= 10;
    }
    return number / divisor;
}

bool svg_number(struct str *rest, double *out) {
    struct digits digits = {0};
    int32_t exponent = 0;
    skip_separator(rest);
    const bool negative = first(rest) == '-';
    if (negative || first(rest) == '+') {
        step_over(rest);
    }
    take_digits(rest, &digits, &exponent, false);
    if (take(rest, '.')) {
        take_digits(rest, &digits, &exponent, true);
    }
    if (digits.read == 0 || !take_exponent(rest, &exponent)) {
        return false;
    }
    *out = scaled(negative ? -digits.number : digits.number, exponent);
    return true;
}

bool svg_flag(struct str *rest, bool *out) {
    skip_separator(rest);
    *out = first(rest) == '1';
    return take(rest, '0') || take(rest, '1');
}

bool svg_numbers(struct str text, double *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!svg_number(&text, &out[i])) {
            return false;
        }
    }
    svg_skip_space(&text);
    return text.n == 0;
}

bool svg_length(struct str text, double *out) {
    static const struct {
        const char *name;
        double px;
    } units[] = {{"", 1}, {"px", 1}, {"pt", 4.0 / 3}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 960 / 25.4}, {"in", 96}};
    double number = 0;
    if (!svg_number(&text, &number)) {
        return false;
    }
    const struct str unit = str_trim(text);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_is(unit, units[i].name)) {
            *out = number * units[i].px;
            return true;
        }
    }
    return false;
}

/* --- colours ------------------------------------------------------------------------------------------------------ */

static bool hex_digit(char c, uint8_t *out) {
    const char small = (char)(c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c);
    *out = (uint8_t)(is_digit(small) ? small - '0' : small - 'a' + 10);
    return is_digit(small) || (small >= 'a' && small <= 'f');
}

static bool hex_colour(struct str digits, struct colour *colour) {
    uint8_t parts[3];
    const size_t each = digits.n / 3;
    if (digits.n != 3 && digits.n != 6) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        uint8_t high = 0;
        uint8_t low = 0;
        if (!hex_digit(digits.p[i * each], &high) || !hex_digit(digits.p[i * each + each - 1], &low)) {
            return false;
        }
        parts[i] = (uint8_t)(high * 16 + low);
    }
    *colour = (struct colour){parts[0], parts[1], parts[2]};
    return true;
}

static bool rgb_colour(struct str text, struct colour *colour) {
    double parts[3];
    if (!str_starts(text, STR("rgb(")) || !str_ends(text, STR(")")) ||
        !svg_numbers(str_slice(text, 4, text.n - 1), parts, 3)) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        if (!(parts[i] >= 0 && parts[i] <= 255)) {
            return false;
        }
    }
    *colour = (struct colour){(uint8_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2]};
    return true;
}

bool svg_paint(struct str text, bool *paints, struct colour *colour) {
    static const struct {
        const char *name;
        struct colour colour;
    } names[] = {
        {"black", {0, 0, 0}},       {"white", {255, 255, 255}},   {"red", {255, 0, 0}},      {"darkred", {139, 0, 0}},
        {"crimson", {220, 20, 60}}, {"firebrick", {178, 34, 34}}, {"gray", {128, 128, 128}}, {"grey", {128, 128, 128}},
    };
    *paints = !str_is(text, "none");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_is(text, names[i].name)) {
            *colour = names[i].colour;
            return true;
        }
    }
    return !*paints || (first(&text) == '#' && hex_colour(str_slice(text, 1, text.n), colour)) ||
           rgb_colour(text, colour);
}

/* --- transforms --------------------------------------------------------------------------------------------------- */

/* The product: first `inner`, then `outer`. */
static struct affine combined(struct affine inner, struct affine outer) {
    return (struct affine){
        .a = outer.a * inner.a + outer.c * inner.b,
        .b = outer.b * inner.a + outer.d * inner.b,
        .c = outer.a * inner.c + outer.c * inner.d,
        .d = outer.b * inner.c + outer.d * inner.d,
        .e = outer.a * inner.e + outer.c * inner.f + outer.e,
        .f = outer.b * inner.e + outer.d * inner.f + outer.f,
    };
}

static struct affine translation(double x, double y) {
    return (struct affine){1, 0, 0, 1, x, y};
}

static struct affine of_matrix(const double *n, size_t count) {
    (void)count;
    return (struct affine){n[0], n[1], n[2], n[3], n[4], n[5]};
}

static struct affine of_translate(const double *n, size_t count) {
    return translation(n[0], count > 1 ? n[1] : 0);
}

static struct affine of_scale(const double *n, size_t count) {
    return (struct affine){n[0], 0, 0, count > 1 ? n[1] : n[0], 0, 0};
}

/* About a point: moved to the origin, turned, and moved back. */
static struct affine of_rotate(const double *n, size_t count) {
    const double angle = n[0] * PI / 180;
    const struct affine turn = {cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0};
    if (count < 3) {
        return turn;
    }
    return combined(combined(translation(-n[1], -n[2]), turn), translation(n[1], n[2]));
}

static struct affine of_skew_x(const double *n, size_t count) {
    (void)count;
    return (struct affine){1, 0, tan(n[0] * PI / 180), 1, 0, 0};
}

static struct affine of_skew_y(const double *n, size_t count) {
    (void)count;
    return (struct affine){1, tan(n[0] * PI / 180), 0, 1, 0, 0};
}

static const struct transform {
    struct str name;
    unsigned counts; /* the allowed counts of arguments, one bit each */
    struct affine (*make)(const double *numbers, size_t count);
} transforms[] = {
    {STR_INIT("matrix"), 1u << 6, of_matrix},         {STR_INIT("translate"), 1u << 1 | 1u << 2, of_translate},
    {STR_INIT("scale"), 1u << 1 | 1u << 2, of_scale}, {STR_INIT("rotate"), 1u << 1 | 1u << 3, of_rotate},
    {STR_INIT("skewX"), 1u << 1, of_skew_x},          {STR_INIT("skewY"), 1u << 1, of_skew_y},
};

static bool take_transform(struct str *rest, const struct transform *transform, struct affine *matrix) {
    double numbers[6];
    size_t count = 0;
    svg_skip_space(rest);
    if (!take(rest, '(')) {
        return false;
    }
    for (svg_skip_space(rest); !take(rest, ')'); svg_skip_space(rest)) {
        if (count == 6 || !svg_number(rest, &numbers[count++])) {
            return false;
        }
    }
    if ((transform->counts & 1u << count) == 0) {
        return false;
    }
    *matrix = combined(transform->make(numbers, count), *matrix);
    return true;
}

bool svg_transform(struct str text, struct affine *matrix) {
    for (svg_skip_space(&text); text.n > 0; skip_separator(&text)) {
        size_t i = 0;
        while (i < sizeof transforms / sizeof transforms[0] && !str_starts(text, transforms[i].name)) {
            i++;
        }
        if (i == sizeof transforms / sizeof transforms[0]) {
            return false;
        }
        text = str_slice(text, transforms[i].name.n, text.n);
        if (!take_transform(&text, &transforms[i], matrix)) {
            return false;
        }
    }
    return true;
}
