/* stamp.c: headers and footers, put on when all pages are there.
 *
 * Documents that share a file are its parts: each counts its own pages, and has a first and a last one. So 第 X 页 共 Y 页 are plain text, centred as such, and a running head can come from the row of its page. */
#include "compose/flow.h"

struct stamp {
    struct drawn_row *rows;
    size_t count;
};

/* The sides of a page, the most particular first, as it counts in its part. */
struct sides {
    enum stamp_side order[4];
    size_t count;
};

static struct sides sides_of(const struct page_note *note, const struct part *part, size_t index) {
    struct sides sides = {.order = {STAMP_BLANK}, .count = 1};
    if (!note->counts) {
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
static enum text_align line_align(struct context *context, const struct template *text, size_t line,
                                  enum text_align align) {
    const uint32_t use = text->lines[line].style;
    return use != NO_STYLE && context->resolved->aligned[use] ? context_style(context, use)->align : align;
}

static struct lines break_cell(struct context *context, const struct template *text, size_t line, int32_t width_mp,
                               enum text_align align) {
    struct spans spans = expand_line(context, &text->lines[line]);
    struct text_style *style = ARENA_NEW(context->page_arena, struct text_style);
    *style = *context_style(context, text->lines[line].style);
    style->align = line_align(context, text, line, align);
    style->indent_mp = 0;
    for (size_t i = 0; i < spans.count; i++) {
        if (spans.items[i].style == context_style(context, text->lines[line].style)) {
            spans.items[i].style = style;
        }
    }
    struct paragraph *paragraph = context_shape_spans(context, context->page_arena, &spans, style);
    context->counts.characters_given += paragraph_characters(paragraph);
    return text_break(context->composer->tools.text, context->page_arena, paragraph, width_mp, FIT_NAME);
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
struct set_cell {
    struct lines *lines;
    size_t count;
    int32_t x_mp, width_mp;
    int32_t widest_mp, height_mp;
    enum text_align align;
};

enum { STAMP_CELLS = 3, STAMP_GAP_MP = 9000 }; /* a row has three cells at most, layout/ sees to it */

static void set_cell(struct context *context, const struct drawn_row *row, size_t index, struct set_cell *cell) {
    const struct template *text = &row->cells[index].text;
    cell->lines = ARENA_ARRAY(context->page_arena, struct lines, text->count);
    cell->count = text->count;
    cell->widest_mp = cell->height_mp = 0;
    cell->align = text->count > 0 ? line_align(context, text, 0, cell_align(index, row->count)) : ALIGN_LEFT;
    for (size_t line = 0; line < text->count; line++) {
        cell->lines[line] = break_cell(context, text, line, cell->width_mp, cell_align(index, row->count));
        cell->height_mp += cell->lines[line].height_mp;
        const int32_t natural_mp = paragraph_natural_width(cell->lines[line].paragraph);
        if (natural_mp > cell->widest_mp) {
            cell->widest_mp = natural_mp < cell->width_mp ? natural_mp : cell->width_mp;
        }
    }
}

/* True when a cell comes too near to the one before it, all being set in the whole width. */
static bool is_crowded(const struct set_cell *cells, size_t count) {
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
static void share_line(struct set_cell *cells, size_t count, int32_t width_mp) {
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

/* Three cells share the line: each may use what the others leave, so all are set in the whole width as long as they keep clear
 * of each other. Else a long name is made narrower, then smaller, then goes on in a second line. */
static void set_row(struct context *context, const struct drawn_row *row, int32_t width_mp, struct set_cell *cells) {
    const struct compose_counts counts = context->counts;
    for (size_t i = 0; i < row->count; i++) {
        cells[i] = (struct set_cell){.width_mp = width_mp};
        set_cell(context, row, i, &cells[i]);
    }
    if (!is_crowded(cells, row->count)) {
        return;
    }
    context->counts = counts;
    share_line(cells, row->count, width_mp);
    for (size_t i = 0; i < row->count; i++) {
        set_cell(context, row, i, &cells[i]);
    }
}

/* Emits a row with its top at y; gives its height. With canvas NULL only measures. */
static int32_t stamp_row(struct context *context, const struct drawn_row *row, struct canvas *canvas, struct box area,
                         int32_t y_mp) {
    struct set_cell cells[STAMP_CELLS];
    int32_t height = 0;
    set_row(context, row, area.width_mp, cells);
    for (size_t i = 0; i < row->count; i++) {
        int32_t y = y_mp;
        for (size_t line = 0; canvas != NULL && line < cells[i].count; line++) {
            context_emit(context, canvas, &cells[i].lines[line], 0, cells[i].lines[line].count,
                         area.x_mp + cells[i].x_mp, y);
            y += cells[i].lines[line].height_mp;
        }
        height = cells[i].height_mp > height ? cells[i].height_mp : height;
    }
    return height;
}

static int32_t stamp_height(struct context *context, struct stamp stamp, struct box area) {
    const struct compose_counts counts = context->counts;
    int32_t height = 0;
    for (size_t i = 0; i < stamp.count; i++) {
        height += stamp_row(context, &stamp.rows[i], NULL, area, 0);
    }
    context->counts = counts;
    return height;
}

static void emit_stamp(struct context *context, struct stamp stamp, struct canvas *canvas, struct box area,
                       int32_t y_mp) {
    const size_t before = canvas->marks->count;
    for (size_t i = 0; i < stamp.count; i++) {
        y_mp += stamp_row(context, &stamp.rows[i], canvas, area, y_mp);
    }
    paper_judge(context, canvas, before, stamp.rows[0].place, STR("header"));
}

static void stamp_page(struct context *context, const struct part *part, size_t index) {
    const struct page_kind *kind = context->notes[index].kind;
    struct sides sides = sides_of(&context->notes[index], part, index);
    struct page *page = context->document->pages[index];
    struct canvas canvas = canvas_of_page(context->document, page);
    const struct box area = type_area(context, kind, index);
    paper_begin(context, (struct box){0, 0, page->width_mp, page->height_mp});
    const struct stamp header = choose(kind->header, kind->header_rows, &sides);
    const struct stamp footer = choose(kind->footer, kind->footer_rows, &sides);
    if (header.count > 0) {
        const int32_t bottom = area.y_mp - kind->header_gap_mp;
        emit_stamp(context, header, &canvas, area, bottom - stamp_height(context, header, area));
        if (kind->header_rule_mp > 0) {
            canvas_rule(&canvas, area.x_mp, bottom, area.width_mp, 0, kind->header_rule_mp);
        }
    }
    if (footer.count > 0) {
        const int32_t top = area.y_mp + area.height_mp + kind->footer_gap_mp;
        if (kind->footer_rule_mp > 0) {
            canvas_rule(&canvas, area.x_mp, top, area.width_mp, 0, kind->footer_rule_mp);
        }
        emit_stamp(context, footer, &canvas, area, top);
    }
}

static void number_pages(struct context *context, const struct part *part) {
    context->pages = 0;
    for (size_t i = part->from; i < part->to; i++) {
        context->document->pages[i]->number = context->notes[i].counts ? ++context->pages : 0;
    }
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
    context->record = part->record;
    number_pages(context, part);
    running_begin(context);
    for (size_t i = part->from; i < part->to; i++) {
        const struct page_note *note = &context->notes[i];
        context->page = context->document->pages[i]->number;
        context->stack = note->stack;
        running_enter(context, i);
        if (note->kind != NULL) {
            stamp_page(context, part, i);
        }
        running_leave(context);
        arena_reset(context->page_arena);
    }
    context_tell_gathered(context);
    context->record = whole;
    context->running = NULL;
    fill_fields(context, part);
}

void stamp_pages(struct context *context) {
    const struct row_stack outer = context->stack;
    context->layer = LAYER_VARIABLE;
    context->words = context->page_arena;
    for (size_t i = 0; i < context->part_count; i++) {
        stamp_part(context, &context->parts[i]);
    }
    context->words = context->arena;
    context->stack = outer;
    context->page = 0;
}
