/* copy.h: inside data/: the private copy that a run of many documents reads. */
#ifndef DATA_COPY_H
#define DATA_COPY_H

#include "data/session.h"

/* Copies what `source` sees into a file without a name on the disk of the database's copy_folder; false with a diagnostic.
 * Copies that killed runs left in the folder are removed on the way. */
bool copy_make(struct database *database, sqlite3 *source, struct diags *diags);
/* It ends with its last descriptor: a forked process closes its own. */
void copy_remove(struct database *database);

#endif
