/* bindery.h: documents become documents, as a printer's workshop makes them: page to page, nothing is parsed. */
#ifndef BINDERY_BINDERY_H
#define BINDERY_BINDERY_H

#include "page/page.h"
#include "text/text.h"

enum backs { BACKS_NONE, BACKS_LONG_EDGE, BACKS_SHORT_EDGE };
struct sheet_plan {
    int32_t card_width_mp, card_height_mp;
    int32_t paper_width_mp, paper_height_mp;
    int32_t columns, rows;
    int32_t gap_mp;
    bool crop_marks;
    enum backs backs; /* NONE: one page a card; else pages alternate front, back */
};
/* Does the grid fit onto the paper? If not, *excess_mp tells by how much. */
bool sheet_plan_fits(const struct sheet_plan *plan, int32_t *excess_mp);
/* Sheets of cards: the grid centred, cards in rows from the top left, the backs' columns (long edge) or rows (short edge)
 * mirrored. Cards' pages become groups clipped to the card. With crop marks: outside the grid, drawn once a line of cutting. */
struct document *bind_sheets(struct arena *arena, const struct document *cards, const struct sheet_plan *plan);
/* The index of the sheet's side that bears a card's page. */
size_t bind_sheets_page(const struct sheet_plan *plan, size_t page);

struct fold_plan {
    int32_t paper_width_mp, paper_height_mp; /* as it lies, the fold upright in its middle */
    int32_t thickness_mp;                    /* of a sheet, for creep */
    bool staples;
    enum backs backs; /* how the printer turns the sheet; NONE is taken as the short edge */
};
/* A booklet to fold and staple: two pages side by side, sheets in the order in which they lie in each other, the outer one
 * first, each with its back. Blank pages make the count a multiple of four; they stand at the end, or before a last page that is
 * closing. Where there are more than ten sheets their pages move towards the fold by the thickness of the sheets around them.
 * A sheet's label tells the pages that it bears; bookmarks keep their order, links their targets. NULL: page *at (from 0) is
 * larger than half the paper. */
struct document *bind_fold(struct arena *arena, const struct document *pages, const struct fold_plan *plan, size_t *at);
/* The index of the sheet's side that bears a page of `pages`. */
size_t bind_fold_page(const struct document *pages, size_t page);

/* A document that is bound into a volume. bind_measure and bind_share fill what stands below the line. */
struct bound_part {
    struct document *document; /* its pages are the volume's once it is bound */
    struct str title;          /* of its bookmark, above its own ones */
    /* --- */
    size_t volume;         /* that it goes into, from 0 */
    int32_t page;          /* running number of its first page */
    int32_t pages, sheets; /* pages that are counted; leaves, with those that bear one page only */
};
struct volume_plan {
    bool duplex;              /* each document begins on a recto; one printed on one side only keeps its backs blank */
    int32_t sheets;           /* at most so many in a volume, parted between documents; 0: no limit */
    struct text_engine *text; /* sets the running number: */
    const struct text_style *number; /* looks; NULL: none is printed */
    int32_t outer_mp, head_mp;       /* where: from the outer edge and from the head of the page */
};
void bind_measure(struct bound_part *part);
/* Shares documents that were measured out among volumes, in their order: each takes as many as its sheets hold, at least one. Each volume's
 * pages count from 1; blank pages don't. Gives back the number of volumes. */
size_t bind_share(const struct volume_plan *plan, struct bound_part *parts, size_t count);

struct volume {
    struct document *front, *back; /* cover and contents, 备考表; not counted; NULL: none */
    struct bound_part *parts;      /* shared out; all of them go into this volume */
    size_t count;
    struct str
        title; /* of its bookmark, where several volumes stand in one file; STR_NONE: its documents' are the highest */
    struct str prefix; /* of its pages' labels, which then are unique in the file */
};
/* Binds a volume behind the pages that `into` has. Numbers stand at the outer top corner of every page that is counted: at
 * the right on a recto, at the left on a verso. Names of anchors are parted, so that links and bookmarks keep their targets. */
void bind_volume(struct document *into, const struct volume_plan *plan, const struct volume *volume);

/* For preprinted stock: drops the preprinted layer. */
void bind_preprinted(struct document *document);

/* What a printer puts askew is put right: each page becomes one group under a matrix, magnified from the top left corner, then
 * moved. The last thing that is done to a document. */
struct calibration {
    int32_t x_mp, y_mp; /* right, down */
    int32_t scale;      /* in 1/1000; 1000 is none */
};
void bind_calibrated(struct document *document, const struct calibration *calibration);

#endif
