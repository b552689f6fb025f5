/* print.c: rows that go to the printer, and the documents that are made of them.
 *
 * The rows stand in press->print in the order of printing. When they have been chosen they are copied behind all others of the plan, where
 * those of one document stand together; items[i] of the plan then is files[i] of the print. */
#include "batch/print.h"

#include <string.h>

#include "batch/groups.h"
#include "batch/narrow.h"

/* --- rows ------------------------------------------------------------------------------------------------------------ */

struct columns { /* of the layout's query; SIZE_MAX: it has none */
    size_t award, number, name;
};

static struct columns columns_of(const struct printing *printing) {
    if (printing->layout->each == NO_QUERY) {
        return (struct columns){SIZE_MAX, SIZE_MAX, SIZE_MAX};
    }
    const struct query *query = printing->resolved->queries[printing->layout->each].query;
    return (struct columns){query_find_column(query, STR("award_id")), query_find_column(query, STR("cert_no")),
                            query_find_column(query, STR("name"))};
}

static struct str cell(struct press *press, const struct rows *rows, size_t row, size_t column) {
    return column == SIZE_MAX ? STR_NONE
                              : str_copy(press->print->arena, groups_cell_text(press->run.arena, rows, row, column));
}

static struct print_row row_of(struct press *press, size_t row, const struct columns *columns) {
    const struct rows *rows = &press->plans[0].rows;
    const struct str key = str_copy(press->print->arena, plan_row_key(&press->run, &press->printings[0], rows, row));
    const struct str number = cell(press, rows, row, columns->number);
    return (struct print_row){.key = key,
                              .award = cell(press, rows, row, columns->award),
                              .number = number.n > 0 ? number : key,
                              .name = cell(press, rows, row, columns->name),
                              .chosen = true};
}

/* Rows of the chosen documents, in their order. */
static void gather(struct press *press) {
    struct batch_print *print = press->print;
    const struct plan *plan = &press->plans[0];
    const struct columns columns = columns_of(&press->printings[0]);
    print->of_awards = columns.award != SIZE_MAX;
    print->term = output_term(print->arena, &press->run.givens);
    print->day = str_copy(print->arena, value_text(press->run.arena, &press->run.givens.values[GIVEN_ASKED_ON]));
    print->reader = reader_name(press->printings[0].reader);
    print->rows = ARENA_ARRAY(print->arena, struct print_row, plan->rows.count);
    for (size_t i = 0; i < plan->count; i++) {
        const struct planned *planned = &plan->items[i];
        for (size_t row = planned->from; row < planned->to && planned->chosen; row++) {
            print->rows[print->row_count++] = row_of(press, row, &columns);
        }
    }
}

/* --- documents ------------------------------------------------------------------------------------------------------- */

struct laying { /* of the plan that is laid anew */
    struct press *press;
    struct plan *plan;
    struct planned *items;
    size_t count, taken; /* items; rows of press->print that were looked at */
    size_t kept;         /* of these, still there */
};

static void copy_row(struct laying *layer, size_t row) {
    struct rows *rows = &layer->plan->rows;
    memcpy(&rows->cells[rows->count++ * rows->columns], &rows->cells[row * rows->columns],
           rows->columns * sizeof *rows->cells);
}

static void add(struct laying *layer, struct planned planned, size_t file_from) {
    struct batch_print *print = layer->press->print;
    print->files[layer->count] = (struct print_file){.from = file_from, .to = layer->kept};
    layer->items[layer->count++] = planned;
}

/* A document of its own of the rows from `from` on. */
static void add_apart(struct laying *layer, size_t from, size_t file_from, int32_t skip) {
    struct press *press = layer->press;
    const struct printing *printing = &press->printings[0];
    struct planned planned = {.from = from, .to = layer->plan->rows.count, .chosen = true, .apart = true, .skip = skip};
    diags_init(&planned.findings, press->run.arena);
    planned.record = plan_record(&press->run, printing, &layer->plan->rows, planned.from, planned.to);
    planned.path = narrow_path(&press->run, printing, planned.record);
    add(layer, planned, file_from);
}

/* The next row of press->print: is it still chosen? Then it closes up to those before it. */
static bool take(struct laying *layer) {
    struct batch_print *print = layer->press->print;
    const struct print_row row = print->rows[layer->taken++];
    if (row.chosen) {
        print->rows[layer->kept++] = row;
    }
    return row.chosen;
}

/* Awards: each by itself, or all in one. */
static void lay_awards(struct laying *layer) {
    const bool one = layer->press->print->one_job;
    const size_t first = layer->plan->rows.count;
    for (size_t i = 0; i < layer->plan->count; i++) {
        const struct planned *planned = &layer->plan->items[i];
        for (size_t row = planned->from; row < planned->to && planned->chosen; row++) {
            if (take(layer)) {
                copy_row(layer, row);
                if (!one) {
                    add_apart(layer, layer->plan->rows.count - 1, layer->kept - 1, 0);
                }
            }
        }
    }
    if (one && layer->kept > 0) {
        add_apart(layer, first, 0, 0);
    }
}

