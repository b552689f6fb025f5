/* rich.c: {text|rich}: a value in a small subset of XHTML prints as paragraphs with their own look. */
#include "compose/expand.h"

static bool is_rich(const struct scope *scope, const struct template_line *line) {
    if (line->count != 1 || line->pieces[0].kind != PIECE_VALUE) {
        return false;
    }
    const struct value_ref *ref = &scope->context->layout->values[line->pieces[0].value];
    return ref->filter_count > 0 && ref->filters[ref->filter_count - 1].filter->prints == PRINTS_RICH;
}

static void tell_findings(const struct scope *scope, const struct narrative *narrative, struct place place) {
    static const enum diag_code codes[] = {
        [NARRATIVE_UNKNOWN] = DIAG_C527,
        [NARRATIVE_BROKEN] = DIAG_C528,
        [NARRATIVE_FORBIDDEN] = DIAG_C529,
        [NARRATIVE_DEEP] = DIAG_C528,
    };
    for (size_t i = 0; i < narrative->finding_count; i++) {
        findings_add(scope->found, codes[narrative->findings[i].fault], place, narrative->findings[i].what, STR_NONE);
    }
}

static const struct text_style *scaled_or_none(const struct scope *scope, const struct text_style *style) {
    return style != NULL ? scope_scaled(scope, style) : NULL;
}

/* The cells of a row by themselves: without the wide space before each. */
static void shape_cells(const struct scope *scope, struct arena *arena, struct place place,
                        const struct narrative_paragraph *row, struct rich_paragraph *out) {
    out->cells = ARENA_ARRAY(arena, struct paragraph *, row->cell_count);
    out->cell_count = row->cell_count;
    out->spans = row->cells;
    out->table = row->table;
    out->head = row->head;
    for (size_t i = 0; i < row->cell_count; i++) {
        const size_t from = row->cells[i].first;
        const size_t to = i + 1 < row->cell_count ? row->cells[i + 1].first - 1 : row->count;
        struct spans spans = {row->spans + from, to - from, to - from};
        out->cells[i] = shape_spans(scope, arena, place, &spans, row->style);
    }
}

bool expand_rich(const struct scope *scope, struct arena *arena, const struct template_line *line,
                 struct rich_paragraph **paragraphs, size_t *count) {
    if (!is_rich(scope, line)) {
        return false;
    }
    const struct value *value = scope_value(scope, line->pieces[0].value);
    if (value->kind != VALUE_TEXT || value->text.n == 0) {
        return false; /* 缺, 无 and — are no paragraphs */
    }
    const struct narrative_styles styles = {
        .body = scope_style(scope, line->style),
        .bold = scaled_or_none(scope, scope->context->resolved->bold),
        .italic = scaled_or_none(scope, scope->context->resolved->italic),
    };
    struct narrative narrative = text_narrative(scope->arena, value->text, styles);
    const struct place place = line->pieces[0].place;
    tell_findings(scope, &narrative, place);
    *paragraphs = ARENA_ARRAY(arena, struct rich_paragraph, narrative.count);
    *count = narrative.count;
    for (size_t i = 0; i < narrative.count; i++) {
        const struct narrative_paragraph *paragraph = &narrative.paragraphs[i];
        struct spans spans = {paragraph->spans, paragraph->count, paragraph->count};
        (*paragraphs)[i] = (struct rich_paragraph){
            .paragraph = shape_spans(scope, arena, place, &spans, paragraph->style), .style = paragraph->style};
        if (paragraph->cell_count > 0) {
            shape_cells(scope, arena, place, paragraph, &(*paragraphs)[i]);
        }
    }
    return true;
}
