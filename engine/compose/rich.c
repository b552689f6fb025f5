/* rich.c: {text|rich}: a value that is a small part of XHTML prints as paragraphs with their own look. */
#include "compose/context.h"

#include "text/narrative.h"

static bool is_rich(const struct context *context, const struct template_line *line) {
    if (line->count != 1 || line->pieces[0].kind != PIECE_VALUE) {
        return false;
    }
    const struct value_ref *ref = &context->layout->values[line->pieces[0].value];
    return ref->filter_count > 0 && ref->filters[ref->filter_count - 1].filter->prints == PRINTS_RICH;
}

static void tell_findings(struct context *context, const struct narrative *narrative, struct place place) {
    static const enum diag_code codes[] = {
        [NARRATIVE_UNKNOWN] = DIAG_C527,
        [NARRATIVE_BROKEN] = DIAG_C528,
        [NARRATIVE_FORBIDDEN] = DIAG_C529,
        [NARRATIVE_DEEP] = DIAG_C528,
    };
    for (size_t i = 0; i < narrative->finding_count; i++) {
        context_tell(context, codes[narrative->findings[i].fault], place, narrative->findings[i].what, STR_NONE);
    }
}

static const struct text_style *scaled_or_none(struct context *context, const struct text_style *style) {
    return style != NULL ? context_scaled(context, style) : NULL;
}

/* The cells of a row by themselves: without the wide space that parts each from the one before. */
static void shape_cells(struct context *context, struct arena *arena, const struct narrative_paragraph *row,
                        struct rich_paragraph *out) {
    out->cells = ARENA_ARRAY(arena, struct paragraph *, row->cell_count);
    out->cell_count = row->cell_count;
    out->spans = row->cells;
    out->table = row->table;
    out->head = row->head;
    for (size_t i = 0; i < row->cell_count; i++) {
        const size_t from = row->cells[i].first;
        const size_t to = i + 1 < row->cell_count ? row->cells[i + 1].first - 1 : row->count;
        struct spans spans = {row->spans + from, to - from, to - from};
        out->cells[i] = context_shape_spans(context, arena, &spans, row->style);
    }
}

bool context_rich(struct context *context, struct arena *arena, const struct template_line *line,
                  struct rich_paragraph **paragraphs, size_t *count) {
    if (!is_rich(context, line)) {
        return false;
    }
    const struct value *value = context_value(context, line->pieces[0].value);
    if (value->kind != VALUE_TEXT || value->text.n == 0) {
        return false; /* 缺, 无 and — are no paragraphs */
    }
    const struct narrative_styles styles = {
        .body = context_style(context, line->style),
        .bold = scaled_or_none(context, context->resolved->bold),
        .italic = scaled_or_none(context, context->resolved->italic),
    };
    struct narrative narrative = text_narrative(context->words, value->text, styles);
    context->at = line->pieces[0].place;
    tell_findings(context, &narrative, line->pieces[0].place);
    *paragraphs = ARENA_ARRAY(arena, struct rich_paragraph, narrative.count);
    *count = narrative.count;
    for (size_t i = 0; i < narrative.count; i++) {
        const struct narrative_paragraph *paragraph = &narrative.paragraphs[i];
        struct spans spans = {paragraph->spans, paragraph->count, paragraph->count};
        (*paragraphs)[i] = (struct rich_paragraph){
            .paragraph = context_shape_spans(context, arena, &spans, paragraph->style), .style = paragraph->style};
        if (paragraph->cell_count > 0) {
            shape_cells(context, arena, paragraph, &(*paragraphs)[i]);
        }
    }
    return true;
}
