/* maker.h: what a worker needs to make documents one after the other, and what became of each. */
#ifndef BATCH_MAKER_H
#define BATCH_MAKER_H

#include "batch/codes.h"
#include "batch/outcome.h"
#include "batch/output.h"
#include "batch/parts.h"
#include "page/sinks.h"
#include "pdf/pdf.h"

/* Everything in `arena` is forgotten when the next document begins. */
struct maker {
    struct run *run;
    struct parts_list *parts; /* of the volumes among the documents */
    struct arena *arena;
    struct pdf_writer *pdf;
    struct pdf_options options;
    struct buffer bytes;     /* the document's PDF or dump, until the next */
    struct output *output;   /* NULL: the display list is dumped instead of written */
    bool bytes_only;         /* nothing is dumped or written: the PDF stays in `bytes` */
    struct session *scanned; /* of maker_known */
    struct again *again;     /* answers that earlier documents got again (data/asked.h) */
};
/* Borrows run, parts and output, which must outlive it. */
void maker_init(struct maker *maker, struct run *run, struct parts_list *parts, struct output *output);
/* Frees what is its own: arena, writer, bytes and answers. */
void maker_release(struct maker *maker);
/* For the scan of a document that this session's reader gets; what is looked up is noted in run->asked. Borrowed until the next call. */
struct scan_known maker_known(struct maker *maker, struct session *session);
/* Writes the document's bytes beside its place, or nothing where they lie there already (unless the job forces it); their size, hash and
 * place into the outcome. The exit code of output_fill. */
enum exit_code maker_write(struct maker *maker, struct str path, struct str record, struct outcome *outcome);

#endif
