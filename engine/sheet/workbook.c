/* workbook.c: over libxlsxwriter, into a file beside its place. */
#include "sheet/workbook.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "data/days.h"

enum { CHOICES_LIMIT = 60, KINDS = COLUMN_CHOICE + 1, LOOKS = LOOK_WRONG + 1 };

struct workbook_out {
    struct arena *arena;
    const char *path, *beside;
    lxw_workbook *book;
    lxw_worksheet *sheet; /* begun last */
    const struct sheet_column *columns;
    lxw_format *formats[KINDS][LOOKS];
    lxw_format *heading, *needed;
};

static lxw_format *format_of(lxw_workbook *book, enum column_kind kind, enum cell_look look) {
    lxw_format *format = workbook_add_format(book);
    format_set_num_format(format, kind == COLUMN_DAY ? "yyyy-mm-dd" : kind == COLUMN_NUMBER ? "General" : "@");
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look == LOOK_EXAMPLE) {
        format_set_font_color(format, 0x808080);
        format_set_italic(format);
    } else if (look == LOOK_WRONG) {
        format_set_bg_color(format, 0xFFC7CE);
        format_set_font_color(format, 0x9C0006);
    }
    return format;
}

static lxw_format *heading_format(lxw_workbook *book, lxw_color_t ground) {
    lxw_format *format = workbook_add_format(book);
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_CENTER);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_bg_color(format, ground);
    return format;
}

/* Noon of the day, which the library writes in UTC: counted from 1970 without the computer's time zone. */
static time_t moment_of(struct arena *arena, struct str day) {
    const char *text = str_c(arena, day);
    const int64_t y = atoi(text) - (atoi(text + 5) <= 2), m = (atoi(text + 5) + 9) % 12, d = atoi(text + 8);
    return (time_t)((365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d - 719469) * 86400 + 43200);
}

struct workbook_out *workbook_begin(struct arena *arena, const char *path, struct str made_on) {
    struct workbook_out *out = ARENA_NEW(arena, struct workbook_out);
    out->arena = arena;
    out->path = path;
    out->beside = str_c(arena, str_printf(arena, "%s.part", path));
    out->book = workbook_new(out->beside);
    lxw_doc_properties properties = {.created = moment_of(arena, made_on)};
    workbook_set_properties(out->book, &properties);
    for (int kind = 0; kind < KINDS; kind++) {
        for (int look = 0; look < LOOKS; look++) {
            out->formats[kind][look] = format_of(out->book, (enum column_kind)kind, (enum cell_look)look);
        }
    }
    out->heading = heading_format(out->book, 0xDDEBF7);
    out->needed = heading_format(out->book, 0xFFE699);
    return out;
}

/* A list to choose from; what isn't in it may be typed all the same, and is asked about when it is taken. */
static void add_choices(struct workbook_out *out, const struct sheet_column *column, size_t at, size_t rows) {
    char *list[CHOICES_LIMIT + 1] = {NULL};
    struct str rest = str_from(column->choices);
    for (size_t n = 0; rest.n > 0 && n < CHOICES_LIMIT; n++) {
        list[n] = str_c(out->arena, str_split(rest, '|', &rest));
    }
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST,
                                      .value_list = list,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                      .error_title = "不在可选项中",
                                      .error_message = "请从下拉列表中选择"};
    worksheet_data_validation_range(out->sheet, 1, (lxw_col_t)at, (lxw_row_t)rows, (lxw_col_t)at, &validation);
}

static void add_column(struct workbook_out *out, size_t at, size_t rows) {
    const struct sheet_column *column = &out->columns[at];
    lxw_row_col_options options = {.hidden = column->hidden};
    worksheet_set_column_opt(out->sheet, (lxw_col_t)at, (lxw_col_t)at, column->width,
                             out->formats[column->kind][LOOK_PLAIN], &options);
    worksheet_write_string(out->sheet, 0, (lxw_col_t)at, str_c(out->arena, column->heading),
                           column->needed ? out->needed : out->heading);
    if (column->note.n > 0) {
        lxw_comment_options comment = {.author = "", .width = 220, .height = 70};
        worksheet_write_comment_opt(out->sheet, 0, (lxw_col_t)at, str_c(out->arena, column->note), &comment);
    }
    if (column->kind == COLUMN_CHOICE) {
        add_choices(out, column, at, rows);
    }
}

void sheet_begin(struct workbook_out *out, struct str name, const struct sheet_column *columns, size_t count,
                 size_t rows) {
    out->sheet = workbook_add_worksheet(out->book, str_c(out->arena, name));
    out->columns = columns;
    worksheet_set_row(out->sheet, 0, 30, NULL);
    worksheet_freeze_panes(out->sheet, 1, 0);
    for (size_t i = 0; i < count; i++) {
        add_column(out, i, rows);
    }
}

static bool is_number(struct str text, double *number) {
    char digits[32];
    char *end = digits;
    if (text.n == 0 || text.n > 15) {
        return false;
    }
    memcpy(digits, text.p, text.n);
    digits[text.n] = '\0';
    *number = strtod(digits, &end);
    return *end == '\0' && (digits[0] == '-' || (digits[0] >= '0' && digits[0] <= '9'));
}

void sheet_put(struct workbook_out *out, size_t row, size_t column, struct str text, enum cell_look look) {
    const enum column_kind kind = out->columns[column].kind;
    const lxw_row_t r = (lxw_row_t)row;
    const lxw_col_t c = (lxw_col_t)column;
    double number = 0;
    if (text.n == 0) {
        worksheet_write_blank(out->sheet, r, c, out->formats[kind][look]);
    } else if (kind == COLUMN_DAY && time_is(TIME_DAY, text)) {
        const char *day = str_c(out->arena, text);
        lxw_datetime when = {.year = atoi(day), .month = atoi(day + 5), .day = atoi(day + 8)};
        worksheet_write_datetime(out->sheet, r, c, &when, out->formats[kind][look]);
    } else if (kind == COLUMN_NUMBER && is_number(text, &number)) {
        worksheet_write_number(out->sheet, r, c, number, out->formats[kind][look]);
    } else {
        worksheet_write_string(out->sheet, r, c, str_c(out->arena, text), out->formats[COLUMN_TEXT][look]);
    }
}

void sheet_remark(struct workbook_out *out, size_t row, size_t column, struct str text) {
    lxw_comment_options comment = {.author = "", .width = 260, .height = 90};
    worksheet_write_comment_opt(out->sheet, (lxw_row_t)row, (lxw_col_t)column, str_c(out->arena, text), &comment);
}

void sheet_text(struct workbook_out *out, struct str name, const struct str *lines, size_t count) {
    out->sheet = workbook_add_worksheet(out->book, str_c(out->arena, name));
    lxw_format *title = workbook_add_format(out->book);
    format_set_bold(title);
    format_set_font_size(title, 14);
    worksheet_set_column(out->sheet, 0, 0, 100, NULL);
    for (size_t i = 0; i < count; i++) {
        worksheet_write_string(out->sheet, (lxw_row_t)i, 0, str_c(out->arena, lines[i]), i == 0 ? title : NULL);
    }
}

int workbook_end(struct workbook_out *out) {
    errno = 0;
    if (workbook_close(out->book) != LXW_NO_ERROR) {
        const int error = errno != 0 ? errno : EIO;
        unlink(out->beside);
        return error;
    }
    return file_put_in_place(out->beside, out->path);
}
