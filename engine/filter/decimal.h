/* decimal.h: decimal numbers, exact: floating point never decides how a figure is rounded.
 *
 * 1. digits is below 10^18.
 * 2. scale is 0 to 40. */
#ifndef FILTER_DECIMAL_H
#define FILTER_DECIMAL_H

#include "base/arena.h"
#include "base/str.h"

/* ± digits × 10^-scale: 42.50 is 4250 with scale 2. */
struct decimal {
    bool negative;
    uint64_t digits;
    int32_t scale; /* 0 to 40 */
};

/* Reads all of the string, trimmed: [+-]digits[.digits][e±digits]. False beyond 18 significant digits or an exponent
 * of ±20. */
bool decimal_read(struct str s, struct decimal *out);
/* Rounded to `places` decimals, half up (away from zero); zeros are added where it has fewer. */
struct decimal decimal_round(struct decimal d, int32_t places);
/* All decimals of its scale, in the arena: 42.50. Zero has no sign. */
struct str decimal_write(struct arena *arena, struct decimal d);
/* Without zeros at the end of its decimals: 95.0 becomes 95. */
struct decimal decimal_shorten(struct decimal d);

#endif
