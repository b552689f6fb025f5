/* tables.c: tabs become sheets.
 *
 *     title                 ┐
 *     lines above           │ stay in sight
 *     head                  ┘
 *     rows
 *     lines below
 *
 * The library writes to a file by its name: here one without a name in any folder, so that nothing is left behind however the run ends. */
#define _GNU_SOURCE /* memfd_create */
#include "sheet/tables.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"
#include "sheet/internal.h"

enum {
    ROWS_LIMIT = LXW_ROW_MAX,
    COLUMNS_LIMIT = LXW_COL_MAX,
    CELL_LIMIT = 32767, /* characters that a cell keeps */
    CELLS_LEAST = 6,    /* width of a column, in Latin letters */
    CELLS_MOST = 44,
    COMMON_CELLS = 8,  /* of a column that nobody set */
    CELLS_ALONE = 100, /* of lines that no table stands below */
    PAPER_LANDSCAPE = 110,
    LINE_PT = 15,
    LINE_CELLS = 72,  /* a line over a narrow table goes on beside it, up to this width */
    FROZEN_LINES = 9, /* above the head: more would leave no room for rows */
    CODE_BYTES = 40,
    TITLE_PT = 16,
    A4 = 9,
};
#define MP_PER_CELL  5300 /* 1/1000 pt of a Latin letter, set in the paper's smaller type */
#define GROUND_HEAD  0xDDEBF7
#define GROUND_SHADE 0xEEEEEE

struct writing {
    struct arena *arena;
    struct str record;
    struct diags *diags;
    lxw_workbook *book;
    struct cell_formats formats;
    struct sheet_names names;
    /* of the tab in hand */
    lxw_worksheet *sheet;
    const struct tab *tab;
    size_t row;       /* the next one */
    size_t *width;    /* of the columns, in Latin letters */
    size_t all_width; /* of all */
    bool cut;         /* was a cell told that is cut? */
};

/* --- widths and heights ---------------------------------------------------------------------------------------------- */

static size_t widest_line(struct str text) {
    size_t most = 0;
    for (struct str rest = text; rest.n > 0;) {
        const size_t width = utf8_width(str_split(rest, '\n', &rest));
        most = width > most ? width : most;
    }
    return most;
}

static size_t lines_needed(struct str text, size_t width) {
    size_t lines = 0;
    for (struct str rest = text; rest.n > 0;) {
        const size_t line = utf8_width(str_split(rest, '\n', &rest));
        lines += line > width ? (line + width - 1) / width : 1;
    }
    return lines;
}

static size_t bounded(size_t width, size_t most) {
    return width < CELLS_LEAST ? CELLS_LEAST : width > most ? most : width;
}

/* What its own cells ask for, or what the paper gives it; longer cells than twice that have several lines. */
static void find_widths(struct writing *writing) {
    const struct tab *tab = writing->tab;
    writing->width = ARENA_ARRAY(writing->arena, size_t, tab->columns + 1);
    size_t *paper = ARENA_ARRAY(writing->arena, size_t, tab->columns + 1);
    for (size_t i = 0; i < tab->columns; i++) {
        paper[i] = (size_t)tab->width_mp[i] / MP_PER_CELL;
        writing->width[i] = bounded(paper[i], CELLS_MOST);
    }
    for (size_t i = 0; i < tab->count; i++) {
        const struct tab_cell *cell = &tab->cells[i];
        const size_t most = paper[cell->column] > 0 ? bounded(2 * paper[cell->column], CELLS_MOST) : CELLS_MOST;
        const size_t width = bounded(widest_line(cell->text) + 2, most);
        if (cell->columns == 1 && width > writing->width[cell->column]) {
            writing->width[cell->column] = width;
        }
    }
    writing->all_width = tab->columns == 0 ? CELLS_ALONE : 0;
    for (size_t i = 0; i < tab->columns; i++) {
        writing->all_width += writing->width[i];
    }
}

/* In pt; a sheet's row has 409 at most. */
static double height_of(size_t lines) {
    return lines > 27 ? 409 : (double)lines * LINE_PT + 3;
}

static size_t width_of(const struct writing *writing, const struct tab_cell *cell) {
    size_t width = 0;
    for (size_t i = 0; i < cell->columns; i++) {
        width += writing->width[cell->column + i];
    }
    return width;
}

/* LibreOffice doesn't find the height of a row by itself when it opens a file, and nobody does for joined cells. */
static void set_heights(struct writing *writing, size_t first) {
    const struct tab *tab = writing->tab;
    size_t *lines = ARENA_ARRAY(writing->arena, size_t, tab->rows);
    for (size_t i = 0; i < tab->count; i++) {
        const struct tab_cell *cell = &tab->cells[i];
        const size_t needed = (lines_needed(cell->text, width_of(writing, cell)) + cell->rows - 1) / cell->rows;
        lines[cell->row] = needed > lines[cell->row] ? needed : lines[cell->row];
    }
    for (size_t row = 0; row < tab->rows; row++) {
        if (lines[row] > 1) {
            worksheet_set_row(writing->sheet, (lxw_row_t)(first + row), height_of(lines[row]), NULL);
        }
    }
}

