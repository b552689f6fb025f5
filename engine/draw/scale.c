/* scale.c: from values to positions: round ends, round steps, short numbers.
 *
 * 1. max > min and step > 0, so positions and ticks can be computed. */
#include "draw/chart.h"

#include <assert.h>

#include <math.h>

/* The next of 1, 2, 2.5, 5, 10 times a power of ten. */
static double nice_step(double rough) {
    static const double nice[] = {1, 2, 2.5, 5, 10};
    const double power = pow(10, floor(log10(rough)));
    for (size_t i = 0; i < sizeof nice / sizeof *nice; i++) {
        if (nice[i] * power >= rough * (1 - 1e-9)) {
            return nice[i] * power;
        }
    }
    return 10 * power;
}

static void range_of_cells(const struct plot *plot, double *low, double *high) {
    bool any = false;
    const size_t count = plot->category_count * plot->series_count;
    for (size_t i = 0; i < count; i++) {
        if (!plot->cells[i].known) {
            continue;
        }
        const double value = plot->cells[i].value;
        *low = !any || value < *low ? value : *low;
        *high = !any || value > *high ? value : *high;
        any = true;
    }
}

/* Numbers of children have no halves. */
static bool all_whole(const struct plot *plot) {
    for (size_t i = 0; i < plot->category_count * plot->series_count; i++) {
        if (plot->cells[i].known && plot->cells[i].value != floor(plot->cells[i].value)) {
            return false;
        }
    }
    return true;
}

struct scale scale_of_plot(const struct plot *plot, bool from_zero, int ticks) {
    double low = 0;
    double high = 0;
    range_of_cells(plot, &low, &high);
    if (from_zero) {
        low = low < 0 ? low : 0;
        high = high > 0 ? high : 0;
    }
    const bool given = plot->chart->scale_min < plot->chart->scale_max;
    if (given) { /* wider where a value lies outside: nothing is cut off */
        low = low < plot->chart->scale_min ? low : plot->chart->scale_min;
        high = high > plot->chart->scale_max ? high : plot->chart->scale_max;
    }
    if (high <= low) {
        high = low + 1; /* all values are equal */
    }
    double step = nice_step((high - low) / ticks);
    if (step < 1 && all_whole(plot)) {
        step = 1;
    }
    assert(high > low && step > 0); /* invariant 1 */
    if (given) {
        return (struct scale){low, high, step};
    }
    return (struct scale){floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step};
}

int32_t scale_position(const struct scale *scale, double value, int32_t length_mp) {
    double part = (value - scale->min) / (scale->max - scale->min);
    part = part < 0 ? 0 : part;
    part = part > 1 ? 1 : part;
    return (int32_t)lround(part * length_mp);
}

int32_t chart_places(double value, int32_t most) {
    double power = 1;
    for (int32_t places = 0; places < most; places++, power *= 10) {
        if (fabs(value * power - floor(value * power + 0.5)) < 1e-6) {
            return places;
        }
    }
    return most;
}

struct str chart_decimal(struct arena *arena, double value, int32_t places) {
    double power = 1;
    for (int32_t i = 0; i < places; i++) {
        power *= 10;
    }
    if (!isfinite(value) || fabs(value) > 1e12) {
        return STR("—");
    }
    int64_t digits = (int64_t)floor(fabs(value) * power + 0.5), whole = (int64_t)power;
    for (; places > 0 && digits % 10 == 0; places--) {
        digits /= 10;
        whole /= 10;
    }
    const char *sign = value < 0 && digits > 0 ? "-" : "";
    if (places == 0) {
        return str_printf(arena, "%s%lld", sign, (long long)digits);
    }
    return str_printf(arena, "%s%lld.%0*lld", sign, (long long)(digits / whole), (int)places,
                      (long long)(digits % whole));
}

struct str chart_number(struct arena *arena, double value, struct str unit) {
    const bool percent = str_is(unit, "%");
    const char *suffix = percent ? "%" : "";
    if (!isfinite(value) || fabs(value) > 1e15) {
        return STR("—");
    }
    int64_t tenths = (int64_t)floor(fabs(value) * 10 + 0.5);
    if (percent && value < 100 && tenths >= 1000) {
        tenths = 999;
    }
    const char *sign = value < 0 && tenths > 0 ? "-" : "";
    const bool bare = !percent || tenths == 0 || value == 100;
    if (tenths % 10 == 0 && bare) {
        return str_printf(arena, "%s%lld%s", sign, (long long)(tenths / 10), suffix);
    }
    return str_printf(arena, "%s%lld.%d%s", sign, (long long)(tenths / 10), (int)(tenths % 10), suffix);
}
