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
