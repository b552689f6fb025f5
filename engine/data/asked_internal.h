/* asked_internal.h: shared by asked.c, which takes notes, and again.c, which asks the same once more. */
#ifndef DATA_ASKED_INTERNAL_H
#define DATA_ASKED_INTERNAL_H

#include "data/asked.h"
#include "data/query.h"

enum asked_kind { ASKED_END, ASKED_ROWS, ASKED_OWN, ASKED_FILE, ASKED_SET, ASKED_TAKEN, ASKED_NUMBER };

/* A value as its kind and what it holds; and back, its text a view of the bytes. */
void asked_add_value(struct buffer *out, const struct value *value);
/* The next value of the notes, its text borrowed from them. NULL, and in->bad, where the bytes aren't one. */
struct value asked_read_value(struct packed *in);
/* Must the reader not see it; does he see it by right: as bits. */
uint64_t asked_state(struct session *session, uint64_t number);
/* What tells a query from others (asked.h, 3). */
uint64_t query_identity(const struct query *query);
/* What the tables that it reads hold, as a hash (database_hash_tables); 0: not known. Relations that it reads are filled. Of equal ones the same question gets the same answer. */
uint64_t query_tables_hash(struct query *query);

#endif
