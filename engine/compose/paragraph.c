/* paragraph.c: text, headings and sections: paragraphs in the flow.
 *
 * A paragraph breaks over pages between its lines, but neither its first nor its last line stands alone (style:
 * min_lines_before, min_lines_after). */
#include "compose/kinds.h"
#include "compose/pages.h"
#include "compose/tags.h"
#include "filter/filter.h"

enum { BOOKMARK_LEVELS = 6 };

struct paragraph_data {
    const struct paragraph *paragraph;
    const struct text_style *style;
    enum text_fit fit;
    const struct heading_entry *heading; /* NULL: not a heading */
};

/* Set for a width. */
struct paragraph_set {
    struct lines lines;
    size_t *note_lines; /* in which the marks of the item's notes stand; NULL: it has none */
};

static size_t *find_marks(const struct context *context, const struct note_list *notes, const struct lines *lines) {
    if (notes == NULL) {
        return NULL;
    }
    size_t *rows = ARENA_ARRAY(context->row_arena, size_t, notes->count);
    for (size_t i = 0; i < notes->count; i++) {
        const size_t offset = notes->items[i].offset;
        rows[i] = offset == NOTE_AT_END ? NOTE_AT_END : lines_find(lines, offset);
    }
    return rows;
}

static const struct paragraph_set *set_for(const struct context *context, const struct item *item, int32_t width_mp) {
    const struct paragraph_data *data = item->data;
    const struct paragraph_set *found = measure_find(item->measure, width_mp);
    if (found != NULL) {
        return found;
    }
    struct paragraph_set *set = ARENA_NEW(context->row_arena, struct paragraph_set);
    set->lines = text_break(context->composer->tools.text, context->row_arena, data->paragraph, width_mp, data->fit);
    set->note_lines = find_marks(context, item->notes, &set->lines);
    measure_keep(item->measure, width_mp, set);
    return set;
}

/* How many of `left` lines stay on this page when `possible` would fit; 0: none. */
static size_t lines_that_stay(const struct text_style *style, size_t possible, size_t from, size_t left) {
    if (possible >= left) {
        return left;
    }
    const size_t before = from == 0 ? style->min_lines_before : 1; /* orphans */
    const size_t after = style->min_lines_after;                   /* widows */
    const size_t most = left > after ? left - after : 0;
    const size_t stay = possible < most ? possible : most;
    return stay >= before ? stay : 0;
}

/* A page doesn't end in part of a word, where it can do so a line or two earlier. */
static size_t lines_to_a_words_end(const struct paragraph_set *set, const struct text_style *style, size_t from,
                                   size_t stay) {
    const size_t before = from == 0 ? style->min_lines_before : 1;
    size_t less = stay;
    while (less > 0 && text_line_parts(&set->lines, from + less - 1)) {
        less--;
    }
    return less >= before && less > 0 ? less : stay;
}

static struct fit place_paragraph(const struct context *context, const struct item *item, struct progress from,
                                  struct room room) {
    const struct paragraph_data *data = item->data;
    const struct paragraph_set *set = set_for(context, item, room.width_mp);
    const size_t left = set->lines.count - from.row;
    const size_t possible = text_lines_within(&set->lines, from.row, room.height_mp);
    size_t stay = lines_that_stay(data->style, possible, from.row, left);
    if (stay == 0 && room.fresh) {
        stay = possible > 0 ? possible : 1; /* no page will ever be higher */
    }
    if (stay >= left) {
        stay = left;
    } else {
        stay = lines_to_a_words_end(set, data->style, from.row, stay);
    }
    return (struct fit){
        .kind = stay == left ? FITS
                : stay > 0   ? FITS_IN_PART
                             : FITS_NOT,
        .height_mp = text_lines_height(&set->lines, from.row, from.row + stay),
        .one_line = set->lines.count == 1,
        .next = {.row = from.row + stay},
        .note_lines = set->note_lines,
        .plan = set,
    };
}

static void emit_heading(struct context *context, const struct heading_entry *heading, struct canvas *canvas,
                         struct box box) {
    const uint8_t level = heading->level + context->made.shift < BOOKMARK_LEVELS
                              ? (uint8_t)(heading->level + context->made.shift)
                              : BOOKMARK_LEVELS;
    tag_level(context, canvas->element, level);
    running_add_heading(context, heading);
    struct mark *mark = canvas_add(canvas, MARK_ANCHOR, box.x_mp, box.y_mp);
    mark->anchor = (struct mark_anchor){.name = heading->anchor, .title = heading->title, .level = level};
}