/* --- cells ----------------------------------------------------------------------------------------------------------- */

/* What somebody may type over, and must stay words then: 007, an ID, a phone. */
static bool is_code(struct str text) {
    bool digit = false;
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        digit |= c >= '0' && c <= '9';
        if (!(c >= '0' && c <= '9') && c != 'X' && c != 'x' && c != '-' && c != '*' && c != '+') {
            return false;
        }
    }
    return digit && text.n <= CODE_BYTES;
}

/* With what a cell keeps of a longer text. */
static const char *kept(struct writing *writing, struct str text) {
    size_t at = 0;
    for (size_t n = 0; n < CELL_LIMIT && at < text.n; n++) {
        utf8_next(text, &at);
    }
    if (at < text.n && !writing->cut) {
        writing->cut = true;
        DIAG_ADD(writing->diags, W105, ((struct place){.record = writing->record}), writing->tab->name);
    }
    return str_c(writing->arena, utf8_for_xml(writing->arena, str_slice(text, 0, at)));
}

static lxw_format *format_of(struct writing *writing, const struct tab_cell *cell) {
    static const enum lxw_format_alignments aligns[] = {
        [TAB_LEFT] = LXW_ALIGN_LEFT, [TAB_CENTRE] = LXW_ALIGN_CENTER, [TAB_RIGHT] = LXW_ALIGN_RIGHT};
    const struct cell_format wanted = {
        .number = cell->kind != TAB_WORDS ? cell->format
                  : is_code(cell->text)   ? STR("@")
                                          : STR_NONE,
        .align = cell->head ? LXW_ALIGN_CENTER : aligns[cell->align],
        .ground = cell->head     ? GROUND_HEAD
                  : cell->shaded ? GROUND_SHADE
                                 : 0,
        .bold = cell->head || cell->bold,
        .ruled = writing->tab->ruled,
        .wraps = true,
    };
    return cell_format_of(&writing->formats, &wanted);
}

static void put(struct writing *writing, lxw_row_t row, lxw_col_t column, const struct tab_cell *cell,
                lxw_format *format) {
    if (cell->kind == TAB_NUMBER) {
        worksheet_write_number(writing->sheet, row, column, strtod(str_c(writing->arena, cell->value), NULL), format);
    } else if (cell->kind == TAB_DAY) {
        const char *day = str_c(writing->arena, cell->value);
        lxw_datetime when = {.year = atoi(day), .month = atoi(day + 5), .day = atoi(day + 8)};
        worksheet_write_datetime(writing->sheet, row, column, &when, format);
    } else if (cell->text.n == 0) {
        worksheet_write_blank(writing->sheet, row, column, format);
    } else {
        worksheet_write_string(writing->sheet, row, column, kept(writing, cell->text), format);
    }
}

static void put_cells(struct writing *writing) {
    const struct tab *tab = writing->tab;
    for (size_t i = 0; i < tab->count; i++) {
        const struct tab_cell *cell = &tab->cells[i];
        const lxw_row_t row = (lxw_row_t)(writing->row + cell->row);
        const lxw_col_t column = (lxw_col_t)cell->column;
        lxw_format *format = format_of(writing, cell);
        if (cell->rows > 1 || cell->columns > 1) {
            worksheet_merge_range(writing->sheet, row, column, (lxw_row_t)(row + cell->rows - 1),
                                  (lxw_col_t)(column + cell->columns - 1), "", format);
        }
        put(writing, row, column, cell, format);
    }
}

/* --- lines above and below ------------------------------------------------------------------------------------------- */

/* Over all columns. */
static void put_line(struct writing *writing, struct str text, bool title) {
    const struct cell_format wanted = {
        .align = title ? LXW_ALIGN_CENTER : LXW_ALIGN_LEFT, .size = title ? TITLE_PT : 0, .bold = title, .wraps = true};
    lxw_format *format = cell_format_of(&writing->formats, &wanted);
    const lxw_row_t row = (lxw_row_t)writing->row++;
    const size_t columns = writing->tab->columns, room = writing->all_width;
    const size_t more = columns > 0 && room < LINE_CELLS ? (LINE_CELLS - room) / COMMON_CELLS : 0;
    const size_t lines = lines_needed(text, room + more * COMMON_CELLS);
    if (columns + more > 1) {
        worksheet_merge_range(writing->sheet, row, 0, row, (lxw_col_t)(columns + more - 1), "", format);
    }
    worksheet_write_string(writing->sheet, row, 0, kept(writing, text), format);
    worksheet_set_row(writing->sheet, row, height_of(title ? 2 * lines : lines), NULL);
}

