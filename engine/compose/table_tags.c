/* table_tags.c: a table's elements: a row for each drawn row, a cell for each that begins in it.
 *
 *     │ 语文 │ 90 │     row: head cell of 2 rows, cell      a place that belongs to a cell above makes that one row higher,
 *     │  ^   │ 85 │     row: cell                           on the next page too: its label there is an artifact
 *
 * So all rows have as many columns, over all pages. */
#include <string.h>

#include "base/utf8.h"
#include "compose/segment.h"
#include "compose/tags.h"

/* Of a table while it flows; the next one begins anew. */
struct table_tags {
    uint32_t table;        /* its element */
    uint32_t row;          /* the last one */
    uint32_t *above;       /* by column: the cell that stands there in the last row; 0: none */
    uint32_t *above_paged; /* the same among the page's own rows, 承前页 and 本页小计 */
    struct str *notes;     /* that were given: a repeated head has them on each page */
    size_t note_count, note_capacity;
    bool begun;
    bool parted; /* the page's own rows stand between: no cell goes on below them */
};

static struct table_tags *tags_of(const struct context *context, const struct item *item,
                                  const struct segment *segment) {
    struct table_tags *tags = segment->data->told->tags;
    if (tags == NULL || tags->table != item->element) {
        tags = segment->data->told->tags = ARENA_NEW(context->row_arena, struct table_tags);
        tags->table = item->element;
        tags->above = ARENA_ARRAY(context->row_arena, uint32_t, segment->data->column_count);
        tags->above_paged = ARENA_ARRAY(context->row_arena, uint32_t, segment->data->column_count);
    }
    return tags;
}

struct table_tagging table_tag_begin(struct context *context, const struct item *item, const struct segment *segment) {
    struct table_tagging tagging = {.item = item, .segment = segment};
    tag_item(context, item, ELEMENT_TABLE);
    if (tags_wanted(context)) {
        tagging.tags = tags_of(context, item, segment);
        tagging.first = !tagging.tags->begun;
        tagging.tags->begun = true;
    }
    return tagging;
}

static bool is_among(const struct instance *instance, const struct instance *list, size_t count) {
    return instance >= list && instance < list + count;
}

static bool is_of_page(const struct table_data *data, const struct instance *instance) {
    return is_among(instance, data->page_head, data->page_head_count) ||
           is_among(instance, data->page_foot, data->page_foot_count);
}

/* A blank to be written into, a box to be ticked, a dash where there is nothing. */
static bool is_no_word(struct str words) {
    enum { BLANK = 0x3000, BOX = 0x25A1, BALLOT_BOX = 0x2610, DASH = 0x2014 };
    for (size_t at = 0; at < words.n;) {
        const uint32_t character = utf8_next(words, &at);
        if (character != ' ' && character != BLANK) {
            return character == BOX || character == BALLOT_BOX || character == DASH;
        }
    }
    return true;
}

/* Words of the form alone. */
static bool has_words_only(const struct template *text) {
    bool any = false;
    for (size_t i = 0; i < text->count; i++) {
        for (size_t k = 0; k < text->lines[i].count; k++) {
            const struct piece *piece = &text->lines[i].pieces[k];
            if (piece->kind != PIECE_TEXT && piece->kind != PIECE_NOTE) {
                return false;
            }
            if (!any && piece->kind == PIECE_TEXT && is_no_word(piece->text)) {
                return false;
            }
            any = any || piece->kind == PIECE_TEXT;
        }
    }
    return any;
}

static bool is_head(const struct table_data *data, const struct instance *instance) {
    return instance->kind == INSTANCE_ROW && data->table->bands[instance->band].kind == BAND_HEAD;
}

/* In a head all cells are heads, in another row those that the form gives; what somebody filled in is none. */
static bool is_label(const struct table_data *data, const struct set_row *row, const struct set_cell *cell) {
    const struct template *text = &cell->cell->text;
    return row->instance->kind == INSTANCE_ROW && cell->picture == NULL &&
           (is_head(data, row->instance) ? text->count > 0 && cell->characters > 0 : has_words_only(text));
}

static uint32_t owner_of(const struct table_tagging *tagging, size_t column) {
    return tagging->segment->owner[tagging->row * tagging->segment->data->column_count + column];
}

static bool begins_here(const struct table_tagging *tagging, size_t column) {
    return owner_of(tagging, column) == tagging->row * tagging->segment->data->column_count + column;
}

static bool has_labels_only(const struct table_tagging *tagging) {
    const struct set_row *row = &tagging->segment->rows[tagging->row];
    for (size_t column = 0; column < tagging->segment->data->column_count; column++) {
        const struct set_cell *cell = &row->cells[column];
        if (begins_here(tagging, column) && (cell->cell == NULL || !is_label(tagging->segment->data, row, cell))) {
            return false;
        }
    }
    return true;
}

