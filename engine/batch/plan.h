/* plan.h: which documents a layout makes, from which rows, into which files.
 *
 * Rows of the layout's `each` query with an equal `file:` are one document, whether they follow each other or not:
 * documents in the order in which their first rows come, rows in the query's order. A layout without `each` is one
 * document. Where the layout has a `key`, or the path names one row (by what the index calls name or number), the key must be
 * equal too: two children who happen to have one name and number are two documents (groups.h).
 *
 * Names. compose makes every value safe as a part of a path, so two documents may come to bear one name (“a/b” and
 * “a_b”, or “Li” and “li” on a disk that takes no notice of case). All but the first of them then get their key behind
 * the name; where that is equal too, an ordinal. Names are settled over all rows before --only narrows, so a document has
 * the same name whichever part of them is printed. */
#ifndef BATCH_PLAN_H
#define BATCH_PLAN_H

#include "batch/run.h"

#define PLAN_APART "only" /* the folder of what is printed apart */

struct planned {
    struct str path;   /* below the term's folder */
    struct str record; /* its key: the index entry `number`, else the first column; “A1–A9” of the first and last of
                          several rows */
    size_t from, to;   /* rows */
    bool chosen;       /* --only leaves it in */
    bool apart;        /* --only leaves some of its rows: they alone are printed, into only/, and no list has them */
    struct diags findings; /* about its rows: bytes that are no text */
};

struct plan {
    struct rows rows; /* grouped: the rows of one document stand together */
    struct planned *items;
    size_t count, chosen;
    size_t apart;  /* of those chosen */
    bool narrowed; /* by --only */
    bool refused;  /* it would say what isn't so to this reader: no document */
};

/* Runs the query and plans all documents, none of them chosen; mistakes go to run->diags. EXIT_MADE or EXIT_DOCUMENT. */
enum exit_code plan_all(struct run *run, const struct printing *printing, struct plan *out);

/* Runs the query and plans. Gives back EXIT_MADE, or with diagnostics: EXIT_USAGE_ERROR for a column that --only names
 * and the query doesn't have (EXIT_MADE with nothing chosen when `lenient`), EXIT_DOCUMENT when the query fails. */
enum exit_code plan_make(struct run *run, const struct printing *printing, bool lenient, struct plan *out);

/* A row's own key: the index entry `number`, else the query's first column. */
struct str plan_row_key(struct run *run, const struct printing *printing, const struct rows *rows, size_t row);

/* That of rows [from, to): “A1–A9” of the first and last. */
struct str plan_record(struct run *run, const struct printing *printing, const struct rows *rows, size_t from,
                       size_t to);
/* Paths that are the same, or the same but for case, are told apart by what stands behind all but the first. */
void plan_part_names(struct run *run, struct plan *plan);

/* Has the layout's query all columns that --only names? */
bool plan_can_narrow(const struct run *run, const struct printing *printing);

#endif
