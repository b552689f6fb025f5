/* expand.c: a template and the rows around become spans of text.
 *
 * What is not there prints by one rule (REQUIREMENTS 4): 缺 where it is required or wanted, 无 where the record says that there
 * is none (an empty text), — where it does not apply or can't be computed (NULL). In a copy for another reader than the layout's
 * own, what that reader doesn't get is 不公开, whether or not the school knows it. */
#include "compose/context.h"

#include <string.h>

#include "base/utf8.h"

#define TEXT_REQUIRED STR("缺")
#define TEXT_WITHHELD STR("不公开")
#define TEXT_NONE     STR("无")
#define TEXT_UNKNOWN  STR("—")

const struct text_style *context_scaled(struct context *context, const struct text_style *style) {
    if (context->scale == WHOLE) {
        return style;
    }
    struct text_style *scaled = ARENA_NEW(context->row_arena, struct text_style);
    *scaled = *style;
    int32_t *lengths[] = {&scaled->size_mp,  &scaled->leading_mp, &scaled->indent_mp,       &scaled->left_mp,
                          &scaled->right_mp, &scaled->rise_mp,    &scaled->space_before_mp, &scaled->space_after_mp};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        *lengths[i] = (int32_t)((int64_t)*lengths[i] * context->scale / WHOLE);
    }
    return scaled;
}

const struct text_style *context_style(struct context *context, uint32_t style) {
    return context_scaled(context, style == NO_STYLE ? context->resolved->body : &context->resolved->styles[style]);
}

static struct str apply_filters(struct context *context, const struct filter_call *calls, size_t count, struct str text,
                                struct place place) {
    for (size_t i = 0; i < count; i++) {
        struct str out = text;
        if (calls[i].filter->prints != PRINTS_TEXT) {
            continue;
        }
        if (calls[i].filter->apply(context->words, text, calls[i].argument, &out)) {
            text = out;
        } else {
            context_tell(context, DIAG_C501, place, text, str_from(calls[i].filter->name));
        }
    }
    return text;
}

/* In Chinese it is called what the form calls it. */
static void tell_unknown(struct context *context, const struct value_ref *ref) {
    const struct str label = ref->label.n > 0 ? ref->label : ref->column;
    struct place place = ref->place;
    place.label = label;
    context_tell(context, ref->need == NEED_REQUIRED ? DIAG_C502 : DIAG_C534, place,
                 diag_both(context->arena, ref->column, label), STR_NONE);
}

/* A number that a filter can read needs no detour over the text that SQLite would write. */
static struct str write_value(struct context *context, uint32_t number, const struct value *value, bool blank) {
    const struct value_ref *ref = &context->layout->values[number];
    const struct str text = value_text(context->words, value);
    bool unknown = value->kind == VALUE_NULL;
    if (!unknown && text.n > 0) {
        return apply_filters(context, ref->filters, ref->filter_count, text, ref->place);
    }
    if (ref->need != NEED_NONE && unknown && context->resolved->values[number].withheld) {
        return TEXT_WITHHELD;
    }
    if (ref->need != NEED_NONE) {
        tell_unknown(context, ref);
        return TEXT_REQUIRED;
    }
    if (blank) {
        return STR_NONE;
    }
    if (ref->kind == REF_PREFIX && !unknown) {
        return STR_NONE; /* a register of signs has many an empty one */
    }
    return unknown ? TEXT_UNKNOWN : TEXT_NONE;
}

struct str expand_value(struct context *context, uint32_t value, bool blank) {
    return write_value(context, value, context_value(context, value), blank);
}

/* Nothing was added, since the reader doesn't get it. */
static bool adds_withheld(const struct context *context, const struct tally *tally, const struct counter *counter) {
    const struct rows *rows = tally->rows;
    const struct resolved_value *value = &context->resolved->values[counter->value];
    if (rows == NULL || tally->from[counter->span] == tally->to[counter->span]) {
        return false;
    }
    for (size_t row = tally->from[counter->span]; row < tally->to[counter->span]; row++) {
        if (rows->cells[row * rows->columns + value->column].kind != VALUE_NULL) {
            return false;
        }
    }
    return value->withheld;
}

