/* run_report.h: what a run tells of itself behind its end, in numbers: a paper, made by the one layout that says `of run: yes`, and text for a
 * mail. Both name schools and layouts, no child.
 *
 * They are files of their own, not of out/: what lies there is a function of the database, and these tell of one run.
 *
 * The layout gets the figures as :run, a text of JSON:
 *
 *     term, day, month, exit, stopped, planned, done
 *     layouts   [{name, title, broken, documents, changed, incomplete, failed, withdrawn, pages, bytes}, …]
 *     schools   [{school (null: of none), documents, changed, incomplete, failed, withdrawn, pages, bytes}, …]
 *     findings  [{code, severity, text, count, documents, failed}, …]  documents: of which it is told; failed: of these, not made */
#ifndef BATCH_RUN_REPORT_H
#define BATCH_RUN_REPORT_H

#include "batch/press.h"

/* Writes those of the two that the job asks for; `now` and `before` are what the run left and what it found. EXIT_MADE, or told: EXIT_DOCUMENT,
 * EXIT_LAYOUT (no such layout, O237; several, O238), EXIT_CANNOT_CREATE. */
enum exit_code run_report_make(struct press *press, const struct manifest *now, const struct manifest *before);

#endif
