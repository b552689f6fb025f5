/* lines.h: what break.c, fill.c, best.c and sense.c share: measuring from the start of a line, and making lines.
 *
 * break.c decides who chooses the lines of a part (what stands between forced ends); the others choose: fill.c for one line; best.c and
 * sense.c for one part, and append its lines to breaker->lines. */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "text/paragraph.h"

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

static inline struct cursor cursor_at(const struct paragraph *p, uint32_t first, bool keeps_opening) {
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
    } else if (atom_is(atom, ATOM_HUGGED)) {
        blank = 0; /* has nothing more to give */
    }
    if (atom->kind == CLASS_TAB && !atom_is(atom, ATOM_LEADER)) {
        advance = tab_width(c->p, c->x_mp);
    }
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
    if (atom_is(atom, ATOM_TIGHT)) {
        blank /= 2;
    }
    c->capacity_mp = text_sum(c->capacity_mp, blank + atom->gap_mp / 2);
}

/* Would the line under the cursor break a prohibition if it ended where its room ends, before the atom `edge`, and does it
 * keep it by taking in what stands up to the cursor? Then it is squeezed (先挤进). */
bool cursor_meets_prohibition(const struct cursor *c, uint32_t edge);

struct cursor text_measure(const struct paragraph *p, uint32_t first, uint32_t end, bool keeps_opening);

/* Where a line could end, and how wide it would be. end 0: nowhere yet. */
struct candidate {
    uint32_t end;
    int32_t width_mp;
    bool keeps_spaces;
};
/* The cursor's line, ended here; `ends`: the paragraph or a part of it does so too, with its wide spaces if they have room. */
struct candidate cursor_candidate(const struct cursor *c, uint32_t end, bool ends, int32_t room_mp);

/* What a line of justified text can be stretched by: its gaps, and those of them that are stretched before the others, words'
 * and those between Chinese and Latin, with their room. */
struct stretch {
    int32_t gaps, first, first_mp;
};
void stretch_step(struct stretch *stretch, const struct paragraph *p, uint32_t i);
/* How wide the gaps look when a slack is shared among them: in 1/1000 em that each would get, or more where a few words take
 * it all. From SEEN_STRETCH on it is seen. */
enum { SEEN_STRETCH = 125 };
int32_t stretch_looks(const struct stretch *stretch, int32_t slack_mp, int32_t size_mp);

struct breaker {
    struct arena *arena;
    const struct paragraph *p;
    int32_t width_mp; /* in the units of the unsqueezed text */
    struct lines *lines;
    size_t capacity;
};
/* Behind the first line's indent an opening mark keeps its blank half. */
bool text_keeps_opening(const struct paragraph *p, uint32_t first);
int32_t breaker_room(const struct breaker *b, uint32_t first);
void breaker_add(struct breaker *b, uint32_t first, struct candidate at);
/* Where the next line from `first` ends by first fit; true in *torn when a piece had to be torn for it. */
struct candidate breaker_fill(const struct breaker *b, uint32_t first, bool *torn);

/* Characters of a line for 孤字, marks not counted; what isn't Chinese counts for two, for a word or number may stand
 * alone. Not counted beyond four. */
size_t text_weigh(const struct paragraph *p, uint32_t first, uint32_t end);

/* All lines of the part [first, end): those whose demerits are least in sum. */
void breaker_fill_best(struct breaker *b, uint32_t first, uint32_t end);
/* The same for a title: parted between words, in the form of a 梯形 or 菱形. False: it is no title that this could be done
 * with (one line, too many lines), and nothing was added. */
bool breaker_fill_by_sense(struct breaker *b, uint32_t first, uint32_t end);

#endif
