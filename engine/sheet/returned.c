/* returned.c: the grid and its messages are walked side by side, row by row. */
#include "sheet/returned.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "intake/rows.h"
#include "sheet/columns.h"
#include "sheet/internal.h"
#include "sheet/places.h"

enum { REASON_WIDTH = 60, WIDTH_ROWS = 50, PLAIN_WIDTH_MOST = 100 };

struct returned {
    struct arena *arena;
    struct workbook_out *book;
    const struct grid *grid;
    struct told_place *places;
    size_t place_count;
    struct str *names; /* of the sheets as they are written, behind that of the list */
};

/* A sheet on its way out. */
struct sheet_back {
    const struct sheet *sheet;
    const struct form *form; /* NULL: none */
    uint32_t heading;        /* number of the row of headings; 0: none */
    uint32_t reason;         /* column of the reasons */
    const struct told_place *places;
    size_t place_count, at;  /* its messages; the next one to be written */
    enum column_kind *kinds; /* by column */
};

/* --- words -------------------------------------------------------------------------------------------------------- */

/* Something was left out that belongs there. */
static bool is_wrong(const struct diag *diag) {
    const enum severity severity = diag_severity(diag->code);
    return severity == SEVERITY_FAULT || severity == SEVERITY_ERROR;
}

/* What is wrong, and what to do. */
static struct str words_of(struct arena *arena, const struct diag *diag) {
    const struct str text = diag_text(arena, diag, LANGUAGE_CHINESE), hint = diag_hint(arena, diag, LANGUAGE_CHINESE);
    return hint.n > 0 ? str_printf(arena, "%.*s。%.*s", STR_ARG(text), STR_ARG(hint)) : text;
}

/* Lines that a text takes in a column of so many characters. */
static size_t lines_of(struct str text, size_t width) {
    return text.n > 0 ? (utf8_width(text) + width - 3) / (width - 2) : 1;
}

static struct str reference_of(struct arena *arena, const struct told_place *place) {
    return place->row == 0                   ? STR_NONE
           : place->column == PLACES_NOWHERE ? str_printf(arena, "A%u", place->row)
                                             : grid_reference(arena, place->column, place->row);
}

/* --- columns ------------------------------------------------------------------------------------------------------ */

static uint32_t columns_used(const struct sheet *sheet) {
    uint32_t count = 0;
    for (size_t i = 0; i < sheet->row_count; i++) {
        const struct grid_row *row = &sheet->rows[i];
        const uint32_t last = row->count > 0 ? row->cells[row->count - 1].column + 1 : 0;
        count = last > count ? last : count;
    }
    return count;
}

static int32_t width_in_rows(const struct sheet *sheet, uint32_t column, size_t most) {
    size_t width = COLUMN_WIDTH_LEAST;
    for (size_t i = 0; i < sheet->row_count && i < WIDTH_ROWS; i++) {
        const struct cell *cell = grid_cell(&sheet->rows[i], column);
        const size_t here = cell != NULL ? utf8_width(cell->text) + 2 : 0;
        width = here > width ? here : width;
    }
    return (int32_t)(width < most ? width : most);
}

static struct sheet_column column_of(const struct sheet_back *back, const struct grid_row *headings, uint32_t at) {
    const struct cell *cell = headings != NULL ? grid_cell(headings, at) : NULL;
    const struct str heading = cell != NULL ? cell->text : STR("");
    const size_t field = cell != NULL ? rows_field(back->form, heading) : 0;
    if (cell != NULL && field < back->form->field_count) {
        struct sheet_column column = column_of_field(&back->form->fields[field]);
        const int32_t width = width_in_rows(back->sheet, at, COLUMN_WIDTH_MOST);
        column.heading = heading;
        column.width = width > column.width ? width : column.width;
        return column;
    }
    return (struct sheet_column){.heading = heading,
                                 .kind = COLUMN_NUMBER,
                                 .width = width_in_rows(back->sheet, at, PLAIN_WIDTH_MOST),
                                 .hidden = str_is(heading, ROWS_KEY_HEADING)};
}

