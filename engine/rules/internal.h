/* internal.h: shared by the files of rules/. */
#ifndef RULES_INTERNAL_H
#define RULES_INTERNAL_H

#include "base/buffer.h"
#include "base/hash.h"
#include "data/sql.h"
#include "rules/rules.h"

/* The files of checks/, scope.sql and judged.sql first, one behind the other; written by the Makefile. */
extern const unsigned char rules_embedded[];
extern const size_t rules_embedded_count;

/* What stands before the first check: the statements of scope.sql and judged.sql. */
struct str rules_scope(void);

/* What the SQL functions need beside their arguments. */
struct functions {
    struct buffer *room; /* for results */
    struct arena *arena; /* for what lasts as long as the run */
    const char *photos;  /* a folder that is there; NULL: pictures are not looked for */
    struct strmap seen;  /* pictures looked at */
    struct sql *db;
    struct masking *masking;
};
/* Makes the functions of functions.c known to functions->db, which `functions` outlives. */
bool functions_of_rules(struct functions *functions);

/* A value as it stands in finding_accepted; in the arena. */
struct str rules_value_hash(struct arena *arena, struct str value);

#endif
