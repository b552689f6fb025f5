/* vertical.c: vertical text, for spines and narrow labels.
 *
 * Atoms are gathered into cells: a Chinese character or mark is one em high; two or three digits stand side by side
 * in one (纵中横排), a single digit or letter stands upright, longer words and numbers lie on their side. Marks take
 * the face's vertical form; where it has none, they are turned, and stops move to the upper right of the cell. “ ”
 * become corner brackets (clreq 3.1.4). Pinyin is at the right of its character. */
#include "base/length.h"
#include "base/utf8.h"
#include "text/emit.h"
#include "text/engine.h"
#include "text/paragraph.h"

enum cell_kind { CELL_UPRIGHT, CELL_BESIDE /* digits side by side */, CELL_LYING, CELL_SPACE, CELL_COLUMN_END };

struct cell {
    enum cell_kind kind;
    uint32_t from, to; /* atoms */
    int32_t height_mp;
};

enum {
    ASCENT_PERMILLE = 880,
    MIDDLE_PERMILLE = 380, /* of the em box, above the baseline */
    STOP_SHIFT_PERMILLE = 550,
    LYING_MAX = 1000 /* atoms of a lying word */
};

static bool lies_in_words(uint8_t kind) {
    return class_is_western((enum char_class)kind) || kind == CLASS_POINT || kind == CLASS_HYPHEN ||
           kind == CLASS_SOLIDUS || kind == CLASS_WEST_OPEN || kind == CLASS_WEST_CLOSE;
}

static int32_t size_of(const struct paragraph *p, uint32_t atom) {
    return p->runs[p->atoms[atom].run].style->size_mp;
}

/* The western characters from `from` on, as one cell. */
static struct cell western_cell(const struct paragraph *p, uint32_t from) {
    struct cell cell = {CELL_LYING, from, from, 0};
    uint32_t digits = 0;
    for (; cell.to < p->count && lies_in_words(p->atoms[cell.to].kind) && cell.to - from < LYING_MAX; cell.to++) {
        cell.height_mp += p->atoms[cell.to].advance_mp;
        digits += p->atoms[cell.to].kind == CLASS_DIGIT && !atom_is(&p->atoms[cell.to], ATOM_FIELD);
    }
    const uint32_t count = cell.to - from;
    if (count == 1 && !atom_is(&p->atoms[from], ATOM_FIELD)) {
        cell.kind = CELL_UPRIGHT;
    } else if (digits == count && count <= 3) {
        cell.kind = CELL_BESIDE;
    }
    if (cell.kind != CELL_LYING) {
        cell.height_mp = size_of(p, from) + p->runs[p->atoms[from].run].style->letter_space_mp;
    }
    return cell;
}

static struct cell cell_at(const struct paragraph *p, uint32_t from) {
    const struct atom *atom = &p->atoms[from];
    const struct text_style *style = p->runs[atom->run].style;
    if (lies_in_words(atom->kind)) {
        return western_cell(p, from);
    }
    struct cell cell = {CELL_UPRIGHT, from, from + 1, style->size_mp + style->letter_space_mp};
    if (atom_is(atom, ATOM_FORCED) && atom_is(atom, ATOM_HIDDEN)) {
        return (struct cell){CELL_COLUMN_END, from, from + 1, 0};
    }
    if (atom_is(atom, ATOM_HIDDEN)) {
        return (struct cell){CELL_SPACE, from, from + 1, 0};
    }
    if (atom->flags & (ATOM_SPACE | ATOM_NO_GLYPH)) {
        return (struct cell){CELL_SPACE, from, from + 1, atom->advance_mp};
    }
    if (atom->kind == CLASS_DASH && atom->advance_mp > style->size_mp) {
        cell.height_mp = atom->advance_mp;
    }
    return cell;
}

static int32_t column_height(const struct paragraph *p, uint32_t from, uint32_t to) {
    int32_t height = 0;
    for (struct cell cell; from < to; from = cell.to) {
        cell = cell_at(p, from);
        height = text_sum(height, cell.height_mp);
    }
    return height;
}

/* The end of the column that begins at `from`: a forced end, or where it would get higher than room (0: any height).
 * A mark that may not begin a line takes the cell before it along. */
