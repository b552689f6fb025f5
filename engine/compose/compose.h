/* compose.h: a resolved layout and rows become a document of pages.
 *
 *     composer_create ──► compose_file_name, compose_index_text   for each row: where it goes
 *                    └──► compose_document, compose_matter        for each file: its pages
 *     composer_destroy
 *
 * First the body is built: the layout's blocks with this row's values, as items. Then flow places the items on pages by one protocol
 * (compose/flow.h), and last the pages get their headers and footers, when their number is known. Start reading in compose.c; what each
 * step is given is in compose/context.h.
 *
 * Whatever is wrong with the data or doesn't fit is a finding C5xx in `diags`, and the document is made all the same, marked as
 * incomplete where something is missing. Three things stop it: a check that fails (C521), more pages than the layout allows (C505),
 * a query that fails (D2xx). Out of memory aborts. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "base/diag.h"
#include "data/asked.h"
#include "image/image.h"
#include "page/page.h"
#include "resolve/resolve.h"

/* One a worker and layout: caches of constant rows, seals and shaped labels, and the arenas of the work in hand. */
struct composer;
struct compose_tools {
    struct text_engine *text;
    struct images *images; /* NULL: pictures are told as missing */
    bool proof;            /* seal places get a ring */
    bool tagged;           /* documents get a tree of elements (page/elements.h) */
    struct asked *asked;   /* what documents ask for is noted there (data/asked.h); NULL: nowhere */
};
/* Never NULL. resolved and what the tools point to must outlive it; not for threads. */
struct composer *composer_create(const struct resolved *resolved, const struct compose_tools *tools);
void composer_destroy(struct composer *composer); /* NULL is allowed */

/* What was given and what was placed. A difference is a finding (C522): nothing is lost in silence. */
struct compose_counts {
    size_t rows_given, rows_placed, characters_given, characters_placed, images_given, images_placed;
};
struct compose_result {
    struct document *document; /* in the arena; NULL when it could not be made */
    struct compose_counts counts;
    bool incomplete;     /* 不完整: a fault among the findings, or 缺 on the paper */
    size_t *first_pages; /* by row, from `from` on: the index of the page that it begins on; compose_document only */
    struct str
        *contents; /* by row, where papers bear a code: SHA-256 of what they say (said.h), hexadecimal; else NULL */
};
/* A paper's edition: the first (1), or one that replaces an earlier one. */
struct edition {
    int64_t number, replaces; /* replaces 0: none */
    struct str replaced_on;   /* the day on which that was printed last; STR_NONE: not known */
};
/* Rows [from, to) of the document query make one document, all of it in the arena. rows must live as long. record: its key for
 * findings (an archive number, never a name); records: those of its rows where it has many, whose findings bear their own,
 * else NULL. What is not there prints as REQUIREMENTS 4 says: 缺, 无, —. Where papers bear a code (document: check), editions
 * are those of the rows, NULL for first ones, and the code's place is a FIELD_CODE of its row: draw_codes fills it. */
struct compose_result compose_document(struct composer *composer, struct arena *arena, const struct rows *rows,
                                       size_t from, size_t to, struct str record, const struct str *records,
                                       const struct edition *editions, struct diags *diags);
/* KIND/number of a row's paper, which its code names; in the arena. STR_NONE: it bears none, or its number isn't known. */
struct str compose_check_name(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row);

/* What stands around a volume's documents: its layout's `front` or `back`, for one row of its query; with a `sheet` a card of
 * both sides, asked for as its front. `parts` and `volume` of the resolved layout have been given their rows. */
enum matter { MATTER_FRONT, MATTER_BACK };
/* In the arena; first_pages and contents are NULL. The layout's checks are asked for the front alone. */
struct compose_result compose_matter(struct composer *composer, struct arena *arena, const struct rows *rows,
                                     size_t row, enum matter matter, struct str record, struct diags *diags);

/* The path of the file for a row, below the term's folder, in the arena: the layout's `file:` with each value made safe as a component
 * of a path. Tells nothing: what is wrong with a value is told when the document is composed. */
struct str compose_file_name(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row);
/* The title of the file of rows [from, to) with its values, in the arena, masked for the reader. STR_NONE: the layout's title has none, or the
 * rows differ in them, and the file has the layout's own words. */
struct str compose_title(struct composer *composer, struct arena *arena, const struct rows *rows, size_t from,
                         size_t to);
/* What the layout's own / and _ part in that path, as it stands in the data and without the file's ending, in the arena: the words of
 * a title. The first is the layout's folder. Masked for the reader as the row is; the batch hides numbers besides. */
struct name_part {
    struct str text;
    bool below; /* behind a / */
};
/* *count parts; the array and its texts are in the arena. */
struct name_part *compose_file_parts(struct composer *composer, struct arena *arena, const struct rows *rows,
                                     size_t row, size_t *count);
/* The text of an index entry of a row, in the arena; "" where its value is not known. entry: index in layout->index. */
struct str compose_index_text(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row,
                              size_t entry);

#endif
