/* run.h: what a run holds open, from the first file read to the last one written.
 *
 * Order of calls: run_init, run_read_layouts, run_open_database, run_look_at_values, run_settle, then printings (printing.h);
 * run_release closes all. Each step tells its mistakes (run_tell) and gives back the exit code that they call for; after
 * one that isn't EXIT_MADE only run_release is called.
 *
 * A mistake in a file is told once, however many layouts include the file. A document's own diags never come into run->diags.
 *
 * 1. told <= diags.count: what stands before `told` has been reported.
 * 2. `worst` is one of the codes that run_worsen weighs. */
#ifndef BATCH_RUN_H
#define BATCH_RUN_H

#include "batch/batch.h"
#include "base/key.h"
#include "bindery/bindery.h"
#include "compose/compose.h"
#include "font/font.h"
#include "image/image.h"
#include "layout/layout.h"
#include "resolve/resolve.h"

/* What was told of a file, by severity, and how many mistakes were counted only. */
struct file_mistakes {
    struct str file;
    size_t told[4], held_back;
};

struct run {
    const struct job *job;
    struct reporter *reporter;
    struct arena *arena; /* lives as long as the run */
    /* tell.c */
    struct diags diags;    /* of the run as a whole; those of a document are its own */
    size_t told;           /* diags before this one have been reported */
    bool held;             /* none is reported now */
    struct buffer *record; /* what is reported is appended, packed; NULL: nowhere */
    size_t told_by_severity[4];
    struct strmap seen;  /* mistakes in files already told */
    struct strmap files; /* index in mistakes */
    struct file_mistakes *mistakes;
    size_t mistake_count, mistake_capacity;
    enum exit_code worst;
    /* what was read */
    struct layout_set *layouts;
    struct calibration calibration; /* of the job's printer, or none */
    struct str printer;             /* whose it is; STR_NONE: nobody's */
    struct form form;               /* the job's picture of the blank form, or none; its pictures: */
    struct images *form_images;
    struct database *database;
    struct privacy privacy;
    struct relations relations;
    struct session *sessions[READER_COUNT]; /* opened when first asked for */
    bool session_failed[READER_COUNT];
    struct givens givens; /* day, semester and month; reader and stock are each layout's */
    /* values.c */
    struct value_rules value_rules;
    struct diags value_findings; /* about the database's values */
    size_t values_missing;       /* how many are unknown or unreadable where papers depend on them */
    /* codes.c: what papers' codes are signed with */
    struct key key;
    enum { KEY_NOT_READ, KEY_THERE, KEY_ABSENT } key_state;
    struct hash journal; /* its bytes, before it was asked; of a run that keeps a trace */
    /* shared by all documents */
    struct fonts *fonts;
    struct text_engine *text;
    struct images *images;
    struct asked asked; /* what the document in hand asks for */
};

/* `job` and `reporter` are borrowed until run_release. */
void run_init(struct run *run, const struct job *job, struct reporter *reporter);
/* Closes sessions, database and caches, ends the arena and with it all texts of the run; the run is {0} then. Whatever was
 * opened, and of one that run_init alone has seen. */
void run_release(struct run *run);

/* All layouts of the folder, or those named. EXIT_INPUT: no folder, no layout, none of this name (U105, O108); EXIT_LAYOUT,
 * EXIT_USAGE_ERROR (U111): printers.yaml. A layout with mistakes is `broken`, and no reason to stop. */
enum exit_code run_read_layouts(struct run *run);
/* private_copy: for a run of many documents, see data.h; the copy lies in `copy_folder`. EXIT_INPUT: it can't be read; EXIT_IO: nor
 * copied; EXIT_LAYOUT: privacy.yaml. */
enum exit_code run_open_database(struct run *run, bool private_copy, const char *copy_folder);
/* values.c: the values that columns.yaml speaks of are looked at, and read as what they can only mean: of all tables, or in a run that
 * --only narrows of those that its layouts read. Before any session. `checks`: also what only a look at columns.yaml finds (columns
 * that look like days and that nobody lists, conditions that nothing asks now). Findings are told, and kept in
 * value_findings. EXIT_LAYOUT: columns.yaml; EXIT_INPUT, EXIT_IO: the database. */
enum exit_code run_look_at_values(struct run *run, bool checks);
/* Day, semester and month, into `givens`. Where the database has no calendar and no day was given, `must` decides whether that is a
 * mistake (EXIT_USAGE_ERROR). EXIT_LAYOUT: the calendar's queries. */
enum exit_code run_settle(struct run *run, bool must);
/* Is a row of the layout's documents an award: does their query name award_id? */
bool run_of_awards(const struct layout *layout);
/* Borrowed; NULL when the reader's views could not be laid, which is told once and makes the run's exit code worse. */
struct session *run_session(struct run *run, enum reader reader);

/* --- tell.c ------------------------------------------------------------------------------------------------------- */

/* Reports what came into run->diags since the last call: messages of a file together, in the order of its lines. */
void run_tell(struct run *run);
/* Reports nothing until it is called with false: so messages of several steps come in one order. */
void run_hold(struct run *run, bool held);
/* The same for others: errors, and where `findings` all of them. */
void run_tell_diags(struct run *run, const struct diags *diags, bool findings);
/* The same of messages that another run has told: all of them, but those that this one has told already. */
void run_tell_again(struct run *run, const struct diags *diags);
/* Of files with very many mistakes, how many were not told (O113). Before the command sums up. */
void run_tell_rest(struct run *run);
/* A line on standard output. */
void run_line(struct run *run, struct str line);
/* Keeps the graver of two exit codes: a bug over usage over busy over output over input over layouts over documents. */
void run_worsen(struct run *run, enum exit_code code);

#endif
