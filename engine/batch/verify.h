/* verify.h: is a term's folder what its manifest says?
 *
 *     verify_begin ──► verify_documents, verify_foreign, verify_lists, verify_force, verify_age ──► verify_end
 *
 * Nothing is written. A document is told by its record's number and its layout's folder, never by its path, which may bear a name; a
 * file that the manifest doesn't know can be told by nothing else. */
#ifndef BATCH_VERIFY_H
#define BATCH_VERIFY_H

#include "batch/batch.h"
#include "batch/manifest.h"

#define SIGNATURE_NAME "manifest.xml.p7s" /* beside the manifest */

struct verify {
    struct arena *arena;
    struct reporter *reporter;
    const char *folder; /* of the term */
    struct manifest manifest;
    struct str bytes;   /* of its file */
    struct strmap sums; /* paths that SHA256SUMS names */
    struct diags diags;
    size_t missing, altered, foreign, older, lapsed;
};

/* Reads the manifest. False: told (O182, O183). verify_end in any case. */
bool verify_begin(struct verify *verify, const char *folder, struct reporter *reporter);
/* Each file is there with the bytes that were written (O184, O185). */
void verify_documents(struct verify *verify);
/* manifest.xml.p7s, where it lies beside the manifest, is a signature of its bytes (O228); by whom is said, and told (O229) when his certificate
 * wasn't valid on the day that the papers speak of. */
void verify_signature(struct verify *verify, const struct job *job);
/* Of what was handed over (piece.h): SHA256SUMS has the manifest's sum of it, and each file that it names has its own (O188). */
void verify_sums(struct verify *verify);
/* Nothing else is there (O186) but the run's own files and only/. */
void verify_foreign(struct verify *verify);
/* index.html and findings.csv are those that follow from the manifest (O188). */
void verify_lists(struct verify *verify);
/* No paper of an award is there, in its place or in only/, that no longer holds (force.h). Nothing where there is no database. */
void verify_force(struct verify *verify, const char *database);
/* What is older than the database, by folder (O187): its file is, and so is the last run of all layouts, which may have found that it needn't
 * be made anew. Nothing where there is no database. */
void verify_age(struct verify *verify, const char *database);
/* Has the folder a manifest.xml? */
bool verify_has_manifest(struct arena *arena, const char *folder);
/* Is a run printing into it now? It would look like a folder that isn't whole. */
bool verify_is_held(struct arena *arena, const char *folder);
/* Gives back whether all was right. */
bool verify_end(struct verify *verify);

#endif
