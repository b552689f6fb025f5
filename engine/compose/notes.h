/* notes.h: notes: at the foot of a page, or below the segment of a table. Private to compose/.
 *
 * A note comes from [* words] in a text (note_expand), which leaves a mark there, or from a line of a `footnote` block (note_add). It
 * is shaped at once, and set for a width when somebody knows the width (note_lines). foot.c reckons with the notes at the foot of a
 * page: an item is placed so that its notes fit below it, and what no page has room for goes on at the next one's foot.
 *
 * N1  Notes of a list stand in the order of their marks.
 * N2  The height of a foot is the sum of its notes' heights. */
#ifndef COMPOSE_NOTES_H
#define COMPOSE_NOTES_H

#include "compose/expand.h"

#define NOTE_AT_END SIZE_MAX
struct note {
    struct str text; /* as printed: equal notes below a table share a number */
    const struct text_style *style;
    const struct paragraph *paragraph;
    struct measure *measure; /* its struct lines */
    /* Of its mark, in bytes of the text that it is in; NOTE_AT_END: it has none, and belongs to all of it. */
    size_t offset;
};
struct note_list {
    struct note *items;
    size_t count, capacity;
    uint32_t before; /* of a text: notes of the document before its own, which are numbered on */
    bool of_table;   /* numbered in the list, equal ones once */
    bool apart;      /* of a table: too high for its segment, so they go to the foot of the page */
};

/* --- notes.c ---------------------------------------------------------------------------------------------------------- */

/* The mark of a note as a span at the end of `spans`; the note goes to scope->notes. Nothing where there is no such list, or its
 * values are all unknown or empty: so a query says which rows have a note. own: style of the text around. */
void note_expand(const struct scope *scope, const struct piece *piece, const struct text_style *own,
                 struct spans *spans);
/* The mark of a note: ① … ㊿, then [51]. */
struct str note_mark(struct arena *arena, size_t number);
/* A note without a mark: all of the line is its text. */
void note_add(const struct scope *scope, struct note_list *list, const struct template_line *line);
/* A list that has nothing in it yet, for the text of a paragraph: its numbers go on from the document's. */
struct note_list notes_of_text(const struct context *context);
/* Its lines in a width, in the arena when they aren't set already; those at the foot of a page outlive it. */
const struct lines *note_lines(const struct context *context, struct arena *arena, const struct note *note,
                               int32_t width_mp);

/* --- foot.c ----------------------------------------------------------------------------------------------------------- */

/* Notes that go to the foot of the page; they take room from it as what they belong to does. */
struct foot {
    const struct lines **notes; /* each set in the foot's width */
    size_t count;
    int64_t height_mp; /* of all lines, without the gap and rule above them */
};
#define FOOT_GAP_MP MM(4)

/* Both, in the page's arena; each may be NULL, and NULL comes back for two of them. */
struct foot *foot_join(const struct context *context, struct foot *foot, const struct foot *more);
/* All notes of a list, set in a width; NULL: none. */
struct foot *foot_of_notes(const struct context *context, const struct note_list *notes, int32_t width_mp);

/* Notes for the foot of a page, of which `line` lines of the first stand on the page before. */
struct footnotes {
    struct foot foot;
    size_t line;
    uint32_t element; /* of the first, where it goes on (tags.h); 0: none yet */
};
/* With the gap above; 0: there are none. */
int64_t footnotes_height(const struct footnotes *notes);
/* Emits what fits into the lower part of the area, below `top_mp` of it, and keeps the rest, which is told (C530). */
void footnotes_emit(struct context *context, struct footnotes *notes, struct canvas *page, struct box area,
                    int32_t top_mp);

#endif
