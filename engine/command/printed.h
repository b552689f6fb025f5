/* printed.h: what the journal of papers says, for those who print and those who hold a paper in their hands. */
#ifndef COMMAND_PRINTED_H
#define COMMAND_PRINTED_H

#include "base/hash.h"
#include "command/command.h"
#include "office/papers.h"

/* The printings of papers that bear a code, asked of the journal when the first is wanted. Borrows settings and report. */
struct printed_papers {
    struct papers papers; /* for struct job */
    struct settings *settings;
    struct report *report;
    bool asked;
    struct paper_print *prints;
    size_t count;
    struct strmap by_name; /* of KIND/number: the index of its last printing, from 1 */
    uint32_t *before;      /* by printing: the one before of the same name, from 1; 0: none */
    enum office_end end;   /* of asking */
};
/* Borrows both, and must not be moved: printed->papers knows its address. Nothing is read until a paper is asked for. */
void printed_init(struct printed_papers *printed, struct settings *settings, struct report *report);
/* The number of the last printing of this name, from 1; 0: none. Those before it: printed->before[number - 1]. */
uint32_t printed_last(struct printed_papers *printed, struct str name);

#endif