/* A document stays as it was planned where nothing was taken out of it and its sheets are whole. */
static void lay_document(struct laying *layer, struct planned planned) {
    const size_t first = layer->plan->rows.count, file_from = layer->kept;
    for (size_t row = planned.from; row < planned.to; row++) {
        if (take(layer)) {
            copy_row(layer, row);
        }
    }
    const size_t rows = layer->kept - file_from;
    const int32_t skip = layer->count == 0 ? layer->press->print->skip : 0;
    if (rows == planned.to - planned.from && skip == 0) {
        layer->plan->rows.count = first;
        add(layer, planned, file_from);
    } else if (rows > 0) {
        layer->plan->narrowed = true;
        add_apart(layer, first, file_from, skip);
    } else {
        layer->plan->narrowed = true;
    }
}

/* Room for every row once more. */
static void make_room(struct press *press, struct plan *plan) {
    struct rows *rows = &plan->rows;
    struct value *cells = ARENA_ARRAY(press->run.arena, struct value, 2 * rows->count * rows->columns + 1);
    if (rows->count * rows->columns > 0) {
        memcpy(cells, rows->cells, rows->count * rows->columns * sizeof *cells);
    }
    rows->cells = cells;
}

static void lay(struct press *press) {
    struct batch_print *print = press->print;
    struct plan *plan = &press->plans[0];
    struct laying layer = {.press = press, .plan = plan};
    layer.items = ARENA_ARRAY(press->run.arena, struct planned, print->row_count + plan->count + 1);
    print->files = ARENA_ARRAY(print->arena, struct print_file, print->row_count + plan->count + 1);
    make_room(press, plan);
    if (print->of_awards) {
        plan->narrowed = true;
        lay_awards(&layer);
    } else {
        for (size_t i = 0; i < plan->count; i++) {
            if (plan->items[i].chosen) {
                lay_document(&layer, plan->items[i]);
            }
        }
    }
    print->row_count = layer.kept;
    plan->items = layer.items;
    plan->count = plan->chosen = press->chosen = layer.count;
    plan->apart = press->apart = 0;
    for (size_t i = 0; i < layer.count; i++) {
        plan->apart += layer.items[i].apart;
    }
    press->apart = plan->apart;
    plan_settle_names(&press->run, plan);
}

static bool skips_right(struct press *press) {
    const struct layout *layout = press->printings[0].layout;
    const int32_t places = layout->has_sheet ? layout->sheet.columns * layout->sheet.rows : 0;
    if (press->print->skip == 0 || press->print->skip < places) {
        return true;
    }
    DIAG_ADD(&press->run.diags, S434, PLACE_NONE, str_int(press->run.arena, press->print->skip), layout->name,
             str_int(press->run.arena, places));
    return false;
}

static bool awards_right(struct press *press) {
    if (!press->print->one_job || press->print->of_awards) {
        return true;
    }
    DIAG_ADD(&press->run.diags, S422, PLACE_NONE, STR("--one-job"), press->printings[0].layout->name);
    return false;
}

bool print_choose(struct press *press) {
    struct batch_print *print = press->print;
    if (press->count == 0) {
        return false;
    }
    gather(press);
    const bool right = skips_right(press) && awards_right(press);
    run_tell(&press->run);
    if (!right || !print->choose(print->context, print->rows, print->row_count)) {
        if (right && print->row_count == 0 && !print->explained) {
            press_tell_nothing_chosen(press, &press->plans[0], press->printings[0].layout->name);
            run_tell(&press->run);
        }
        return false;
    }
    lay(press);
    return true;
}

/* --- files ----------------------------------------------------------------------------------------------------------- */

/* The code that a paper bears (codes.h), for the journal. */
static void note_code(struct batch_print *print, struct print_row *row, const struct paper_code *code) {
    if (code->code.n > 0) {
        row->paper = str_copy(print->arena, str_slice(code->name, 0, str_find_byte(code->name, '/')));
        row->content = str_copy(print->arena, code->content);
        row->code = str_copy(print->arena, code->code);
        row->edition = str_int(print->arena, code->edition);
    }
}

void print_note(struct press *press, const struct planned *planned, const struct outcome *outcome) {
    struct batch_print *print = press->print;
    const size_t item = (size_t)(planned - press->plans[0].items);
    struct print_file file = print->files[item];
    file.path = str_printf(print->arena, "%s/%.*s/%.*s", press->run.job->out, STR_ARG(press->output.term),
                           STR_ARG(planned->path));
    file.pages = outcome->pages;
    file.width_mp = outcome->width_mp;
    file.height_mp = outcome->height_mp;
    file.duplex = outcome->duplex;
    file.short_edge = outcome->turns_short;
    file.incomplete = outcome->incomplete;
    for (size_t i = file.from; i < file.to && outcome->codes != NULL; i++) {
        note_code(print, &print->rows[i], &outcome->codes[i - file.from]);
    }
    print->files[print->file_count++] = file;
}
