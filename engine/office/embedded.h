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

#endif
