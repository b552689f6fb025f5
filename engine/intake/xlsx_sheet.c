/* xlsx_sheet.c: the cells of one sheet, read in one pass.
 *
 * A merged cell holds its value in its first corner; a teacher who merged a child's name over the rows of its family means it for
 * each of them, so the values of cells merged downwards are repeated where rows below hold anything else. Cells without a number
 * for their row or column follow the one before (18.3.1.4). */
#include "intake/xlsx.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

#define MERGES_LIMIT 100000
#define EXACT_BELOW  1e15 /* a spreadsheet keeps fifteen digits */
#define CELLS_LIMIT  8000000

struct merge {
    uint32_t column, first, last; /* rows, by number */
};

struct reading {
    struct workbook *book;
    struct arena *arena;
    struct part *part;
    struct str part_name;
    struct sheet *sheet;
    size_t row_capacity, cell_capacity, cell_total;
    struct buffer text;
    uint32_t row, column; /* of the cell at hand: row from 1, column from 0 */
    struct merge *merges;
    size_t merge_count, merge_capacity;
};

/* "F17": column from 0, row from 1; what isn't there stays as it is. */
static void take_reference(struct str reference, uint32_t *column, uint32_t *row) {
    uint32_t letters = 0, digits = 0;
    size_t i = 0;
    for (; i < reference.n && reference.p[i] >= 'A' && reference.p[i] <= 'Z' && letters <= GRID_COLUMNS; i++) {
        letters = letters * 26 + (uint32_t)(reference.p[i] - 'A' + 1);
    }
    for (; i < reference.n && reference.p[i] >= '0' && reference.p[i] <= '9' && digits <= GRID_ROWS; i++) {
        digits = digits * 10 + (uint32_t)(reference.p[i] - '0');
    }
    *column = letters > 0 ? letters - 1 : *column;
    *row = digits > 0 ? digits : *row;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* _x000D_ stands for a character that XML can't hold (22.9.2.19). */
static bool is_escape(struct str s, size_t at, uint32_t *code_point) {
    *code_point = 0;
    if (at + 7 > s.n || s.p[at] != '_' || s.p[at + 1] != 'x' || s.p[at + 6] != '_') {
        return false;
    }
    for (size_t i = at + 2; i < at + 6; i++) {
        const int digit = hex_digit(s.p[i]);
        if (digit < 0) {
            return false;
        }
        *code_point = *code_point * 16 + (uint32_t)digit;
    }
    return *code_point > 0 && (*code_point < 0xD800 || *code_point > 0xDFFF);
}

/* Line ends become \n, what stands around the text goes. */
static struct str clean_text(struct arena *arena, struct str text) {
    struct buffer out = {0};
    for (size_t i = 0; i < text.n; i++) {
        uint32_t code_point = 0;
        char bytes[4] = {0};
        if (is_escape(text, i, &code_point)) {
            i += 6;
        } else if (text.p[i] == '\r') {
            code_point = '\r';
        } else {
            buffer_byte(&out, text.p[i]);
            continue;
        }
        if (code_point != '\r') {
            buffer_append(&out, bytes, utf8_encode(code_point, bytes));
        }
    }
    const struct str copy = str_copy(arena, str_trim(buffer_str(&out)));
    buffer_release(&out);
    return copy;
}

static double to_double(struct str text, bool *good) {
    char digits[64];
    char *end = digits;
    const size_t n = text.n < sizeof digits - 1 ? text.n : sizeof digits - 1;
    memcpy(digits, text.p, n);
    digits[n] = '\0';
    const double number = strtod(digits, &end);
    *good = n > 0 && n == text.n && *end == '\0' && isfinite(number);
    return number;
}

static void take_number(struct reading *reading, struct str text, bool is_day, struct cell *cell) {
    bool good = false;
    const double number = to_double(text, &good);
    cell->kind = CELL_NUMBER;
    cell->text = str_copy(reading->arena, text);
    if (!good) {
        cell->kind = CELL_TEXT;
    } else if (is_day) {
        const struct str day = xlsx_day(reading->arena, number, reading->book->from_1904);
        cell->kind = day.n > 0 ? CELL_DAY : CELL_NUMBER;
        cell->text = day.n > 0 ? day : cell->text;
    } else if (fabs(number) >= EXACT_BELOW) {
        cell->kind = CELL_LOST;
    } else if (number == floor(number)) {
        cell->text = str_printf(reading->arena, "%.0f", number);
    } else {
        cell->text = str_printf(reading->arena, "%.15g", number);
    }
}

/* 2026-09-01T08:30:00 (18.18.11, "d"), which few programs write. */
static void take_iso_day(struct reading *reading, struct str text, struct cell *cell) {
    char *copy = str_c(reading->arena, text);
    char *t = strchr(copy, 'T');
    if (t != NULL) {
        *t = ' ';
    }
    cell->kind = CELL_DAY;
    cell->text =
        str_from(t != NULL && strncmp(t, " 00:00:00", 9) == 0 ? str_c(reading->arena, str_slice(text, 0, 10)) : copy);
}

static void take_shared(struct reading *reading, struct str text, struct cell *cell) {
    int64_t index = -1;
    cell->kind = CELL_TEXT;
    if (str_to_int(text, &index) && index >= 0 && (size_t)index < reading->book->string_count) {
        cell->text = clean_text(reading->arena, reading->book->strings[index]);
    }
}

static void take_value(struct reading *reading, struct str type, bool is_day, struct cell *cell) {
    const struct str text = buffer_str(&reading->text);
    if (str_is(type, "s")) {
        take_shared(reading, text, cell);
    } else if (str_is(type, "str") || str_is(type, "inlineStr")) {
        cell->text = clean_text(reading->arena, text);
    } else if (str_is(type, "e")) {
        cell->kind = CELL_FAULT;
        cell->text = str_copy(reading->arena, text);
    } else if (str_is(type, "d")) {
        take_iso_day(reading, text, cell);
    } else if (text.n > 0) {
        take_number(reading, text, is_day, cell); /* also truth, 0 or 1 */
    }
}

/* --- cells and rows ----------------------------------------------------------------------------------------------- */

static struct grid_row *row_at(struct reading *reading) {
    struct sheet *sheet = reading->sheet;
    return sheet->row_count > 0 ? &sheet->rows[sheet->row_count - 1] : NULL;
}

static void add_cell(struct reading *reading, struct cell cell) {
    struct grid_row *row = row_at(reading);
    if (row == NULL || row->number != reading->row) {
        return;
    }
    if (row->count > 0 && row->cells[row->count - 1].column >= cell.column) {
        return; /* a cell given twice: the first stands */
    }
    ARENA_GROW(reading->arena, row->cells, row->count, reading->cell_capacity);
    row->cells[row->count++] = cell;
}

/* Up to the end of <c>; its text comes from <v>, or from <is>. */
static void read_cell(struct reading *reading) {
    struct part *part = reading->part;
    char type_bytes[16];
    uint32_t row = reading->row;
    int64_t format = 0;
    const struct str given = part_attribute(part, "t");
    const struct str type = {type_bytes, given.n < sizeof type_bytes ? given.n : 0};
    bool in_value = false, in_reading = false;
    memcpy(type_bytes, given.p != NULL ? given.p : "", type.n);
    str_to_int(part_attribute(part, "s"), &format);
    take_reference(part_attribute(part, "r"), &reading->column, &row);
    struct cell cell = {.column = reading->column++, .kind = CELL_TEXT};
    if (part_is_empty(part)) {
        return;
    }
    buffer_clear(&reading->text);
    while (part_next(part) && !part_ends(part, "c")) {
        in_reading = (in_reading || (part_starts(part, "rPh") && !part_is_empty(part))) && !part_ends(part, "rPh");
        const bool begins = (part_starts(part, "v") || part_starts(part, "t")) && !part_is_empty(part);
        in_value = (in_value || begins) && !part_ends(part, "v") && !part_ends(part, "t");
        if (in_value && !in_reading) {
            buffer_add(&reading->text, part_text(part));
        }
    }
    const bool is_day = format >= 0 && (size_t)format < reading->book->format_count && reading->book->is_day[format];
    take_value(reading, type, is_day, &cell);
    if (cell.column >= GRID_COLUMNS || row != reading->row) {
        package_refuse(&reading->book->package, DIAG_T106, reading->part_name);
    } else if (cell.text.n > 0 && ++reading->cell_total > CELLS_LIMIT) {
        package_refuse(&reading->book->package, DIAG_T107, reading->part_name);
    } else if (cell.text.n > 0) {
        add_cell(reading, cell);
    }
}

static void begin_row(struct reading *reading) {
    struct sheet *sheet = reading->sheet;
    uint32_t column = 0;
    const struct grid_row *last = row_at(reading);
    const uint32_t before = reading->row++;
    take_reference(part_attribute(reading->part, "r"), &column, &reading->row);
    if (reading->row <= before || reading->row > GRID_ROWS) {
        package_refuse(&reading->book->package, DIAG_T106, reading->part_name);
        return;
    }
    const struct str hidden = part_attribute(reading->part, "hidden");
    reading->column = 0;
    reading->cell_capacity = 0;
    if (last != NULL && last->count == 0) {
        sheet->row_count--; /* it held nothing */
    }
    ARENA_GROW(reading->arena, sheet->rows, sheet->row_count, reading->row_capacity);
    sheet->rows[sheet->row_count++] =
        (struct grid_row){.number = reading->row, .hidden = str_is(hidden, "1") || str_is(hidden, "true")};
}

/* --- merged cells ------------------------------------------------------------------------------------------------- */

static void take_merge(struct reading *reading, struct str range) {
    struct str second = STR_NONE;
    const struct str first = str_split(range, ':', &second);
    struct merge merge = {0};
    uint32_t column = 0;
    take_reference(first, &merge.column, &merge.first);
    take_reference(second, &column, &merge.last);
    if (merge.last > merge.first && reading->merge_count < MERGES_LIMIT) {
        ARENA_GROW(reading->arena, reading->merges, reading->merge_count, reading->merge_capacity);
        reading->merges[reading->merge_count++] = merge;
    }
}

/* The first row of that number or a later one. */
static size_t find_row(const struct sheet *sheet, uint32_t number) {
    size_t from = 0, to = sheet->row_count;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (sheet->rows[middle].number < number) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static void insert_cell(struct arena *arena, struct grid_row *row, struct cell cell) {
    struct cell *cells = ARENA_ARRAY(arena, struct cell, row->count + 1);
    size_t at = 0;
    while (at < row->count && row->cells[at].column < cell.column) {
        at++;
    }
    memcpy(cells, row->cells, at * sizeof *cells);
    cells[at] = cell;
    memcpy(cells + at + 1, row->cells + at, (row->count - at) * sizeof *cells);
    row->cells = cells;
    row->count++;
}

static void spread_merge(struct reading *reading, const struct merge *merge) {
    struct sheet *sheet = reading->sheet;
    const size_t first = find_row(sheet, merge->first);
    const struct cell *cell = first < sheet->row_count && sheet->rows[first].number == merge->first
                                  ? grid_cell(&sheet->rows[first], merge->column)
                                  : NULL;
    for (size_t i = first + 1; cell != NULL && i < sheet->row_count && sheet->rows[i].number <= merge->last; i++) {
        if (grid_cell(&sheet->rows[i], merge->column) == NULL) {
            insert_cell(reading->arena, &sheet->rows[i], *cell);
        }
    }
}

bool xlsx_read_sheet(struct workbook *book, struct arena *arena, struct str name, struct sheet *sheet) {
    struct reading reading = {.book = book, .arena = arena, .part_name = name, .sheet = sheet};
    reading.part = part_open(&book->package, name);
    while (reading.part != NULL && part_next(reading.part)) {
        if (part_starts(reading.part, "row")) {
            begin_row(&reading);
        } else if (part_starts(reading.part, "c")) {
            read_cell(&reading);
        } else if (part_starts(reading.part, "mergeCell")) {
            take_merge(&reading, part_attribute(reading.part, "ref"));
        }
    }
    if (reading.part != NULL) {
        part_close(reading.part);
    }
    buffer_release(&reading.text);
    if (row_at(&reading) != NULL && row_at(&reading)->count == 0) {
        sheet->row_count--;
    }
    for (size_t i = 0; i < reading.merge_count; i++) {
        spread_merge(&reading, &reading.merges[i]);
    }
    return !book->package.refused;
}
