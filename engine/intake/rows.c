/* rows.c: which form a sheet is, and which of its columns are which fields.
 *
 * The row of headings is the one of the first twenty that names the most fields: above it stand titles, notes and merged cells. A
 * sheet is a form by its name, else by its headings when they fit one form alone. */
#include "intake/rows.h"

#include <string.h>

#include "base/nearest.h"
#include "intake/row_kind.h"

enum { HEADING_ROWS = 20, SHEET_COLUMNS = 256, NAMES_LIMIT = 64 };

struct layout_of_sheet {
    const struct sheet *sheet;
    const struct form *form;
    size_t heading_row;           /* index in the sheet's rows */
    size_t fields[SHEET_COLUMNS]; /* by column: the field, or field_count */
    uint32_t columns[ROW_FIELDS]; /* by field */
    bool known[ROW_FIELDS];
    bool has_key;
    uint32_t key_column;
    size_t unheaded; /* cells right of what the headings name, or between them, that nobody takes */
    uint32_t unheaded_column;
    uint32_t table_end; /* the column at which a second table begins beside the first; GRID_COLUMNS */
    struct strmap keys; /* how many rows have a key */
};

bool rows_is_explanation(struct str name) {
    static const char *const names[] = {"说明",   "填表说明", "填写说明",         "说明书",
                                        "代码表", "目录",     ROWS_MESSAGES_SHEET};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* --- headings ----------------------------------------------------------------------------------------------------- */

/* By its own heading before any synonym: 电话 may be another field's synonym. field_count: none. */
size_t rows_field(const struct form *form, struct str heading) {
    for (size_t i = 0; i < form->field_count; i++) {
        const struct field alone = {.heading = form->fields[i].heading, .synonyms = ""};
        if (field_is_headed(&alone, heading)) {
            return i;
        }
    }
    for (size_t i = 0; i < form->field_count; i++) {
        if (field_is_headed(&form->fields[i], heading)) {
            return i;
        }
    }
    return form->field_count;
}

static size_t fields_named(const struct form *form, const struct grid_row *row) {
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++) {
        count += row->cells[i].kind == CELL_TEXT && rows_field(form, row->cells[i].text) < form->field_count;
    }
    return count;
}

static size_t best_heading(const struct form *form, const struct sheet *sheet, size_t *row) {
    size_t best = 0;
    *row = 0;
    for (size_t i = 0; i < sheet->row_count && i < HEADING_ROWS; i++) {
        const size_t count = fields_named(form, &sheet->rows[i]);
        if (count > best) {
            best = count;
            *row = i;
        }
    }
    return best;
}

/* The form whose headings the sheet has most of, when no other has as many; NULL. Forms that need their name aside. */
static const struct form *form_by_headings(const struct sheet *sheet) {
    const struct form *form = NULL;
    size_t best = 2, row = 0;
    for (size_t i = 0; i < form_count; i++) {
        const size_t count = forms[i]->named_only ? 0 : best_heading(forms[i], sheet, &row);
        if (count > best) {
            best = count;
            form = forms[i];
        } else if (count == best) {
            form = NULL;
        }
    }
    return form;
}

const struct form *rows_form(const struct sheet *sheet, size_t *heading_row) {
    const struct form *form = form_by_name(sheet->name);
    if (sheet->row_count == 0 || rows_is_explanation(sheet->name)) {
        return NULL;
    }
    form = form != NULL ? form : form_by_headings(sheet);
    return form != NULL && best_heading(form, sheet, heading_row) >= 2 ? form : NULL;
}

static void tell_sheet(struct store *store, const struct sheet *sheet, enum diag_code code, struct str a,
                       struct str b) {
    const struct place place = {.file = store->file, .record = sheet->name};
    diag_add(store->diags, code, place, (const struct str[4]){sheet->name, a, b});
}

/* The form that has such a column, where the sheet's own has none; 父亲电话 and 监护人姓名 are of the family. NULL. */
static const struct form *other_form(const struct form *own, struct str heading) {
    static const char *const family[] = {"父亲", "母亲", "监护人", "家长", "祖父", "祖母"};
    for (size_t i = 0; i < sizeof family / sizeof *family; i++) {
        if (own == form_by_name(STR("学生")) && str_starts(heading, str_from(family[i]))) {
            return form_by_name(STR("家庭成员"));
        }
    }
    for (size_t i = 0; i < form_count; i++) {
        if (forms[i] != own && rows_field(forms[i], heading) < forms[i]->field_count) {
            return forms[i];
        }
    }
    return NULL;
}

