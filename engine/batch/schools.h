/* schools.h: what a run of all layouts left in the term's folder, school by school: for the mail that tells of a night's run. Numbers and schools
 * alone, no child. */
#ifndef BATCH_SCHOOLS_H
#define BATCH_SCHOOLS_H

#include "batch/manifest.h"
#include "batch/run.h"

/* A line for each school, in the order of the manifest: documents; how many of them are new or other than before, are incomplete, could not be
 * made, are withdrawn. Then the layouts of which nothing lies there. `before`: the manifest that the run found. Nothing is told of a run of some
 * layouts or rows; no table where there is one school or none. */
void schools_tell(struct run *run, const struct manifest *now, const struct manifest *before);

#endif
