/* narrow.h: what --only leaves of a plan. Part of the plan. */
#ifndef BATCH_NARROW_H
#define BATCH_NARROW_H

#include "batch/plan.h"

/* Chooses the documents that are made; without --only all of them. The exit codes of plan_make. */
enum exit_code plan_narrow(struct run *run, const struct printing *printing, bool lenient, struct plan *plan);

#endif
