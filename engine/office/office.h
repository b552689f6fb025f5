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
#include "data/data.h"

/* The schema's version: fixtures/schema.sql is of it, upgrade.sql leads to it, layouts/common.yaml asks for it. */
enum { OFFICE_VERSION = 3 };

enum office_end {
    OFFICE_DONE,
    OFFICE_USAGE,    /* what was asked for isn't well formed; told */
    OFFICE_REFUSED,  /* what was asked for can't be done with these records; told */
    OFFICE_INPUT,    /* the database can't be read, or isn't one of ours */
    OFFICE_EXISTS,   /* init: the file is there already, or can't be made */
    OFFICE_BUSY,     /* another program writes to the database */
    OFFICE_NO_WRITE, /* the database or its copy can't be written */
};

/* Brings a database to OFFICE_VERSION. `*from` becomes the version that it had; where that is OFFICE_VERSION nothing is written. */
enum office_end office_upgrade(struct arena *arena, const char *database, int64_t *from, struct diags *diags);

/* --- init --------------------------------------------------------------------------------------------------------- */

struct office_init {
    const char *database; /* the file to be made */
    const char *from;     /* the folder of its lists (lists.h) */
    struct str
        on; /* the school year in which this day lies is the one that it begins with, where no list names terms */
};
/* A list that it began with. */
struct office_list {
    const char *table, *name;
    struct str file; /* STR_NONE: none */
    bool built_in;   /* the embedded one was taken */
    size_t rows;
};
struct office_begun {
    struct office_list *lists;
    size_t list_count;
    struct str first; /* title of the first term */
    bool named;       /* the township has a name */
    bool key_made;    /* a key lies beside it now, that none did before */
};
/* Makes a database of OFFICE_VERSION, 0600, whole or not at all, and its key beside it; never in place of another. OFFICE_EXISTS: it is there, or can't be made;
 * OFFICE_REFUSED: a list isn't right (Y130 to Y135). */
enum office_end office_init(struct arena *arena, const struct office_init *job, struct office_begun *begun,
                            struct diags *diags);

/* --- close -------------------------------------------------------------------------------------------------------- */

/* A reporting month, as it is closed. */
struct office_month {
    struct str ym, semester;
    struct str over_on; /* its last day, or the term's: the day that its figures speak of */
};
struct office_close {
    const char *database;
    struct str month;
    struct str on; /* the day of closing: which returns have come by then, closed_on, frozen_on */
    const struct str *without;
    size_t without_count; /* schools whose return may be missing */
    bool reopen, dry_run;
    struct str why; /* of reopening */
    /* The month's figures: rows of school_id, key, numerator, denominator; asked under the lock, of another connection. False: told. */
    bool (*figures)(void *context, const struct office_month *month, struct arena *arena, struct rows *rows);
    void *context;
};
/* What became of a school's return. */
struct office_return {
    struct str school;
    struct str came_at; /* STR_NONE: missing */
};
struct office_closed {
    struct office_month month;
    bool required;                 /* else it has no booklet, and no figures */
    size_t figures;                /* frozen, or when it is opened again kept as they were reported */
    struct str closed_on;          /* of reopening: when it had been closed */
    struct office_return *returns; /* of each school with pupils on the month's last day */
    size_t return_count;
    int64_t run; /* for undo; 0: nothing was written */
};
/* Freezes a month's figures, or with `reopen` opens it again. `closed` is filled as far as it came: also with a dry run, and where
 * returns are missing (OFFICE_REFUSED). Y110 to Y124. */
enum office_end office_close(struct arena *arena, const struct office_close *job, struct office_closed *closed,
                             struct diags *diags);

/* --- term.c: a new term ------------------------------------------------------------------------------------------- */

struct office_term {
    const char *database;
    struct str term;  /* 2026-2027-2 */
    const char *from; /* the folder of its calendar: lists of terms, months, days without school (lists.h) */
    struct str as_of; /* the day on which it is done, for the journal */
    bool dry_run;     /* all is decided and told, nothing is written */
    bool unclosed;    /* though months of the term before aren't closed */
};

/* What a step decided, in both languages; children stand there by their numbers. */
struct office_decision {
    bool detail; /* one of many: a class, a child */
    struct str english, chinese;
};
struct office_decisions {
    struct office_decision *items;
    size_t count, capacity;
    bool destroyed;     /* retire: records are gone */
    int64_t items_done; /* retire: how many the confirmed list has */
    bool again;         /* the term has begun before: only what came since was looked for */
};

/* Begins the term that follows the one that stands: calendar, classes promoted with their cohort, finishing classes closed, the register,
 * carers and rides carried over as 待核实, numbers. Called again, or for a first term that the schools filled, it gives numbers to who
 * came since, and changes nothing else. `run` is
 * the number for undo; 0: nothing was written. Y2xx. */
enum office_end office_term(struct arena *arena, const struct office_term *job, struct office_decisions *decisions,
                            int64_t *run, struct diags *diags);

/* --- retire.c: retention ------------------------------------------------------------------------------------------ */

struct office_retire {
    const char *database;
    struct str as_of;   /* the day that a list speaks of, or on which it is confirmed */
    struct str school;  /* only this school's; STR_NONE: all */
    struct str confirm; /* the number of the list that is carried out; STR_NONE: lists are made */
    struct str by;      /* who makes or confirms it */
    bool dry_run;
};

/* Lists what may be destroyed (retire_list.kind 销毁) and what is to be handed over (移交), and keeps the lists; one that means the same
 * and isn't confirmed keeps its number, and nothing is written. Or confirms a list: the records that a 销毁 list names go from every
 * table, without a way back by undo; a 移交 list is marked as done. Refused where the records aren't what they were. Y3xx. */
enum office_end office_retire(struct arena *arena, const struct office_retire *job, struct office_decisions *decisions,
                              int64_t *run, struct diags *diags);

#endif
