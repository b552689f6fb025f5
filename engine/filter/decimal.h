/* decimal.h: decimal numbers, exact. Floating point never decides how a figure is rounded. */
#ifndef FILTER_DECIMAL_H
#define FILTER_DECIMAL_H

#include "base/arena.h"
#include "base/str.h"

/* ± digits × 10^-scale; digits below 10^18. */
struct decimal {
    bool negative;
    uint64_t digits;
    int32_t scale; /* 0 … 40 */
};

/* [+-]digits[.digits][e±digits], all of the (trimmed) string; false beyond 18 significant digits or 10^±20. */
bool decimal_read(struct str s, struct decimal *out);
/* With `places` decimals, half up (away from zero). */
struct decimal decimal_round(struct decimal d, int32_t places);
/* As many decimals as its scale has: 42.50. A value of zero has no sign. */
struct str decimal_write(struct arena *arena, struct decimal d);
/* Without zeros behind the last decimal that isn't one: 95.0 is 95. */
struct decimal decimal_shorten(struct decimal d);

#endif
