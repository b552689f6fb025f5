/* justify.c: which places of a line are squeezed or stretched, and by how much.
 *
 * Squeezing goes class after class, evenly within one: the mark at the line's end (always, in break.c), Latin word
 * spaces, brackets, ，、；：, gaps between Chinese and Latin, 。？！ last; · is half an em from the start.
 * Stretching: all gaps alike, also those between Chinese characters, by a twentieth of an em each, which nobody sees;
 * then word spaces and gaps between Chinese and Latin to three eighths of an em, then to half an em (not in large
 * sizes), then all gaps evenly (clreq 3.3.2; order and figures are ours: a line lacks mostly less than its gaps can
 * share unseen). */
#include "text/paragraph.h"

#include <assert.h>

/* By class; all others can't be squeezed, or are 。？！, which come last. */
static const uint8_t squeezes[CLASS_COUNT] = {
    [CLASS_SPACE] = 1 + SQUEEZE_WORD,  [CLASS_OPEN] = 1 + SQUEEZE_BRACKET, [CLASS_CLOSE] = 1 + SQUEEZE_BRACKET,
    [CLASS_COMMA] = 1 + SQUEEZE_COMMA, [CLASS_GAP] = 1 + SQUEEZE_GAP,
};

static enum squeeze squeeze_kind(uint8_t kind) {
    return squeezes[kind] ? (enum squeeze)(squeezes[kind] - 1) : SQUEEZE_STOP;
}

static bool is_word_space(uint8_t kind) {
    return kind == CLASS_SPACE || kind == CLASS_GLUE;
}

static int32_t size_of(const struct paragraph *p, const struct atom *atom) {
    return p->runs[atom->run].style->size_mp;
}

int32_t text_even_room(const struct paragraph *p, const struct atom *atom) {
    return atom_is(atom, ATOM_STRETCH) ? size_of(p, atom) / EVEN_PART : 0;
}

/* The width of a word space or a gap between Chinese and Latin, a typed one too; -1: it is neither. */
static int32_t gap_width(const struct atom *atom) {
    if (is_word_space(atom->kind) || atom->kind == CLASS_GAP) {
        return atom->advance_mp;
    }
    return atom->gap_mp > 0 ? atom->gap_mp : -1;
}

/* How far it is stretched to the width, when it has been stretched to `from` already. */
static int32_t room_between(int32_t width, int32_t from, int32_t to) {
    const int32_t low = width > from ? width : from;
    return width >= 0 && low < to ? to - low : 0;
}

/* To three eighths of an em. */
static int32_t near_room(const struct paragraph *p, const struct atom *atom) {
    const int32_t width = gap_width(atom);
    return width < 0 ? 0 : room_between(width + text_even_room(p, atom), 0, size_of(p, atom) * 3 / 8);
}

/* From there to half an em: from 小二 (18 pt) up such a gap would be a hole. */
static int32_t far_room(const struct paragraph *p, const struct atom *atom) {
    enum { LARGE_MP = 18000 };
    const int32_t width = gap_width(atom), size = size_of(p, atom);
    return width < 0 || size >= LARGE_MP ? 0 : room_between(width + text_even_room(p, atom), size * 3 / 8, size / 2);
}

int32_t text_first_room(const struct paragraph *p, const struct atom *atom) {
    return near_room(p, atom) + far_room(p, atom);
}

uint32_t text_line_last(const struct paragraph *p, const struct line *line) {
    uint32_t end = line->end;
    while (end > line->first) {
        const struct atom *atom = &p->atoms[end - 1];
        bool kept = line->keeps_spaces && atom->kind == CLASS_WIDE_SPACE;
        if (!(atom->flags & (ATOM_SPACE | ATOM_HIDDEN)) || kept) {
            break;
        }
        end--;
    }
    return end > line->first ? end - 1 : line->end;
}

static void give(struct share *share, int64_t *left) {
    share->total = *left < share->capacity ? *left : share->capacity;
    *left -= share->total;
}

