/* tab.c: the blocks of a layout become lines and tables, in their order.
 *
 *     lines, a heading, lines, TABLE, lines, a heading, TABLE, lines
 *     └───────────┬────────────────┘  └─┬─┘  └─────┬────────┘  └─┬─┘
 *           the first tab          its notes   the second    its notes
 *
 * On top of each tab stand the document's title and what the pages' header says on each of them, at its foot what their footer says. */
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "compose/expand.h"
#include "compose/tab_internal.h"
#include "compose/kinds.h"
#include "filter/filter.h"
#include "layout/visit.h"

/* More lines than these before a table get a sheet of their own: its head would be far from the top. */
enum { LINES_ABOVE = 6, NAME_WIDTH = 60 };

/* A line of words between tables; one that begins something stays with what follows, and gives its name when it is no sentence. */
struct pending {
    struct str text;
    bool heading, names;
};

struct walk {
    struct context *context;
    struct tabs *out;
    size_t capacity;
    struct pending *lines; /* since the last table */
    size_t line_count, line_capacity;
    struct tab_lines above, below; /* of every tab: title and header, footer */
    struct str heading;            /* the last one; STR_NONE: none yet */
    struct str of_row;             /* what the row is called, in a file of many; STR_NONE */
    bool tabs_of_row;              /* has the row in hand a tab? */
};

void tab_lines_add(struct arena *arena, struct tab_lines *lines, struct str line) {
    if (line.n > 0) {
        ARENA_GROW(arena, lines->items, lines->count, lines->capacity);
        lines->items[lines->count++] = line;
    }
}

static void add_line(struct walk *walk, struct str text, bool heading) {
    if (text.n == 0) {
        return;
    }
    const bool names = heading && utf8_width(text) <= NAME_WIDTH && !str_ends(text, STR("。"));
    ARENA_GROW(walk->context->arena, walk->lines, walk->line_count, walk->line_capacity);
    walk->lines[walk->line_count++] = (struct pending){text, heading, names};
    walk->heading = names ? text : walk->heading;
}

/* --- tabs ----------------------------------------------------------------------------------------------------------- */

/* A title that the body prints as well stands once. */
static bool is_title(struct walk *walk, struct str text) {
    struct arena *arena = walk->context->arena;
    return str_eq(tab_without_blanks(arena, text), tab_without_blanks(arena, walk->out->title));
}

static struct tab_lines common_lines(struct walk *walk) {
    struct tab_lines lines = {0};
    for (size_t i = 0; i < walk->above.count; i++) {
        tab_lines_add(walk->context->arena, &lines, walk->above.items[i]);
    }
    return lines;
}

static struct tab *add_tab(struct walk *walk, size_t from, size_t to) {
    struct arena *arena = walk->context->arena;
    struct tab_lines above = common_lines(walk);
    for (size_t i = from; i < to; i++) {
        if (!is_title(walk, walk->lines[i].text)) {
            tab_lines_add(arena, &above, walk->lines[i].text);
        }
    }
    if (from == to && walk->heading.n > 0 && !is_title(walk, walk->heading)) {
        tab_lines_add(arena, &above, walk->heading); /* the second table below one heading */
    }
    ARENA_GROW(arena, walk->out->items, walk->out->count, walk->capacity);
    struct tab *tab = &walk->out->items[walk->out->count++];
    const struct str name = walk->heading.n > 0 ? walk->heading : walk->out->title;
    *tab = (struct tab){
        .name = walk->of_row.n > 0 ? str_printf(arena, "%.*s %.*s", STR_ARG(walk->of_row), STR_ARG(name)) : name,
        .above = above.items,
        .above_count = above.count,
    };
    walk->tabs_of_row = true;
    return tab;
}

/* Lines [0, to) since the last table are its notes. */
static void close_tab(struct walk *walk, size_t to) {
    struct arena *arena = walk->context->arena;
    if (!walk->tabs_of_row) {
        return;
    }
    struct tab *tab = &walk->out->items[walk->out->count - 1];
    struct tab_lines below = {0};
    for (size_t i = 0; i < tab->below_count; i++) {
        tab_lines_add(arena, &below, tab->below[i]);
    }
    for (size_t i = 0; i < to; i++) {
        tab_lines_add(arena, &below, walk->lines[i].text);
    }
    for (size_t i = 0; i < walk->below.count; i++) {
        tab_lines_add(arena, &below, walk->below.items[i]);
    }
    tab->below = below.items;
    tab->below_count = below.count;
}

