/* expand.c: a template and the rows around become spans of text.
 *
 * What is not there prints by one rule (REQUIREMENTS 4): 缺 where it is required or wanted, 无 where the record says that there
 * is none (an empty text), — where it does not apply or can't be computed (NULL). In a copy for another reader than the layout's
 * own, what that reader doesn't get is 不公开, whether or not the school knows it. */
#include "compose/expand.h"

#include "base/utf8.h"
#include "compose/pages.h"

#define TEXT_REQUIRED STR("缺")
#define TEXT_WITHHELD STR("不公开")
#define TEXT_NONE     STR("无")
#define TEXT_UNKNOWN  STR("—")

const struct text_style *scope_scaled(const struct scope *scope, const struct text_style *style) {
    if (scope->scale == WHOLE) {
        return style;
    }
    struct text_style *scaled = ARENA_NEW(scope->context->row_arena, struct text_style);
    *scaled = *style;
    int32_t *lengths[] = {&scaled->size_mp,  &scaled->leading_mp, &scaled->indent_mp,       &scaled->left_mp,
                          &scaled->right_mp, &scaled->rise_mp,    &scaled->space_before_mp, &scaled->space_after_mp};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        *lengths[i] = (int32_t)((int64_t)*lengths[i] * scope->scale / WHOLE);
    }
    return scaled;
}

const struct text_style *scope_style(const struct scope *scope, uint32_t style) {
    return scope_scaled(scope,
                        style == NO_STYLE ? scope->context->resolved->body : &scope->context->resolved->styles[style]);
}

static struct str apply_filters(const struct scope *scope, const struct filter_call *calls, size_t count,
                                struct str text, struct place place) {
    for (size_t i = 0; i < count; i++) {
        struct str out = text;
        if (calls[i].filter->prints != PRINTS_TEXT) {
            continue;
        }
        if (calls[i].filter->apply(scope->arena, text, calls[i].argument, &out)) {
            text = out;
        } else {
            findings_add(scope->found, DIAG_C501, place, text, str_from(calls[i].filter->name));
        }
    }
    return text;
}

/* In Chinese it is called what the form calls it. */
static void tell_unknown(const struct scope *scope, const struct value_ref *ref) {
    const struct str label = ref->label.n > 0 ? ref->label : ref->column;
    struct place place = ref->place;
    place.label = label;
    findings_add(scope->found, ref->need == NEED_REQUIRED ? DIAG_C502 : DIAG_C534, place,
                 diag_both(scope->context->arena, ref->column, label), STR_NONE);
}