static uint32_t column_end(const struct paragraph *p, uint32_t from, int32_t room_mp) {
    int32_t height = 0;
    uint32_t previous = from;
    struct cell cell;
    for (uint32_t at = from; at < p->count; at = cell.to) {
        cell = cell_at(p, at);
        if (cell.kind == CELL_COLUMN_END) {
            return cell.to;
        }
        height = text_sum(height, cell.height_mp);
        if (room_mp > 0 && height > room_mp && at > from) {
            bool carries = !class_begins_line((enum char_class)p->atoms[at].kind) && previous > from;
            return carries ? previous : at;
        }
        previous = at;
    }
    return (uint32_t)p->count;
}

int32_t text_vertical_height(const struct paragraph *p) {
    int32_t highest = 0;
    for (uint32_t from = 0; from < p->count;) {
        const uint32_t end = column_end(p, from, 0);
        const int32_t height = column_height(p, from, end);
        highest = height > highest ? height : highest;
        from = end;
    }
    return highest;
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

struct column {
    struct text_engine *engine;
    struct canvas *canvas;
    const struct paragraph *p;
    int32_t middle_mp; /* x */
};

static void add_run(const struct column *c, struct canvas *canvas, uint32_t from, uint32_t to, struct glyph *glyphs,
                    int32_t x_mp, int32_t y_mp, int32_t width_mp, uint16_t stretch) {
    const struct text_run *look = &c->p->runs[c->p->atoms[from].run];
    struct mark *mark = canvas_add(canvas, MARK_GLYPHS, x_mp, y_mp);
    mark->glyphs = (struct mark_glyphs){
        .face = look->face,
        .size_mp = look->style->size_mp,
        .stretch = stretch,
        .count = (uint16_t)(to - from),
        .colour = look->style->colour,
        .text = str_copy(canvas->arena, str_slice(c->p->text, c->p->atoms[from].offset, paragraph_offset(c->p, to))),
        .glyphs = glyphs,
        .width_mp = width_mp};
}

/* The glyphs of [from, to), of one run, side by side; *width_mp is their width. */
static struct glyph *in_a_row(const struct column *c, uint32_t from, uint32_t to, int32_t *width_mp) {
    struct glyph *glyphs = ARENA_ARRAY(c->canvas->arena, struct glyph, to - from);
    int32_t x = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct atom *atom = &c->p->atoms[i];
        glyphs[i - from] = (struct glyph){.id = atom->glyph,
                                          .cluster = (uint16_t)(atom->offset - c->p->atoms[from].offset),
                                          .x_mp = x + atom->shift_mp};
        x += atom->advance_mp;
    }
    *width_mp = x;
    return glyphs;
}

static void draw_beside(const struct column *c, const struct cell *cell, int32_t y_mp) {
    const int32_t size = size_of(c->p, cell->from);
    int32_t width;
    struct glyph *glyphs = in_a_row(c, cell->from, cell->to, &width);
    uint16_t stretch = 1000;
    if (width > size) {
        stretch = (uint16_t)mp_scale(1000, size, width);
        for (uint32_t i = 0; i < cell->to - cell->from; i++) {
            glyphs[i].x_mp = mp_scale(glyphs[i].x_mp, stretch, 1000);
        }
        width = size;
    }
    const int32_t baseline = y_mp + mp_scale(size, ASCENT_PERMILLE, 1000);
    add_run(c, c->canvas, cell->from, cell->to, glyphs, c->middle_mp - width / 2, baseline, width, stretch);
}

/* Turned by 90° clockwise about the column's middle; a run for each face and style. */
static void draw_lying(const struct column *c, uint32_t from, uint32_t to, int32_t y_mp) {
    const struct matrix turn = {0, MATRIX_ONE, -MATRIX_ONE, 0, 0, 0};
    const int32_t origin = c->middle_mp - mp_scale(size_of(c->p, from), MIDDLE_PERMILLE, 1000);
    struct canvas inside = canvas_group(c->canvas, origin, y_mp, turn, NULL);
    int32_t x = 0;
    for (uint32_t end; from < to; from = end) {
        end = from + 1;
        while (end < to && c->p->atoms[end].run == c->p->atoms[from].run) {
            end++;
        }
        int32_t width;
        struct glyph *glyphs = in_a_row(c, from, end, &width);
        add_run(c, &inside, from, end, glyphs, x, 0, width, 1000);
        x += width;
    }
}

static struct str vertical_form(struct str text) {
    static const struct {
        struct str plain, vertical;
    } forms[] = {
        {STR_INIT("“"), STR_INIT("「")},
        {STR_INIT("”"), STR_INIT("」")},
        {STR_INIT("‘"), STR_INIT("『")},
        {STR_INIT("’"), STR_INIT("』")},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (str_eq(text, forms[i].plain)) {
            return forms[i].vertical;
        }
    }
    return text;
}

