/* document.h: one document, from its rows to its file. */
#ifndef BATCH_DOCUMENT_H
#define BATCH_DOCUMENT_H

#include "base/buffer.h"
#include "batch/output.h"
#include "batch/plan.h"
#include "batch/run.h"
#include "pdf/pdf.h"

/* What one worker holds: everything in `arena` is forgotten when the next document begins. */
struct maker {
    struct run *run;
    struct arena *arena;
    struct pdf_writer *pdf;
    struct pdf_options options;
    struct buffer bytes;
    struct output *output; /* NULL: the display list is dumped instead of written */
};
void maker_init(struct maker *maker, struct run *run, struct output *output);
void maker_release(struct maker *maker);

/* What became of a document. Strings and diags live in the maker's arena, until its next document. */
struct made {
    struct diags diags;
    struct str title;
    size_t pages, bytes;
    struct hash hash; /* of the display list */
    struct compose_counts counts;
    bool incomplete;     /* 不完整 */
    size_t *first_pages; /* by row: of the document's pages, from 1; NULL: it could not be made */
};

/* EXIT_MADE; EXIT_DOCUMENT when it could not be made, which costs this document alone; EXIT_IO or EXIT_CANNOT_CREATE
 * when nothing more can be written. What was wrong is in made->diags. */
enum exit_code document_make(struct maker *maker, const struct printing *printing, const struct plan *plan,
                             const struct planned *planned, struct made *made);

#endif
