/* batch.h: a job becomes a plan (which documents, why), files in out/, a manifest, an exit code.
 *
 * The main flow is document_make in document.c: rows, compose, bindery, pdf. Start reading there.
 *
 *     press: make.c ──► for each layout a printing ──► its plan ──► document_make ──► out/TERM/… ──► manifest, index, findings
 *
 * Files, from the ground up. Each knows those above it alone; the line `order batch` in engine/MODULES says so too, and
 * tests/structure/check-modules keeps it.
 *
 *     code                            the text of a checking code
 *     stop, visible, watch            signals, hidden characters, files that change: know nothing of a run
 *     outcome                         what became of a document, and its way to another process
 *     run, tell, values               what a job holds open; what is told, and the exit code; the database's values
 *     printing                        a layout for one reader, onto one stock, resolved
 *     groups, owners, plan, narrow    rows become documents; --only
 *     parts                           the documents that volumes bind
 *     codes                           editions of papers, and their checking codes
 *     output                          the folder out/TERM
 *     maker, binder, gather, volume, workbook, document    one document, from its rows to its file
 *     manifest, index, findings, records, past   what lies in the folder
 *     tally, trace, kept, counts, schools, guard    what was done, counted; what would be the same again; by school; what would be lost
 *     press, space, print, deliver, finish   a run of `make`; is there room; which rows `print` sends, and their files
 *     worker, workers                 the processes that make its documents
 *     run_report                      the run itself, told on paper
 *     force                           papers of awards that no longer hold
 *     password, locked, piece, pack, hand_over   a copy that leaves
 *     make, check, list, figures      the commands below */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "base/diag.h"
#include "base/str.h"
#include "data/data.h"

enum stock { STOCK_BLANK, STOCK_PREPRINTED };
/* Its word: in --stock, in the manifest, as {stock}. */
struct str stock_name(enum stock stock);
/* False, and *stock as it was, when there is none of this name. */
bool stock_from_name(struct str name, enum stock *stock);

/* What a document becomes: a file of pages, or a workbook of its tables. */
enum medium { MEDIUM_PDF, MEDIUM_XLSX, MEDIUM_CSV };
/* Its word: in --as, as the ending of its files, behind the folder of workbooks. */
struct str medium_name(enum medium medium);
/* False, and *medium as it was, when there is none of this name. */
bool medium_from_name(struct str name, enum medium *medium);

struct only { /* --only KEY=VALUE */
    struct str key, value;
};

/* The edition of a paper that was printed last, and the one before it. */
struct printed {
    int64_t edition;       /* 0: it was never printed */
    struct str content;    /* SHA-256 of what it says, hexadecimal */
    struct str day;        /* on which it was printed last */
    struct str day_before; /* the same of the edition before; STR_NONE: there is none, or it isn't known */
};
/* What is known of papers that were printed: the journal, which batch doesn't know. `name` is KIND/number. */
struct papers {
    struct printed (*last)(void *context, struct str name, enum reader reader);
    void *context;
};

/* What the command line asks for. All of it is borrowed, and only read. */
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
    enum medium medium;
    const char *journal;         /* where they are known from; NULL: journal.db beside the database */
    const struct papers *papers; /* NULL: nobody knows of any, and all are first editions */
    struct str printer;          /* whose calibration corrects the pages; STR_NONE: nobody's */
    bool uncalibrated; /* a printer without a calibration is no mistake: its pages are as they are (S433 on stock) */
    struct str
        award_day; /* without as_of, papers of awards speak of no earlier day than this one; STR_NONE: as all others */
    int32_t jobs;
    int32_t shard, shards; /* this run makes shard 1 to N of N (shard.h); 0: all of it */
    bool force, compact, dry_run, quiet, verbose, dump;
    bool verify;   /* size and time of what lies there say nothing: its bytes are looked at */
    bool withdraw; /* losing many documents is meant: guard.h */
    bool proof;    /* seal places get a ring; in folders of their own */
    const char *report_paper,
        *report_text; /* where the run is told of, as PDF and as text (run_report.h); NULL: nowhere */
    const char *form; /* a picture of the blank form, laid under proofs on preprinted stock; NULL: none */
    bool tagged;      /* all PDFs have a structure tree, whatever their layouts say */
    enum language language;
};

