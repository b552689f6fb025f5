/* workbook.c: over libxlsxwriter, into a file beside its place. */
#include "sheet/workbook.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/utf8.h"
#include "data/days.h"
#include "sheet/internal.h"

enum { CHOICES_LIMIT = 60, KINDS = COLUMN_CHOICE + 1, LOOKS = LOOK_DOUBTFUL + 1, PAPER_A4 = 9 };

struct workbook_out {
    struct arena *arena;
    const char *path, *beside;
    lxw_workbook *book;
    lxw_worksheet *sheet; /* begun last */
    const struct sheet_column *columns;
    size_t column_count;
    struct buffer room; /* of the text at hand */
    lxw_format *formats[KINDS][LOOKS];
    lxw_format *heading, *needed, *link;
};

/* Ends with a NUL; until the next call. */
static const char *c_text(struct workbook_out *out, struct str text) {
    buffer_clear(&out->room);
    buffer_add(&out->room, utf8_for_xml(out->arena, text));
    buffer_byte(&out->room, '\0');
    return out->room.bytes;
}

/* Of a remark: libxlsxwriter writes control characters as _x0001_ in cells only. */
static const char *remark_text(struct workbook_out *out, struct str text) {
    c_text(out, text);
    for (size_t i = 0; i + 1 < out->room.count; i++) {
        char *byte = &out->room.bytes[i];
        *byte = (unsigned char)*byte < ' ' && *byte != '\n' ? ' ' : *byte;
    }
    return out->room.bytes;
}

static const char *number_format(enum column_kind kind) {
    static const char *const formats[KINDS] = {
        [COLUMN_DAY] = "yyyy-mm-dd", [COLUMN_MOMENT] = "yyyy-mm-dd hh:mm:ss", [COLUMN_NUMBER] = "General"};
    return formats[kind] != NULL ? formats[kind] : "@";
}