/* A number that a filter can read needs no detour over the text that SQLite would write. */
static struct str write_value(const struct scope *scope, uint32_t number, const struct value *value, bool blank) {
    const struct value_ref *ref = &scope->context->layout->values[number];
    const struct str text = value_text(scope->arena, value);
    bool unknown = value->kind == VALUE_NULL;
    if (!unknown && text.n > 0) {
        return apply_filters(scope, ref->filters, ref->filter_count, text, ref->place);
    }
    if (ref->need != NEED_NONE && unknown && scope->context->resolved->values[number].withheld) {
        return TEXT_WITHHELD;
    }
    if (ref->need != NEED_NONE) {
        tell_unknown(scope, ref);
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

struct str expand_value(const struct scope *scope, uint32_t value, bool blank) {
    return write_value(scope, value, scope_value(scope, value), blank);
}

/* Nothing was added, since the reader doesn't get it. */
static bool adds_withheld(const struct scope *scope, const struct tally *tally, const struct counter *counter) {
    const struct rows *rows = tally->rows;
    const struct resolved_value *value = &scope->context->resolved->values[counter->value];
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

struct value expand_counted(const struct scope *scope, const struct counter *counter) {
    const struct tally *tally = scope->tally;
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
            tally_sum(scope, counter->span, scope->context->resolved->values[counter->value].column, counter->place);
        break;
    }
    return value;
}

static struct str expand_counter(const struct scope *scope, const struct counter *counter) {
    if (scope->tally == NULL) {
        return TEXT_UNKNOWN;
    }
    const struct value value = expand_counted(scope, counter);
    if (counter->kind == COUNTER_SUM && value.kind == VALUE_INTEGER && value.integer == 0 &&
        adds_withheld(scope, scope->tally, counter)) {
        return TEXT_WITHHELD;
    }
    return apply_filters(scope, counter->filters, counter->filter_count, value_text(scope->arena, &value),
                         counter->place);
}

/* A running head prints nothing while nothing is there that it could tell. */
static bool runs_on_nothing(const struct scope *scope, uint32_t value) {
    const struct resolved_value *resolved = &scope->context->resolved->values[value];
    bool last = resolved->source == SOURCE_PAGE_LAST;
    return (last || resolved->source == SOURCE_PAGE_FIRST) && running_row(scope, resolved->query_use, last) == NULL;
}

static struct str number_or_none(const struct scope *scope, int32_t number) {
    return number > 0 ? str_int(scope->arena, number) : STR_NONE;
}

static struct str expand_piece(const struct scope *scope, const struct piece *piece) {
    switch (piece->kind) {
    case PIECE_TEXT:
        return piece->text;
    case PIECE_VALUE:
        return expand_value(scope, piece->value, runs_on_nothing(scope, piece->value));
    case PIECE_COUNTER:
        return expand_counter(scope, piece->counter);
    case PIECE_PAGE:
        return number_or_none(scope, scope->page != NULL ? scope->page->page : 0);
    case PIECE_PAGES:
        return number_or_none(scope, scope->page != NULL ? scope->page->pages : 0);
    case PIECE_SECTION:
        return running_section(scope, piece->value);
    case PIECE_NOTE: /* only a line has room for its mark */
        return STR_NONE;
    }
    return STR_NONE;
}

/* A character whose pinyin isn't known stands without. */
static struct str expand_above(const struct scope *scope, const struct piece *piece) {
    return piece->kind == PIECE_VALUE ? expand_value(scope, piece->value, true) : piece->text;
}

/* {page} in the flow is known only after the page: it stays a field. In headers and footers it is a plain number by
 * then. */
static enum field_kind field_of(const struct scope *scope, const struct piece *piece) {
    if (scope->page != NULL && scope->page->page > 0) {
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
static const struct text_style *missing_style(const struct scope *scope, const struct text_style *style) {
    const struct missing_look *missing = &scope->context->resolved->missing;
    if (missing->style == NULL) {
        return style;
    }
    struct text_style *look = arena_copy(scope->arena, style, sizeof *look);
    look->chain = missing->font ? missing->style->chain : style->chain;
    look->colour = missing->colour ? missing->style->colour : style->colour;
    look->decoration |= missing->style->decoration;
    return look;
}

struct spans expand_line(const struct scope *scope, const struct template_line *line) {
    struct spans spans = {.capacity = line->count, .items = ARENA_ARRAY(scope->arena, struct text_span, line->count)};
    const struct text_style *own = scope_style(scope, line->style);
    struct str above = STR_NONE;
    for (size_t i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        if (piece->kind == PIECE_NOTE) {
            note_expand(scope, piece, own, &spans);
            continue;
        }
        if (piece->above) {
            above = expand_above(scope, piece);
            continue;
        }
        struct str text = expand_piece(scope, piece);
        const enum field_kind field = field_of(scope, piece);
        if (field != FIELD_NONE) {
            text = STR("999"); /* as wide as it may get */
        }
        const struct str ruby = above;
        above = STR_NONE;
        if (text.n == 0) {
            continue;
        }
        const struct text_style *style = piece->style == NO_STYLE ? own : scope_style(scope, piece->style);
        if (is_missing_mark(piece, text)) {
            style = missing_style(scope, style);
            if (scope->context->layout->values[piece->value].need != NEED_WANTED) {
                scope->found->incomplete = true;
            }
        }
        spans.items[spans.count++] = (struct text_span){.text = text, .style = style, .field = field, .ruby = ruby};
    }
    return spans;
}

struct str expand_text(const struct scope *scope, const struct template *text) {
    struct str all = STR_NONE;
    for (size_t i = 0; i < text->count; i++) {
        if (i > 0) {
            all = str_join(scope->context->arena, all, STR(" "));
        }
        for (size_t j = 0; j < text->lines[i].count; j++) {
            if (!text->lines[i].pieces[j].above) {
                all = str_join(scope->context->arena, all, expand_piece(scope, &text->lines[i].pieces[j]));
            }
        }
    }
    return all;
}

const struct value *expand_path(const struct scope *scope, const struct template *text) {
    struct value *path = ARENA_NEW(scope->context->row_arena, struct value);
    const struct template_line *line = text->lines;
    if (text->count == 1 && line->count == 1 && line->pieces[0].kind == PIECE_VALUE) {
        *path = *scope_value(scope, line->pieces[0].value);
    } else {
        *path = (struct value){.kind = VALUE_TEXT, .text = expand_text(scope, text)};
    }
    return path;
}

struct paragraph *shape_spans(const struct scope *scope, struct arena *arena, struct place place,
                              const struct spans *spans, const struct text_style *style) {
    struct paragraph *paragraph =
        text_shape(scope->context->composer->tools.text, arena, spans->items, spans->count, style);
    findings_add_text(scope->found, paragraph, place);
    return paragraph;
}

struct paragraph *shape_line(const struct scope *scope, struct arena *arena, const struct template_line *line) {
    struct spans spans = expand_line(scope, line);
    return shape_spans(scope, arena, line->place, &spans, scope_style(scope, line->style));
}

struct paragraph *shape_text(const struct scope *scope, struct arena *arena, struct place place, struct str text,
                             const struct text_style *style) {
    struct text_span span = {.text = text, .style = style};
    struct spans spans = {&span, 1, 1};
    return shape_spans(scope, arena, place, &spans, style);
}

void count_given(struct context *context, const struct paragraph *paragraph) {
    context->made.counts.characters_given += paragraph_characters(paragraph);
}

void emit_lines(struct context *context, struct canvas *canvas, const struct lines *lines, size_t from, size_t to,
                int32_t x_mp, int32_t y_mp) {
    if (lines->overflows && !context->told.overflow) {
        context->told.overflow = true; /* a narrow column does it in every row */
        context_tell(context, DIAG_C525, PLACE_NONE, STR_NONE, STR_NONE);
    }
    if (lines->lacks_hyphens && !context->told.hyphens) {
        context->told.hyphens = true;
        context_tell(context, DIAG_O230, PLACE_NONE, STR_NONE, STR_NONE);
    }
    if (lines->short_mp > 0 && !context->told.ragged) {
        context->told.ragged = true;
        const int32_t mm = mp_scale(lines->short_mp, 254, 72 * 10000);
        context_tell(context, DIAG_O231, PLACE_NONE, str_int(context->arena, mm > 0 ? mm : 1), STR_NONE);
    }
    context->made.counts.characters_placed += text_emit(canvas, lines, from, to, x_mp, y_mp);
}

bool template_picture(const struct context *context, const struct template *text, uint32_t *value) {
    if (text->count == 0 || text->lines[0].count != 1 || text->lines[0].pieces[0].kind != PIECE_VALUE) {
        return false;
    }
    *value = text->lines[0].pieces[0].value;
    const struct value_ref *ref = &context->layout->values[*value];
    return ref->filter_count > 0 && ref->filters[ref->filter_count - 1].filter->prints == PRINTS_PICTURE;
}
