/* said.h: what a paper says, for its checking code. Private to compose/.
 *
 * A paper's content are the values that it was made of, as its reader sees them: the row of the document and the answers of all queries
 * that its body asked, each once and in an order of their own. So it stays the same where lines or pages break otherwise, where labels
 * are worded anew, and whatever edition and day the paper bears: what is given ({as_of}, {edition}) is no part of it.
 *
 *     said_begin, for each row ──► said_take, by scope_rows ──► said_end */
#ifndef COMPOSE_SAID_H
#define COMPOSE_SAID_H

#include "data/data.h"

/* Bytes that tell rows: each value by its kind and its bytes. */
struct said {
    struct str bytes;
    uint32_t turn; /* the last document row that they were taken for; 0: none */
};
struct content {
    struct arena *arena; /* NULL: the layout's papers bear no code, and nothing is kept */
    struct str *taken;   /* of the row in hand */
    size_t count, capacity;
    uint32_t turn; /* of the row in hand, from 1 */
};

/* What rows say, with the name and the parameters that they were asked by; in the arena. */
struct str said_by_rows(struct arena *arena, struct str name, const struct value *parameters, size_t count,
                        const struct rows *rows);
/* Forgets the last row, and begins with the document's own. */
void said_begin(struct content *content, const struct value *row, size_t columns);
/* Takes what is said, once for each row in hand. */
void said_take(struct content *content, struct said *said);
/* SHA-256 of all that was taken: 64 hexadecimal digits, in the arena. */
struct str said_end(struct content *content);

#endif
