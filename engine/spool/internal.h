/* internal.h: what the files of spool/ share. */
#ifndef SPOOL_INTERNAL_H
#define SPOOL_INTERNAL_H

#include <cups/cups.h>

#include "spool/spool.h"

struct spool {
    struct arena *arena;
    struct diags *diags;
    http_t *http;
    struct str *queues; /* names */
    size_t queue_count;
    struct str name;      /* the chosen one */
    const char *uri;      /* NULL: none is chosen */
    const char *resource; /* of the server, for its jobs */
    ipp_t *answer;        /* its attributes */
};

/* A request that names the chosen queue and who asks; spool_ask deletes it. */
ipp_t *spool_request(const struct spool *spool, ipp_op_t operation);
/* The answer, to be deleted; NULL when the server refused it or is gone (cupsLastError). */
ipp_t *spool_ask(struct spool *spool, ipp_t *request, const char *resource);
/* All values of an attribute of words, “a, b”, in the arena; "" without one. */
struct str spool_text(struct arena *arena, ipp_t *answer, const char *name);
/* The first value of a number or enum; 0 without one. */
int spool_number(ipp_t *answer, const char *name);
/* The queue's name for the paper that the ticket wants. False: it takes none of this size; told (S405). */
bool spool_paper(struct spool *spool, const struct spool_ticket *ticket, struct str *name);
/* IPP's word. */
const char *spool_sides_word(enum spool_sides sides);

#endif
