/* office.h: the office's year: what is done to the semester database once a month, a term, a year.
 *
 * Each step is one transaction behind a copy of the database (data/backup.h), and a run of intake's journal: intake_run names the step
 * (“close 2026-11”), and `dossier undo` takes it back. What is not right is told (Y1xx: init, upgrade, close), and nothing is written.
 * A step is made of step.h; its SQL stands in .sql files or beside it. */
#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

/* The schema's version: fixtures/schema.sql is of it, upgrade.sql leads to it, layouts/common.yaml asks for it. */
enum { OFFICE_VERSION = 2 };

enum office_end {
    OFFICE_DONE,
    OFFICE_REFUSED,  /* what was asked for can't be done with these records; told */
    OFFICE_INPUT,    /* the database can't be read, or isn't one of ours */
    OFFICE_EXISTS,   /* init: the file is there already, or can't be made */
    OFFICE_BUSY,     /* another program writes to the database */
    OFFICE_NO_WRITE, /* the database or its copy can't be written */
};

/* Brings a database to OFFICE_VERSION. `*from` becomes the version that it had; where that is OFFICE_VERSION nothing is written. */
enum office_end office_upgrade(struct arena *arena, const char *database, int64_t *from, struct diags *diags);

#endif
