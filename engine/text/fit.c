/* fit.c: names that are too long for their cell, and single lines.
 *
 * A name is first squeezed to 85% of its width, then set smaller in steps of half a point down to the style's least
 * size, then wrapped: never clipped, never over the rule (house). */
#include "base/length.h"
#include "text/paragraph.h"

enum { NARROWEST = 850, SIZE_STEP_MP = 500 };

static bool on_one_line(const struct paragraph *p) {
    for (size_t i = 0; i + 1 < p->count; i++) {
        if (atom_is(&p->atoms[i], ATOM_FORCED)) {
            return false;
        }
    }
    return true;
}

static int32_t room_in(const struct paragraph *p, int32_t width_mp) {
    return width_mp - p->style->left_mp - p->style->right_mp - p->style->indent_mp;
}

static int32_t need_of(const struct paragraph *p) {
    return paragraph_natural_width(p) - p->style->left_mp - p->style->right_mp - p->style->indent_mp;
}

/* The largest stretch, in 1/1000, at which it fits on one line. */
static int32_t stretch_for(const struct paragraph *p, int32_t width_mp) {
    const int32_t need = need_of(p);
    const int32_t room = room_in(p, width_mp);
    if (need <= room) {
        return 1000;
    }
    return room <= 0 ? 0 : (int32_t)((int64_t)room * 1000 / need);
}

/* The paragraph again, with all its sizes scaled alike. */
static const struct paragraph *set_smaller(struct text_engine *engine, struct arena *arena, const struct paragraph *p,
                                           int32_t size_mp) {
    struct text_span *spans = arena_copy(arena, p->spans, p->span_count * sizeof *spans);
    for (size_t i = 0; i < p->span_count; i++) {
        struct text_style *style = arena_copy(arena, spans[i].style, sizeof *style);
        style->size_mp = mp_scale(style->size_mp, size_mp, p->style->size_mp);
        spans[i].style = style;
    }
    struct text_style *style = arena_copy(arena, p->style, sizeof *style);
    style->size_mp = size_mp;
    return text_shape(engine, arena, spans, p->span_count, style);
}

/* The largest size, in steps down from the style's, at which a name that would have to be squeezed to `stretch`
 * needs no less than the narrowest; widths are proportional to sizes. */
static int32_t size_for(const struct text_style *style, int32_t stretch, int32_t least_mp) {
    int32_t size = style->size_mp;
    while (size > least_mp && (int64_t)stretch * style->size_mp < (int64_t)NARROWEST * size) {
        size -= SIZE_STEP_MP;
    }
    return size > least_mp ? size : least_mp;
}

static struct lines fit_name(struct text_engine *engine, struct arena *arena, const struct paragraph *p,
                             int32_t width_mp) {
    const int32_t least = p->style->min_size_mp > 0 ? p->style->min_size_mp : p->style->size_mp;
    int32_t stretch = stretch_for(p, width_mp);
    if (!on_one_line(p) || stretch == 1000) {
        return text_break_lines(arena, p, width_mp, 1000);
    }
    const struct paragraph *set = p;
    for (int32_t size = p->style->size_mp; stretch < NARROWEST && size > least;) {
        const int32_t smaller = size_for(set->style, stretch, least);
        size = smaller < size ? smaller : least;
        set = set_smaller(engine, arena, p, size);
        stretch = stretch_for(set, width_mp);
    }
    if (stretch < NARROWEST) {
        return text_break_lines(arena, set, width_mp, 1000);
    }
    return text_break_lines(arena, set, width_mp, (uint16_t)stretch);
}

struct lines text_break(struct text_engine *engine, struct arena *arena, const struct paragraph *paragraph,
                        int32_t width_mp, enum text_fit fit) {
    switch (fit) {
    case FIT_NAME:
        return fit_name(engine, arena, paragraph, width_mp);
    case FIT_NORMAL:
        break;
    }
    return text_break_lines(arena, paragraph, width_mp, 1000);
}

/* A style for a line at a point, without the indents and spaces of paragraphs. */
static struct text_style *label_style(struct arena *arena, const struct text_style *style) {
    struct text_style *plain = arena_copy(arena, style, sizeof *plain);
    plain->align = ALIGN_LEFT;
    plain->indent_mp = plain->left_mp = plain->right_mp = 0;
    return plain;
}

int32_t text_label(struct text_engine *engine, struct canvas *canvas, struct str text, const struct text_style *style,
                   int32_t x_mp, int32_t y_mp, enum text_align align) {
    const struct text_style *plain = label_style(canvas->arena, style);
    struct text_span span = {.text = text, .style = plain};
    const struct paragraph *p = text_shape(engine, canvas->arena, &span, 1, plain);
    struct lines lines = text_single_line(canvas->arena, p);
    const int32_t width = lines.widest_mp;
    int32_t left = x_mp;
    if (align == ALIGN_CENTRE) {
        left -= width / 2;
    }
    if (align == ALIGN_RIGHT) {
        left -= width;
    }
    for (size_t i = 0; i < lines.count; i++) {
        text_emit_line(canvas, &lines, &lines.items[i], left, y_mp + (int32_t)i * plain->leading_mp);
    }
    return width;
}

int32_t text_width(struct text_engine *engine, struct arena *arena, struct str text, const struct text_style *style) {
    const struct arena_mark mark = arena_mark(arena);
    const struct text_style *plain = label_style(arena, style);
    struct text_span span = {.text = text, .style = plain};
    const int32_t width = paragraph_natural_width(text_shape(engine, arena, &span, 1, plain));
    arena_release(arena, mark);
    return width;
}
