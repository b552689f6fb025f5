/* parts.h: the documents that volumes bind: planned once a run for each layout and reader, however many volumes bind them, and measured
 * once each.
 *
 * The list belongs to whoever opens printings (the press, or the commands that only look); it is closed before the run. */
#ifndef BATCH_PARTS_H
#define BATCH_PARTS_H

#include <stdatomic.h>

#include "batch/plan.h"

/* How long a document is (pages, leaves): what labels and contents of a volume say of it. Workers share them: `known` is set last. */
struct extent {
    atomic_bool known;
    bool incomplete;
    int32_t pages, sheets;
};

/* A layout's documents as one reader sees them. */
struct parts {
    struct parts *next; /* in the list; NULL: the last */
    struct printing printing;
    struct part_columns columns; /* of the documents' rows; in the run's arena */
    bool planned;                /* parts_plan was called */
    enum exit_code plan_code;    /* once planned */
    struct plan plan;
    struct extent *extents; /* by document of the plan; in memory that forked processes share */
};

/* Begins with zeros. */
struct parts_list {
    struct parts *first;
};

/* Opens a layout for this run (printing.h), and for a volume what it binds before it. False with diagnostics, all told: it is left
 * out, and needs no printing_close. */
bool parts_open_printing(struct parts_list *list, struct run *run, const struct layout *layout, struct printing *out);
/* What a volume's printing binds. Borrowed from the list; it is there, since the printing was opened. */
struct parts *parts_of(struct parts_list *list, const struct printing *volume);
/* Plans its documents when first asked for. EXIT_MADE, or with diagnostics the code of plan_all, each time. */
enum exit_code parts_plan(struct parts *parts, struct run *run);
/* Closes all printings in the list, which is empty then. */
void parts_close(struct parts_list *list);

#endif