static struct str expand_counter(struct context *context, const struct counter *counter) {
    const struct tally *tally = context->tally;
    if (tally == NULL) {
        return TEXT_UNKNOWN;
    }
    struct value value = {.kind = VALUE_INTEGER};
    switch (counter->kind) {
    case COUNTER_NUMBER:
        value.integer = (int64_t)tally->ordinal[counter->span];
        break;
    case COUNTER_COUNT:
        value.integer = (int64_t)(tally->to[counter->span] - tally->from[counter->span]);
        break;
    case COUNTER_SUM:
        value =
            tally_sum(context, tally, counter->span, context->resolved->values[counter->value].column, counter->place);
        if (value.kind == VALUE_INTEGER && value.integer == 0 && adds_withheld(context, tally, counter)) {
            return TEXT_WITHHELD;
        }
        break;
    }
    return apply_filters(context, counter->filters, counter->filter_count, value_text(context->words, &value),
                         counter->place);
}

/* A running head prints nothing while nothing is there that it could tell. */
static bool runs_on_nothing(const struct context *context, uint32_t value) {
    const struct resolved_value *resolved = &context->resolved->values[value];
    bool last = resolved->source == SOURCE_PAGE_LAST;
    return (last || resolved->source == SOURCE_PAGE_FIRST) && running_row(context, resolved->query_use, last) == NULL;
}

static struct str expand_piece(struct context *context, const struct piece *piece) {
    switch (piece->kind) {
    case PIECE_TEXT:
        return piece->text;
    case PIECE_VALUE:
        return expand_value(context, piece->value, runs_on_nothing(context, piece->value));
    case PIECE_COUNTER:
        return expand_counter(context, piece->counter);
    case PIECE_PAGE:
        return context->page ? str_int(context->words, context->page) : STR_NONE;
    case PIECE_PAGES:
        return context->pages ? str_int(context->words, context->pages) : STR_NONE;
    case PIECE_SECTION:
        return running_section(context, piece->value);
    case PIECE_NOTE: /* only a line has room for its mark */
        return STR_NONE;
    }
    return STR_NONE;
}

/* A character whose pinyin isn't known stands without. */
static struct str expand_above(struct context *context, const struct piece *piece) {
    return piece->kind == PIECE_VALUE ? expand_value(context, piece->value, true) : piece->text;
}

/* {page} in the flow is known only after the page: it stays a field. In headers and footers it is a plain number by
 * then. */
static enum field_kind field_of(const struct context *context, const struct piece *piece) {
    if (context->page > 0) {
        return FIELD_NONE;
    }
    if (piece->kind == PIECE_PAGE) {
        return FIELD_PAGE;
    }
    return piece->kind == PIECE_PAGES ? FIELD_PAGES : FIELD_NONE;
}

static bool is_missing_mark(const struct piece *piece, struct str text) {
    return piece->kind == PIECE_VALUE && str_eq(text, TEXT_REQUIRED);
}

/* 缺 is seen among what is filled in: the theme's `missing` lies over the style of its place. */
static const struct text_style *missing_style(struct context *context, const struct text_style *style) {
    const struct missing_look *missing = &context->resolved->missing;
    if (missing->style == NULL) {
        return style;
    }
    struct text_style *look = arena_copy(context->words, style, sizeof *look);
    look->chain = missing->font ? missing->style->chain : style->chain;
    look->colour = missing->colour ? missing->style->colour : style->colour;
    look->decoration |= missing->style->decoration;
    return look;
}