struct atom text_line_atom(const struct paragraph *p, const struct line *line, uint32_t i, uint32_t last) {
    struct atom atom = p->atoms[i];
    assert(atom.blank_mp >= 0 && atom.gap_mp >= 0); /* invariant 4 of paragraph.h */
    bool opening = atom.kind == CLASS_OPEN;
    bool at_start = i == line->first && opening && !line->keeps_opening;
    bool at_end = i == last && !opening && class_has_blank((enum char_class)atom.kind);
    if (at_start) {
        atom.shift_mp -= atom.blank_mp;
    }
    if (at_start || at_end) {
        atom.advance_mp -= atom.blank_mp;
        atom.blank_mp = 0;
    } else if (atom_is(&atom, ATOM_HUGGED)) {
        atom.blank_mp = 0; /* ：“ is one and a half em, and isn't squeezed further */
    } else if (atom_is(&atom, ATOM_TIGHT)) {
        atom.blank_mp /= 2;
    }
    if (i == last) {
        atom.gap_mp = 0;
    }
    return atom;
}

static void measure_squeeze(struct adjustment *plan, const struct paragraph *p, const struct line *line,
                            uint32_t last) {
    for (uint32_t i = line->first; i <= last; i++) {
        const struct atom atom = text_line_atom(p, line, i, last);
        plan->squeeze[squeeze_kind(atom.kind)].capacity += atom.blank_mp;
        plan->squeeze[SQUEEZE_GAP].capacity += atom.gap_mp / 2;
    }
}

static void measure_stretch(struct adjustment *plan, const struct paragraph *p, const struct line *line,
                            uint32_t last) {
    for (uint32_t i = line->first; i < last; i++) {
        const struct atom *atom = &p->atoms[i];
        plan->even.capacity += text_even_room(p, atom);
        plan->near.capacity += near_room(p, atom);
        plan->far.capacity += far_room(p, atom);
        plan->rest.capacity += atom_is(atom, ATOM_STRETCH);
    }
}

struct adjustment text_adjust_line(const struct paragraph *p, const struct line *line) {
    struct adjustment plan = {.any = line->delta_mp != 0};
    const uint32_t last = text_line_last(p, line);
    if (!plan.any || line->leads || last == line->end) {
        return (struct adjustment){0};
    }
    if (line->delta_mp < 0) {
        int64_t left = -(int64_t)line->delta_mp;
        measure_squeeze(&plan, p, line, last);
        for (int kind = 0; kind < SQUEEZE_KINDS; kind++) {
            give(&plan.squeeze[kind], &left);
        }
        return plan;
    }
    int64_t left = line->delta_mp;
    measure_stretch(&plan, p, line, last);
    give(&plan.even, &left);
    give(&plan.near, &left);
    give(&plan.far, &left);
    plan.rest.total = plan.rest.capacity ? left : 0;
    return plan;
}

struct change text_adjust_atom(struct adjustment *plan, const struct paragraph *p, const struct atom *atom, bool ends) {
    struct change change = {0, 0};
    if (!plan->any) {
        return change;
    }
    const int32_t taken = share_take(&plan->squeeze[squeeze_kind(atom->kind)], atom->blank_mp);
    *(atom->kind == CLASS_OPEN ? &change.before_mp : &change.behind_mp) -= taken;
    if (ends) {
        return change;
    }
    change.behind_mp -= share_take(&plan->squeeze[SQUEEZE_GAP], atom->gap_mp / 2);
    change.behind_mp += share_take(&plan->even, text_even_room(p, atom));
    if (plan->near.total + plan->far.total > 0) {
        change.behind_mp += share_take(&plan->near, near_room(p, atom));
        change.behind_mp += share_take(&plan->far, far_room(p, atom));
    }
    change.behind_mp += share_take(&plan->rest, atom_is(atom, ATOM_STRETCH));
    return change;
}
