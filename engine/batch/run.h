/* run.h: what a run holds open, from the first file read to the last one written.
 *
 * Order of calls: run_init, run_read_layouts, run_open_database, run_settle (calendar), then printing_open for each
 * layout (printing.c); run_release closes all. Each step tells its mistakes (run_tell) and gives back the exit code
 * that they call for. */
#ifndef BATCH_RUN_H
#define BATCH_RUN_H

#include "batch/batch.h"
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
    struct diags diags;  /* of the run as a whole; those of a document are its own */
    size_t told;         /* diags before this one have been reported */
    size_t told_by_severity[4];
    struct strmap seen;  /* mistakes in files already told: layouts that include one file tell them more than once */
    struct strmap files; /* index in mistakes */
    struct file_mistakes *mistakes;
    size_t mistake_count, mistake_capacity;
    struct layout_set *layouts;
    struct calibration calibration; /* of the job's printer, or none */
    struct database *database;
    struct privacy privacy;
    struct relations relations;
    struct value_rules value_rules;
    struct diags value_findings;            /* what the database's values are told for: values.c */
    size_t values_missing;                  /* how many are unknown or unreadable where papers depend on them */
    struct session *sessions[READER_COUNT]; /* opened when first asked for */
    bool session_failed[READER_COUNT];
    struct givens givens; /* day, semester and month; reader and stock are each layout's */
    struct fonts *fonts;
    struct text_engine *text;
    struct images *images;
    struct parts *parts; /* layouts whose documents are bound, opened when first asked for: volume.h */
    enum exit_code worst;
};

/* A layout in this run: for whom and onto what it is printed. */
struct printing {
    const struct layout *layout;
    enum reader reader;
    bool own_reader; /* the reader is the layout's own, not one chosen by --for */
    enum stock stock;
    struct str folder; /* below the term's folder: the layout's own, or the variant's */
    struct resolved *resolved;
    struct composer *composer;
    struct parts *parts; /* the documents that a volume binds; NULL: it is no volume */
};

void run_init(struct run *run, const struct job *job, struct reporter *reporter);
void run_release(struct run *run);

enum exit_code run_read_layouts(struct run *run);
/* private_copy: for a run of many documents, see data.h; the copy stands in `copy_folder`. */
enum exit_code run_open_database(struct run *run, bool private_copy, const char *copy_folder);
/* Day, semester and month. Where the database has no calendar and no day was given, `must` decides whether that is a
 * mistake. */
enum exit_code run_settle(struct run *run, bool must);
/* The values that columns.yaml speaks of are looked at, and read as what they can only mean (values.c): of all tables, or in a run that
 * --only narrows of those that its layouts read. After run_open_database, before any session. `checks`: also what only a
 * look at columns.yaml finds: columns that look like days and that nobody lists, conditions that nothing asks now. */
enum exit_code run_look_at_values(struct run *run, bool checks);
/* Borrowed; NULL when the reader's views could not be laid, which is told once and makes the run's exit code worse. */
struct session *run_session(struct run *run, enum reader reader);

/* Resolves a layout for its reader. False with diagnostics; the layout is then left out of the run. */
bool printing_open(struct run *run, const struct layout *layout, struct printing *out);
/* The same for one whose documents are bound for another layout's reader, in full. */
bool printing_open_bound(struct run *run, const struct layout *layout, enum reader reader, struct printing *out);
void printing_close(struct printing *printing);
/* The school and the family see numbers in full; a copy for anybody else must not show one. */
bool printing_shows_numbers(const struct printing *printing);
/* What stands beside a document for its reader (its key, its lines in the index), with the numbers hidden where they must
 * be; and the same for the name of its file, in characters that a name may have. */
struct str printing_beside(struct arena *arena, const struct printing *printing, struct str text);
struct str printing_path(struct arena *arena, const struct printing *printing, struct str path);
struct sheet_plan printing_sheet_plan(const struct sheet_spec *sheet);
struct fold_plan printing_fold_plan(const struct fold_spec *fold);
/* Runs a query whose parameters are given values only: the query of the documents. What is wrong goes to `found`. */
bool printing_query(struct run *run, const struct printing *printing, uint32_t query_use, struct rows *out,
                    struct diags *found);
/* The given values that a query of documents asks for, in the order of its parameters. */
struct value *printing_given(struct run *run, const struct printing *printing, uint32_t query_use);
/* What the layout's findings tell of the run, whatever documents it makes. */
void printing_look(struct run *run, const struct printing *printing, struct diags *found);
/* Runs it once more to learn which of its rows the findings belong to: an array of one for each row. */
struct diags *printing_row_findings(struct run *run, const struct printing *printing, uint32_t query_use, size_t rows);

/* Reports what was collected since the last call, each mistake in a file once. */
void run_tell(struct run *run);
void run_tell_diags(struct run *run, const struct diags *diags, bool findings);
/* Of files with very many mistakes, how many were not told. Before the command sums up. */
void run_tell_rest(struct run *run);
void run_line(struct run *run, struct str line);
/* Keeps the graver of two exit codes: a bug over usage over output over input over layouts over documents. */
void run_worsen(struct run *run, enum exit_code code);

#endif
