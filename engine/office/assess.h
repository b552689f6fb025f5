/* assess.h: the assessment of a school year (rules/assess.h): who has how many points, passes which duties, is owed which award.
 *
 *     dossier assess            what would change, person by person, and why
 *     dossier assess --commit   lines (assess_run …) and drafts of awards (拟定), one step of the office (step.h)
 *
 * What was approved or printed is never changed: it is told (A301, A302), to be voided and issued anew. */
#ifndef OFFICE_ASSESS_H
#define OFFICE_ASSESS_H

#include "office/office.h"

enum assess_action {
    ASSESS_NEW, /* owed, and no award is there */
    ASSESS_SAME,
    ASSESS_CHANGE,   /* the draft says otherwise */
    ASSESS_DROP,     /* a draft that is owed no more: taken away */
    ASSESS_RECALL,   /* the same, on display already: void */
    ASSESS_APPROVED, /* what was approved says otherwise: left, and told */
    ASSESS_OVER,     /* what was approved is owed no more: left, and told */
    ASSESS_VOID,     /* owed, and its paper is void and not issued anew: told */
    ASSESS_ACTIONS
};
/* One claim or award. */
struct assess_change {
    enum assess_action action;
    struct str record;    /* the archive's number, or that of a carer's 考核表: never a name */
    struct str award;     /* the kind's name */
    struct str state;     /* of the award that stands; STR_NONE: none */
    int64_t old_fen, fen; /* -1: no money */
    struct str why;       /* places before → after (first term), points; a carer's duties done/due */
};
struct assess_request {
    const char *database;
    struct str year; /* that it begins in; STR_NONE: the last one that has ended by as_of */
    struct str as_of;
    struct str expect; /* the beginning of the hash that a dry run told; STR_NONE: any */
    bool commit;
};
/* Strings are in the arena. */
struct assess_result {
    struct str year, hash; /* hash: SHA-256 of what the points come from, in hex */
    struct assess_change *changes;
    size_t count, by_action[ASSESS_ACTIONS];
    size_t pupils, carers, heads; /* assessed */
    int64_t fen;                  /* owed in all */
    int64_t run;                  /* of the journal, for `dossier undo`; 0: nothing was written */
    bool stands;                  /* the newest run of the year has the same input, and nothing waits to be written */
};

/* OFFICE_REFUSED: no such year, rates or kinds of award missing, no marks, not what was expected (A1xx). */
enum office_end office_assess(struct arena *arena, const struct assess_request *request, struct assess_result *result,
                              struct diags *diags);

#endif
