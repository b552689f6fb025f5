/* fill.c: the end of one line, by first fit.
 *
 * 1. The last place that fits is taken.
 * 2. If ending there would begin the next line with a closing mark, or end this one with an opening mark, the line
 * is squeezed (先挤进) when it gives enough; else the characters are carried over (后推出).
 * 3. Else the line is stretched by up to a twentieth of an em a gap; beyond that it takes one character more where
 * ，、；： can give an eighth of an em each for it, or twice that where stretching would be seen, or all it has where
 * stretching would leave holes.
 * 4. A class or a long name isn't broken where the line is as good without.
 * 5. In Latin text a line whose word spaces would be stretched by more than a sixth of an em takes part of the next word.
 *
 * These are rules in the order in which breaker_fill applies them. */
#include "text/hyphens.h"
#include "text/lines.h"

struct candidate cursor_candidate(const struct cursor *c, uint32_t end, bool ends, int32_t room_mp) {
    bool keeps = ends && c->kept_mp <= room_mp;
    return (struct candidate){.end = end, .width_mp = keeps ? c->kept_mp : c->ink_mp, .keeps_spaces = keeps};
}

static bool begins_line(const struct paragraph *p, uint32_t i) {
    const uint8_t kind = p->atoms[i].kind;
    bool strict = p->style->strict && (kind == CLASS_DASH || kind == CLASS_ELLIPSIS);
    return class_begins_line((enum char_class)kind) && !strict;
}

bool cursor_meets_prohibition(const struct cursor *c, uint32_t edge) {
    const struct atom *atoms = c->p->atoms;
    if (edge <= c->first) {
        return false;
    }
    uint32_t before = edge - 1;
    while (before > c->first && (atoms[before].flags & (ATOM_SPACE | ATOM_HIDDEN))) {
        before--;
    }
    if (!class_ends_line((enum char_class)atoms[before].kind)) {
        return true;
    }
    for (uint32_t i = edge; i <= c->ink; i++) {
        if (begins_line(c->p, i)) {
            return false;
        }
    }
    return true;
}

/* The last place that fits of each kind: where a line may end; where it does so willingly; in an address; anywhere. */
struct choice {
    struct candidate fit, willing, soft, emergency;
    uint32_t edge; /* the first atom without room */
};

void stretch_step(struct stretch *stretch, const struct paragraph *p, uint32_t i) {
    const struct atom *atom = &p->atoms[i];
    stretch->gaps += atom_is(atom, ATOM_STRETCH);
    stretch->even_mp += text_even_room(p, atom);
    if (atom->gap_mp == 0 && !(atom->flags & ATOM_SPACE) && atom->kind != CLASS_GLUE) {
        return;
    }
    const int32_t room = text_first_room(p, atom);
    stretch->first += room > 0;
    stretch->first_mp += room;
}

int32_t stretch_looks(const struct stretch *stretch, int32_t slack_mp, int32_t size_mp) {
    enum { MANY = 4 /* from so many on wide gaps are seen; a single one isn't */ };
    const int64_t all =
        (int64_t)slack_mp * 1000 / ((int64_t)(stretch->gaps > 0 ? stretch->gaps : 1) * (size_mp > 0 ? size_mp : 1));
    const int64_t left = (int64_t)slack_mp - stretch->even_mp;
    int64_t first = 0;
    if (left > 0 && stretch->first_mp > 0) {
        const int64_t filled = left < stretch->first_mp ? left * 1000 / stretch->first_mp : 1000;
        const int64_t seen = 2 * SEEN_STRETCH - EVEN_STRETCH;
        first = EVEN_STRETCH + seen * filled * (stretch->first < MANY ? stretch->first : MANY) / MANY / 1000;
    }
    const int64_t looks = all > first ? all : first;
    return looks < INT32_MAX ? (int32_t)looks : INT32_MAX;
}

static bool is_justified(const struct paragraph *p) {
    return p->style->align == ALIGN_JUSTIFY && p->style->grid_mp == 0;
}

/* How wide the gaps of the line [first, end) look when it is stretched. */
static int32_t looks_stretched(const struct paragraph *p, uint32_t first, uint32_t end, int32_t slack_mp) {
    struct stretch stretch = {0};
    for (uint32_t i = first; i + 1 < end; i++) {
        stretch_step(&stretch, p, i);
    }
    return stretch_looks(&stretch, slack_mp, p->style->size_mp);
}

