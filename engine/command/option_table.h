/* option_table.h: a row of the table of options. Private to command/. */
#ifndef COMMAND_OPTION_TABLE_H
#define COMMAND_OPTION_TABLE_H

#include "command/command.h"

struct option {
    struct str name;
    struct str value;                                          /* as help shows it, in both languages; "": takes none */
    struct str allowed;                                        /* for the message about a wrong one, in both */
    bool (*take)(struct settings *settings, struct str value); /* false: it is no value for it */
    size_t flag; /* takes none: offset in settings of the bool that it sets */
    const char *english, *chinese;
};
/* By enum option_id. */
extern const struct option option_table[OPTION_COUNT];

#endif
