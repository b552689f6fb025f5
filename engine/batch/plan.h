/* plan.h: which documents a layout makes, from which rows, into which files.
 *
 * 1. Rows of the layout's `each` query with an equal `file:` are one document, whether they follow each other or not (groups.h).
 *    A layout without `each` is one document.
 * 2. Documents stand in the order of their first rows, the rows of one in the query's order; they stand together.
 * 3. No two documents of a layout have one path, nor paths that a disk or an eye takes for one. compose makes every value safe as a
 *    part of a path, so “a/b” and “a_b” may come to bear one name, or “Li” and “li”: all but the first then get their key behind
 *    the name; where that is equal too, an ordinal.
 *
 * All strings and rows lie in the run's arena. */
#ifndef BATCH_PLAN_H
#define BATCH_PLAN_H

#include "batch/printing.h"

#define PLAN_APART "only" /* the folder of what is printed apart */

struct planned {
    struct str path;   /* below the term's folder */
    struct str record; /* its key (plan_record) */
    size_t from, to;   /* rows */
    bool chosen;       /* is to be made */
    bool fresh;        /* and comes in place of no document that lies there (space.h) */
    int32_t skip;      /* places of its first sheet of cards that stay empty */
    struct str suffix; /* behind its name, which another document has too; STR_NONE: none has */
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

/* Runs the query and plans all documents, none of them chosen. EXIT_MADE; EXIT_DOCUMENT with diagnostics in run->diags when the
 * query fails, or a layout that was named has nothing for this reader (O138). */
enum exit_code plan_all(struct run *run, const struct printing *printing, struct plan *out);

/* A row's own key: the index entry `number`, else the query's first column, else the layout's name; numbers hidden that the reader
 * must not see. */
struct str plan_row_key(struct run *run, const struct printing *printing, const struct rows *rows, size_t row);
/* That of rows [from, to): “A1–A9” of the first and last. */
struct str plan_record(struct run *run, const struct printing *printing, const struct rows *rows, size_t from,
                       size_t to);
/* The school of a document, that of its first row (column `school`); STR_NONE: the layout's rows name none. */
struct str plan_school(struct run *run, const struct printing *printing, const struct plan *plan,
                       const struct planned *planned);
/* Sees to invariant 3. */
void plan_settle_names(struct run *run, struct plan *plan);

#endif