static bool is_loath(const struct paragraph *p, const struct candidate *at) {
    return at->end > 0 && at->end < p->count && p->atoms[at->end - 1].loath;
}

/* May the line end earlier to keep a class or a name whole? Not at the price of a bad line. */
static bool prefers_willing(const struct paragraph *p, const struct choice *choice, const struct candidate *at,
                            uint32_t first, int32_t room) {
    if (!is_loath(p, at) || !choice->willing.end) {
        return false;
    }
    const int32_t slack = room - choice->willing.width_mp;
    return is_justified(p) ? looks_stretched(p, first, choice->willing.end, slack) <= SEEN_STRETCH : slack <= room / 4;
}

static bool prefers_squeezing(const struct cursor *c, const struct choice *choice, int32_t room) {
    const struct candidate *fit = &choice->fit;
    if (c->ink_mp - c->ink_capacity_mp > room) {
        return false;
    }
    if (!fit->end || cursor_meets_prohibition(c, choice->edge)) {
        return true;
    }
    if (!is_justified(c->p)) {
        return is_loath(c->p, fit);
    }
    const int32_t slack = room - fit->width_mp, over = c->ink_mp - room;
    const int32_t looks = looks_stretched(c->p, c->first, fit->end, slack);
    if (over > 2 * c->ink_easy_mp) {
        return over <= slack && looks > 2 * SEEN_STRETCH;
    }
    if (is_loath(c->p, fit)) {
        return true;
    }
    return looks > (over <= c->ink_easy_mp ? over * EVEN_STRETCH / c->ink_easy_mp : SEEN_STRETCH);
}

/* The end of the first cluster. */
static uint32_t one_cluster(const struct paragraph *p, uint32_t first) {
    uint32_t end = first + 1;
    while (end < p->count && atom_is(&p->atoms[end], ATOM_CONTINUES)) {
        end++;
    }
    return end;
}

/* A word is broken by force so that no mark begins or ends a line against the rules: a letter earlier, if that is
 * before one. */
static struct candidate torn_well(const struct paragraph *p, const struct candidate *at, uint32_t first) {
    for (uint32_t end = at->end; end > first; end--) {
        if (end == p->count || atom_is(&p->atoms[end], ATOM_CONTINUES)) {
            continue;
        }
        if (class_ends_line((enum char_class)p->atoms[end - 1].kind) && begins_line(p, end)) {
            return end == at->end
                       ? *at
                       : (struct candidate){
                             .end = end, .width_mp = text_measure(p, first, end, text_keeps_opening(p, first)).ink_mp};
        }
    }
    return *at;
}

static struct candidate choose(const struct paragraph *p, const struct choice *choice, uint32_t first, int32_t room,
                               bool *torn) {
    /* An address isn't broken, unless that would leave a hole. */
    bool hole = choice->fit.end == 0 || room - choice->fit.width_mp > room / 4;
    if (choice->soft.end > choice->fit.end && hole) {
        return choice->soft;
    }
    if (prefers_willing(p, choice, &choice->fit, first, room)) {
        return choice->willing;
    }
    if (choice->fit.end) {
        return choice->fit;
    }
    *torn = true;
    if (choice->emergency.end) {
        return torn_well(p, &choice->emergency, first);
    }
    const uint32_t end = one_cluster(p, first);
    return (struct candidate){.end = end, .width_mp = text_measure(p, first, end, false).ink_mp};
}

