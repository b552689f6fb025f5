/* decorate.c: underlines, strikes and emphasis dots.
 *
 * An underline lies below the descenders, so it crosses none (house). Dots (着重号) stand under Chinese characters,
 * not under marks and spaces (clreq 3.1.11). A sequence of one style is drawn at once. */
#include "base/length.h"
#include "text/emit.h"

/* In 1/1000 of the size; positive is below the baseline. */
enum { UNDERLINE_AT = 280, STRIKE_AT = -340, LINE_THICKNESS = 45, DOT_AT = 250, DOT_RADIUS = 60 };

int32_t text_atom_lift(const struct paragraph *p, uint32_t atom) {
    size_t low = 0;
    size_t high = p->lift_count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (p->lifts[middle].atom < atom) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < p->lift_count && p->lifts[low].atom == atom ? p->lifts[low].dy_mp : 0;
}

struct decorator decorator_for(struct canvas *canvas, const struct paragraph *paragraph, int32_t left_mp,
                               int32_t baseline_mp, uint16_t stretch) {
    return (struct decorator){
        .canvas = canvas, .paragraph = paragraph, .left_mp = left_mp, .baseline_mp = baseline_mp, .stretch = stretch};
}

static const struct text_style *style_of(const struct decorator *d) {
    return d->paragraph->runs[d->run].style;
}

static int32_t fraction_of(const struct text_style *style, int32_t permille) {
    return mp_scale(style->size_mp, permille, 1000);
}

static void draw_line(struct decorator *d, int32_t at_permille) {
    const struct text_style *style = style_of(d);
    const int32_t x = d->left_mp + mp_scale(d->from_mp, d->stretch, 1000);
    const int32_t width = mp_scale(d->to_mp - d->from_mp, d->stretch, 1000);
    const int32_t y = d->baseline_mp - style->rise_mp + fraction_of(style, at_permille);
    struct mark *mark = canvas_add(d->canvas, MARK_RULE, x, y);
    mark->rule = (struct mark_rule){.dx_mp = width,
                                    .thickness_mp = fraction_of(style, LINE_THICKNESS),
                                    .style = LINE_SOLID,
                                    .colour = style->colour};
}

/* A circle of four cubic curves. */
static void draw_dot(struct decorator *d, int32_t middle_mp) {
    const struct text_style *style = style_of(d);
    const int32_t r = fraction_of(style, DOT_RADIUS);
    const int32_t k = mp_scale(r, 5523, 10000);
    const struct path_step circle[] = {
        {PATH_MOVE, {r, 0, 0}, {0, 0, 0}},     {PATH_CURVE, {r, k, 0}, {k, r, r}},
        {PATH_CURVE, {-k, -r, -r}, {r, k, 0}}, {PATH_CURVE, {-r, -k, 0}, {-k, -r, -r}},
        {PATH_CURVE, {k, r, r}, {-r, -k, 0}},  {PATH_CLOSE, {0, 0, 0}, {0, 0, 0}},
    };
    const int32_t x = d->left_mp + mp_scale(middle_mp, d->stretch, 1000);
    struct path_step *steps = arena_copy(d->canvas->arena, circle, sizeof circle);
    struct mark *mark =
        canvas_add(d->canvas, MARK_PATH, x, d->baseline_mp - style->rise_mp + fraction_of(style, DOT_AT));
    mark->path = (struct mark_path){
        .steps = steps, .count = sizeof circle / sizeof circle[0], .fill = true, .fill_colour = style->colour};
}

void decorator_end(struct decorator *d) {
    if (!d->open) {
        return;
    }
    d->open = false;
    if (style_of(d)->decoration & DECORATE_UNDERLINE) {
        draw_line(d, UNDERLINE_AT);
    }
    if (style_of(d)->decoration & DECORATE_STRIKE) {
        draw_line(d, STRIKE_AT);
    }
}

void decorator_step(struct decorator *d, uint32_t i, int32_t from_mp, int32_t to_mp) {
    const struct atom *atom = &d->paragraph->atoms[i];
    const struct text_style *style = d->paragraph->runs[atom->run].style;
    if (d->open && (style != style_of(d))) {
        decorator_end(d);
    }
    if (style->decoration == DECORATE_NONE || atom->kind == CLASS_TAB) {
        return;
    }
    if (!d->open) {
        d->from_mp = from_mp;
    }
    d->open = true;
    d->run = atom->run;
    d->to_mp = to_mp;
    if ((style->decoration & DECORATE_DOTS) && atom->kind == CLASS_HAN) {
        draw_dot(d, (from_mp + to_mp) / 2);
    }
}
