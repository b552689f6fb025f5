/* award_step.h: what the acts of awards share. Private to office/.
 *
 * An act is an `awarding`: its step is a transaction in which scripts of award/ choose the awards, plan, and write; their
 * parameters are the request's words, as text. STR_NONE is NULL there. */
#ifndef OFFICE_AWARD_STEP_H
#define OFFICE_AWARD_STEP_H

#include "office/award.h"
#include "office/ledger.h"
#include "office/step.h"

/* The parameters of award/N-*.sql, by their places in `values`. */
enum award_value {
    VALUE_day, /* of the act */
    VALUE_type,
    VALUE_school,
    VALUE_state,
    VALUE_semester,
    VALUE_from, /* a JSON array of the states that the act takes awards from */
    VALUE_many, /* 1: who is named has all of his awards taken; 0: one */
    VALUE_act,  /* the word of the journal: 批准 … */
    VALUE_by,
    VALUE_why,
    VALUE_level,
    VALUE_detail,
    VALUE_days, /* of display: asked for, else the policy's, else 5 */
    VALUE_staff,
    VALUE_draft, /* 1: reissued as 拟定 */
    VALUE_count, /* of the journal's entries */
    VALUE_head,  /* the last entry's HMAC */
    VALUE_COUNT
};
/* An act at work; on the stack, ended by its step. */
struct awarding {
    struct step step;
    struct ledger ledger;                /* the journal, opened to write when the act is sure */
    const struct award_request *request; /* borrowed */
    struct sql_value values[VALUE_COUNT];
};

/* Embedded: award/1-scene.sql … */
extern const unsigned char award_scene[], award_choose[], award_propose[], award_issuers[], award_plan[], award_apply[];
extern const size_t award_scene_count, award_choose_count, award_propose_count, award_issuers_count, award_plan_count,
    award_apply_count;
#define AWARD_SCRIPT(run, name)                                                                                        \
    step_script(&(run)->step, (struct str){(const char *)name, name##_count}, (run)->values, VALUE_COUNT)

/* One message a row of the question: its columns are the arguments. Gives back how many. */
size_t award_tell(struct awarding *run, enum diag_code code, const char *sql);

/* --- award_write.c: the journal, then the database ------------------------------------------------------------------ */

/* Gives the parameters their names. */
void award_name_values(struct awarding *run);
/* Makes the empty table of entries, w_entry. */
void award_entries_table(struct step *step);
/* Rows of it. */
void award_put_entries(struct step *step, const struct ledger_entry *entries, size_t count);
/* How far this database has seen the journal. */
int64_t award_seen(struct step *step, struct str *head);
/* Opens the journal to write; tells what it knows that the database doesn't (J108). */
enum office_end award_open_ledger(struct awarding *run, bool make);
/* w_entry goes into the journal, then into the database. */
enum office_end award_write(struct awarding *run);
/* Puts right what a crash left between journal and database, if anything; told (J110). */
enum office_end award_recover(struct arena *arena, const char *database, const char *journal, struct diags *diags);

#endif
