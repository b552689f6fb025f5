/* spool.h: a file, a queue, a ticket: a job followed to its end. All of CUPS.
 *
 *     spool_open ─► spool_choose ─► spool_fit ─► spool_print, file after file ─► spool_close
 *
 * The server is the one that CUPS itself takes: CUPS_SERVER, else client.conf, else this computer's.
 *
 * 1. Waiting is counted, not timed: a job whose state doesn't change while its printer is stopped or waits for somebody is taken back
 *    after wait_s seconds of asking, any other after PATIENCE times as many. Nothing waits for ever.
 * 2. A job that was given up is cancelled, and its end is waited for: what isn't told as printed doesn't come out later. Where that can't
 *    be had the end is SPOOL_UNKNOWN.
 * 3. A queue knows when bytes were sent, not what came out of the printer. */
#ifndef SPOOL_SPOOL_H
#define SPOOL_SPOOL_H

#include "base/arena.h"
#include "base/diag.h"

enum spool_end {
    SPOOL_DONE,   /* completed: the printer took all of it */
    SPOOL_FAILED, /* refused, aborted, cancelled, given up; nothing more of it comes out. Told (S40x) */
    SPOOL_UNKNOWN /* server or job are gone: nobody knows. Told (S40x) */
};
enum spool_sides { SPOOL_ONE_SIDED, SPOOL_LONG_EDGE, SPOOL_SHORT_EDGE };

/* What is asked for. Strings are borrowed. */
struct spool_ticket {
    int32_t width_mp, height_mp; /* of the page, whichever way it lies */
    enum spool_sides sides;
    struct str tray; /* the queue's word for it; STR_NONE: the queue's choice */
    int32_t copies;
};

/* What the waiting tells and asks; `context` is handed on. */
struct spool_watch {
    void (*waits)(void *context, struct str why); /* the printer needs somebody: once for each reason; may be NULL */
    bool (*stops)(void *context);                 /* true: the job is taken back (Ctrl-C); may be NULL */
    void *context;
    int32_t wait_s;
};

struct spool;

/* NULL: told (S401), no server answers. spool_close gives it back. */
struct spool *spool_open(struct arena *arena, struct diags *diags);
/* The queue of this name; STR_NONE: the one that is the user's or the server's default. False: told (S402, S403) with the queues that there
 * are. */
bool spool_choose(struct spool *spool, struct str name);
/* The chosen queue's name; in the arena. */
struct str spool_queue(const struct spool *spool);
/* Whether the queue takes jobs, and has this paper, tray and number of copies. False: told (S404 to S407). A printer that prints on one side
 * alone is told (S408), and is good. */
bool spool_fit(struct spool *spool, const struct spool_ticket *ticket);
/* Sends the file as a job of its own and follows it. `title`: what the queue calls it, never a name. *job (may be NULL) becomes the job's
 * number; 0: there was none. */
enum spool_end spool_print(struct spool *spool, const char *path, struct str title, const struct spool_ticket *ticket,
                           const struct spool_watch *watch, int *job);
/* NULL too. */
void spool_close(struct spool *spool);

#endif
