/* ledger.h: journal.db, the journal of papers beside the semester database: approved, printed, handed out, void, issued anew.
 *
 *     ledger_open ─► ledger_append ─► the semester database is written ─► ledger_settle ─► ledger_close
 *
 * 1. Entries are numbered 1, 2, 3 …; each bears HMAC-SHA-256 of its cells and of the entry before (key.h). Nothing is ever changed or
 *    taken out: triggers refuse it, and the chain would tell.
 * 2. The journal is written first. What it has and the semester database has not is pending until ledger_settle; a crash between the two
 *    leaves it pending, and the next step puts it right (award_apply.c).
 * 3. A journal whose chain breaks is kept as journal.db.damaged-N, its good entries go on in a new journal.db, and numbers of papers that stand
 *    behind the break are kept as 跳号 (J105). The semester database remembers how far it has seen (intake_journal): a tail that was cut
 *    off is noticed too (J106).
 * The clock is read here and nowhere else: `at`. */
#ifndef OFFICE_LEDGER_H
#define OFFICE_LEDGER_H

#include "base/key.h"
#include "data/sql.h"
#include "office/office.h"

/* The cells of an entry, all text, NULL where they don't apply. To add one: at the end, or older chains break. */
#define LEDGER_CELLS(X)                                                                                                 \
    X(at)   /* when, by the computer's clock */                                                                         \
    X(day)  /* the day that was named */                                                                                \
    X(user) /* who ran the program */                                                                                   \
    X(act) /* 拟定, 公示, 批准, 打印, 领取, 作废, 补发; 撤销, 未成, 续记, 跳号; 送印, 未印 */ \
    X(award)  /* award.id */                                                                                            \
    X(number) /* on the paper */                                                                                        \
    X(issuer) /* issuer.id */                                                                                           \
    X(word)   /* 字 */                                                                                                 \
    X(year)                                                                                                             \
    X(no)                                                                                                               \
    X(kind)    /* the award's or paper's name */                                                                        \
    X(record)  /* whose: an archive number, a 考核表's; never a name */                                              \
    X(was)     /* the award's state before */                                                                           \
    X(by_whom) /* who approved, received, declared void */                                                              \
    X(why)                                                                                                              \
    X(more) /* JSON: what the semester database needs besides */                                                        \
    X(run)  /* the run of intake_run, for undo */                                                                       \
    X(layout)                                                                                                           \
    X(key) /* of the document */                                                                                        \
    X(edition)                                                                                                          \
    X(reader)                                                                                                           \
    X(printer)                                                                                                          \
    X(copies)                                                                                                           \
    X(sha256)  /* of the file */                                                                                        \
    X(paper)   /* the kind of paper that its code tells */                                                              \
    X(content) /* SHA-256 of what the paper says, without its edition and its day */                                    \
    X(code)    /* the whole text of the code on the paper; an entry that takes its printing back bears it too */
enum ledger_cell {
#define LEDGER_CELL(name) LEDGER_##name,
    LEDGER_CELLS(LEDGER_CELL)
#undef LEDGER_CELL
        LEDGER_CELL_COUNT
};
struct ledger_entry {
    int64_t id; /* its place, from 1; set when it is read */
    struct str cells[LEDGER_CELL_COUNT];
};

struct ledger {
    struct arena *arena;
    struct diags *diags;
    const char *path, *database;
    struct sql *db; /* NULL: there is no journal yet */
    struct key key;
    int64_t count;    /* entries */
    struct str head;  /* the last one's HMAC; "" where there is none */
    int64_t from, to; /* entries that are pending; 0: none */
};

/* `path` NULL: journal.db beside the database. `seen_count` and `seen_head` are what the semester database remembers (0: nothing). The
 * whole chain is read. With `make` journal and key are made where there are none. OFFICE_INPUT: told (J101 to J104). */
enum office_end ledger_open(struct ledger *ledger, struct arena *arena, const char *path, const char *database,
                            int64_t seen_count, struct str seen_head, bool make, struct diags *diags);
/* One transaction; `at` and `user` are filled in. The entries are pending then. False: told (J107), and nothing was written. */
bool ledger_append(struct ledger *ledger, struct ledger_entry *entries, size_t count);
/* The same for entries of which the semester database needs nothing: they are never pending. Their ids are filled in. */
bool ledger_note(struct ledger *ledger, struct ledger_entry *entries, size_t count);
/* The entries for which `condition` holds (SQL; ?1 is `value`), in their order; in the arena. */
struct ledger_entry *ledger_entries(struct ledger *ledger, const char *condition, struct str value, size_t *count);
/* The first column of the first row of a question with the parameters ?1 …; 0: none. */
int64_t ledger_number(struct ledger *ledger, const char *sql, const struct str *values, size_t count);
/* The semester database has what was pending. False: told. */
bool ledger_settle(struct ledger *ledger);
/* NULL ledgers and those without a journal too. */
void ledger_close(struct ledger *ledger);

/* --- ledger_chain.c: what stands in the file ------------------------------------------------------------------------ */

extern const char *const ledger_columns; /* "at, day, …" */
extern const char ledger_schema[];
/* HMAC of the entry's cells and the mac of the entry before it, hexadecimal, in the arena. A cell that isn't there is told
 * from an empty one. */
struct str ledger_mac(struct arena *arena, const struct key *key, struct str before, const struct ledger_entry *entry);
/* Reads the chain from its first entry; gives back how many hold. `whole` becomes false where more stand behind them, or can't be read;
 * *head the last good one's HMAC; head_at (may be NULL) that of entry `at`. */
int64_t ledger_verify(struct arena *arena, struct sql *db, const struct key *key, bool *whole, struct str *head,
                      int64_t at, struct str *head_at);
/* Writes entries behind `head` without a transaction of its own. */
bool ledger_write(struct arena *arena, struct sql *db, const struct key *key, struct str *head,
                  const struct ledger_entry *entries, size_t count);
/* A row's id and columns, from `column` on, as an entry. */
void ledger_read(struct arena *arena, const struct statement *row, size_t column, struct ledger_entry *entry);

#endif
