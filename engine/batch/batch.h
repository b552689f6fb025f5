/* batch.h: a job becomes a plan (which documents, why), files in out/, a manifest, an exit code.
 *
 * The main flow is document_make in document.c: rows, compose, bindery, pdf. Start reading there. */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "base/diag.h"
#include "base/str.h"
#include "data/data.h"

enum stock { STOCK_BLANK, STOCK_PREPRINTED };
/* Its word: in --stock, in the manifest, as {stock}. */
struct str stock_name(enum stock stock);
/* False when there is none of this name. */
bool stock_from_name(struct str name, enum stock *stock);
struct only { /* --only KEY=VALUE */
    struct str key, value;
};
struct job {
    const char *database, *layouts, *out, *photos; /* photos NULL: photos/ beside the database */
    struct str *names;                             /* of layouts; none: all */
    size_t name_count;
    struct str as_of, semester, month; /* STR_NONE: found by the calendar */
    struct only *only;
    size_t only_count;
    bool has_reader;
    enum reader reader;
    enum stock stock;
    struct str printer; /* whose calibration corrects the pages; STR_NONE: nobody's */
    int32_t jobs;
    bool force, compact, dry_run, quiet, verbose, dump;
    bool withdraw; /* losing many documents is meant: guard.h */
    bool proof;    /* seal places get a ring; in folders of their own */
    bool terminal; /* progress line */
    enum language language;
};

enum exit_code { /* sysexits.h */
                 EXIT_MADE = 0,
                 EXIT_USAGE_ERROR = 64,
                 EXIT_DOCUMENT = 65,
                 EXIT_INPUT = 66,
                 EXIT_BUG = 70,
                 EXIT_CANNOT_CREATE = 73,
                 EXIT_IO = 74,
                 EXIT_BUSY = 75,
                 EXIT_LAYOUT = 78
};

/* Output of messages, so that only `command` prints. */
struct reporter {
    void (*diag)(struct reporter *reporter, const struct diag *diag, struct str source);
    void (*progress)(struct reporter *reporter, size_t done, size_t all, double elapsed_s);
    void (*line)(struct reporter *reporter, struct str line); /* summary, dry run, dump */
    void *context;
};

enum exit_code batch_make(const struct job *job, struct reporter *reporter);
enum exit_code batch_list(const struct job *job, struct reporter *reporter);
enum exit_code batch_check_layouts(const struct job *job, bool tree, struct reporter *reporter);

#endif