static bool stands_turned(uint8_t kind) {
    return kind == CLASS_OPEN || kind == CLASS_CLOSE || kind == CLASS_DASH || kind == CLASS_ELLIPSIS ||
           kind == CLASS_CONNECTOR;
}

static bool is_stop(uint8_t kind) {
    return kind == CLASS_COMMA || kind == CLASS_STOP;
}

/* One character. False: it needs a vertical form that the face doesn't have, and must be turned. */
static bool draw_upright(const struct column *c, uint32_t i, int32_t y_mp) {
    const struct atom *atom = &c->p->atoms[i];
    const struct text_run *look = &c->p->runs[atom->run];
    const int32_t size = look->style->size_mp;
    uint16_t glyph = atom->glyph;
    bool mark = stands_turned(atom->kind) || is_stop(atom->kind) || atom->kind == CLASS_EXCLAIM;
    if (mark && !atom_is(atom, ATOM_MISSING)) {
        const struct str text = vertical_form(str_slice(c->p->text, atom->offset, atom->offset + atom->bytes));
        const struct word word = engine_word(c->engine, look->face, text, WORD_VERTICAL);
        if (word.count == 1 && word.glyphs[0].glyph) {
            glyph = word.glyphs[0].glyph;
        }
        if (glyph == atom->glyph && stands_turned(atom->kind)) {
            return false;
        }
    }
    const int32_t natural = mp_scale(face_advance(look->face, glyph), size, 1000);
    const int32_t shift = glyph == atom->glyph && is_stop(atom->kind) ? mp_scale(size, STOP_SHIFT_PERMILLE, 1000) : 0;
    struct glyph *one = ARENA_NEW(c->canvas->arena, struct glyph);
    *one = (struct glyph){.id = glyph, .x_mp = shift, .y_mp = -shift};
    const int32_t baseline = y_mp + mp_scale(size, ASCENT_PERMILLE, 1000);
    add_run(c, c->canvas, i, i + 1, one, c->middle_mp - natural / 2, baseline, natural, 1000);
    return true;
}

static void draw_column(const struct column *c, uint32_t from, uint32_t to, int32_t y_mp) {
    const struct ruby *ruby = text_ruby_from(c->p, from);
    int32_t base_mp = y_mp;
    for (struct cell cell; from < to; from = cell.to) {
        cell = cell_at(c->p, from);
        base_mp = ruby != NULL && from <= ruby->first ? y_mp : base_mp;
        switch (cell.kind) {
        case CELL_UPRIGHT:
            if (!draw_upright(c, from, y_mp)) {
                draw_lying(c, cell.from, cell.to, y_mp);
            }
            break;
        case CELL_BESIDE:
            draw_beside(c, &cell, y_mp);
            break;
        case CELL_LYING:
            draw_lying(c, cell.from, cell.to, y_mp);
            break;
        case CELL_SPACE:
        case CELL_COLUMN_END:
            break;
        }
        y_mp = text_sum(y_mp, cell.height_mp);
        if (ruby != NULL && cell.to >= ruby->end) {
            text_emit_ruby_beside(c->canvas, c->p, ruby, c->middle_mp, (base_mp + y_mp) / 2);
            ruby = text_ruby_from(c->p, cell.to);
        }
    }
}

size_t text_emit_vertical(struct text_engine *engine, struct canvas *canvas, const struct paragraph *p,
                          struct box box) {
    const int32_t pitch = text_leading(p->style);
    int32_t columns = 0;
    int32_t tallest = 0;
    for (uint32_t from = 0, end; from < p->count; from = end, columns++) {
        end = column_end(p, from, box.height_mp);
        const int32_t height = column_height(p, from, end);
        tallest = height > tallest ? height : tallest;
    }
    const int32_t top = box.y_mp + (box.height_mp > tallest ? (box.height_mp - tallest) / 2 : 0);
    struct column column = {.engine = engine, .canvas = canvas, .p = p};
    column.middle_mp = box.x_mp + box.width_mp / 2 + (columns - 1) * pitch / 2;
    for (uint32_t from = 0, end; from < p->count; from = end, column.middle_mp -= pitch) {
        end = column_end(p, from, box.height_mp);
        draw_column(&column, from, end, top);
    }
    return p->characters;
}
