/* decimal.c: the place of the decimal point in a number, by which the numbers of a column are aligned. */
#include "text/lines.h"

static bool is_digit(const struct paragraph *p, size_t i) {
    return i < p->count && p->atoms[i].kind == CLASS_DIGIT;
}

static bool is_point(const struct paragraph *p, size_t i) {
    return p->atoms[i].kind == CLASS_POINT && p->text.p[p->atoms[i].offset] == '.' && i > 0 && is_digit(p, i - 1) &&
           is_digit(p, i + 1);
}

struct decimal paragraph_decimal(const struct paragraph *p) {
    struct decimal decimal = {0};
    uint32_t place = 0; /* the first atom right of the points' line */
    for (uint32_t i = 0; i < p->count && !atom_is(&p->atoms[i], ATOM_FORCED); i++) {
        if (is_point(p, i)) {
            place = i;
            break;
        }
        if (is_digit(p, i)) {
            place = i + 1;
        }
    }
    decimal.is_number = place > 0;
    const int32_t whole = text_measure(p, 0, (uint32_t)p->count, false).kept_mp;
    decimal.before_mp = place ? text_measure(p, 0, place, false).x_mp : 0;
    if (place && place < p->count && !is_point(p, place)) {
        decimal.before_mp -= p->atoms[place - 1].gap_mp; /* the gap belongs to the next atom */
    }
    decimal.behind_mp = whole - decimal.before_mp;
    return decimal;
}
