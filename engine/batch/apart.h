/* apart.h: what lies in only/. No list has it, so what each file binds is noted in only/.notes: a file that binds what is no
 * longer in force (a void certificate, the card of a child who left) is taken away by the next run of its layout, narrowed or not.
 *
 *     apart_read ──► apart_sweep, layout by layout ──► apart_note, file by file ──► apart_write (before the files are made)
 *
 * Copies for another reader may bind other rows: they are swept by runs for that reader, and by those for the layout's own. */
#ifndef BATCH_APART_H
#define BATCH_APART_H

#include "batch/output.h"
#include "batch/plan.h"

#define APART_NOTES PLAN_APART "/.notes" /* below a term's folder */

struct apart_file {
    struct str layout, reader, month, path;
    struct str marks; /* of its rows' keys, parted by blanks; never a key */
    bool gone;
};
struct apart {
    struct apart_file *files;
    size_t count, capacity;
    bool changed;
};

/* The next of the notes, as the file has them; takes its line from `rest`. False: there is none. Borrows the bytes. */
bool apart_next(struct str *rest, struct apart_file *file);
/* The mark of a row's key, in the arena. */
struct str apart_mark(struct arena *arena, struct str key);
/* What a path of only/ says of its keys: its name without folder and ending. A view. */
struct str apart_known_as(struct str path);

/* Nothing where there is none. EXIT_IO, told (B101), when it can't be read. */
enum exit_code apart_read(struct run *run, struct output *output, struct apart *apart);
/* Takes away the layout's files that bind a row which `plan` has no more; told (O200). `month`: the run's, for a layout whose paths name it.
 * Nothing where values of the database are missing. */
void apart_sweep(struct run *run, struct output *output, struct apart *apart, const struct printing *printing,
                 const struct plan *plan, struct str month);
/* Notes a planned file of only/. */
void apart_note(struct run *run, struct apart *apart, const struct printing *printing, const struct plan *plan,
                const struct planned *planned, struct str month);
/* Writes the notes where something changed. EXIT_MADE or, told, EXIT_IO or EXIT_CANNOT_CREATE. */
enum exit_code apart_write(struct run *run, struct output *output, struct apart *apart);

#endif
