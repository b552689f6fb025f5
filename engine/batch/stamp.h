/* stamp.h: which state of a database a shard was made from: all must be of one. */
#ifndef BATCH_STAMP_H
#define BATCH_STAMP_H

#include "base/arena.h"
#include "base/str.h"

/* The hash of the database's bytes, with those that still wait in its WAL, as 32 hexadecimal digits in the arena; STR_NONE when it can't be
 * read. Taken before the database is read: who writes meanwhile makes it older than what is printed, never newer. */
struct str database_stamp(struct arena *arena, const char *database);

#endif