static size_t first_heading(const struct walk *walk) {
    size_t at = 0;
    while (at < walk->line_count && !walk->lines[at].heading) {
        at++;
    }
    return at;
}

/* Where the last run of lines from `from` on begins that a table may carry above it. */
static size_t last_lines(const struct walk *walk, size_t from) {
    size_t at = walk->line_count;
    if (at - from <= LINES_ABOVE) {
        return from;
    }
    while (walk->line_count - at < LINES_ABOVE) {
        at--;
        if (walk->lines[at].heading && !walk->lines[at - 1].heading) {
            break;
        }
    }
    return at;
}

/* Lines alone: what stands far above a table, or all of a row that has none. */
static void add_words(struct walk *walk, size_t from, size_t to) {
    const struct str heading = walk->heading;
    walk->heading = STR_NONE;
    for (size_t i = from; i < to && walk->heading.n == 0; i++) {
        walk->heading = walk->lines[i].names ? walk->lines[i].text : STR_NONE;
    }
    add_tab(walk, from, to);
    walk->heading = heading;
    close_tab(walk, 0);
    walk->tabs_of_row = false;
}

/* The lines since the last table go below it, or above the one to come. */
static size_t part_lines(struct walk *walk) {
    const size_t from = walk->tabs_of_row ? first_heading(walk) : 0;
    if (walk->tabs_of_row) {
        close_tab(walk, from);
    }
    const size_t own = last_lines(walk, from);
    if (own > from) {
        add_words(walk, from, own);
    }
    return own;
}

static void count_characters(struct tabs *out, const struct tab *tab) {
    for (size_t i = 0; i < tab->count; i++) {
        out->characters += utf8_count(tab->cells[i].text);
    }
}

static void walk_table(struct walk *walk, const struct scope *scope, const struct table *table) {
    struct tab_lines notes = {0};
    const size_t from = part_lines(walk);
    struct tab *tab = add_tab(walk, from, walk->line_count);
    walk->line_count = 0;
    tab_table(walk->context, scope, table, tab, &notes);
    tab->below = notes.items;
    tab->below_count = notes.count;
    count_characters(walk->out, tab);
}

/* --- lines ----------------------------------------------------------------------------------------------------------- */

static void walk_notes(struct walk *walk, const struct note_list *notes) {
    struct arena *arena = walk->context->arena;
    for (size_t i = 0; i < notes->count; i++) {
        const struct str mark = note_mark(arena, notes->before + i + 1);
        add_line(walk, str_join(arena, mark, notes->items[i].text), false);
    }
}

static void walk_text(struct walk *walk, const struct scope *scope, const struct template *text, struct str number,
                      bool heading) {
    for (size_t i = 0; i < text->count; i++) {
        struct note_list notes = notes_of_text(walk->context);
        struct scope inside = *scope;
        inside.notes = &notes;
        const struct template_line *line = &text->lines[i];
        const struct str words = tab_line(&inside, line);
        walk->context->made.note += (uint32_t)notes.count;
        add_line(walk, str_join(scope->arena, i == 0 ? number : STR_NONE, words),
                 heading || scope_style(scope, line->style)->keep_with_next);
        walk_notes(walk, &notes);
    }
}

/* A table without rules: the words of its cells, a row a line. */
static void walk_row(struct walk *walk, const struct scope *scope, const struct drawn_row *row) {
    struct str line = STR_NONE;
    for (size_t i = 0; i < row->count; i++) {
        const struct template *text = &row->cells[i].text;
        for (size_t j = 0; j < text->count && row->cells[i].join == JOIN_NONE; j++) {
            const struct str words = tab_line(scope, &text->lines[j]);
            if (words.n > 0 && line.n > 0) {
                line = str_join(scope->arena, line, STR("　"));
            }
            line = str_join(scope->arena, line, words);
        }
    }
    add_line(walk, line, false);
}

static void walk_rows(struct walk *walk, const struct scope *scope, const struct table *table) {
    for (size_t i = 0; i < table->band_count; i++) {
        const struct band *band = &table->bands[i];
        for (size_t j = 0; j < band->row_count && scope_holds(scope, band->when, band->unless); j++) {
            walk_row(walk, scope, &band->rows[j]);
        }
    }
}

