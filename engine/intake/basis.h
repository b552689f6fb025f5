/* basis.h: what the database held of a row when a workbook went out, kept in the row's key: by it a cell that somebody corrected is told from one that
 * nobody touched, and a newer value in the database from the one that the workbook was filled with. Private to intake/.
 *
 * By field, then by target, four characters, one after the other: a hash of what the column held, of which row the target was; or a word for no
 * row, and for what can't be told. */
#ifndef INTAKE_BASIS_H
#define INTAKE_BASIS_H

#include "intake/store.h"

/* Characters of a mark, and of the longest basis: a mark for each field and each target. */
enum { BASIS_MARK = 4, BASIS_BYTES = (ROW_FIELDS + FORM_TARGETS) * BASIS_MARK };

/* Nothing is known. */
void basis_begin(char marks[BASIS_BYTES]);
/* One target of the form with its fields, as its row holds them; key NULL: there is no such row. */
void basis_add(struct store *store, const struct form *form, const struct target *target, const struct row_key *key,
               char marks[BASIS_BYTES]);
/* The text of it. A view. */
struct str basis_text(const struct form *form, const char marks[BASIS_BYTES]);

/* The basis, where it speaks of this row of the target; else STR_NONE: a plate was corrected to that of another vehicle. */
struct str basis_of(struct arena *arena, struct str basis, const struct form *form, const struct target *target,
                    const struct row_key *key);

/* Is this what the field's column held when the workbook went out? `if_unknown`: the answer where the basis doesn't say. */
bool basis_is(struct str basis, size_t field, struct taken value, bool if_unknown);
#endif
