/* justify.c: which places of a line are squeezed or stretched, and by how much.
 *
 * Squeezing goes class after class, evenly within one: the mark at the line's end (always, in break.c), Latin word
 * spaces, brackets, ，、；：, gaps between Chinese and Latin, 。？！ last; · is half an em from the start.
 * Stretching: word spaces to half an em, gaps between Chinese and Latin to half an em, then all gaps evenly (clreq
 * 3.3.2; order: TYPOGRAPHY). */
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

/* How far a place is stretched before all others are. */
static int32_t word_room(const struct paragraph *p, const struct atom *atom) {
    const int32_t half = p->runs[atom->run].style->size_mp / 2;
    return is_word_space(atom->kind) && atom->advance_mp < half ? half - atom->advance_mp : 0;
}

static int32_t gap_room(const struct atom *atom) {
    /* A gap is a quarter em and may become half, a typed one too. */
    return atom->kind == CLASS_GAP ? atom->advance_mp : atom->gap_mp;
}

int32_t text_first_room(const struct paragraph *p, const struct atom *atom) {
    return word_room(p, atom) + gap_room(atom);
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
        plan->word.capacity += word_room(p, atom);
        plan->gap.capacity += gap_room(atom);
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
    give(&plan.word, &left);
    give(&plan.gap, &left);
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
    change.behind_mp += share_take(&plan->word, word_room(p, atom));
    change.behind_mp += share_take(&plan->gap, gap_room(atom));
    change.behind_mp += share_take(&plan->rest, atom_is(atom, ATOM_STRETCH));
    return change;
}
