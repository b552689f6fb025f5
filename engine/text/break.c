/* break.c: where lines end.
 *
 * Where a line may end is marked once a paragraph: by the pairs of classes (classes.c), which know all that Chinese
 * text needs, and by ICU for scripts that they don't know. Lines are then filled first-fit. A line that would end so
 * that a closing mark begins the next is met first by squeezing (先挤进), if its places give enough, else by carrying
 * over (后推出). Without a prohibition the nearer of the two is taken. A paragraph doesn't end with a single character
 * on a line (孤字).
 *
 * Every blank half at a line's end is gone, an opening mark's at its start too, but not behind the first line's indent.
 */
#include "base/length.h"
#include "base/utf8.h"
#include "text/engine.h"
#include "text/paragraph.h"

/* --- where lines may end ------------------------------------------------------------------------------------------ */

static bool is_province(uint32_t code_point) {
    static const char provinces[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    struct str all = {provinces, sizeof provinces - 1};
    for (size_t at = 0; at < all.n;)
        if (utf8_next(all, &at) == code_point)
            return true;
    return false;
}

static uint32_t code_point_of(const struct paragraph *p, size_t i) {
    size_t at = p->atoms[i].offset;
    return utf8_next(p->text, &at);
}

/* 贵C·12345, 贵C12345: the number of a car behind the province's character. */
static bool is_plate(const struct paragraph *p, size_t letter) {
    size_t at = letter + 1;
    size_t signs = 0;
    if (at < p->count && p->atoms[at].kind == CLASS_MIDDOT)
        at++;
    for (; at < p->count && (p->atoms[at].kind == CLASS_DIGIT || p->atoms[at].kind == CLASS_LATIN); at++)
        signs++;
    return (signs == 5 || signs == 6) && is_province(code_point_of(p, letter - 1));
}

static void keep_plates(struct paragraph *p) {
    for (size_t i = 1; i < p->count; i++) {
        if (p->atoms[i].kind != CLASS_LATIN || p->atoms[i - 1].kind != CLASS_HAN || !is_plate(p, i))
            continue;
        p->atoms[i - 1].flags &= (uint16_t) ~(ATOM_BREAK | ATOM_STRETCH);
        p->atoms[i - 1].gap_mp = 0;
    }
}

/* Thai, Khmer and the like: ICU knows their words. The rest of the paragraph keeps the rules of the table. */
static void ask_icu(struct text_engine *engine, struct paragraph *p) {
    struct arena *scratch = arena_create();
    uint64_t *bits;
    if (engine_line_breaks(engine, scratch, p->text, &bits)) {
        for (size_t i = 0; i + 1 < p->count; i++) {
            struct atom *atom = &p->atoms[i];
            uint32_t end = paragraph_offset(p, i + 1);
            if (atom->kind != CLASS_OTHER || atom[1].kind != CLASS_OTHER || atom_is(&atom[1], ATOM_CONTINUES))
                continue;
            if (bits[end / 64] >> (end % 64) & 1)
                atom->flags |= ATOM_BREAK | ATOM_STRETCH;
        }
    }
    arena_destroy(scratch);
}

void text_mark_breaks(struct text_engine *engine, struct paragraph *p) {
    keep_plates(p);
    if (p->has_other)
        ask_icu(engine, p);
}

/* --- how wide a piece is ------------------------------------------------------------------------------------------ */

/* Atoms set side by side from the start of a line. */
struct cursor {
    const struct paragraph *p;
    uint32_t first;
    bool keeps_opening;
    int32_t x_mp, capacity_mp;
    int32_t ink_mp, ink_capacity_mp; /* if the line ended here: its width, and what it could be squeezed by */
    int32_t kept_mp;                 /* if the paragraph ended here: with the wide spaces at its end */
    uint32_t ink;                    /* the last atom with ink */
};

static struct cursor cursor_at(const struct paragraph *p, uint32_t first, bool keeps_opening) {
    return (struct cursor){.p = p, .first = first, .keeps_opening = keeps_opening, .ink = first};
}

static inline void cursor_step(struct cursor *c, uint32_t i) {
    const struct atom *atom = &c->p->atoms[i];
    bool opening = atom->kind == CLASS_OPEN;
    int32_t blank = atom->blank_mp;
    int32_t advance = atom->advance_mp;
    if (i == c->first && opening && !c->keeps_opening) {
        advance -= blank;
        blank = 0;
    }
    if (atom->kind == CLASS_TAB && !atom_is(atom, ATOM_LEADER))
        advance = tab_width(c->p, c->x_mp);
    c->x_mp = text_sum(c->x_mp, advance);
    if (!(atom->flags & (ATOM_SPACE | ATOM_HIDDEN))) {
        c->ink_mp = opening ? c->x_mp : c->x_mp - blank;
        c->ink_capacity_mp = opening ? c->capacity_mp + blank : c->capacity_mp;
        c->kept_mp = c->ink_mp;
        c->ink = i;
    } else if (atom->kind == CLASS_WIDE_SPACE) {
        c->kept_mp = c->x_mp;
    }
    c->x_mp = text_sum(c->x_mp, atom->gap_mp);
    c->capacity_mp = text_sum(c->capacity_mp, blank + atom->gap_mp / 2);
}

static struct cursor cursor_over(const struct paragraph *p, uint32_t first, uint32_t end, bool keeps_opening) {
    struct cursor c = cursor_at(p, first, keeps_opening);
    for (uint32_t i = first; i < end; i++)
        cursor_step(&c, i);
    return c;
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

struct breaker {
    struct arena *arena;
    const struct paragraph *p;
    int32_t width_mp; /* in the units of the unsqueezed text */
    struct lines *lines;
    size_t capacity;
};

static bool begins_part(const struct paragraph *p, uint32_t first) {
    return first == 0 || atom_is(&p->atoms[first - 1], ATOM_FORCED);
}

static int32_t indent_of(const struct paragraph *p, uint32_t first) {
    return p->style->left_mp + (begins_part(p, first) ? p->style->indent_mp : 0);
}

static int32_t room_of(const struct breaker *b, uint32_t first) {
    int32_t room = b->width_mp - indent_of(b->p, first) - b->p->style->right_mp;
    return room > 0 ? room : 0;
}

/* Where a line could end, and how wide it would be. end 0: nowhere yet. */
struct candidate {
    uint32_t end;
    int32_t width_mp;
    bool keeps_spaces;
};

static struct candidate candidate_at(const struct cursor *c, uint32_t end, bool ends, int32_t room) {
    bool keeps = ends && c->kept_mp <= room;
    return (struct candidate){end, keeps ? c->kept_mp : c->ink_mp, keeps};
}

/* The piece behind `fit` drags a mark along that may not begin a line. */
static bool is_prohibited(const struct cursor *c, const struct candidate *fit) {
    return fit->end < c->ink && !class_begins_line((enum char_class)c->p->atoms[c->ink].kind);
}

static bool prefers_squeezing(const struct cursor *c, const struct candidate *fit, int32_t room) {
    if (c->ink_mp - c->ink_capacity_mp > room)
        return false;
    if (!fit->end || is_prohibited(c, fit))
        return true;
    bool free = c->p->style->align == ALIGN_JUSTIFY && c->p->style->grid_mp == 0;
    return free && c->ink_mp - room <= room - fit->width_mp;
}

/* The end of the first cluster. */
static uint32_t one_cluster(const struct paragraph *p, uint32_t first) {
    uint32_t end = first + 1;
    while (end < p->count && atom_is(&p->atoms[end], ATOM_CONTINUES))
        end++;
    return end;
}

static struct line make_line(const struct paragraph *p, uint32_t first, struct candidate at) {
    uint32_t end = at.end;
    struct line line = {
        .first = first, .end = end, .width_mp = at.width_mp, .keeps_spaces = at.keeps_spaces, .stretch = 1000};
    line.keeps_opening = begins_part(p, first) && p->style->indent_mp > 0;
    line.last = end == p->count || atom_is(&p->atoms[end - 1], ATOM_FORCED);
    return line;
}

/* The next line from `first`, by first fit. */
static struct line fill_line(struct breaker *b, uint32_t first) {
    const struct paragraph *p = b->p;
    int32_t room = room_of(b, first);
    struct cursor c = cursor_at(p, first, begins_part(p, first) && p->style->indent_mp > 0);
    struct candidate fit = {0, 0, false};
    struct candidate emergency = {0, 0, false};
    for (uint32_t i = first; i < p->count; i++) {
        cursor_step(&c, i);
        bool ends = i + 1 == p->count || atom_is(&p->atoms[i], ATOM_FORCED);
        bool place = ends || atom_is(&p->atoms[i], ATOM_BREAK);
        if (c.ink_mp > room) {
            if (place && prefers_squeezing(&c, &fit, room))
                return make_line(p, first, (struct candidate){i + 1, c.ink_mp, false});
            if (!place && c.ink_mp - c.ink_capacity_mp <= room)
                continue;
            break;
        }
        if (place)
            fit = candidate_at(&c, i + 1, ends, room);
        else if (!atom_is(&p->atoms[i + 1], ATOM_CONTINUES))
            emergency = candidate_at(&c, i + 1, false, room);
        if (ends)
            break;
    }
    if (fit.end)
        return make_line(p, first, fit);
    b->lines->overflows = true;
    if (!emergency.end) {
        emergency.end = one_cluster(p, first);
        emergency.width_mp = cursor_over(p, first, emergency.end, false).ink_mp;
    }
    return make_line(p, first, emergency);
}

static void add_line(struct breaker *b, struct line line) {
    struct lines *lines = b->lines;
    ARENA_GROW(b->arena, lines->items, lines->count, b->capacity);
    lines->items[lines->count++] = line;
}

/* --- 孤字 --------------------------------------------------------------------------------------------------------- */

/* Characters, marks not counted; what isn't Chinese counts for two, for a word or number may stand alone. */
static size_t weigh(const struct paragraph *p, uint32_t first, uint32_t end) {
    size_t weight = 0;
    for (uint32_t i = first; i < end && weight < 4; i++) {
        const struct atom *atom = &p->atoms[i];
        if (atom->flags & (ATOM_SPACE | ATOM_HIDDEN))
            continue;
        bool chinese = atom->kind == CLASS_HAN || atom->kind == CLASS_WIDE;
        weight += chinese ? 1 : class_is_western((enum char_class)atom->kind) ? 2 : 0;
    }
    return weight;
}

/* Where the line before may end so that the last line gets one character more; 0: nowhere. */
static uint32_t earlier_end(const struct paragraph *p, const struct line *before, uint32_t end) {
    for (uint32_t at = before->end - 1; at > before->first; at--)
        if (atom_is(&p->atoms[at - 1], ATOM_BREAK) && weigh(p, at, end) >= 2)
            return weigh(p, before->first, at) >= 2 ? at : 0;
    return 0;
}

/* A last line of one character is squeezed into the line before, else that line gives one. */
static void mend_lonely(struct breaker *b) {
    const struct paragraph *p = b->p;
    struct lines *lines = b->lines;
    if (lines->count < 2)
        return;
    struct line *before = &lines->items[lines->count - 2];
    struct line *last = &lines->items[lines->count - 1];
    if (before->last || !last->last || weigh(p, last->first, last->end) != 1)
        return;
    int32_t room = room_of(b, before->first);
    struct cursor c = cursor_over(p, before->first, last->end, before->keeps_opening);
    if (c.ink_mp - c.ink_capacity_mp <= room) {
        *before = make_line(p, before->first, candidate_at(&c, last->end, true, room));
        lines->count--;
        return;
    }
    uint32_t end = earlier_end(p, before, last->end);
    struct cursor tail = cursor_over(p, end, last->end, false);
    if (!end || tail.ink_mp > room_of(b, end))
        return;
    struct cursor head = cursor_over(p, before->first, end, before->keeps_opening);
    *before = make_line(p, before->first, candidate_at(&head, end, false, room));
    *last = make_line(p, end, candidate_at(&tail, last->end, true, room_of(b, end)));
}

/* --- setting lines into their room ----------------------------------------------------------------------------------
 */

static bool has_leader(const struct paragraph *p, const struct line *line) {
    for (uint32_t i = line->first; p->has_tabs && i < line->end; i++)
        if (atom_is(&p->atoms[i], ATOM_LEADER))
            return true;
    return false;
}

/* A line of few gaps isn't torn apart: where each would get over one em, it stays ragged. */
static bool may_stretch(const struct paragraph *p, const struct line *line, int32_t slack) {
    bool distribute = p->style->align == ALIGN_DISTRIBUTE;
    int64_t gaps = 0;
    if (p->has_tabs || !(distribute || (p->style->align == ALIGN_JUSTIFY && !line->last)))
        return false;
    uint32_t last = text_line_last(p, line);
    for (uint32_t i = line->first; i < last; i++)
        gaps += atom_is(&p->atoms[i], ATOM_STRETCH);
    return distribute ? gaps > 0 : slack <= gaps * p->style->size_mp;
}

static void set_line(const struct breaker *b, struct line *line) {
    const struct paragraph *p = b->p;
    int32_t room = room_of(b, line->first);
    int32_t slack = room - line->width_mp;
    line->indent_mp = indent_of(p, line->first);
    line->leads = has_leader(p, line);
    if (slack < 0) {
        struct cursor c = cursor_over(p, line->first, line->end, line->keeps_opening);
        line->delta_mp = -slack <= c.ink_capacity_mp ? slack : -c.ink_capacity_mp;
    } else if (line->leads || (slack > 0 && may_stretch(p, line, slack))) {
        line->delta_mp = slack;
    } else if (p->style->align == ALIGN_CENTRE) {
        line->indent_mp += slack / 2;
    } else if (p->style->align == ALIGN_RIGHT) {
        line->indent_mp += slack;
    }
    int32_t widest = line->indent_mp + line->width_mp + line->delta_mp;
    if (widest > b->lines->widest_mp)
        b->lines->widest_mp = widest;
    b->lines->overflows = b->lines->overflows || line->width_mp + line->delta_mp > room;
}

static int32_t leading_of(const struct text_style *style) {
    return style->leading_mp > 0 ? style->leading_mp : style->size_mp;
}

struct lines text_break_lines(struct arena *arena, const struct paragraph *p, int32_t width_mp, uint16_t stretch) {
    struct lines lines = {.paragraph = p, .width_mp = width_mp};
    struct breaker b = {.arena = arena, .p = p, .width_mp = mp_scale(width_mp, 1000, stretch), .lines = &lines};
    for (uint32_t first = 0; first < p->count;) {
        add_line(&b, fill_line(&b, first));
        if (lines.items[lines.count - 1].last)
            mend_lonely(&b);
        first = lines.items[lines.count - 1].end;
    }
    if (lines.count == 0)
        add_line(&b, (struct line){.stretch = 1000, .last = true});
    for (size_t i = 0; i < lines.count; i++) {
        set_line(&b, &lines.items[i]);
        lines.items[i].stretch = stretch;
        lines.items[i].indent_mp = mp_scale(lines.items[i].indent_mp, stretch, 1000);
    }
    lines.widest_mp = mp_scale(lines.widest_mp, stretch, 1000) + p->style->right_mp;
    int64_t height = (int64_t)lines.count * leading_of(p->style);
    lines.height_mp = height < INT32_MAX ? (int32_t)height : INT32_MAX;
    return lines;
}

struct lines text_single_line(struct arena *arena, const struct paragraph *p) {
    return text_break_lines(arena, p, TEXT_WIDEST_MP / 2, 1000);
}

int32_t paragraph_natural_width(const struct paragraph *p) {
    int32_t widest = 0;
    for (uint32_t first = 0; first < p->count;) {
        uint32_t end = first + 1;
        while (end < p->count && !atom_is(&p->atoms[end - 1], ATOM_FORCED))
            end++;
        struct cursor c = cursor_over(p, first, end, begins_part(p, first) && p->style->indent_mp > 0);
        int32_t width = indent_of(p, first) + c.kept_mp + p->style->right_mp;
        widest = width > widest ? width : widest;
        first = end;
    }
    return widest;
}

int32_t paragraph_minimum_width(const struct paragraph *p) {
    int32_t widest = 0;
    uint32_t first = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        if (i + 1 < p->count && !(p->atoms[i].flags & (ATOM_BREAK | ATOM_FORCED)))
            continue;
        struct cursor c = cursor_over(p, first, i + 1, begins_part(p, first) && p->style->indent_mp > 0);
        int32_t width = indent_of(p, first) + c.ink_mp + p->style->right_mp;
        widest = width > widest ? width : widest;
        first = i + 1;
    }
    return widest;
}
