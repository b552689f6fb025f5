/* asked.h: what a document asks for while it is made, noted; and whether it would get the same answers again.
 *
 *     asked_begin ─► asked_rows, asked_own, asked_file … ─► asked_end: a row of bytes (base/packed.h)      the document is made
 *     again_create ─► again_holds, for each document's bytes ─► again_destroy                              in a later run
 *
 * Which rows a document needs shows only while it is composed: so what it asked is noted, in order, and asked once more. An answer is
 * kept as its hash. What was asked behind an answer depends on that answer alone: where all come out equal, so does the document.
 *
 * 1. What can't be compared isn't noted: an answer with something to tell, a query that failed. asked_end then gives nothing, and the
 *    document is made anew the next time.
 * 2. With each answer goes the state of the tables that it came from: while they hold what they held, the question isn't even asked.
 * 3. A query is known by what it is: its text, its name, its columns and which of them are withheld from whom. */
#ifndef DATA_ASKED_H
#define DATA_ASKED_H

#include "base/buffer.h"
#include "base/packed.h"
#include "data/data.h"

/* A file as it was when it was read. */
struct asked_file {
    struct hash stamp;   /* of how it stood, before it was read; zeros: too new to trust it */
    struct hash content; /* of its bytes, or of why they couldn't be read */
};

/* Begins with zeros. */
struct asked {
    bool on, broken;     /* between begin and end; something can't be compared */
    struct buffer bytes; /* of the notes */
    struct buffer cells; /* scratch */
    size_t own_at;       /* where in bytes the owner stands that was noted last; SIZE_MAX: none was */
    size_t own_bytes;
    uint64_t number; /* looked up last; 0: none was */
};
/* Forgets the notes of the document before, and notes from now on. */
void asked_begin(struct asked *asked);
/* The notes of the document, valid until the next begins; STR_NONE: it can't be compared. */
struct str asked_end(struct asked *asked);
/* Frees its buffers; of one that never began too. */
void asked_release(struct asked *asked);

/* The rest does nothing but between asked_begin and asked_end, nor where `asked` is NULL. */

/* The hash of an answer, whether or not it is to be noted; zeros where `asked` is NULL. */
struct hash asked_hash(struct asked *asked, const struct rows *rows);
/* A query was asked with these parameters, and this was the answer; the same of one that was kept, by its hash. */
void asked_rows(struct asked *asked, struct query *query, const struct value *parameters, const struct rows *rows);
/* The same of an answer that was kept, by its hash (asked_hash). */
void asked_kept(struct asked *asked, struct query *query, const struct value *parameters, struct hash answer);
/* The owner of what is asked next (session_own), and what is his; noted where it is another than before. Which values are his is asked of tables
 * that the queries themselves don't read. */
void asked_own(struct asked *asked, const struct session *session, const struct value *owner);
/* A file below the folder of pictures. */
void asked_file(struct asked *asked, struct str path, struct asked_file file);
/* A number of the caller's own, of some kind of his: `set` is what a document found out for others, else what it took from others. */
void asked_fact(struct asked *asked, bool set, uint64_t which, uint64_t value);
/* A number was looked up among those that the session's reader must not see, and those that he sees by right (session_hidden,
 * session_shows). */
void asked_number(struct asked *asked, struct session *session, uint64_t number);
/* Something came of it that can't be compared. */
void asked_break(struct asked *asked);

/* --- again -------------------------------------------------------------------------------------------------------- */

/* Answers of a run, by reader and question: what documents share is asked once. */
struct again;
/* What data doesn't know, for again_holds. */
struct again_world {
    /* The file as it is now; `stamp_only`: its content may be left out. */
    struct asked_file (*file)(void *context, struct str path, bool stamp_only);
    /* A fact taken from others: is it this value now? One found out for others: it is. */
    bool (*fact)(void *context, bool set, uint64_t which, uint64_t value);
    void *context;
    bool verify; /* trust no stamp */
};
/* Never NULL. As many sessions as one likes share it; they outlive it. */
struct again *again_create(void);
/* NULL is allowed. */
void again_destroy(struct again *again);
/* Would a document with these notes get the same answers in this session? False at the first that differs, or that can't be had. The states of
 * tables in them become those of now; *renewed: some did. */
bool again_holds(struct again *again, struct session *session, char *notes, size_t count,
                 const struct again_world *world, bool *renewed);

/* The hash of the tables and views that the file declares. */
struct hash session_schema(const struct session *session);
/* The hash of how the numbers begin that the reader must not see, as those are known when it is first asked for (it calls
 * session_hide): a scan looks up nothing that begins otherwise. The same from then on. */
struct hash session_beginnings(struct session *session);

#endif
