/* bindery.h: documents become documents, as in a printer's bindery. Pages are placed on sheets, bound, or corrected
 * for a printer: page to page, nothing is parsed.
 *
 *     cards ─► bind_sheets ─┐
 *     pages ─► bind_fold   ─┼─► bind_preprinted ─► bind_calibrated ─► pdf
 *     parts ─► bind_volume ─┘       for stock           the last step
 *
 * New documents live in the given arena. Pages and marks are moved or shared, not copied, so the arena of the old document
 * must live as long, and the old document isn't used any more. Nothing fails but where it is said. */
#ifndef BINDERY_BINDERY_H
#define BINDERY_BINDERY_H

#include "page/page.h"
#include "text/text.h"

/* How a printer turns the sheet for its back: as a page (long edge), or over its head (short edge). */
enum backs { BACKS_NONE, BACKS_LONG_EDGE, BACKS_SHORT_EDGE };
/* A grid of equal cards on a sheet. */
struct sheet_plan {
    int32_t card_width_mp, card_height_mp;
    int32_t paper_width_mp, paper_height_mp;
    int32_t columns, rows;
    int32_t gap_mp;
    bool crop_marks;
    enum backs backs; /* NONE: one page for each card; else pages alternate, front and back */
    int32_t skip;     /* places of the first sheet that stay empty: it was used before */
};
/* Does the grid fit onto the paper? If not, *excess_mp is by how much it is too large, in the worse direction. */
bool sheet_plan_fits(const struct sheet_plan *plan, int32_t *excess_mp);
/* Sheets of cards: the grid in the middle, cards in rows from the top left, on backs the columns (long edge) or rows
 * (short edge) mirrored. A card's page becomes a group clipped to the card. Crop marks stand outside the grid, one
 * at each end of a cut. */
struct document *bind_sheets(struct arena *arena, const struct document *cards, const struct sheet_plan *plan);
/* Index of the page of bind_sheets that holds the page `page` of the cards. */
size_t bind_sheets_page(const struct sheet_plan *plan, size_t page);

/* A booklet on sheets that are folded once. */
struct fold_plan {
    int32_t paper_width_mp, paper_height_mp; /* as it lies, with the fold upright in its middle */
    int32_t thickness_mp;                    /* of a sheet, for creep */
    bool staples;                            /* mark where the staples go */
    enum backs backs;                        /* how the printer turns the sheet; NONE counts as short edge */
};
/* A booklet to fold and staple (骑马订): two pages side by side; sheets in the order in which they lie in each
 * other, the outermost first, each with its back. Blank pages make the count a multiple of four; they stand at the
 * end, or before a last page that is `closing`. With more than ten sheets, pages move towards the fold by the
 * thickness of the sheets around them (creep). A sheet's label names its pages; bookmarks keep their order, links
 * their targets.
 *
 * NULL: page *at (from 0) is larger than half the paper. */
struct document *bind_fold(struct arena *arena, const struct document *pages, const struct fold_plan *plan, size_t *at);
/* Index of the page of bind_fold that holds the page `page` of `pages`. */
size_t bind_fold_page(const struct document *pages, size_t page);

/* A part: a document that is bound into a volume. The caller sets the members above the line; bind_measure and
 * bind_share set those below it. */
struct bound_part {
    struct document *document; /* its pages belong to the volume once it is bound */
    struct str title;          /* of its bookmark, above its own bookmarks; "": none */
    /* --- */
    size_t volume;         /* the volume it goes into, from 0 */
    int32_t page;          /* running number of its first page */
    int32_t pages, sheets; /* counted pages; leaves, those printed on one side included */
};
/* Common to all volumes. */
struct volume_plan {
    bool duplex;                     /* each part begins on a recto; one printed on one side keeps its backs blank */
    int32_t sheets;                  /* the most leaves of a volume, which is divided between parts; 0: no limit */
    struct text_engine *text;        /* sets the running number: */
    const struct text_style *number; /* NULL: no number is printed */
    int32_t outer_mp, head_mp;       /* its place: from the outer edge and from the head of the page */
};
/* Counts pages and leaves of a part's document. */
void bind_measure(struct bound_part *part);
/* Divides measured parts among volumes, in order: each takes as many as its leaves hold, at least one. Each volume's
 * pages count from 1; blank pages don't count. Gives back the number of volumes. */
size_t bind_share(const struct volume_plan *plan, struct bound_part *parts, size_t count);

/* One volume: the parts of bind_share with its number. */
struct volume {
    struct document *front, *back; /* cover and contents, 备考表; not counted; NULL: none */
    struct bound_part *parts;      /* shared out; all of them go into this volume */
    size_t count;
    struct str
        title; /* of its bookmark, where several volumes stand in one file; STR_NONE: its documents' are the highest */
    struct str prefix; /* of its pages' labels, which then are unique in the file */
};
/* Binds a volume behind the pages that `into` has. The running number stands at the outer top corner of every
 * counted page: right on a recto, left on a verso (GB/T 9705). Names of anchors get a prefix for each document, so
 * links and bookmarks keep their targets. Where `into` has elements each document becomes a section of them; where one of
 * them has none, `into` has none any more. */
void bind_volume(struct document *into, const struct volume_plan *plan, const struct volume *volume);

/* For preprinted stock (套打): drops the marks that the paper bears already. */
void bind_preprinted(struct document *document);

/* A printer's error, to be corrected. */
struct calibration {
    int32_t x_mp, y_mp; /* right, down */
    int32_t scale;      /* in 1/1000; 1000 is none */
};
/* Corrects the printer's error: each page becomes one group under a matrix, scaled from the top left corner, then
 * moved. The last step. */
void bind_calibrated(struct document *document, const struct calibration *calibration);

/* A picture of the blank form, for a proof; its turn as EXIF has it. */
struct form {
    const struct image *image; /* NULL: none */
    int32_t width_px, height_px, turn;
};
/* Lays it under all that stands on each page, as large as the page takes it whole, in the middle. Behind bind_calibrated: the form is where it is,
 * whatever the printer does. */
void bind_form(struct document *document, const struct form *form);

#endif