/* sysexits.h; which of two is the graver: run_worsen. */
enum exit_code {
    EXIT_MADE = 0,           /* all that was asked for is made */
    EXIT_USAGE_ERROR = 64,   /* the command line */
    EXIT_DOCUMENT = 65,      /* at least one document could not be made */
    EXIT_INPUT = 66,         /* database or layout missing or unreadable */
    EXIT_NO_PRINTER = 69,    /* no print server answers */
    EXIT_BUG = 70,           /* an assertion failed */
    EXIT_CANNOT_CREATE = 73, /* out/ can't be written into */
    EXIT_IO = 74,            /* writing failed */
    EXIT_BUSY = 75,          /* another run holds this out/, or a signal ended this one */
    EXIT_LAYOUT = 78         /* a layout, or a file that layouts share, has errors */
};

/* Who prints, since batch doesn't. Calls come in the order of the run; texts are borrowed for the call. */
struct reporter {
    /* `source`: the bytes of the file that the diag's place is in, for a caret; STR_NONE for others. */
    void (*diag)(struct reporter *reporter, const struct diag *diag, struct str source);
    /* Behind each document: so many of all are done, in so many seconds. */
    void (*progress)(struct reporter *reporter, size_t done, size_t all, double elapsed_s);
    void (*line)(struct reporter *reporter, struct str line); /* summary, dry run, dump; without the line's end */
    void *context;
};

/* `dossier make`. Gives back the gravest exit code; what was wrong has been told, and nothing is left open. Neither by the
 * next two. */
enum exit_code batch_make(const struct job *job, struct reporter *reporter);
/* `dossier list`: a table of the layouts, with how many documents each would make, in the job's language, line by line to the
 * reporter. Nothing is written. */
enum exit_code batch_list(const struct job *job, struct reporter *reporter);
/* `dossier check layouts`: reads the layouts, and holds them and their queries against the database; `tree`: each is printed as
 * it was read. EXIT_LAYOUT where any of them has an error. */
enum exit_code batch_check_layouts(const struct job *job, bool tree, struct reporter *reporter);

/* A paper that bears a checking code, as the database would have it made now. */
struct paper_now {
    struct str name, content; /* KIND/number; SHA-256, hexadecimal */
    struct str place; /* the folder or file that it lies in, below the term's: a school, where the layout says so */
    struct str day;   /* up to which the records go */
    const struct str *keys, *texts; /* what the index says of it, and under which headings */
    size_t index_count;
    enum reader reader;
};
/* For `dossier verify`: who asks for papers, by their names. Texts are borrowed for the call. */
struct paper_wish {
    bool (*wants)(void *context, struct str name, enum reader reader);
    void (*found)(void *context, const struct paper_now *paper);
    void *context;
};
/* Composes the papers that are wished for, of the job's layouts that bear codes, and writes nothing. */
enum exit_code batch_papers(const struct job *job, const struct paper_wish *wish, struct reporter *reporter);

/* --- dossier print ------------------------------------------------------------------------------------------------- */

