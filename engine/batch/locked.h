/* locked.h: copies of documents that travel under a password, and a manifest of them that says no more than it must.
 *
 * Nothing of whom they are about is readable without the password: a copy is named 加密副本_ and its record's number, in its layout's folder, and
 * its entry has neither the index (names), nor findings, codes and pseudonym. It lacks what tells an archival file, too: the manifest says
 * copy="encrypted". */
#ifndef BATCH_LOCKED_H
#define BATCH_LOCKED_H

#include "batch/manifest.h"

struct locked {
    struct manifest manifest;
    const char *spool; /* a file that holds those that are encrypted, which the caller takes away */
    size_t *starts;    /* where each of the manifest's begins there */
    const struct str
        *plain; /* below the term's folder: the path of each that whoever packs them locks, a workbook; else STR_NONE */
    struct str password;
};

/* Encrypts the documents of `narrowed`, of the term's folder, one behind the other into the spool. Nothing readable goes there: it lies beside the
 * zip, on a stick that is carried away. False, told in diags (O226 with the record, B103, O184). */
bool locked_make(struct locked *locked, const struct manifest *narrowed, const char *folder, const char *spool,
                 struct str password, struct diags *diags);
#endif