static void tell_unknown_heading(struct store *store, const struct layout_of_sheet *layout, const struct cell *cell) {
    struct str names[NAMES_LIMIT];
    const struct form *form = layout->form;
    size_t count = 0;
    for (size_t i = 0; i < form->field_count && count < NAMES_LIMIT; i++) {
        if (!layout->known[i]) {
            names[count++] = str_from(form->fields[i].heading);
        }
    }
    const uint32_t number = layout->sheet->rows[layout->heading_row].number;
    const struct str reference = grid_reference(store->arena, cell->column, number);
    const struct cell_place place = {
        store->file, str_printf(store->arena, "%.*s!%.*s", STR_ARG(layout->sheet->name), STR_ARG(reference))};
    const struct form *other = other_form(form, cell->text);
    const struct str near = nearest_name(cell->text, names, count);
    if (near.n == 0 && other != NULL) {
        cell_tell(store->diags, DIAG_T507, &place, STR_NONE, cell->text, str_from(form->name), str_from(other->name));
    } else {
        cell_tell(store->diags, DIAG_T123, &place, STR_NONE, cell->text, str_from(form->name),
                  nearest_or_all(store->arena, cell->text, names, count));
    }
}

/* A heading that stands again: of a needed field it begins a second table beside the first, or names another person. */
static void tell_again(struct store *store, struct layout_of_sheet *layout, const struct cell *cell, size_t field) {
    const struct field *of = &layout->form->fields[field];
    const struct cell *first = grid_cell(&layout->sheet->rows[layout->heading_row], layout->columns[field]);
    if (!of->needed || !str_eq(first->text, cell->text)) {
        tell_sheet(store, layout->sheet, DIAG_T124, cell->text, str_from(of->heading));
        return;
    }
    const struct str reference =
        grid_reference(store->arena, cell->column, layout->sheet->rows[layout->heading_row].number);
    const struct cell_place place = {
        store->file, str_printf(store->arena, "%.*s!%.*s", STR_ARG(layout->sheet->name), STR_ARG(reference))};
    cell_tell(store->diags, DIAG_T504, &place, STR_NONE, cell->text, layout->sheet->name, STR_NONE);
    layout->table_end = cell->column;
}

static void read_headings(struct store *store, struct layout_of_sheet *layout) {
    const struct grid_row *row = &layout->sheet->rows[layout->heading_row];
    const struct form *form = layout->form;
    memset(layout->known, 0, sizeof layout->known);
    layout->has_key = false;
    layout->table_end = GRID_COLUMNS;
    for (size_t i = 0; i < SHEET_COLUMNS; i++) {
        layout->fields[i] = form->field_count;
    }
    for (size_t i = 0; i < row->count; i++) {
        const struct cell *cell = &row->cells[i];
        const size_t field = rows_field(form, cell->text);
        if (str_is(cell->text, ROWS_KEY_HEADING)) {
            layout->has_key = true;
            layout->key_column = cell->column;
        } else if (field < form->field_count && layout->known[field] && form->fields[field].parameter[0] == '\0') {
            continue; /* sums and places: nothing is taken from them */
        } else if (cell->column >= layout->table_end) {
            continue;
        } else if (field < form->field_count && layout->known[field]) {
            tell_again(store, layout, cell, field);
        } else if (field < form->field_count && cell->column < SHEET_COLUMNS) {
            layout->fields[cell->column] = field;
            layout->columns[field] = cell->column;
            layout->known[field] = true;
        }
    }
    for (size_t i = 0; i < row->count && row->cells[i].column < layout->table_end; i++) {
        const struct cell *cell = &row->cells[i];
        const bool is_ours = str_is(cell->text, ROWS_KEY_HEADING) || str_is(cell->text, ROWS_REASON_HEADING);
        if (!is_ours && !row_is_counter(cell->text) && rows_field(form, cell->text) == form->field_count) {
            tell_unknown_heading(store, layout, cell);
        }
    }
}

/* Headings that stand again, as on every page: the same ones change nothing. */
static void read_headings_again(struct store *store, struct layout_of_sheet *layout, size_t at) {
    const struct grid_row *row = &layout->sheet->rows[at];
    bool same = true;
    for (size_t i = 0; i < row->count; i++) {
        const struct cell *cell = &row->cells[i];
        const size_t field = rows_field(layout->form, cell->text);
        const size_t here = cell->column < SHEET_COLUMNS ? layout->fields[cell->column] : layout->form->field_count;
        same = same && (field == here || cell->column >= layout->table_end);
    }
    if (!same) {
        layout->heading_row = at;
        read_headings(store, layout);
    }
}

