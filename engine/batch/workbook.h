/* workbook.h: a planned document as a workbook: the same rows and words as its pages, by sheet/tables.h. */
#ifndef BATCH_WORKBOOK_H
#define BATCH_WORKBOOK_H

#include "batch/maker.h"
#include "batch/plan.h"

/* Makes the tabs and, unless they are only dumped, puts the workbook in its place; as document_make, whose outcome it fills: pages are
 * sheets, and no row is told by a page. records: the keys of its rows, or NULL. */
enum exit_code workbook_make(struct maker *maker, const struct printing *printing, const struct plan *plan,
                             const struct planned *planned, const struct str *records, struct outcome *outcome);

#endif
