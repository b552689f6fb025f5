/* workbook.c: rows ──► compose ──► tabs ──► (scan) ──► sheet ──► output */
#include "batch/workbook.h"

#include "base/digest.h"
#include "compose/tab.h"
#include "page/sinks.h"
#include "sheet/tables.h"

/* --- the last line of defence ----------------------------------------------------------------------------------------- */

struct texts {
    struct arena *arena;
    struct str *items;
    size_t count, capacity;
};

static void add(struct texts *texts, struct str text) {
    if (text.n > 0) {
        ARENA_GROW(texts->arena, texts->items, texts->count, texts->capacity);
        texts->items[texts->count++] = text;
    }
}

static void add_all(struct texts *texts, const struct str *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        add(texts, lines[i]);
    }
}

/* A cell's words, and its number, which may show more than its format does. */
static void add_cell(struct texts *texts, const struct tab_cell *cell) {
    add(texts, cell->text);
    add(texts, cell->kind == TAB_NUMBER ? cell->value : STR_NONE);
}

static bool is_digit(struct str text) {
    return text.n == 1 && ((text.p[0] >= '0' && text.p[0] <= '9') || text.p[0] == 'X');
}

/* A number in boxes, a digit each, is one text: neighbours in a row are put together. */
static void add_boxes(struct texts *texts, const struct tab *tab) {
    struct str digits = STR_NONE;
    for (size_t i = 0; i < tab->count; i++) {
        const bool goes_on = i > 0 && tab->cells[i - 1].row == tab->cells[i].row && is_digit(tab->cells[i].text);
        if (!goes_on) {
            add(texts, digits);
            digits = STR_NONE;
        }
        if (is_digit(tab->cells[i].text)) {
            digits = str_join(texts->arena, digits, tab->cells[i].text);
        }
    }
    add(texts, digits);
}

static struct texts texts_of(struct arena *arena, const struct tabs *tabs) {
    struct texts texts = {.arena = arena};
    for (size_t i = 0; i < tabs->count; i++) {
        const struct tab *tab = &tabs->items[i];
        add(&texts, tab->name);
        add_all(&texts, tab->above, tab->above_count);
        add_all(&texts, tab->below, tab->below_count);
        for (size_t k = 0; k < tab->count; k++) {
            add_cell(&texts, &tab->cells[k]);
        }
        add_boxes(&texts, tab);
    }
    return texts;
}

/* The cells of each row, and of each column, as one text. */
static struct texts joined_texts(struct arena *arena, const struct tab *tab) {
    struct texts texts = {.arena = arena, .count = tab->rows + tab->columns};
    struct buffer *lines = ARENA_ARRAY(arena, struct buffer, texts.count);
    texts.items = ARENA_ARRAY(arena, struct str, texts.count);
    for (size_t i = 0; i < tab->count; i++) {
        const struct tab_cell *cell = &tab->cells[i];
        struct buffer *both[] = {&lines[cell->row], &lines[tab->rows + cell->column]};
        for (size_t k = 0; k < 2; k++) {
            buffer_add(both[k], cell->text);
            buffer_byte(both[k], ' ');
        }
    }
    for (size_t i = 0; i < texts.count; i++) {
        texts.items[i] = str_copy(arena, buffer_str(&lines[i]));
        buffer_release(&lines[i]);
    }
    return texts;
}

static enum number_kind scan(struct arena *arena, const struct tabs *tabs, const struct scan_known *known) {
    const struct texts texts = texts_of(arena, tabs);
    enum number_kind found = texts_scan(texts.items, texts.count, arena, known);
    for (size_t i = 0; i < tabs->count && found == NUMBER_NONE; i++) {
        const struct texts joined = joined_texts(arena, &tabs->items[i]);
        found = texts_scan_known(joined.items, joined.count, arena, known);
    }
    return found;
}

static bool may_leave(struct maker *maker, const struct printing *printing, const struct planned *planned,
                      const struct tabs *tabs, struct outcome *outcome) {
    if (printing_shows_numbers(printing)) {
        return true;
    }
    const struct scan_known known = maker_known(maker, run_session(maker->run, printing->reader));
    const enum number_kind found = scan(maker->arena, tabs, &known);
    if (found == NUMBER_NONE) {
        return true;
    }
    DIAG_ADD(&outcome->diags, W102, ((struct place){.record = planned->record}),
             found == NUMBER_ID ? BOTH("ID", "身份证号") : BOTH("phone", "手机号"));
    return false;
}

/* --- the workbook ---------------------------------------------------------------------------------------------------- */

static void describe(struct outcome *outcome, const struct tabs *tabs) {
    outcome->title = tabs->title;
    outcome->pages = tabs->count;
    outcome->counts.characters_given = outcome->counts.characters_placed = tabs->characters;
    outcome->incomplete = tabs->incomplete || diags_any(&outcome->diags, SEVERITY_FAULT);
}

static void dump(struct maker *maker, const struct planned *planned, const struct tabs *tabs) {
    buffer_clear(&maker->bytes);
    buffer_printf(&maker->bytes, "workbook %.*s\n", STR_ARG(planned->path));
    tabs_dump(tabs, &maker->bytes);
    struct str text = buffer_str(&maker->bytes);
    text.n -= text.n > 0 && text.p[text.n - 1] == '\n';
    run_line(maker->run, text);
}

static struct str made_on(const struct maker *maker) {
    const struct value *day = &maker->run->givens.values[GIVEN_AS_OF];
    return day->kind == VALUE_TEXT && day->text.n >= 10 ? day->text : STR("2000-01-01");
}

enum exit_code workbook_make(struct maker *maker, const struct printing *printing, const struct plan *plan,
                             const struct planned *planned, const struct str *records, struct outcome *outcome) {
    struct tabs tabs;
    if (!compose_tabs(printing->composer, maker->arena, &plan->rows, planned->from, planned->to, planned->record,
                      records, &outcome->diags, &tabs)) {
        return EXIT_DOCUMENT;
    }
    describe(outcome, &tabs);
    if (!may_leave(maker, printing, planned, &tabs, outcome)) {
        return EXIT_DOCUMENT;
    }
    if (maker->output == NULL) {
        dump(maker, planned, &tabs);
        return EXIT_MADE;
    }
    const bool good =
        printing->medium == MEDIUM_CSV
            ? tables_write_csv(maker->arena, &tabs, planned->record, &maker->bytes, &outcome->diags)
            : tables_write(maker->arena, &tabs, made_on(maker), planned->record, &maker->bytes, &outcome->diags);
    if (!good) {
        return EXIT_DOCUMENT;
    }
    outcome->incomplete |= diags_any(&outcome->diags, SEVERITY_FAULT);
    outcome->hash = hash_bytes(maker->bytes.bytes, maker->bytes.count);
    return maker_write(maker, planned->path, planned->record, outcome);
}