static void commit_paragraph(struct context *context, const struct item *item, struct progress from,
                             const struct fit *fit, struct canvas *canvas, struct box box) {
    const struct paragraph_data *data = item->data;
    const struct paragraph_set *set = fit->plan;
    const size_t to = fit->kind == FITS ? set->lines.count : fit->next.row;
    tag_item(context, item, data->heading != NULL ? ELEMENT_HEADING : ELEMENT_PARAGRAPH);
    if (data->heading != NULL && from.row == 0) {
        emit_heading(context, data->heading, canvas, box);
    }
    emit_lines(context, canvas, &set->lines, from.row, to, box.x_mp, box.y_mp);
}

static const struct item_kind paragraph_kind = {"text", place_paragraph, commit_paragraph};

static struct paragraph_data *add(struct context *context, const struct scope *scope, struct items *out,
                                  const struct block *block, const struct paragraph *paragraph,
                                  const struct text_style *style, enum text_fit fit) {
    struct item *item = items_add(context, scope, out, &paragraph_kind, block);
    struct paragraph_data *data = ARENA_NEW(context->row_arena, struct paragraph_data);
    *data = (struct paragraph_data){.paragraph = paragraph, .style = style, .fit = fit};
    item->data = data;
    item->before_mp = style->space_before_mp;
    item->after_mp = style->space_after_mp;
    item->keep_with_next = style->keep_with_next;
    count_given(context, paragraph);
    return data;
}

/* Notes of a text that was added last: they go to the foot of its page, or below it where there is none. */
static void add_notes(struct context *context, const struct scope *scope, struct items *out, const struct block *block,
                      const struct note_list *notes) {
    for (size_t i = 0; scope->boxed && i < notes->count; i++) {
        add(context, scope, out, block, notes->items[i].paragraph, notes->items[i].style, FIT_NORMAL);
    }
    if (scope->boxed || notes->count == 0) {
        return;
    }
    struct item *item = &out->list[out->count - 1];
    if (item->notes == NULL) {
        item->notes = ARENA_NEW(context->row_arena, struct note_list);
    }
    for (size_t i = 0; i < notes->count; i++) {
        ARENA_GROW(context->row_arena, item->notes->items, item->notes->count, item->notes->capacity);
        item->notes->items[item->notes->count++] = notes->items[i];
        count_given(context, notes->items[i].paragraph);
    }
}

/* With more columns than a page has room for, a row of a table is a line of text. */
static bool has_room_for_columns(const struct rich_paragraph *rows, size_t count) {
    enum { COLUMNS_MAX = 16 };
    return rich_table_columns(rows, count) <= COLUMNS_MAX;
}

static void add_rich(struct context *context, const struct scope *scope, struct items *out, const struct block *block,
                     const struct rich_paragraph *rich, size_t count) {
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; rich[i].table && end < count && rich[end].table == rich[i].table;) {
            end++;
        }
        if (rich[i].table && has_room_for_columns(rich + i, end - i)) {
            add_rich_table(context, scope, out, block, rich + i, end - i);
        } else {
            for (size_t row = i; row < end; row++) {
                add(context, scope, out, block, rich[row].paragraph, rich[row].style, FIT_NORMAL);
            }
        }
    }
}

void build_text(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    const struct template *text = &block->text.text;
    for (size_t i = 0; i < text->count; i++) {
        const struct template_line *line = &text->lines[i];
        struct rich_paragraph *rich;
        size_t count;
        if (expand_rich(scope, context->row_arena, line, &rich, &count)) {
            add_rich(context, scope, out, block, rich, count);
            continue;
        }
        struct note_list notes = notes_of_text(context);
        struct scope inside = *scope;
        inside.notes = &notes;
        struct paragraph *paragraph = shape_line(&inside, context->row_arena, line);
        context->made.note += (uint32_t)notes.count;
        add(context, scope, out, block, paragraph, scope_style(scope, line->style), line_fit(context, line));
        add_notes(context, scope, out, block, &notes);
    }
}

/* --- headings --------------------------------------------------------------------------------------------------------
 */

static const struct heading_entry *list_heading(struct context *context, struct str title, uint8_t level) {
    struct made *made = &context->made;
    ARENA_GROW(context->arena, made->headings, made->heading_count, made->heading_capacity);
    const struct heading_entry entry = {
        .title = title,
        .anchor = str_printf(context->arena, "h%zu", made->heading_count + 1),
        .level = level,
        .index = made->heading_count,
    };
    made->headings[made->heading_count++] = entry;
    return arena_copy(context->arena, &entry, sizeof entry); /* the list may move */
}

/* What the contents list and the bookmarks say: the words without the marks of notes. */
static struct str title_of(struct context *context, struct str number, const struct spans *spans,
                           const struct note_list *notes) {
    struct str title = number;
    size_t offset = 0, mark = 0;
    for (size_t i = 0; i < spans->count; i++) {
        const struct text_span *span = &spans->items[i];
        bool is_mark = mark < notes->count && notes->items[mark].offset == offset && span->field == FIELD_NONE;
        if (is_mark) {
            mark++;
        } else {
            title = str_join(context->arena, title, span->text);
        }
        offset += span->field == FIELD_NONE ? span->text.n : 0;
    }
    return title;
}

