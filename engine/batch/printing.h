/* printing.h: a printing, that is a layout as this run prints it: for one reader, onto one stock, into one folder; resolved
 * against the database, with a composer.
 *
 *     printing_choose ──► (its parts, for a volume: parts.h) ──► printing_resolve ──► queries, documents ──► printing_close
 *
 * Whoever wants one calls parts_open_printing, which does the first three. */
#ifndef BATCH_PRINTING_H
#define BATCH_PRINTING_H

#include "batch/run.h"

struct printing {
    const struct layout *layout;
    enum reader reader;
    bool own_reader; /* the reader is the layout's own, not one chosen by --for */
    enum stock stock;
    enum medium medium;
    bool tagged;       /* its PDFs have a structure tree */
    struct str folder; /* below the term's folder: the layout's own, or the variant's: archive-school, register-xlsx */
    struct resolved *resolved; /* in the run's arena */
    struct composer *composer; /* NULL once it is closed */
};

/* Columns of the rows that a volume's documents are made of. Borrowed. */
struct part_columns {
    const struct str *names;
    size_t count;
};

/* --- opening ------------------------------------------------------------------------------------------------------ */

/* Who reads it, what it is printed onto, and where it is put. False for a layout with mistakes, which were told when it was read. A
 * --stock for which it has no blocks is told (O111), and is blank then. */
bool printing_choose(struct run *run, const struct layout *layout, struct printing *out);
/* Has it a table for a workbook, where a workbook is asked for? False: it is left out; told (W101), and worsening the run's exit code, where
 * the layout was named. */
bool printing_has_tables(struct run *run, const struct layout *layout);
/* The same for one that a volume binds: the volume's reader, blank stock, no folder of its own; tagged where the volume is. */
void printing_choose_bound(const struct layout *layout, const struct printing *volume, struct printing *out);
/* Lays the reader's views where no layout of this reader came before, and resolves; `parts` without columns for what is no volume.
 * False with diagnostics, all told: the layout is then left out of the run. */
bool printing_resolve(struct run *run, struct printing *printing, struct part_columns parts);
/* May be called again. */
void printing_close(struct printing *printing);

/* A path of the layout with the ending of the printing's form, its name still no longer than a name may be. In the arena. */
struct str printing_file(struct arena *arena, const struct printing *printing, struct str path);

/* --- what the bindery makes of its pages -------------------------------------------------------------------------- */

/* What bindery/bindery.h is to do with cards, as the layout says; lengths in mp. */
struct sheet_plan printing_sheet_plan(const struct sheet_spec *sheet);
/* The same of a booklet to fold. */
struct fold_plan printing_fold_plan(const struct fold_spec *fold);

/* --- queries ------------------------------------------------------------------------------------------------------ */

/* Runs a query whose parameters are given values only: the query of the documents. Rows lie in the run's arena. False when it
 * fails; what is wrong, also with single values, goes to `found`. */
bool printing_query(struct run *run, const struct printing *printing, uint32_t query_use, struct rows *out,
                    struct diags *found);
/* The given values that a query of documents asks for, in the order of its parameters. In the run's arena. */
struct value *printing_given(struct run *run, const struct printing *printing, uint32_t query_use);
/* Runs it once more to learn which of its rows findings belong to. One for each row, in the run's arena. */
struct diags *printing_row_findings(struct run *run, const struct printing *printing, uint32_t query_use, size_t rows);
/* Findings of the layout's own queries (`findings`), whatever documents it makes: O134, O135 in `found`. A query that fails
 * worsens the run's exit code. */
void printing_look(struct run *run, const struct printing *printing, struct diags *found);

/* --- numbers beside documents ------------------------------------------------------------------------------------- */

/* The school and the family see numbers in full; a copy for anybody else must not show one. */
bool printing_shows_numbers(const struct printing *printing);
/* What stands beside a document (its key, its lines in the index) with numbers hidden from a reader who must not see them.
 * `text` itself, or a copy in the arena. */
struct str printing_beside(struct arena *arena, const struct printing *printing, struct str text);
/* The same for a path; hidden digits become _, which a file's name may have. A copy in the arena. */
struct str printing_path(struct arena *arena, const struct printing *printing, struct str path);

#endif
