/* award.h: the life of awards: 拟定 → 公示 → 批准 → 已打印 → 已领; 作废 from any, 补发 in a void one's place.
 *
 * Each act is entries of the journal (ledger.h) first, then one step of the semester database (step.h), both from the same rows: what a
 * crash leaves between the two is put right by the next act. Whatever is not right with one of the awards that were named is told, and
 * then nothing is written. */
#ifndef OFFICE_AWARD_H
#define OFFICE_AWARD_H

#include "office/office.h"

/* In the order of award_names. AWARD_LIST only looks. */
enum award_act {
    AWARD_LIST,
    AWARD_PROPOSE,
    AWARD_PUBLISH,
    AWARD_APPROVE,
    AWARD_PRINTED,
    AWARD_RECEIVED,
    AWARD_VOID,
    AWARD_REISSUE,
    AWARD_ACTS
};
/* What was asked for; all of it borrowed. */
struct award_request {
    const char *database, *journal; /* journal NULL: journal.db beside the database */
    enum award_act act;
    struct str *words; /* which: numbers, rows (award.id), archive numbers, names; none: all that the rest leaves */
    size_t word_count;
    struct str type, school, state;    /* STR_NONE: any */
    struct str as_of;                  /* the day of the act */
    struct str semester;               /* propose: the term that is rewarded; STR_NONE: that of the day */
    struct str by, why, level, detail; /* who acts; for what reason; as `dossier award` has them; STR_NONE: not given */
    struct str *although;              /* approve: flags, or awards, that are approved although they are flagged */
    size_t although_count;
    struct str days; /* publish: of display */
    bool draft;      /* reissue: as 拟定, to be assessed and approved anew */
    bool dry_run;    /* all is decided and told, nothing written */
};
/* An award that was listed, or acted on. */
struct award_row {
    struct str id, number;         /* number STR_NONE: none */
    struct str act;                /* 批准 …; of AWARD_LIST the state */
    struct str kind, record, name; /* of award; its archive's number; whose */
    struct str fen;                /* of money, in 1/100 yuan, as text */
};
/* Strings are in the arena. */
struct award_result {
    struct award_row *rows;
    size_t count;
    int64_t run; /* for `dossier undo`; 0: nothing was written */
};

/* Its name on the command line: "approve". */
extern const char *const award_names[AWARD_ACTS];

/* OFFICE_REFUSED: told (A4xx). */
enum office_end office_award(struct arena *arena, const struct award_request *request, struct award_result *result,
                             struct diags *diags);

#endif
