/* stamp.c: headers and footers, put on when all pages are there.
 *
 * Documents that share a file are its parts: each counts its own pages, and has a first and a last one. So 第 X 页 共 Y 页 are plain text, centred as such, and a running head can come from the row of its page. */
#include "compose/pages.h"

struct stamp {
    struct drawn_row *rows;
    size_t count;
};

/* The sides of a page, the most particular first, as it counts in its part. */
struct sides {
    enum stamp_side order[4];
    size_t count;
};

static struct sides sides_of(const struct page_record *page, const struct part *part, size_t index) {
    struct sides sides = {.order = {STAMP_BLANK}, .count = 1};
    if (!page->counts) {
        return sides;
    }
    sides.count = 0;
    if (index == part->from) {
        sides.order[sides.count++] = STAMP_FIRST;
    }
    if (index + 1 == part->to) {
        sides.order[sides.count++] = STAMP_LAST; /* a single page is both */
    }
    sides.order[sides.count++] = (index - part->from) % 2 == 0 ? STAMP_ODD : STAMP_EVEN;
    sides.order[sides.count++] = STAMP_ANY;
    return sides;
}

static struct stamp choose(struct drawn_row *const rows[STAMP_SIDES], const size_t counts[STAMP_SIDES],
                           const struct sides *sides) {
    for (size_t i = 0; i < sides->count; i++) {
        const enum stamp_side side = sides->order[i];
        if (rows[side] != NULL) {
            return (struct stamp){rows[side], counts[side]};
        }
    }
    return (struct stamp){0};
}

/* The cell's place in its row says where its text stands, unless its own style does: `.left` in the last cell. */
static enum text_align line_align(const struct scope *scope, const struct template *text, size_t line,
                                  enum text_align align) {
    const uint32_t use = text->lines[line].style;
    return use != NO_STYLE && scope->context->resolved->aligned[use] ? scope_style(scope, use)->align : align;
}

static struct lines break_cell(const struct scope *scope, const struct template *text, size_t line, int32_t width_mp,
                               enum text_align align) {
    const struct spans spans = expand_line(scope, &text->lines[line]);
    const struct text_style *own = scope_style(scope, text->lines[line].style);
    struct text_style *style = arena_copy(scope->arena, own, sizeof *own);
    style->align = line_align(scope, text, line, align);
    style->indent_mp = 0;
    for (size_t i = 0; i < spans.count; i++) {
        if (spans.items[i].style == own) {
            spans.items[i].style = style;
        }
    }
    const struct paragraph *paragraph = shape_spans(scope, scope->arena, text->lines[line].place, &spans, style);
    return text_break(scope->context->composer->tools.text, scope->arena, paragraph, width_mp, FIT_NAME);
}

static enum text_align cell_align(size_t index, size_t count) {
    if (count == 1) {
        return ALIGN_CENTRE;
    }
    if (index == 0) {
        return ALIGN_LEFT;
    }
    return index + 1 == count ? ALIGN_RIGHT : ALIGN_CENTRE;
}

/* A cell of a row, set: its lines from the top, where it stands in the type area, and how wide it would be. */
struct stamp_cell {
    struct lines *lines;
    size_t count;
    int32_t x_mp, width_mp;
    int32_t widest_mp, height_mp;
    enum text_align align;
};

enum { STAMP_CELLS = 3, STAMP_GAP_MP = 9000 }; /* a row has three cells at most, layout/ sees to it */

static void set_cell(const struct scope *scope, const struct drawn_row *row, size_t index, struct stamp_cell *cell) {
    const struct template *text = &row->cells[index].text;
    cell->lines = ARENA_ARRAY(scope->arena, struct lines, text->count);
    cell->count = text->count;
    cell->widest_mp = cell->height_mp = 0;
    cell->align = text->count > 0 ? line_align(scope, text, 0, cell_align(index, row->count)) : ALIGN_LEFT;
    for (size_t line = 0; line < text->count; line++) {
        cell->lines[line] = break_cell(scope, text, line, cell->width_mp, cell_align(index, row->count));
        cell->height_mp += cell->lines[line].height_mp;
        const int32_t natural_mp = paragraph_natural_width(cell->lines[line].paragraph);
        if (natural_mp > cell->widest_mp) {
            cell->widest_mp = natural_mp < cell->width_mp ? natural_mp : cell->width_mp;
        }
    }
}

