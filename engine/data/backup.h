/* backup.h: a copy of a database beside it, before something writes to it. */
#ifndef DATA_BACKUP_H
#define DATA_BACKUP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"

/* How many copies are kept; older ones go. */
enum { BACKUPS_KEPT = 10 };

/* semester.db.backup-0017, numbered on from the newest there is: whole and durable, or not at all. 0600. False: told (D110). */
bool backup_make(struct arena *arena, const char *database, struct diags *diags);

#endif
