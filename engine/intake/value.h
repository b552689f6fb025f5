/* value.h: a cell becomes the value that its field keeps. Private to intake/.
 *
 * What can only mean one thing is put right and told (a 0 that a spreadsheet took away, a blank within a number, 2026/9/1); what is
 * doubtful and can be kept is kept as it stands and told; what can't be kept, or is wrong for ever (digits that a spreadsheet
 * rounded), is left out and told. */
#ifndef INTAKE_VALUE_H
#define INTAKE_VALUE_H

#include "intake/forms.h"
#include "intake/grid.h"

struct taken {
    bool given;   /* the cell holds something that is kept */
    bool is_text; /* else whole */
    struct str text;
    int64_t whole;
};

/* Where a cell stands, for messages: the file, 家庭成员!F17, its field's heading. */
struct cell_place {
    struct str file, cell;
};

/* Reads a cell that holds something. False: nothing of it is kept (told). Text lives in the arena. */
bool field_read(struct arena *arena, const struct field *field, const struct cell *cell, const struct cell_place *place,
                struct diags *diags, struct taken *out);

/* A kept value as a person writes it in the field: 是, 142.5, 六（5）班. Lives in the arena. */
struct str field_written(struct arena *arena, const struct field *field, struct taken value);
/* Eight digits that differ when any of a row's values does: a row of a filled workbook that comes back with the seal that it went out with
 * was touched by nobody, and says nothing. */
struct str fields_seal(struct arena *arena, const struct form *form, const struct taken *values);

/* A message about a cell; args as in diag.def. */
void cell_tell(struct diags *diags, enum diag_code code, const struct cell_place *place, struct str heading,
               struct str a, struct str b, struct str c);

#endif