/* True when a cell comes too near to the one before it, all being set in the whole width. */
static bool is_crowded(const struct stamp_cell *cells, size_t count) {
    int32_t taken = INT32_MIN;
    for (size_t i = 0; i < count; i++) {
        const int32_t spare = cells[i].width_mp - cells[i].widest_mp;
        const int32_t from = cells[i].align == ALIGN_RIGHT ? spare : cells[i].align == ALIGN_CENTRE ? spare / 2 : 0;
        if (cells[i].widest_mp == 0) {
            continue;
        }
        if (taken != INT32_MIN && from < taken + STAMP_GAP_MP) {
            return true;
        }
        taken = from + cells[i].widest_mp;
    }
    return false;
}

/* Side by side: each as wide as it needs, or its share of too narrow a line; what is left is the middle one's. */
static void share_line(struct stamp_cell *cells, size_t count, int32_t width_mp) {
    int64_t needed = 0;
    const int32_t line = width_mp - STAMP_GAP_MP * (int32_t)(count - 1);
    for (size_t i = 0; i < count; i++) {
        needed += cells[i].widest_mp;
    }
    for (size_t i = 0; i < count; i++) {
        cells[i].width_mp =
            needed <= line ? cells[i].widest_mp : (int32_t)((int64_t)line * cells[i].widest_mp / needed);
    }
    cells[count - 1].x_mp = width_mp - cells[count - 1].width_mp;
    if (count == STAMP_CELLS) {
        cells[1].x_mp = cells[0].width_mp + STAMP_GAP_MP;
        cells[1].width_mp = cells[2].x_mp - STAMP_GAP_MP - cells[1].x_mp;
    }
}

/* A row, set. */
struct stamp_row {
    struct stamp_cell cells[STAMP_CELLS];
    size_t count;
    int32_t height_mp;
    struct findings found;
};

static void set_cells(const struct scope *scope, const struct drawn_row *row, struct stamp_row *set) {
    struct scope inside = *scope;
    set->found = (struct findings){.arena = scope->arena};
    set->height_mp = 0;
    inside.found = &set->found;
    for (size_t i = 0; i < row->count; i++) {
        set_cell(&inside, row, i, &set->cells[i]);
        set->height_mp = set->cells[i].height_mp > set->height_mp ? set->cells[i].height_mp : set->height_mp;
    }
}

/* Three cells share the line: each may use what the others leave, so all are set in the whole width as long as they keep clear
 * of each other. Else a long name is made narrower, then smaller, then goes on in a second line. */
static struct stamp_row set_row(const struct scope *scope, const struct drawn_row *row, int32_t width_mp) {
    struct stamp_row set = {.count = row->count};
    for (size_t i = 0; i < row->count; i++) {
        set.cells[i].width_mp = width_mp;
    }
    set_cells(scope, row, &set);
    if (is_crowded(set.cells, set.count)) {
        share_line(set.cells, set.count, width_mp);
        set_cells(scope, row, &set);
    }
    return set;
}

/* All rows of a stamp, set in a width, in the page's arena. Gives back their height. */
static int32_t set_stamp(const struct scope *scope, struct stamp stamp, int32_t width_mp, struct stamp_row **rows) {
    int32_t height = 0;
    *rows = ARENA_ARRAY(scope->arena, struct stamp_row, stamp.count);
    for (size_t i = 0; i < stamp.count; i++) {
        (*rows)[i] = set_row(scope, &stamp.rows[i], width_mp);
        height += (*rows)[i].height_mp;
    }
    return height;
}

static void emit_cell(struct context *context, const struct stamp_cell *cell, struct canvas *canvas, int32_t x_mp,
                      int32_t y_mp) {
    for (size_t line = 0; line < cell->count; line++) {
        const struct lines *lines = &cell->lines[line];
        count_given(context, lines->paragraph);
        emit_lines(context, canvas, lines, 0, lines->count, x_mp, y_mp);
        y_mp += lines->height_mp;
    }
}

