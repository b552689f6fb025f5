/* copy.h: inside data/: the private copy of a database that a run of many documents reads, so that all of them show
 * one state, whatever the schools write meanwhile. */
#ifndef DATA_COPY_H
#define DATA_COPY_H

#include "data/session.h"

/* Copies the state that `source` sees into a nameless file in the database's copy_folder, and sets the database's
 * uri, copy_path and copy_fd to it. False with a diagnostic (D107, D108) when it can't be read or written. Copies
 * that older versions left in the folder are removed on the way. */
bool copy_make(struct database *database, sqlite3 *source, struct diags *diags);
/* Does a log (WAL) stand beside the file, so that the file alone isn't what is read? Also true when that can't be told. */
bool copy_has_log(sqlite3 *source);
/* Closes the copy, which ends with its last descriptor: a forked process closes its own. */
void copy_remove(struct database *database);

#endif
