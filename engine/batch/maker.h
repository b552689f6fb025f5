/* maker.h: what a worker needs to make documents one after the other, and what became of each. */
#ifndef BATCH_MAKER_H
#define BATCH_MAKER_H

#include "base/buffer.h"
#include "base/hash.h"
#include "batch/output.h"
#include "batch/parts.h"
#include "pdf/pdf.h"

/* Everything in `arena` is forgotten when the next document begins. */
struct maker {
    struct run *run;
    struct parts_list *parts; /* of the volumes among the documents */
    struct arena *arena;
    struct pdf_writer *pdf;
    struct pdf_options options;
    struct buffer bytes;   /* the document's PDF or dump, until the next */
    struct output *output; /* NULL: the display list is dumped instead of written */
};
/* Borrows run, parts and output, which must outlive it. */
void maker_init(struct maker *maker, struct run *run, struct parts_list *parts, struct output *output);
void maker_release(struct maker *maker);

/* What became of a document. Strings and diags live in the maker's arena, until its next document. */
struct outcome {
    struct diags diags; /* findings, and why it could not be made */
    struct str title;
    size_t pages, bytes; /* bytes 0: nothing was written */
    struct hash hash;    /* of the display list: the document's identity */
    struct compose_counts counts;
    bool incomplete;     /* 不完整 */
    size_t *first_pages; /* by row: of the file's pages, from 1; NULL: it could not be made */
};

#endif
