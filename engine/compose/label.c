/* label.c: constant lines of a layout are set once a run.
 *
 * Most cells of a form are labels: the same words in the same width in every document. What depends on no row is shaped
 * and broken in the composer's own arena and found again by the address of its template line. */
#include "compose/expand.h"

struct label {
    const struct template_line *line; /* NULL: a free slot */
    int32_t width_mp;
    struct lines lines;
};

static bool is_constant(const struct scope *scope, const struct template_line *line) {
    if (scope->scale != WHOLE) {
        return false;
    }
    for (size_t i = 0; i < line->count; i++) {
        if (line->pieces[i].kind != PIECE_TEXT) {
            return false;
        }
    }
    return true;
}

static size_t slot_of(const struct label *labels, size_t capacity, const struct template_line *line, int32_t width_mp) {
    const uint64_t key = (uint64_t)(uintptr_t)line * UINT64_C(0x9E3779B97F4A7C15) ^
                         (uint64_t)(uint32_t)width_mp * UINT64_C(0xC2B2AE3D27D4EB4F);
    size_t slot = (size_t)(key >> 20) & (capacity - 1);
    while (labels[slot].line != NULL && (labels[slot].line != line || labels[slot].width_mp != width_mp)) {
        slot = (slot + 1) & (capacity - 1);
    }
    return slot;
}

static void grow(struct composer *composer) {
    size_t capacity = composer->label_capacity ? composer->label_capacity * 2 : 256;
    struct label *labels = ARENA_ARRAY(composer->arena, struct label, capacity);
    for (size_t i = 0; i < composer->label_capacity; i++) {
        if (composer->labels[i].line != NULL) {
            labels[slot_of(labels, capacity, composer->labels[i].line, composer->labels[i].width_mp)] =
                composer->labels[i];
        }
    }
    composer->labels = labels;
    composer->label_capacity = capacity;
}

enum text_fit line_fit(const struct context *context, const struct template_line *line) {
    return line->style == NO_STYLE ? FIT_NORMAL : context->resolved->fits[line->style];
}

static struct lines set_line(const struct scope *scope, struct arena *arena, const struct template_line *line,
                             int32_t width_mp) {
    struct paragraph *paragraph = shape_line(scope, arena, line);
    return text_break(scope->context->composer->tools.text, arena, paragraph, width_mp, line_fit(scope->context, line));
}

static struct lines constant_lines(const struct scope *scope, const struct template_line *line, int32_t width_mp) {
    struct composer *composer = scope->context->composer;
    if (composer->label_count * 2 >= composer->label_capacity) {
        grow(composer);
    }
    struct label *label = &composer->labels[slot_of(composer->labels, composer->label_capacity, line, width_mp)];
    if (label->line == NULL) {
        label->lines = set_line(scope, composer->arena, line, width_mp);
        label->line = line;
        label->width_mp = width_mp;
        composer->label_count++;
    }
    findings_add_text(scope->found, label->lines.paragraph, line->place);
    return label->lines;
}

struct lines lines_of(const struct scope *scope, struct arena *arena, const struct template_line *line,
                      int32_t width_mp) {
    return is_constant(scope, line) ? constant_lines(scope, line, width_mp) : set_line(scope, arena, line, width_mp);
}
