/* caches.h: the two things that placing may write. Private to compose/.
 *
 * Placing changes nothing (flow.h): it gets its context and item const. Two things it may remember all the same, since without them a
 * page would take many times as long, and since nobody can see whether they are there:
 *
 *     measure   an item set for a width. It depends on item and width alone.
 *     caches    the rows of queries, and sums of their columns, which depend on parameters alone; and which rows were asked for.
 *
 * C1  What was set for a width is not set again while it is kept. What another width pushes out stays in its arena: who has it may
 *     go on using it. */
#ifndef COMPOSE_CACHES_H
#define COMPOSE_CACHES_H

#include "compose/said.h"
#include "resolve/resolve.h"

/* An item or a note, set for the width that it was asked for last. What is set is the kind's own, in the row's arena, and never
 * changed once it is there: a fit that was made of it stays good when the item is asked for another width. */
struct measure {
    int32_t width_mp;
    const void *set; /* NULL: not yet asked */
    const void *row; /* of a table: its row that goes on over pages, set once for all of them (table.h); NULL: none */
};
/* What was set for a width; NULL: it is to be made. */
const void *measure_find(const struct measure *measure, int32_t width_mp);
/* Keeps what was set, which is borrowed, in place of what was kept for another width. Never twice for the same width
 * (asserted). */
void measure_keep(struct measure *measure, int32_t width_mp, const void *set);

/* Sums over rows from the first on, which a later call goes on from: the last one asked for, and one some rows before it, for rows
 * that are set again on the next page (tally.c). */
#define SUM_BAD_KEPT 4
#define SUMS_KEPT    8
struct sum {
    size_t to;
    int64_t whole; /* × 10^-scale */
    int32_t scale; /* decimals of numbers that are written as text */
    double real;
    bool is_real;
    const struct value *bad[SUM_BAD_KEPT]; /* the first that are no numbers */
    size_t bad_count;
};
struct sum_from_first {
    const struct rows *rows;
    uint32_t column;
    struct sum last, earlier;
};

/* What asking a query gave to tell. It is held with each answer, and told once. */
struct trouble {
    struct diags diags;
    bool failed; /* there are no rows: the document can't be made */
    bool told;
};

/* Rows that a query gave last, and the parameters that they were for. */
struct answer {
    struct rows rows;
    struct value *parameters; /* NULL: not yet asked */
    struct trouble *trouble;  /* NULL: none */
    struct said said;         /* what they say, where the paper bears a code */
};

struct caches {
    struct answer *answers;    /* by query use */
    const struct value *owner; /* the document's row that they were for, where that makes a difference */
    struct content content;    /* of the row in hand */
    struct sum_from_first sums[SUMS_KEPT];
    size_t sum_count; /* ever begun: the oldest gives way */
};

#endif
