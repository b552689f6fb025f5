/* findings.h: what is told of a document. Private to compose/.
 *
 * Who builds or places tells nobody: what is found goes into a list (findings_add), which comes back with the items or in the fit. The
 * list is told (findings_tell) when what it speaks of stands: the body when it is built, an item when it is committed. So a table
 * that is tried at twenty heights, or a box at eighteen sizes, tells what it is in the end, and of a trial that came to nothing
 * nothing is told. Who commits or stamps tells at once (context_tell).
 *
 * A finding of severity error stops the document (told.failed); an error or a fault makes it incomplete. A code point without a glyph, a
 * value that is no number and what a query had to tell are told once a document. */
#ifndef COMPOSE_FINDINGS_H
#define COMPOSE_FINDINGS_H

#include "base/diag.h"
#include "page/page.h"

struct context;
struct paragraph;
struct trouble;

/* One thing to tell: a code with its words, else what a text's characters or a query gave to tell. */
struct finding {
    enum diag_code code;
    struct place place;
    struct str a, b;
    const struct paragraph *text; /* NULL: no text */
    struct trouble *trouble;      /* NULL: no query */
};
struct findings {
    struct finding *items;
    size_t count, capacity;
    struct arena *arena; /* of the items; outlives the trial */
    bool incomplete;     /* something prints 缺 */
};

/* What many rows have alike at one place of the layout is told as one finding: coarse pictures, what runs off the paper. */
struct gathered {
    enum diag_code code;
    struct place place;
    struct str what;        /* kind of block */
    size_t count, drawings; /* pictures; characters and marks beyond the paper */
    int32_t least;          /* dpi */
};

/* What was told of the document, so that it is told once. */
struct told {
    struct diags *diags; /* where it goes; the caller's */
    bool incomplete, failed;
    bool overflow, hyphens, ragged, keep, backwards, control, unpaired;
    uint32_t *code_points; /* without a glyph */
    size_t code_point_count, code_point_capacity;
    struct finding *values; /* that are no numbers */
    size_t value_count, value_capacity;
    struct gathered *gathered; /* told when the row of the document is on its pages */
    size_t gathered_count, gathered_capacity;
};

/* --- held back: in a list -------------------------------------------------------------------------------------------- */

/* a, b: what the text of the code asks for, each in an arena that outlives the list. */
void findings_add(struct findings *found, enum diag_code code, struct place place, struct str a, struct str b);
/* What no face has of a paragraph, and what was done with what is hardly meant. Nothing where there is nothing to tell. */
void findings_add_text(struct findings *found, const struct paragraph *paragraph, struct place place);
/* Adds it, unless it was told or is NULL; it is told with the other findings, and then marked as told. */
void findings_add_trouble(struct findings *found, struct trouble *trouble);
/* All of `more` behind those of the list. */
void findings_join(struct findings *found, const struct findings *more);
/* A copy in the list's arena, for a fit; NULL where nothing was found. */
const struct findings *findings_keep(const struct findings *found);

/* --- told ------------------------------------------------------------------------------------------------------------ */

/* Tells a list; NULL is an empty one. */
void findings_tell(struct context *context, const struct findings *found);
/* Tells one thing at once. The place gets the context's record. */
void context_tell(struct context *context, enum diag_code code, struct place place, struct str a, struct str b);
/* The finding of this code and place that gathers what is alike; new ones are all 0. Borrowed until the next call. */
struct gathered *context_gather(struct context *context, enum diag_code code, struct place place);
/* Tells what was gathered, one message a place of the layout however many rows it stands for, and begins anew. */
void context_tell_gathered(struct context *context);

/* --- paper.c: what runs off the paper -------------------------------------------------------------------------------- */

/* The page that is drawn on, or what stands turned on one. */
struct paper {
    struct box trim; /* in coordinates of what is drawn on */
    size_t judged;   /* marks there that were judged already */
};
/* What is drawn from here on stands on this paper. */
void paper_begin(struct context *context, struct box trim);
/* Marks from one on, of a block: what of them lies beyond the trim is gathered as C535, and its characters count as not placed. */
void paper_judge(struct context *context, const struct canvas *canvas, size_t from, struct place place,
                 struct str block);

#endif
