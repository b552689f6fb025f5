/* row_kind.h: which rows of a sheet are none of its form's. Private to intake/. */
#ifndef INTAKE_ROW_KIND_H
#define INTAKE_ROW_KIND_H

#include "intake/forms.h"
#include "intake/grid.h"

enum row_kind {
    ROW_OF_FORM,
    ROW_BESIDE,  /* nothing in any column of a field: a sum of its own, a remark beside the table */
    ROW_EXAMPLE, /* the template's, left as it was */
    ROW_HEADING, /* headings again: above a second page or a second table */
    ROW_REMARK   /* a title, a sum, a remark: somebody should look whether it is */
};

/* `fields` says of each of `columns` columns which field it is, or field_count. */
enum row_kind row_kind(const struct form *form, const size_t *fields, size_t columns, const struct grid_row *row);
/* 序号 and the like, which people put before a table, and nobody expects to be taken. */
bool row_is_counter(struct str heading);

#endif
