/* notes.c: [* words] becomes a raised number, and a note that is set somewhere below.
 *
 * Notes of text are numbered through the document, those of a table in each of its segments. The mark is glued to the character
 * before it. */
#include "compose/notes.h"

#include <assert.h>

#include "base/utf8.h"

#define WORD_JOINER  "\xE2\x81\xA0"
#define NARROW_SPACE "\xE2\x80\xAF" /* of a fixed width, in justified lines too */
#define MARK_SIZE    600            /* of the text's size, in thousandths */
#define MARK_RISE    400

/* ① to ㊿ stand in three places of Unicode. */
struct str note_mark(struct arena *arena, size_t number) {
    static const struct {
        size_t first, last;
        uint32_t code_point;
    } ranges[] = {{1, 20, 0x2460}, {21, 35, 0x3251}, {36, 50, 0x32B1}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        char bytes[4];
        if (number < ranges[i].first || number > ranges[i].last) {
            continue;
        }
        const size_t n = utf8_encode(ranges[i].code_point + (uint32_t)(number - ranges[i].first), bytes);
        return str_copy(arena, (struct str){bytes, n});
    }
    return str_printf(arena, "[%zu]", number);
}

static const struct text_style *mark_style(const struct scope *scope, const struct text_style *own) {
    struct text_style *style = ARENA_NEW(scope->arena, struct text_style);
    *style = *own;
    style->size_mp = (int32_t)((int64_t)own->size_mp * MARK_SIZE / WHOLE);
    style->rise_mp = own->rise_mp + (int32_t)((int64_t)own->size_mp * MARK_RISE / WHOLE);
    return style;
}

static bool is_known(const struct scope *scope, uint32_t number) {
    const struct value *value = scope_value(scope, number);
    return value->kind != VALUE_NULL && value_text(scope->arena, value).n > 0;
}

/* Without values a note always prints; with values when one of them is known, or missed. */
static bool says_something(const struct scope *scope, const struct template_line *line) {
    bool asks = false;
    for (size_t i = 0; i < line->count; i++) {
        if (line->pieces[i].kind != PIECE_VALUE) {
            continue;
        }
        if (scope->context->layout->values[line->pieces[i].value].need != NEED_NONE ||
            is_known(scope, line->pieces[i].value)) {
            return true;
        }
        asks = true;
    }
    return !asks && line->count > 0;
}

static struct str text_of(const struct scope *scope, const struct spans *spans) {
    struct str text = STR_NONE;
    for (size_t i = 0; i < spans->count; i++) {
        text = str_join(scope->arena, text, spans->items[i].text);
    }
    return text;
}

static struct note *add(const struct scope *scope, struct note_list *list) {
    ARENA_GROW(scope->arena, list->items, list->count, list->capacity);
    struct note *note = &list->items[list->count++];
    *note = (struct note){.offset = NOTE_AT_END, .measure = ARENA_NEW(scope->arena, struct measure)};
    return note;
}

/* Shaped in the arena of what it belongs to. number: with its mark before it; 0: without. */
static void set_note(const struct scope *scope, struct note *note, const struct template_line *line,
                     const struct spans *spans, size_t number) {
    struct spans all = {.items = ARENA_ARRAY(scope->arena, struct text_span, spans->count + 1)};
    note->style = scope_style(scope, line->style);
    if (number > 0) {
        const struct str mark = str_join(scope->arena, note_mark(scope->arena, number), STR(NARROW_SPACE));
        all.items[all.count++] = (struct text_span){.text = mark, .style = note->style};
    }
    for (size_t i = 0; i < spans->count; i++) {
        all.items[all.count++] = spans->items[i];
    }
    note->paragraph = shape_spans(scope, scope->arena, line->place, &all, note->style);
}

/* Number of a note; a new one is made unless the table has it already. */
static size_t number_of(const struct scope *scope, const struct template_line *line) {
    struct note_list *list = scope->notes;
    struct scope inside = *scope;
    inside.notes = NULL; /* a note has none of its own */
    struct spans spans = expand_line(&inside, line);
    const struct str text = text_of(scope, &spans);
    size_t number = list->before + list->count + 1;
    for (size_t i = 0; list->of_table && i < list->count; i++) {
        if (str_eq(list->items[i].text, text)) {
            number = i + 1;
        }
    }
    if (!list->of_table || number > list->count) {
        struct note *note = add(scope, list);
        note->text = text;
        set_note(scope, note, line, &spans, number);
    }
    return number;
}

void note_expand(const struct scope *scope, const struct piece *piece, const struct text_style *own,
                 struct spans *spans) {
    struct note_list *list = scope->notes;
    if (list == NULL || !says_something(scope, piece->note)) {
        return;
    }
    size_t offset = 0, number = number_of(scope, piece->note);
    for (size_t i = 0; i < spans->count; i++) {
        offset += spans->items[i].field == FIELD_NONE ? spans->items[i].text.n : 0;
    }
    if (!list->of_table) {
        assert(list->count < 2 || list->items[list->count - 2].offset <= offset); /* N1 */
        list->items[list->count - 1].offset = offset;
    }
    const struct str mark = str_join(scope->arena, STR(WORD_JOINER), note_mark(scope->arena, number));
    spans->items[spans->count++] = (struct text_span){.text = mark, .style = mark_style(scope, own)};
}

void note_add(const struct scope *scope, struct note_list *list, const struct template_line *line) {
    if (!says_something(scope, line)) {
        return;
    }
    struct spans spans = expand_line(scope, line);
    set_note(scope, add(scope, list), line, &spans, 0);
}

struct note_list notes_of_text(const struct context *context) {
    return (struct note_list){.before = context->made.note};
}

const struct lines *note_lines(const struct context *context, struct arena *arena, const struct note *note,
                               int32_t width_mp) {
    const struct lines *lines = measure_find(note->measure, width_mp);
    if (lines == NULL) {
        const struct lines set =
            text_break(context->composer->tools.text, arena, note->paragraph, width_mp, FIT_NORMAL);
        lines = arena_copy(arena, &set, sizeof set);
        measure_keep(note->measure, width_mp, lines);
    }
    return lines;
}
