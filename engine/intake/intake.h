/* intake.h: spreadsheets from the schools become rows of the semester database.
 *
 * What it writes: the tables of the forms (forms.h), and its own two: intake_run, a row for each file with what takes it back, and
 * intake_change, a row for each cell that was changed. A file is one transaction. Before the first write a copy of the database is
 * laid beside it (data/backup.h). A row that comes again changes what differs and nothing else; a blank cell changes nothing,
 * unless the workbook was filled by the program (its rows have keys): there it means unknown; a row that is missing deletes nothing. What the
 * database has newer than a filled workbook isn't set back by it.
 *
 * Nothing is guessed. A cell that can't be kept, and a row that can't be placed, are left out, told by sheet and cell with the remedy,
 * and counted. */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "intake/grid.h"

struct intake_job {
    const char *database;
    struct str *files;
    size_t file_count;
    struct str school;   /* of rows that name none; STR_NONE */
    struct str semester; /* STR_NONE: the one in which as_of lies, else the newest that has begun */
    struct str as_of;    /* the day that changes are dated by */
    bool dry_run;        /* everything is done, told, and taken back */
    bool overwrite;      /* a filled workbook's corrections hold also where the database has become newer */
    bool strict;         /* a file of which anything is left out is left out whole */
};

enum intake_end {
    INTAKE_TAKEN,    /* all of it */
    INTAKE_PARTLY,   /* cells or rows were left out */
    INTAKE_INPUT,    /* a file or the database can't be read */
    INTAKE_BUSY,     /* another program writes to the database */
    INTAKE_NO_WRITE, /* the database or its copy can't be written */
};

struct intake_counts {
    size_t rows;      /* read */
    size_t new_rows;  /* of the database */
    size_t changes;   /* cells of the database that were changed */
    size_t same;      /* rows that said nothing new */
    size_t left_rows; /* left out */
    size_t left_cells;
};

/* Told after each file. */
struct intake_told {
    struct str file;
    const struct grid *grid; /* what was read; NULL: it can't be */
    int64_t run;             /* its number, for undo; 0: nothing was written */
    struct intake_counts counts;
    const struct diags *diags;
};

/* Takes the files in their order. `told` is called after each with all that is to be said of it. */
enum intake_end intake_run(struct arena *arena, const struct intake_job *job,
                           void (*told)(void *context, const struct intake_told *told), void *context);

/* A run: its number; the file that was taken in, or the step (“award void”); its day, STR_NONE where none is known. */
struct intake_known {
    int64_t run;
    struct str file, day;
};
/* Takes a run back, or the newest that isn't (known->run 0). Where a later write stands in the way nothing is, and the rows are named. `known`
 * becomes the run that was taken back, its strings in the arena. */
enum intake_end intake_undo(struct arena *arena, const char *database, struct intake_known *known, struct diags *diags);

#endif