/* --- a sheet --------------------------------------------------------------------------------------------------------- */

static void set_columns(struct writing *writing) {
    for (size_t i = 0; i < writing->tab->columns; i++) {
        worksheet_set_column(writing->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)writing->width[i] + 1, NULL);
    }
    if (writing->tab->columns == 0) {
        worksheet_set_column(writing->sheet, 0, 0, CELLS_ALONE, NULL);
    }
}

/* Somebody prints it all the same. */
static void set_paper(struct writing *writing) {
    worksheet_set_paper(writing->sheet, A4);
    worksheet_fit_to_pages(writing->sheet, 1, 0);
    if (writing->all_width > PAPER_LANDSCAPE) {
        worksheet_set_landscape(writing->sheet);
    }
}

static void keep_head_in_sight(struct writing *writing) {
    const struct tab *tab = writing->tab;
    const lxw_row_t first = (lxw_row_t)writing->row, behind = (lxw_row_t)(writing->row + tab->head_rows);
    if (tab->head_rows == 0) {
        return;
    }
    worksheet_repeat_rows(writing->sheet, first, behind - 1);
    if (writing->row <= FROZEN_LINES) {
        worksheet_freeze_panes(writing->sheet, behind, 0);
    }
}

static void put_tab(struct writing *writing, const struct tab *tab) {
    writing->tab = tab;
    writing->row = 0;
    writing->sheet =
        workbook_add_worksheet(writing->book, str_c(writing->arena, sheet_name(&writing->names, tab->name)));
    find_widths(writing);
    set_columns(writing);
    set_paper(writing);
    for (size_t i = 0; i < tab->above_count; i++) {
        put_line(writing, tab->above[i], i == 0);
    }
    keep_head_in_sight(writing);
    set_heights(writing, writing->row);
    put_cells(writing);
    writing->row += tab->rows;
    for (size_t i = 0; i < tab->below_count; i++) {
        put_line(writing, tab->below[i], false);
    }
}

/* --- the file -------------------------------------------------------------------------------------------------------- */

static bool is_too_large(struct writing *writing, const struct tabs *tabs) {
    for (size_t i = 0; i < tabs->count; i++) {
        const struct tab *tab = &tabs->items[i];
        if (tab->rows + tab->above_count + tab->below_count > ROWS_LIMIT || tab->columns > COLUMNS_LIMIT) {
            DIAG_ADD(writing->diags, W104, ((struct place){.record = writing->record}), tab->name,
                     str_int(writing->arena, (int64_t)tab->rows), str_int(writing->arena, (int64_t)tab->columns));
            return true;
        }
    }
    return false;
}

static bool read_back(int file, struct buffer *out) {
    struct stat stat;
    if (fstat(file, &stat) != 0) {
        return false;
    }
    const size_t size = (size_t)stat.st_size;
    char *bytes = buffer_reserve(out, size);
    for (size_t done = 0; done < size;) {
        const ssize_t n = pread(file, bytes + done, size - done, (off_t)done);
        if (n <= 0) {
            return false;
        }
        done += (size_t)n;
    }
    out->count += size;
    return size > 0;
}

static bool write_into(struct writing *writing, const struct tabs *tabs, struct str made_on, int file,
                       struct buffer *out) {
    struct arena *arena = writing->arena;
    writing->book = workbook_new(str_c(arena, str_printf(arena, "/proc/self/fd/%d", file)));
    writing->formats = (struct cell_formats){.arena = arena, .book = writing->book};
    lxw_doc_properties properties = {.title = (char *)str_c(arena, tabs->title),
                                     .created = workbook_moment(arena, made_on)};
    workbook_set_properties(writing->book, &properties);
    for (size_t i = 0; i < tabs->count; i++) {
        put_tab(writing, &tabs->items[i]);
    }
    return workbook_close(writing->book) == LXW_NO_ERROR && read_back(file, out);
}

bool tables_write(struct arena *arena, const struct tabs *tabs, struct str made_on, struct str record,
                  struct buffer *out, struct diags *diags) {
    struct writing writing = {.arena = arena, .record = record, .diags = diags, .names = {.arena = arena}};
    buffer_clear(out);
    if (is_too_large(&writing, tabs)) {
        return false;
    }
    errno = 0;
    const int file = memfd_create("workbook", MFD_CLOEXEC);
    const bool good = file >= 0 && write_into(&writing, tabs, made_on, file, out);
    const int error = errno;
    if (file >= 0) {
        close(file);
    }
    if (!good) {
        DIAG_ADD(diags, W106, ((struct place){.record = record}), diag_errno(error));
    }
    return good;
}
