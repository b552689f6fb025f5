/* tally.h: what a run did, counted: for the summary's lines. */
#ifndef BATCH_TALLY_H
#define BATCH_TALLY_H

#include "batch/document.h"

struct tally {
    size_t documents, failed, incomplete;
    size_t pages, bytes, characters;
    size_t findings[DIAG_CODE_COUNT];
    double wall_s, cpu_s; /* at tally_begin: the clocks; after tally_end: what it took */
};

void tally_begin(struct tally *tally);
void tally_add(struct tally *tally, const struct made *made, enum exit_code code);
double tally_elapsed(const struct tally *tally); /* seconds since tally_begin */
void tally_end(struct tally *tally);
/* Two or more lines: documents, pages, bytes, time; then each kind of finding with its number. */
void tally_tell(const struct tally *tally, struct run *run);

#endif