/* Columns of the form's fields keep their kind; any other has each cell as it was. The reasons stand behind the last, or where they stood. */
static void begin_sheet(struct returned *returned, struct sheet_back *back, struct str name) {
    size_t heading_row = 0;
    uint32_t count = columns_used(back->sheet);
    back->form = rows_form(back->sheet, &heading_row);
    const struct grid_row *headings = back->form != NULL ? &back->sheet->rows[heading_row] : NULL;
    struct sheet_column *columns = ARENA_ARRAY(returned->arena, struct sheet_column, count + 1);
    back->kinds = ARENA_ARRAY(returned->arena, enum column_kind, count + 1);
    back->reason = count;
    for (uint32_t i = 0; i < count; i++) {
        columns[i] = column_of(back, headings, i);
        back->kinds[i] = columns[i].kind;
        back->reason = str_is(columns[i].heading, ROWS_REASON_HEADING) ? i : back->reason;
    }
    const bool reasons = headings != NULL && back->place_count > 0;
    columns[back->reason] = (struct sheet_column){.heading = reasons ? STR(ROWS_REASON_HEADING) : STR(""),
                                                  .width = reasons ? REASON_WIDTH : COLUMN_WIDTH_LEAST};
    back->heading = headings != NULL ? headings->number : 0;
    const uint32_t last = back->sheet->row_count > 0 ? back->sheet->rows[back->sheet->row_count - 1].number : 0;
    sheet_begin(returned->book, &(struct sheet_shape){.name = name,
                                                      .columns = columns,
                                                      .count = back->reason == count ? count + reasons : count,
                                                      .heading = headings != NULL ? headings->number - 1 : 0,
                                                      .rows = headings != NULL ? last + 100 - headings->number : 0,
                                                      .hidden = back->sheet->hidden && back->place_count == 0,
                                                      .filter = reasons});
}

/* --- cells -------------------------------------------------------------------------------------------------------- */

/* A number stays one where its column is no text; one that lost digits stays what it is, so that it isn't taken for text the next time. */
static enum column_kind kind_of_cell(const struct sheet_back *back, const struct cell *cell) {
    switch (cell->kind) {
    case CELL_DAY:
        return cell->text.n > 10 ? COLUMN_MOMENT : COLUMN_DAY;
    case CELL_LOST:
        return COLUMN_NUMBER;
    case CELL_NUMBER: {
        const enum column_kind kind = back->kinds[cell->column];
        return kind == COLUMN_NUMBER || kind == COLUMN_DAY ? COLUMN_NUMBER : COLUMN_TEXT;
    }
    case CELL_TEXT:
    case CELL_FAULT:
        return COLUMN_TEXT;
    }
    return COLUMN_TEXT;
}

/* The messages about a cell, from the next one on: their look, and their words as its remark. */
static enum cell_look mark_cell(struct returned *returned, struct sheet_back *back, uint32_t row, uint32_t column) {
    struct buffer words = {0};
    enum cell_look look = LOOK_PLAIN;
    for (; back->at < back->place_count; back->at++) {
        const struct told_place *place = &back->places[back->at];
        if (place->row != row || place->column != column) {
            break;
        }
        look = is_wrong(place->diag) ? LOOK_WRONG : look == LOOK_PLAIN ? LOOK_DOUBTFUL : look;
        buffer_add(&words, words.count > 0 ? STR("\n") : STR(""));
        buffer_add(&words, words_of(returned->arena, place->diag));
    }
    if (words.count > 0 && column != PLACES_NOWHERE) {
        sheet_remark(returned->book, row - 1, column, buffer_str(&words));
    }
    buffer_release(&words);
    return look;
}

/* Cells that hold nothing are marked too, up to a column: what is missing there is what is wrong. */
static void mark_blanks(struct returned *returned, struct sheet_back *back, uint32_t row, uint32_t before) {
    while (back->at < back->place_count && back->places[back->at].row == row &&
           back->places[back->at].column < before) {
        const uint32_t column = back->places[back->at].column;
        const enum cell_look look = mark_cell(returned, back, row, column);
        sheet_put_as(returned->book, row - 1, column, STR(""), back->kinds[column], look);
    }
}

static void put_cell(struct returned *returned, struct sheet_back *back, uint32_t row, const struct cell *cell) {
    const bool too_long = utf8_count(cell->text) > SHEET_TEXT_MOST;
    const enum cell_look look = mark_cell(returned, back, row, cell->column);
    const bool is_heading = row == back->heading;
    if (too_long) {
        sheet_remark(returned->book, row - 1, cell->column,
                     STR("这一格的文字超过表格软件的上限，没有写在这里；留空不会改动已录入的内容。"));
    }
    if (!is_heading || look != LOOK_PLAIN) {
        sheet_put_as(returned->book, row - 1, cell->column, too_long ? STR("") : cell->text, kind_of_cell(back, cell),
                     too_long ? LOOK_DOUBTFUL : look);
    }
}

