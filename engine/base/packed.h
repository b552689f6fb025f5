/* packed.h: numbers and strings one behind the other in a row of bytes: for what goes from one process to another, or is read again by
 * the same program.
 *
 * Numbers have no sign and take as many bytes as they need, seven bits in each, the lowest first. Who reads a row that was cut off or altered
 * gets 0 and "" from there on, and `bad`: tested once, at the end. */
#ifndef BASE_PACKED_H
#define BASE_PACKED_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/str.h"

/* Appends a number, in 1 to 10 bytes. */
void packed_add(struct buffer *out, uint64_t number);
/* Appends a string: the number of its bytes, then these. STR_NONE is read again as "". */
void packed_add_str(struct buffer *out, struct str s);
/* Appends a hash, in 16 bytes as they lie in memory: such a row is for this machine alone. */
void packed_add_hash(struct buffer *out, struct hash hash);

/* A row being read: begins as {.rest = bytes}; the bytes are borrowed and must outlive the strings read from them. */
struct packed {
    struct str rest;
    bool bad;
};
/* The next number; 0, and bad, where there is none. */
uint64_t packed_number(struct packed *in);
/* The next string, a view of the row; STR_NONE, and bad, where it would reach beyond the row's end. */
struct str packed_str(struct packed *in);
/* The next hash; zeros, and bad, where there is none. */
struct hash packed_hash(struct packed *in);

#endif
