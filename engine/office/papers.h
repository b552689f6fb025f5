/* papers.h: what the journal of papers (journal.db) says, for those who ask and for those who print. */
#ifndef OFFICE_PAPERS_H
#define OFFICE_PAPERS_H

#include "intake/intake.h"
#include "office/office.h"

enum { PAPER_PARTS = 11 };
/* One act. Its parts, each "" or there: number, kind, record, layout, edition, reader, printer, copies, the file's SHA-256, by whom, why. */
struct paper_act {
    int64_t id;                    /* its place in the journal, from 1 */
    struct str at, day, user, act; /* by the clock; the day that it speaks of; who; 送印, 已打印 … */
    struct str parts[PAPER_PARTS];
};
/* What was asked of the journal; in the arena. */
struct paper_life {
    struct paper_act *acts; /* in the journal's order */
    size_t count;
    int64_t entries; /* in the whole journal */
    struct str head; /* the last one's HMAC; "" in an empty one */
};

/* `of` is a number of a certificate, a document's key, an archive's number or the row of an award; STR_NONE: all. The papers that it replaces,
 * and those that replace it, are told with it. Without a journal there are no acts. OFFICE_REFUSED: told (J109), nothing is known of it. Strings
 * are in the arena. */
enum office_end office_paper_life(struct arena *arena, const char *database, const char *journal, struct str of,
                                  struct paper_life *life, struct diags *diags);
/* Does the semester database have the award of this number as void? *day: since when, *instead: the number that was issued anew; each STR_NONE
 * where it isn't known. For a journal that doesn't reach back so far. Nothing is told. */
bool office_award_is_void(struct arena *arena, const char *database, struct str number, struct str *day,
                          struct str *instead);
/* How many entries the journal has, and the last one's HMAC: who keeps both notices a tail that is cut off. `journal` NULL: beside the
 * database. 0 and "": there is none. */
enum office_end office_journal_head(struct arena *arena, const char *database, const char *journal, int64_t *count,
                                    struct str *head, struct diags *diags);
/* The key beside a database, that papers' codes and the journal are signed with: where there is none it is made, unless a journal is there
 * that another one signed (J103). *made: whether it was. Told: J102 to J104, B102. */
enum office_end office_key(struct arena *arena, const char *database, const char *journal, bool *made,
                           struct diags *diags);

/* A printing of a paper that bears a checking code, as the journal has it; strings in the arena. */
struct paper_print {
    struct str code, content, reader, day; /* content: SHA-256 of what the paper says, hexadecimal */
};
/* All of them, in their order, but for those that were taken back or came to nothing (撤销, 未成 with the same code). No journal: none. */
enum office_end office_prints(struct arena *arena, const char *database, const char *journal,
                              struct paper_print **prints, size_t *count, struct diags *diags);

/* intake_undo, and the journal of papers is told when the run was an act of awards: numbers that it gave are never given again. */
enum intake_end office_undo(struct arena *arena, const char *database, const char *journal, struct intake_known *known,
                            struct diags *diags);

#endif
