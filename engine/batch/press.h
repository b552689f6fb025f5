/* press.h: a run of `make`: the layouts asked for, planned; then what was made of them.
 *
 * Order of calls: press_open, press_plan, then the documents, press_finish; press_close. */
#ifndef BATCH_PRESS_H
#define BATCH_PRESS_H

#include "batch/document.h"
#include "batch/manifest.h"
#include "batch/output.h"
#include "batch/past.h"
#include "batch/plan.h"
#include "batch/run.h"
#include "batch/tally.h"

struct unmade { /* a document that could not be made */
    struct str path, record, folder;
};

struct press {
    struct run run;
    bool writes; /* neither --dump nor --dry-run: the output folder is locked */
    struct output output;
    struct printing *printings; /* of layouts that could be resolved and planned */
    struct plan *plans;
    size_t count;
    size_t chosen; /* documents */
    size_t apart;  /* of them: rows of a shared file, printed alone */
    struct past past;
    size_t announced_from; /* in past.pending: what this run has announced itself */
    struct unmade *unmade;
    size_t unmade_count, unmade_capacity;
    struct str *stale; /* paths of sheets for others that bind what is void */
    size_t stale_count, stale_capacity;
    struct manifest made;
    struct tally tally;
    bool stopped; /* nothing more could be written */
};

/* Reads layouts and database, takes the lock, settles the day. */
enum exit_code press_open(struct press *press, const struct job *job, struct reporter *reporter);
void press_close(struct press *press);

/* Resolves and plans every layout. EXIT_MADE also when some were left out (run.worst says so); else nothing is to be
 * made. */
enum exit_code press_plan(struct press *press);

/* Lets the next run know which documents this one may leave behind if it is killed. */
enum exit_code press_announce(struct press *press);
/* Takes a document's result into the manifest of this run. */
void press_record(struct press *press, const struct printing *printing, const struct plan *plan,
                  const struct planned *planned, const struct made *made, enum exit_code code);
/* Takes what a layout's findings tell of the run into it. */
void press_notice(struct press *press, const struct printing *printing, const struct diags *found);
/* The same of the database's values, where the run looked at all of them. */
void press_notice_values(struct press *press);
/* Retires what is no longer planned; writes index.html, findings.csv and, last, manifest.xml. */
enum exit_code press_finish(struct press *press);

#endif
