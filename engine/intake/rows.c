/* rows.c: which form a sheet is, and which of its columns are which fields.
 *
 * The row of headings is the one of the first twenty that names the most fields: above it stand titles, notes and merged cells. A
 * sheet is a form by its name, else by its headings when they fit one form alone. */
#include "intake/rows.h"

#include <string.h>

#include "base/nearest.h"

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

/* The form whose headings the sheet has most of, when no other has as many; NULL. */
static const struct form *form_by_headings(const struct sheet *sheet) {
    const struct form *form = NULL;
    size_t best = 2, row = 0;
    for (size_t i = 0; i < form_count; i++) {
        const size_t count = best_heading(forms[i], sheet, &row);
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
    cell_tell(store->diags, DIAG_T123, &place, STR_NONE, cell->text, str_from(form->name),
              nearest_or_all(store->arena, cell->text, names, count));
}

static void read_headings(struct store *store, struct layout_of_sheet *layout) {
    const struct grid_row *row = &layout->sheet->rows[layout->heading_row];
    const struct form *form = layout->form;
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
        } else if (field < form->field_count && layout->known[field]) {
            tell_sheet(store, layout->sheet, DIAG_T124, cell->text, str_from(form->fields[field].heading));
        } else if (field < form->field_count && cell->column < SHEET_COLUMNS) {
            layout->fields[cell->column] = field;
            layout->columns[field] = cell->column;
            layout->known[field] = true;
        }
    }
    for (size_t i = 0; i < row->count; i++) {
        const struct cell *cell = &row->cells[i];
        const bool is_ours = str_is(cell->text, ROWS_KEY_HEADING) || str_is(cell->text, ROWS_REASON_HEADING);
        if (!is_ours && (cell->column >= SHEET_COLUMNS || rows_field(form, cell->text) == form->field_count)) {
            tell_unknown_heading(store, layout, cell);
        }
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

/* The template's example, left as it was; what a filled workbook holds is none, even where it reads the same. */
static bool is_example(const struct layout_of_sheet *layout, const struct grid_row *row) {
    size_t same = 0;
    if (layout->has_key && grid_cell(row, layout->key_column) != NULL) {
        return false;
    }
    for (size_t i = 0; i < row->count; i++) {
        const size_t field =
            row->cells[i].column < SHEET_COLUMNS ? layout->fields[row->cells[i].column] : layout->form->field_count;
        if (field < layout->form->field_count) {
            const char *example = layout->form->fields[field].example;
            if (example[0] == '\0' || !str_is(row->cells[i].text, example)) {
                return false;
            }
            same++;
        }
    }
    return same >= 3;
}

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

static void read_cells(struct store *store, const struct layout_of_sheet *layout, const struct grid_row *from,
                       struct store_row *row) {
    for (size_t i = 0; i < from->count; i++) {
        const struct cell *cell = &from->cells[i];
        const size_t field = cell->column < SHEET_COLUMNS ? layout->fields[cell->column] : layout->form->field_count;
        if (field == layout->form->field_count) {
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

static void take_row(struct store *store, const struct layout_of_sheet *layout, const struct grid_row *from,
                     const struct givens_in *givens) {
    struct store_row row = {.form = layout->form, .sheet = layout->sheet->name, .number = from->number};
    const struct cell *key = layout->has_key ? grid_cell(from, layout->key_column) : NULL;
    memcpy(row.known, layout->known, sizeof row.known);
    memcpy(row.columns, layout->columns, sizeof row.columns);
    row.filled = own_key(key, givens->token).n > 0;
    read_cells(store, layout, from, &row);
    give_text(&row, "school_given", givens->school);
    give_text(&row, "semester", givens->semester);
    give_text(&row, "as_of", givens->as_of);
    struct str seal = STR_NONE;
    rows_give_key(&row, str_split(own_key(key, givens->token), '#', &seal));
    if (seal.n > 0 && str_eq(seal, fields_seal(store->arena, layout->form, row.values))) {
        store->counts.rows++;
        store->counts.same++;
        return;
    }
    store_row(store, &row);
}

/* Nothing in any column that is a field's: a remark below the table, a sum of its own. */
static bool is_beside(const struct layout_of_sheet *layout, const struct grid_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].column < SHEET_COLUMNS && layout->fields[row->cells[i].column] < layout->form->field_count) {
            return false;
        }
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
    if (!has_needed_columns(store, &layout)) {
        store->counts.left_rows += sheet->row_count - layout.heading_row - 1;
        store->counts.rows += sheet->row_count - layout.heading_row - 1;
        return;
    }
    for (size_t i = layout.heading_row + 1; i < sheet->row_count && !store->broken; i++) {
        if (!is_example(&layout, &sheet->rows[i]) && !is_beside(&layout, &sheet->rows[i])) {
            take_row(store, &layout, &sheet->rows[i], givens);
        }
    }
}
