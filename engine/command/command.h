/* command.h: the command line: argv becomes a job, the job is run, and what it tells is printed.
 *
 *     settings_init ──► settings_parse ──► struct command's run ──► report_end
 *
 * To add a command: a file with one const struct command, its line in `commands` of main.c, and its section in
 * dossier.1. To add an option: its number in enum option_id, its row in option_table.c with what it takes, its number
 * in the commands' OPTIONS, and its line in dossier.1. Only report.c prints.
 *
 * 1. Every option_id has its row: a name, help in both languages, and a function that takes its value, else a flag that it sets. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "batch/batch.h"
#include "office/office.h"

enum option_id {
    OPTION_DB,
    OPTION_LAYOUTS,
    OPTION_OUT,
    OPTION_PHOTOS,
    OPTION_AS_OF,
    OPTION_SEMESTER,
    OPTION_MONTH,
    OPTION_ONLY,
    OPTION_FOR,
    OPTION_STOCK,
    OPTION_AS,
    OPTION_PRINTER,
    OPTION_JOBS,
    OPTION_SHARD,
    OPTION_MERGE,
    OPTION_ENCRYPT,
    OPTION_SIGN,
    OPTION_SIGN_PASSWORD,
    OPTION_FORCE,
    OPTION_VERIFY,
    OPTION_COMPACT,
    OPTION_TAGGED,
    OPTION_WITHDRAW,
    OPTION_PROOF,
    OPTION_FORM,
    OPTION_DRY_RUN,
    OPTION_DUMP,
    OPTION_WATCH,
    OPTION_TREE,
    OPTION_SCHOOL,
    OPTION_SINCE,
    OPTION_REPORT,
    OPTION_RUN_REPORT,
    OPTION_ACCEPT,
    OPTION_WHY,
    OPTION_STRICT,
    OPTION_OVERWRITE,
    OPTION_CLASS,
    OPTION_TEMPLATE,
    OPTION_FILLED,
    OPTION_FROM,
    OPTION_WITHOUT,
    OPTION_REOPEN,
    OPTION_ERRORS,
    OPTION_YEAR,
    OPTION_COMMIT,
    OPTION_EXPECT,
    OPTION_JOURNAL,
    OPTION_OF,
    OPTION_TYPE,
    OPTION_STATE,
    OPTION_LIST,
    OPTION_BY,
    OPTION_ALTHOUGH,
    OPTION_DAYS,
    OPTION_LEVEL,
    OPTION_DETAIL,
    OPTION_DRAFT,
    OPTION_UNCLOSED,
    OPTION_CONFIRM,
    OPTION_CODE,
    OPTION_CHANGED,
    OPTION_COPIES,
    OPTION_TRAY,
    OPTION_SKIP,
    OPTION_ONE_JOB,
    OPTION_AGAIN,
    OPTION_WAIT,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_HELP,
    OPTION_COUNT
};
/* A command's options, for its struct: the ids, in any order, with OPTION_COUNT behind the last. */
#define OPTIONS(...) ((const enum option_id[]){__VA_ARGS__, OPTION_COUNT})

/* What argv says, on top of the defaults. Strings are argv's own. */
struct settings {
    struct arena *arena; /* main's; lives as long as the program */
    struct diags diags;  /* what is wrong with the command line */
    struct job job;      /* what batch is asked for */
    struct str *words;   /* arguments that are no options: layouts, a topic */
    size_t word_count;
    size_t only_capacity;
    struct str school, class_name;         /* --school, --class */
    struct str since, report, accept, why; /* of `check data` */
    const char *template_path;             /* --template; NULL */
    const char *from;                      /* --from, of `init` and `print`; NULL */
    struct str *without;                   /* --without, of `close` */
    size_t without_count, without_capacity;
    const char *sign, *sign_password;                    /* of `pack`; NULL */
    bool archive;                                        /* `pack --for archive` */
    struct str errors;                                   /* --errors; STR_NONE */
    const char *journal, *list, *passwords;              /* --journal, --list, --encrypt; NULL */
    struct str type, state, of, by, days, level, detail; /* of `award` and `journal` */
    struct str *although;                                /* --although */
    size_t although_count, although_capacity;
    struct str code;    /* --code, of `verify` */
    bool changed;       /* --changed */
    struct str confirm; /* --confirm, of `retire` and `print` */
    struct str tray;    /* of `print`, like the next */
    int32_t copies, skip, wait_s;
    bool one_job, again;
    bool draft;
    bool given[OPTION_COUNT]; /* those that argv has */
    bool merge;               /* of `verify` */
    bool tree, watch, strict, overwrite, filled, reopen, commit, unclosed, help;
    struct str year, expect; /* of `assess` */
};

