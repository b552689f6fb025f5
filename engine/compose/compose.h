/* compose.h: a resolved layout and rows become a document of pages.
 *
 * First the body is built: the layout's blocks with this row's values, as items in the arena. Then flow places the
 * items on pages by one protocol (compose/flow.h), and last the pages get their headers and footers, when their number
 * is known. */
#ifndef COMPOSE_COMPOSE_H
#define COMPOSE_COMPOSE_H

#include "base/diag.h"
#include "image/image.h"
#include "page/page.h"
#include "resolve/resolve.h"

struct composer; /* one a worker and layout: caches of constant rows and shaped labels */
struct compose_tools {
    struct text_engine *text;
    struct images *images; /* NULL: pictures are told as missing */
    bool proof;            /* seal places get a ring */
};
struct composer *composer_create(const struct resolved *resolved, const struct compose_tools *tools);
void composer_destroy(struct composer *composer);

/* What was given and what was placed. A difference is a finding that names row and cell. */
struct compose_counts {
    size_t rows_given, rows_placed, characters_given, characters_placed, images_given, images_placed;
};
struct compose_result {
    struct document *document; /* in the arena; NULL when it could not be made (a failed check, an endless layout) */
    struct compose_counts counts;
    bool incomplete;     /* an E finding: 不完整 */
    size_t *first_pages; /* by row: the index of the page that it begins on */
};
/* Rows [from, to) of the document query make one document. record: its key for findings (an archive number); records: those
 * of its rows where it has many, whose findings bear their own, else NULL. Findings
 * and errors go to diags. The text of 'nothing' and 'missing' follows REQUIREMENTS 4: 缺, 无, —. */
struct compose_result compose_document(struct composer *composer, struct arena *arena, const struct rows *rows,
                                       size_t from, size_t to, struct str record, const struct str *records,
                                       struct diags *diags);

/* What stands around a volume's documents: its layout's `front` or `back`, for one row of its query; with a `sheet` a card of
 * both sides, asked for as its front. `parts` and `volume` of the resolved layout have been given their rows. */
enum matter { MATTER_FRONT, MATTER_BACK };
struct compose_result compose_matter(struct composer *composer, struct arena *arena, const struct rows *rows,
                                     size_t row, enum matter matter, struct str record, struct diags *diags);

/* The path of the file for a row, below the term's folder: the layout's `file:` with each value made safe as a part of
 * a path. */
struct str compose_file_name(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row);
/* The text of an index entry of a row. */
struct str compose_index_text(struct composer *composer, struct arena *arena, const struct rows *rows, size_t row,
                              size_t entry);

#endif