static lxw_format *format_of(lxw_workbook *book, enum column_kind kind, enum cell_look look) {
    lxw_format *format = workbook_add_format(book);
    format_set_num_format(format, number_format(kind));
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (kind == COLUMN_PROSE) {
        format_set_text_wrap(format);
    }
    if (look == LOOK_EXAMPLE) {
        format_set_font_color(format, 0x808080);
        format_set_italic(format);
    } else if (look == LOOK_WRONG) {
        format_set_bg_color(format, 0xFFC7CE);
        format_set_font_color(format, 0x9C0006);
    } else if (look == LOOK_DOUBTFUL) {
        format_set_bg_color(format, 0xFFEB9C);
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

time_t workbook_moment(struct arena *arena, struct str day) {
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
    lxw_doc_properties properties = {.created = workbook_moment(arena, made_on)};
    workbook_set_properties(out->book, &properties);
    for (int kind = 0; kind < KINDS; kind++) {
        for (int look = 0; look < LOOKS; look++) {
            out->formats[kind][look] = format_of(out->book, (enum column_kind)kind, (enum cell_look)look);
        }
    }
    out->heading = heading_format(out->book, 0xDDEBF7);
    out->needed = heading_format(out->book, 0xFFE699);
    out->link = format_of(out->book, COLUMN_TEXT, LOOK_PLAIN);
    format_set_font_color(out->link, 0x0563C1);
    format_set_underline(out->link, LXW_UNDERLINE_SINGLE);
    return out;
}

/* A list to choose from; what isn't in it may be typed all the same, and is asked about when it is taken. */
static void add_choices(struct workbook_out *out, const struct sheet_shape *shape, size_t at) {
    char *list[CHOICES_LIMIT + 1] = {NULL};
    struct str rest = str_from(shape->columns[at].choices);
    for (size_t n = 0; rest.n > 0 && n < CHOICES_LIMIT; n++) {
        list[n] = str_c(out->arena, str_split(rest, '|', &rest));
    }
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST,
                                      .value_list = list,
                                      .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                      .error_title = "不在可选项中",
                                      .error_message = "请从下拉列表中选择"};
    worksheet_data_validation_range(out->sheet, (lxw_row_t)(shape->heading + 1), (lxw_col_t)at,
                                    (lxw_row_t)(shape->heading + shape->rows), (lxw_col_t)at, &validation);
}

static void add_column(struct workbook_out *out, const struct sheet_shape *shape, size_t at) {
    const struct sheet_column *column = &shape->columns[at];
    lxw_row_col_options options = {.hidden = column->hidden};
    worksheet_set_column_opt(out->sheet, (lxw_col_t)at, (lxw_col_t)at, column->width,
                             out->formats[column->kind][LOOK_PLAIN], &options);
    if (column->heading.n > 0) {
        worksheet_write_string(out->sheet, (lxw_row_t)shape->heading, (lxw_col_t)at, c_text(out, column->heading),
                               column->needed ? out->needed : out->heading);
    }
    if (column->note.n > 0) {
        lxw_comment_options comment = {.author = "", .width = 220, .height = 70};
        worksheet_write_comment_opt(out->sheet, (lxw_row_t)shape->heading, (lxw_col_t)at, c_text(out, column->note),
                                    &comment);
    }
    if (column->kind == COLUMN_CHOICE) {
        add_choices(out, shape, at);
    }
}

void sheet_begin(struct workbook_out *out, const struct sheet_shape *shape) {
    out->sheet = workbook_add_worksheet(out->book, c_text(out, shape->name));
    out->columns = shape->columns;
    out->column_count = shape->count;
    const lxw_row_t heading = (lxw_row_t)shape->heading;
    if (shape->rows > 0) {
        worksheet_set_row(out->sheet, heading, 30, NULL);
        worksheet_freeze_panes(out->sheet, heading + 1, 0);
        worksheet_set_landscape(out->sheet);
        worksheet_set_paper(out->sheet, PAPER_A4);
        worksheet_fit_to_pages(out->sheet, 1, 0);
        worksheet_repeat_rows(out->sheet, heading, heading);
    }
    for (size_t i = 0; i < shape->count; i++) {
        add_column(out, shape, i);
    }
    if (shape->filter && shape->count > 0 && shape->rows > 0) {
        worksheet_autofilter(out->sheet, heading, 0, heading + (lxw_row_t)shape->rows, (lxw_col_t)(shape->count - 1));
    }
    if (shape->hidden) {
        worksheet_hide(out->sheet);
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

static lxw_datetime datetime_of(const char *text, bool with_time) {
    lxw_datetime when = {.year = atoi(text), .month = atoi(text + 5), .day = atoi(text + 8)};
    if (with_time) {
        when.hour = atoi(text + 11);
        when.min = atoi(text + 14);
        when.sec = atoi(text + 17);
    }
    return when;
}

void sheet_put_as(struct workbook_out *out, size_t row, size_t column, struct str text, enum column_kind kind,
                  enum cell_look look) {
    const lxw_row_t r = (lxw_row_t)row;
    const lxw_col_t c = (lxw_col_t)column;
    const bool is_moment = kind == COLUMN_MOMENT && time_is(TIME_MOMENT, text);
    double number = 0;
    if (text.n == 0) {
        worksheet_write_blank(out->sheet, r, c, out->formats[kind][look]);
    } else if (is_moment || (kind == COLUMN_DAY && time_is(TIME_DAY, text))) {
        lxw_datetime when = datetime_of(c_text(out, text), is_moment);
        worksheet_write_datetime(out->sheet, r, c, &when, out->formats[kind][look]);
    } else if (kind == COLUMN_NUMBER && is_number(text, &number)) {
        worksheet_write_number(out->sheet, r, c, number, out->formats[kind][look]);
    } else {
        const bool of_day =
            kind == COLUMN_TEXT && column < out->column_count && out->columns[column].kind == COLUMN_DAY;
        const enum column_kind as = of_day ? COLUMN_DAY : kind == COLUMN_PROSE ? kind : COLUMN_TEXT;
        worksheet_write_string(out->sheet, r, c, c_text(out, text), out->formats[as][look]);
    }
}

void sheet_put(struct workbook_out *out, size_t row, size_t column, struct str text, enum cell_look look) {
    sheet_put_as(out, row, column, text, out->columns[column].kind, look);
}

void sheet_link(struct workbook_out *out, size_t row, size_t column, struct str text, struct str sheet,
                struct str cell) {
    const struct str target = str_printf(out->arena, "internal:'%.*s'!%.*s", STR_ARG(sheet), STR_ARG(cell));
    worksheet_write_url_opt(out->sheet, (lxw_row_t)row, (lxw_col_t)column, str_c(out->arena, target), out->link,
                            c_text(out, text), NULL);
}

void sheet_remark(struct workbook_out *out, size_t row, size_t column, struct str text) {
    lxw_comment_options comment = {.author = "", .width = 260, .height = 90};
    worksheet_write_comment_opt(out->sheet, (lxw_row_t)row, (lxw_col_t)column, remark_text(out, text), &comment);
}

void sheet_hide_row(struct workbook_out *out, size_t row) {
    lxw_row_col_options options = {.hidden = LXW_TRUE};
    worksheet_set_row_opt(out->sheet, (lxw_row_t)row, LXW_DEF_ROW_HEIGHT, NULL, &options);
}

void sheet_row_lines(struct workbook_out *out, size_t row, size_t lines) {
    if (lines > 1) {
        worksheet_set_row(out->sheet, (lxw_row_t)row, LXW_DEF_ROW_HEIGHT * (double)lines, NULL);
    }
}

void sheet_text(struct workbook_out *out, struct str name, const struct str *lines, size_t count) {
    out->sheet = workbook_add_worksheet(out->book, c_text(out, name));
    lxw_format *title = workbook_add_format(out->book);
    format_set_bold(title);
    format_set_font_size(title, 14);
    worksheet_set_column(out->sheet, 0, 0, 100, NULL);
    for (size_t i = 0; i < count; i++) {
        worksheet_write_string(out->sheet, (lxw_row_t)i, 0, c_text(out, lines[i]), i == 0 ? title : NULL);
    }
}

int workbook_end(struct workbook_out *out) {
    errno = 0;
    buffer_release(&out->room);
    if (workbook_close(out->book) != LXW_NO_ERROR) {
        const int error = errno != 0 ? errno : EIO;
        unlink(out->beside);
        return error;
    }
    return file_put_in_place(out->beside, out->path);
}
