/* narrow.h: what --only KEY=VALUE leaves of a plan.
 *
 * A document whose rows all have the values is made in its place. One of whose rows some have is printed apart: those rows alone,
 * into only/FOLDER/KEY.pdf, which no list has. Names are settled over all rows before, so that a document has one name whichever
 * part of them is printed. */
#ifndef BATCH_NARROW_H
#define BATCH_NARROW_H

#include "batch/plan.h"

/* Has the layout's query all columns that --only names? */
bool narrow_can(const struct run *run, const struct printing *printing);
/* Plans all documents of a layout, and chooses those that are made: without --only all of them. All that is wrong is told.
 *
 * EXIT_MADE; EXIT_DOCUMENT when the query fails or this reader may have no document; EXIT_USAGE_ERROR for a column that --only
 * names and the query doesn't have (U106, U107), or where `lenient` EXIT_MADE with nothing chosen (O112). */
enum exit_code narrow_plan(struct run *run, const struct printing *printing, bool lenient, struct plan *out);

/* The path of what is printed apart, by its key. In the run's arena. */
struct str narrow_path(struct run *run, const struct printing *printing, struct str record);

#endif
