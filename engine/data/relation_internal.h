/* relation_internal.h: shared by relation.c, which makes the tables of relations, and relation_fill.c, which fills
 * them. */
#ifndef DATA_RELATION_INTERNAL_H
#define DATA_RELATION_INTERNAL_H

#include "data/query.h"

/* A relation in one session.
 *
 *     not made ──relation_make───► made, empty ──relations_fill──► filled
 *                    └──────── failed ◄─────────────┘            told once, and whatever reads it fails */
struct relation_state {
    const struct relation *spec;
    struct query *rows, *tests; /* of the session that is asked: that of who sees all, or the reader's */
    size_t test_at;             /* which column of `tests` is the test */
    struct str table;           /* in temp, which holds the rows: of the relation's name, or under its view */
    enum mask *masks;           /* of the columns of rows, then of tests; NULL: all are shown */
    bool made, filled, hashed;
    struct hash content; /* of its rows, once hashed */
    bool constant;       /* rows and tests read no table: they are the same for every reader */
    bool failed;         /* also while it is being made or filled: no relation may read itself */
};

/* Does the SQL name it, in any place? */
bool relation_mentions(struct str sql, struct str name);

#endif
