/* emit.c: lines become marks.
 *
 * Neighbours of one face and style share a glyph run; a place where nothing is printed (a dropped space, a field, a
 * leader) ends it. Positions are whole numbers, so the same line gives the same marks wherever it stands.
 *
 * A word that the line's end parts is a run of its own on either line: the first reads as all of the word, the second as nothing.
 *
 * 1. The atoms of a run ascend, in right-to-left words too. */
#include "base/length.h"
#include "base/utf8.h"
#include "text/emit.h"
#include "text/engine.h"
#include "text/paragraph.h"

#include <assert.h>

enum { RUN_BYTES_MAX = 60000, ASCENT_PERMILLE = 880 /* of the em box of Chinese faces */ };

/* A line being emitted. */
struct setter {
    struct canvas *canvas;
    const struct lines *lines;
    const struct line *line;
    int32_t left_mp, baseline_mp;
    uint32_t last;        /* atom */
    struct glyph *glyphs; /* unused ones of the line's array */
    uint16_t *gaps;       /* the same of the line's array of gaps; NULL: the line has none yet */
    struct glyph_run run; /* open when run.count > 0 */
    uint32_t tail_end,
        head; /* atoms: the end of the part that the line before left, the beginning of the one that it leaves */
    const struct ruby *ruby; /* the next, or the one whose base is being set; NULL: none */
    int32_t ruby_from_mp;
};

static int32_t stretched(const struct setter *s, int32_t x_mp) {
    return s->line->stretch == 1000 ? x_mp : mp_scale(x_mp, s->line->stretch, 1000);
}

static const struct text_run *run_of(const struct setter *s, uint32_t atom) {
    const struct paragraph *p = s->lines->paragraph;
    return &p->runs[p->atoms[atom].run];
}

/* The text of a run, copied, since a page outlives its paragraphs; without characters that print nothing. */
static struct str run_text(struct setter *s, uint32_t from, uint32_t to, struct glyph *glyphs) {
    const struct paragraph *p = s->lines->paragraph;
    const struct str text = str_copy(s->canvas->arena, str_slice(p->text, s->run.from, s->run.to));
    bool hidden = false;
    for (uint32_t i = from; i < to; i++) {
        hidden = hidden || atom_is(&p->atoms[i], ATOM_HIDDEN);
    }
    if (!hidden) {
        return text;
    }
    char *bytes = arena_alloc(s->canvas->arena, text.n);
    size_t count = 0;
    uint32_t k = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct atom *atom = &p->atoms[i];
        if (atom_is(atom, ATOM_HIDDEN)) {
            continue;
        }
        if (!atom_is(atom, ATOM_NO_GLYPH)) {
            glyphs[k++].cluster = (uint16_t)count;
        }
        if (atom_is(atom, ATOM_BACKWARDS)) {
            return text; /* its clusters are out of order: the joiners stay */
        }
        for (uint32_t byte = 0; byte < atom->bytes; byte++) {
            bytes[count++] = p->text.p[atom->offset + byte];
        }
    }
    return (struct str){bytes, count};
}

/* What the run reads as, when it is of a parted word; NULL: as its text. */
static const struct str *run_reads(const struct setter *s) {
    const struct paragraph *p = s->lines->paragraph;
    const bool tail = s->run.atom < s->tail_end;
    if (!tail && !s->run.parts) {
        return NULL;
    }
    struct str *reads = ARENA_NEW(s->canvas->arena, struct str);
    *reads = STR("");
    if (!tail) {
        const struct atom_range word = text_parted(p, s->line->end);
        *reads = str_copy(s->canvas->arena, str_slice(p->text, s->run.from, paragraph_offset(p, word.end)));
    }
    return reads;
}

static void close_run(struct setter *s, int32_t end_x_mp) {
    struct glyph_run *run = &s->run;
    if (run->count == 0) {
        return;
    }
    const struct text_run *look = run_of(s, run->atom);
    const int32_t x = s->left_mp + stretched(s, run->x_mp);
    const struct str text = run_text(s, run->atom, run->end, s->glyphs);
    struct mark *mark = canvas_add(s->canvas, MARK_GLYPHS, x, s->baseline_mp - look->style->rise_mp);
    mark->glyphs =
        (struct mark_glyphs){.face = look->face,
                             .size_mp = look->style->size_mp,
                             .stretch = s->line->stretch,
                             .count = (uint16_t)run->count,
                             .colour = look->style->colour,
                             .text = s->run.parts ? str_join(s->canvas->arena, text, STR(SOFT_HYPHEN)) : text,
                             .reads = run_reads(s),
                             .glyphs = s->glyphs,
                             .width_mp = stretched(s, end_x_mp - run->x_mp),
                             .gaps = s->gaps,
                             .gap_count = (uint16_t)run->gap_count,
                             .gap_mp = stretched(s, run->gap_mp)};
    s->glyphs += run->count;
    s->gaps += s->gaps != NULL ? run->gap_count : 0;
    run->count = 0;
}

