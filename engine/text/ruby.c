/* ruby.c: pinyin above a rare character (clreq, 拼音).
 *
 * The pinyin is a paragraph of its own in half the size. When it is wider than its base, it may overhang its
 * neighbours by a quarter em; a wider one pushes them away. Two pinyins side by side stay a quarter em apart. A base
 * is one unit: no line ends in it and nothing is added in it. At a line's ends the pinyin stays within the line. */
#include "base/length.h"
#include "text/emit.h"
#include "text/paragraph.h"

enum { ASCENT_PERMILLE = 880, DESCENT_PERMILLE = 120 /* of the em box of Chinese faces */ };

static const struct text_style *style_above(struct arena *arena, const struct text_style *base) {
    struct text_style *style = ARENA_NEW(arena, struct text_style);
    *style = (struct text_style){.chain = base->chain,
                                 .size_mp = base->size_mp / 2,
                                 .leading_mp = base->size_mp / 2,
                                 .align = ALIGN_LEFT,
                                 .lines = LINES_FIRST,
                                 .colour = base->colour,
                                 .name = base->name};
    return style;
}

static struct paragraph *shape_above(struct text_engine *engine, struct arena *arena, struct str text,
                                     const struct text_style *base) {
    struct text_span span = {.text = text, .style = style_above(arena, base)};
    return text_shape(engine, arena, &span, 1, span.style);
}

/* The room that a pinyin needs at one side of its own width: less where it may overhang a character, more beside
 * another. */
static int32_t side_of(const struct paragraph *p, const struct ruby *ruby, const struct ruby *beside,
                       uint32_t neighbour) {
    const int32_t size = p->runs[p->atoms[ruby->first].run].style->size_mp;
    if (beside != NULL) {
        return size / 8;
    }
    return neighbour < p->count && !(p->atoms[neighbour].flags & (ATOM_HIDDEN | ATOM_NO_GLYPH)) ? -size / 4 : 0;
}

static const struct ruby *touching(const struct paragraph *p, size_t i, size_t other) {
    if (other >= p->ruby_count) {
        return NULL;
    }
    const struct ruby *a = &p->rubies[i < other ? i : other];
    const struct ruby *b = &p->rubies[i < other ? other : i];
    return a->end == b->first ? &p->rubies[other] : NULL;
}

/* Divided among the base's characters, half on each side of them. */
static void widen(struct paragraph *p, const struct ruby *ruby, int32_t extra_mp) {
    const int32_t count = (int32_t)(ruby->end - ruby->first);
    int32_t given = 0;
    for (int32_t k = 0; k < count; k++) {
        struct atom *atom = &p->atoms[ruby->first + (uint32_t)k];
        const int32_t part = (int32_t)((int64_t)extra_mp * (k + 1) / count) - given;
        atom->shift_mp += part / 2;
        atom->advance_mp += part;
        given += part;
    }
}

static void fit_base(struct paragraph *p, size_t i) {
    struct ruby *ruby = &p->rubies[i];
    int32_t base = 0;
    const int32_t before =
        side_of(p, ruby, touching(p, i, i - 1), ruby->first - 1); /* of the first: there is no such atom */
    const int32_t behind = side_of(p, ruby, touching(p, i, i + 1), ruby->end);
    const int32_t need = ruby->width_mp + 2 * (before > behind ? before : behind); /* it stays centred */
    for (uint32_t k = ruby->first; k < ruby->end; k++) {
        base += p->atoms[k].advance_mp + (k + 1 < ruby->end ? p->atoms[k].gap_mp : 0);
    }
    const int32_t grid = p->style->grid_mp;
    const int32_t extra = need - base;
    if (extra <= 0) {
        return;
    }
    widen(p, ruby, grid > 0 ? (extra + grid - 1) / grid * grid : extra);
}

void text_shape_rubies(struct text_engine *engine, struct arena *arena, struct paragraph *p) {
    for (size_t i = 0; i < p->ruby_count; i++) {
        struct ruby *ruby = &p->rubies[i];
        const struct text_style *base = p->runs[p->atoms[ruby->first].run].style;
        struct paragraph *above = shape_above(engine, arena, ruby->text, base);
        ruby->above = above;
        ruby->width_mp = paragraph_natural_width(above);
        for (uint32_t k = ruby->first; k + 1 < ruby->end; k++) {
            p->atoms[k].flags &= (uint16_t) ~(ATOM_BREAK | ATOM_STRETCH);
        }
    }
    for (size_t i = 0; i < p->ruby_count; i++) {
        fit_base(p, i);
    }
}

const struct ruby *text_ruby_from(const struct paragraph *p, uint32_t atom) {
    size_t low = 0;
    size_t high = p->ruby_count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (p->rubies[middle].first < atom) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < p->ruby_count ? &p->rubies[low] : NULL;
}

/* The space between the em boxes of two lines takes pinyin too: a leading of 1.5 em is enough. */
int32_t text_ruby_raise(const struct paragraph *p, const struct line *line) {
    int32_t raise = 0;
    const int32_t free =
        text_leading(p->style) - p->style->size_mp + mp_scale(p->style->size_mp, ASCENT_PERMILLE, 1000);
    for (const struct ruby *ruby = text_ruby_from(p, line->first); ruby != NULL && ruby < p->rubies + p->ruby_count;
         ruby++) {
        if (ruby->first >= line->end) {
            break;
        }
        const struct text_style *base = p->runs[p->atoms[ruby->first].run].style;
        const int32_t need = mp_scale(base->size_mp, ASCENT_PERMILLE, 1000) + base->size_mp / 2 + base->rise_mp - free;
        raise = need > raise ? need : raise;
    }
    return raise;
}

void text_emit_ruby(struct canvas *canvas, const struct paragraph *p, const struct ruby *ruby,
                    struct ruby_place place) {
    const struct text_style *base = p->runs[p->atoms[ruby->first].run].style;
    struct lines lines = text_break_lines(canvas->arena, ruby->above, TEXT_WIDEST_MP / 2, place.stretch);
    int32_t x = place.middle_mp - lines.widest_mp / 2;
    if (x + lines.widest_mp > place.right_mp) {
        x = place.right_mp - lines.widest_mp;
    }
    if (x < place.left_mp) {
        x = place.left_mp;
    }
    const int32_t above_mp =
        mp_scale(base->size_mp, ASCENT_PERMILLE, 1000) + mp_scale(base->size_mp / 2, DESCENT_PERMILLE, 1000);
    for (size_t i = 0; i < lines.count; i++) {
        text_emit_line(canvas, &lines, &lines.items[i], x, place.baseline_mp - base->rise_mp - above_mp);
    }
}

void text_emit_ruby_beside(struct canvas *canvas, const struct paragraph *p, const struct ruby *ruby, int32_t x_mp,
                           int32_t y_mp) {
    const struct matrix turn = {0, MATRIX_ONE, -MATRIX_ONE, 0, 0, 0};
    const int32_t size = p->runs[p->atoms[ruby->first].run].style->size_mp;
    struct lines lines = text_single_line(canvas->arena, ruby->above);
    const int32_t baseline = x_mp + size / 2 + mp_scale(size / 2, DESCENT_PERMILLE, 1000);
    struct canvas inside = canvas_group(canvas, baseline, y_mp - lines.widest_mp / 2, turn, NULL);
    for (size_t i = 0; i < lines.count; i++) {
        text_emit_line(&inside, &lines, &lines.items[i], 0, 0);
    }
}
