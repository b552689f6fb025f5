/* print.h: papers that are printed: what may be, what was sent, what came out.
 *
 *     office_print_open ─► office_print_judge ─► office_print_sent, then a job …, office_print_ended ─► office_print_close
 *                      └─► office_print_confirm
 *
 * 1. Before a job is sent the journal has each of its papers as 送印; what became of it comes behind: 打印 or 未印. Papers that were sent and
 *    of which nothing else stands there wait for a word of whoever looked: they are not printed again before.
 * 2. Awards that came out become 已打印 in one step of the semester database, behind the journal. Other papers have no state.
 * 3. One print at a time for a database: the key file is locked meanwhile. */
#ifndef OFFICE_PRINT_H
#define OFFICE_PRINT_H

#include "office/ledger.h"
#include "office/office.h"

enum paper_end { PAPER_WAITS, PAPER_PRINTED, PAPER_FAILED };
struct print_paper {
    struct str key;                           /* as lists know it */
    struct str number;                        /* on the paper */
    struct str award;                         /* award.id; STR_NONE: it is no award */
    struct str name;                          /* of whom */
    struct str sha256;                        /* of the file */
    struct str paper, content, code, edition; /* of one that bears a checking code */
    bool may;                                 /* office_print_judge: it is to be printed */
    enum paper_end end;
    struct str state, kind, record; /* of an award, as it was found */
    int64_t sent;                   /* its entry 送印; 0: none yet */
};
struct office_print {
    struct arena *arena;
    struct diags *diags;
    const char *database, *journal; /* journal NULL: journal.db beside the database */
    struct str layout, reader, printer, copies, day, why;
    bool again; /* also what was printed before */
    struct ledger ledger;
    int lock;
    struct str set; /* by which the papers of one call are known together */
};

/* `print` has arena, diags, database and journal; the rest may be set until it is needed. What a crash left is put right first. With `write`
 * journal and key are made where there are none. OFFICE_BUSY: another print is under way (S431). Call office_print_close in any case. */
enum office_end office_print_open(struct office_print *print, bool write);
/* Closes the ledger and gives the lock back; after office_print_open, however that ended. */
void office_print_close(struct office_print *print);
/* The last day on which an award was approved that has a paper; STR_NONE: none was. Nothing is told. */
struct str office_print_day(struct arena *arena, const char *database);
/* Decides of each paper that `may` is set of. Awards that are printed already are left out (S424) unless `again`; papers that wait for a word
 * refuse all (S426). `named`: they were chosen by this name, so they must be of one person (S427); STR_NONE: they weren't. */
enum office_end office_print_judge(struct office_print *print, struct print_paper *papers, size_t count,
                                   struct str named);
/* Where an award is printed: with the papers of its term, from the day on which it was approved. */
struct print_home {
    struct str term, day;
};
/* Why none of the rows has this number, name or row of an award: told (A402, A403, A404, A406). True: nothing is wrong with it, so the row
 * is another's; `home` is where. */
bool office_print_explains(struct office_print *print, struct str word, struct print_home *home);
/* The SHA-256 of a file's bytes. */
struct str office_print_digest(struct arena *arena, struct str bytes);
/* The journal has them as 送印. */
enum office_end office_print_sent(struct office_print *print, struct print_paper *papers, size_t count);
/* The journal has what became of them, then the semester database. `run` becomes the number for undo, 0 when the database wasn't written. */
enum office_end office_print_ended(struct office_print *print, const struct print_paper *papers, size_t count,
                                   int64_t *run);
/* What came of a word about papers that waited. */
struct print_said {
    size_t printed, failed;
    struct str next; /* the first that failed; STR_NONE: none did */
};
/* The word of who looked: `word` is the last good paper of those that were sent together, or “none”: none of all that wait. */
enum office_end office_print_confirm(struct office_print *print, struct str word, struct print_said *said,
                                     int64_t *run);
/* A number with its brackets as they are printed: 云岭(2026)3号 becomes 云岭〔2026〕3号. In the arena. */
struct str office_print_plain(struct arena *arena, struct str word);

#endif