static void add_glyph(struct setter *s, uint32_t i, const struct atom *atom, int32_t x_mp) {
    const struct paragraph *p = s->lines->paragraph;
    struct glyph_run *run = &s->run;
    if (run->count == 0) {
        *run = (struct glyph_run){.atom = i, .x_mp = x_mp, .from = atom->offset, .to = atom->offset};
        if (atom_is(atom, ATOM_BACKWARDS)) {
            for (uint32_t k = i; k < s->line->end && atom_is(&p->atoms[k], ATOM_BACKWARDS); k++) {
                run->from = p->atoms[k].offset < run->from ? p->atoms[k].offset : run->from;
            }
        }
    }
    assert(run->count == 0 || run->end <= i); /* invariant 1 */
    run->end = i + 1;
    struct glyph *glyph = &s->glyphs[run->count++];
    *glyph = (struct glyph){.id = atom->glyph,
                            .cluster = (uint16_t)(atom->offset - run->from),
                            .x_mp = stretched(s, x_mp + atom->shift_mp - run->x_mp)};
    if (atom_is(atom, ATOM_SHIFTED)) {
        glyph->y_mp = -text_atom_lift(p, i);
    }
    const uint32_t end = atom->offset + atom->bytes;
    run->to = end > run->to ? end : run->to;
}

/* The hyphen behind a part of a word. */
static void add_hyphen(struct setter *s, int32_t x_mp, struct hyphen hyphen) {
    struct glyph_run *run = &s->run;
    s->glyphs[run->count++] = (struct glyph){
        .id = hyphen.glyph, .cluster = (uint16_t)(run->to - run->from), .x_mp = stretched(s, x_mp - run->x_mp)};
    run->parts = true;
}

/* The typesetter's own gap, behind the last glyph. */
static void add_gap(struct setter *s, int32_t gap_mp) {
    struct glyph_run *run = &s->run;
    if (s->gaps == NULL) {
        s->gaps = ARENA_ARRAY(s->canvas->arena, uint16_t, s->last - s->line->first + 1);
    }
    s->gaps[run->gap_count++] = (uint16_t)(run->count - 1);
    run->gap_mp = gap_mp;
}

static bool goes_on(const struct setter *s, const struct atom *atom) {
    const struct glyph_run *run = &s->run;
    return run->count == 0 || (s->lines->paragraph->atoms[run->atom].run == atom->run &&
                               run->to - run->from < RUN_BYTES_MAX && atom->offset >= run->from);
}

/* The number of a page stands at the side where the line is flush. */
static enum field_align field_align(const struct setter *s) {
    const enum text_align align = s->lines->paragraph->style->align;
    if (s->line->leads || align == ALIGN_RIGHT) {
        return FIELD_RIGHT;
    }
    return align == ALIGN_CENTRE ? FIELD_CENTRE : FIELD_LEFT;
}

static void emit_field(struct setter *s, uint32_t i, const struct atom *atom, int32_t x_mp, int32_t gap_mp) {
    const struct text_run *look = run_of(s, i);
    const struct text_style *style = look->style;
    struct mark *mark =
        canvas_add(s->canvas, MARK_FIELD, s->left_mp + stretched(s, x_mp), s->baseline_mp - style->rise_mp);
    mark->field = (struct mark_field){.kind = look->span->field,
                                      .anchor = look->span->anchor,
                                      .face = look->face,
                                      .size_mp = style->size_mp,
                                      .colour = style->colour,
                                      .width_mp = stretched(s, atom->advance_mp),
                                      .align = field_align(s),
                                      .in_line = !s->line->leads,
                                      .gap_mp = stretched(s, gap_mp)};
    struct field_digits *digits = ARENA_NEW(s->canvas->arena, struct field_digits);
    for (uint32_t digit = 0; digit < 10; digit++) {
        const uint16_t glyph = face_glyph(look->face, '0' + digit, 0);
        digits->glyph[digit] = glyph;
        digits->advance_mp[digit] = mp_scale(face_advance(look->face, glyph), style->size_mp, 1000);
    }
    mark->field.digits = digits;
}