static struct candidate fill_with_words(const struct breaker *b, uint32_t first, bool *torn) {
    const struct paragraph *p = b->p;
    const int32_t room = breaker_room(b, first);
    struct cursor c = cursor_at(p, first, text_keeps_opening(p, first));
    struct choice choice = {.edge = (uint32_t)p->count};
    for (uint32_t i = first; i < p->count; i++) {
        cursor_step(&c, i);
        bool ends = i + 1 == p->count || atom_is(&p->atoms[i], ATOM_FORCED);
        bool place = ends || atom_is(&p->atoms[i], ATOM_BREAK);
        if (c.ink_mp > room) {
            choice.edge = i < choice.edge ? i : choice.edge;
            struct candidate squeezed = {.end = i + 1, .width_mp = c.ink_mp};
            if (place && prefers_squeezing(&c, &choice, room)) {
                return prefers_willing(p, &choice, &squeezed, first, room) ? choice.willing : squeezed;
            }
            if (!place && c.ink_mp - c.ink_capacity_mp <= room) {
                continue;
            }
            break;
        }
        if (place) {
            choice.fit = cursor_candidate(&c, i + 1, ends, room);
            choice.willing = p->atoms[i].loath ? choice.willing : choice.fit;
        } else if (atom_is(&p->atoms[i], ATOM_SOFT)) {
            choice.soft = cursor_candidate(&c, i + 1, false, room);
        } else if (!atom_is(&p->atoms[i + 1], ATOM_CONTINUES)) {
            choice.emergency = cursor_candidate(&c, i + 1, false, room);
        }
        if (ends) {
            break;
        }
    }
    return choose(p, &choice, first, room, torn);
}

/* --- words parted ---------------------------------------------------------------------------------------------------- */

bool breaker_may_part(const struct breaker *b) {
    const struct lines *lines = b->lines;
    return b->p->hyphens != NULL && !(lines->count >= MOST_PARTED && lines->items[lines->count - 1].parts &&
                                      lines->items[lines->count - 2].parts);
}

bool text_ends_with(const struct paragraph *p, uint32_t end) {
    while (end < p->count && !(p->atoms[end].flags & (ATOM_SPACE | ATOM_HIDDEN | ATOM_FORCED)) &&
           p->atoms[end].kind != CLASS_LATIN && p->atoms[end].kind != CLASS_DIGIT) {
        end++;
    }
    return end == p->count || atom_is(&p->atoms[end], ATOM_FORCED);
}

bool text_is_loose(const struct paragraph *p, uint32_t first, const struct candidate *at, int32_t room) {
    enum { LOOSE_PART = 6 /* of an em */ };
    int64_t gaps = 0;
    for (uint32_t i = first; i + 1 < at->end; i++) {
        gaps += atom_is(&p->atoms[i], ATOM_STRETCH);
    }
    return (int64_t)(room - at->width_mp) * LOOSE_PART > gaps * p->style->size_mp;
}

/* The line from `first` with as much as fits of the word in which it ends (torn), or that follows; end 0: none of it. */
static struct candidate fill_with_part(const struct breaker *b, uint32_t first, uint32_t end, bool torn) {
    const struct paragraph *p = b->p;
    const int32_t room = breaker_room(b, first);
    while (end < p->count && p->atoms[end].kind == CLASS_WEST_OPEN) {
        end++;
    }
    struct candidate fit = {0};
    const struct parts parts = text_parts(p, end);
    b->lines->lacks_hyphens |= hyphens_lacking(p->hyphens);
    if (parts.places == 0 || (!torn && text_ends_with(p, parts.end))) {
        return fit;
    }
    const int32_t hyphen = text_hyphen(p, parts.first).advance_mp;
    struct cursor c = cursor_at(p, first, text_keeps_opening(p, first));
    for (uint32_t i = first; i < parts.end; i++) {
        cursor_step(&c, i);
        if (c.ink_mp + hyphen > room) {
            break;
        }
        if (parts_at(p, &parts, i)) {
            fit = (struct candidate){.end = i + 1, .width_mp = c.ink_mp + hyphen, .parts = true};
        }
    }
    return fit;
}

struct candidate breaker_fill(const struct breaker *b, uint32_t first, bool *torn) {
    const struct paragraph *p = b->p;
    bool whole_torn = false;
    const struct candidate whole = fill_with_words(b, first, &whole_torn);
    const bool ends = whole.end == p->count || atom_is(&p->atoms[whole.end - 1], ATOM_FORCED);
    if (!ends && breaker_may_part(b) && (whole_torn || text_is_loose(p, first, &whole, breaker_room(b, first)))) {
        const struct candidate part = fill_with_part(b, first, whole.end, whole_torn);
        if (part.end > 0) {
            return part;
        }
    }
    *torn = *torn || whole_torn;
    return whole;
}
