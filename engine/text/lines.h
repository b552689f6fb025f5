/* lines.h: shared by break.c, fill.c, best.c and sense.c: measuring from the start of a line, and adding lines.
 *
 * A passage is the text between forced line ends. break.c decides who chooses its lines:
 *
 *     fill.c     one line, first fit
 *     best.c     all lines of a passage, optimum fit      sense.c    all lines of a title, at sense
 *
 * and these append lines to breaker->lines. Widths are unsqueezed: a style's stretch is taken out of the room first. */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "text/paragraph.h"

/* Atoms set side by side from the start of a line, up to the cursor. */
struct cursor {
    const struct paragraph *p;
    uint32_t first;                  /* atom that the line begins with */
    bool keeps_opening;              /* an opening mark at the start keeps its blank half */
    int32_t x_mp, capacity_mp;       /* width so far; by how much it could be squeezed */
    int32_t ink_mp, ink_capacity_mp; /* if the line ended here: its width, and by how much it could be squeezed */
    int32_t easy_mp, ink_easy_mp;    /* by how much without being seen: by an eighth of an em in each ，、；： */
    int32_t kept_mp;                 /* if the paragraph ended here: the width with the wide spaces at its end */
    uint32_t ink;                    /* the last atom with ink */
};

/* A cursor at the start of a line; keeps_opening: an opening mark there keeps its blank half. */
static inline struct cursor cursor_at(const struct paragraph *p, uint32_t first, bool keeps_opening) {
    return (struct cursor){.p = p, .first = first, .keeps_opening = keeps_opening, .ink = first};
}

/* Sets atom i, the next one. The hot loop of line breaking. */
static inline void cursor_step(struct cursor *c, uint32_t i) {
    const struct atom *atom = &c->p->atoms[i];
    bool opening = atom->kind == CLASS_OPEN;
    int32_t blank = atom->blank_mp;
    int32_t advance = atom->advance_mp;
    if (i == c->first && opening && !c->keeps_opening) {
        advance -= blank;
        blank = 0;
    } else if (atom_is(atom, ATOM_HUGGED)) {
        blank = 0; /* it can't be squeezed any more */
    }
    if (atom->kind == CLASS_TAB && !atom_is(atom, ATOM_LEADER)) {
        advance = tab_width(c->p, c->x_mp);
    }
    c->x_mp = text_sum(c->x_mp, advance);
    if (!(atom->flags & (ATOM_SPACE | ATOM_HIDDEN))) {
        c->ink_mp = opening ? c->x_mp : c->x_mp - blank;
        c->ink_capacity_mp = opening ? c->capacity_mp + blank : c->capacity_mp;
        c->ink_easy_mp = c->easy_mp;
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
    if (atom->kind == CLASS_COMMA) {
        c->easy_mp = text_sum(c->easy_mp, blank / 4); /* its blank is half an em */
    }
}

/* 先挤进: is squeezing right for the line under the cursor? The atom `edge` is the first that has no room; ending
 * before it would break a prohibition, and squeezing it in, with all up to the cursor, avoids that. */
bool cursor_meets_prohibition(const struct cursor *c, uint32_t edge);

/* The atoms [first, end) set on one line. */
struct cursor text_measure(const struct paragraph *p, uint32_t first, uint32_t end, bool keeps_opening);

/* A possible end of a line, and the line's width. end 0: none yet. */
struct candidate {
    uint32_t end;     /* behind its last atom */
    int32_t width_mp; /* with the hyphen */
    bool keeps_spaces;
    bool parts; /* a word */
};
/* The cursor's line, ended at `end`. `ends`: the passage ends here too, and keeps its wide spaces if they have room. */
struct candidate cursor_candidate(const struct cursor *c, uint32_t end, bool ends, int32_t room_mp);

/* By how much a line of justified text can be stretched: its gaps, and what they take unseen; those that are stretched
 * first beyond that (word spaces, gaps between Chinese and Latin), and the room of these. */
struct stretch {
    int32_t gaps, even_mp, first, first_mp;
};
/* Adds atom i to it. */
void stretch_step(struct stretch *stretch, const struct paragraph *p, uint32_t i);
/* How wide the gaps look when a slack is divided among them: what each would get, in 1/1000 em, or more where a few
 * words take it all. From SEEN_STRETCH on a reader sees it. */
enum { EVEN_STRETCH = 1000 / EVEN_PART, SEEN_STRETCH = 125 };
/* size_mp: of the em. At most INT32_MAX, where a line without gaps has much slack. */
int32_t stretch_looks(const struct stretch *stretch, int32_t slack_mp, int32_t size_mp);

/* The lines of a paragraph being chosen. */
struct breaker {
    struct arena *arena;
    const struct paragraph *p;
    int32_t width_mp;    /* in the units of the unsqueezed text */
    struct lines *lines; /* being filled */
    size_t capacity;
};
/* Does an opening mark at the atom `first` keep its blank half? Behind a first line's indent. */
bool text_keeps_opening(const struct paragraph *p, uint32_t first);
/* The room of a line that begins with the atom. */
int32_t breaker_room(const struct breaker *b, uint32_t first);
/* Appends a line (invariant 3 of paragraph.h). */
void breaker_add(struct breaker *b, uint32_t first, struct candidate at);
/* The end of the line from `first`, by first fit; *torn becomes true when something unbreakable had to be broken. */
struct candidate breaker_fill(const struct breaker *b, uint32_t first, bool *torn);

/* The most that the gaps of a line are stretched by: half an em each, in Latin text, which has fewer, two em. */
static inline int64_t text_most_stretch(const struct paragraph *p, int64_t gaps) {
    const int32_t size = p->style->size_mp > 0 ? p->style->size_mp : 1;
    return p->is_latin ? 2 * gaps * size : gaps * size / 2;
}

/* Not more lines than that in a row end in a parted word. */
enum { MOST_PARTED = 2 };
/* May the next line end in one? */
bool breaker_may_part(const struct breaker *b);
/* Does the passage end before atom `end`, but for marks? A last line isn't part of a word alone. */
bool text_ends_with(const struct paragraph *p, uint32_t end);

/* Would the word spaces of the line from `first` be stretched further than TeX does before it parts words? */
bool text_is_loose(const struct paragraph *p, uint32_t first, const struct candidate *at, int32_t room_mp);

/* Characters of a line for 孤字, a single character on a line: marks don't count, a word or number counts for two
 * since it may stand alone. Not counted beyond four. */
size_t text_weigh(const struct paragraph *p, uint32_t first, uint32_t end);

/* Appends all lines of the passage [first, end): those with the least sum of demerits. */
void breaker_fill_best(struct breaker *b, uint32_t first, uint32_t end);
/* The same for a title, broken between words in the form of a 梯形 or 菱形. False, and nothing is appended: one
 * line, or too many for it. */
bool breaker_fill_by_sense(struct breaker *b, uint32_t first, uint32_t end);

#endif
