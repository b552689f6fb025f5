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

/* Appends a number; a string with its length before it; a hash, in 16 bytes. */
void packed_add(struct buffer *out, uint64_t number);
void packed_add_str(struct buffer *out, struct str s);
void packed_add_hash(struct buffer *out, struct hash hash);

/* A row being read: begins as {.rest = bytes}. */
struct packed {
    struct str rest;
    bool bad;
};
/* The next of each; a string is a view of the row. */
uint64_t packed_number(struct packed *in);
struct str packed_str(struct packed *in);
struct hash packed_hash(struct packed *in);

#endif