static void add_heading(struct context *context, const struct scope *scope, const struct block *block,
                        const struct template_line *line, struct str number, uint8_t level, bool last,
                        struct items *out) {
    struct note_list notes = notes_of_text(context);
    struct scope inside = *scope;
    inside.notes = &notes;
    struct spans spans = expand_line(&inside, line);
    context->made.note += (uint32_t)notes.count;
    const struct text_style *style = scope_style(scope, line->style);
    struct text_span *all = ARENA_ARRAY(context->row_arena, struct text_span, spans.count + 1);
    const struct str title = title_of(context, number, &spans, &notes);
    size_t count = 0;
    if (number.n > 0) {
        all[count++] = (struct text_span){.text = number, .style = style};
    }
    for (size_t i = 0; i < spans.count; i++) {
        all[count++] = spans.items[i];
    }
    for (size_t i = 0; i < notes.count; i++) {
        notes.items[i].offset += number.n;
    }
    struct spans whole = {all, count, count};
    struct paragraph *paragraph = shape_spans(scope, context->row_arena, line->place, &whole, style);
    struct paragraph_data *data = add(context, scope, out, block, paragraph, style, line_fit(context, line));
    data->heading = title.n > 0 ? list_heading(context, title, level) : NULL;
    if (last) {
        out->list[out->count - 1].keep_with_next = true;
    }
    add_notes(context, scope, out, block, &notes);
}

static void add_headings(struct context *context, const struct scope *scope, const struct block *block,
                         const struct template *text, struct str number, uint8_t level, struct items *out) {
    for (size_t i = 0; i < text->count; i++) {
        add_heading(context, scope, block, &text->lines[i], i == 0 ? number : STR_NONE, level, true, out);
    }
}

void build_heading(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    add_headings(context, scope, block, &block->heading.text, STR_NONE, (uint8_t)block->heading.level, out);
}

/* 一、 then （一） then 1. then （1） (GB/T 9704). */
static struct str section_number(struct context *context, int32_t level, int32_t n) {
    struct str han = filter_han_number(context->arena, n);
    switch (level) {
    case 0:
        return str_join(context->arena, han, STR("、"));
    case 1:
        return str_printf(context->arena, "（%.*s）", STR_ARG(han));
    case 2:
        return str_printf(context->arena, "%d.", (int)n);
    default:
        return str_printf(context->arena, "（%d）", (int)n);
    }
}

struct str section_next(struct context *context, const struct scope *scope, const struct block *block) {
    int32_t *numbers = context->made.sections;
    const int32_t level = scope->section_level;
    struct str number = STR_NONE;
    if (block->section.numbered && level < SECTION_LEVELS) {
        number = section_number(context, level, ++numbers[level]);
    }
    if (level + 1 < SECTION_LEVELS) {
        numbers[level + 1] = 0;
    }
    return number;
}

void build_section(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    struct scope inside = *scope;
    const struct str number = section_next(context, scope, block);
    inside.group = tag_group(context, scope->group);
    if (block->section.new_page && !scope->nested) {
        items_add(context, scope, out, NULL, block)->control = ITEM_BREAK;
    }
    add_headings(context, scope_keep(&inside), block, &block->section.title, number,
                 (uint8_t)(scope->section_level + 1), out);
    inside.section_level++;
    build_blocks(context, scope_keep(&inside), block->body.items, block->body.count, out);
}

/* --- notes without a mark -------------------------------------------------------------------------------------------- */

static struct fit place_nothing(const struct context *context, const struct item *item, struct progress from,
                                struct room room) {
    (void)context, (void)item, (void)from, (void)room;
    return (struct fit){.kind = FITS};
}

static void commit_nothing(struct context *context, const struct item *item, struct progress from,
                           const struct fit *fit, struct canvas *canvas, struct box box) {
    (void)context, (void)item, (void)from, (void)fit, (void)canvas, (void)box;
}

static const struct item_kind footnote_kind = {"footnote", place_nothing, commit_nothing};

/* A note belongs to the block above it; where none is, to the page that it falls on. */
void build_footnote(struct context *context, const struct scope *scope, const struct block *block, struct items *out) {
    const struct template *text = &block->footnote.text;
    struct note_list notes = {0};
    for (size_t i = 0; i < text->count; i++) {
        note_add(scope, &notes, &text->lines[i]);
    }
    if (!scope->boxed && (out->count == 0 || out->list[out->count - 1].control != ITEM_PLACED)) {
        items_add(context, scope, out, &footnote_kind, block);
    }
    add_notes(context, scope, out, block, &notes);
}