/* A row of the layout's query: what is printed of, a certificate or a card. Strings are in the request's arena. */
struct print_row {
    struct str key;                           /* as it is known in lists */
    struct str award;                         /* award.id; STR_NONE: it is no award */
    struct str number;                        /* cert_no, else the key */
    struct str name;                          /* of whom; STR_NONE: the query has no column `name` */
    struct str paper, content, code, edition; /* its checking code, when the file was made; STR_NONE: it bears none */
    bool chosen;
};
/* A file that was made for the printer: rows [from, to). */
struct print_file {
    struct str path;
    size_t from, to;
    size_t pages;
    int32_t width_mp, height_mp; /* of the largest page */
    bool duplex, short_edge;
    bool incomplete;
};
struct batch_print {
    struct arena *arena; /* lives longer than the call */
    bool one_job;        /* rows that are awards make one file, not a file each */
    int32_t skip;        /* places of the first sheet of cards that stay empty */
    /* Asked once, with the rows that --only leaves, in the order of printing, all of them chosen: takes back what isn't to be printed. False:
     * told, and nothing is made. Of no rows at all it may tell why, and set `explained`. */
    bool (*choose)(void *context, struct print_row *rows, size_t count);
    void *context;
    bool explained;
    /* What came of it: the rows that are printed, the files in their order. */
    bool of_awards;
    struct str term;   /* whose folder it is made in */
    struct str day;    /* of which the papers of awards speak */
    struct str reader; /* for whom */
    struct print_row *rows;
    size_t row_count;
    struct print_file *files;
    size_t file_count;
};
/* Makes what `dossier print` sends, of the one layout that the job names: documents as `make --only` does; of awards each row by itself, into
 * only/. A dry run chooses, and makes nothing. The exit code is that of `make`; what was wrong has been told. */
enum exit_code batch_print(const struct job *job, struct batch_print *print, struct reporter *reporter);

/* Tells of each other term's folder that holds papers of awards which are no longer in force (O213): a run of one term sweeps its own
 * alone. Folders that can't be read are passed over. */
void batch_tell_lapsed(const struct job *job, struct str term, struct reporter *reporter);

/* `dossier verify`: a term's folder, or one that holds those of terms, against its manifest (verify.h), and against the job's database
 * where that is there. EXIT_MADE; EXIT_DOCUMENT: something is missing, altered, foreign, older or no longer in force; EXIT_INPUT: there is no manifest (O182),
 * or none that can be read (O183); EXIT_BUSY (O101). */
enum exit_code batch_verify(const struct job *job, const char *folder, struct reporter *reporter);

/* What `dossier pack` makes. */
struct pack_order {
    bool archive;       /* for an archive room (piece.h), whatever the job's reader; never encrypted (O225) */
    const char *folder; /* the term's, or it holds those of terms: then the job's semester, else the newest */
    const char *path;   /* of the zip */
    const char *
        passwords; /* the file of the password that its documents are encrypted under (password.h); NULL: they aren't */
    const char *certificate; /* a PKCS#12 file whose key signs the manifest (manifest.xml.p7s); NULL: nobody does */
    const char *certificate_password; /* the file of its password; NULL: it has none */
};
/* `dossier pack`: what of a term's folder is for the job's reader, into a zip (pack.h). EXIT_MADE; EXIT_DOCUMENT: there is nothing for him
 * (O189), something is missing or altered (O184, O185, O190), no longer in force (O210 to O212), or can't be encrypted (O226); EXIT_INPUT (O182, O183, O220 to O222, O227), EXIT_BUSY
 * (O101), EXIT_IO (B103). */
enum exit_code batch_pack(const struct job *job, const struct pack_order *order, struct reporter *reporter);

/* For `dossier close`: what the booklet of the job's month says of each school: school_id, key, n, d (relation month_now of
 * common.yaml), read as the papers are: with layouts, columns.yaml and day of the job. Rows into the arena. What is wrong has been told. */
enum exit_code batch_month_figures(const struct job *job, struct reporter *reporter, struct arena *arena,
                                   struct rows *rows);

/* `dossier check data`: the records held against the checks of rules/. The job gives database, photos and day. */
struct data_check {
    struct str school, since; /* STR_NONE: all */
    struct str report;        /* where findings go as CSV; STR_NONE: nowhere */
    struct str accept;        /* the code of findings to set aside; STR_NONE: only look */
    struct str number, why, today;
};
/* EXIT_DOCUMENT when there is a fault. */
enum exit_code batch_check_data(const struct job *job, const struct data_check *check, struct reporter *reporter);
/* Sets findings aside. EXIT_DOCUMENT when there is none of this code and number. */
enum exit_code batch_accept(const struct job *job, const struct data_check *check, struct reporter *reporter);

#endif
