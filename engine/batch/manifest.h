/* manifest.h: what lies in a term's folder: manifest.xml, one entry a document.
 *
 * The manifest is the run's memory: index.html and findings.csv are written from it, so a run of one document keeps all
 * others in them, and it alone says which files may be retired. Nothing of the clock stands in it: two runs write the
 * same bytes.
 *
 * Everything lives in the arena that manifest_init was given. */
#ifndef BATCH_MANIFEST_H
#define BATCH_MANIFEST_H

#include "base/buffer.h"
#include "base/diag.h"
#include "base/hash.h"

enum document_state { STATE_COMPLETE, STATE_INCOMPLETE, STATE_FAILED };

/* What index.html says of a record under one of its headings. */
struct index_text {
    struct str key, text;
};
/* As it is listed: texts, since an earlier run's is only read again. */
struct finding {
    struct str code, severity, record, field; /* field: where in the layout or the data */
    struct str label, message, remedy; /* in Chinese, like all that lies in out/; label: what the form calls it */
};
/* What a file binds: a row of the layout's query, or the rows that are one child's (records.h). */
struct record {
    struct str key;
    int64_t page;             /* of the file, from 1: where it begins; 0: the file could not be made */
    struct index_text *index; /* in the layout's order */
    size_t index_count;
    /* Of a paper that bears a checking code (codes.h); else STR_NONE, and edition 0. */
    struct str code, content;
    int64_t edition;
};
/* A document. */
struct entry {
    struct str path;                          /* below the term's folder */
    struct str layout, folder, reader, stock; /* reader and stock by their words; folder: below the term's */
    struct str record, title;
    struct str school;         /* STR_NONE: of no school, or of all */
    struct str subject;        /* whose it is, under a pseudonym: the same in all manifests of a database */
    struct str hash, sha256;   /* of the pages; of the file's bytes. STR_NONE: it could not be made */
    struct str faces, printer; /* that it is set in, parted by blanks; whose calibration it has */
    struct str engine;         /* that made it */
    struct str day;            /* that its papers speak of: an earlier run's may be another */
    struct str month; /* whose papers it belongs to, where its path names the month: another month's stay beside it */
    enum document_state state;
    bool tagged; /* PDF/A-1a */
    int64_t pages, bytes;
    int64_t place;          /* in the plans of the run, from 1; 0: nobody needs it. Of a shard alone */
    struct record *records; /* in the file's order; one at least */
    size_t record_count;
    struct finding *findings;
    size_t finding_count;
};
/* What a layout found in the data of a run, beside its documents. */
struct notice {
    struct str layout, folder;
    struct finding *findings;
    size_t finding_count;
};
struct manifest {
    struct arena *arena;
    struct notice *notices;
    size_t notice_count, notice_capacity;
    struct str term, day;  /* the semester; the day that the papers speak of */
    int64_t shard, shards; /* 1 to N of N; 0: of a whole run */
    struct str
        copy; /* "encrypted": no file here is the archival one; "archive": handed over (piece.h); STR_NONE: neither */
    struct str sums;     /* of what is handed over: SHA-256 of SHA256SUMS */
    struct str database; /* of a shard: the state that it was made from (database_stamp) */
    struct entry *entries;
    size_t count, capacity;
};

/* An empty one. */
void manifest_init(struct manifest *manifest, struct arena *arena, struct str term, struct str day);
/* A copy of a text from data with what XML 1.0 can't hold replaced by U+FFFD: the same whether it comes from this run or was
 * read again. */
struct str manifest_text(struct arena *arena, struct str s);
/* A new entry at the end; its strings are the caller's, made by manifest_text. Borrowed until the next one is added. */
struct entry *manifest_add(struct manifest *manifest);
/* The same for what a layout found. */
struct notice *manifest_add_notice(struct manifest *manifest);

/* Layouts, each in its folder, that a run made in full, and its month: of these it replaces the entries of this month and those of no
 * month. (Two layouts may share a folder.) */
struct whole {
    const struct whole_layout {
        struct str layout, folder;
    } *layouts;
    size_t count;
    struct str month;
    bool keeps; /* rows are missing that the database has: what isn't made anew isn't gone, and stays */
};
/* Is that layout, in that folder, of that month, replaced as a whole? month STR_NONE: of no month. */
bool whole_has(const struct whole *whole, struct str layout, struct str folder, struct str month);
/* What stays of `old` when a run has made `new`: entries that it made in full are replaced as a whole, others one by one.
 * Sorted by folder, inside it in the order of the plan. */
void manifest_merge(struct manifest *out, const struct manifest *old, const struct manifest *new,
                    const struct whole *whole);

/* manifest_xml.c. Read: false with O107 when it isn't one; strings are copied into the manifest's arena. Term and day are those of the file
 * where the manifest has none. */
bool manifest_read(struct manifest *manifest, struct str bytes, struct str path, struct diags *diags);
/* As XML; `out` is cleared first. */
void manifest_write(const struct manifest *manifest, struct buffer *out);

struct str document_state_name(enum document_state state); /* complete, 不完整, failed */

#endif
