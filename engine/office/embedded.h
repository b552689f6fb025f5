/* embedded.h: SQL that the Makefile puts into the program. Private to office/. */
#ifndef OFFICE_EMBEDDED_H
#define OFFICE_EMBEDDED_H

#include <stddef.h>

/* fixtures/schema.sql: a new database, of OFFICE_VERSION. */
extern const unsigned char office_schema[];
extern const size_t office_schema_count;
/* upgrade.sql: for each version the statements that lead to it, behind a line `-- to 2`. */
extern const unsigned char office_upgrades[];
extern const size_t office_upgrades_count;
/* init.sql: what follows from a new database's lists. lists/: those that it begins with, each behind a line `== table`. */
extern const unsigned char office_begin[];
extern const size_t office_begin_count;
extern const unsigned char office_lists[];
extern const size_t office_lists_count;
/* term_way.sql, term_plan.sql, term_apply.sql, term_tell.sql: a new term. */
extern const unsigned char office_term_way[], office_term_plan[], office_term_apply[], office_term_tell[];
extern const size_t office_term_way_count, office_term_plan_count, office_term_apply_count, office_term_tell_count;
/* retire_plan.sql: what may be destroyed, and what must be handed over. */
extern const unsigned char office_retire_plan[];
extern const size_t office_retire_plan_count;

#endif