/* What every row needs and no column gives: told once, and no row is looked at. */
static bool has_needed_columns(struct store *store, const struct layout_of_sheet *layout) {
    struct str names[NAMES_LIMIT];
    size_t count = 0;
    for (size_t i = 0; i < layout->form->field_count && count < NAMES_LIMIT; i++) {
        if (layout->form->fields[i].needed && !layout->known[i]) {
            names[count++] = str_from(layout->form->fields[i].heading);
        }
    }
    if (count > 0) {
        tell_sheet(store, layout->sheet, DIAG_T126, names_joined(store->arena, names, count, count), STR_NONE);
    }
    return count == 0;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

/* What a key is in this database; STR_NONE where another one filled the workbook. */
static struct str own_key(const struct cell *cell, struct str token) {
    struct str key = STR_NONE;
    const struct str of = cell != NULL ? str_split(cell->text, ':', &key) : STR_NONE;
    return str_eq(of, token) ? key : STR_NONE;
}

void rows_give_key(struct store_row *row, struct str text) {
    static const char *const names[] = {"key", "key2", "key3"};
    struct str rest = text;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct str part = rest.n > 0 ? str_split(rest, '/', &rest) : STR_NONE;
        int64_t whole = 0;
        const bool is_whole = str_to_int(part, &whole);
        row_give(row, names[i],
                 (struct taken){.given = part.n > 0, .is_text = !is_whole, .text = part, .whole = whole});
    }
}

static void give_text(struct store_row *row, const char *name, struct str text) {
    row_give(row, name, (struct taken){.given = text.n > 0, .is_text = true, .text = text});
}

/* A value below no heading at all would be lost without a word. */
static void count_unheaded(struct layout_of_sheet *layout, const struct cell *cell) {
    if (cell->column < layout->table_end &&
        grid_cell(&layout->sheet->rows[layout->heading_row], cell->column) == NULL) {
        layout->unheaded_column = layout->unheaded == 0 ? cell->column : layout->unheaded_column;
        layout->unheaded++;
    }
}

static void tell_unheaded(struct store *store, const struct layout_of_sheet *layout) {
    if (layout->unheaded > 0) {
        const uint32_t number = layout->sheet->rows[layout->heading_row].number;
        const struct str reference = grid_reference(store->arena, layout->unheaded_column, number);
        const struct cell_place place = {
            store->file, str_printf(store->arena, "%.*s!%.*s", STR_ARG(layout->sheet->name), STR_ARG(reference))};
        cell_tell(store->diags, DIAG_T509, &place, STR_NONE, str_int(store->arena, (int64_t)layout->unheaded), STR_NONE,
                  STR_NONE);
    }
}

static void read_cells(struct store *store, struct layout_of_sheet *layout, const struct grid_row *from,
                       struct store_row *row) {
    for (size_t i = 0; i < from->count; i++) {
        const struct cell *cell = &from->cells[i];
        const size_t field = cell->column < SHEET_COLUMNS ? layout->fields[cell->column] : layout->form->field_count;
        if (field == layout->form->field_count) {
            count_unheaded(layout, cell);
            continue;
        }
        const struct str reference = grid_reference(store->arena, cell->column, from->number);
        const struct cell_place place = {
            store->file, str_printf(store->arena, "%.*s!%.*s", STR_ARG(layout->sheet->name), STR_ARG(reference))};
        row->refused[field] =
            !field_read(store->arena, &layout->form->fields[field], cell, &place, store->diags, &row->values[field]);
        store->counts.left_cells += row->refused[field];
    }
}

static const struct cell *key_cell(const struct layout_of_sheet *layout, const struct grid_row *row) {
    return layout->has_key ? grid_cell(row, layout->key_column) : NULL;
}

/* Rows by their keys: who copies a row, to change it into a new one, copies the hidden key too. */
static void count_keys(struct store *store, struct layout_of_sheet *layout) {
    bool found = false;
    strmap_init(&layout->keys, store->arena);
    for (size_t i = layout->heading_row + 1; i < layout->sheet->row_count && layout->has_key; i++) {
        const struct cell *key = key_cell(layout, &layout->sheet->rows[i]);
        if (key != NULL) {
            *strmap_put(&layout->keys, key->text, &found) += 1;
        }
    }
}

static bool is_sealed(struct store *store, const struct layout_of_sheet *layout, const struct store_row *row,
                      struct str seal) {
    return seal.n > 0 && str_eq(seal, fields_seal(store->arena, layout->form, row->values));
}

/* Is a row of the same key as it went out? Then that one is the key's, and the others are copies of it. */
static bool has_untouched_twin(struct store *store, struct layout_of_sheet *layout, struct str key, struct str seal) {
    struct diags unheard;
    struct store silent = *store;
    diags_init(&unheard, store->arena);
    silent.diags = &unheard;
    for (size_t i = layout->heading_row + 1; i < layout->sheet->row_count; i++) {
        const struct grid_row *other = &layout->sheet->rows[i];
        const struct cell *cell = key_cell(layout, other);
        if (cell != NULL && str_eq(cell->text, key)) {
            struct store_row row = {.form = layout->form};
            read_cells(&silent, layout, other, &row);
            if (is_sealed(&silent, layout, &row, seal)) {
                return true;
            }
        }
    }
    return false;
}

