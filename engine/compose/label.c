/* label.c: constant lines of a layout are set once a run.
 *
 * Most cells of a form are labels: the same words in the same width in every document. What depends on no row is shaped
 * and broken in the composer's own arena and found again by the address of its template line. */
#include "compose/context.h"

#include <stdint.h>

struct label {
    const struct template_line *line; /* NULL: a free slot */
    int32_t width_mp;
    struct lines lines;
};

static bool is_constant(const struct context *context, const struct template_line *line) {
    if (context->scale != WHOLE) {
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

static enum text_fit fit_of(const struct context *context, const struct template_line *line) {
    return line->style == NO_STYLE ? FIT_NORMAL : context->resolved->fits[line->style];
}

static struct lines set_line(struct context *context, struct arena *arena, const struct template_line *line,
                             int32_t width_mp) {
    struct paragraph *paragraph = context_shape(context, arena, line);
    return text_break(context->composer->tools.text, arena, paragraph, width_mp, fit_of(context, line));
}

static struct lines constant_lines(struct context *context, const struct template_line *line, int32_t width_mp) {
    struct composer *composer = context->composer;
    if (composer->label_count * 2 >= composer->label_capacity) {
        grow(composer);
    }
    struct label *label = &composer->labels[slot_of(composer->labels, composer->label_capacity, line, width_mp)];
    if (label->line == NULL) {
        label->lines = set_line(context, composer->arena, line, width_mp);
        label->line = line;
        label->width_mp = width_mp;
        composer->label_count++;
    }
    context->at = line->place;
    context_tell_text(context, label->lines.paragraph);
    return label->lines;
}

struct lines context_lines(struct context *context, struct arena *arena, const struct template_line *line,
                           int32_t width_mp) {
    return is_constant(context, line) ? constant_lines(context, line, width_mp)
                                      : set_line(context, arena, line, width_mp);
}