/* The face of a leader's dots: where the run's face draws · a whole em wide, dots half an em apart would overlap, so
 * they come from the next face of the chain that draws it narrower. */
static const struct face *dotted_face(const struct text_run *look) {
    enum { WIDEST = 500 };
    const struct font_chain *chain = &look->style->chain;
    for (size_t i = 0; i < chain->count && face_advance(look->face, face_glyph(look->face, 0xB7, 0)) > WIDEST; i++) {
        const uint16_t dot = face_glyph(chain->faces[i], 0xB7, 0);
        if (dot != 0 && face_advance(chain->faces[i], dot) <= WIDEST) {
            return chain->faces[i];
        }
    }
    return look->face;
}

/* Dots at fixed places of the page, so that those of neighbouring lines are aligned. */
static void emit_leader(struct setter *s, uint32_t i, int32_t x_mp, int32_t width_mp) {
    const struct text_run *look = run_of(s, i);
    const int32_t size = look->style->size_mp;
    const int32_t pitch = size / 2;
    const struct face *face = dotted_face(look);
    const uint16_t dot = face_glyph(face, 0xB7, 0);
    if (pitch <= 0 || dot == 0) {
        return;
    }
    const int32_t margin = size / 4;
    const int32_t from = (s->left_mp + x_mp + margin + pitch - 1) / pitch;
    const int32_t to = (s->left_mp + x_mp + width_mp - margin) / pitch;
    if (to <= from || to - from > UINT16_MAX / 2) {
        return;
    }
    size_t count = (size_t)(to - from);
    struct glyph *glyphs = ARENA_ARRAY(s->canvas->arena, struct glyph, count);
    char *text = arena_alloc(s->canvas->arena, 2 * count);
    const int32_t inset = (pitch - mp_scale(face_advance(face, dot), size, 1000)) / 2;
    for (size_t k = 0; k < count; k++) {
        text[2 * k] = '\xC2';
        text[2 * k + 1] = '\xB7';
        glyphs[k] = (struct glyph){.id = dot, .cluster = (uint16_t)(2 * k), .x_mp = (int32_t)k * pitch + inset};
    }
    struct mark *mark = canvas_add(s->canvas, MARK_GLYPHS, from * pitch, s->baseline_mp - look->style->rise_mp);
    mark->element = 0; /* nothing to be read */
    mark->glyphs = (struct mark_glyphs){.face = face,
                                        .size_mp = size,
                                        .stretch = 1000,
                                        .count = (uint16_t)count,
                                        .colour = look->style->colour,
                                        .text = {text, 2 * count},
                                        .glyphs = glyphs,
                                        .width_mp = (int32_t)count * pitch};
}

/* The width of a tab in this line; *leader_left is left for its leader. */
static int32_t tab_advance(const struct setter *s, const struct atom *atom, int32_t x_mp, int32_t *leader_left) {
    if (!atom_is(atom, ATOM_LEADER)) {
        return tab_width(s->lines->paragraph, x_mp);
    }
    const int32_t width = atom->advance_mp + *leader_left;
    *leader_left = 0;
    return width;
}

/* Called for each atom, which lies at [from, to): emits the pinyin when its base is complete, or the line ends. */
static void step_ruby(struct setter *s, uint32_t i, int32_t from_mp, int32_t to_mp) {
    if (s->ruby == NULL || i < s->ruby->first) {
        return;
    }
    const struct paragraph *p = s->lines->paragraph;
    if (i == s->ruby->first) {
        s->ruby_from_mp = from_mp;
    }
    if (i + 1 < s->ruby->end && i != s->last) {
        return;
    }
    const int32_t left = s->left_mp - s->line->indent_mp;
    text_emit_ruby(s->canvas, p, s->ruby,
                   (struct ruby_place){.middle_mp = s->left_mp + stretched(s, (s->ruby_from_mp + to_mp) / 2),
                                       .baseline_mp = s->baseline_mp,
                                       .left_mp = left,
                                       .right_mp = left + s->lines->width_mp,
                                       .stretch = s->line->stretch});
    s->ruby = text_ruby_from(p, s->ruby->end);
}