/* What a row's key says. False: another row has it too, and nothing says whose it is (told). */
static bool take_key(struct store *store, struct layout_of_sheet *layout, const struct grid_row *from,
                     const struct givens_in *givens, struct store_row *row, bool *untouched) {
    const struct cell *cell = key_cell(layout, from);
    struct str seal = STR_NONE, key = str_split(own_key(cell, givens->token), '#', &seal);
    seal = str_split(seal, '#', &row->basis);
    *untouched = is_sealed(store, layout, row, seal);
    if (key.n > 0 && !*untouched && *strmap_get(&layout->keys, cell->text) > 1) {
        if (!has_untouched_twin(store, layout, cell->text, seal)) {
            store_tell_row(store, row, DIAG_T505, NULL, STR_NONE, STR_NONE);
            return false;
        }
        key = row->basis = STR_NONE;
    }
    row->filled = key.n > 0;
    rows_give_key(row, key);
    return true;
}

static void take_row(struct store *store, struct layout_of_sheet *layout, const struct grid_row *from,
                     const struct givens_in *givens) {
    struct store_row row = {.form = layout->form, .sheet = layout->sheet->name, .number = from->number};
    bool untouched = false;
    memcpy(row.known, layout->known, sizeof row.known);
    memcpy(row.columns, layout->columns, sizeof row.columns);
    read_cells(store, layout, from, &row);
    give_text(&row, "school_given", givens->school);
    give_text(&row, "semester", givens->semester);
    give_text(&row, "as_of", givens->as_of);
    if (!take_key(store, layout, from, givens, &row, &untouched)) {
        store->counts.rows++;
        store->counts.left_rows++;
    } else if (untouched) {
        store->counts.rows++;
        store->counts.same++;
    } else {
        store_row(store, &row);
    }
}

static void tell_aside(struct store *store, const struct layout_of_sheet *layout, const struct grid_row *row) {
    const struct str reference = grid_reference(store->arena, row->cells[0].column, row->number);
    const struct cell_place place = {
        store->file, str_printf(store->arena, "%.*s!%.*s", STR_ARG(layout->sheet->name), STR_ARG(reference))};
    cell_tell(store->diags, DIAG_T502, &place, STR_NONE, row->cells[0].text, str_from(layout->form->name), STR_NONE);
}

/* A row of the second table, which stands beside the first. */
static bool goes_on_beside(const struct layout_of_sheet *layout, const struct grid_row *row) {
    return row->count > 0 && row->cells[row->count - 1].column >= layout->table_end;
}

/* False: from here on the rows can't be taken (told). */
static bool take_next(struct store *store, struct layout_of_sheet *layout, size_t at, const struct givens_in *givens) {
    const struct grid_row *row = &layout->sheet->rows[at];
    const bool beside = goes_on_beside(layout, row);
    store->counts.rows += beside;
    store->counts.left_rows += beside;
    switch (row_kind(layout->form, layout->fields, SHEET_COLUMNS, row)) {
    case ROW_BESIDE:
        return true;
    case ROW_EXAMPLE: /* what a filled workbook holds is none, even where it reads the same */
        if (key_cell(layout, row) != NULL) {
            take_row(store, layout, row, givens);
        }
        return true;
    case ROW_HEADING:
        read_headings_again(store, layout, at);
        return has_needed_columns(store, layout);
    case ROW_REMARK:
        tell_aside(store, layout, row);
        return true;
    case ROW_OF_FORM:
        take_row(store, layout, row, givens);
        return true;
    }
    return true;
}

void rows_take(struct store *store, const struct sheet *sheet, const struct givens_in *givens) {
    struct layout_of_sheet layout = {.sheet = sheet, .form = form_by_name(sheet->name)};
    if (sheet->row_count == 0 || rows_is_explanation(sheet->name)) {
        return;
    }
    layout.form = layout.form != NULL ? layout.form : form_by_headings(sheet);
    if (layout.form == NULL) {
        struct str names[NAMES_LIMIT];
        for (size_t i = 0; i < form_count && i < NAMES_LIMIT; i++) {
            names[i] = str_from(forms[i]->name);
        }
        tell_sheet(store, sheet, DIAG_T121, nearest_or_all(store->arena, sheet->name, names, form_count), STR_NONE);
        return;
    }
    if (best_heading(layout.form, sheet, &layout.heading_row) < 2) {
        tell_sheet(store, sheet, DIAG_T122, str_from(layout.form->name), STR_NONE);
        return;
    }
    read_headings(store, &layout);
    count_keys(store, &layout);
    bool good = has_needed_columns(store, &layout);
    for (size_t i = layout.heading_row + 1; i < sheet->row_count && !store->broken; i++) {
        good = good && take_next(store, &layout, i, givens);
        store->counts.left_rows += !good;
        store->counts.rows += !good;
    }
    tell_unheaded(store, &layout);
}