static void walk_signature(struct walk *walk, const struct scope *scope, const struct block *block) {
    walk_text(walk, scope, &block->signature.name, STR_NONE, false);
    walk_text(walk, scope, &block->signature.date, STR_NONE, false);
}

/* --- blocks ---------------------------------------------------------------------------------------------------------- */

static void walk_blocks(struct walk *walk, const struct scope *scope, const struct block_list *blocks);

static void walk_section(struct walk *walk, const struct scope *scope, const struct block *block) {
    const struct str number = section_next(walk->context, scope, block);
    walk_text(walk, scope, &block->section.title, number, true);
    struct scope inside = *scope;
    inside.section_level++;
    walk_blocks(walk, &inside, &block->body);
}

static void walk_each(struct walk *walk, const struct scope *scope, const struct block *block) {
    const struct rows *rows = scope_rows_kept(scope, block->each.query);
    for (size_t i = 0; i < rows->count; i++) {
        struct scope inside = *scope;
        scope_push(&inside, &rows->cells[i * rows->columns]);
        walk_blocks(walk, &inside, &block->body);
    }
}

static void walk_block(struct walk *walk, const struct scope *scope, const struct block *block) {
    switch (block->kind) {
    case BLOCK_TEXT:
        walk_text(walk, scope, &block->text.text, STR_NONE, false);
        break;
    case BLOCK_HEADING:
        walk_text(walk, scope, &block->heading.text, STR_NONE, true);
        break;
    case BLOCK_FOOTNOTE:
        walk_text(walk, scope, &block->footnote.text, STR_NONE, false);
        break;
    case BLOCK_SIGNATURE:
        walk_signature(walk, scope, block);
        break;
    case BLOCK_SECTION:
        walk_section(walk, scope, block);
        break;
    case BLOCK_EACH:
        walk_each(walk, scope, block);
        break;
    case BLOCK_TABLE:
        if (tab_is_table(block->table)) {
            walk_table(walk, scope, block->table);
        } else {
            walk_rows(walk, scope, block->table);
        }
        break;
    case BLOCK_COLUMNS:
    case BLOCK_KEEP:
    case BLOCK_PREPRINTED:
    case BLOCK_USE:
    case BLOCK_GROUP:
        walk_blocks(walk, scope, &block->body);
        break;
    case BLOCK_CHART:
    case BLOCK_CONTENTS:
    case BLOCK_CROSSES:
    case BLOCK_FRAME:
    case BLOCK_IMAGE:
    case BLOCK_PAGE:
    case BLOCK_QR:
    case BLOCK_RULE:
    case BLOCK_SEAL:
    case BLOCK_SPACE:
        break;
    }
}

static void walk_blocks(struct walk *walk, const struct scope *scope, const struct block_list *blocks) {
    for (size_t i = 0; i < blocks->count; i++) {
        if (scope_holds(scope, blocks->items[i].when, blocks->items[i].unless)) {
            walk_block(walk, scope, &blocks->items[i]);
        }
    }
}

/* --- headers and footers --------------------------------------------------------------------------------------------- */

static bool is_of_page(const struct walk *walk, const struct piece *piece) {
    if (piece->kind == PIECE_VALUE) {
        const enum source source = walk->context->resolved->values[piece->value].source;
        return source == SOURCE_PAGE_FIRST || source == SOURCE_PAGE_LAST;
    }
    return piece->kind == PIECE_PAGE || piece->kind == PIECE_PAGES || piece->kind == PIECE_SECTION;
}

/* The words of a header's line that hold on every page: of those that wide spaces part, the ones without page or running head. */
static struct str steady_words(const struct walk *walk, const struct scope *scope, const struct template_line *line) {
    static const struct str wide = STR_INIT("　");
    struct str all = STR_NONE, words = STR_NONE;
    bool of_page = false;
    for (size_t i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        const bool text = piece->kind == PIECE_TEXT;
        struct template_line one = {.place = line->place, .style = line->style, .pieces = &line->pieces[i], .count = 1};
        of_page |= is_of_page(walk, piece);
        struct str rest = text ? piece->text : is_of_page(walk, piece) ? STR_NONE : tab_line(scope, &one);
        while (text && rest.n > 0) {
            const bool gap = str_starts(rest, wide);
            size_t next = gap ? wide.n : 0;
            if (gap) {
                all = of_page ? all : str_join(scope->arena, all, str_join(scope->arena, words, wide));
                words = STR_NONE;
                of_page = false;
            } else {
                utf8_next(rest, &next);
                words = str_join(scope->arena, words, str_slice(rest, 0, next));
            }
            rest = str_slice(rest, next, rest.n);
        }
        words = text ? words : str_join(scope->arena, words, rest);
    }
    return blanks_trim(of_page ? all : str_join(scope->arena, all, words));
}