struct spans expand_line(struct context *context, const struct template_line *line) {
    struct spans spans = {.capacity = line->count, .items = ARENA_ARRAY(context->words, struct text_span, line->count)};
    const struct text_style *own = context_style(context, line->style);
    context->at = line->place;
    struct str above = STR_NONE;
    for (size_t i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        if (piece->kind == PIECE_NOTE) {
            note_expand(context, piece, own, &spans);
            continue;
        }
        if (piece->above) {
            above = expand_above(context, piece);
            continue;
        }
        struct str text = expand_piece(context, piece);
        const enum field_kind field = field_of(context, piece);
        if (field != FIELD_NONE) {
            text = STR("999"); /* as wide as it may get */
        }
        const struct str ruby = above;
        above = STR_NONE;
        if (text.n == 0) {
            continue;
        }
        const struct text_style *style = piece->style == NO_STYLE ? own : context_style(context, piece->style);
        if (is_missing_mark(piece, text)) {
            style = missing_style(context, style);
            if (context->layout->values[piece->value].need != NEED_WANTED) {
                context_lacks(context);
            }
        }
        spans.items[spans.count++] = (struct text_span){.text = text, .style = style, .field = field, .ruby = ruby};
    }
    return spans;
}

struct str expand_text(struct context *context, const struct template *text) {
    struct str all = STR_NONE;
    for (size_t i = 0; i < text->count; i++) {
        if (i > 0) {
            all = str_join(context->arena, all, STR(" "));
        }
        for (size_t j = 0; j < text->lines[i].count; j++) {
            if (!text->lines[i].pieces[j].above) {
                all = str_join(context->arena, all, expand_piece(context, &text->lines[i].pieces[j]));
            }
        }
    }
    return all;
}

const struct value *context_path(struct context *context, const struct template *text) {
    struct value *path = ARENA_NEW(context->row_arena, struct value);
    const struct template_line *line = text->lines;
    if (text->count == 1 && line->count == 1 && line->pieces[0].kind == PIECE_VALUE) {
        *path = *context_value(context, line->pieces[0].value);
    } else {
        *path = (struct value){.kind = VALUE_TEXT, .text = expand_text(context, text)};
    }
    return path;
}

struct paragraph *context_shape_spans(struct context *context, struct arena *arena, const struct spans *spans,
                                      const struct text_style *style) {
    struct paragraph *paragraph = text_shape(context->composer->tools.text, arena, spans->items, spans->count, style);
    context_tell_text(context, paragraph);
    return paragraph;
}

struct paragraph *context_shape(struct context *context, struct arena *arena, const struct template_line *line) {
    struct spans spans = expand_line(context, line);
    return context_shape_spans(context, arena, &spans, context_style(context, line->style));
}

struct paragraph *context_shape_text(struct context *context, struct arena *arena, struct str text,
                                     const struct text_style *style) {
    struct text_span span = {.text = text, .style = style};
    struct spans spans = {&span, 1, 1};
    return context_shape_spans(context, arena, &spans, style);
}

void context_emit(struct context *context, struct canvas *canvas, const struct lines *lines, size_t from, size_t to,
                  int32_t x_mp, int32_t y_mp) {
    if (lines->overflows && !context->told_overflow) {
        context->told_overflow = true; /* once a document: a narrow column does it in every row */
        context_tell(context, DIAG_C525, PLACE_NONE, STR_NONE, STR_NONE);
    }
    context->counts.characters_placed += text_emit(canvas, lines, from, to, x_mp, y_mp);
}

bool template_picture(const struct context *context, const struct template *text, uint32_t *value) {
    if (text->count != 1 || text->lines[0].count != 1 || text->lines[0].pieces[0].kind != PIECE_VALUE) {
        return false;
    }
    *value = text->lines[0].pieces[0].value;
    const struct value_ref *ref = &context->layout->values[*value];
    return ref->filter_count > 0 && ref->filters[ref->filter_count - 1].filter->prints == PRINTS_PICTURE;
}