struct command {
    const char *name;
    const char *words[2];          /* as usage shows them: "[LAYOUT…]", "[版式…]" */
    size_t most_words;             /* 0 for as many as one likes, where there are any at all */
    const char *english, *chinese; /* one line of help */
    const enum option_id *options; /* OPTIONS(…): help tells them in the order of enum option_id */
    /* Gives back the program's exit code; everything has been told. */
    enum exit_code (*run)(struct settings *settings);
};
extern const struct command command_make, command_list, command_check, command_intake, command_undo, command_init,
    command_close, command_upgrade, command_term, command_retire, command_assess, command_award, command_journal,
    command_print, command_verify, command_pack, command_calibrate, command_help, command_version;

/* --- main.c ------------------------------------------------------------------------------------------------------- */

/* Ends with NULL, in the order of help. */
extern const struct command *const commands[];
/* Borrowed; NULL when there is none of this name. */
const struct command *command_find(struct str name);
/* Name of the nearest command, else all of them, for a hint. */
struct str command_nearest(struct arena *arena, struct str name);

/* --- options.c ---------------------------------------------------------------------------------------------------- */

/* The defaults: those of this folder, where it has layouts/, else those of the package. */
void settings_init(struct settings *settings, struct arena *arena);
/* Whether `id` is one of the command's options. */
bool command_takes(const struct command *command, enum option_id id);
/* Fills settings from the words behind the command's name. Options and words may stand in any order; behind “--” all are words.
 * Mistakes go to settings->diags (U102 to U104, U110), all of them. */
void settings_parse(struct settings *settings, const struct command *command, int count, char **words);
/* The paths that the command takes from this folder because it has layouts/, to be told: "layouts, semester.db, out", with those of the
 * package among them; in the arena. STR_NONE: all are given, or the package's. */
struct str settings_taken_here(const struct settings *settings, const struct command *command);
/* The day by the computer's clock: for what the office does, never for what is printed. In the arena. */
struct str settings_today(const struct settings *settings);
/* --as-of, else today: the day of a step that writes. */
struct str settings_day(const struct settings *settings);
/* A row's own words, in English: "--for", "READER", "school, inspector, family or public"; borrowed. False behind the last. */
struct option_words {
    struct str name, value, allowed; /* value and allowed STR_NONE: it takes none */
};
/* *words is left as it was when false. */
bool option_words(enum option_id id, struct option_words *words);
/* One line a row of the table: "--db FILE", what it does; in the arena or the table's own. False behind the last. */
bool option_help(enum option_id id, struct arena *arena, enum language language, struct str *name, struct str *help);

/* --- completion.c ------------------------------------------------------------------------------------------------- */

/* The script by which bash completes commands, options and their values; `arena` is for what it needs meanwhile. */
struct buffer;
/* Appends it. */
void completion_write(struct buffer *out, struct arena *arena);

/* --- office.c ----------------------------------------------------------------------------------------------------- */

struct report;
/* What the office's steps (office/office.h) end with. */
enum exit_code exit_of_office(enum office_end end);
/* The folder of the lists that init and term begin with: that of --from, else the one that the database lies in. In the settings' arena. */
const char *office_lists_folder(const struct settings *settings, const char *database);
/* A line of summary in the user's language, unless --quiet. */
void office_say(struct report *report, const struct settings *settings, struct str english, struct str chinese);
/* What a step decided: everything in a dry run, else what sums it up. */
void office_say_decisions(struct report *report, const struct settings *settings,
                          const struct office_decisions *decisions);

/* --- report.c ----------------------------------------------------------------------------------------------------- */

/* Diagnostics and progress go to standard error, lines to standard output. */
struct report {
    struct reporter reporter; /* give its address to batch */
    struct arena *arena;
    enum language language;
    bool quiet;         /* no progress is told */
    bool terminal;      /* of it a line is drawn again and again; else a line is written each minute */
    bool progress_open; /* one stands there now */
    double drawn_s;     /* when it was last told */
};
/* Borrows the settings' arena. The report must not be moved: its reporter knows its address. */
void report_init(struct report *report, const struct settings *settings);
/* Prints them, in their order. */
void report_diags(struct report *report, const struct diags *diags);
/* Wipes the progress line. EXIT_IO, told, when standard output didn't take everything, else `code`. */
enum exit_code report_end(struct report *report, enum exit_code code);

/* The language of messages: Chinese when LC_ALL, else LC_MESSAGES, else LANG begins with zh. */
enum language language_of_environment(void);

#endif