static void walk_stamp(struct walk *walk, const struct scope *scope, const struct drawn_row *rows, size_t count,
                       struct tab_lines *out) {
    struct str line = STR_NONE;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < rows[i].count; j++) {
            const struct template *text = &rows[i].cells[j].text;
            for (size_t k = 0; k < text->count; k++) {
                const struct str words = steady_words(walk, scope, &text->lines[k]);
                if (words.n > 0 && !is_title(walk, words)) {
                    line = line.n > 0 ? str_printf(scope->arena, "%.*s　　%.*s", STR_ARG(line), STR_ARG(words)) : words;
                }
            }
        }
    }
    tab_lines_add(scope->arena, out, line);
}

/* What stands on every page, or on the odd ones; else on the first. */
static enum stamp_side side_of(struct drawn_row *const rows[STAMP_SIDES]) {
    return rows[STAMP_ANY] != NULL ? STAMP_ANY : rows[STAMP_ODD] != NULL ? STAMP_ODD : STAMP_FIRST;
}

static void walk_stamps(struct walk *walk, const struct scope *scope) {
    const struct page_kind *kind = &walk->context->layout->pages[0];
    const enum stamp_side header = side_of(kind->header), footer = side_of(kind->footer);
    walk->above = walk->below = (struct tab_lines){0};
    tab_lines_add(scope->arena, &walk->above, walk->out->title);
    if (kind->header[header] != NULL) {
        walk_stamp(walk, scope, kind->header[header], kind->header_rows[header], &walk->above);
    }
    if (kind->footer[footer] != NULL) {
        walk_stamp(walk, scope, kind->footer[footer], kind->footer_rows[footer], &walk->below);
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------------- */

static void walk_document(struct walk *walk, const struct value *row) {
    struct context *context = walk->context;
    const struct layout *layout = context->layout;
    struct findings found = {.arena = context->row_arena};
    const struct scope scope = scope_of_document(context, row, &found);
    const struct block_list lists[] = {
        {layout->body, layout->body_count}, {layout->front, layout->front_count}, {layout->back, layout->back_count}};
    walk->line_count = 0;
    walk->heading = STR_NONE;
    walk->tabs_of_row = false;
    memset(context->made.sections, 0, sizeof context->made.sections);
    walk_stamps(walk, &scope);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        walk_blocks(walk, &scope, &lists[i]);
    }
    if (walk->tabs_of_row) {
        close_tab(walk, walk->line_count);
    } else {
        add_words(walk, 0, walk->line_count);
    }
    context->told.incomplete |= found.incomplete;
    findings_tell(context, &found);
    arena_reset(context->row_arena);
    arena_reset(context->page_arena);
}

bool compose_tabs(struct composer *composer, struct arena *arena, const struct rows *rows, size_t from, size_t to,
                  struct str record, const struct str *records, struct diags *diags, struct tabs *out) {
    struct context context = context_create(composer, arena, record, diags);
    struct walk walk = {.context = &context, .out = out};
    *out = (struct tabs){.title = composer->layout->title};
    context_check(&context, rows->columns > 0 ? &rows->cells[from * rows->columns] : NULL);
    for (size_t i = from; i < to && !context.told.failed; i++) {
        const struct value *row = rows->columns > 0 ? &rows->cells[i * rows->columns] : NULL;
        context.record = records != NULL ? records[i - from] : record;
        walk.of_row = to - from > 1 ? context_bookmark(&context, row, i - from + 1) : STR_NONE;
        walk_document(&walk, row);
    }
    out->incomplete = context.told.incomplete;
    return !context.told.failed;
}

static bool note_tab(void *context, const struct block *block) {
    *(bool *)context |= block->kind == BLOCK_TABLE && tab_is_table(block->table);
    return true;
}

bool layout_has_tab(const struct layout *layout) {
    bool has = false;
    const struct visitor visitor = {.context = &has, .open = note_tab};
    visit_blocks(&visitor, layout->body, layout->body_count);
    visit_blocks(&visitor, layout->front, layout->front_count);
    visit_blocks(&visitor, layout->back, layout->back_count);
    return has && !layout->has_volume;
}