/* "E2 电话：…；F2 备用电话：…" of the messages from `from` on. */
static void put_reason(struct returned *returned, const struct sheet_back *back, uint32_t row, size_t from) {
    struct buffer reason = {0};
    bool wrong = false;
    for (size_t i = from; i < back->at; i++) {
        const struct told_place *place = &back->places[i];
        wrong = wrong || is_wrong(place->diag);
        buffer_add(&reason, i > from ? STR("；") : STR(""));
        if (place->column != PLACES_NOWHERE) {
            const struct str reference = grid_reference(returned->arena, place->column, row);
            buffer_printf(&reason, "%.*s %.*s：", STR_ARG(reference), STR_ARG(place->diag->place.field));
        }
        buffer_add(&reason, words_of(returned->arena, place->diag));
    }
    if (reason.count > 0) {
        sheet_row_lines(returned->book, row - 1, lines_of(buffer_str(&reason), REASON_WIDTH));
        sheet_put_as(returned->book, row - 1, back->reason, buffer_str(&reason), COLUMN_PROSE,
                     wrong ? LOOK_WRONG : LOOK_DOUBTFUL);
    }
    buffer_release(&reason);
}

static void put_row(struct returned *returned, struct sheet_back *back, const struct grid_row *row) {
    const size_t from = back->at;
    for (size_t i = 0; i < row->count; i++) {
        mark_blanks(returned, back, row->number, row->cells[i].column);
        if (back->form == NULL || row->cells[i].column != back->reason) {
            put_cell(returned, back, row->number, &row->cells[i]);
        }
    }
    mark_blanks(returned, back, row->number, PLACES_NOWHERE);
    mark_cell(returned, back, row->number, PLACES_NOWHERE);
    if (row->number != back->heading && back->form != NULL) {
        put_reason(returned, back, row->number, from);
    }
    if (row->hidden && back->at == from) {
        sheet_hide_row(returned->book, row->number - 1);
    }
}