static void set_atoms(struct setter *s) {
    const struct paragraph *p = s->lines->paragraph;
    struct adjustment plan = text_adjust_line(p, s->line);
    struct decorator decorator = decorator_for(s->canvas, p, s->left_mp, s->baseline_mp, s->line->stretch);
    int32_t leader_left = s->line->leads ? s->line->delta_mp : 0;
    int32_t x = 0;
    const uint32_t *order = text_visual_order(s->canvas->arena, p, s->line->first, s->last);
    for (uint32_t place = s->line->first; place <= s->last; place++) {
        const uint32_t i = order != NULL ? order[place - s->line->first] : place;
        struct atom atom = text_line_atom(p, s->line, i, s->last);
        const struct change change = text_adjust_atom(&plan, p, &atom, i == s->last);
        if (!goes_on(s, &atom) || i == s->tail_end || i == s->head ||
            (order != NULL && place > s->line->first && i != order[place - s->line->first - 1] + 1)) {
            close_run(s, x);
        }
        x += change.before_mp;
        int32_t advance = atom.advance_mp;
        const int32_t gap_mp = atom.gap_mp > 0 ? change.behind_mp + atom.gap_mp : 0;
        const bool has_gap = gap_mp > 0 || (atom.filled && i != s->last);
        if (atom.kind == CLASS_TAB) {
            advance = tab_advance(s, &atom, x, &leader_left);
            close_run(s, x);
            if (atom_is(&atom, ATOM_LEADER)) {
                emit_leader(s, i, x, advance);
            }
        } else if (atom_is(&atom, ATOM_FIELD)) {
            close_run(s, x);
            emit_field(s, i, &atom, x, gap_mp);
        } else if (!atom_is(&atom, ATOM_NO_GLYPH)) {
            add_glyph(s, i, &atom, x);
            if (has_gap) {
                add_gap(s, gap_mp);
            }
        } else if (!atom_is(&atom, ATOM_HIDDEN)) {
            close_run(s, x); /* a space without a glyph belongs to no run's text */
        }
        if (s->line->parts && i == s->last) {
            const struct hyphen hyphen = text_hyphen(p, i);
            add_hyphen(s, x + advance, hyphen);
            advance += hyphen.advance_mp;
        }
        decorator_step(&decorator, i, x, x + advance);
        step_ruby(s, i, x, x + advance);
        x += advance + change.behind_mp + atom.gap_mp;
    }
    close_run(s, x);
    decorator_end(&decorator);
}

size_t text_emit_line(struct canvas *canvas, const struct lines *lines, const struct line *line, int32_t x_mp,
                      int32_t y_mp) {
    const struct paragraph *p = lines->paragraph;
    uint32_t last = text_line_last(p, line);
    if (last != line->end) {
        struct setter s = {.canvas = canvas,
                           .lines = lines,
                           .line = line,
                           .left_mp = x_mp + line->indent_mp,
                           .baseline_mp = y_mp,
                           .last = last,
                           .ruby = p->ruby_count ? text_ruby_from(p, line->first) : NULL};
        s.glyphs = ARENA_ARRAY(canvas->arena, struct glyph, last - line->first + 1 + line->parts);
        s.tail_end = line > lines->items && line[-1].parts ? text_parted(p, line->first).end : 0;
        s.head = line->parts ? text_parted(p, line->end).first : (uint32_t)p->count;
        set_atoms(&s);
    }
    const uint32_t from = paragraph_offset(p, line->first);
    return utf8_count_valid(str_slice(p->text, from, paragraph_offset(p, line->end)));
}

int32_t text_baseline(const struct text_style *style) {
    return (text_leading(style) - style->size_mp) / 2 + mp_scale(style->size_mp, ASCENT_PERMILLE, 1000);
}

size_t text_emit(struct canvas *canvas, const struct lines *lines, size_t from, size_t to, int32_t x_mp, int32_t y_mp) {
    const struct text_style *style = lines->paragraph->style;
    const int32_t leading = text_leading(style);
    int32_t baseline = y_mp + text_baseline(style);
    size_t placed = 0;
    for (size_t i = from; i < to && i < lines->count; i++, baseline += leading) {
        baseline += lines->items[i].raise_mp;
        placed += text_emit_line(canvas, lines, &lines->items[i], x_mp, baseline);
    }
    return placed;
}
