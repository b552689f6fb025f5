/* tally.h: what a run did, counted: for the summary's lines. */
#ifndef BATCH_TALLY_H
#define BATCH_TALLY_H

#include "batch/maker.h"

struct tally {
    size_t documents, failed, incomplete;
    size_t unchanged; /* of the documents: they lay there as they are, and nothing was written */
    size_t kept;      /* of those: it was known before they were made */
    size_t volumes;   /* of the documents written */
    size_t pages, bytes, characters;
    size_t findings[DIAG_CODE_COUNT];
    double wall_s, cpu_s; /* at tally_begin: the clocks; after tally_end: what it took */
};

/* Starts the clocks. */
void tally_begin(struct tally *tally);
/* Counts a document; of one that could not be made (code not EXIT_MADE) its findings only, and that it failed. */
void tally_add(struct tally *tally, const struct outcome *outcome, enum exit_code code);
/* Seconds since tally_begin, before tally_end. */
double tally_elapsed(const struct tally *tally);
/* Stops the clocks, once. */
void tally_end(struct tally *tally);
/* Two lines: documents, pages, bytes; where `timed` the time; one more where some were unchanged, which tells apart those that were made to see it, and volumes. Then a line for each kind of finding, with its number, in the order of codes. */
void tally_tell(const struct tally *tally, struct run *run, bool timed);

#endif