static void put_sheet(struct returned *returned, size_t index, size_t from, size_t to) {
    struct sheet_back back = {
        .sheet = &returned->grid->sheets[index], .places = returned->places + from, .place_count = to - from};
    begin_sheet(returned, &back, returned->names[index + 1]);
    while (back.at < back.place_count && back.places[back.at].row == 0) {
        back.at++; /* of the sheet: in the list alone */
    }
    for (size_t i = 0; i < back.sheet->row_count; i++) {
        put_row(returned, &back, &back.sheet->rows[i]);
    }
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

enum { LIST_HEADING = 4, LIST_COLUMNS = 7, TEXT_WIDTH = 50, LINKS_MOST = 60000 /* a sheet of Excel takes 65,530 */ };

static struct str text_at(const struct returned *returned, const struct told_place *place) {
    const struct sheet *sheet = place->sheet < returned->grid->count ? &returned->grid->sheets[place->sheet] : NULL;
    size_t low = 0, high = sheet != NULL ? sheet->row_count : 0;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sheet->rows[middle].number < place->row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const bool found = sheet != NULL && low < sheet->row_count && sheet->rows[low].number == place->row;
    const struct cell *cell = found ? grid_cell(&sheet->rows[low], place->column) : NULL;
    return cell != NULL ? cell->text : STR("");
}

static void put_message(struct returned *returned, size_t row, const struct told_place *place) {
    const struct diag *diag = place->diag;
    const struct str reference = reference_of(returned->arena, place);
    const struct str text = text_at(returned, place);
    const struct str sheet = place->sheet < returned->grid->count ? returned->names[place->sheet + 1] : STR("");
    const struct str cells[LIST_COLUMNS] = {diag_severity_name(diag_severity(diag->code), LANGUAGE_CHINESE),
                                            sheet,
                                            reference,
                                            diag->place.field,
                                            utf8_count(text) > SHEET_TEXT_MOST ? STR("") : text,
                                            diag_text(returned->arena, diag, LANGUAGE_CHINESE),
                                            diag_hint(returned->arena, diag, LANGUAGE_CHINESE)};
    const size_t lines[] = {lines_of(cells[5], TEXT_WIDTH), lines_of(cells[6], TEXT_WIDTH)};
    sheet_row_lines(returned->book, row, lines[0] > lines[1] ? lines[0] : lines[1]);
    for (size_t i = 0; i < LIST_COLUMNS; i++) {
        if (i == 2 && reference.n > 0 && row < LINKS_MOST) {
            sheet_link(returned->book, row, i, reference, sheet, reference);
        } else if (cells[i].n > 0) {
            sheet_put(returned->book, row, i, cells[i], i == 0 && is_wrong(diag) ? LOOK_WRONG : LOOK_PLAIN);
        }
    }
}

static void put_list(struct returned *returned) {
    static const struct sheet_column columns[LIST_COLUMNS] = {
        {.heading = STR_INIT("级别"), .width = 8},
        {.heading = STR_INIT("工作表"), .width = 14},
        {.heading = STR_INIT("单元格"), .width = 10},
        {.heading = STR_INIT("栏目"), .width = 16},
        {.heading = STR_INIT("原内容"), .kind = COLUMN_PROSE, .width = 26},
        {.heading = STR_INIT("问题"), .kind = COLUMN_PROSE, .width = TEXT_WIDTH},
        {.heading = STR_INIT("处理办法"), .kind = COLUMN_PROSE, .width = TEXT_WIDTH},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < returned->place_count; i++) {
        wrong += is_wrong(returned->places[i].diag);
    }
    sheet_begin(returned->book, &(struct sheet_shape){.name = STR(ROWS_MESSAGES_SHEET),
                                                      .columns = columns,
                                                      .count = LIST_COLUMNS,
                                                      .heading = LIST_HEADING,
                                                      .rows = returned->place_count + 1,
                                                      .filter = true});
    const struct str lines[] = {
        str_printf(returned->arena, "采集表退回更正：需改正 %zu 处，请核对 %zu 处", wrong,
                   returned->place_count - wrong),
        STR("红色的格或行没有录入，请改正；黄色的格已经录入，请核对是否如此。鼠标指向该格可看原因，“退回原因”栏也写着"
            "。"),
        STR("改完后保存为 .xlsx，整本原样报回即可：已录入的行不会重复，不必删除；隐藏的栏目请不要改动。"),
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        sheet_put_as(returned->book, i, 0, lines[i], COLUMN_TEXT, LOOK_PLAIN);
    }
    size_t row = LIST_HEADING + 1;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < returned->place_count; i++) {
            if (is_wrong(returned->places[i].diag) == (pass == 0)) {
                put_message(returned, row++, &returned->places[i]);
            }
        }
    }
}

/* --- the workbook ------------------------------------------------------------------------------------------------- */

bool returned_write(struct arena *arena, const char *path, const struct grid *grid, const struct diags *diags,
                    struct str made_on, struct diags *told) {
    struct returned returned = {.arena = arena,
                                .book = workbook_begin(arena, path, made_on),
                                .grid = grid,
                                .places = places_of(arena, grid, diags),
                                .place_count = diags->count,
                                .names = ARENA_ARRAY(arena, struct str, grid->count + 1)};
    struct sheet_names taken = {.arena = arena};
    returned.names[0] = sheet_name(&taken, STR(ROWS_MESSAGES_SHEET));
    for (size_t i = 0; i < grid->count; i++) {
        returned.names[i + 1] = sheet_name(&taken, grid->sheets[i].name);
    }
    put_list(&returned);
    for (size_t i = 0, from = 0, to = 0; i < grid->count; i++, from = to) {
        while (to < returned.place_count && returned.places[to].sheet == i) {
            to++;
        }
        if (!str_is(grid->sheets[i].name, ROWS_MESSAGES_SHEET)) {
            put_sheet(&returned, i, from, to);
        }
    }
    const int error = workbook_end(returned.book);
    if (error != 0) {
        DIAG_ADD(told, B102, PLACE_NONE, str_from(path), diag_errno(error));
    }
    return error == 0;
}

bool returned_is(const char *path) {
    struct arena *arena = arena_create();
    struct diags diags;
    struct grid grid;
    diags_init(&diags, arena);
    const bool is =
        grid_read(arena, path, &diags, &grid) && grid.count > 0 && str_is(grid.sheets[0].name, ROWS_MESSAGES_SHEET);
    arena_destroy(arena);
    return is;
}
