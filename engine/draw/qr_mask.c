/* qr_mask.c: a code is weighed under each mask (ISO/IEC 18004, 7.8), a line of modules at once.
 *
 * A line is a word. Shifted beside itself it tells of all its modules which are like their neighbours; the columns are lines of the code
 * turned over. The library weighs module by module, which takes it four times as long as all of its other work. */
#include "draw/qr_mask.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MASKS = 8, VERSION_2 = 25, VERSION_7 = 45 };

/* Annex C: what tells level M and the mask. */
static const unsigned formats[MASKS] = {0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0};

static uint64_t span(int from, int count) {
    return ((UINT64_C(1) << count) - 1) << from;
}

/* --- which modules a mask changes --------------------------------------------------------------------------------- */

static void fill(uint64_t rows[], int x, int y, int width, int height) {
    for (int i = y; i < y + height; i++) {
        rows[i] |= span(x, width);
    }
}

static void fill_alignment(uint64_t rows[], int x, int y) {
    fill(rows, x - 2, y - 2, 5, 5);
}

/* 6.3: finder patterns with the format beside them, timing, alignment patterns, version. */
static void fill_functions(int size, uint64_t rows[]) {
    const int last = size - 7, middle = size / 2;
    fill(rows, 0, 0, 9, 9);
    fill(rows, size - 8, 0, 8, 9);
    fill(rows, 0, size - 8, 9, 8);
    fill(rows, 0, 6, size, 1);
    fill(rows, 6, 0, 1, size);
    if (size >= VERSION_2) {
        fill_alignment(rows, last, last);
    }
    if (size >= VERSION_7) {
        fill_alignment(rows, middle, 6);
        fill_alignment(rows, 6, middle);
        fill_alignment(rows, middle, middle);
        fill_alignment(rows, last, middle);
        fill_alignment(rows, middle, last);
        fill(rows, size - 11, 0, 3, 6);
        fill(rows, 0, size - 11, 6, 3);
    }
}

/* Table 10. */
static bool inverts(int mask, int x, int y) {
    switch (mask) {
    case 0:
        return (x + y) % 2 == 0;
    case 1:
        return y % 2 == 0;
    case 2:
        return x % 3 == 0;
    case 3:
        return (x + y) % 3 == 0;
    case 4:
        return (x / 3 + y / 2) % 2 == 0;
    case 5:
        return x * y % 2 + x * y % 3 == 0;
    case 6:
        return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
        return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

/* Each mask repeats itself after six modules. */
static uint64_t mask_row(int mask, int y) {
    uint64_t six = 0;
    for (int x = 0; x < 6; x++) {
        six |= (uint64_t)inverts(mask, x, y) << x;
    }
    return six * UINT64_C(0x1041041041041041);
}

/* Figure 25: each bit stands at two places. */
static void change_format(int size, uint64_t rows[], unsigned bits) {
    for (int i = 0; i < 15; i++) {
        const uint64_t bit = bits >> i & 1;
        const int along = i < 8 ? size - 1 - i : i == 8 ? 7 : 14 - i;
        const int down = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
        rows[8] ^= bit << along;
        rows[down] ^= bit << 8;
    }
}

/* From mask 0 to another. */
static void change_mask(int size, const uint64_t functions[], int mask, const uint64_t from[], uint64_t to[]) {
    for (int y = 0; y < size; y++) {
        to[y] = from[y] ^ ((mask_row(0, y) ^ mask_row(mask, y)) & span(0, size) & ~functions[y]);
    }
    change_format(size, to, formats[0] ^ formats[mask]);
}

/* --- penalties ---------------------------------------------------------------------------------------------------- */

/* Rows become columns: quarters are exchanged, and theirs, down to single modules. */
static void turn_over(uint64_t lines[QR_LINES]) {
    uint64_t left = UINT32_MAX;
    for (int half = QR_LINES / 2; half > 0; half /= 2, left ^= left << half) {
        for (int y = 0; y < QR_LINES; y = (y + half + 1) & ~half) {
            const uint64_t change = (lines[y] >> half ^ lines[y + half]) & left;
            lines[y] ^= change << half;
            lines[y + half] ^= change;
        }
    }
}

static int count(uint64_t bits) {
    return __builtin_popcountll(bits);
}

/* Runs of five and more modules cost 3, and 1 for each further module. */
static int weigh_runs(int size, uint64_t line) {
    const uint64_t alike = ~(line ^ line >> 1) & span(0, size - 1);
    const uint64_t five = alike & alike >> 1 & alike >> 2 & alike >> 3;
    return five == 0 ? 0 : count(five) + 2 * count(five & ~(five << 1));
}

/* Dark and light as in a finder pattern, 1011101, with four light modules on one side at least; beside the code all is light. */
static int weigh_finders(uint64_t line) {
    const uint64_t found = line & ~(line >> 1) & line >> 2 & line >> 3 & line >> 4 & ~(line >> 5) & line >> 6;
    const uint64_t before = line << 1 | line << 2 | line << 3 | line << 4;
    const uint64_t behind = line >> 7 | line >> 8 | line >> 9 | line >> 10;
    return found == 0 ? 0 : 40 * count(found & ~(before & behind));
}

static int weigh_lines(int size, const uint64_t lines[]) {
    int penalty = 0;
    for (int i = 0; i < size; i++) {
        penalty += weigh_runs(size, lines[i]) + weigh_finders(lines[i]);
    }
    return penalty;
}

/* Four modules of one colour in a square cost 3. */
static int weigh_squares(int size, const uint64_t rows[]) {
    int squares = 0;
    for (int y = 0; y + 1 < size; y++) {
        const uint64_t below = ~(rows[y] ^ rows[y + 1]);
        const uint64_t beside = ~(rows[y] ^ rows[y] >> 1);
        squares += count(below & below >> 1 & beside & span(0, size - 1));
    }
    return 3 * squares;
}

/* 10 for each whole 5 % that the dark modules are more or less than half of all. */
static int weigh_balance(int size, const uint64_t rows[]) {
    const int all = size * size;
    int dark = 0;
    for (int y = 0; y < size; y++) {
        dark += count(rows[y]);
    }
    return 10 * (abs(20 * dark - 10 * all) / all);
}

static int weigh(int size, const uint64_t rows[QR_LINES]) {
    uint64_t columns[QR_LINES];
    memcpy(columns, rows, sizeof columns);
    turn_over(columns);
    return weigh_lines(size, rows) + weigh_lines(size, columns) + weigh_squares(size, rows) + weigh_balance(size, rows);
}

void qr_choose_mask(int size, uint64_t rows[QR_LINES]) {
    uint64_t functions[QR_LINES] = {0}, masked[QR_LINES] = {0};
    int best = 0, least = weigh(size, rows);
    fill_functions(size, functions);
    for (int mask = 1; mask < MASKS; mask++) {
        change_mask(size, functions, mask, rows, masked);
        const int penalty = weigh(size, masked);
        if (penalty < least) {
            least = penalty;
            best = mask;
        }
    }
    memcpy(masked, rows, sizeof masked);
    change_mask(size, functions, best, masked, rows);
}