/* Emits rows with their top at y; tells what was found. */
static void emit_stamp(struct context *context, struct stamp stamp, const struct stamp_row *rows, struct canvas *canvas,
                       int32_t x_mp, int32_t y_mp) {
    const size_t before = canvas->marks->count;
    for (size_t i = 0; i < stamp.count; i++) {
        findings_tell(context, &rows[i].found);
        for (size_t k = 0; k < rows[i].count; k++) {
            emit_cell(context, &rows[i].cells[k], canvas, x_mp + rows[i].cells[k].x_mp, y_mp);
        }
        y_mp += rows[i].height_mp;
    }
    paper_judge(context, canvas, before, stamp.rows[0].place, STR("header"));
}

static void stamp_page(struct context *context, const struct scope *scope, const struct part *part, size_t index) {
    const struct page_kind *kind = context->made.pages[index].kind;
    const struct sides sides = sides_of(&context->made.pages[index], part, index);
    struct page *page = context->document->pages[index];
    struct canvas canvas = canvas_of_page(context->document, page);
    const struct box area = type_area(context, kind, index);
    struct stamp_row *rows;
    paper_begin(context, (struct box){0, 0, page->width_mp, page->height_mp});
    const struct stamp header = choose(kind->header, kind->header_rows, &sides);
    const struct stamp footer = choose(kind->footer, kind->footer_rows, &sides);
    if (header.count > 0) {
        const int32_t bottom = area.y_mp - kind->header_gap_mp;
        const int32_t height = set_stamp(scope, header, area.width_mp, &rows);
        emit_stamp(context, header, rows, &canvas, area.x_mp, bottom - height);
        if (kind->header_rule_mp > 0) {
            canvas_rule(&canvas, area.x_mp, bottom, area.width_mp, 0, kind->header_rule_mp);
        }
    }
    if (footer.count > 0) {
        const int32_t top = area.y_mp + area.height_mp + kind->footer_gap_mp;
        if (kind->footer_rule_mp > 0) {
            canvas_rule(&canvas, area.x_mp, top, area.width_mp, 0, kind->footer_rule_mp);
        }
        set_stamp(scope, footer, area.width_mp, &rows);
        emit_stamp(context, footer, rows, &canvas, area.x_mp, top);
    }
}

/* Gives back how many count. */
static int32_t number_pages(struct context *context, const struct part *part) {
    int32_t pages = 0;
    for (size_t i = part->from; i < part->to; i++) {
        context->document->pages[i]->number = context->made.pages[i].counts ? ++pages : 0;
    }
    return pages;
}

/* Numbers that the flow left open: they count in their part, and so do the pages of the contents list. */
static void fill_fields(struct context *context, const struct part *part) {
    struct document pages = *context->document;
    pages.pages += part->from;
    pages.count = part->to - part->from;
    document_fill_fields(&pages, 1u << FIELD_PAGE | 1u << FIELD_PAGES | 1u << FIELD_PAGE_OF_ANCHOR);
}

static void stamp_part(struct context *context, const struct part *part) {
    const struct str whole = context->record;
    struct running *running = running_create(context);
    struct stamped page = {.pages = number_pages(context, part), .running = running};
    context->record = part->record;
    context->made.row = part->row;
    for (size_t i = part->from; i < part->to; i++) {
        struct findings found = {.arena = context->page_arena};
        struct scope scope = scope_create(context, &found);
        scope.arena = context->page_arena;
        scope.page = &page;
        scope_push(&scope, context->made.pages[i].row);
        page.page = context->document->pages[i]->number;
        running_enter(running, context, i);
        if (context->made.pages[i].kind != NULL) {
            stamp_page(context, &scope, part, i);
        }
        running_leave(running, context);
        arena_reset(context->page_arena);
    }
    context_tell_gathered(context);
    context->record = whole;
    fill_fields(context, part);
}

void stamp_pages(struct context *context) {
    for (size_t i = 0; i < context->made.part_count; i++) {
        stamp_part(context, &context->made.parts[i]);
    }
}
