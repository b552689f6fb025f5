/* replacements.h: papers that say what is no longer so, as a workbook to be worked through: a sheet for each place, mostly a school. */
#ifndef SHEET_REPLACEMENTS_H
#define SHEET_REPLACEMENTS_H

#include "base/diag.h"

/* A paper to be replaced. Those of one place stand together, and say the same about themselves in the same order. */
struct replacement {
    struct str place;               /* a school's file or folder */
    const struct str *keys, *texts; /* what the index says of it: 姓名, 学校, 班级, 编号 */
    size_t count;
    struct str edition, day; /* that was printed last, and when */
};
/* Writes the workbook: behind what the index says, edition and day, and free columns for the day on which the new paper was given and who signs
 * for it. `day`: up to which the records go. In Chinese, with names: for the schools' eyes. False: told (B102). */
bool replacements_write(struct arena *arena, const char *path, struct str day, const struct replacement *papers,
                        size_t count, struct diags *diags);

#endif
