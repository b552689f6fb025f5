/* codes.h: the checking codes of papers, and their editions.
 *
 * A layout's `check:` names each of its papers, KIND/number. What is printed on paper, in a QR code, is KIND/number/edition/seal: the seal
 * is an HMAC (key_seal) over name, edition and content, so whoever has the key and knows the content can tell that nothing was altered.
 *
 * The first edition of a paper is 1. One that says what the last printed edition said is that edition; one that says something else is the
 * next. Without a journal all are first ones. Without a key no paper bears a code, which is told once a run (O140). */
#ifndef BATCH_CODES_H
#define BATCH_CODES_H

#include "batch/code.h"
#include "batch/parts.h"

/* Before processes share a run: the key is read, and told where it is missing, the journal is asked. Only where some paper wants it. */
void codes_prepare(struct run *run);
/* The journal alone, which tells what is wrong with it. */
void codes_ask_journal(const struct run *run);
struct buffer;
/* Appends what journal and key give to the papers of these rows: all that their codes depend on beside what the papers say. Nothing where they
 * bear none. */
void codes_add_given(struct run *run, const struct printing *printing, struct arena *arena, const struct rows *rows,
                     size_t from, size_t to, struct buffer *out);
/* compose_document, with the editions that its papers are, and their codes in their places. Codes are by row, in the arena; NULL where the
 * layout's papers bear none. */
struct compose_result codes_compose(struct run *run, const struct printing *printing, struct arena *arena,
                                    const struct rows *rows, size_t from, size_t to, struct str record,
                                    const struct str *records, struct diags *diags, struct paper_code **codes);
#endif
