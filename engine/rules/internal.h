/* internal.h: shared by the files of rules/. */
#ifndef RULES_INTERNAL_H
#define RULES_INTERNAL_H

#include <sqlite3.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "rules/rules.h"

/* The files of checks/, scope.sql first, one behind the other; written by the Makefile. */
extern const unsigned char rules_embedded[];
extern const size_t rules_embedded_count;

/* What stands before the first check: the statements of scope.sql. */
struct str rules_scope(void);

/* What the SQL functions need beside their arguments. */
struct functions {
    struct buffer *room; /* for results */
    struct arena *arena; /* for what lasts as long as the run */
    const char *photos;  /* a folder that is there; NULL: pictures are not looked for */
    struct strmap seen;  /* pictures looked at */
    sqlite3_stmt *items[32];
    const char *item_texts[32];
    struct masking *masking;
};
/* Makes the functions of functions.c known to the connection; `functions` outlives it. SQLITE_OK or its code. */
int functions_of_rules(sqlite3 *db, struct functions *functions);

/* A value as it stands in finding_accepted; in the arena. */
struct str rules_value_hash(struct arena *arena, struct str value);

#endif
