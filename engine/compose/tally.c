/* tally.c: {#sum …}: what a column adds up to.
 *
 * A running sum begins at the first row wherever it stands, so it goes on from the sum that was asked for last: a ledger
 * with a balance in each of its 100,000 rows would else add up five thousand million numbers. */
#include "compose/scope.h"
#include "filter/filter.h"

enum { ROWS_SET_AGAIN = 500 }; /* more than a page holds */

/* Decimals of both, as long as they have room; else the sum goes on as a real number. */
static void add_decimal(struct sum *sum, int64_t digits, int32_t scale) {
    bool fits = true;
    for (; fits && sum->scale < scale; sum->scale++) {
        fits = !__builtin_mul_overflow(sum->whole, 10, &sum->whole);
    }
    for (; fits && scale < sum->scale; scale++) {
        fits = !__builtin_mul_overflow(digits, 10, &digits);
    }
    if (!fits || __builtin_add_overflow(sum->whole, digits, &sum->whole)) {
        sum->is_real = true;
    }
}

static void add_text(struct sum *sum, const struct value *cell) {
    int64_t digits;
    int32_t scale;
    if (cell->text.n == 0) {
        return;
    }
    if (!filter_read_number(cell->text, &digits, &scale)) {
        if (sum->bad_count < SUM_BAD_KEPT) {
            sum->bad[sum->bad_count++] = cell;
        }
        return;
    }
    double real = (double)digits;
    for (int32_t i = 0; i < scale; i++) {
        real /= 10;
    }
    sum->real += real;
    add_decimal(sum, digits, scale);
}

static void add_rows(struct sum *sum, const struct rows *rows, uint32_t column, size_t to) {
    for (; sum->to < to; sum->to++) {
        const struct value *cell = &rows->cells[sum->to * rows->columns + column];
        if (cell->kind == VALUE_INTEGER) {
            add_decimal(sum, cell->integer, 0);
            sum->real += (double)cell->integer;
        } else if (cell->kind == VALUE_REAL) {
            sum->real += cell->real;
            sum->is_real = true;
        } else if (cell->kind == VALUE_TEXT) {
            add_text(sum, cell);
        }
    }
}

static struct sum_from_first *find_sum(struct caches *caches, const struct rows *rows, uint32_t column) {
    const size_t kept = caches->sum_count < SUMS_KEPT ? caches->sum_count : SUMS_KEPT;
    for (size_t i = 0; i < kept; i++) {
        if (caches->sums[i].rows == rows && caches->sums[i].column == column) {
            return &caches->sums[i];
        }
    }
    struct sum_from_first *sum = &caches->sums[caches->sum_count++ % SUMS_KEPT];
    *sum = (struct sum_from_first){.rows = rows, .column = column};
    return sum;
}

/* The order of adding is that of the rows, however the sum is come by: so it is the same to the last bit. */
static struct sum sum_from_first(struct caches *caches, const struct rows *rows, uint32_t column, size_t to) {
    struct sum_from_first *sum = find_sum(caches, rows, column);
    if (sum->last.to > to) {
        sum->last = sum->earlier.to <= to ? sum->earlier : (struct sum){0};
    }
    add_rows(&sum->last, rows, column, to);
    if (sum->last.to < sum->earlier.to) {
        sum->earlier = (struct sum){0};
    }
    if (sum->last.to > sum->earlier.to + 2 * ROWS_SET_AGAIN) {
        add_rows(&sum->earlier, rows, column, sum->last.to - ROWS_SET_AGAIN);
    }
    return sum->last;
}

struct value tally_sum(const struct scope *scope, enum counter_span span, uint32_t column, struct place place) {
    const struct tally *tally = scope->tally;
    struct sum sum = {.to = tally->from[span]};
    if (tally->rows == NULL) {
        return (struct value){.kind = VALUE_INTEGER};
    }
    if (tally->from[span] == 0) {
        sum = sum_from_first(scope->context->caches, tally->rows, column, tally->to[span]);
    } else {
        add_rows(&sum, tally->rows, column, tally->to[span]);
    }
    for (size_t i = 0; i < sum.bad_count; i++) {
        findings_add(scope->found, DIAG_C539, place, sum.bad[i]->text, STR_NONE);
    }
    if (sum.scale > 0 && !sum.is_real) {
        return (struct value){.kind = VALUE_TEXT, .text = filter_write_number(scope->arena, sum.whole, sum.scale)};
    }
    if (sum.is_real) {
        return (struct value){.kind = VALUE_REAL, .real = sum.real};
    }
    return (struct value){.kind = VALUE_INTEGER, .integer = sum.whole};
}
