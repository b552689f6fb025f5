/* copy.h: inside data/: the private copy that a run of many documents reads. */
#ifndef DATA_COPY_H
#define DATA_COPY_H

#include "data/session.h"

/* Copies what `source` sees into a file of its own, 0600, in the database's copy_folder; false with a diagnostic.
 * Copies that killed runs left in the folder are removed on the way. */
bool copy_make(struct database *database, sqlite3 *source, struct diags *diags);
/* Removes it, in the process that made it. */
void copy_remove(struct database *database);

#endif
