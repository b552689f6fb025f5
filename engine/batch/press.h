/* press.h: the press, that is a run of `make` at work: the printings asked for with their plans, the folder that they are printed
 * into, and the manifest that grows with each document.
 *
 * Order of calls: press_open, press_plan, press_announce, then document_make and press_deliver for each chosen document, press_settle,
 * press_finish; press_close.
 *
 * plans[i] is that of printings[i], for i < count.
 *
 * 1. Nothing is written unless `writes`: the output folder is locked then, and only then. */
#ifndef BATCH_PRESS_H
#define BATCH_PRESS_H

#include "batch/apart.h"
#include "batch/guard.h"
#include "batch/manifest.h"
#include "batch/maker.h"
#include "batch/output.h"
#include "batch/parts.h"
#include "batch/past.h"
#include "batch/tally.h"
#include "batch/trace.h"

struct unmade { /* a document that could not be made */
    struct str path, record, folder;
};

struct press_space { /* of a layout (space.h) */
    size_t fresh;    /* documents that are still to be made, and have no predecessor in whose place they come */
    size_t made;     /* documents whose size is known, */
    uint64_t bytes;  /* and their sizes together */
};

struct delivery { /* a document that waits for its file to stand */
    size_t printing;
    const struct planned *planned;
    struct outcome outcome;
    enum exit_code code;
};

struct press {
    struct run run;
    bool writes;         /* neither --dump nor --dry-run */
    struct str database; /* of a shard: its stamp, before anything of it was read */
    struct output output;
    struct parts_list parts;    /* what the volumes among the printings bind */
    struct printing *printings; /* of layouts that could be resolved and planned */
    struct plan *plans;
    size_t count;
    size_t chosen; /* documents */
    size_t apart;  /* of them: rows of a shared file, printed alone */
    struct past past;
    struct apart apart_files; /* in only/ */
    size_t announced_from;    /* in past.pending: what this run has announced itself */
    struct guard guard;
    struct unmade *unmade;
    size_t unmade_count, unmade_capacity;
    struct press_space *space; /* of printings[i]; NULL before space_begin */
    struct manifest manifest;  /* of this run's documents */
    struct manifest lying;     /* of all that lies there when press_finish has written it */
    struct tally tally;
    struct trace trace; /* of this run, and of those before */
    bool held_back;     /* layouts were left out, since they would have lost too much */
    bool unchanged;     /* the last run's documents are those of this one, and lie there */
    struct arena *delivery_arena;
    struct delivery *deliveries;
    size_t delivery_count, delivery_capacity;
    size_t taken;              /* documents whose end is told: made or not */
    double began_s;            /* when the first was begun, of the tally's clock */
    bool stopped;              /* nothing more could be written, or a signal came */
    struct batch_print *print; /* NULL: a run of `make` */
};

/* Reads layouts and database, takes the lock, settles the day. EXIT_MADE; else told, and nothing is to be made: EXIT_INPUT,
 * EXIT_LAYOUT, EXIT_USAGE_ERROR, EXIT_BUSY, EXIT_CANNOT_CREATE, EXIT_IO. press_close is needed in any case. */
enum exit_code press_open(struct press *press, const struct job *job, struct reporter *reporter);
/* Closes all that press_open opened; the lock goes, files that stand stay. Once. */
void press_close(struct press *press);

/* Resolves and plans every layout. EXIT_MADE also when some were left out (run.worst says so); EXIT_USAGE_ERROR: nothing is to be
 * made. All is told. */
enum exit_code press_plan(struct press *press);

/* No row of a narrowed plan is meant: told (O110), where it is so. */
void press_tell_nothing_chosen(struct press *press, const struct plan *plan, struct str name);
/* What lies in only/ of what is no longer in force is taken away; in a narrowed run what lies in the layout's folder is told (O201). For a run
 * that writes. EXIT_MADE or, told, EXIT_IO. */
enum exit_code press_sweep(struct press *press);
/* Lets the next run know which documents this one may leave behind if it is killed. EXIT_MADE or, told, EXIT_IO. */
enum exit_code press_announce(struct press *press);
/* deliver.c. Takes what became of a document (outcome_pack), in the order of the plan: it is told and recorded when its file stands, together
 * with those delivered before and behind it. Sets `stopped` when no file can be written any more. */
void press_deliver(struct press *press, size_t printing, const struct planned *planned, struct str outcome);
/* The files of all that was delivered stand, or it was told why not. */
void press_settle(struct press *press);
/* So many documents are made, as whoever waits wants to know. */
void press_progress(struct press *press, size_t made);

/* Takes a document's result into the manifest of this run. Of one printed apart nothing is recorded: don't call it. */
void press_record(struct press *press, const struct printing *printing, const struct plan *plan,
                  const struct planned *planned, const struct outcome *outcome, enum exit_code code);
/* Takes what a layout's findings tell of the run into it. */
void press_notice(struct press *press, const struct printing *printing, const struct diags *found);
/* The same of the database's values, where the run looked at all of them. */
void press_notice_values(struct press *press);
/* Retires what is no longer planned; writes index.html, findings.csv and, last, manifest.xml. EXIT_MADE or, told, EXIT_IO. */
enum exit_code press_finish(struct press *press);

#endif
