/* lists.h: the lists that a new database begins with. Private to office/.
 *
 * A list is a CSV file or a workbook (intake/grid.h) named by its Chinese name or by its table: 学期.csv, semester.xlsx.
 * Its first row holds headings, Chinese ones or the columns' names, in any order; blank cells are unknown. What lists/ holds is embedded,
 * and taken where there is no such file. */
#ifndef OFFICE_LISTS_H
#define OFFICE_LISTS_H

#include "office/step.h"

struct list {
    const char *table, *name; /* name: 学期 */
    const char *columns;      /* "id=学期 starts=开学:d": column, heading; :d a day, :i a whole number */
    /* Columns, and what they are, in a row that says nothing of the first of them; of :year, :id (id or
     * semester_id). NULL: none. */
    const char *given, *given_values;
};
extern const struct list lists[];
extern const size_t list_count;

/* Fills the list's table from `folder`, else from the embedded list. `told` becomes what was done. False: told (Y133 to Y136). */
bool list_take(struct step *step, const struct list *list, const char *folder, struct str year,
               struct office_list *told);
/* The same of a file in `folder` alone, into another table of the same columns; what the embedded lists hold isn't taken. */
bool list_take_into(struct step *step, const struct list *list, struct str table, const char *folder,
                    struct office_list *told);

#endif
