/* assess.h: the assessment of a school year, as SQL: rules/assess/, in the order of its files' names, embedded when dossier is built.
 *
 *     1-year ─► 2-places ─► 3-points ─► 4-duties ─► 5-awards ─► 6-tell          temporary tables a_…; nothing is written
 *                                                        ├────► 7-commit        the lines, and awards that nobody has approved
 *                                                        └────► 8-inputs        what the points come from, for the input's hash
 *
 * Parameters: :year (NULL: the last one that has ended), :as_of, and for 7-commit :hash. Whoever holds the database runs them
 * (office/assess.c; fixtures/generator/awards.c); they run by hand in the sqlite3 shell too, as they call no function of ours. */
#ifndef RULES_ASSESS_H
#define RULES_ASSESS_H

#include <stddef.h>

/* 1 to 6, 7, and 8: statements one behind the other; written by the Makefile. */
extern const unsigned char assess_computing[], assess_committing[], assess_inputs[];
extern const size_t assess_computing_count, assess_committing_count, assess_inputs_count;

#endif
