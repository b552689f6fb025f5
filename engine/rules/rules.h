/* rules.h: what the records of a semester database must be, as data: checks/ holds SQL, one statement a check.
 *
 *     rules_all ─► rules_run ─► findings, by school and number          rules_accept sets some of them aside
 *
 * A check is a comment in a fixed form and the SELECT behind it, embedded when dossier is built:
 *
 *     -- K101 fault student.id_card 身份证号
 *     -- en: the ID number's last character doesn't fit the others
 *     -- zh: 身份证号末位与前17位不符
 *     -- mend en: compare it with the household register …
 *     -- mend zh: 请对照户口簿……
 *     SELECT p.record, p.school_id, s.id, s.id_card AS value, id_right(s.id_card) AS wanted FROM …;
 *
 * The first line has code, severity (fault, note), the column to mend, its name on the forms, and `open` where
 * the value is no personal one and may stand on a terminal. The SELECT's columns are, by place: the record (an archive
 * number, never a name; NULL: the school's own), the school's id, the row's key (named student_id:
 * that of the child whose rows they are), the value that stands there, the one
 * that would be right (NULL: nobody can know; named `other`: a record or a count to be told beside it). A sixth named
 * `day` is what --since is held against; one named `place` tells another column than the header does.
 *
 * To add a check: write it into the file of its subject, and a case into tests/rules. checks/scope.sql makes the
 * tables that checks share; with it a check runs by hand in the sqlite3 shell too, unless it calls a function of
 * functions.c or reads a table of judged.sql, which does. The database is read only, except by rules_accept. */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "base/diag.h"

struct rule {
    struct str code;
    enum severity severity;        /* SEVERITY_FAULT, SEVERITY_NOTE */
    struct str place;              /* student.id_card */
    struct str label;              /* 身份证号 */
    bool open;                     /* the value may be told on a terminal */
    struct str text[2], remedy[2]; /* by enum language */
    struct str sql;
};

/* One value that isn't right. Strings are in the arena of rules_run; STR_NONE where unknown. */
struct rule_finding {
    const struct rule *rule;
    struct str school; /* its name; STR_NONE: of no school */
    struct str record, place, key, value;
    struct str wanted; /* the right value */
    struct str other;  /* instead: another record, or a count */
    bool of_child;     /* the key is a child's, wherever the place is */
    int64_t school_id; /* order of the schools; 0: none */
};

struct rules_request {
    const char *database;
    const char *photos;    /* the folder of pictures; NULL: photos/ beside the database */
    struct str as_of;      /* STR_NONE: the last day of the newest closed month */
    struct str school;     /* by name, short name or code; STR_NONE: all */
    struct str class_name; /* only schools that have it, by its name of any term; STR_NONE: all */
    bool beside;      /* what is found beside a school's own stays: a brother's elsewhere, a vehicle's; in a workbook
                            * they share cells */
    struct str since; /* leaves out what is dated before; STR_NONE: all days */
};
struct rules_result {
    struct rule_finding *findings; /* by school, code, record, key */
    size_t count;
    size_t faults, notes;
    size_t accepted; /* set aside, not among the findings */
    struct str day;  /* that the checks spoke of */
};

/* The embedded checks, in order of their codes; in the arena. */
const struct rule *rules_all(struct arena *arena, size_t *count);
/* The check of a code in upper or lower case; NULL: there is none. */
const struct rule *rules_find(struct arena *arena, struct str code);

/* “身份证号末位与前17位不符：“…”，应为“…””: what is wrong with its values, in the arena; with `value` that which stands there too. */
struct str rules_finding_text(struct arena *arena, const struct rule_finding *finding, bool value);

/* Runs all checks. False, and told: no database, not one of ours (K901), no such school (K902), a check that the
 * database can't answer (K903). */
bool rules_run(struct arena *arena, const struct rules_request *request, struct rules_result *result,
               struct diags *diags);

/* Sets the findings of this code and record aside until their value changes, behind a backup and in one transaction:
 * rows of finding_accepted, which it makes. `on` is today. Gives back how many; 0, and told: none is there (K904), or the
 * database can't be written. */
size_t rules_accept(struct arena *arena, const struct rules_request *request, struct str code, struct str record,
                    struct str why, struct str on, struct diags *diags);

#endif
