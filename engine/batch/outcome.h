/* outcome.h: what became of a document, and how it goes from the process that made it to the one that keeps the lists. */
#ifndef BATCH_OUTCOME_H
#define BATCH_OUTCOME_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/packed.h"
#include "batch/batch.h"
#include "batch/code.h"
#include "compose/compose.h"

/* Strings and diags live in the maker's arena, until its next document; of one that was unpacked in the arena that was given. */
struct outcome {
    struct diags diags; /* findings, and why it could not be made */
    struct str title;
    size_t pages, bytes;         /* bytes 0: nothing was written */
    int32_t width_mp, height_mp; /* of the largest page */
    bool duplex, turns_short;
    struct hash hash;  /* of the display list: the document's identity */
    struct str sha256; /* of the bytes, in hexadecimal digits; STR_NONE: nothing was written */
    struct str faces;  /* that it is set in, parted by blanks */
    struct compose_counts counts;
    bool incomplete;                /* 不完整 */
    size_t *first_pages;            /* by row: of the file's pages, from 1; NULL: it could not be made */
    const struct paper_code *codes; /* by row; NULL: its papers bear none (codes.h) */
    struct hash file;               /* of the file's bytes */
    bool same;                      /* as they lay there: nothing was written */
    bool kept;                      /* it wasn't made: the last run's, taken again */
    bool volume;                    /* binds other documents */
    struct hash key;                /* what it was made of, as far as the plan knows (kept.h) */
    struct str asked;  /* what it asked for (data/asked.h); STR_NONE: that can't be compared, or it wasn't made */
    struct str beside; /* where its bytes lie until they get their name (output.h); STR_NONE: nowhere */
};

/* Appends an outcome of so many rows, with its exit code. */
void outcome_pack(const struct outcome *outcome, enum exit_code code, size_t rows, struct buffer *out);
/* The same back again: strings are copied into the arena. The bytes are those of outcome_pack in a process of this run. */
enum exit_code outcome_unpack(struct str bytes, struct arena *arena, struct outcome *out);
/* Appends one message of it alone. */
void outcome_pack_diag(const struct diag *diag, struct buffer *out);
/* Adds the next message of the row to diags, which copies its strings. */
void outcome_unpack_diag(struct packed *in, struct diags *diags);
/* Does one of the messages say that a query was stopped at a limit? */
bool outcome_has_limit(const struct diags *diags);
/* The same of an outcome that is packed. What becomes of later documents may depend on that (query_run, D226). */
bool outcome_hit_limit(struct str bytes);

#endif