static void begin_row(struct context *context, struct table_tagging *tagging, bool of_page) {
    struct table_tags *tags = tagging->tags;
    const size_t columns = tagging->segment->data->column_count;
    struct canvas unused = {0};
    tags->row = tag_below(context, &unused, tags->table, ELEMENT_ROW);
    tagging->heads_columns =
        is_head(tagging->segment->data, tagging->segment->rows[tagging->row].instance) || has_labels_only(tagging);
    tagging->above = of_page ? tags->above_paged : tags->above;
    if (of_page != tags->parted) {
        memset(tagging->above, 0, columns * sizeof *tagging->above);
    }
    tags->parted = of_page;
}

void table_tag_row(struct context *context, struct table_tagging *tagging, size_t row) {
    if (tagging->tags == NULL) {
        return;
    }
    const struct table_data *data = tagging->segment->data;
    const struct set_row *set = &tagging->segment->rows[row];
    const bool repeated = !tagging->first && is_among(set->instance, data->head, data->head_count);
    tagging->row = row;
    tagging->above = tagging->tags->above;
    tagging->way = set->broken_above                                 ? TAG_ROW_GOES_ON
                   : repeated || set->instance->kind == INSTANCE_PAD ? TAG_ROW_NONE
                                                                     : TAG_ROW_NEW;
    if (tagging->way == TAG_ROW_NEW) {
        begin_row(context, tagging, is_of_page(data, set->instance));
    }
}

/* Does the place belong to a cell that began in a row of another page? */
static bool continues(const struct context *context, const struct table_tagging *tagging, size_t column) {
    const struct table_data *data = tagging->segment->data;
    const struct instance *instance = tagging->segment->rows[tagging->row].instance;
    size_t nth;
    const struct cell *cell = drawn_cell(context, data, instance->drawn, column, &nth);
    return tagging->segment->rows[tagging->row].cells[column].again ||
           (cell != NULL && table_cell_continues(data, cell, instance, column));
}

/* Beside several rows of a form a label is their head: 父母 │ 称谓 │ 姓名. */
static bool heads_column(const struct table_tagging *tagging, const struct cell *cell) {
    const struct instance *instance = tagging->segment->rows[tagging->row].instance;
    return tagging->heads_columns && (cell->row_span <= 1 || is_head(tagging->segment->data, instance));
}

/* Beside what it heads: at the right end of a row there is nothing, as on a band with the school's name and that of the form. */
static bool heads_something(const struct table_tagging *tagging, size_t column) {
    const size_t last = tagging->segment->data->column_count - 1;
    return tagging->heads_columns || owner_of(tagging, last) != owner_of(tagging, column);
}

/* As many columns as it stands over. */
static void add_cell(struct context *context, struct table_tagging *tagging, size_t column, struct canvas *canvas) {
    const struct set_row *row = &tagging->segment->rows[tagging->row];
    const struct set_cell *set = &row->cells[column];
    const bool label =
        set->cell != NULL && is_label(tagging->segment->data, row, set) && heads_something(tagging, column);
    const uint32_t own = tag_below(context, canvas, tagging->tags->row, label ? ELEMENT_HEAD_CELL : ELEMENT_CELL);
    const size_t columns = tagging->segment->data->column_count;
    struct element *element = tag_of(context, own);
    element->scope = !label ? SCOPE_NONE : heads_column(tagging, set->cell) ? SCOPE_OF_COLUMN : SCOPE_OF_ROW;
    element->columns = 0;
    for (size_t i = column; i < columns && owner_of(tagging, i) == owner_of(tagging, column); i++) {
        tagging->above[i] = own;
        element->columns++;
    }
}

static void place_in_new_row(struct context *context, struct table_tagging *tagging, size_t column,
                             struct canvas *canvas) {
    const size_t columns = tagging->segment->data->column_count;
    const bool begins = begins_here(tagging, column);
    if (!begins && owner_of(tagging, column) % columns != column) {
        return; /* of the cell at its left */
    }
    if (tagging->above[column] != 0 && (!begins || continues(context, tagging, column))) {
        tag_of(context, tagging->above[column])->rows++;
        return;
    }
    add_cell(context, tagging, column, canvas);
}

void table_tag_place(struct context *context, struct table_tagging *tagging, size_t column, struct canvas *canvas) {
    if (tagging->tags == NULL) {
        return;
    }
    switch (tagging->way) {
    case TAG_ROW_NONE:
        break;
    case TAG_ROW_NEW:
        place_in_new_row(context, tagging, column, canvas);
        break;
    case TAG_ROW_GOES_ON:
        if (begins_here(tagging, column) && !tagging->segment->rows[tagging->row].cells[column].again) {
            tag_goes_on(context, canvas, tagging->above[column]);
        }
        break;
    }
}

void table_tag_note(struct context *context, struct table_tagging *tagging, const struct note *note,
                    struct canvas *canvas) {
    struct table_tags *tags = tagging->tags;
    if (tags == NULL) {
        return;
    }
    for (size_t i = 0; i < tags->note_count; i++) {
        if (str_eq(tags->notes[i], note->text)) {
            tag_nothing(context, canvas);
            return;
        }
    }
    ARENA_GROW(context->row_arena, tags->notes, tags->note_count, tags->note_capacity);
    tags->notes[tags->note_count++] = str_copy(context->row_arena, note->text);
    tag_beside(context, tagging->item, canvas, ELEMENT_NOTE);
}
